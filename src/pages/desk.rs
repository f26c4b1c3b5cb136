//! What is kept between two pages: which folder is open, which job runs, which messages wait for the page that says
//! them, once. Everything else is in the folder: two tabs, a page reloaded, a laptop closed in the middle lose nothing.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::job::JobDesk;
use super::user_folder::UserFolder;
use crate::base::error::Result;
use crate::base::text::hex;

/// What the server does for its pages.
pub(crate) trait PageHost: Send + Sync {
    /// What only this launch could have said of a text.
    fn seal(&self, text: &str) -> String;

    /// Whether a seal is that of a text.
    fn sealed(&self, text: &str, seal: &str) -> bool;

    /// Tells a second start which folder is open.
    ///
    /// # Errors
    ///
    /// The user's own folder cannot be written.
    fn announce(&self, folder: Option<&Path>) -> Result<()>;

    /// A person closed the observatory.
    fn close(&self);
}

/// What is kept between two pages.
pub(crate) struct Desk {
    pub(crate) host: Arc<dyn PageHost>,
    pub(crate) jobs: JobDesk,
    pub(crate) user: UserFolder,
    /// Whether files and folders may be opened by the programs of this session.
    pub(crate) opens_files: bool,
    /// What was done and no page said yet.
    pub(crate) untold: Untold,
    folder: Mutex<Option<PathBuf>>,
}

/// How many messages may wait for their page: as many as tabs that one person opens.
const WAITING: usize = 64;

/// Seals of messages that no page said yet.
#[derive(Default)]
pub(crate) struct Untold(Mutex<VecDeque<String>>);

impl Untold {
    /// A form leads to a page that will say it.
    pub(crate) fn add(&self, seal: &str) {
        let mut seals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seals.len() == WAITING {
            seals.pop_front();
        }
        seals.push_back(seal.to_owned());
    }

    /// Whether it was still to be said; from now on it is not.
    pub(crate) fn take(&self, seal: &str) -> bool {
        let mut seals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = seals.iter().position(|s| s == seal);
        place.is_some_and(|at| seals.remove(at).is_some())
    }
}

impl Desk {
    pub(crate) fn new(host: Arc<dyn PageHost>, user: UserFolder, opens_files: bool) -> Self {
        Self {
            host,
            jobs: JobDesk::default(),
            user,
            opens_files,
            untold: Untold::default(),
            folder: Mutex::new(None),
        }
    }

    /// The observatory that is open.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
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
    pub(crate) fn choose(&self, dir: &Path) -> Result<()> {
        *self.folder.lock().unwrap_or_else(PoisonError::into_inner) = Some(dir.to_owned());
        self.user.remember(dir)?;
        self.announce()
    }

    /// Tells a second start where this one is.
    ///
    /// # Errors
    ///
    /// The user's own folder cannot be written.
    pub(crate) fn announce(&self) -> Result<()> {
        self.host.announce(self.folder().as_deref())
    }

    /// What forms carry, so that a tab opened on one folder never writes into another.
    pub(crate) fn mark_of(&self, dir: &Path) -> String {
        self.host.seal(&format!(
            "dossier:{}",
            hex(dir.as_os_str().as_encoded_bytes())
        ))
    }
}
