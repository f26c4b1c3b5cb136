//! Where, when, who: what stands above the lines of a hand-made grid.

use std::collections::HashMap;

use super::grid_reading::GridReading;
use crate::base::diagnostics::{CellRef, Code};
use crate::base::text::{fold, iso_date};
use crate::intake::sources::answers::Located;
use crate::intake::sources::cell_fate::{Fate, ReadCells};

/// Of a text that speaks of a visit and of nothing else, its number; empty when it has none.
fn words_of_visit(folded: &str) -> Option<String> {
    const AROUND: [&str; 8] = ["n", "no", "num", "numero", "de", "la", "du", "visites"];
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|w| !w.is_empty()).collect();
    let is_number = |word: &&&str| word.bytes().all(|b| b.is_ascii_digit());
    let numbers: Vec<&&str> = words.iter().filter(is_number).collect();
    let others = words.iter().filter(|w| !is_number(w) && **w != "visite");
    let speaks = words.contains(&"visite") && others.copied().all(|w| AROUND.contains(&w));
    (speaks && numbers.len() < 2)
        .then(|| numbers.first().map_or(String::new(), |n| (**n).to_owned()))
}

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

    /// « Visite : 2 », « N° de visite | 2 », « Visite n° 2 »: the number of the visit, its cells claimed.
    pub(super) fn visit(&self, labels: &HashMap<String, Labelled>) -> Option<String> {
        let claim = |at: CellRef| {
            let row = self.sheet.row(at.row).into_iter();
            row.for_each(|r| r.claim(at.col, Fate::Identity));
        };
        let is_number =
            |text: &String| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let labelled = labels
            .iter()
            .filter(|(label, _)| words_of_visit(label).is_some_and(|n| n.is_empty()));
        let mut labelled: Vec<&Labelled> = labelled.map(|(_, found)| found).collect();
        labelled.sort_by_key(|found| (found.label.row, found.label.col));
        if let Some(found) = labelled.first() {
            claim(found.label);
            claim(found.value.cell);
            return Some(found.value.text.clone());
        }
        let above = self
            .sheet
            .rows
            .iter()
            .take_while(|r| r.index < self.lines.first);
        let cells = above.flat_map(|row| row.cells.iter().map(move |cell| (row.index, cell)));
        let mut numbered = cells.filter_map(|(row, cell)| {
            let number = words_of_visit(&fold(&cell.value.text())).filter(is_number)?;
            Some((CellRef::new(row, cell.col), number))
        });
        let (at, number) = numbered.next()?;
        claim(at);
        Some(number)
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
