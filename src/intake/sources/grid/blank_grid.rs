//! A grid in which no note was read: blank, or nobody knows which column holds the notes.

use super::grid_reading::GridReading;
use super::lines::HAND_MADE;
use crate::base::diagnostics::{Code, Diagnostic, Location, has_errors};

/// A grid in which no note was read.
pub(super) struct BlankGrid {
    at: Location,
    /// The titles of its columns.
    titles: String,
    /// Whether nothing at all stands right of its lines.
    empty: bool,
    /// File of correspondences that may say which column is which.
    mapping: String,
}

impl BlankGrid {
    /// What is said of it, whether or not other sheets of the file hold notes.
    pub(super) fn said(self, others: bool) -> Diagnostic {
        if self.empty && others {
            let message = "grille vierge : rien n’y est lu.";
            return Diagnostic::new(Code::SheetUnread, self.at, message);
        }
        let message = format!(
            "aucune note lue dans cette grille ; titres trouvés : {}.",
            self.titles
        );
        let said = Diagnostic::new(Code::FileWithoutAnswer, self.at, message);
        if self.empty {
            return said.with_remedy("Remplissez la grille, ou retirez-la de l’import.");
        }
        said.with_remedy(format!(
            "Donnez à la colonne des notes le titre « Note », ou dites dans {} quelle colonne mène à « note ».",
            self.mapping
        ))
    }
}

impl GridReading<'_> {
    /// A grid in which no note was read: blank, or nobody knows which column holds the notes.
    pub(super) fn blank(&self) -> Option<BlankGrid> {
        // What waits for a person to agree has been said already.
        if has_errors(&self.diagnostics) {
            return None;
        }
        let headings = self.lines.headings.and_then(|r| self.sheet.row(r));
        let titles: Vec<String> = headings
            .into_iter()
            .flat_map(|r| r.cells.iter().map(|c| format!("« {} »", c.value.text())))
            .collect();
        let lines = self
            .lines
            .rated
            .iter()
            .filter_map(|l| self.sheet.row(l.row));
        let unread = lines.flat_map(|r| &r.cells).any(|c| c.mark() == 0);
        Some(BlankGrid {
            at: self.book.at_sheet(self.sheet),
            titles: titles.join(", "),
            empty: !unread,
            mapping: format!("grids/correspondances/{HAND_MADE}-{}.xlsx", self.lines.form),
        })
    }
}
