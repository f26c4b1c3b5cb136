//! Another name of a structure, written into the registry and nothing else of it.

use std::path::Path;

use super::list_cell::ListCell;
use super::registry_file::registry_file;
use super::registry_lines::lines_of;
use super::registry_reader::{ALIAS, parse_registry};
use crate::base::error::{Error, Result};
use crate::base::files::write_atomic;

/// Where another name was written.
pub(crate) struct LearntAlias {
    /// The registry, within its folder.
    pub(crate) file: String,
    /// The cell.
    pub(crate) cell: String,
}

/// Writes another name of a structure.
///
/// # Errors
///
/// A registry that is a workbook, which says what to do by hand; a name that the registry refuses; a file
/// that cannot be written.
pub(crate) fn learn_alias(root: &Path, code: &str, name: &str) -> Result<LearntAlias> {
    let path = registry_file(root)?;
    let bytes = std::fs::read(&path).map_err(Error::io(&path, "lecture"))?;
    let edit = ListCell {
        path: &path,
        code,
        column: ALIAS,
        name,
        adds_line: false,
    };
    let added = edit.add_to(&bytes)?;
    // Whatever the editing did, the registry must read as before, but for this name.
    let without = |bytes: &[u8]| -> Result<_> {
        let mut lines = lines_of(&parse_registry(&path, bytes)?);
        for cells in lines.values_mut() {
            cells.remove(ALIAS);
        }
        Ok(lines)
    };
    if without(&bytes)? != without(&added.bytes)? {
        return Err(Error::Config(format!(
            "{} : le nom n’a pas pu être ajouté sans toucher au reste. Ajoutez-le vous-même dans la colonne « {ALIAS} », ligne de {code}.",
            path.display()
        )));
    }
    write_atomic(&path, &added.bytes)?;
    let file = path.strip_prefix(root).unwrap_or(&path);
    Ok(LearntAlias {
        file: file.display().to_string(),
        cell: added.cell.to_string(),
    })
}
