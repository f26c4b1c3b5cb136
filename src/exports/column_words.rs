//! What each column of an exported table holds, for who reads the file without us: title, sentence,
//! unit. A name means the same in every table, but for the few of [`OWN`].

use super::convention_columns::{CONVENTION_COLUMNS, CONVENTION_INDICATORS};
pub(crate) use super::described_column::ColumnWords;
pub(super) use super::described_column::column;

/// What a column holds in a table, by the table's title; none for a name that nothing describes.
pub(crate) fn words_of(table: &str, name: &str) -> Option<&'static ColumnWords> {
    if table == CONVENTION_INDICATORS {
        return CONVENTION_COLUMNS.iter().find(|c| c.name == name);
    }
    let own = OWN.iter().find(|o| o.is(table, name));
    own.map(|o| &o.words)
        .or_else(|| SHARED.iter().find(|c| c.name == name))
}

/// A column whose name means something else in one table.
pub(super) struct OwnColumn {
    table: &'static str,
    pub(super) words: ColumnWords,
}

impl OwnColumn {
    /// Whether it is this column of this table.
    pub(super) fn is(&self, table: &str, name: &str) -> bool {
        self.table == table && self.words.name == name
    }
}

/// What a column holds in one table alone.
pub(super) const fn own(table: &'static str, words: ColumnWords) -> OwnColumn {
    OwnColumn { table, words }
}

pub(super) const LEVELS: &str = "niveaux (1 à 4)";
pub(super) const SHARE: &str = "part (0 à 1)";
/// Unit of what is counted as the value of its row is.
pub(super) const OF_VALUE: &str = "unité de la valeur";
pub(super) const EUROS: &str = "euros";

const OWN: &[OwnColumn] = &[
    OwnColumn {
        table: "Indicateurs",
        words: column(
            "niveau",
            "Sorte de chiffre",
            "Ce que la ligne décrit : élément, source, critère, axe, impératif, activité ou question d’enquête.",
            "",
        ),
    },
    OwnColumn {
        table: "Indicateurs",
        words: column(
            "code",
            "Code",
            "Code de l’élément, du critère, de l’axe ou de l’indicateur.",
            "",
        ),
    },
    OwnColumn {
        table: "Indicateurs",
        words: column(
            "statut",
            "Statut",
            "État du chiffre, suivi de « +fragile », « +limite » ou « +corrige » s’il y a lieu.",
            "",
        ),
    },
    OwnColumn {
        table: "Indicateurs",
        words: column(
            "cible",
            "Cible",
            "Valeur visée par le référentiel.",
            OF_VALUE,
        ),
    },
    OwnColumn {
        table: "Comparaison",
        words: column(
            "niveau",
            "Sorte de chiffre",
            "Ce que la ligne compare : élément, source, critère, axe, impératif, activité ou question d’enquête.",
            "",
        ),
    },
    OwnColumn {
        table: "Observations",
        words: column(
            "statut",
            "Statut",
            "Ce que vaut la réponse : notée, non concernée, non observée ou sans réponse.",
            "",
        ),
    },
    OwnColumn {
        table: "Observations",
        words: column(
            "niveau",
            "Niveau",
            "Niveau de la réponse ; vide pour les visages des enfants et les mesures d’activité.",
            LEVELS,
        ),
    },
    OwnColumn {
        table: "Structures",
        words: column(
            "type",
            "Type d’accueil",
            "Type de l’accueil au registre.",
            "",
        ),
    },
    OwnColumn {
        table: "Référentiel",
        words: column("source", "Source", "Qui répond à l’élément.", ""),
    },
    OwnColumn {
        table: "Référentiel",
        words: column("cible", "Cible", "Niveau visé du critère.", LEVELS),
    },
    OwnColumn {
        table: "Registre",
        words: column("reference", "Référence", "Numéro du traitement.", ""),
    },
    OwnColumn {
        table: "Registre",
        words: column(
            "sources",
            "Sources",
            "Sources de réponses qui entrent dans le traitement.",
            "",
        ),
    },
];

const SHARED: &[ColumnWords] = &[
    // indicateurs, exporter observations
    column("campagne", "Campagne", "Identifiant de la campagne.", ""),
    column(
        "structure",
        "Accueil",
        "Code de l’accueil au registre ; vide pour le territoire.",
        "",
    ),
    column(
        "code",
        "Code",
        "Code de l’élément, du critère, de l’axe ou de l’indicateur.",
        "",
    ),
    column(
        "source",
        "Source",
        "Qui répond : OBS, AUT, DIR, DON, EQP, FAM, ENF, ENS ; vide quand plusieurs sont réunies.",
        "",
    ),
    column(
        "valeur",
        "Valeur",
        "Niveau de 1 à 4, part de 0 à 1, ou 1 et 0 pour un impératif ; vide quand le statut n’en permet pas.",
        "niveaux, part, ou unité de l’indicateur",
    ),
    column(
        "n",
        "Effectif",
        "Notes, répondants, éléments ou sources qui font le chiffre.",
        "nombre",
    ),
    column(
        "n_attendu",
        "Effectif attendu",
        "Ce qui était attendu pour le chiffre.",
        "nombre",
    ),
    column(
        "couverture",
        "Couverture",
        "Part de ce qui était attendu, poids compris.",
        SHARE,
    ),
    column(
        "ecart_cible",
        "Écart à la cible",
        "Valeur moins cible.",
        OF_VALUE,
    ),
    column("version", "Version", "Version du référentiel.", ""),
    column(
        "visite",
        "Visite",
        "Numéro de la visite, ou séance pour l’activité.",
        "",
    ),
    column(
        "observateur",
        "Observateur",
        "Code de l’observateur ; « consensus » pour une note décidée ensemble.",
        "",
    ),
    column(
        "repondant",
        "Répondant",
        "Clé sans nom, propre à la campagne ; deux réponses d’une même personne ont la même.",
        "",
    ),
    column(
        "date",
        "Jour",
        "Jour de la visite, de la séance ou de la réponse.",
        "",
    ),
    column(
        "element",
        "Élément",
        "Code de l’élément du référentiel, ou mesure d’activité.",
        "",
    ),
    column(
        "valeur_brute",
        "Réponse écrite",
        "Ce que la cellule contenait.",
        "",
    ),
    column(
        "commentaire",
        "Commentaire",
        "Ce que la personne a ajouté.",
        "",
    ),
    column(
        "import",
        "Import",
        "Numéro de l’import qui a fait entrer la réponse.",
        "",
    ),
    column("fichier", "Fichier", "Fichier d’où vient la réponse.", ""),
    column("feuille", "Feuille", "Feuille du classeur.", ""),
    column("cellule", "Cellule", "Adresse de la cellule.", ""),
    // comparer
    column(
        "valeur_1",
        "Première valeur",
        "Valeur à la première campagne, ou valeur de l’accueil.",
        OF_VALUE,
    ),
    column(
        "valeur_2",
        "Seconde valeur",
        "Valeur à la seconde campagne, ou valeur rapprochée de la moyenne.",
        OF_VALUE,
    ),
    column(
        "delta",
        "Écart",
        "Seconde valeur moins première, ou écart à la moyenne des accueils comparés.",
        OF_VALUE,
    ),
    column(
        "borne_basse",
        "Borne basse",
        "Plus petit écart compatible avec le bruit.",
        OF_VALUE,
    ),
    column(
        "borne_haute",
        "Borne haute",
        "Plus grand écart compatible avec le bruit.",
        OF_VALUE,
    ),
    column(
        "erreur_type",
        "Erreur type",
        "Erreur type de l’écart, avant de compter les lignes lues ensemble.",
        OF_VALUE,
    ),
    column(
        "probabilite_hausse",
        "Probabilité d’une hausse",
        "Probabilité que le vrai changement soit une hausse, toutes les lignes du tableau étant lues ensemble.",
        "part de 1",
    ),
    column(
        "verdict",
        "Verdict",
        "Ce que l’on peut dire de l’écart ; vide quand rien ne peut être dit.",
        "",
    ),
    column(
        "raison",
        "Raison",
        "Pourquoi ce verdict, ou pourquoi aucun.",
        "",
    ),
    column(
        "version_1",
        "Première version",
        "Version du référentiel à la première campagne.",
        "",
    ),
    column(
        "version_2",
        "Seconde version",
        "Version du référentiel à la seconde campagne.",
        "",
    ),
    // exporter structures
    column("nom", "Nom", "Nom de l’accueil.", ""),
    column("secteur", "Secteur", "Secteur du territoire.", ""),
    column("commune", "Commune", "Commune de l’accueil.", ""),
    column(
        "insee",
        "Code commune",
        "Code officiel géographique de la commune (Insee).",
        "",
    ),
    column(
        "pedt",
        "PEDT",
        "Si l’accueil est compris dans un projet éducatif territorial : oui ou non.",
        "",
    ),
    column(
        "capacite_moins6",
        "Places, moins de 6 ans",
        "Places déclarées pour les moins de six ans ; 0 si l’accueil n’en reçoit pas, vide si on ne sait pas.",
        "places",
    ),
    column(
        "capacite_6plus",
        "Places, 6 ans et plus",
        "Places déclarées à partir de six ans.",
        "places",
    ),
    column(
        "jours_an",
        "Jours d’ouverture",
        "Jours d’ouverture dans l’année.",
        "jours",
    ),
    column(
        "latitude",
        "Latitude",
        "Latitude de l’accueil (WGS 84).",
        "degrés",
    ),
    column(
        "longitude",
        "Longitude",
        "Longitude de l’accueil (WGS 84).",
        "degrés",
    ),
    column(
        "ouverture",
        "Ouvert depuis",
        "Premier jour de l’accueil ; vide s’il a toujours été là.",
        "",
    ),
    column(
        "fermeture",
        "Fermé depuis",
        "Dernier jour de l’accueil ; vide s’il est ouvert.",
        "",
    ),
    column(
        "pedt_debut",
        "Début du PEDT",
        "Premier jour du projet éducatif territorial ; vide s’il a toujours été là.",
        "",
    ),
    column(
        "pedt_fin",
        "Fin du PEDT",
        "Dernier jour du projet éducatif territorial ; vide s’il court encore.",
        "",
    ),
    column(
        "pedt_temps",
        "Temps du PEDT",
        "Temps que couvre le projet éducatif territorial : matin, midi, soir, mercredi ; vide pour tous.",
        "",
    ),
    // exporter referentiel
    column("axe", "Axe", "Code de l’axe.", ""),
    column(
        "axe_libelle",
        "Intitulé de l’axe",
        "Ce qu’une personne lit de l’axe.",
        "",
    ),
    column("critere", "Critère", "Code du critère.", ""),
    column(
        "critere_libelle",
        "Intitulé du critère",
        "Ce qu’une personne lit du critère.",
        "",
    ),
    column(
        "imperatif",
        "Impératif",
        "Si tout le critère doit être atteint ; dans l’effet d’un plan, ce qu’il est devenu.",
        "",
    ),
    column(
        "protection",
        "Protection",
        "Si le critère protège l’enfant : oui ou non.",
        "",
    ),
    column(
        "poids_critere",
        "Poids du critère",
        "Poids du critère dans son axe.",
        "poids",
    ),
    column(
        "poids_source",
        "Poids de la source",
        "Poids de la source dans le critère.",
        "poids",
    ),
    column("libelle", "Intitulé", "La phrase à laquelle on répond.", ""),
    column("echelle", "Échelle", "Nom de l’échelle de réponse.", ""),
    column(
        "modalites",
        "Modalités",
        "Réponses possibles, de la plus basse à la plus haute.",
        "",
    ),
    column(
        "sens",
        "Sens",
        "« négatif » quand être d’accord est défavorable ; le niveau est alors 5 moins la réponse.",
        "",
    ),
    column(
        "poids",
        "Poids",
        "Poids de l’élément dans le score de sa source.",
        "poids",
    ),
    column(
        "types",
        "Types d’accueil",
        "Types d’accueil où l’élément s’applique.",
        "",
    ),
    column(
        "mesure",
        "Mesure",
        "Mesure d’activité dont le niveau est tiré.",
        "",
    ),
    column(
        "seuils",
        "Seuils",
        "Valeurs de la mesure qui font passer aux niveaux 2, 3 et 4.",
        "",
    ),
    column(
        "empreinte",
        "Empreinte",
        "Empreinte du critère : deux campagnes se comparent si elle est la même.",
        "",
    ),
    // plan effet, plan suivi
    column("action", "Action", "Identifiant de l’action du plan.", ""),
    column("statut", "Statut", "Où en est l’action.", ""),
    column(
        "reserve",
        "Réserve",
        "Ce qui empêche de lire l’écart comme un effet de l’action.",
        "",
    ),
    column("trimestre", "Trimestre", "Trimestre civil.", ""),
    column("au", "Au", "Jour où le plan est lu.", ""),
    column(
        "emises",
        "Émises",
        "Actions proposées à ce jour.",
        "actions",
    ),
    column(
        "a_lancer",
        "À lancer",
        "Actions qui n’ont pas commencé.",
        "actions",
    ),
    column("en_cours", "En cours", "Actions commencées.", "actions"),
    column("realisees", "Réalisées", "Actions terminées.", "actions"),
    column(
        "abandonnees",
        "Abandonnées",
        "Actions abandonnées.",
        "actions",
    ),
    column(
        "en_retard",
        "En retard",
        "Actions dont l’échéance est passée.",
        "actions",
    ),
    column(
        "echues",
        "Échues",
        "Actions dont l’échéance est venue.",
        "actions",
    ),
    column(
        "realisees_a_temps",
        "Réalisées à temps",
        "Actions terminées à l’échéance ou avant.",
        "actions",
    ),
    column(
        "taux_a_temps",
        "Part réalisée à temps",
        "Réalisées à temps sur échues.",
        SHARE,
    ),
    column(
        "recommandations_integrees",
        "Recommandations intégrées",
        "Recommandations écrites dans un projet pédagogique ou de fonctionnement : document, page, date.",
        "actions",
    ),
    column(
        "taux_integrees",
        "Part intégrée",
        "Recommandations intégrées sur émises.",
        SHARE,
    ),
    // exporter registre
    column("traitement", "Traitement", "Nom du traitement.", ""),
    column(
        "responsable",
        "Responsable",
        "Qui répond du traitement, ou fonction qui mène l’action.",
        "",
    ),
    column("finalite", "Finalité", "À quoi servent les données.", ""),
    column(
        "base_legale",
        "Base légale",
        "Ce qui permet le traitement.",
        "",
    ),
    column("personnes", "Personnes", "Qui est concerné.", ""),
    column("donnees", "Données", "Ce qui est recueilli.", ""),
    column(
        "destinataires",
        "Destinataires",
        "Qui lit, et à partir de combien de réponses.",
        "",
    ),
    column(
        "conservation",
        "Conservation",
        "Combien de temps les réponses sont gardées.",
        "",
    ),
    column(
        "transfert_hors_ue",
        "Transfert hors de l’UE",
        "Si des données quittent l’Union européenne.",
        "",
    ),
    column("mesures", "Mesures", "Ce qui protège les données.", ""),
    // plan lister
    column("id", "Identifiant", "Identifiant de l’action.", ""),
    column(
        "emise_le",
        "Émise le",
        "Jour depuis lequel l’action compte comme proposée.",
        "",
    ),
    column(
        "criteres",
        "Critères",
        "Critères auxquels l’action répond.",
        "",
    ),
    column("priorite", "Priorité", "Urgence de l’action.", ""),
    column("constat", "Constat", "Ce qui a été trouvé.", ""),
    column("objectif", "Objectif", "Ce qui est visé.", ""),
    column("type", "Type", "Ce que l’action change.", ""),
    column("appui", "Appui", "Qui aide.", ""),
    column("cout", "Coût", "Coût prévu.", EUROS),
    column("debut", "Début", "Premier jour de l’action.", ""),
    column("echeance", "Échéance", "Dernier jour prévu.", ""),
    column(
        "indicateur",
        "Indicateur",
        "Ce qui dira que l’action a réussi.",
        "",
    ),
    column("cible", "Cible", "Valeur visée de l’indicateur.", ""),
    column(
        "close_le",
        "Close le",
        "Jour où l’action a été terminée ou abandonnée.",
        "",
    ),
    column(
        "statut_au",
        "Statut au jour lu",
        "Où en était l’action ce jour-là.",
        "",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_described_once_and_whole() {
        for (i, one) in SHARED.iter().enumerate() {
            assert!(
                SHARED[..i].iter().all(|other| other.name != one.name),
                "{} twice",
                one.name
            );
        }
        for one in SHARED.iter().chain(OWN.iter().map(|o| &o.words)) {
            assert!(
                !one.title.is_empty() && one.description.ends_with('.'),
                "{}",
                one.name
            );
        }
        let own = words_of("Structures", "type").expect("described");
        assert_eq!(own.title, "Type d’accueil");
        assert_eq!(words_of("Actions", "type").map(|w| w.title), Some("Type"));
        assert_eq!(words_of("Actions", "inconnu"), None);
    }
}
