//! Grids in which each line says whose it is: a column « Accueil », « Date », « Observateur » or « Visite » beside
//! the lines. As many grids as there are different ones.

use std::collections::BTreeMap;

use super::grid_reading::GridReading;
use super::identity::{DATES, OBSERVERS, PLACES};
use super::meanings::Meaning;
use super::visit_number::{ordinal, words_of_visit};
use crate::base::diagnostics::CellRef;
use crate::base::text::fold;
use crate::intake::sources::answers::{Answer, Located, Record};
use crate::intake::sources::cell_fate::{Fate, ReadCells};
use crate::intake::sources::usual_headings::names_second_coder;
use crate::vocabulary::referentiel::SourceCode;

/// Other headings of a column of accueils.
const MORE_PLACES: [&str; 5] = [
    "etablissement",
    "periscolaire",
    "accueils",
    "code accueil",
    "code structure",
];

/// What a column beside the lines says of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum LineWho {
    Place,
    Date,
    Observer,
    SecondCoder,
    Visit,
}

/// The columns that say whose lines are.
#[derive(Default)]
pub(super) struct LineIdentity {
    columns: Vec<(u32, LineWho)>,
}

impl LineIdentity {
    /// What a line says of itself, as it is compared; empty where no column says anything.
    pub(super) fn of(&self, reading: &GridReading, row: u32) -> Vec<String> {
        let said = self.columns.iter();
        said.map(|(col, _)| fold(&reading.sheet.column_text(row, *col)))
            .collect()
    }

    fn located(&self, reading: &GridReading, row: u32, who: LineWho) -> Option<Located> {
        let (col, _) = self.columns.iter().find(|c| c.1 == who)?;
        let text = reading.sheet.column_text(row, *col);
        let cell = CellRef::new(row, *col);
        (!text.is_empty()).then_some(Located { text, cell })
    }
}

impl GridReading<'_> {
    /// The columns that say whose lines are, their cells claimed.
    pub(super) fn line_identity(&self, meanings: &[(u32, Meaning)]) -> LineIdentity {
        let headings = self.lines.headings.and_then(|r| self.sheet.row(r));
        let cells = headings.into_iter().flat_map(|r| &r.cells);
        let mut columns: Vec<(u32, LineWho)> = Vec::new();
        for cell in cells.filter(|c| c.col != self.lines.col) {
            let title = fold(&cell.value.text());
            let title = title.trim_end_matches([':', ' ']);
            let who = match () {
                () if PLACES.contains(&title) || MORE_PLACES.contains(&title) => LineWho::Place,
                () if DATES.contains(&title) => LineWho::Date,
                () if OBSERVERS.contains(&title) => LineWho::Observer,
                () if names_second_coder(title) => LineWho::SecondCoder,
                () if words_of_visit(title).is_some() => LineWho::Visit,
                () => continue,
            };
            let is_read = meanings.iter().any(|m| m.0 == cell.col);
            let lines = self.lines.rated.iter();
            let mut said = lines.map(|l| self.sheet.text(l.row, cell.col));
            let first = said.find(|text| !text.is_empty());
            // Notes under « Date » are no days.
            let is_filled = first.is_some_and(|text| who != LineWho::Date || text.len() > 4);
            if !is_read && is_filled && !columns.iter().any(|c| c.1 == who) {
                columns.push((cell.col, who));
            }
        }
        for (col, _) in &columns {
            let rows = self
                .lines
                .rated
                .iter()
                .filter_map(|l| self.sheet.row(l.row));
            rows.for_each(|row| row.claim(*col, Fate::Identity));
        }
        columns.sort_by_key(|c| c.1);
        LineIdentity { columns }
    }

    /// A grid as many times as its lines say, each with its own answers.
    pub(super) fn split(&mut self, whole: Record, who: &LineIdentity) -> Vec<Record> {
        if who.columns.is_empty() {
            return vec![whole];
        }
        let mut groups: BTreeMap<Vec<String>, Vec<Answer>> = BTreeMap::new();
        for answer in &whole.answers {
            let key = who.of(self, answer.cell.row);
            groups.entry(key).or_default().push(answer.clone());
        }
        let mut records = Vec::new();
        for answers in groups.into_values() {
            let Some(row) = answers.first().map(|a| a.cell.row) else {
                continue;
            };
            let text = |who_is| who.located(self, row, who_is);
            let by = if whole.source == SourceCode::Dir {
                LineWho::SecondCoder
            } else {
                LineWho::Observer
            };
            let (place, observer) = (text(LineWho::Place), text(by));
            let (visit, date) = (text(LineWho::Visit), text(LineWho::Date));
            let date = date.map(|written| self.date(&written));
            records.push(Record {
                structure: place.or_else(|| whole.structure.clone()),
                observer_at: observer.as_ref().map(|o| o.cell).or(whole.observer_at),
                observer: observer.map_or_else(|| whole.observer.clone(), |o| o.text),
                visit: visit.map_or_else(|| whole.visit.clone(), |v| ordinal(&v.text)),
                date: date.unwrap_or_else(|| whole.date.clone()),
                at: CellRef::new(row, self.lines.col),
                answers,
                ..whole.clone()
            });
        }
        records
    }
}
