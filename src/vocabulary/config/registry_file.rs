//! Which file of an observatory folder is its registry: today, or among its files as they were once.

use std::path::{Path, PathBuf};

use super::registry::Registry;
use super::registry_reader::parse_registry;
use crate::base::error::{Error, Result};

/// Files that a registry may be, from the folder of the observatory, the one that is read first.
pub(crate) const REGISTRY_FILES: [&str; 2] = ["data/structures.csv", "data/structures.xlsx"];

/// The registry of an observatory folder.
///
/// # Errors
///
/// A folder that has none.
pub(super) fn registry_file(root: &Path) -> Result<PathBuf> {
    let mut files = REGISTRY_FILES.iter().map(|name| root.join(name));
    files
        .find(|path| path.is_file())
        .ok_or_else(|| missing(root))
}

fn missing(root: &Path) -> Error {
    Error::Config(format!(
        "{} : le registre structures.csv (ou structures.xlsx) manque.",
        root.join("data").display()
    ))
}

/// The registry among files as they were once; copies beside it are of another day.
///
/// # Errors
///
/// None of them is a registry; one that cannot be read.
pub(super) fn registry_among(
    root: &Path,
    places: &dyn Fn(&str) -> Option<PathBuf>,
) -> Result<Registry> {
    let mut files = REGISTRY_FILES.iter().filter_map(|name| places(name));
    let path = files.next().ok_or_else(|| missing(root))?;
    let bytes = std::fs::read(&path).map_err(Error::io(&path, "lecture"))?;
    parse_registry(&path, &bytes)
}
