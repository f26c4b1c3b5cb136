//! A remark on a list, with its cell.

use crate::base::diagnostics::{CellRef, Location};
use crate::base::sheets::{Sheet, Workbook};

/// A remark on a list, with its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListRemark {
    /// The cell.
    pub(crate) at: Location,
    /// One sentence.
    pub(crate) message: String,
}

/// A remark at a cell.
pub(super) fn at(book: &Workbook, sheet: &Sheet, cell: CellRef, message: String) -> ListRemark {
    ListRemark {
        at: book.at(sheet, cell),
        message,
    }
}
