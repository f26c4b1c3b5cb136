//! Bytes → sheets of located cells. The content decides what a file is, never its extension; the
//! size is proved reasonable before any library allocates for it.

use std::path::Path;
use std::sync::Arc;

use super::cells::Workbook;
use super::opened::Opened;
use super::{delimited, guard, spreadsheets};
use crate::base::diagnostics::{Checked, Code, Diagnostic};

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileSignature {
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
        FileSignature::Zip => {
            let parts = guard::check_zip(&file, bytes)?;
            if parts.kind == guard::ZipKind::Texts {
                return read_texts(&file, &guard::texts(&file, bytes)?);
            }
            spreadsheets::read_zip(&file, bytes, &parts)
        }
        FileSignature::Compound => spreadsheets::read_compound(&file, bytes),
        FileSignature::Other => delimited::read(&file, bytes),
    }
}

/// A zip of CSV (ODK Central): each is a sheet, named after its file.
fn read_texts(file: &Opened, parts: &[(String, Vec<u8>)]) -> Result<Checked<Workbook>, Diagnostic> {
    let mut all: Option<Checked<Workbook>> = None;
    for (name, bytes) in parts {
        let mut read = delimited::read(file, bytes)?;
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

fn magic(bytes: &[u8]) -> FileSignature {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        FileSignature::Zip
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        FileSignature::Compound
    } else {
        FileSignature::Other
    }
}
