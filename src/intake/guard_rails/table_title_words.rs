//! What the words of a title say of the table of activity under it.

use std::collections::BTreeSet;

use super::title_words::{LONGEST, WORDIEST, words};
use crate::base::text::{dates_in, month_rank};

/// What the title of a table of activity says that its lines do not.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TableTitle {
    /// An example, a trial.
    Unreal,
    /// What was planned, or who was registered.
    Foreseen,
    /// Another year.
    Past,
    /// Posts that nobody holds yet.
    Wanted,
    /// A territory, or a mean of several accueils.
    Others,
    /// Places, and nobody in them.
    Places,
    /// Parts of a hundred.
    Percents,
    /// Sums of several years.
    Sums,
    /// Its columns are not what they are called.
    Redefined,
    /// Months, from 1.
    Months(BTreeSet<usize>),
}

/// What says that a table is none.
const UNREAL_TABLE: [&str; 10] = [
    "ne pas tenir compte",
    "ne pas utiliser",
    "ne pas saisir",
    "exemple",
    "fictif",
    "specimen",
    "brouillon",
    "test",
    "simulation",
    "annule",
];
/// Beginnings of what says that its numbers were planned.
const FORESEEN: [&str; 7] = [
    "previsionnel",
    "prevision",
    "prevu",
    "theorique",
    "estimation",
    "estime",
    "budget",
];
/// Beginnings of what says that they count who was to come, or did not.
const REGISTERED: [&str; 5] = [
    "inscrit",
    "inscription",
    "preinscri",
    "reservation",
    "absen",
];

/// Beginnings of what heads posts that nobody holds.
const WANTED: [&str; 4] = ["candidat", "recrutement", "besoin", "cible"];
/// First words of the title of a whole territory.
const TERRITORIES: [&str; 6] = [
    "departement",
    "region",
    "france",
    "national",
    "nationale",
    "intercommunalite",
];
/// Beginnings of the words of a service, which bears such a name, too: « Département enfance ».
const SERVICES: [&str; 7] = ["enfan", "jeun", "educ", "famil", "scol", "loisir", "anim"];

/// Beginnings of what dates the file, and not its lines.
const STAMPS: [&str; 6] = [
    "export",
    "extrait",
    "extraction",
    "edite",
    "imprime",
    "genere",
];

/// What words of the title of a table say, sessions or not.
pub(super) fn said_of_table(
    title: &str,
    is_sessions: bool,
    years: &BTreeSet<i32>,
) -> Option<TableTitle> {
    let words = words(title);
    if redefines(title) {
        return Some(TableTitle::Redefined);
    }
    if title.chars().count() > LONGEST || words.len() > WORDIEST {
        return None;
    }
    let together = format!(" {} ", words.join(" "));
    let says = |phrase: &str| together.contains(&format!(" {phrase} "));
    let begins = |all: &[&str]| words.iter().any(|w| all.iter().any(|b| w.starts_with(b)));
    if UNREAL_TABLE.into_iter().any(says) {
        return Some(TableTitle::Unreal);
    }
    let is_denied = says("non presents") || says("pas presents");
    let is_present = begins(&["present", "presence", "realise"]) && !is_denied;
    // « Inscrits : 54 » says how many there are, and heads nothing.
    let is_count = words
        .last()
        .and_then(|w| w.parse::<u32>().ok())
        .is_some_and(|n| n < 2000);
    let is_registered = is_sessions && begins(&REGISTERED) && !is_present && !is_count;
    let is_aim = words.len() <= 2 && begins(&["objectif", "cible"]);
    if begins(&FORESEEN) || is_aim || is_registered {
        return Some(TableTitle::Foreseen);
    }
    if let Some(other) = said_of_numbers(&words, is_sessions) {
        let is_places = other == TableTitle::Places;
        return (!(is_places && (is_present || is_count))).then_some(other);
    }
    // « Export du 05/01/2027 » dates the file.
    if begins(&STAMPS) && !dates_in(title).is_empty() {
        return None;
    }
    let year = |w: &String| w.parse::<i32>().ok().filter(|y| (2000..2100).contains(y));
    let named: Vec<i32> = words.iter().filter_map(year).collect();
    if !named.is_empty() && named.iter().all(|y| !years.contains(y)) {
        return Some(TableTitle::Past);
    }
    let months = words.iter().filter_map(|w| month_rank(w));
    let months: BTreeSet<usize> = months.collect();
    (!months.is_empty()).then_some(TableTitle::Months(months))
}

/// « Mat. = total »: a column would be read for what it is called, and not for what it holds.
fn redefines(title: &str) -> bool {
    let sides = title.split_once('=');
    let is_said = |text: &str| text.chars().any(char::is_alphabetic);
    sides.is_some_and(|(name, meaning)| is_said(name) && is_said(meaning))
}

/// What a title says that its numbers are: not those of one accueil, or of who came.
fn said_of_numbers(words: &[String], is_sessions: bool) -> Option<TableTitle> {
    let begins = |all: &[&str]| words.iter().any(|w| all.iter().any(|b| w.starts_with(b)));
    let first = words.first().map(String::as_str).unwrap_or_default();
    let follow = |one: &str, two: &str| words.windows(2).any(|w| w[0] == one && w[1] == two);
    let is_section = follow("moyenne", "section");
    // Over sessions it is the head of a letter.
    let is_territory = !is_sessions && TERRITORIES.contains(&first) && !begins(&SERVICES);
    if (!is_sessions && begins(&WANTED)) || follow("a", "pourvoir") {
        Some(TableTitle::Wanted)
    } else if begins(&["moyenn", "median"]) && !is_section || is_territory {
        Some(TableTitle::Others)
    } else if begins(&["capacite"]) || first == "places" {
        Some(TableTitle::Places)
    } else if begins(&["pourcent"]) {
        Some(TableTitle::Percents)
    } else if begins(&["cumul"]) {
        Some(TableTitle::Sums)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_what_was_planned_is_told_from_what_came() {
        let years = BTreeSet::from([2026]);
        let of = |title: &str| said_of_table(title, true, &years);
        for foreseen in [
            "Prévisionnel des effectifs",
            "Prévisions",
            "Nombre d’enfants inscrits (et non présents)",
            "Inscriptions juin 2026",
        ] {
            assert_eq!(of(foreseen), Some(TableTitle::Foreseen), "{foreseen}");
        }
        for past in ["Présences juin 2025", "Dénominateurs 2024-2025", "2025"] {
            assert_eq!(of(past), Some(TableTitle::Past), "{past}");
        }
        for (title, what) in [
            ("Candidatures reçues", TableTitle::Wanted),
            ("Postes à pourvoir", TableTitle::Wanted),
            ("Département de la Loire", TableTitle::Others),
        ] {
            assert_eq!(said_of_table(title, false, &years), Some(what), "{title}");
        }
        for (title, what) in [
            ("Moyenne intercommunale", TableTitle::Others),
            ("Capacités d’accueil", TableTitle::Places),
            ("En pourcentage", TableTitle::Percents),
            ("Cumul depuis 2020", TableTitle::Sums),
            ("Mat. = total, dont Élém.", TableTitle::Redefined),
        ] {
            assert_eq!(of(title), Some(what), "{title}");
        }
        let june = TableTitle::Months(BTreeSet::from([6]));
        assert_eq!(of("Présences juin 2026"), Some(june));
        for plain in [
            "Présences et inscriptions 2026",
            "Tous les accueils, 2025-2026",
            "seances",
            "Exercice 2026",
            "Inscrits : 54",
            "Export du 05/01/2027",
            "Cadre réservé à la direction",
            "Département Enfance et Jeunesse",
            "Moyenne section",
            "Département de la Loire",
            "Capacités et présences 2026",
        ] {
            assert_eq!(of(plain), None, "{plain}");
        }
        assert_eq!(said_of_table("Inscriptions 2026", false, &years), None);
    }
}
