//! A launch of the page: its port, its key, its life; what the server does for the pages.

use std::path::{Path, PathBuf};

use super::instances::RunningPage;
use super::launch_key::LaunchKey;
use super::page_life::PageLife;
use crate::base::error::Result;
use crate::pages::desk::PageHost;

/// A launch of the page.
pub(super) struct Launch {
    pub(super) port: u16,
    pub(super) key: LaunchKey,
    pub(super) life: PageLife,
    /// Private files of the pages that run.
    pub(super) instances: PathBuf,
}

impl PageHost for Launch {
    fn seal(&self, text: &str) -> String {
        self.key.seal(text)
    }

    fn sealed(&self, text: &str, seal: &str) -> bool {
        self.key.sealed(text, seal)
    }

    fn announce(&self, folder: Option<&Path>) -> Result<()> {
        RunningPage::ours(self.port, &self.key, folder.map(Path::to_path_buf))
            .announce(&self.instances)
    }

    fn close(&self) {
        self.life.close();
    }
}
