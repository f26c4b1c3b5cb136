//! Bytes → sheets of located cells. The content decides what a file is, never its extension; the
//! size is proved reasonable before any library allocates for it.

mod biff;
mod covered;
mod guard;
mod markup;
mod text;
mod workbook;

use std::path::Path;
use std::sync::Arc;

use super::sheet::Workbook;
use crate::base::diagnostics::{Checked, Code, Diagnostic, Location};

/// Largest row and column index that may hold a value; a collection never goes beyond.
const MAX_ROW: u32 = 200_000;
const MAX_COL: u32 = 2_000;
/// Rectangles that the sheets of an ODS or of an old workbook may span together, filled or not:
/// the library lays them out whole.
const MAX_AREA: u64 = 8_000_000;
/// Longest text of a cell, in bytes; a spreadsheet stops at 32 767 characters.
const MAX_TEXT: usize = 128 << 10;
/// Merged areas read; no form has as many.
const MAX_MERGES: usize = 5_000;
/// What one part of an archive may inflate to.
const MAX_PART: u64 = 256 << 20;
/// Most non-empty cells of a file.
const MAX_CELLS: usize = 5_000_000;

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Magic {
    /// zip: xlsx, xlsb, ods.
    Zip,
    /// Compound file: xls, or an encrypted workbook.
    Compound,
    /// Anything else: text, or nothing readable.
    Other,
}

/// Reads a file's bytes; `path` gives its name and is never opened.
///
/// # Errors
///
/// The one diagnostic that refuses the file: empty, protected, unreadable, too large.
pub fn open(path: &Path, bytes: &[u8]) -> Result<Checked<Workbook>, Diagnostic> {
    let name = path
        .file_name()
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let file = Opened {
        name: Arc::from(name.as_str()),
    };
    if bytes.is_empty() {
        return Err(file.refuse(Code::FileEmpty, "le fichier est vide (0 octet)."));
    }
    match magic(bytes) {
        Magic::Zip => {
            let parts = guard::check_zip(&file, bytes)?;
            if parts.kind == guard::ZipKind::Texts {
                return read_texts(&file, &guard::texts(&file, bytes)?);
            }
            workbook::read_zip(&file, bytes, &parts)
        }
        Magic::Compound => workbook::read_compound(&file, bytes),
        Magic::Other => text::read(&file, bytes),
    }
}

/// A zip of CSV (ODK Central): each is a sheet, named after its file.
fn read_texts(file: &Opened, parts: &[(String, Vec<u8>)]) -> Result<Checked<Workbook>, Diagnostic> {
    let mut all: Option<Checked<Workbook>> = None;
    for (name, bytes) in parts {
        let mut read = text::read(file, bytes)?;
        for sheet in &mut read.value.sheets {
            sheet.name = Arc::from(name.as_str());
        }
        match &mut all {
            None => all = Some(read),
            Some(all) => {
                all.value.sheets.append(&mut read.value.sheets);
                all.diagnostics.append(&mut read.diagnostics);
            }
        }
    }
    all.ok_or_else(|| file.unreadable("l’archive ne contient aucun tableau"))
}

fn magic(bytes: &[u8]) -> Magic {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        Magic::Zip
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        Magic::Compound
    } else {
        Magic::Other
    }
}

/// The file being opened, for its name in messages.
struct Opened {
    name: Arc<str>,
}

impl Opened {
    fn refuse(&self, code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Location::file(&self.name), message)
    }

    fn unreadable(&self, why: &str) -> Diagnostic {
        self.refuse(
            Code::FileUnreadable,
            format!("le fichier ne se lit pas ({why})."),
        )
    }

    fn too_large(&self, what: &str) -> Diagnostic {
        self.refuse(
            Code::FileTooLarge,
            format!("le fichier dépasse ce qu’une collecte peut contenir : {what}."),
        )
    }
}
