//! Which headings make which table; and which of two columns of one name is the one.

use super::expected_columns::{MARKS, TableKind, known};
use crate::base::text::fold;

/// How sure it is what a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sureness {
    /// Its heading says so, or a person.
    Certain,
    /// Its heading resembles: a person must agree.
    Guessed,
    /// A person said that it does not count.
    LeftOut,
}

/// A column under its name.
#[derive(Debug, Clone)]
pub(super) struct NamedHeading {
    pub(super) col: u32,
    pub(super) heading: String,
    pub(super) name: String,
    pub(super) sureness: Sureness,
}

/// What cannot be missing once a person said what the columns are.
const LEAST: [(TableKind, &[&str], &[&str]); 2] = [
    (
        TableKind::Sessions,
        &["structure", "date", "animateurs"],
        &["presents_moins6", "presents_6plus"],
    ),
    (TableKind::Posts, &["structure", "fonction"], &["diplome"]),
];

/// Exact headings that make a table, whatever the words of the others.
const FAMILIAR: usize = 6;

/// Whether a table is known by most of its headings, one or two aside that a person will be asked about.
pub(super) fn is_familiar(kind: TableKind, columns: &[NamedHeading], place: bool) -> bool {
    let certain = columns.iter().filter(|c| c.sureness == Sureness::Certain);
    let exact = certain.filter(|c| known(kind).contains(&c.name.as_str()));
    let has = |name: &str| columns.iter().any(|c| c.name == name);
    exact.count() >= FAMILIAR && (place || has("structure")) && has("date")
}

/// Sessions are known by their own words, whose they are to be asked where nothing says it.
pub(super) fn by_marks(columns: &[NamedHeading], place: bool) -> Option<TableKind> {
    let has = |name: &str| columns.iter().any(|c| c.name == name);
    let found = MARKS.iter().find(|(kind, marks)| {
        let is_said = place && *kind != TableKind::Denominators || *kind == TableKind::Sessions;
        let mut marks = marks.iter();
        marks.all(|mark| has(mark) || (*mark == "structure" && is_said))
    })?;
    Some(found.0)
}

pub(super) fn by_least(columns: &[NamedHeading], place: bool) -> Option<TableKind> {
    let has = |name: &&'static str| {
        let is_said = place && *name == "structure";
        is_said || columns.iter().any(|c| c.name == **name)
    };
    let found = LEAST
        .iter()
        .find(|(_, all, one)| all.iter().all(has) && one.iter().any(has))?;
    Some(found.0)
}

/// « Jour » is the date, and « Horaire » the plage, unless another column bears that very name, or comes first:
/// it is then the day of the week, or something else.
pub(super) fn by_own_name(columns: &mut [NamedHeading]) {
    for name in ["date", "plage"] {
        let mut all = columns.iter().filter(|c| c.name == name);
        let own = all.clone().find(|c| fold(&c.heading) == name);
        let Some(kept) = own.or_else(|| all.next()).map(|c| c.col) else {
            continue;
        };
        for other in columns
            .iter_mut()
            .filter(|c| c.name == name && c.col != kept)
        {
            other.name = fold(&other.heading).replace(' ', "_");
        }
    }
}
