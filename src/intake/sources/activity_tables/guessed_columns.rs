//! Headings that local services write in their own words, and the column that they seem to be.

use super::expected_columns::TableKind;
use crate::base::text::fold;

/// Headings longer than this are questions.
const LONGEST: usize = 40;

/// Turns by which a column is recognised, the more precise before the broader; those of the second list
/// exclude it.
type Turns = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const SESSIONS: [Turns; 15] = [
    (
        "presents_moins6",
        &[
            "moins de 6",
            "moins 6",
            "< 6",
            "<6",
            "maternel",
            "3 5 ans",
            "3 6 ans",
            "3/5 ans",
            "petits",
        ],
        &["plus"],
    ),
    (
        "presents_6plus",
        &[
            "plus de 6",
            "6 ans et",
            "6 et +",
            "6+",
            "+6",
            "+ de 6",
            "elementaire",
            "primaire",
            "6 11",
            "6 12",
            "7 12 ans",
            "≥ 6",
            "6/11",
            "6/12",
            "grands",
        ],
        &["moins"],
    ),
    (
        "dont_non_qualifies",
        &["non qualifi", "sans diplome", "non diplome"],
        &[],
    ),
    ("dont_stagiaires", &["stagiaire"], &[]),
    ("dont_qualifies", &["qualifi", "diplome", "bafa"], &["non "]),
    (
        "animateurs",
        &["animateur", "encadrant", "anim", "adultes presents"],
        &[],
    ),
    ("intervenants", &["intervenant", "prestataire"], &[]),
    (
        "directeur_compte",
        &["directeur compte", "direction comprise"],
        &[],
    ),
    ("trajet", &["trajet", "transport"], &[]),
    ("duree_min", &["duree (min", "minutes", "nb min"], &[]),
    (
        "duree_h",
        &["duree", "nb heures", "nombre d heures", "nb d heures"],
        &[],
    ),
    ("date", &["date", "jour"], &["journee"]),
    (
        "plage",
        &[
            "creneau",
            "moment",
            "horaire",
            "tranche horaire",
            "temps d accueil",
            "seance",
        ],
        &[],
    ),
    (
        "temps",
        &["periscolaire ou extra", "peri/extra", "type de temps"],
        &[],
    ),
    (
        "structure",
        &["accueil", "centre", "alsh", "lieu", "ecole"],
        &["type"],
    ),
];

const POSTS: [Turns; 7] = [
    (
        "fonction",
        &["fonction", "poste", "emploi", "metier", "role"],
        &[],
    ),
    (
        "diplome",
        &["diplome", "qualification", "brevet", "bafa"],
        &[],
    ),
    (
        "quotite",
        &["quotite", "temps de travail", "etp", "temps plein"],
        &[],
    ),
    ("entree", &["entree", "arrivee", "debut", "embauche"], &[]),
    (
        "sortie",
        &["sortie", "depart", "fin de contrat", "fin du contrat"],
        &[],
    ),
    ("formations", &["formation"], &[]),
    (
        "structure",
        &["accueil", "centre", "alsh", "lieu", "affectation"],
        &[],
    ),
];

const DENOMINATORS: [Turns; 9] = [
    ("partenaires", &["partenaire"], &[]),
    ("refusees", &["refus"], &[]),
    ("demandes", &["demande"], &[]),
    ("tranches_tarif", &["tranche", "quotient"], &[]),
    ("domaines_activites", &["domaine"], &[]),
    (
        "formes_inclusion",
        &[
            "formes inclusion",
            "formes handicap",
            "formes a l inclusion",
        ],
        &[],
    ),
    ("formes", &["forme"], &["inclusion", "handicap"]),
    ("jours_ouverts", &["jours ouvert", "jours d ouverture"], &[]),
    ("accidents", &["accident"], &[]),
];
/// What says that those whom a heading counts were not there.
const ABSENT: [&str; 8] = [
    "absent", "prevu", "inscrit", "reserv", "capacite", "places", "total", "cumul",
];

/// « - de 6 ans », « Nb enfants -6 »: the sign is a word, and folding would lose it.
fn less_than(heading: &str) -> String {
    let signed = heading.trim().replace(['–', '−'], "-");
    let signed = format!(" {signed}");
    [" - de ", " -de "]
        .into_iter()
        .fold(signed.replace(" -6", " moins 6"), |text, sign| {
            text.replace(sign, " moins de ")
        })
}

/// What makes of a measure another one: of another year, a part, a rate.
const OTHERWISE: [&str; 8] = [
    "20", "%", "dont", "taux", "part ", "non ", "moyen", "nouveau",
];

/// The column that a heading seems to be; none when nothing suggests it.
pub(super) fn guess(kind: TableKind, heading: &str) -> Option<&'static str> {
    let folded = fold(&less_than(heading));
    let turns: &[Turns] = match kind {
        TableKind::Sessions => &SESSIONS,
        TableKind::Posts => &POSTS,
        TableKind::Denominators if OTHERWISE.iter().any(|other| folded.contains(other)) => {
            return None;
        }
        TableKind::Denominators => &DENOMINATORS,
    };
    if folded.chars().count() > LONGEST {
        return None;
    }
    let said = |turns: &[&str]| turns.iter().any(|turn| folded.contains(turn));
    if kind == TableKind::Sessions && said(&ABSENT) {
        return None;
    }
    let found = turns
        .iter()
        .find(|(_, turns, without)| said(turns) && !said(without))?;
    Some(found.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_local_services_are_recognised_and_questions_are_not() {
        let cases = [
            ("Moins de 6", "presents_moins6"),
            ("Enfants - de 6 ans (moins de 6)", "presents_moins6"),
            ("Maternelles", "presents_moins6"),
            ("6 ans et +", "presents_6plus"),
            ("Plus de 6 ans", "presents_6plus"),
            ("- de 6 ans", "presents_moins6"),
            ("Nb enfants -6", "presents_moins6"),
            ("6-11 ans", "presents_6plus"),
            ("Élémentaires", "presents_6plus"),
            ("Nb anim.", "animateurs"),
            ("dont BAFA", "dont_qualifies"),
            ("Stagiaires BAFA", "dont_stagiaires"),
            ("non qualifiés", "dont_non_qualifies"),
            ("Jour", "date"),
            ("Créneau horaire", "plage"),
            ("Lieu d’accueil", "structure"),
        ];
        for (heading, name) in cases {
            assert_eq!(guess(TableKind::Sessions, heading), Some(name), "{heading}");
        }
        assert_eq!(guess(TableKind::Posts, "Métier exercé"), Some("fonction"));
        for absent in [
            "Animateurs absents",
            "prévus +6 ans",
            "moins de 6 ans (capacité)",
        ] {
            assert_eq!(guess(TableKind::Sessions, absent), None, "{absent}");
        }
        let question = "Les animateurs sont-ils à l’écoute de votre enfant, d’après vous ?";
        assert_eq!(guess(TableKind::Sessions, question), None);
        let measure = |heading| guess(TableKind::Denominators, heading);
        assert_eq!(measure("Animateurs"), None);
        assert_eq!(measure("Nombre de partenaires"), Some("partenaires"));
        assert_eq!(measure("partenaires 2025"), None);
        assert_eq!(measure("% animateurs formés"), None);
    }
}
