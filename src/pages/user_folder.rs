//! The user's own folder of the program: which observatories were opened, which pages run, files that wait.
//!
//! On Windows `%LOCALAPPDATA%\observatoire`, which the system keeps to the session and which no domain copies
//! from one machine to another; elsewhere the folder of the system's convention, closed to others.

use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};
use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::vocabulary::config::SETTINGS_FILE;

/// Where tests put it, so that they leave the person's alone.
const ELSEWHERE: &str = "OBSERVATOIRE_DOSSIER_PERSONNEL";
/// How many folders are remembered.
const REMEMBERED: usize = 8;
const RECENT: &str = "dossiers.json";

/// The user's own folder.
#[derive(Debug, Clone)]
pub(crate) struct UserFolder(PathBuf);

/// Folders opened before, the last one first.
#[derive(Debug, Default, Serialize, Deserialize)]
struct RecentFolders {
    dossiers: Vec<PathBuf>,
}

impl UserFolder {
    /// Where it is; made when it is not there.
    ///
    /// # Errors
    ///
    /// A system without a folder for users, or where it cannot be made.
    pub(crate) fn find() -> Result<Self> {
        let path = match std::env::var_os(ELSEWHERE) {
            Some(elsewhere) => PathBuf::from(elsewhere),
            None => of_system()?,
        };
        make_private(&path)?;
        Ok(Self(path))
    }

    /// A folder in it, made when it is not there.
    ///
    /// # Errors
    ///
    /// A folder that cannot be made.
    pub(crate) fn inner(&self, name: &str) -> Result<PathBuf> {
        let path = self.0.join(name);
        make_private(&path)?;
        Ok(path)
    }

    /// Observatories opened before that are still there, the last one first.
    pub(crate) fn recent(&self) -> Vec<PathBuf> {
        let read = std::fs::read(self.0.join(RECENT)).ok();
        // A file that a crash cut says nothing: a convenience is lost, no data.
        let known: RecentFolders = read
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        known
            .dossiers
            .into_iter()
            .filter(|dir| dir.join(SETTINGS_FILE).is_file())
            .collect()
    }

    /// Remembers that one was opened.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub(crate) fn remember(&self, dir: &Path) -> Result<()> {
        let mut dossiers = vec![dir.to_owned()];
        dossiers.extend(self.recent().into_iter().filter(|known| known != dir));
        dossiers.truncate(REMEMBERED);
        let text = serde_json::to_vec_pretty(&RecentFolders { dossiers }).map_err(|e| {
            Error::Store(format!(
                "Les dossiers ouverts n’ont pas pu être notés ({e})."
            ))
        })?;
        write_file(&self.0.join(RECENT), &text)
    }
}

/// The folder of the person.
pub(crate) fn home() -> PathBuf {
    etcetera::home_dir().unwrap_or_else(|_| std::env::temp_dir())
}

fn of_system() -> Result<PathBuf> {
    let strategy = choose_native_strategy().map_err(|_| {
        Error::Store("Le système ne dit pas où est votre dossier personnel : la page ne peut pas s’ouvrir. Servez-vous des commandes.".to_owned())
    })?;
    // On Windows the local half of the profile: a domain carries the other one from machine to machine.
    let dir = if cfg!(windows) {
        strategy.cache_dir()
    } else {
        strategy.data_dir()
    };
    Ok(dir.join("observatoire"))
}

/// Makes a folder that others of the machine cannot read.
fn make_private(path: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path).map_err(Error::io(path, "création"))
}
