//! The columns of the activity tables: which table a sheet is, and how each column is read.

use std::collections::BTreeSet;

use crate::base::sheets::{Row, Sheet};
use crate::base::text::fold;
use crate::intake::sources::personal::{is_personal_content, is_personal_heading};

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableKind {
    Sessions,
    Posts,
    Denominators,
}

/// Headings that make a table of a kind.
pub(super) const MARKS: [(TableKind, &[&str]); 3] = [
    (
        TableKind::Sessions,
        &[
            "structure",
            "date",
            "plage",
            "presents_moins6",
            "presents_6plus",
            "animateurs",
        ],
    ),
    (TableKind::Posts, &["structure", "fonction", "diplome"]),
    (TableKind::Denominators, &["structure", "familles"]),
];

/// How a column of a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellReading {
    /// Hours, trainings: any decimals.
    Number,
    /// Minutes, kept as hours.
    Minutes,
    /// Hours of a whole year, of which « 1.120 » may be a thousand.
    Amount,
    /// A number of people or things: whole.
    Count,
    /// A part of full time.
    Share,
    /// The same in percents.
    Percent,
    YesNo,
    Time,
    Date,
    Diploma,
    Text,
    /// Kept elsewhere: the line's id, structure or date.
    Elsewhere,
    /// Pointing at a person: left out, and said once.
    Personal,
    /// Nobody knows what it is.
    Unknown,
    /// It resembles a column that is expected: a person must agree.
    Awaited,
    /// A person said that it does not count.
    LeftOut,
}

/// Words, each with those that people write for it, folded.
pub(super) type Known = &'static [(&'static str, &'static [&'static str])];

/// Name of a column, whatever the words of its heading.
pub(super) fn column_name(heading: &str) -> String {
    let folded = fold(heading);
    let other = OTHER_WORDS
        .iter()
        .find(|(_, all)| all.contains(&folded.as_str()));
    other.map_or_else(|| folded.replace(' ', "_"), |(name, _)| (*name).to_owned())
}

/// Headings that spreadsheets of local services give to the same columns.
const OTHER_WORDS: [(&str, &[&str]); 19] = [
    (
        "structure",
        &["code structure", "accueil", "code accueil", "centre"],
    ),
    (
        "presents_moins6",
        &[
            "presents moins de 6 ans",
            "moins de 6 ans",
            "enfants de moins de 6 ans",
            "presents 6 ans",
        ],
    ),
    (
        "presents_6plus",
        &[
            "presents 6 ans et plus",
            "6 ans et plus",
            "enfants de 6 ans et plus",
            "presents de 6 ans et plus",
            "presents + 6 ans",
            "presents +6 ans",
            "presents + de 6 ans",
            "presents +de 6 ans",
            "presents plus de 6 ans",
        ],
    ),
    (
        "animateurs",
        &[
            "nombre d animateurs",
            "animateurs presents",
            "nb animateurs",
            "nb d animateurs",
            "anim",
            "anim.",
            "nb anim",
            "nb anim.",
        ],
    ),
    ("dont_qualifies", &["qualifies", "animateurs qualifies"]),
    ("dont_stagiaires", &["stagiaires", "animateurs stagiaires"]),
    (
        "dont_non_qualifies",
        &[
            "non qualifies",
            "animateurs non qualifies",
            "sans qualification",
            "sans diplome",
            "non diplomes",
        ],
    ),
    ("duree_h", &["duree", "duree (h)", "duree en heures"]),
    (
        "duree_min",
        &[
            "duree (min)",
            "duree (mn)",
            "duree (minutes)",
            "duree en minutes",
            "duree min",
        ],
    ),
    (
        "directeur_compte",
        &[
            "directeur compte ?",
            "direction comptee",
            "direction comptee ?",
        ],
    ),
    (
        "quotite_pct",
        &["quotite (%)", "quotite %", "quotite en %", "% quotite"],
    ),
    (
        "plage",
        &[
            "moment",
            "temps d accueil",
            "creneau",
            "creneau horaire",
            "horaire",
            "horaires",
        ],
    ),
    ("date", &["jour", "date de la seance"]),
    ("fonction", &["poste", "emploi"]),
    ("diplome", &["diplomes", "qualification"]),
    ("entree", &["date d entree", "debut de contrat"]),
    ("sortie", &["date de sortie", "fin de contrat"]),
    (
        "familles",
        &["nombre de familles", "familles utilisatrices"],
    ),
    ("enfants", &["nombre d enfants", "enfants differents"]),
];

/// What the ratio of a session depends on.
pub(super) const NEEDED: [&str; 5] = [
    "temps",
    "duree_h",
    "presents_moins6",
    "presents_6plus",
    "animateurs",
];

/// The columns that a table is expected to hold; `denominateurs` holds any measure of the référentiel besides.
pub(super) fn known(kind: TableKind) -> &'static [&'static str] {
    match kind {
        TableKind::Sessions => &[
            "structure",
            "site",
            "date",
            "plage",
            "temps",
            "duree_h",
            "duree_min",
            "trajet",
            "presents_moins6",
            "presents_6plus",
            "animateurs",
            "dont_qualifies",
            "dont_stagiaires",
            "dont_non_qualifies",
            "directeur_compte",
            "intervenants",
        ],
        TableKind::Posts => &[
            "structure",
            "fonction",
            "diplome",
            "quotite",
            "quotite_pct",
            "entree",
            "sortie",
            "formations",
        ],
        TableKind::Denominators => &["structure", "familles", "enfants", "animateurs", "formes"],
    }
}

pub(super) fn is_personal(sheet: &Sheet, header: &Row, col: u32) -> bool {
    is_personal_heading(&header.text(col)) || is_personal_content(sheet, col, header.index + 1)
}

/// The column whose measure a column holds in another unit.
pub(super) fn measured_as(name: &str) -> &str {
    match name {
        "duree_min" => "duree_h",
        "quotite_pct" => "quotite",
        own => own,
    }
}

/// How a column is read, from its folded name; what nobody expects is left out. `measured` are the columns that
/// denominators may hold.
pub(super) fn reads(
    kind: TableKind,
    name: &str,
    place: (&Sheet, &Row, u32),
    measured: &BTreeSet<&str>,
) -> CellReading {
    let (sheet, header, col) = place;
    match (kind, name) {
        (_, "structure") | (TableKind::Sessions, "site" | "plage" | "date") => {
            CellReading::Elsewhere
        }
        _ if is_personal(sheet, header, col) => CellReading::Personal,
        (TableKind::Sessions, "temps") => CellReading::Time,
        (TableKind::Sessions, "trajet" | "directeur_compte") => CellReading::YesNo,
        (TableKind::Sessions, "duree_h") | (TableKind::Posts, "formations") => CellReading::Number,
        (TableKind::Sessions, "duree_min") => CellReading::Minutes,
        (TableKind::Posts, "quotite") => CellReading::Share,
        (TableKind::Posts, "quotite_pct") => CellReading::Percent,
        (TableKind::Posts, "entree" | "sortie") => CellReading::Date,
        (TableKind::Posts, "diplome") => CellReading::Diploma,
        (TableKind::Posts, "fonction") => CellReading::Text,
        (TableKind::Sessions, name) if known(kind).contains(&name) => CellReading::Count,
        (TableKind::Denominators, name) if name.contains("heures") && measured.contains(name) => {
            CellReading::Amount
        }
        (TableKind::Denominators, name) if measured.contains(name) => CellReading::Count,
        _ => CellReading::Unknown,
    }
}
