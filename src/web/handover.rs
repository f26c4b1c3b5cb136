//! The private file that hands the key to the browser. A command line can be read by every program of the
//! machine, a file of the user's own folder by this user alone.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::launch_key::LaunchKey;
use crate::base::error::{Error, Result};

/// Writes the page that leads to the door, key in hand.
///
/// # Errors
///
/// A file that cannot be written.
pub(super) fn write_handover(folder: &Path, port: u16, key: &LaunchKey) -> Result<PathBuf> {
    let path = folder.join(format!("ouvrir-{port}.html"));
    let address = format!("http://127.0.0.1:{port}/cle/{}", key.digits());
    let page = format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\"><title>Observatoire</title><meta http-equiv=\"refresh\" content=\"0;url={address}\"></head><body><p>L’observatoire s’ouvre. S’il ne s’ouvre pas tout seul : <a href=\"{address}\">ouvrir</a>.</p></body></html>\n"
    );
    write_private(&path, page.as_bytes())?;
    Ok(path)
}

/// Writes a file that others of the machine cannot read, from its first byte on.
///
/// # Errors
///
/// A file that cannot be written.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    // One that was left there may be open to others: a mode holds for a new file alone.
    let _ = std::fs::remove_file(path);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path).map_err(Error::io(path, "écriture"))?;
    file.write_all(bytes).map_err(Error::io(path, "écriture"))
}
