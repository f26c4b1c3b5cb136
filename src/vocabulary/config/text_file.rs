//! A text file of the folder, as an editor may have saved it.

use std::path::Path;

use crate::base::error::{Error, Result};

/// Reads a UTF-8 text file, its BOM dropped.
pub fn read_text(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).map_err(Error::io(path, "lecture"))?;
    let text = String::from_utf8(bytes).map_err(|e| {
        Error::Config(format!(
            "{} : le fichier n’est pas en UTF-8 (octet {}). Enregistrez-le en UTF-8.",
            path.display(),
            e.utf8_error().valid_up_to()
        ))
    })?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map_or_else(|| text.clone(), str::to_owned))
}
