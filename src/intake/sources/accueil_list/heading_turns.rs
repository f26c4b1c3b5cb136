//! The words by which headings say a field, and how surely.

use super::heading_words::simple;
use super::list_fields::ListField;

/// Headings longer than this are sentences.
const LONGEST: usize = 60;

/// Turns that say a field, in the singular, the more precise before the broader; those of the second list
/// exclude it.
struct FieldTurns {
    field: ListField,
    turns: &'static [&'static str],
    without: &'static [&'static str],
}

const fn by(
    field: ListField,
    turns: &'static [&'static str],
    without: &'static [&'static str],
) -> FieldTurns {
    FieldTurns {
        field,
        turns,
        without,
    }
}

const FIELDS: [FieldTurns; 20] = [
    by(
        ListField::CapaciteMoins6,
        &[
            "capacite moins6",
            "moins de 6 an",
            "moins de 6",
            "moins 6 an",
            "moins 6",
            "maternel",
            "maternelle",
            "3 5 an",
            "3 6 an",
        ],
        &["plus"],
    ),
    by(
        ListField::Capacite6Plus,
        &[
            "capacite 6plus",
            "plus de 6 an",
            "plus de 6",
            "6 an et plus",
            "6 et plus",
            "6 plus",
            "elementaire",
            "6 11 an",
            "6 12 an",
        ],
        &["moin"],
    ),
    by(
        ListField::Type,
        &[
            "alsh ou periscolaire",
            "type d accueil",
            "type de l accueil",
            "type de structure",
            "type",
            "nature",
            "categorie",
            "mode d accueil",
        ],
        &[],
    ),
    by(
        ListField::Fermeture,
        &[
            "date de fermeture",
            "fermeture",
            "ferme le",
            "ferme depui",
            "fin d activite",
        ],
        &["jour", "heure", "semaine", "motif"],
    ),
    by(
        ListField::JoursAn,
        &[
            "jour d ouverture",
            "jour par an",
            "jour an",
            "nombre de jour",
            "nb de jour",
            "nb jour",
        ],
        &[],
    ),
    by(
        ListField::Horaires,
        &["horaire", "heure d ouverture", "heure"],
        &[],
    ),
    by(
        ListField::Ouverture,
        &[
            "date d ouverture",
            "ouvert depui",
            "ouvert le",
            "mise en service",
            "date de creation",
            "creation",
            "ouverture",
        ],
        &["jour", "heure", "periode", "semaine"],
    ),
    by(
        ListField::Insee,
        &["code insee", "insee", "code commune"],
        &["postal"],
    ),
    by(
        ListField::Code,
        &[
            "code de l accueil",
            "code accueil",
            "code structure",
            "code",
            "identifiant",
        ],
        &["postal", "insee", "commune"],
    ),
    by(
        ListField::Ages,
        &[
            "age accueilli",
            "tranche d age",
            "age",
            "public accueilli",
            "public",
        ],
        &[],
    ),
    by(
        ListField::Capacite,
        &[
            "capacite d accueil",
            "capacite totale",
            "capacite",
            "nombre de place",
            "nb de place",
            "place",
            "agrement",
            "effectif declare",
            "effectif maximum",
        ],
        &["disponible", "restante"],
    ),
    by(
        ListField::Pedt,
        &["pedt"],
        &["debut", "fin", "date", "temp"],
    ),
    by(
        ListField::Secteur,
        &["secteur", "pole", "bassin", "territoire", "zone"],
        &[],
    ),
    by(ListField::Latitude, &["latitude", "lat"], &[]),
    by(
        ListField::Longitude,
        &["longitude", "long", "lng", "lon"],
        &[],
    ),
    by(
        ListField::Alias,
        &[
            "autre nom",
            "nom usuel",
            "nom court",
            "surnom",
            "sigle",
            "alia",
        ],
        &[],
    ),
    by(ListField::Tarifs, &["tarif", "prix"], &[]),
    by(ListField::Partenaires, &["partenaire"], &[]),
    by(
        ListField::Commune,
        &[
            "commune",
            "ville",
            "village",
            "localite",
            "lieu d implantation",
        ],
        &["code"],
    ),
    by(
        ListField::Nom,
        &[
            "nom du centre",
            "nom de l accueil",
            "nom de la structure",
            "nom du site",
            "nom de l etablissement",
            "nom de l alsh",
            "nom du periscolaire",
            "accueil de loisir",
            "centre de loisir",
            "lieu d accueil",
            "structure",
            "accueil",
            "centre",
            "site",
            "etablissement",
            "intitule",
            "denomination",
            "alsh",
            "nom",
        ],
        &[
            "gestionnaire",
            "organisateur",
            "association",
            "commune",
            "jour",
            "nombre",
            "nb",
            "prenom",
            "famille",
            "enfant",
        ],
    ),
];

/// A field, and how surely a heading says it, 0..1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct FieldGuess {
    pub(super) field: ListField,
    pub(super) score: f64,
}

/// The fields that a heading may say, the surest first.
pub(super) fn fields_of(heading: &str) -> Vec<FieldGuess> {
    let said = simple(heading);
    if said.is_empty() || said.chars().count() > LONGEST {
        return Vec::new();
    }
    let mut found: Vec<FieldGuess> = FIELDS
        .iter()
        .filter_map(|turns| turns.guess(&said))
        .collect();
    // Ties keep the order of the table: the precise before the broad.
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found
}

impl FieldTurns {
    fn guess(&self, said: &str) -> Option<FieldGuess> {
        let padded = format!(" {said} ");
        let holds = |turn: &str| padded.contains(&format!(" {turn} "));
        if self.without.iter().any(|w| holds(&simple(w))) {
            return None;
        }
        let all = said.split(' ').count() as f64;
        let scores = self.turns.iter().map(|turn| {
            let turn = simple(turn);
            let share = turn.split(' ').count() as f64 / all;
            match holds(&turn) {
                true if turn == said => 1.0,
                true => 0.6 + 0.35 * share,
                false => near(said, &turn),
            }
        });
        let score = scores.fold(0.0, f64::max);
        (score > 0.0).then_some(FieldGuess {
            field: self.field,
            score,
        })
    }
}

/// A slip of the hand: one letter in six or so.
fn near(said: &str, turn: &str) -> f64 {
    let likeness = strsim::normalized_damerau_levenshtein(said, turn);
    if turn.len() >= 5 && likeness >= 0.84 {
        likeness * 0.8
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::heading_words::is_about_persons;
    use super::*;

    #[test]
    fn headings_of_local_lists_are_recognised() {
        for (heading, wanted) in [
            ("Nom du centre", ListField::Nom),
            ("ACCUEIL", ListField::Nom),
            ("Site", ListField::Nom),
            ("Nom de l’accueil", ListField::Nom),
            ("Ville", ListField::Commune),
            ("Commune d’implantation", ListField::Commune),
            ("Comune", ListField::Commune),
            ("Capacité", ListField::Capacite),
            ("Capacité - de 6 ans", ListField::CapaciteMoins6),
            ("Capacité 6 ans et +", ListField::Capacite6Plus),
            ("Nb places + de 6 ans", ListField::Capacite6Plus),
            ("Ages", ListField::Ages),
            ("ALSH ou périscolaire", ListField::Type),
            ("Type d’accueil", ListField::Type),
            ("Date d’ouverture", ListField::Ouverture),
            ("Jours d’ouverture par an", ListField::JoursAn),
            ("Horaires d’ouverture", ListField::Horaires),
            ("Code INSEE", ListField::Insee),
        ] {
            let found = fields_of(heading);
            assert_eq!(
                found.first().map(|g| g.field),
                Some(wanted),
                "{heading}: {found:?}"
            );
        }
        for other in [
            "Gestionnaire / Association",
            "Code postal",
            "Observations",
            "N°",
        ] {
            assert_eq!(fields_of(other), [], "{other}");
        }
        for person in ["Responsable", "Nom du directeur", "Tél. du contact"] {
            assert!(is_about_persons(person), "{person}");
        }
        assert!(!is_about_persons("Accueil"));
    }
}
