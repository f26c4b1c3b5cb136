//! The columns of the activity tables: which table a sheet is, and how each column is read.

use super::super::Sheet;
use super::super::personal::{is_personal_content, is_personal_heading};
use crate::text::fold;

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableKind {
    Sessions,
    Posts,
    Denominators,
}

/// Headings that make a table of a kind.
const MARKS: [(TableKind, &[&str]); 3] = [
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
pub(super) enum Reads {
    Number,
    /// A number of people: whole.
    Count,
    YesNo,
    Time,
    Date,
    Text,
    /// Kept elsewhere: the line's id, structure or date.
    Aside,
    /// Of no use, or pointing at a person: left out, and said once.
    Dropped,
}

pub(super) fn column_name(heading: &str) -> String {
    fold(heading).replace(' ', "_")
}

pub(super) fn kind_of(sheet: &Sheet) -> Option<TableKind> {
    let header = sheet.rows.first()?;
    let names: Vec<String> = header
        .cells
        .iter()
        .map(|c| column_name(&c.value.text()))
        .collect();
    MARKS
        .iter()
        .find(|(_, marks)| marks.iter().all(|m| names.iter().any(|n| n == m)))
        .map(|(kind, _)| *kind)
}

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

pub(super) fn is_personal(heading: &str, sheet: &Sheet, col: u32) -> bool {
    let first = sheet.rows.first().map_or(0, |r| r.index + 1);
    is_personal_heading(heading) || is_personal_content(sheet, col, first)
}

/// How a column is read, from its folded name; what nobody expects is left out.
pub(super) fn reads(kind: TableKind, name: &str, sheet: &Sheet, col: u32) -> Reads {
    let heading = sheet.rows.first().map(|h| h.text(col)).unwrap_or_default();
    match (kind, name) {
        (_, "structure") | (TableKind::Sessions, "site" | "plage" | "date") => Reads::Aside,
        _ if is_personal(&heading, sheet, col) => Reads::Dropped,
        (TableKind::Sessions, "temps") => Reads::Time,
        (TableKind::Sessions, "trajet" | "directeur_compte") => Reads::YesNo,
        (TableKind::Sessions, "duree_h") | (TableKind::Posts, "quotite" | "formations") => {
            Reads::Number
        }
        (TableKind::Posts, "entree" | "sortie") => Reads::Date,
        (TableKind::Posts, "fonction" | "diplome") => Reads::Text,
        (TableKind::Sessions, name) if known(kind).contains(&name) => Reads::Count,
        (TableKind::Denominators, _) => Reads::Number,
        _ => Reads::Dropped,
    }
}
