//! One process at a time writes a folder; the second waits, then says who holds it, and since when.
//!
//! The lock is the system's (`flock` on Unix, `LockFileEx` on Windows, which a network drive of Windows
//! honours between machines): the file that bears it is always empty, so that a synchroniser that
//! copies it copies nothing. Who holds it is written out of the folder, where only this machine looks.
//! Readers take no lock: what they read is never written in place.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::byte_sums::sha256;
use crate::base::error::{Error, Result};
use crate::base::machine::session_name;
use crate::base::text::count;

const LOCK: &str = "verrou";
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
        let holder = holder_file(dir);
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
                    return Err(Error::Store(format!(
                        "La base est occupée par une autre commande ({}). Attendez qu’elle finisse et relancez.",
                        who_holds(&holder)
                    )));
                }
                Err(TryLockError::Error(source)) => {
                    return Err(Error::io(&path, "verrouillage")(source));
                }
            }
        }
        let who = session_name().map(|name| format!("session {name}, "));
        let who = who.unwrap_or_default();
        // A note for others: without it they are told less, and nothing else changes.
        let _ = std::fs::write(&holder, format!("{who}processus {}", std::process::id()));
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

/// Where this machine writes who holds a folder.
fn holder_file(dir: &Path) -> PathBuf {
    let whole = std::fs::canonicalize(dir).unwrap_or_else(|_| dir.to_owned());
    let sum = sha256(whole.to_string_lossy().as_bytes());
    std::env::temp_dir().join(format!("observatoire-verrou-{}.txt", &sum[..16]))
}

/// « session marie, processus 512, depuis 3 minutes ».
fn who_holds(holder: &Path) -> String {
    let Ok(who) = std::fs::read_to_string(holder) else {
        return "peut-être sur un autre poste".to_owned();
    };
    let since = std::fs::metadata(holder).and_then(|m| m.modified()).ok();
    let since = since.and_then(|from| SystemTime::now().duration_since(from).ok());
    let since = since.map_or_else(String::new, |elapsed| {
        let minutes = usize::try_from(elapsed.as_secs() / 60).unwrap_or(usize::MAX);
        match minutes {
            0 => ", depuis moins d’une minute".to_owned(),
            _ => format!(", depuis {}", count(minutes, "minute", "minutes")),
        }
    });
    format!("{}{since}", who.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_cannot_have_the_lock_is_told_who_has_it_and_since_when() {
        let dir = tempfile::tempdir().expect("a folder");
        let held = Lock::take(dir.path()).expect("free");
        let refused = Lock::within(dir.path(), Duration::ZERO).expect_err("held");
        let said = refused.to_string();
        let holder = format!("processus {}", std::process::id());
        assert!(said.contains("occupée") && said.contains(&holder), "{said}");
        assert!(said.contains("depuis moins d’une minute"), "{said}");
        assert_eq!(refused.exit_code(), 3);
        // Nothing that a synchroniser copies says anything.
        let left: Vec<_> = std::fs::read_dir(dir.path())
            .expect("readable")
            .flatten()
            .collect();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].metadata().expect("a file").len(), 0);
        drop(held);
        assert!(Lock::within(dir.path(), Duration::ZERO).is_ok());
        assert!(!holder_file(dir.path()).exists());
    }

    #[test]
    fn a_holder_on_another_machine_is_guessed() {
        let nowhere = tempfile::tempdir().expect("a folder").path().join("rien");
        assert_eq!(who_holds(&nowhere), "peut-être sur un autre poste");
    }
}
