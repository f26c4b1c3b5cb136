//! Lines of a grid that sum up the others: « Moyenne », « Total », « Note globale ». They are set aside where
//! they hold what they say, and asked about like any other where they do not.

use super::grid_reading::GridReading;
use super::lines::GridLine;
use crate::base::diagnostics::Code;
use crate::base::sheets::Value;
use crate::base::text::fold;
use crate::intake::sources::cell_fate::{Fate, ReadCells, announces_total};
use crate::intake::sources::usual_headings::is_tick;

/// Other beginnings of such lines in a grid.
const GLOBAL: [&str; 6] = [
    "note globale",
    "note generale",
    "note finale",
    "note moyenne",
    "score total",
    "score global",
];
/// How far from the sum or the mean of the notes a line may be: people round to one digit.
const ROUNDED: f64 = 0.051;

/// Whether a line says that it sums up.
fn sums_up(text: &str) -> bool {
    let folded = fold(text);
    announces_total(text) || GLOBAL.iter().any(|words| folded.starts_with(words))
}

impl GridReading<'_> {
    /// Rows that sum up the notes above them, set aside by that name; one that holds something else is told.
    pub(super) fn summaries(&mut self) -> Vec<u32> {
        let mut found = Vec::new();
        let mut others = Vec::new();
        for (rank, line) in self.lines.rated.iter().enumerate() {
            let is_open = matches!(line.asks, GridLine::Unknown);
            if !is_open || !sums_up(&self.sheet.text(line.row, self.lines.col)) {
                continue;
            }
            match self.holds_what_it_says(rank) {
                Some(true) | None => found.push(line.row),
                Some(false) => others.push(line.row),
            }
        }
        for row in &found {
            let row = self.sheet.row(*row).into_iter();
            row.for_each(|row| row.claim_rest(Fate::Total));
        }
        for row in others {
            let shown = self.shown(row);
            let message = format!(
                "la ligne « {shown} » porte une note qui n’est ni la moyenne ni la somme de celles du dessus."
            );
            self.report(Code::LineNotUnderstood, row, self.lines.col, message);
            let row = self.sheet.row(row).into_iter();
            row.for_each(|row| row.claim_rest(Fate::Named));
        }
        found
    }

    /// Whether what a line holds is the mean, the sum or the number of the notes above it, in each column of
    /// notes where it holds something; none where it holds nothing.
    fn holds_what_it_says(&self, rank: usize) -> Option<bool> {
        let row = self.lines.rated.get(rank)?.row;
        let mut said = None;
        for col in &self.rated_columns {
            let written = self.sheet.text(row, *col);
            if written.is_empty() {
                continue;
            }
            // A formula that its program left uncomputed sums up, whatever it would give.
            let value = self.sheet.row(row).and_then(|r| r.get(*col));
            let is_formula = matches!(value, Some(Value::Error(_)));
            let number = self.number(row, *col);
            let holds = is_formula || number.is_some_and(|n| self.sums(rank, *col, n));
            said = Some(said.unwrap_or(true) && holds);
        }
        said
    }

    fn sums(&self, rank: usize, col: u32, n: f64) -> bool {
        let above = self.lines.rated.iter().take(rank);
        let above: Vec<u32> = above
            .map(|line| line.row)
            .filter(|row| !sums_up(&self.sheet.text(*row, self.lines.col)))
            .collect();
        let is_near = |wanted: f64| (wanted - n).abs() <= ROUNDED;
        // A worksheet leaves out what is no number to it; a person reads « 3,0 » all the same.
        let counted: Vec<f64> = above
            .iter()
            .filter(|row| {
                matches!(
                    self.sheet.row(**row).and_then(|r| r.get(col)),
                    Some(Value::Number(_))
                )
            })
            .filter_map(|row| self.number(*row, col))
            .collect();
        let read: Vec<f64> = above
            .iter()
            .filter_map(|row| self.number(*row, col))
            .collect();
        let written = above.iter().map(|row| self.sheet.text(*row, col));
        let written: Vec<String> = written.filter(|text| !text.is_empty()).collect();
        let crosses = written.iter().all(|text| is_tick(text));
        let ticks = if crosses { written.len() } else { 0 };
        let holds = |notes: &[f64]| {
            let sum: f64 = notes.iter().sum();
            !notes.is_empty() && (is_near(sum) || is_near(sum / notes.len() as f64))
        };
        holds(&counted) || holds(&read) || (ticks > 0 && is_near(ticks as f64))
    }

    fn number(&self, row: u32, col: u32) -> Option<f64> {
        match self.sheet.row(row)?.get(col)? {
            Value::Number(n) => Some(*n),
            other => other.text().replace(',', ".").trim().parse().ok(),
        }
    }
}
