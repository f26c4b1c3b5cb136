//! A folder in the making, that its maker holds: what a kill left behind is known by nobody holding
//! it any more.

use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::base::error::{Error, Result};

/// Ends the name of the file that is held locked, beside the folder: on Windows a folder cannot be
/// renamed while a file in it is open.
const HELD: &str = ".en-cours";

/// A folder in the making; removed when dropped, unless it was renamed meanwhile.
#[derive(Debug)]
pub(crate) struct HeldFolder {
    path: PathBuf,
    held: PathBuf,
    /// Closed before its file is removed.
    lock: Option<File>,
}

impl HeldFolder {
    /// A new folder in another, its name beginning so.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn within(parent: &Path, prefix: &str) -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        loop {
            let rank = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = parent.join(format!("{prefix}{}-{rank}", std::process::id()));
            let held = held_beside(&path);
            let lock = match OpenOptions::new().write(true).create_new(true).open(&held) {
                Ok(lock) => lock,
                // Left by a killed command that had the same number.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(Error::io(parent, "écriture")(error)),
            };
            // A disk that knows no locks leaves the sweeping to who comes back after a kill.
            let _ = lock.try_lock();
            let made = std::fs::create_dir(&path);
            let folder = Self {
                path,
                held,
                lock: Some(lock),
            };
            match made {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                made => return made.map(|()| folder).map_err(Error::io(parent, "écriture")),
            }
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for HeldFolder {
    fn drop(&mut self) {
        // The next command sweeps what cannot be removed now.
        let _ = std::fs::remove_dir_all(&self.path);
        drop(self.lock.take());
        let _ = std::fs::remove_file(&self.held);
    }
}

fn held_beside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_os_string();
    name.push(HELD);
    folder.with_file_name(name)
}

/// Removes folders in the making, of names that begin so, which a kill left in another folder.
///
/// # Errors
///
/// A folder that cannot be listed, or one in it that cannot be removed.
pub(crate) fn sweep(parent: &Path, prefix: &str) -> Result<()> {
    for entry in std::fs::read_dir(parent).map_err(Error::io(parent, "lecture"))? {
        let path = entry.map_err(Error::io(parent, "lecture"))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // « .ancien » was a former delivery that stood aside: it may be the only one left.
        if !name.starts_with(prefix) || name.ends_with(".ancien") {
            continue;
        }
        let removed = if name.ends_with(HELD) && is_abandoned(&path) {
            std::fs::remove_file(&path)
        } else if path.is_dir() && is_abandoned(&held_beside(&path)) {
            std::fs::remove_dir_all(&path)
        } else {
            Ok(())
        };
        match removed {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(Error::io(&path, "suppression")(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether nobody holds a file any more, or none is there: the former program held nothing.
fn is_abandoned(held: &Path) -> bool {
    match OpenOptions::new().write(true).open(held) {
        Ok(file) => file.try_lock().is_ok(),
        Err(error) => error.kind() == ErrorKind::NotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_kill_left_is_swept_and_what_is_being_made_stays() {
        let root = tempfile::tempdir().expect("folder");
        let left = root.path().join("tmp-1-0");
        std::fs::create_dir(&left).expect("made");
        std::fs::write(held_beside(&left), "").expect("written");
        std::fs::create_dir(root.path().join("tmp-old")).expect("made");
        let aside = root.path().join("tmp-x.ancien");
        std::fs::create_dir(&aside).expect("made");
        let running = HeldFolder::within(root.path(), "tmp-").expect("a folder");
        sweep(root.path(), "tmp-").expect("swept");
        let entries = std::fs::read_dir(root.path()).expect("readable");
        assert!(aside.exists() && running.path().exists());
        assert_eq!(entries.count(), 3, "what stands aside, what runs, its lock");
        drop(running);
        assert_eq!(std::fs::read_dir(root.path()).expect("readable").count(), 1);
    }
}
