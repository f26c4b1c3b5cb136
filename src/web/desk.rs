//! What the server keeps between two requests: the key, which folder is open, which job runs. Everything else
//! is in the folder: two tabs, a page reloaded, a laptop closed in the middle lose nothing.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::instances::RunningPage;
use super::job::JobDesk;
use super::launch_key::LaunchKey;
use super::page_life::PageLife;
use super::user_folder::UserFolder;
use crate::base::error::Result;
use crate::base::text::hex;

/// What the server keeps.
pub(super) struct Desk {
    pub(super) port: u16,
    pub(super) key: LaunchKey,
    pub(super) life: PageLife,
    pub(super) jobs: JobDesk,
    pub(super) user: UserFolder,
    /// Whether files and folders may be opened by the programs of this session.
    pub(super) opens_files: bool,
    /// Private files of the pages that run.
    pub(super) instances: PathBuf,
    folder: Mutex<Option<PathBuf>>,
}

impl Desk {
    pub(super) fn new(
        port: u16,
        key: LaunchKey,
        user: UserFolder,
        opens_files: bool,
    ) -> Result<Self> {
        Ok(Self {
            port,
            key,
            life: PageLife::new(),
            jobs: JobDesk::default(),
            instances: user.inner("ouverts")?,
            user,
            opens_files,
            folder: Mutex::new(None),
        })
    }

    /// The observatory that is open.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        self.folder
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Opens another one.
    ///
    /// # Errors
    ///
    /// The user's own folder cannot be written.
    pub(super) fn choose(&self, dir: &Path) -> Result<()> {
        *self.folder.lock().unwrap_or_else(PoisonError::into_inner) = Some(dir.to_owned());
        self.user.remember(dir)?;
        self.announce()
    }

    /// Tells a second start where this one is.
    ///
    /// # Errors
    ///
    /// The user's own folder cannot be written.
    pub(super) fn announce(&self) -> Result<()> {
        RunningPage::ours(self.port, &self.key, self.folder()).announce(&self.instances)
    }

    /// What forms carry, so that a tab opened on one folder never writes into another.
    pub(super) fn mark_of(&self, dir: &Path) -> String {
        self.key.seal(&format!(
            "dossier:{}",
            hex(dir.as_os_str().as_encoded_bytes())
        ))
    }
}
