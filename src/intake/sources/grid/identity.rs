//! Where, when, who: what stands above the lines of a hand-made grid.

use std::collections::HashMap;

use super::grid_reading::GridReading;
use crate::base::diagnostics::{CellRef, Code};
use crate::base::text::{fold, iso_date};
use crate::intake::sources::answers::Located;

/// What stands above the lines under a label.
pub(super) struct Labelled {
    /// The label's own cell.
    pub(super) label: CellRef,
    /// What it says.
    pub(super) value: Located,
}

impl GridReading<'_> {
    /// One sheet per structure: the sheet's own name, unless it says nothing.
    pub(super) fn sheet_place(&self) -> Option<Located> {
        const SAYS_NOTHING: [&str; 14] = [
            "",
            "feuil",
            "feuille",
            "sheet",
            "grille",
            "visite",
            "observation",
            "observations",
            "tableau",
            "form",
            "donnees",
            "data",
            "saisie",
            "auto evaluation",
        ];
        let name = fold(&self.sheet.name);
        let word = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let silent = SAYS_NOTHING.contains(&word) || self.context.place_given;
        (!silent).then(|| Located {
            text: self.sheet.name.trim().to_owned(),
            cell: CellRef::new(0, 0),
        })
    }

    pub(super) fn date(&mut self, written: &Located) -> String {
        iso_date(&written.text).unwrap_or_else(|| {
            let message = format!("« {} » n’est pas une date.", written.text);
            self.report(
                Code::DateUnreadable,
                written.cell.row,
                written.cell.col,
                message,
            );
            String::new()
        })
    }

    /// « Structure : ALSH Les Marais » in one cell, or the label then its value to the right.
    pub(super) fn labels(&self, before: u32) -> HashMap<String, Labelled> {
        let mut labels = HashMap::new();
        for row in self.sheet.rows.iter().take_while(|r| r.index < before) {
            for (i, cell) in row.cells.iter().enumerate() {
                let text = cell.value.text();
                let (label, value) = text.split_once(':').unwrap_or((&text, ""));
                let next = row.cells.get(i + 1);
                let (value, col) = match (value.trim(), next) {
                    ("", Some(next)) => (next.value.text(), next.col),
                    ("", None) => continue,
                    (value, _) => (value.to_owned(), cell.col),
                };
                let located = Labelled {
                    label: CellRef::new(row.index, cell.col),
                    value: Located {
                        text: value,
                        cell: CellRef::new(row.index, col),
                    },
                };
                labels
                    .entry(fold(label).trim().to_owned())
                    .or_insert(located);
            }
        }
        labels
    }
}
