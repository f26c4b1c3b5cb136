//! One process at a time writes a store; the second waits, then says who holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::base::error::{Error, Result};

const LOCK: &str = "verrou";
/// Who holds the lock; apart from it, since Windows refuses reading a locked file.
const HOLDER: &str = "verrou-de";
const PATIENCE: Duration = Duration::from_secs(20);

/// The lock; released when dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
    holder: PathBuf,
}

impl Lock {
    /// Waits for another process that holds it, for a while, then says who does.
    pub(crate) fn take(dir: &Path) -> Result<Self> {
        Self::within(dir, PATIENCE)
    }

    /// The same with another patience.
    pub(crate) fn within(dir: &Path, patience: Duration) -> Result<Self> {
        let path = dir.join(LOCK);
        let holder = dir.join(HOLDER);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(Error::io(&path, "écriture"))?;
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if start.elapsed() < patience => {
                    std::thread::sleep(Duration::from_millis(100));
                }
                Err(TryLockError::WouldBlock) => {
                    let who = std::fs::read_to_string(&holder).unwrap_or_default();
                    return Err(Error::Store(format!(
                        "La base est occupée par une autre commande ({}). Attendez qu’elle finisse et relancez.",
                        if who.is_empty() {
                            "inconnue"
                        } else {
                            who.trim()
                        }
                    )));
                }
                Err(TryLockError::Error(source)) => {
                    return Err(Error::io(&path, "verrouillage")(source));
                }
            }
        }
        let who = format!("processus {}", std::process::id());
        std::fs::write(&holder, who).map_err(Error::io(&holder, "écriture"))?;
        Ok(Self {
            _file: file,
            holder,
        })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The lock itself is released with the file; a name left behind would only mislead.
        let _ = std::fs::remove_file(&self.holder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_cannot_have_the_lock_is_told_who_has_it() {
        let dir = tempfile::tempdir().expect("a folder");
        let held = Lock::take(dir.path()).expect("free");
        let refused = Lock::within(dir.path(), Duration::ZERO).expect_err("held");
        let said = refused.to_string();
        let holder = format!("processus {}", std::process::id());
        assert!(said.contains("occupée") && said.contains(&holder), "{said}");
        assert_eq!(refused.exit_code(), 3);
        drop(held);
        assert!(Lock::within(dir.path(), Duration::ZERO).is_ok());
    }
}
