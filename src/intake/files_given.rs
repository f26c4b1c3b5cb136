//! Files and folders given → files to read, in an order that does not depend on how they were
//! given; Excel's `~$` twins left aside.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result, system_reason};
use crate::base::text::count;

/// Extensions picked up inside folders; a file named outright is always read.
const EXTENSIONS: [&str; 13] = [
    "xlsx", "xlsm", "xltx", "xltm", "xls", "xlt", "xlsb", "ods", "ots", "csv", "tsv", "txt", "zip",
];

/// Every file to read, sorted by path, and what was left aside.
///
/// # Errors
///
/// [`Error::Usage`] when a path given does not exist, [`Error::Io`] when a folder cannot be listed.
pub fn expand(paths: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<Diagnostic>)> {
    let mut found = FilesFound::default();
    for path in paths {
        if path.is_dir() {
            found.walk(path)?;
        } else if path.exists() {
            found.keep(path);
        } else {
            return Err(Error::Usage(format!(
                "{} n’existe pas. Vérifiez le chemin.",
                path.display()
            )));
        }
    }
    let left = found.left_aside();
    found.diagnostics.extend(left);
    found.files.sort();
    found.files.dedup();
    Ok((found.files, found.diagnostics))
}

/// Files beyond this are not even read.
const MAX_BYTES: u64 = 256 << 20;

/// The bytes of a file, or why there are none.
///
/// # Errors
///
/// The diagnostic that refuses it: not a file, too large, refused by the system.
pub(crate) fn file_bytes(path: &Path, name: &str) -> Result<Vec<u8>, Diagnostic> {
    let at = || Location::file(name);
    let refused = |error: std::io::Error| {
        let message = format!(
            "lecture refusée par le système ({}).",
            system_reason(&error)
        );
        Diagnostic::new(Code::FileUnavailable, at(), message)
    };
    let about = std::fs::metadata(path).map_err(refused)?;
    if !about.is_file() {
        // A pipe or a device would be waited for without end.
        let message = "ce n’est pas un fichier : rien à lire.";
        return Err(Diagnostic::new(Code::FileUnavailable, at(), message));
    }
    if about.len() > MAX_BYTES {
        let message = "le fichier dépasse ce qu’une collecte peut contenir : plus de 256 Mio.";
        return Err(Diagnostic::new(Code::FileTooLarge, at(), message));
    }
    std::fs::read(path).map_err(refused)
}

#[derive(Default)]
struct FilesFound {
    files: Vec<PathBuf>,
    diagnostics: Vec<Diagnostic>,
    /// Files of folders that are no table, how many of each kind.
    left: BTreeMap<String, usize>,
    /// Folders gone through, by their real path: a link to a parent would be followed for ever.
    visited: BTreeSet<PathBuf>,
}

impl FilesFound {
    fn walk(&mut self, dir: &Path) -> Result<()> {
        let real = dir.canonicalize().map_err(Error::io(dir, "lecture"))?;
        if !self.visited.insert(real) {
            return Ok(());
        }
        let entries = std::fs::read_dir(dir).map_err(Error::io(dir, "lecture"))?;
        for entry in entries {
            let path = entry.map_err(Error::io(dir, "lecture"))?.path();
            let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
            if path.is_dir() {
                self.walk(&path)?;
            } else if is_system_file(&path) {
                self.leave("fichier du système".to_owned());
            } else if let Some(extension) = extension {
                if EXTENSIONS.contains(&extension.as_str()) {
                    self.keep(&path);
                } else {
                    self.leave(format!(".{extension}"));
                }
            } else {
                self.leave("sans extension".to_owned());
            }
        }
        Ok(())
    }

    fn leave(&mut self, kind: String) {
        *self.left.entry(kind).or_default() += 1;
    }

    /// « 3 fichiers d’un autre genre laissés de côté : 2 .docx, 1 .pdf. »
    fn left_aside(&self) -> Option<Diagnostic> {
        let all: usize = self.left.values().sum();
        let kinds: Vec<String> = self.left.iter().map(|(k, n)| format!("{n} {k}")).collect();
        let message = format!(
            "{} : {}.",
            count(
                all,
                "fichier d’un autre genre laissé de côté",
                "fichiers d’un autre genre laissés de côté"
            ),
            kinds.join(", ")
        );
        (all > 0).then(|| Diagnostic::new(Code::FilesLeftAside, Location::none(), message))
    }

    /// Excel (`~$x.xlsx`) and LibreOffice (`.~lock.x.xlsx#`) twins hold no answer.
    fn keep(&mut self, path: &Path) {
        let name = path
            .file_name()
            .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        if name.starts_with("~$") || name.starts_with(".~lock") {
            let message = "fichier temporaire d’un classeur ouvert, ignoré.";
            let place = Location::file(&name);
            self.diagnostics
                .push(Diagnostic::new(Code::LockFile, place, message));
        } else {
            self.files.push(path.to_path_buf());
        }
    }
}

/// What systems lay beside files: `._Grille.xlsx` and `.DS_Store` (macOS), `Thumbs.db`, `desktop.ini`.
/// The twin of an open workbook is told apart, as it says that someone holds it.
fn is_system_file(path: &Path) -> bool {
    let name = path
        .file_name()
        .map_or_else(String::new, |n| n.to_string_lossy().to_lowercase());
    let hidden = name.starts_with('.') && !name.starts_with(".~lock");
    hidden || ["thumbs.db", "desktop.ini", "ehthumbs.db"].contains(&name.as_str())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_a_parent_is_not_followed_for_ever() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a.csv"), "x").expect("written");
        std::fs::create_dir(at("sous")).expect("made");
        std::os::unix::fs::symlink(folder.path(), at("sous/parent")).expect("linked");
        let (files, said) = expand(&[folder.path().to_owned()]).expect("a list");
        assert_eq!(files, [at("a.csv")]);
        assert!(said.is_empty());
    }
}
