//! Texts near the notes of a grid, and those that say something of them.

use crate::base::diagnostics::{CellRef, Location};

/// Something said of notes that does not fit the scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SaidOfNotes {
    pub(super) at: Location,
    /// Its own cell; none where it is a comment, or stands on another sheet.
    pub(super) cell: Option<CellRef>,
    /// The only column that it is said of.
    pub(super) col: Option<u32>,
    /// Its words: what is said of its notes is said of grids that bear them, and of no other.
    pub(super) text: String,
    pub(super) reversed: bool,
}

/// A text that stands near, and where.
pub(super) struct NearText {
    pub(super) at: Location,
    pub(super) cell: Option<CellRef>,
    pub(super) text: String,
}
