//! What the accueils of the example say of themselves in their registry: hours, tariffs, partners, contracts. Some say
//! less, as on any territory.

const BY_HOUR: &str = "de 0,60 à 2,10 € par heure selon le quotient familial";
const BY_DAY: &str = "de 6 à 16 € la journée avec repas, selon le quotient familial";

/// Headings of these columns.
pub(super) const TOLD_COLUMNS: [&str; 4] = ["horaires", "tarifs", "partenaires", "contrats"];

/// Code of an accueil, then what it says under each heading.
const TOLD: [(&str, [&str; 4]); 11] = [
    (
        "P01",
        [
            "lundi, mardi, jeudi et vendredi, 7 h – 8 h 30 et 16 h 30 – 18 h 45",
            BY_HOUR,
            "école, bibliothèque, club de handball",
            "1 poste permanent, 3 contrats de l’année scolaire",
        ],
    ),
    (
        "P02",
        [
            "jours d’école, 7 h 15 – 8 h 30 et 16 h 30 – 18 h 30",
            BY_HOUR,
            "école",
            "",
        ],
    ),
    (
        "P03",
        [
            "jours d’école, 7 h – 8 h 20, 11 h 45 – 13 h 20, 16 h 30 – 18 h 45",
            BY_HOUR,
            "école, restaurant scolaire, école de musique",
            "2 postes permanents, les autres en contrats de l’année scolaire",
        ],
    ),
    (
        "P04",
        [
            "jours d’école, 7 h 30 – 8 h 30 et 16 h 30 – 18 h 30",
            "",
            "",
            "",
        ],
    ),
    (
        "P06",
        [
            "jours d’école, 7 h – 8 h 30 et 16 h 15 – 18 h 30",
            BY_HOUR,
            "école, maison de retraite, club de voile",
            "contrats de l’année scolaire",
        ],
    ),
    (
        "P08",
        [
            "jours d’école, 7 h – 8 h 30 et 16 h 30 – 19 h",
            BY_HOUR,
            "école, médiathèque",
            "",
        ],
    ),
    (
        "R01",
        [
            "mercredis et vacances, 7 h 30 – 18 h 30",
            BY_DAY,
            "écoles du bourg, médiathèque, ferme pédagogique, pôle ressources handicap",
            "3 postes permanents ; contrats d’engagement éducatif pendant les vacances",
        ],
    ),
    (
        "R02",
        [
            "mercredis et vacances, 7 h 30 – 18 h 15",
            BY_DAY,
            "médiathèque, école de musique",
            "2 postes permanents ; contrats d’engagement éducatif pendant les vacances",
        ],
    ),
    ("R03", ["vacances, 8 h – 18 h", BY_DAY, "", ""]),
    (
        "R04",
        [
            "mercredis et vacances, 7 h 30 – 18 h 30",
            BY_DAY,
            "club d’athlétisme, verger conservatoire",
            "",
        ],
    ),
    (
        "R05",
        [
            "mercredis et vacances, 7 h 45 – 18 h",
            "",
            "réserve des marais, médiathèque",
            "",
        ],
    ),
];

/// What an accueil says, quoted as a CSV needs it.
pub(super) fn told_cells(code: &str) -> String {
    let own = TOLD.iter().find(|(known, _)| *known == code);
    let cells = own.map_or([""; 4], |(_, cells)| *cells);
    let quoted = cells.map(|text| match text {
        text if text.contains(',') => format!("\"{text}\""),
        text => text.to_owned(),
    });
    quoted.join(",")
}
