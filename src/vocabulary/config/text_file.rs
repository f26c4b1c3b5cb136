//! A text file of the folder, as an editor may have saved it.

use std::path::Path;

use crate::base::error::{Error, Result};

/// Reads a UTF-8 text file, its BOM dropped.
pub fn read_text(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).map_err(Error::io(path, "lecture"))?;
    let wrong = |what: &str| {
        Error::Config(format!(
            "{} : {what} Dans le Bloc-notes : Fichier › Enregistrer sous, Codage « UTF-8 ».",
            path.display()
        ))
    };
    // Notepad calls it « Unicode ».
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(wrong(
            "le fichier est enregistré en UTF-16 (« Unicode »), et non en UTF-8.",
        ));
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        let read = String::from_utf8_lossy(&e.as_bytes()[..at]);
        let lines = read.matches('\n').count() + 1;
        wrong(&format!(
            "le fichier n’est pas en UTF-8 (ligne {lines}, octet {at}). Enregistrez-le en UTF-8."
        ))
    })?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map_or_else(|| text.clone(), str::to_owned))
}
