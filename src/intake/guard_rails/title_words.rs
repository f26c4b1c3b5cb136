//! What the words of a title say of the grid under it.

use std::collections::BTreeSet;

use super::title_lexicon::{
    AIMED, AIMS, BARE_AIMS, BARE_OTHERS, BARE_UNREAL, COLLECTED, LOOKS, MEASURES, NOTES, OTHERS,
    OWN_VIEW, PAST, SPEAKERS, UNREAL,
};
use crate::base::text::{dates_in, fold, is_month};
use crate::vocabulary::referentiel::SourceCode;

/// What a title says that its grid does not.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Contradiction {
    /// It counts for nothing: an example, a trial, what was not observed.
    Unreal,
    /// Its notes are somebody else’s, or of several visits.
    Others,
    /// Its notes are aimed at, and were not seen.
    Aim,
    /// Its notes are those of an earlier visit.
    Past,
    /// The team's own view.
    OwnView,
    /// The code of another accueil.
    Place(String),
    /// Another day.
    Day(String),
    /// Another source, by what heads it: « Familles », « AUT ».
    Source(SourceCode),
    /// Colours or bold words mean something that no program sees.
    Looks,
    /// Responses measure something else than what their questions ask: « Importance accordée ».
    Measure,
}

/// Characters and words of the longest title: what is longer explains.
pub(super) const LONGEST: usize = 120;
pub(super) const WORDIEST: usize = 12;

pub(super) fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Whether a word of a list stands within two words of one of another.
fn are_near(words: &[String], some: &[&str], others: &[&str]) -> bool {
    let is = |at: usize, all: &[&str]| words.get(at).is_some_and(|w| all.contains(&w.as_str()));
    (0..words.len()).any(|at| {
        // « La note vise à décrire » aims at nothing.
        let is_verb = words.get(at + 1).is_some_and(|w| w == "a");
        let mut near = at.saturating_sub(2)..=at + 2;
        is(at, some) && !is_verb && near.any(|other| is(other, others))
    })
}

/// What words of a title say, whatever the grid.
pub(super) fn said(title: &str, own_view: bool, years: &BTreeSet<i32>) -> Option<Contradiction> {
    let words = words(title);
    if title.chars().count() > LONGEST || words.len() > WORDIEST {
        return None;
    }
    let has = |all: &[&str]| words.iter().any(|w| all.contains(&w.as_str()));
    let together = format!(" {} ", words.join(" "));
    // Nearly no title holds any of them: names of files are looked at by the thousand.
    let says =
        |phrase: &str| together.contains(phrase) && together.contains(&format!(" {phrase} "));
    let is_planned = says("a faire") || says("prevue") || says("a venir");
    let is_for_instance = says("par exemple") || says("exemple de") || says("exemple pour");
    let is_example = has(&["exemple", "exemples", "fictif", "fictive"]) && !is_for_instance;
    let is_filled = says("exemple de grille") || says("exemple de remplissage");
    if is_example || is_filled || UNREAL.into_iter().any(says) {
        return Some(Contradiction::Unreal);
    }
    if own_view && !is_planned && OWN_VIEW.into_iter().any(says) {
        return Some(Contradiction::OwnView);
    }
    if OTHERS.into_iter().any(says) {
        return Some(Contradiction::Others);
    }
    if explains_looks(title) {
        return Some(Contradiction::Looks);
    }
    let alone = |all: &[&str]| words.len() <= 2 && has(all);
    for (some, what) in [
        (&BARE_UNREAL[..], Contradiction::Unreal),
        (&BARE_OTHERS[..], Contradiction::Others),
        (&BARE_AIMS[..], Contradiction::Aim),
    ] {
        if alone(some) {
            return Some(what);
        }
    }
    let year = |w: &String| w.parse::<i32>().ok().filter(|y| (2000..2100).contains(y));
    let named: Vec<i32> = words.iter().filter_map(year).collect();
    let is_other_year = !named.is_empty() && named.iter().all(|y| !years.contains(y));
    let last = years.last().copied().unwrap_or(i32::MAX);
    let is_later = is_other_year && named.iter().all(|y| *y > last);
    let is_bare = words.len() <= 2;
    let is_aim = are_near(&words, &AIMS, &NOTES[..7]) || AIMED.into_iter().any(says);
    if is_aim || has(&AIMS) && (is_later || is_bare) {
        return Some(Contradiction::Aim);
    }
    let is_past = has(&NOTES) && has(&PAST) || says("annee derniere") || says("an dernier");
    let is_old = is_bare && has(&["old", "ancien", "ancienne"]);
    let is_headed = has(&NOTES) || has(&COLLECTED) || words.len() < 2;
    let is_year = is_other_year && dates_in(title).is_empty() && is_headed;
    (is_past || is_old || is_year).then_some(Contradiction::Past)
}

/// « Cases grisées : non observées », « Rouge = première visite ». « 1 = vert » says a level.
fn explains_looks(title: &str) -> bool {
    let parts = title.split([':', '=']);
    let heads = parts.zip(title.split([':', '=']).skip(1));
    heads.map(|(head, _)| words(head)).any(|head| {
        let last = head.last().is_some_and(|w| LOOKS.contains(&w.as_str()));
        let has_level = title.split(|c: char| !c.is_alphanumeric());
        let has_level = has_level
            .into_iter()
            .any(|w| ["1", "2", "3", "4"].contains(&w));
        last && head.len() <= 4 && (!has_level || head.len() > 1)
    })
}

/// Whether a title is of the few words that head a blank form.
pub(super) fn is_bare(title: &str) -> bool {
    let words = words(title);
    words.len() <= 3 && words.iter().any(|w| BARE_UNREAL.contains(&w.as_str()))
}

/// Whether a title over responses says that they measure something else.
pub(super) fn measures_else(title: &str) -> bool {
    const SHORT: usize = 6;
    let words = words(title);
    // « Nombre de réponses : 45 » counts them.
    let counts =
        title.chars().any(|c| c.is_ascii_digit()) || words.iter().any(|w| w.starts_with("repon"));
    let counting = ["nombre", "effectif", "effectifs", "moyenne", "moyennes"];
    words.len() <= SHORT
        && words
            .iter()
            .any(|w| MEASURES.contains(&w.as_str()) && !(counts && counting.contains(&w.as_str())))
}

/// Who answered, as a title over responses says it: « Réponses des animateurs », « Questionnaire équipe ».
pub(super) fn answered_by(title: &str, own: SourceCode) -> Option<SourceCode> {
    const WHO: [(&str, SourceCode); 15] = [
        ("animateurs", SourceCode::Eqp),
        ("animatrices", SourceCode::Eqp),
        ("equipe", SourceCode::Eqp),
        ("equipes", SourceCode::Eqp),
        ("agents", SourceCode::Eqp),
        ("personnel", SourceCode::Eqp),
        ("enseignants", SourceCode::Ens),
        ("enseignantes", SourceCode::Ens),
        ("professeurs", SourceCode::Ens),
        ("familles", SourceCode::Fam),
        ("parents", SourceCode::Fam),
        ("enfants", SourceCode::Enf),
        ("directrice", SourceCode::Dir),
        ("directeur", SourceCode::Dir),
        ("direction", SourceCode::Dir),
    ];
    let words = words(title);
    let collected = |w: &String| {
        COLLECTED.contains(&w.as_str())
            || ["avis", "point", "selon", "estimation", "reponse"].contains(&w.as_str())
    };
    if words.len() > WORDIEST || !words.iter().any(collected) {
        return None;
    }
    let said = |w: &String| {
        WHO.iter()
            .find(|(word, _)| word == w)
            .map(|(_, source)| *source)
    };
    let mut all = words.iter().filter_map(said);
    let first = all.next()?;
    // « Enquête enfants et familles » may hold either; « l’avis des animateurs sur les familles » is theirs.
    let is_shared = all.any(|source| source == own) && !words.iter().any(|w| w == "sur");
    (first != own && !is_shared).then_some(first)
}

/// The number of the visit that a text says: « Visite n° 2 », « Deuxième visite », « 2e passage », « V2 ».
pub(super) fn visit_said(text: &str) -> Option<String> {
    const RANKS: [(&str, &str); 12] = [
        ("premiere", "1"),
        ("premier", "1"),
        ("1re", "1"),
        ("1ere", "1"),
        ("deuxieme", "2"),
        ("seconde", "2"),
        ("second", "2"),
        ("2e", "2"),
        ("2eme", "2"),
        ("troisieme", "3"),
        ("3e", "3"),
        ("3eme", "3"),
    ];
    let words = words(text);
    if words.len() > WORDIEST {
        return None;
    }
    let at = |i: usize| words.get(i).map_or("", String::as_str);
    let is_digit = |w: &str| w.len() == 1 && w.bytes().all(|b| b.is_ascii_digit());
    let is_visit = |w: &str| ["visite", "passage"].contains(&w);
    for i in 0..words.len() {
        if is_visit(at(i)) {
            let next = i + 1 + usize::from(["n", "no", "numero"].contains(&at(i + 1)));
            // « Visite 2 mai » is a day, « visite 2 à 4 » several.
            let goes_on = is_month(at(next + 1))
                || is_digit(at(next + 1))
                || ["a", "et"].contains(&at(next + 1));
            if is_digit(at(next)) && !goes_on {
                return Some(at(next).to_owned());
            }
        }
        let rank = RANKS.iter().find(|(word, _)| *word == at(i));
        if let Some((_, rank)) = rank.filter(|_| is_visit(at(i + 1))) {
            return Some((*rank).to_owned());
        }
        let short = at(i).strip_prefix('v').filter(|n| is_digit(n));
        if let Some(short) = short.filter(|_| words.len() <= 3) {
            return Some(short.to_owned());
        }
    }
    None
}

/// Who speaks, where a title says that and nothing else.
pub(super) fn speaker(title: &str) -> Option<SourceCode> {
    let words = words(title);
    let [word] = &words[..] else {
        return None;
    };
    let mut all = SPEAKERS.iter();
    all.find(|(said, _)| said == word)
        .map(|(_, source)| *source)
}

/// Whether the date of a title is that of something else than a visit.
pub(super) fn dates_something_else(title: &str) -> bool {
    const ELSE: [&str; 22] = [
        "version",
        "rendre",
        "avant",
        "valide",
        "validee",
        "loi",
        "arrete",
        "decret",
        "restitution",
        "ouverture",
        "agrement",
        "maj",
        "jour",
        "reunion",
        "conseil",
        "convention",
        "precedente",
        "derniere",
        "imprime",
        "edite",
        "date",
        "depuis",
    ];
    words(title).iter().any(|w| ELSE.contains(&w.as_str()))
}

/// Whether words stand one after the other among others, and name no street or school.
pub(super) fn stands(wanted: &[String], among: &[String]) -> bool {
    const STREETS: [&str; 12] = [
        "rue",
        "avenue",
        "place",
        "boulevard",
        "route",
        "impasse",
        "ecole",
        "college",
        "lycee",
        "territoire",
        "quartier",
        "commune",
    ];
    let is_street = |at: usize| {
        let mut before = among[..at].iter().rev().take(3);
        before.any(|w| STREETS.contains(&w.as_str()))
    };
    let is_sentence = among.len() > wanted.len() + 7;
    let found = among.windows(wanted.len().max(1)).position(|w| w == wanted);
    found.is_some_and(|at| !wanted.is_empty() && !is_street(at) && !is_sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_say_something_else_are_told_from_others() {
        let years = BTreeSet::from([2026]);
        let of = |title: &str| said(title, true, &years);
        for unreal in [
            "EXEMPLE DE GRILLE REMPLIE - ne pas tenir compte",
            "À ne pas saisir",
            "TEST",
            "Non observé ce jour",
        ] {
            assert_eq!(of(unreal), Some(Contradiction::Unreal), "{unreal}");
        }
        for aim in [
            "Niveau VISÉ pour 2027",
            "À atteindre en 2027",
            "Objectifs 2027",
            "Objectif",
        ] {
            assert_eq!(of(aim), Some(Contradiction::Aim), "{aim}");
        }
        for past in [
            "Rappel des notes de la visite 2025",
            "2025",
            "OLD",
            "Pour mémoire, visite de 2025",
            "Enquête familles 2025",
        ] {
            assert_eq!(of(past), Some(Contradiction::Past), "{past}");
        }
        for others in [
            "Avis des familles",
            "Note donnée par la directrice",
            "Moyenne du secteur Nord",
        ] {
            assert_eq!(of(others), Some(Contradiction::Others), "{others}");
        }
        for looks in [
            "Cases grisées : non observées ce jour",
            "Rouge = première visite (mars), noir = aujourd’hui",
            "En gras : à confirmer",
        ] {
            assert_eq!(of(looks), Some(Contradiction::Looks), "{looks}");
        }
        assert_eq!(of("1 = vert, 4 = rouge"), None);
        assert_eq!(of("Modèle"), Some(Contradiction::Unreal));
        assert!(measures_else("Importance accordée") && measures_else("Nombre de familles"));
        assert!(!measures_else("Nombre de réponses : 45") && !measures_else("Votre avis"));
        let by = |title: &str| answered_by(title, SourceCode::Fam);
        assert_eq!(by("Réponses des animateurs"), Some(SourceCode::Eqp));
        assert_eq!(by("Enquête enfants et familles"), None);
        assert_eq!(by("Questionnaire familles"), None);
        for (title, number) in [
            ("Deuxième visite", "2"),
            ("Grille V2", "2"),
            ("Visite n° 2 – ALSH", "2"),
            ("2e passage", "2"),
        ] {
            assert_eq!(visit_said(title).as_deref(), Some(number), "{title}");
        }
        for title in [
            "Visite du 2 mai 2026",
            "Visite 2 mai",
            "Visites 1 à 2",
            "Version v2 du formulaire de l’observatoire",
        ] {
            assert_eq!(visit_said(title), None, "{title}");
        }
        assert_eq!(speaker("Familles"), Some(SourceCode::Fam));
        assert_eq!(speaker("Relations avec les familles"), None);
        assert_eq!(of("AUTO-ÉVALUATION"), Some(Contradiction::OwnView));
        assert_eq!(said("Auto-évaluation", false, &years), None);
        for plain in [
            "Grille d’observation – visite 1",
            "Visite du 12 mai 2026",
            "Objectif de la visite : observer l’accueil du matin",
            "Notez par exemple ce que vous avez vu",
            "Feuil1",
            "Convention 2023-2026",
            "Un commentaire est attendu pour toute note inférieure à 3",
            "La note vise à décrire ce que l’on voit",
            "Exemple de remarque : les enfants choisissent",
            "Auto-évaluation à faire en juin",
            "Relations avec les familles",
            "Grille 2024",
        ] {
            assert_eq!(of(plain), None, "{plain}");
        }
    }
}
