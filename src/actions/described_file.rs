//! The description that goes beside a CSV file.

use std::path::Path;

use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::tabular::Heading;
use crate::campaign::OpenObservatory;
use crate::exports::{DescribedTable, PACKAGE};

/// Descriptions longer than this are not ours.
const LONGEST: u64 = 1 << 20;

/// Describes the columns of a CSV file in the `datapackage.json` of its folder; a description that is
/// not ours is left, and that is said.
///
/// # Errors
///
/// A disk that refuses.
pub(crate) fn describe(
    opened: &OpenObservatory,
    csv: &Path,
    title: &str,
    columns: &[Heading],
) -> Result<Option<Diagnostic>> {
    let Some(file) = csv.file_name().and_then(|name| name.to_str()) else {
        return Ok(None);
    };
    let path = csv.with_file_name(PACKAGE);
    let existing = match std::fs::metadata(&path) {
        Err(_) => None,
        // What cannot be read as ours is left as it is.
        Ok(found) if !found.is_file() || found.len() > LONGEST => Some(String::new()),
        Ok(_) => Some(std::fs::read_to_string(&path).unwrap_or_default()),
    };
    let table = DescribedTable {
        file,
        title,
        columns,
    };
    match table.described_in(existing.as_deref()) {
        Some(text) => {
            opened.destination(&path)?.write(text.as_bytes())?;
            Ok(None)
        }
        None => Ok(Some(Diagnostic::new(
            Code::DescriptionLeft,
            Location::file(&path.display().to_string()),
            "cette description n’est pas de l’observatoire : elle est laissée, et les colonnes du nouveau fichier ne sont pas décrites.",
        ))),
    }
}
