//! Deliveries made since a folder was backed up, handed on to what is restored: readers hold what was
//! printed, and forgetting it would let a later edition give one late answer away.

use std::path::Path;

use super::log_folder::{MARKER, log_dir};
use crate::base::error::{Error, Result};
use crate::base::files::write_file;

/// What became of the deliveries of the former folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CarriedLog {
    /// So many of them were added to those of the backup.
    Added(usize),
    /// The two logs were begun apart: no record of one can be read with the key of the other.
    Apart,
}

/// Adds to a log the records of another that it lacks, where both were begun as one.
///
/// # Errors
///
/// A file that cannot be read or written.
pub(crate) fn carry_deliveries(from: &Path, to: &Path) -> Result<CarriedLog> {
    let (from, to) = (log_dir(from), log_dir(to));
    let marker = |dir: &Path| std::fs::read(dir.join(MARKER)).ok();
    let (former, restored) = (marker(&from), marker(&to));
    if former.is_none() {
        return Ok(CarriedLog::Added(0));
    }
    if former != restored {
        return Ok(CarriedLog::Apart);
    }
    let mut added = 0;
    for entry in std::fs::read_dir(&from).map_err(Error::io(&from, "lecture"))? {
        let path = entry.map_err(Error::io(&from, "lecture"))?.path();
        let Some(name) = path.file_name().filter(|_| is_record(&path)) else {
            continue;
        };
        let place = to.join(name);
        if !place.exists() {
            let bytes = std::fs::read(&path).map_err(Error::io(&path, "lecture"))?;
            write_file(&place, &bytes)?;
            added += 1;
        }
    }
    Ok(CarriedLog::Added(added))
}

fn is_record(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|e| e == "json")
}
