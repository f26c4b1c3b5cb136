//! Deliveries that stand in the folder of reports, and what they say of the log.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::base::error::{Error, Result};
use crate::base::files::{DeliveryMark, MARK};

/// Folders that a delivery without a list of its files may only have with a log.
const LOGGED: [&str; 3] = ["elus", "familles", "renouvellement"];

/// A delivery in place.
#[derive(Debug)]
pub(crate) struct KnownDelivery {
    /// Its folder.
    pub(crate) place: PathBuf,
    /// Files of the log that it rests on.
    pub(crate) records: Vec<String>,
}

/// Deliveries of `reports/rendus` that the log must know of.
pub(crate) fn known_deliveries(root: &Path) -> Result<Vec<KnownDelivery>> {
    let dir = root.join("reports").join("rendus");
    let entries = match std::fs::read_dir(&dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Error::io(&dir, "lecture")(e)),
    };
    let mut known = Vec::new();
    for entry in entries {
        let place = entry.map_err(Error::io(&dir, "lecture"))?.path();
        let is_staging = place
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if is_staging || !place.join(MARK).is_file() {
            continue;
        }
        let mark = DeliveryMark::read(&place)?;
        let former = mark.is_former() && LOGGED.iter().any(|name| place.join(name).is_dir());
        if former || !mark.livraisons.is_empty() {
            known.push(KnownDelivery {
                records: mark.livraisons,
                place,
            });
        }
    }
    Ok(known)
}
