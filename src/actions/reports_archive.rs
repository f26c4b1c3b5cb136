//! The reports of an edition in one archive, ready to be sent or kept.

use std::io::{Cursor, Write};
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::base::error::{Error, Result};

/// Packs files of a folder, under the names that they have in it.
///
/// # Errors
///
/// A file that is gone, an archive that cannot be made.
pub(crate) fn reports_archive(folder: &Path, names: &[String]) -> Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let refused = |e: zip::result::ZipError| {
        Error::Render(format!("L’archive ne peut pas être écrite ({e})."))
    };
    for name in names {
        let path = folder.join(name);
        let bytes = std::fs::read(&path).map_err(Error::io(&path, "lecture"))?;
        archive
            .start_file(name.as_str(), SimpleFileOptions::default())
            .map_err(refused)?;
        archive
            .write_all(&bytes)
            .map_err(Error::io(&path, "écriture"))?;
    }
    Ok(archive.finish().map_err(refused)?.into_inner())
}
