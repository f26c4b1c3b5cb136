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

/// Extensions of texts; those of an archive are one export (ODK).
const TEXTS: [&str; 4] = ["csv", "tsv", "txt", "zip"];

/// Whether a name is that of a file which is read.
pub(super) fn is_table(name: &str) -> bool {
    extension(Path::new(name)).is_some_and(|e| EXTENSIONS.contains(&e.as_str()))
}

/// Whether a name is that of a workbook.
pub(super) fn is_workbook(name: &str) -> bool {
    let is_text = |e: &String| TEXTS.contains(&e.as_str());
    is_table(name) && !extension(Path::new(name)).is_some_and(|e| is_text(&e))
}

fn extension(path: &Path) -> Option<String> {
    path.extension().map(|e| e.to_string_lossy().to_lowercase())
}

/// Every file to read, sorted by path, and what was left aside.
///
/// # Errors
///
/// [`Error::Usage`] when a path given does not exist, [`Error::Io`] when a folder cannot be listed.
pub fn expand(paths: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<Diagnostic>)> {
    expand_with(paths, &[])
}

/// The same where folders hold files of other kinds that are read too, by their extensions.
///
/// # Errors
///
/// As [`expand`].
pub fn expand_with(
    paths: &[PathBuf],
    more: &'static [&'static str],
) -> Result<(Vec<PathBuf>, Vec<Diagnostic>)> {
    let mut found = FilesFound {
        more,
        ..FilesFound::default()
    };
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
    let left = found.left.said(Location::none());
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

/// Files that are no table, how many of each kind.
#[derive(Default)]
pub(super) struct KindsLeft(BTreeMap<String, usize>);

impl KindsLeft {
    pub(super) fn leave(&mut self, kind: String) {
        *self.0.entry(kind).or_default() += 1;
    }

    /// Leaves a file by its extension.
    pub(super) fn leave_named(&mut self, path: &Path) {
        let kind = extension(path);
        self.leave(kind.map_or_else(|| "sans extension".to_owned(), |e| format!(".{e}")));
    }

    /// « 3 fichiers d’un autre genre laissés de côté : 2 .docx, 1 .pdf. »
    pub(super) fn said(&self, at: Location) -> Option<Diagnostic> {
        let all: usize = self.0.values().sum();
        let kinds: Vec<String> = self.0.iter().map(|(k, n)| format!("{n} {k}")).collect();
        let message = format!(
            "{} : {}.",
            count(
                all,
                "fichier d’un autre genre laissé de côté",
                "fichiers d’un autre genre laissés de côté"
            ),
            kinds.join(", ")
        );
        (all > 0).then(|| Diagnostic::new(Code::FilesLeftAside, at, message))
    }
}

#[derive(Default)]
struct FilesFound {
    files: Vec<PathBuf>,
    diagnostics: Vec<Diagnostic>,
    left: KindsLeft,
    /// Extensions read besides those of tables.
    more: &'static [&'static str],
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
            if path.is_dir() {
                self.walk(&path)?;
            } else if is_system_file(&path) {
                self.left.leave("fichier du système".to_owned());
            } else if is_table(&path.to_string_lossy())
                || extension(&path).is_some_and(|e| self.more.contains(&e.as_str()))
            {
                self.keep(&path);
            } else {
                self.left.leave_named(&path);
            }
        }
        Ok(())
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
pub(super) fn is_system_file(path: &Path) -> bool {
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
