//! The bytes of a file of the log, known by the fingerprint that its name holds.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::base::error::{Error, Result};
use crate::base::text::hex;

/// Digits of the fingerprint in a name.
const DIGITS: usize = 16;

/// A file of the log that is what was written.
#[derive(Debug)]
pub(crate) struct SealedBytes {
    /// The name it was given, whatever a synchroniser made of it.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl SealedBytes {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or is not what was written.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(Error::io(path, "lecture"))?;
        let found = path.file_name().unwrap_or_default().to_string_lossy();
        let fingerprint = shortened(Sha256::new_with_prefix(&bytes));
        let start = found.find(&fingerprint);
        let start = start.ok_or_else(|| Self::damaged(path))?;
        Ok(Self {
            name: format!("{}.json", &found[..start + DIGITS]),
            bytes,
        })
    }

    /// What is said of a file that is not what was written.
    pub(crate) fn damaged(path: &Path) -> Error {
        Error::Store(format!(
            "{} : le journal des livraisons est abîmé. Rendez à ce fichier sa dernière sauvegarde ; sans lui, deux éditions pourraient livrer la réponse d’une personne.",
            path.display()
        ))
    }
}

/// What a name holds of a fingerprint.
pub(crate) fn shortened(digest: Sha256) -> String {
    hex(&digest.finalize()[..DIGITS / 2])
}
