//! Files and folders given → files to read, in an order that does not depend on how they were
//! given; Excel's `~$` twins left aside.

use std::path::{Path, PathBuf};

use crate::diagnostics::{Code, Diagnostic, Location};
use crate::error::{Error, Result};

/// Extensions picked up inside folders; a file named outright is always read.
const EXTENSIONS: [&str; 9] = [
    "xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "txt", "zip",
];

/// Every file to read, sorted by path, and what was left aside.
pub fn expand(paths: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<Diagnostic>)> {
    let (mut files, mut diagnostics) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            walk(path, &mut files, &mut diagnostics)?;
        } else if path.exists() {
            keep(path, &mut files, &mut diagnostics);
        } else {
            return Err(Error::Usage(format!(
                "{} n’existe pas. Vérifiez le chemin.",
                path.display()
            )));
        }
    }
    files.sort();
    files.dedup();
    Ok((files, diagnostics))
}

fn walk(dir: &Path, files: &mut Vec<PathBuf>, diagnostics: &mut Vec<Diagnostic>) -> Result<()> {
    let entries = std::fs::read_dir(dir).map_err(Error::io(dir, "lecture"))?;
    for entry in entries {
        let path = entry.map_err(Error::io(dir, "lecture"))?.path();
        if path.is_dir() {
            walk(&path, files, diagnostics)?;
            continue;
        }
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        if extension.is_some_and(|e| EXTENSIONS.contains(&e.as_str())) {
            keep(&path, files, diagnostics);
        }
    }
    Ok(())
}

/// Excel (`~$x.xlsx`) and LibreOffice (`.~lock.x.xlsx#`) twins hold no answer.
fn keep(path: &Path, files: &mut Vec<PathBuf>, diagnostics: &mut Vec<Diagnostic>) {
    let name = path
        .file_name()
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    if name.starts_with("~$") || name.starts_with(".~lock") {
        let message = "fichier temporaire d’un classeur ouvert, ignoré.";
        diagnostics.push(Diagnostic::new(
            Code::LockFile,
            Location::file(&name),
            message,
        ));
    } else {
        files.push(path.to_path_buf());
    }
}
