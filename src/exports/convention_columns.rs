//! What the columns of the indicators of the convention hold, in the terms of [`super::column_words`].

use super::described_column::{ColumnWords, column};

/// The table of these indicators.
pub(super) const CONVENTION_INDICATORS: &str = "Indicateurs de la convention";

/// Its columns, in order.
pub(super) const CONVENTION_COLUMNS: &[ColumnWords] = &[
    column(
        "fiche",
        "Fiche",
        "Code de la fiche action ; vide pour toute la convention.",
        "",
    ),
    column(
        "indicateur",
        "Code",
        "Code de l’indicateur dans ctg/convention.toml.",
        "",
    ),
    column("libelle", "Indicateur", "Ce qu’il mesure.", ""),
    column(
        "nature",
        "Nature",
        "Réalisation, résultat ou changement.",
        "",
    ),
    column(
        "periode",
        "Période",
        "Trimestre, année, campagne, ou toute la convention.",
        "",
    ),
    column("debut", "Du", "Premier jour de la période.", ""),
    column(
        "fin",
        "Au",
        "Dernier jour compté : celui de la période, ou le jour demandé.",
        "",
    ),
    column(
        "lecture",
        "Résultat",
        "La valeur comme on la lit, ou ce qui en tient lieu.",
        "",
    ),
    column(
        "statut",
        "Statut",
        "ok, non_calculable, a_venir ou declare.",
        "",
    ),
    column(
        "valeur",
        "Valeur",
        "Un nombre, ou une part de 0 à 1 quand l’unité est %.",
        "",
    ),
    column(
        "numerateur",
        "Numérateur",
        "Ce qui est compté, ou divisé.",
        "",
    ),
    column(
        "denominateur",
        "Dénominateur",
        "Ce par quoi l’on divise.",
        "",
    ),
    column(
        "n",
        "Lignes",
        "Temps, actions, documents… sur lesquels la valeur repose.",
        "",
    ),
    column("unite", "Unité", "De la valeur.", ""),
    column(
        "cible",
        "Cible",
        "Valeur visée, dans l’unité de l’indicateur.",
        "",
    ),
    column(
        "depart",
        "Départ",
        "Valeur dont on est parti, dans l’unité de l’indicateur.",
        "",
    ),
    column("detail", "À côté", "Ce qui se lit à côté de la valeur.", ""),
    column("raison", "Pourquoi", "Pourquoi il n’y a pas de valeur.", ""),
    column(
        "lignes",
        "D’où cela vient",
        "Identifiants des lignes du tableau de suivi.",
        "",
    ),
    column(
        "diffusable",
        "Diffusable",
        "Ce que le comité de pilotage en lit : oui (la même valeur), arrondi (moins précise, ou sans ses termes), non. Ce tableau est pour le service seul.",
        "",
    ),
    column(
        "lecture_comite",
        "Le comité lit",
        "La valeur comme le comité de pilotage la lit, ou pourquoi il ne la lit pas.",
        "",
    ),
];
