//! A folder opened by the Explorer, and where it is when it does not open.

use std::path::Path;

use crate::base::error::{Error, Result};

/// Opens a folder with the programs of this session.
///
/// # Errors
///
/// The system has nothing to open it with.
pub(super) fn open_folder(folder: &Path) -> Result<()> {
    opener::open(folder).map_err(|_| {
        Error::Usage(format!(
            "Le dossier n’a pas pu s’ouvrir tout seul. Il est là : {}",
            folder.display()
        ))
    })
}
