//! Writing that a crash, a full disk or a kill cannot leave by half: a temporary file in the same
//! folder, flushed, then renamed. On Windows a rename over a file that someone holds open fails; it is
//! said as any refusal of the system, and nothing is lost.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::base::error::{Error, Result};

/// Creates a folder and its parents.
pub(crate) fn create_dir(dir: &Path) -> Result<()> {
    fs::create_dir_all(dir).map_err(Error::io(dir, "création du dossier"))
}

/// Replaces a file's content at once.
pub(crate) fn write_atomic(path: &Path, bytes: &[u8]) -> Result<()> {
    let temporary = path.with_extension("tmp");
    let mut file = File::create(&temporary).map_err(Error::io(&temporary, "écriture"))?;
    file.write_all(bytes).map_err(Error::io(path, "écriture"))?;
    file.sync_all().map_err(Error::io(&temporary, "écriture"))?;
    drop(file);
    fs::rename(&temporary, path).map_err(Error::io(path, "écriture"))?;
    match path.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => sync_dir(dir),
        _ => Ok(()),
    }
}

/// SHA-256 of a file; none when it cannot be read.
pub(super) fn sha256_of(path: &Path) -> Option<String> {
    let mut file = File::open(path).ok()?;
    let mut sum = Sha256::new();
    let mut bytes = vec![0; 1 << 16];
    loop {
        match file.read(&mut bytes).ok()? {
            0 => return Some(crate::base::text::hex(&sum.finalize())),
            read => sum.update(&bytes[..read]),
        }
    }
}

/// Makes renames in a folder last through a power cut, where the system can.
pub(super) fn sync_dir(dir: &Path) -> Result<()> {
    #[cfg(unix)]
    File::open(dir)
        .and_then(|d| d.sync_all())
        .map_err(Error::io(dir, "écriture"))?;
    #[cfg(not(unix))]
    let _ = dir;
    Ok(())
}
