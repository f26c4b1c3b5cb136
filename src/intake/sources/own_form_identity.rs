//! What stands above the lines of our own form, and what the form itself wrote beside them.

use super::cell_fate::{Fate, ReadCells};
use super::own_form::OwnFormReading;
use crate::base::diagnostics::CellRef;
use crate::base::sheets::own_form_layout::{CIRCUMSTANCES, IDENTITY};
use crate::base::sheets::{Cell, Row};
use crate::base::text::fold;
use crate::intake::sources::answers::Located;

impl OwnFormReading<'_> {
    fn head(&self) -> impl Iterator<Item = &Row> {
        let rows = self.sheet.rows.iter();
        rows.take_while(|r| r.index < self.columns.header)
    }

    /// Value of the identity block for a label, with its cell: the next one that is no label.
    pub(super) fn identity(&self, label: &str) -> Located {
        let exact = self
            .head()
            .find_map(|r| Some((r, r.cells.iter().find(|c| c.value.is(label))?)));
        let folded = || {
            let same = |c: &&Cell| is_label(&c.value.text(), label);
            self.head()
                .find_map(|r| Some((r, r.cells.iter().find(same)?)))
        };
        match exact.or_else(folded) {
            Some((row, cell)) => {
                row.claim(cell.col, Fate::Identity);
                let next = row.cells.iter().find(|c| c.col > cell.col);
                let is_own = |c: &&Cell| c.mark() == Fate::FormPage as u8;
                let value = next.filter(|c| !is_any_label(&c.value.text()) && !is_own(c));
                let col = value.map_or(cell.col + 1, |c| c.col);
                Located {
                    text: row.read(col, Fate::Identity),
                    cell: CellRef::new(row.index, col),
                }
            }
            None => Located {
                text: String::new(),
                cell: CellRef::new(0, 0),
            },
        }
    }

    /// What the form itself wrote: its title, its headings, the wording of each line.
    pub(super) fn wordings(&self) {
        for row in self.head() {
            // The title stands alone on the first line.
            if row.index == 0 && row.cells.len() == 1 {
                row.claim_rest(Fate::Identity);
            }
        }
        self.identity(IDENTITY[1]);
        for label in CIRCUMSTANCES {
            self.identity(label);
        }
        let Some(header) = self.sheet.row(self.columns.header) else {
            return;
        };
        let known = self.columns.known();
        for col in known {
            header.claim(col, Fate::Identity);
        }
        for col in self.columns.wordings.iter().copied() {
            header.claim(col, Fate::Identity);
            let below = self.sheet.rows.iter().filter(|r| r.index > header.index);
            let coded = below.filter(|r| r.cell(self.columns.code).is_some());
            coded.for_each(|row| row.claim(col, Fate::Wording));
        }
    }
}

/// Whether a cell is a label of the identity block, colon or not.
fn is_label(written: &str, label: &str) -> bool {
    fold(written).trim_end_matches([':', ' ']) == fold(label)
}

/// The labels of the block, folded.
const LABELS: [&str; 12] = [
    "instrument",
    "referentiel",
    "structure",
    "nom",
    "visite",
    "date",
    "observateur",
    "second codeur",
    "moments vus",
    "heures",
    "presents",
    "accord de l equipe pour partager ses pratiques (oui/non)",
];

/// Whether a cell is a label of the block, and no value.
fn is_any_label(written: &str) -> bool {
    let longest = LABELS[LABELS.len() - 1].len() + 10;
    let first = written.bytes().next().map(|b| b.to_ascii_lowercase());
    let begins = first.is_some_and(|b| LABELS.iter().any(|l| l.as_bytes()[0] == b));
    if !begins || !(3..=longest).contains(&written.len()) {
        return false;
    }
    let folded = fold(written);
    LABELS.contains(&folded.trim_end_matches([':', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::sheets::own_form_layout::{CONSENT, SECOND_CODER};

    #[test]
    fn labels_are_told_from_values() {
        for label in IDENTITY
            .iter()
            .chain([&CONSENT, &SECOND_CODER])
            .chain(&CIRCUMSTANCES)
        {
            assert!(
                is_any_label(label) && is_any_label(&format!("{label} :")),
                "{label}"
            );
        }
        for value in ["R01", "OBS observation externe", "1", "v1", "O1", "oui", ""] {
            assert!(!is_any_label(value), "{value}");
        }
    }
}
