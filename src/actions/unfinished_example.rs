//! The folder of the example while it is being made: one that was interrupted is begun again, and no
//! folder of anybody else's is taken for it.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::base::error::{Error, Result};
use crate::base::files::create_dir;
use crate::vocabulary::config::SETTINGS_FILE;

/// Stands in the folder from the first thing laid to the last.
const MARK: &str = ".exemple-inacheve";
/// All that the example lays, the settings first: without them the folder is no observatory.
const LAID: [&str; 4] = [SETTINGS_FILE, "data", "reports", "grids"];

/// A folder that this process makes the example in.
pub(super) struct UnfinishedExample {
    mark: PathBuf,
    /// Held locked, so that nobody begins it again meanwhile; let go by the system if we are killed.
    held: File,
}

impl UnfinishedExample {
    /// Begins in a new folder, or again in one that an interruption left.
    ///
    /// # Errors
    ///
    /// The folder holds something else, or another process makes the example there.
    pub(super) fn begin(dir: &Path) -> Result<Self> {
        let mark = dir.join(MARK);
        if !mark.exists() {
            refuse_others(dir)?;
        }
        create_dir(dir)?;
        let held = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&mark)
            .map_err(Error::io(&mark, "écriture"))?;
        match held.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::Usage(format!(
                    "Une autre commande écrit l’exemple dans {}. Attendez qu’elle finisse, ou choisissez un autre dossier.",
                    dir.display()
                )));
            }
            Err(TryLockError::Error(refused)) => {
                return Err(Error::io(&mark, "verrouillage")(refused));
            }
        }
        for name in LAID {
            remove(&dir.join(name))?;
        }
        Ok(Self { mark, held })
    }

    /// The example is whole.
    pub(super) fn whole(self) -> Result<()> {
        drop(self.held);
        std::fs::remove_file(&self.mark).map_err(Error::io(&self.mark, "suppression"))
    }
}

/// Refuses a folder that holds what the example would lay.
fn refuse_others(dir: &Path) -> Result<()> {
    let Some(there) = LAID.iter().find(|name| dir.join(name).exists()) else {
        return Ok(());
    };
    let why = if *there == SETTINGS_FILE {
        "est déjà un dossier d’observatoire".to_owned()
    } else {
        format!("contient déjà « {there} »")
    };
    Err(Error::Usage(format!(
        "{} {why}. Choisissez un autre dossier.",
        dir.display()
    )))
}

fn remove(path: &Path) -> Result<()> {
    let removed = if path.is_dir() {
        std::fs::remove_dir_all(path)
    } else if path.exists() {
        std::fs::remove_file(path)
    } else {
        Ok(())
    };
    removed.map_err(Error::io(path, "suppression"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interrupted_example_is_begun_again_and_nothing_else_is_removed() {
        let root = tempfile::tempdir().expect("a folder");
        let dir = root.path().join("demo");
        let first = UnfinishedExample::begin(&dir).expect("a new folder");
        assert!(UnfinishedExample::begin(&dir).is_err(), "being made");
        std::fs::write(dir.join(SETTINGS_FILE), "x").expect("written");
        std::fs::create_dir_all(dir.join("data/store")).expect("made");
        std::fs::write(dir.join("notes.txt"), "à moi").expect("written");
        // Killed: the mark stays, the lock goes.
        drop(first.held);
        let again = UnfinishedExample::begin(&dir).expect("begun again");
        assert!(!dir.join(SETTINGS_FILE).exists() && !dir.join("data").exists());
        assert!(dir.join("notes.txt").exists());
        std::fs::create_dir_all(dir.join("data")).expect("made");
        again.whole().expect("whole");
        let refused = UnfinishedExample::begin(&dir)
            .map(|_| ())
            .expect_err("not ours");
        assert_eq!(refused.exit_code(), 2);
        assert!(dir.join("data").exists());
    }
}
