//! The columns of the activity tables: which table a sheet is, and how each column is read.

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
    Number,
    /// A number of people: whole.
    Count,
    YesNo,
    Time,
    Date,
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

/// Name of a column, whatever the words of its heading.
pub(super) fn column_name(heading: &str) -> String {
    let folded = fold(heading);
    let other = OTHER_WORDS
        .iter()
        .find(|(_, all)| all.contains(&folded.as_str()));
    other.map_or_else(|| folded.replace(' ', "_"), |(name, _)| (*name).to_owned())
}

/// Headings that spreadsheets of local services give to the same columns.
const OTHER_WORDS: [(&str, &[&str]); 15] = [
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
        ],
    ),
    (
        "animateurs",
        &[
            "nombre d animateurs",
            "animateurs presents",
            "nb animateurs",
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
        ],
    ),
    ("duree_h", &["duree", "duree (h)", "duree en heures"]),
    ("plage", &["moment", "temps d accueil", "creneau"]),
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

/// The columns that a table is expected to hold; `denominateurs` may hold any measure.
pub(super) fn known(kind: TableKind) -> &'static [&'static str] {
    match kind {
        TableKind::Sessions => &[
            "structure",
            "site",
            "date",
            "plage",
            "temps",
            "duree_h",
            "trajet",
            "presents_moins6",
            "presents_6plus",
            "animateurs",
            "dont_qualifies",
            "dont_stagiaires",
            "dont_non_qualifies",
            "directeur_compte",
        ],
        TableKind::Posts => &[
            "structure",
            "fonction",
            "diplome",
            "quotite",
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

/// Whether the first value of a column is a number, or there is none yet.
fn is_number(sheet: &Sheet, header: &Row, col: u32) -> bool {
    let mut below = sheet.rows.iter().filter(|r| r.index > header.index);
    let first = below.find_map(|r| r.get(col));
    first.is_none_or(|v| v.text().chars().any(|c| c.is_ascii_digit()))
}

/// How a column is read, from its folded name; what nobody expects is left out.
pub(super) fn reads(
    kind: TableKind,
    name: &str,
    sheet: &Sheet,
    header: &Row,
    col: u32,
) -> CellReading {
    match (kind, name) {
        (_, "structure") | (TableKind::Sessions, "site" | "plage" | "date") => {
            CellReading::Elsewhere
        }
        _ if is_personal(sheet, header, col) => CellReading::Personal,
        (TableKind::Sessions, "temps") => CellReading::Time,
        (TableKind::Sessions, "trajet" | "directeur_compte") => CellReading::YesNo,
        (TableKind::Sessions, "duree_h") | (TableKind::Posts, "quotite" | "formations") => {
            CellReading::Number
        }
        (TableKind::Posts, "entree" | "sortie") => CellReading::Date,
        (TableKind::Posts, "fonction" | "diplome") => CellReading::Text,
        (TableKind::Sessions, name) if known(kind).contains(&name) => CellReading::Count,
        (TableKind::Denominators, name)
            if known(kind).contains(&name) || is_number(sheet, header, col) =>
        {
            CellReading::Number
        }
        _ => CellReading::Unknown,
    }
}
