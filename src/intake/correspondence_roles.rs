//! What a person may say that a column is, besides an answer to an élément: the words of correspondences,
//! each with what it means.

use crate::intake::sources::{ACTIVITY, FILE_KIND, GRID, HAND_MADE, TABLE};

/// A word of correspondences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Role {
    /// As files of correspondences write it.
    pub(super) word: &'static str,
    /// What it says, for a person.
    pub(super) meaning: &'static str,
}

const fn role(word: &'static str, meaning: &'static str) -> Role {
    Role { word, meaning }
}

/// In any table.
const ANY: [Role; 8] = [
    role("ignorer", "ne compte pas : rien n’en est lu"),
    role("structure", "l’accueil, par son code ou son nom"),
    role("date", "le jour"),
    role("visite", "le numéro de la visite"),
    role("observateur", "la personne qui a observé"),
    role(
        "second_codeur",
        "la personne qui code l’entretien une seconde fois",
    ),
    role("repondant", "le numéro de la réponse"),
    role("libre", "une réponse ouverte, en toutes lettres"),
];
/// And in a table of responses.
const OF_TABLES: [Role; 1] = [role(
    "question",
    "une question fermée de votre questionnaire, hors référentiel : ses réponses sont montrées telles quelles (dites lesquelles dans « Réponses admises »)",
)];
/// And in a grid.
const OF_GRIDS: [Role; 2] = [
    role("note", "la note de chaque ligne"),
    role("commentaire", "les remarques de chaque ligne"),
];
/// And in a table of sessions.
const OF_SESSIONS: [Role; 14] = [
    role(
        "site",
        "le groupe ou le lieu, dans l’accueil : maternelle, salle du bas",
    ),
    role("plage", "le moment : matin, midi, soir, 7h30–8h30"),
    role("temps", "périscolaire ou extrascolaire"),
    role("duree_h", "la durée de la séance, en heures"),
    role("duree_min", "la durée de la séance, en minutes"),
    role(
        "trajet",
        "oui pour un trajet entre l’école et d’autres locaux",
    ),
    role("presents_moins6", "les enfants présents de moins de 6 ans"),
    role("presents_6plus", "les enfants présents de 6 ans et plus"),
    role("animateurs", "les animateurs présents"),
    role(
        "dont_qualifies",
        "parmi les animateurs, ceux qui sont diplômés (BAFA…)",
    ),
    role(
        "dont_stagiaires",
        "parmi les animateurs, ceux qui sont en formation",
    ),
    role(
        "dont_non_qualifies",
        "parmi les animateurs, ceux qui n’ont pas de diplôme",
    ),
    role(
        "directeur_compte",
        "oui si la direction est comptée parmi les animateurs",
    ),
    role(
        "intervenants",
        "les intervenants présents avec les animateurs (ils comptent sous PEDT)",
    ),
];
/// In a table of posts.
const OF_POSTS: [Role; 7] = [
    role("fonction", "le poste d’une personne de l’équipe"),
    role("diplome", "le diplôme d’une personne de l’équipe"),
    role(
        "quotite",
        "le temps de travail, de 0 à 1 (0,5 : un mi-temps)",
    ),
    role(
        "quotite_pct",
        "le temps de travail, en pour cent (50 : un mi-temps)",
    ),
    role("entree", "le jour de l’arrivée dans l’équipe"),
    role("sortie", "le jour du départ de l’équipe"),
    role("formations", "le nombre de formations suivies dans l’année"),
];
/// In a table of denominators.
const OF_DENOMINATORS: [Role; 31] = [
    role("familles", "les familles utilisatrices"),
    role("enfants", "les enfants accueillis"),
    role("enfants_scolarises", "les enfants scolarisés de 3 à 11 ans"),
    role("formes", "les animateurs formés dans l’année"),
    role(
        "formes_inclusion",
        "les animateurs formés à l’accueil d’enfants à besoins particuliers",
    ),
    role("heures_realisees", "les heures d’accueil réalisées"),
    role("heures_capacite", "les heures de capacité ouverte"),
    role("heures_preparation", "les heures de préparation payées"),
    role("presences", "les présences"),
    role("inscriptions", "les inscriptions"),
    role("jours_ouverts", "les jours d’ouverture"),
    role("sorties", "les sorties"),
    role("interventions", "les venues d’intervenants"),
    role(
        "effectif_ecole",
        "les élèves de l’école à laquelle l’accueil s’adosse",
    ),
    role("demandes", "les demandes d’inscription"),
    role("refusees", "les demandes refusées faute de place"),
    role(
        "domaines_activites",
        "les familles d’activités proposées, sur huit",
    ),
    role("tranches_tarif", "les tranches de tarif"),
    role("partenaires", "les partenaires d’une action dans l’année"),
    role("recommandations_emises", "les recommandations émises"),
    role(
        "recommandations_integrees",
        "les recommandations intégrées au projet",
    ),
    role("actions_closes", "les actions closes à temps"),
    role("actions_echues", "les actions échues"),
    role("aeeh_enfants", "les enfants bénéficiaires de l’AEEH"),
    role(
        "aeeh_heures",
        "les heures d’accueil d’enfants bénéficiaires de l’AEEH",
    ),
    role("accidents", "les accidents déclarés"),
    role(
        "pai_enfants",
        "les enfants qui ont besoin d’un protocole (PAI)",
    ),
    role("pai_protocoles", "les protocoles écrits (PAI)"),
    role(
        "familles_presentes",
        "les familles présentes à un temps fort ou une instance",
    ),
    role("seances_observees", "les séances observées"),
    role(
        "seances_avec_referent",
        "les séances avec un référent connu de l’enfant",
    ),
];
/// Of a whole file.
const OF_FILES: [Role; 2] = [
    role(GRID, "une grille : une ligne par critère observé"),
    role(TABLE, "des réponses : une ligne par personne"),
];

/// Any tool for questionnaires.
const ANY_TABLE: &str = "";

/// What a column of a tool may be.
pub(super) fn roles_of(tool: &str) -> impl Iterator<Item = &'static Role> {
    let any: &[Role] = if tool == FILE_KIND { &OF_FILES } else { &ANY };
    let more: &[&[Role]] = match tool {
        ACTIVITY => &[&OF_SESSIONS, &OF_POSTS, &OF_DENOMINATORS],
        HAND_MADE | "observatoire" => &[&OF_GRIDS],
        FILE_KIND => &[],
        _ => &[&OF_TABLES],
    };
    any.iter().chain(more.iter().copied().flatten())
}

/// What a measure of activity counts, for a person: « les animateurs présents ».
pub(crate) fn activity_meaning(measure: &str) -> Option<&'static str> {
    let mut of_activity = OF_SESSIONS.iter().chain(&OF_POSTS).chain(&OF_DENOMINATORS);
    let known = of_activity.find(|role| role.word == measure);
    known.map(|role| role.meaning)
}

/// Whether a word is one of those that some column may be.
pub(super) fn is_role(word: &str) -> bool {
    let all = [FILE_KIND, ACTIVITY, HAND_MADE, ANY_TABLE].map(roles_of);
    all.into_iter().flatten().any(|role| role.word == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::sources::activity_columns;

    #[test]
    fn every_column_that_a_table_of_activity_may_have_can_be_chosen() {
        let words: Vec<&str> = roles_of(ACTIVITY).map(|role| role.word).collect();
        for column in activity_columns() {
            assert!(words.contains(&column), "{column}");
        }
        for word in words {
            assert!(is_role(word), "{word}");
        }
    }
}
