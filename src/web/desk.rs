//! What the server keeps between two requests: the key, which folder is open, which job runs. Everything else
//! is in the folder (but which messages wait for the page that says them, once): two tabs, a page reloaded, a laptop closed in the middle lose nothing.

use std::collections::VecDeque;
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
    /// What was done and no page said yet.
    pub(super) untold: Untold,
    folder: Mutex<Option<PathBuf>>,
}

/// How many messages may wait for their page: as many as tabs that one person opens.
const WAITING: usize = 64;

/// Seals of messages that no page said yet.
#[derive(Default)]
pub(super) struct Untold(Mutex<VecDeque<String>>);

impl Untold {
    /// A form leads to a page that will say it.
    pub(super) fn add(&self, seal: &str) {
        let mut seals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seals.len() == WAITING {
            seals.pop_front();
        }
        seals.push_back(seal.to_owned());
    }

    /// Whether it was still to be said; from now on it is not.
    pub(super) fn take(&self, seal: &str) -> bool {
        let mut seals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = seals.iter().position(|s| s == seal);
        place.is_some_and(|at| seals.remove(at).is_some())
    }
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
            untold: Untold::default(),
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
