//! Where a file of a run was read from, so that its sender's own workbook can be sent back: for the eyes of who
//! imports, kept nowhere.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::archive_files::GivenFile;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::sheets::{Workbook, open};
use crate::base::text::hex;
use sha2::{Digest, Sha256};

/// Where a file was read from.
#[derive(Debug, Clone)]
pub(crate) struct FileOrigin {
    file: GivenFile,
    /// Of the bytes that were read.
    pub(super) sha256: String,
    /// Sheets whose own name is not kept: name kept → their own.
    pub(super) sheets: BTreeMap<Arc<str>, Arc<str>>,
    /// What is wrong in a file that is in the store already, read again where the run asked so.
    pub(super) again: Vec<Diagnostic>,
}

/// Why the bytes that were read are not to be had any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OriginLost {
    /// It is not where it was.
    Gone,
    /// Somebody changed it meanwhile.
    Changed,
}

impl OriginLost {
    /// « le fichier n’est plus là où il a été lu ».
    pub(crate) fn why(self) -> &'static str {
        match self {
            Self::Gone => "le fichier n’est plus là où il a été lu",
            Self::Changed => "le fichier a changé depuis qu’il a été lu",
        }
    }
}

impl FileOrigin {
    pub(super) fn of(file: &GivenFile) -> Self {
        Self {
            file: file.clone(),
            sha256: String::new(),
            sheets: BTreeMap::new(),
            again: Vec::new(),
        }
    }

    /// SHA-256 of the bytes that were read, by which the file is known wherever it moves; empty where it could not
    /// be read.
    pub(crate) fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Its own name.
    pub(crate) fn name(&self) -> String {
        self.file.name()
    }

    /// Name of the folder that holds it, where it has one.
    pub(crate) fn folder(&self) -> Option<String> {
        self.file.folder()
    }

    /// What is wrong in a file of the store, read again.
    pub(crate) fn read_again(&self) -> &[Diagnostic] {
        &self.again
    }

    /// Where it was read from: the archive, of a file that lies in one.
    pub(crate) fn path(&self) -> &Path {
        &self.file.path
    }

    /// What it holds, its sheets under the names that they are kept under.
    ///
    /// # Errors
    ///
    /// Why it cannot be read again, in French.
    pub(crate) fn workbook(&self) -> Result<Workbook, String> {
        let bytes = self.bytes().map_err(|lost| lost.why().to_owned())?;
        let opened = open(Path::new(&self.name()), &bytes).map_err(|d| d.message)?;
        let mut book = opened.value;
        for (kept, own) in &self.sheets {
            if let Some(sheet) = book.sheets.iter_mut().find(|s| s.name == *own) {
                sheet.name = kept.clone();
            }
        }
        Ok(book)
    }

    /// The name that a sheet bears in the file.
    pub(crate) fn sheet(&self, at: &Location) -> Option<Arc<str>> {
        let kept = at.sheet.as_ref()?;
        Some(self.sheets.get(kept).unwrap_or(kept).clone())
    }

    /// The bytes that were read.
    ///
    /// # Errors
    ///
    /// They are not there any more.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, OriginLost> {
        let read = self.file.bytes("").map_err(|_| OriginLost::Gone)?;
        if hex(Sha256::digest(&read)) == self.sha256 {
            Ok(read)
        } else {
            Err(OriginLost::Changed)
        }
    }
}

/// What is added to the name of a workbook that is sent back.
const MARK: &str = " (à corriger";

/// The name of a workbook sent back: « Grille R01 (à corriger).xlsx », then « (à corriger 2) ».
pub(crate) fn returned_name(name: &str, rank: usize) -> String {
    let own = own_name(name);
    let (stem, end) = own.rsplit_once('.').unwrap_or((&own, "xlsx"));
    let known = ["xlsx", "xlsm", "xltx", "xltm"];
    let end = if known.contains(&end.to_lowercase().as_str()) {
        end
    } else {
        "xlsx"
    };
    let rank = if rank < 2 {
        String::new()
    } else {
        format!(" {rank}")
    };
    format!("{stem}{MARK}{rank}).{end}")
}

/// The name that a workbook bore before it was sent back: it comes back as the same file.
pub(crate) fn own_name(name: &str) -> String {
    // Some systems write accents apart.
    let composed: String = name.nfc().collect();
    let (stem, end) = composed.rsplit_once('.').unwrap_or((&composed, ""));
    let cut = stem.find(MARK).filter(|at| {
        let rest =
            stem[at + MARK.len()..].trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
        *at > 0 && rest.starts_with(')')
    });
    match cut {
        Some(at) if end.is_empty() => stem[..at].to_owned(),
        Some(at) => format!("{}.{end}", &stem[..at]),
        None => name.to_owned(),
    }
}

/// Said where a file's own name is not kept.
pub(super) fn renamed(name: &str) -> Diagnostic {
    let message = format!(
        "le nom de ce fichier semble désigner une personne : il n’est pas conservé, le fichier est rangé sous « {name} »."
    );
    Diagnostic::new(Code::FileRenamed, Location::file(name), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_comes_back_under_its_own_name() {
        let sent = returned_name("Grille R01.xlsx", 1);
        assert_eq!(sent, "Grille R01 (à corriger).xlsx");
        assert_eq!(returned_name(&sent, 2), "Grille R01 (à corriger 2).xlsx");
        for back in [
            "Grille R01 (à corriger).xlsx",
            "Grille R01 (à corriger 2).xlsx",
            "Grille R01 (à corriger) (1).xlsx",
            "Grille R01 (à corriger) - Copie.xlsx",
            "Grille R01 (a\u{300} corriger).xlsx",
        ] {
            assert_eq!(own_name(back), "Grille R01.xlsx", "{back}");
        }
        for other in [
            "Grilles (à corriger avant mai).xlsx",
            " (à corriger).xlsx",
            "a.csv",
        ] {
            assert_eq!(own_name(other), other);
        }
        assert_eq!(returned_name("vieux.xls", 1), "vieux (à corriger).xlsx");
    }
}
