//! What a référentiel says of a critère or of an élément, without any campaign: what is asked of whom, which text asks
//! for it and when it was read, what is aimed at, and where to begin.

use std::fmt::Write;

use super::local_target::own_target;
use crate::base::text::{count, date_short, decimals, list};
use crate::vocabulary::referentiel::regulation::{HowRead, LawArticle, Regulation};
use crate::vocabulary::referentiel::{
    Critere, Element, ElementOrigin, LocalSentence, Referentiel, Scale, SourceCode, StructureType,
};

/// A référentiel and the texts that it cites.
pub(crate) struct ReferencePage<'a> {
    pub(crate) referentiel: &'a Referentiel,
    pub(crate) regulation: &'a Regulation,
}

impl ReferencePage<'_> {
    /// The page of a code; none when it is neither a critère nor an élément.
    pub(crate) fn of(&self, code: &str) -> Option<String> {
        let r = self.referentiel;
        if is_whole(code) {
            return Some(self.whole());
        }
        if let Some(critere) = r.critere(code) {
            return Some(self.critere(&r.criteres[critere]));
        }
        let element = &r.elements[r.element(code)?];
        let critere = &r.criteres[element.critere];
        Some(format!(
            "{} · élément de {} « {} », référentiel {}\n\n{}",
            element.code,
            critere.code,
            critere.label,
            r.version,
            self.element(element)
        ))
    }

    /// What the référentiel is for, what it leaves out, who may change what.
    fn whole(&self) -> String {
        let r = self.referentiel;
        let purpose = &r.purpose;
        let mut text = format!("{}, version {}\n", r.titre, r.version);
        for said in [&purpose.objet, &purpose.ages]
            .into_iter()
            .filter(|s| !s.is_empty())
        {
            let _ = writeln!(text, "{said}");
        }
        for (title, lines) in [
            ("Ce qu’il laisse de côté", &purpose.leaves_out),
            ("Qui peut changer quoi", &purpose.changes),
            ("Protection des enfants", &purpose.protocol),
        ] {
            if !lines.is_empty() {
                let _ = writeln!(text, "\n{title} :");
            }
            for line in lines {
                let _ = writeln!(text, "  – {line}");
            }
        }
        let _ = write!(text, "\n{}.\n", self.regulation.dated());
        text
    }

    fn critere(&self, critere: &Critere) -> String {
        let r = self.referentiel;
        let mut text = format!(
            "{} · {} (axe {}, référentiel {})\n",
            critere.code, critere.label, r.axes[critere.axe].label, r.version
        );
        match &critere.local_target {
            Some(_) => text.push_str(&own_target(r, &critere.code)),
            None => {
                let _ = writeln!(text, "Cible : {} sur 4", decimals(critere.cible, 1));
            }
        }
        if let Some(aside) = &critere.put_aside {
            let _ = writeln!(text, "{}", aside.sentence(&critere.code));
        }
        if critere.imperatif {
            let _ = writeln!(text, "{}", self.must(critere));
        }
        if critere.organiser {
            text.push_str("Décidé par l’organisateur, et non par l’équipe de l’accueil.\n");
        }
        if let Some(types) = restricted(critere.types.iter()).filter(|t| !t.is_empty()) {
            let _ = writeln!(text, "Accueils concernés : {types}");
        }
        text.push_str("\nRepères pour se situer (personne ne les coche) :\n");
        for (level, words) in (1..).zip(&critere.descripteurs) {
            let _ = writeln!(text, "  {level}. {words}");
        }
        for source in SourceCode::ALL {
            let own: Vec<&Element> = critere
                .elements
                .iter()
                .map(|e| &r.elements[*e])
                .filter(|e| e.source == source)
                .collect();
            if own.is_empty() {
                continue;
            }
            let _ = writeln!(
                text,
                "\n{source} ({}), poids {}",
                source.label(),
                decimals(critere.source_weights[source as usize], 0)
            );
            for element in own {
                text.push_str(&self.element(element));
            }
        }
        text.push_str(&self.texts(critere));
        text.push_str(&beginning(critere));
        text
    }

    /// What an impératif depends on.
    fn must(&self, critere: &Critere) -> String {
        let elements = critere
            .elements
            .iter()
            .map(|e| &self.referentiel.elements[*e]);
        let counted: Vec<String> = elements
            .filter(|e| e.must)
            .map(|e| e.code.clone())
            .collect();
        format!(
            "Impératif : atteint quand {} : {}. Ses autres éléments font son niveau.",
            if counted.len() > 1 {
                "sont conformes"
            } else {
                "est conforme"
            },
            list(&counted)
        )
    }

    fn element(&self, element: &Element) -> String {
        let mut text = format!("  {} {}\n", element.code, element.label);
        let origin = match &element.origin {
            ElementOrigin::Law(article) => format!("loi : {article}"),
            ElementOrigin::Framework if element.must => {
                "référentiel ; compte pour l’impératif".to_owned()
            }
            ElementOrigin::Framework => "référentiel".to_owned(),
        };
        let moments: Vec<String> = element
            .moments
            .iter()
            .map(|m| m.label().to_lowercase())
            .collect();
        let origin = match &element.local {
            Some(LocalSentence::Added) => "ajouté par le territoire".to_owned(),
            Some(LocalSentence::Reworded { shipped }) => {
                format!("{origin}, reformulé par le territoire (au référentiel : « {shipped} »)")
            }
            None => origin,
        };
        let mut told = vec![format!("origine : {origin}")];
        if !moments.is_empty() {
            told.push(format!("se voit : {}", list(&moments)));
        }
        if let Some(measured) = &element.don {
            told.push(format!("mesure : {}", measured.measure));
        }
        if let Some(ages) = element.ages {
            told.push(format!("{} ans", ages.as_str()));
        }
        if element.negative {
            told.push("sens inversé".to_owned());
        }
        let _ = writeln!(text, "      {}", told.join(" ; "));
        let scale = &self.referentiel.scales[element.scale];
        let _ = write!(text, "{}", answers(element, scale));
        text
    }

    /// The texts that it cites, with where they were read and when.
    fn texts(&self, critere: &Critere) -> String {
        let r = self.referentiel;
        let mut cited: Vec<&LawArticle> = Vec::new();
        for element in critere.elements.iter().map(|e| &r.elements[*e]) {
            let articles = element.origin.article().into_iter();
            for article in articles.flat_map(|a| a.split(" ; ")) {
                let known = self.regulation.article(article);
                cited.extend(known.filter(|k| !cited.contains(k)));
            }
        }
        if cited.is_empty() {
            return "\nAucun texte ne l’exige : il vient du référentiel.\n".to_owned();
        }
        let mut text = format!("\nTextes ({}) :\n", self.regulation.dated());
        for law in cited {
            let day = date_short(&law.verified);
            let read = match law.read {
                _ if !law.is_read() => "cité de mémoire, à vérifier".to_owned(),
                HowRead::Guide => format!("lu dans un guide le {day}"),
                HowRead::Texte | HowRead::Memoire => format!("lu le {day}"),
            };
            let about = if law.objet.is_empty() {
                String::new()
            } else {
                format!(" : {}", law.objet)
            };
            let _ = writeln!(text, "  {}{about} ({} ; {read})", law.article, law.source);
        }
        text
    }
}

/// « REFERENTIEL », with its accents or without.
pub(crate) fn is_whole(code: &str) -> bool {
    crate::base::text::fold(code) == "referentiel"
}

/// What may be answered, when it is few words: anchors, or the modalities.
fn answers(element: &Element, scale: &Scale) -> String {
    if let Some(anchors) = &element.anchors {
        let mut text = String::new();
        for (level, words) in (1..).zip(anchors) {
            let _ = writeln!(text, "      {level} : {words}");
        }
        return text;
    }
    if scale.modalities.is_empty() {
        return String::new();
    }
    let words: Vec<&str> = scale.modalities.iter().map(|m| m.label.as_str()).collect();
    format!("      réponses : {}\n", words.join(" · "))
}

/// Where to begin.
fn beginning(critere: &Critere) -> String {
    let mut text = String::new();
    if !critere.first_steps.is_empty() {
        let _ = writeln!(
            text,
            "\n{} :",
            count(critere.first_steps.len(), "premier pas", "premiers pas")
        );
        for step in &critere.first_steps {
            let _ = writeln!(text, "  – {step}");
        }
    }
    for (title, words) in [
        ("Qui peut aider", &critere.help),
        ("Ce qui fait preuve", &critere.proofs),
    ] {
        if !words.is_empty() {
            let _ = writeln!(text, "{title} : {words}");
        }
    }
    text
}

/// Kinds of accueil, when they are not all.
fn restricted(types: impl Iterator<Item = StructureType>) -> Option<String> {
    let labels: Vec<String> = types.map(|t| t.label().to_lowercase()).collect();
    (labels.len() < StructureType::ALL.len()).then(|| list(&labels))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::regulation::{self, FILE_NAME};
    use crate::vocabulary::referentiel::{embedded, parse};

    /// Where each rule comes from can be said without a campaign.
    #[test]
    fn a_critere_says_its_elements_texts_and_first_steps() {
        let r = parse("referentiel-v2.toml", embedded()).expect("the shipped one");
        let law = Regulation::parse(FILE_NAME, regulation::embedded()).expect("the parameters");
        let page = ReferencePage {
            referentiel: &r,
            regulation: &law,
        };
        let told = page.of("SEC-1").expect("a critère");
        for wanted in [
            "Impératif",
            "SEC-1-DON-1",
            "loi : CASF R.227-15",
            "article R227-15",
            "lu le 27/11/2026",
            "Cible : 3,0",
            "premiers pas",
            "Qui peut aider",
        ] {
            assert!(told.contains(wanted), "{wanted}\n{told}");
        }
        assert!(
            page.of("SEC-7-OBS-1")
                .expect("an élément")
                .contains("CASF L.226-8")
        );
        assert!(
            page.of("REL-2")
                .expect("a critère")
                .contains("Aucun texte ne l’exige")
        );
        let whole = page.of("référentiel").expect("the whole");
        assert!(whole.contains("3 à 11 ans") && whole.contains("comité de pilotage"));
        assert_eq!(page.of("ZZZ-1"), None);
    }
}
