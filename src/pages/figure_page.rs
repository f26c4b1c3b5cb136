//! A figure explained as a page: its key, then block by block from sources to cells, codes leading to their own page.

use serde_json::{Value, json};

use super::choices_offered::campaign;
use crate::actions::explain_request::AskedFigure;
use crate::actions::expliquer::explain_all;
use crate::base::error::{Error, Result};
use crate::base::text::{fold, in_address};
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::{ActivityCode, Referentiel};

/// Longest beginning of a block that is a heading of its own.
const HEADING: usize = 70;

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let (place, code) = (asked.part("accueil"), asked.part("code"));
    let figure = AskedFigure {
        campaign: current.id.clone(),
        place: place.to_owned(),
        code: code.to_owned(),
    };
    let explained = explain_all(&opened, std::slice::from_ref(&figure), None)?;
    let told = explained.first().ok_or_else(|| {
        Error::Usage("Ce chiffre n’a pas d’explication dans cette campagne.".to_owned())
    })?;
    let referentiel = opened.observatory.referentiel(current);
    let sites = opened.active_in(current);
    let links = FigureLinks {
        referentiel,
        sites: &sites,
        campaign: &current.id,
        place,
        code,
    };
    let site = sites.iter().find(|s| fold(&s.code) == fold(place));
    let place = site.map_or(place, |s| s.code.as_str());
    let command = format!("observatoire expliquer {}/{place}/", current.id);
    let text = told.explained.replace(&command, "");
    let blocks = text.split("\n\n").filter(|b| !b.trim().is_empty());
    // Here codes are links: no other way in has to be told.
    let blocks = blocks.filter(|b| !b.starts_with("Pour le détail d’un critère"));
    let content = json!({
        "campagne": campaign(&opened, current),
        "accueil": site.map(|s| json!({ "code": s.code, "nom": s.nom })),
        "au_dessus": links.above(),
        "cle": format!("{}/{place}/{code}", current.id),
        "blocs": blocks.map(|b| links.block(b)).collect::<Vec<_>>(),
    });
    asked.page("chiffre.html", told.head.clone(), "Résultats", content)
}

/// Where codes of an explanation lead.
struct FigureLinks<'a> {
    referentiel: &'a Referentiel,
    sites: &'a [&'a Structure],
    campaign: &'a str,
    place: &'a str,
    /// The figure explained: it leads nowhere, one is there.
    code: &'a str,
}

impl FigureLinks<'_> {
    fn address(&self, place: &str, code: &str) -> String {
        format!(
            "/resultats/{}/{}?campagne={}",
            in_address(place, ""),
            in_address(code, ""),
            in_address(self.campaign, "")
        )
    }

    /// The axe of a critère; the critère of an élément.
    fn above(&self) -> Vec<Value> {
        let r = self.referentiel;
        let element = r
            .elements
            .iter()
            .find(|e| e.code.eq_ignore_ascii_case(self.code));
        let critere = element.map(|e| e.critere).or_else(|| r.critere(self.code));
        let Some(critere) = critere.map(|c| &r.criteres[c]) else {
            return Vec::new();
        };
        let axe = (!critere.organiser).then(|| r.axes[critere.axe].code.as_str());
        let own = element.map(|_| critere.code.as_str());
        let above = axe.into_iter().chain(own);
        above
            .map(|code| json!({ "code": code, "adresse": self.address(self.place, code) }))
            .collect()
    }

    fn block(&self, block: &str) -> Value {
        let mut lines: Vec<&str> = block.lines().filter(|l| !l.trim().is_empty()).collect();
        let first = lines.first().copied().unwrap_or_default();
        let (title, rest) = heading(first, lines.len());
        if title.is_some() {
            lines.remove(0);
            if !rest.is_empty() {
                lines.insert(0, rest);
            }
        }
        let told = lines.iter().map(|line| {
            let depth = (line.len() - line.trim_start_matches(' ').len()) / 2;
            json!({ "retrait": depth.min(3), "morceaux": self.pieces(line.trim()) })
        });
        json!({ "titre": title, "lignes": told.collect::<Vec<_>>() })
    }

    /// A line cut at the codes that lead somewhere. What follows a dash is a file and its cell: words of others.
    fn pieces(&self, line: &str) -> Vec<Value> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        let of_code = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let (told, file) = line.split_at(line.find(" — ").unwrap_or(line.len()));
        for (word, is_code) in runs(told, of_code) {
            let link = self.link(word).or_else(|| self.measure(&text, word));
            match link.filter(|_| is_code) {
                Some(link) => {
                    pieces.push(json!({ "texte": std::mem::take(&mut text), "lien": null }));
                    pieces.push(json!({ "texte": word, "lien": link }));
                }
                None => text.push_str(word),
            }
        }
        text.push_str(file);
        pieces.push(json!({ "texte": text, "lien": null }));
        pieces
    }

    /// A measure of activity, where it is named as one: « O1 » is an observer elsewhere.
    fn measure(&self, before: &str, word: &str) -> Option<String> {
        let named = ["mesure ", "cellules : ", "cellules\u{a0}: "];
        let is_measure = named.iter().any(|n| before.ends_with(n))
            && word != self.code
            && ActivityCode::all().any(|a| a.as_str() == word);
        is_measure.then(|| self.address(self.place, word))
    }

    fn link(&self, word: &str) -> Option<String> {
        if word == self.code || word == self.place {
            return None;
        }
        let r = self.referentiel;
        let is_figure = r.critere(word).is_some_and(|c| r.criteres[c].code == word)
            || r.axes.iter().any(|a| a.code == word)
            || r.elements.iter().any(|e| e.code == word);
        if is_figure {
            return Some(self.address(self.place, word));
        }
        let is_site = self.sites.iter().any(|s| s.code == word);
        is_site.then(|| self.address(word, self.code))
    }
}

/// Runs of characters that may be a code, and of others, in order.
fn runs(line: &str, of_code: impl Fn(char) -> bool) -> Vec<(&str, bool)> {
    let mut runs = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let kind = of_code(first);
        let end = rest.find(|c| of_code(c) != kind).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        runs.push((run, kind));
        rest = after;
    }
    runs
}

/// « Marge de mesure » of « Marge de mesure : erreur type… »; a short line over others is one whole.
fn heading(first: &str, lines: usize) -> (Option<&str>, &str) {
    if first.starts_with(' ') {
        return (None, "");
    }
    let colon = first.find(" : ").or_else(|| first.find("\u{a0}: "));
    if let Some((title, rest)) = colon.map(|at| first.split_at(at))
        && title.chars().count() <= HEADING
    {
        return (Some(title), rest.trim_start_matches([' ', '\u{a0}', ':']));
    }
    if lines > 1 {
        (Some(first), "")
    } else {
        (None, "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_and_nothing_of_it_lost() {
        let line = "  REL-2-OBS-1 « Quand un enfant » : 4,00";
        let cut = runs(line, |c| c.is_ascii_alphanumeric() || c == '-');
        assert_eq!(cut.iter().map(|r| r.0).collect::<String>(), line);
        assert!(cut.contains(&("REL-2-OBS-1", true)));
    }

    #[test]
    fn a_block_has_a_short_heading() {
        assert_eq!(
            heading("Marge de mesure : erreur type 0,41", 2),
            (Some("Marge de mesure"), "erreur type 0,41")
        );
        assert_eq!(heading("Une phrase sans rien.", 1), (None, ""));
        assert_eq!(heading("  REL-1 Accueil personnel : 3,99", 5), (None, ""));
    }
}
