//! Tables that stand one under the other on a sheet: headings that come again are read as such; others, or another
//! accueil, day or observer between the lines, are those of another grid.

use super::grid_reading::GridReading;
use super::identity::{DATES, OBSERVERS, PLACES};
use super::lines::GridLine;
use super::meanings::{Meaning, is_of_another_time, is_rating_heading};
use crate::base::diagnostics::Code;
use crate::base::text::fold;
use crate::intake::sources::cell_fate::{Fate, ReadCells};

/// What stands on a line that asks nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    /// Something else than headings.
    Other,
    /// The headings of the grid, again.
    SameHeadings,
    /// Those of another table, or whose it is.
    AnotherTable,
}

impl GridReading<'_> {
    /// Takes away headings that come again; whether another table begins further down, which is told.
    pub(super) fn is_stacked(&mut self, meanings: &[(u32, Meaning)]) -> bool {
        let rows: Vec<(u32, Between)> = (self.lines.rated.iter())
            .filter(|l| l.asks == GridLine::Unknown)
            .map(|l| (l.row, self.between(l.row, meanings)))
            .collect();
        for (row, _) in rows.iter().filter(|r| r.1 == Between::SameHeadings) {
            let found = self.sheet.row(*row).into_iter();
            found.for_each(|row| row.claim_rest(Fate::Identity));
            self.lines.rated.retain(|l| l.row != *row);
        }
        let Some((row, _)) = rows.iter().find(|r| r.1 == Between::AnotherTable) else {
            return false;
        };
        let message = format!(
            "un autre tableau commence ligne {} (« {} ») : ses notes ne sont pas celles de la grille du dessus.",
            row + 1,
            self.shown(*row)
        );
        self.report(Code::TablesStacked, *row, self.lines.col, message);
        let rows = self.sheet.rows.iter();
        rows.for_each(|row| row.claim_rest(Fate::Named));
        true
    }

    fn between(&self, row: u32, meanings: &[(u32, Meaning)]) -> Between {
        let first = self.sheet.text(row, self.lines.col);
        let (label, value) = first.split_once(':').unwrap_or((&first, ""));
        let label = fold(label);
        let next = self.sheet.text(row, self.lines.col + 1);
        let mut known = PLACES.iter().chain(&DATES).chain(&OBSERVERS);
        if known.any(|name| *name == label) && !(value.trim().is_empty() && next.is_empty()) {
            return Between::AnotherTable;
        }
        let rated = meanings.iter().filter(|m| m.1 != Meaning::Comment);
        let mut found = Between::Other;
        for (col, _) in rated {
            let text = self.sheet.text(row, *col);
            if text.is_empty() {
                continue;
            }
            let headings = self.headings(*col);
            let is_same = headings.iter().any(|h| fold(&h.1) == fold(&text));
            let folded = fold(&text);
            let is_worded = text.chars().any(char::is_alphabetic);
            if is_same && (is_worded || found == Between::SameHeadings || self.is_heading_row(row))
            {
                found = Between::SameHeadings;
            } else if is_worded && (is_rating_heading(&text) || is_of_another_time(&folded)) {
                return Between::AnotherTable;
            }
        }
        found
    }

    /// Whether a row says of every column what its heading says.
    fn is_heading_row(&self, row: u32) -> bool {
        let Some(found) = self.sheet.row(row) else {
            return false;
        };
        let mut others = found.cells.iter().filter(|c| c.col != self.lines.col);
        let is_same =
            |col: u32, text: &str| self.headings(col).iter().any(|h| fold(&h.1) == fold(text));
        found.cells.len() > 2 && others.all(|c| is_same(c.col, &c.value.text()))
    }
}
