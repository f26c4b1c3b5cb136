//! Writing that a crash, a full disk or a kill cannot leave by half: a temporary file in the same
//! folder (a rename is atomic within one disk only), flushed, then renamed over what was there.
//!
//! On Windows a rename over a file fails while anybody holds that file open without sharing its
//! deletion: Excel does for as long as a workbook is on screen; a virus scanner, the indexer or a
//! synchronised drive do for an instant after each write. The instant is waited for; the workbook on
//! screen is told to its reader (`Error::Io` says to close it). Elsewhere a rename never waits.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::base::error::{Error, Result};

/// Begins the name of a temporary file.
const PREFIX: &str = ".observatoire-";
/// Ends it. Synchronised drives leave files of this extension alone.
const SUFFIX: &str = ".tmp";

/// Creates a folder and its parents.
pub(crate) fn create_dir(dir: &Path) -> Result<()> {
    std::fs::create_dir_all(dir).map_err(Error::io(dir, "création du dossier"))
}

/// Replaces a file's content at once. Its folder exists.
pub(crate) fn write_atomic(path: &Path, bytes: &[u8]) -> Result<()> {
    write_through(path, |file| {
        file.write_all(bytes).map_err(Error::io(path, "écriture"))
    })
}

/// Replaces a file's content at once, in a folder that need not exist yet.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    create_dir(folder_of(path))?;
    write_atomic(path, bytes)
}

/// Replaces a file at once by what `write` puts in it, in a folder that need not exist yet. When `write`
/// fails, what was there stays.
pub(crate) fn write_through(
    path: &Path,
    write: impl FnOnce(&mut File) -> Result<()>,
) -> Result<()> {
    create_dir(folder_of(path))?;
    let mut file = NewFile::beside(path)?;
    write(&mut file.handle)?;
    file.put(path)
}

/// A file in the making: nobody sees it under its name before it is put there, and it is gone if it never is.
///
/// Made by hand rather than by a crate of temporary files: those mark theirs as private to their user,
/// and on Windows as temporary, which synchronised drives never send.
#[derive(Debug)]
pub(crate) struct NewFile {
    /// Where its bytes are written.
    pub(crate) handle: File,
    place: Leftover,
}

impl NewFile {
    /// A new file in the folder of `path`, with the rights that any new file has there.
    pub(crate) fn beside(path: &Path) -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let dir = folder_of(path);
        loop {
            let rank = COUNT.fetch_add(1, Ordering::Relaxed);
            let place = dir.join(format!("{PREFIX}{}-{rank}{SUFFIX}", std::process::id()));
            match File::create_new(&place) {
                Ok(handle) => {
                    let place = Leftover { path: place };
                    return Ok(Self { handle, place });
                }
                // Left by a killed command that had the same number.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Error::io(dir, "écriture")(error)),
            }
        }
    }

    /// Flushes, closes, then renames: on Windows nobody then holds the file but who scans it.
    pub(crate) fn put(self, path: &Path) -> Result<()> {
        let Self { handle, place } = self;
        handle.sync_all().map_err(Error::io(path, "écriture"))?;
        drop(handle);
        patiently(|| std::fs::rename(&place.path, path)).map_err(Error::io(path, "écriture"))?;
        sync_dir(folder_of(path))
    }
}

/// Removed when dropped, unless it was renamed meanwhile.
#[derive(Debug)]
struct Leftover {
    path: PathBuf,
}

impl Drop for Leftover {
    fn drop(&mut self) {
        // Nothing to remove once in place; otherwise the first error is the one to tell.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// The folder that a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Makes renames in a folder last through a power cut, where the system can: Windows has no such call,
/// its renames are written through its journal.
pub(crate) fn sync_dir(dir: &Path) -> Result<()> {
    #[cfg(unix)]
    File::open(dir)
        .and_then(|d| d.sync_all())
        .map_err(Error::io(dir, "écriture"))?;
    #[cfg(not(unix))]
    let _ = dir;
    Ok(())
}

/// Whether a name is that of a temporary file of this program.
pub(super) fn is_temporary(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// Files on their way in a folder, in order: none when it cannot be listed, which whoever reads it says.
pub(crate) fn temporaries(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let own = entries.filter(|entry| is_temporary(&entry.file_name().to_string_lossy()));
    let mut paths: Vec<PathBuf> = own.map(|entry| entry.path()).collect();
    paths.sort_unstable();
    paths
}

/// Removes what killed commands left in a folder. Call it under the folder's lock alone: a temporary
/// file there may be the one that another command is writing.
pub(crate) fn remove_temporaries(dir: &Path) -> Result<()> {
    remove_older(dir, Duration::ZERO)
}

/// Removes those of them that nobody has written to for some minutes: in a folder without a lock, another
/// command may be about to rename the others.
pub(crate) fn remove_old_temporaries(dir: &Path) -> Result<()> {
    remove_older(dir, ABANDONED)
}

/// Longer than any command takes to write one file.
const ABANDONED: Duration = Duration::from_mins(10);

fn remove_older(dir: &Path, than: Duration) -> Result<()> {
    for entry in std::fs::read_dir(dir).map_err(Error::io(dir, "lecture"))? {
        let entry = entry.map_err(Error::io(dir, "lecture"))?;
        let is_old = || {
            let written = entry.metadata().and_then(|about| about.modified());
            let age = written.ok().and_then(|at| at.elapsed().ok());
            than.is_zero() || age.is_some_and(|age| age >= than)
        };
        if is_temporary(&entry.file_name().to_string_lossy()) && is_old() {
            let path = entry.path();
            std::fs::remove_file(&path).map_err(Error::io(&path, "suppression"))?;
        }
    }
    Ok(())
}

/// What Windows answers while somebody else holds a file: access denied, sharing violation, lock
/// violation. Elsewhere nothing of the kind passes by waiting.
const HELD: &[i32] = if cfg!(windows) { &[5, 32, 33] } else { &[] };
/// How long another's hold is waited for: a scan takes less, and longer is a workbook on screen.
const PATIENCE: Duration = Duration::from_secs(2);

/// Renames, again if need be while what holds the file lets go of it.
pub(crate) fn patiently(mut rename: impl FnMut() -> std::io::Result<()>) -> std::io::Result<()> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(10);
    loop {
        match rename() {
            Err(error) if is_held(&error) && start.elapsed() < PATIENCE => {
                std::thread::sleep(pause);
                pause *= 2;
            }
            settled => return settled,
        }
    }
}

fn is_held(error: &std::io::Error) -> bool {
    error
        .raw_os_error()
        .is_some_and(|code| HELD.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_stays_as_it_was() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a").join("plan.xlsx");
        write_file(&path, b"un").expect("written");
        write_atomic(&path, b"deux").expect("replaced");
        let refused = write_through(&path, |file| {
            file.write_all(b"tro")
                .map_err(Error::io(&path, "écriture"))?;
            Err(Error::Render("arrêt".to_owned()))
        });
        assert!(refused.is_err());
        assert_eq!(std::fs::read(&path).expect("readable"), b"deux");
        let left = std::fs::read_dir(folder_of(&path)).expect("readable");
        assert_eq!(left.count(), 1, "nothing lies about");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_opens_for_whoever_a_plain_one_opens_for() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().expect("a folder");
        let rights = |name: &str| {
            let about = std::fs::metadata(dir.path().join(name)).expect("a file");
            about.permissions().mode()
        };
        std::fs::write(dir.path().join("plain"), "").expect("written");
        write_atomic(&dir.path().join("ours"), b"").expect("written");
        assert_eq!(rights("ours"), rights("plain"));
    }

    #[test]
    fn leftovers_are_ours_alone() {
        let dir = tempfile::tempdir().expect("a folder");
        for name in [
            ".observatoire-x1.tmp",
            "notes.tmp",
            ".observatoire-notes.txt",
        ] {
            std::fs::write(dir.path().join(name), "").expect("written");
        }
        remove_old_temporaries(dir.path()).expect("swept");
        assert!(
            dir.path().join(".observatoire-x1.tmp").exists(),
            "just written"
        );
        remove_temporaries(dir.path()).expect("swept");
        assert!(!dir.path().join(".observatoire-x1.tmp").exists());
        assert!(dir.path().join("notes.tmp").exists());
        assert!(dir.path().join(".observatoire-notes.txt").exists());
    }

    #[test]
    fn a_refusal_that_does_not_pass_is_not_waited_for() {
        let mut tries = 0;
        let refused = patiently(|| {
            tries += 1;
            Err(std::io::Error::from(std::io::ErrorKind::NotFound))
        });
        assert!(refused.is_err());
        assert_eq!(tries, 1);
    }
}
