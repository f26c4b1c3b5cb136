//! The file being opened: its name in messages, and how large what it holds may be.

use std::sync::Arc;

use crate::base::diagnostics::{Code, Diagnostic, Location};

/// Largest row and column index that may hold a value; a collection never goes beyond.
pub(super) const MAX_ROW: u32 = 200_000;
pub(super) const MAX_COL: u32 = 2_000;
/// Rectangles that the sheets of an old workbook may span together, filled or not:
/// the library lays them out whole.
pub(super) const MAX_AREA: u64 = 8_000_000;
/// Longest text of a cell, in bytes; a spreadsheet stops at 32 767 characters.
pub(super) const MAX_TEXT: usize = 128 << 10;
/// Bytes of text that the cells of a workbook hold together.
pub(super) const MAX_ALL_TEXT: usize = 256 << 20;
/// Merged areas read; no form has as many.
pub(super) const MAX_MERGES: usize = 5_000;
/// What one part of an archive may inflate to.
pub(super) const MAX_PART: u64 = 256 << 20;
/// Most non-empty cells of a file.
pub(super) const MAX_CELLS: usize = 5_000_000;

/// The file being opened, for its name in messages.
pub(super) struct Opened {
    pub(super) name: Arc<str>,
}

impl Opened {
    pub(super) fn refuse(&self, code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Location::file(&self.name), message)
    }

    pub(super) fn unreadable(&self, why: &str) -> Diagnostic {
        self.refuse(
            Code::FileUnreadable,
            format!("le fichier ne se lit pas ({why})."),
        )
    }

    pub(super) fn too_large(&self, what: &str) -> Diagnostic {
        self.refuse(
            Code::FileTooLarge,
            format!("le fichier dépasse ce qu’une collecte peut contenir : {what}."),
        )
    }
}

/// A file that nobody can read without its password.
pub(super) fn protected(file: &Opened) -> Diagnostic {
    file.refuse(
        Code::FileProtected,
        "le classeur est protégé par un mot de passe à l’ouverture.",
    )
}
