//! What the columns hold that workbooks alone have (follow-up of a campaign, plan of masking, agreement between
//! observers, indicators of the convention), in the terms of [`super::column_words`].

use super::column_words::{ColumnWords, OwnColumn, SHARE, column, own, words_of};

/// Unit of a coefficient that is 1 at best.
pub(super) const COEFFICIENT: &str = "coefficient (1 au mieux)";
/// Unit of a difference of levels.
pub(super) const GAP: &str = "écart de niveaux";

/// What a column holds in a workbook, by the table's title; none for a name that nothing describes.
pub(super) fn workbook_words_of(table: &str, name: &str) -> Option<&'static ColumnWords> {
    let here = OWN.iter().find(|o| o.is(table, name));
    here.map(|o| &o.words)
        .or_else(|| words_of(table, name))
        .or_else(|| SHARED.iter().find(|c| c.name == name))
}

const OWN: &[OwnColumn] = &[
    own(
        "Par accueil",
        column("au", "Vu au", "Jour où le plan est lu.", ""),
    ),
    own(
        "Par trimestre",
        column("au", "Vu au", "Jour où le plan est lu.", ""),
    ),
    own(
        "Actions",
        column(
            "statut_au",
            "Statut",
            "Où en était l’action le jour où le plan est lu.",
            "",
        ),
    ),
    own(
        "Actions",
        column(
            "en_retard",
            "En retard",
            "Oui quand l’échéance est passée sans que l’action soit close.",
            "",
        ),
    ),
    own(
        "Indicateurs CTG",
        column(
            "recommandations_integrees",
            "Recommandations intégrées (O3)",
            "Recommandations écrites dans un projet pédagogique ou de fonctionnement : document, page, date (O3).",
            "recommandations",
        ),
    ),
    own(
        "Masquage",
        column(
            "explication",
            "Pourquoi",
            "Ce qui fait masquer le chiffre.",
            "",
        ),
    ),
    own(
        "Masquage",
        column(
            "libelle",
            "Intitulé",
            "Ce qu’une personne lit du chiffre.",
            "",
        ),
    ),
    own(
        "Masquage",
        column(
            "raison",
            "Code de la raison",
            "Mot de la machine pour la raison.",
            "",
        ),
    ),
    own(
        "Accord",
        column(
            "raison",
            "Ce qui manque",
            "Pourquoi un coefficient n’est pas calculable.",
            "",
        ),
    ),
    own(
        "Sévérité",
        column(
            "ecart",
            "Écart",
            "Niveaux de plus (ou de moins) que les autres observateurs des mêmes visites.",
            GAP,
        ),
    ),
    own(
        "Sévérité",
        column(
            "bas",
            "Borne basse",
            "Plus petit écart compatible avec le hasard.",
            GAP,
        ),
    ),
    own(
        "Sévérité",
        column(
            "haut",
            "Borne haute",
            "Plus grand écart compatible avec le hasard.",
            GAP,
        ),
    ),
    own(
        "Formation",
        column(
            "bas",
            "Borne basse",
            "Plus petit taux compatible avec ces notes.",
            SHARE,
        ),
    ),
    own(
        "Formation",
        column(
            "haut",
            "Borne haute",
            "Plus grand taux compatible avec ces notes.",
            SHARE,
        ),
    ),
    own(
        "Formation",
        column(
            "verdict",
            "Verdict",
            "Si l’observateur peut noter seul.",
            "",
        ),
    ),
    own(
        "Éléments manqués",
        column(
            "ecart",
            "Écart",
            "Niveaux entre sa note et la référence.",
            GAP,
        ),
    ),
    own(
        "Questionnaires",
        column(
            "alpha",
            "Alpha de Cronbach",
            "Cohérence des questions entre elles.",
            COEFFICIENT,
        ),
    ),
];

const SHARED: &[ColumnWords] = &[
    // verifier
    column(
        "recu",
        "Reçu",
        "Grilles, répondants ou lignes reçus.",
        "nombre",
    ),
    column(
        "taux_reponse",
        "Taux de réponse",
        "Part des personnes sollicitées qui ont répondu ; vide quand leur nombre n’est pas connu.",
        SHARE,
    ),
    column("etat", "État", "Reçu, manque, en retard ou sans objet.", ""),
    column(
        "non_diffusable_a",
        "Ne peut être montré",
        "Publics auxquels les résultats de cet accueil, pour cette source, ne peuvent être montrés : trop peu de réponses.",
        "",
    ),
    column(
        "axes",
        "Axes",
        "Axes non publiables : trop peu de critères ont une valeur.",
        "",
    ),
    // verifier --public
    column("lieu", "Où", "Accueil, secteur ou territoire.", ""),
    column(
        "protege",
        "Protège",
        "Chiffre qui se retrouverait par soustraction si celui-ci était montré.",
        "",
    ),
    // fidelite
    column(
        "intitule",
        "Intitulé",
        "Ce qu’une personne lit de l’axe.",
        "",
    ),
    column(
        "elements_notes",
        "Éléments notés",
        "Éléments notés par plusieurs observateurs.",
        "nombre",
    ),
    column("accord_exact", "Même note", "Part des notes égales.", SHARE),
    column(
        "accord_a_un_niveau",
        "À un niveau près",
        "Part des notes égales ou voisines.",
        SHARE,
    ),
    column(
        "accord_nc",
        "Accord sur « non concerné »",
        "Part des éléments que tous deux notent, ou jugent tous deux non concernés.",
        SHARE,
    ),
    column(
        "ac2",
        "AC2 de Gwet",
        "Accord au-delà du hasard, le plus indulgent des deux coefficients.",
        COEFFICIENT,
    ),
    column(
        "ac2_bas",
        "AC2, borne basse",
        "Plus petite valeur compatible avec ces notes.",
        COEFFICIENT,
    ),
    column(
        "ac2_haut",
        "AC2, borne haute",
        "Plus grande valeur compatible avec ces notes.",
        COEFFICIENT,
    ),
    column(
        "alpha",
        "Alpha de Krippendorff",
        "Accord au-delà du hasard, le plus sévère des deux coefficients.",
        COEFFICIENT,
    ),
    column(
        "alpha_bas",
        "Alpha, borne basse",
        "Plus petite valeur compatible avec ces notes.",
        COEFFICIENT,
    ),
    column(
        "alpha_haut",
        "Alpha, borne haute",
        "Plus grande valeur compatible avec ces notes.",
        COEFFICIENT,
    ),
    column(
        "omega",
        "Oméga",
        "Cohérence des questions, chacune avec son propre poids.",
        COEFFICIENT,
    ),
    column(
        "kappa",
        "Kappa pondéré",
        "Accord avec la référence au-delà du hasard.",
        COEFFICIENT,
    ),
    column(
        "bas",
        "Borne basse",
        "Plus petite valeur compatible avec ces réponses.",
        COEFFICIENT,
    ),
    column(
        "haut",
        "Borne haute",
        "Plus grande valeur compatible avec ces réponses.",
        COEFFICIENT,
    ),
    column(
        "visites",
        "Visites",
        "Visites notées par plusieurs.",
        "nombre",
    ),
    column(
        "entretiens",
        "Entretiens",
        "Entretiens codés par plusieurs.",
        "nombre",
    ),
    column("elements", "Éléments", "Éléments notés.", "nombre"),
    column(
        "ecart_moyen",
        "Écart moyen",
        "Niveaux d’écart, en moyenne.",
        GAP,
    ),
    column(
        "note_contre_nc",
        "Noté contre « non concerné »",
        "Fois où l’un note ce que l’autre juge non concerné.",
        "nombre",
    ),
    column(
        "notes_communes",
        "Notes communes",
        "Notes données aussi par un autre observateur.",
        "nombre",
    ),
    column("lecture", "Lecture", "Ce qu’il faut en retenir.", ""),
    column(
        "repondants",
        "Répondants",
        "Questionnaires reçus.",
        "nombre",
    ),
    column(
        "complets",
        "Complets",
        "Questionnaires où chaque question a une réponse.",
        "nombre",
    ),
    column(
        "questions",
        "Questions",
        "Questions du questionnaire.",
        "nombre",
    ),
    column(
        "avertissement",
        "Attention",
        "Ce qui empêche de s’y fier.",
        "",
    ),
    column(
        "correlation_aux_autres",
        "Lien avec les autres",
        "Corrélation de la question avec la somme des autres.",
        COEFFICIENT,
    ),
    column(
        "alpha_sans_elle",
        "Alpha sans elle",
        "Cohérence du questionnaire si la question n’y était pas.",
        COEFFICIENT,
    ),
    column("fois", "Fois", "Nombre de fois.", "nombre"),
    // plan suivi, convention
    column(
        "equipes_formees",
        "Équipes formées (O1)",
        "Équipes présentes à une formation de l’observatoire.",
        "équipes",
    ),
    column(
        "equipes_invitees",
        "Équipes invitées (O1)",
        "Équipes invitées à une formation de l’observatoire.",
        "équipes",
    ),
    column(
        "taux_formation",
        "Part formée (O1)",
        "Équipes formées sur équipes invitées.",
        SHARE,
    ),
    column(
        "equipes_participantes",
        "Équipes, tout rendu (O2)",
        "Équipes dont tous les retours attendus sont là.",
        "équipes",
    ),
    column(
        "equipes",
        "Équipes attendues (O2)",
        "Équipes dont un retour est attendu.",
        "équipes",
    ),
    column(
        "taux_equipes",
        "Part, tout rendu (O2)",
        "Équipes dont tout est rendu sur équipes attendues.",
        SHARE,
    ),
    column(
        "equipes_un_retour",
        "Équipes, un retour (O2b)",
        "Équipes dont un retour attendu au moins est là.",
        "équipes",
    ),
    column(
        "equipes_attendues",
        "Équipes attendues (O2b)",
        "Équipes dont un retour est attendu.",
        "équipes",
    ),
    column(
        "taux_un_retour",
        "Part, un retour (O2b)",
        "Équipes dont un retour est là sur équipes attendues.",
        SHARE,
    ),
    column(
        "recommandations_emises",
        "Recommandations émises (O3)",
        "Recommandations proposées par les plans.",
        "recommandations",
    ),
    column(
        "taux_recommandations",
        "Part intégrée (O3)",
        "Recommandations intégrées sur émises.",
        SHARE,
    ),
    column("remarque", "Remarque", "Ce qui manque au chiffre.", ""),
    // plans
    column(
        "document",
        "Document",
        "Où la recommandation est écrite.",
        "",
    ),
    column(
        "type_document",
        "Type du document",
        "Projet pédagogique, de fonctionnement, autre.",
        "",
    ),
    column("page", "Page", "Page du document.", ""),
    column(
        "date_integration",
        "Intégrée le",
        "Jour où la recommandation est entrée dans le document.",
        "",
    ),
    column(
        "integree",
        "Recommandation intégrée",
        "Si la recommandation est écrite dans un document : oui ou non.",
        "",
    ),
    column(
        "organisateur_informe",
        "Organisateur informé",
        "Si l’organisateur est informé : oui ou non.",
        "",
    ),
    column(
        "causes_analysees",
        "Causes analysées",
        "Si les causes sont analysées : oui ou non.",
        "",
    ),
    column(
        "mesure_identifiee",
        "Mesure identifiée",
        "Si la mesure à prendre est identifiée : oui ou non.",
        "",
    ),
    column(
        "pilote_et_date",
        "Pilote et date fixés",
        "Si un pilote et une date sont fixés : oui ou non.",
        "",
    ),
];
