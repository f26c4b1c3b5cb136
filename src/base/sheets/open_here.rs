//! Bytes → sheets of located cells, in this process. The content decides what a file is, never its
//! extension; the size is proved reasonable before any library allocates for it.

use std::path::Path;
use std::sync::Arc;

use super::cells::Workbook;
use super::opened::Opened;
use super::other_kinds::{OtherKind, by_its_parts, by_its_start};
use super::{biff, delimited, guard, one_column, part_names, spreadsheets};
use crate::base::diagnostics::{Checked, Code, Diagnostic};

/// What every compound file begins with.
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileSignature {
    /// zip: xlsx, xlsb, ods.
    Zip,
    /// Compound file: xls, or an encrypted workbook; or an xls that is none.
    Compound,
    /// Anything else: text, or nothing readable.
    Other,
}

/// The file that is read, for messages.
pub(super) fn named(path: &Path) -> Opened {
    let name = path
        .file_name()
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    Opened {
        name: Arc::from(name.as_str()),
    }
}

/// Reads a file's bytes, whatever it is; `path` gives its name and is never opened.
///
/// # Errors
///
/// The one diagnostic that refuses the file: empty, protected, unreadable, too large.
pub(super) fn open_here(path: &Path, bytes: &[u8]) -> Result<Checked<Workbook>, Diagnostic> {
    let file = named(path);
    if bytes.is_empty() {
        return Err(file.refuse(Code::FileEmpty, "le fichier est vide (0 octet)."));
    }
    if let Some(kind) = by_its_start(bytes) {
        return Err(no_table(&file, kind));
    }
    let read = by_magic(&file, bytes);
    match by_its_parts(bytes).filter(|_| read.is_err()) {
        Some(kind) => Err(no_table(&file, kind)),
        None => read,
    }
}

/// The refusal of what is no table, told for what it is.
fn no_table(file: &Opened, kind: OtherKind) -> Diagnostic {
    let message = format!("{} : rien n’y est lu.", kind.what);
    let said = file.refuse(Code::FileUnreadable, message);
    said.with_remedy(kind.remedy)
}

fn by_magic(file: &Opened, bytes: &[u8]) -> Result<Checked<Workbook>, Diagnostic> {
    match magic(bytes) {
        FileSignature::Zip => {
            let archive = guard::archive(file, bytes)?;
            let packed = part_names::usual(&archive, bytes);
            let (bytes, archive) = match &packed {
                Some(packed) => (packed.as_slice(), guard::archive(file, packed)?),
                None => (bytes, archive),
            };
            let parts = guard::check_zip(file, archive, bytes.len())?;
            if parts.kind == guard::ZipKind::Texts {
                return read_texts(file, &guard::texts(file, bytes)?);
            }
            spreadsheets::read_zip(file, bytes, &parts).map(spread)
        }
        FileSignature::Compound if biff::is_ancient(bytes) => {
            Err(file.unreadable("c’est un classeur d’avant Excel 5 (1993)"))
        }
        FileSignature::Compound => spreadsheets::read_compound(file, bytes).map(spread),
        FileSignature::Other => delimited::read(file, bytes),
    }
}

/// Sheets that hold all in their first column get the columns that they meant.
fn spread(mut read: Checked<Workbook>) -> Checked<Workbook> {
    let file = Arc::clone(&read.value.file);
    for sheet in &mut read.value.sheets {
        if let Some(split) = one_column::split(&file, sheet) {
            *sheet = split.sheet;
            read.diagnostics.push(split.said);
        }
    }
    read
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

/// What the first bytes say.
pub(super) fn magic(bytes: &[u8]) -> FileSignature {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        FileSignature::Zip
    } else if bytes.starts_with(&COMPOUND) || biff::is_bare(bytes) {
        FileSignature::Compound
    } else {
        FileSignature::Other
    }
}
