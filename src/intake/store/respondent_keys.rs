//! The keys of opaque respondents: one per campaign, made at the first use, destroyed once no answer of
//! the campaign needs it. Older stores have one for all: it serves the campaigns that they held then.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::live::RESPONDENTS;
use super::respondent_key_file::KEY;
use super::store_state::StoreState;
use super::{Store, respondent_key_file};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::files::{Lock, create_dir};
use crate::intake::observations::RespondentKey;

impl Store {
    /// Keys that nobody's answers need any more: a campaign's own, and the one that older stores share
    /// once none of theirs needs it.
    pub(super) fn former_keys(&self, state: &StoreState) -> Vec<PathBuf> {
        let mut keys = Vec::new();
        let mut shared_needed = false;
        let campaigns: BTreeSet<&str> = (state.imports.iter())
            .map(|i| i.manifest.campaign.as_str())
            .collect();
        for campaign in campaigns {
            let own = self.own_key(campaign);
            let needed = Self::needs_key(state, campaign);
            if own.is_file() && !needed {
                keys.push(own);
            } else if !own.is_file() {
                shared_needed |= needed;
            }
        }
        let shared = self.dir.join(KEY);
        if shared.is_file() && !shared_needed {
            keys.push(shared);
        }
        keys
    }

    /// Whether answers of a campaign still name respondents by its key.
    fn needs_key(state: &StoreState, campaign: &str) -> bool {
        let imports = state.imports.iter();
        for import in imports.filter(|i| i.manifest.campaign == campaign) {
            // A cancelled import stays until its time.
            if !import.is_live() && import.purged.is_none() {
                return true;
            }
            if import.is_live() && import.manifest.rows(RESPONDENTS) > 0 {
                return true;
            }
        }
        false
    }

    fn own_key(&self, campaign: &str) -> PathBuf {
        self.dir.join(format!("{KEY}-{campaign}"))
    }

    /// Where the key of a campaign's respondents is, or will be: its own; for a campaign that an older
    /// store already holds, the one of that store.
    fn key_place(&self, campaign: &str) -> Result<PathBuf> {
        let (own, shared) = (self.own_key(campaign), self.dir.join(KEY));
        if own.is_file() || !shared.is_file() {
            return Ok(own);
        }
        let state = self.state()?;
        let held = state
            .imports
            .iter()
            .any(|i| i.manifest.campaign == campaign);
        Ok(if held { shared } else { own })
    }

    /// Whether the key of a campaign's respondents is there.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn has_key(&self, campaign: &str) -> Result<bool> {
        Ok(self.key_place(campaign)?.is_file())
    }

    /// The key of opaque respondents of a campaign, made at the first use.
    ///
    /// # Errors
    ///
    /// A key that cannot be made or read.
    pub(crate) fn respondent_key(&self, campaign: &str) -> Result<RespondentKey> {
        create_dir(&self.dir)?;
        let path = self.key_place(campaign)?;
        let lock = (!path.is_file())
            .then(|| Lock::take(&self.dir))
            .transpose()?;
        // Another process may have made it while this one waited for the lock.
        if lock.is_some() && !path.is_file() {
            if Self::needs_key(&self.state()?, campaign) {
                let at = Location::file(&path.display().to_string());
                let message = "cette clé manquait : une autre a été faite.";
                self.notices
                    .tell(Diagnostic::new(Code::KeyRenewed, at, message));
            }
            respondent_key_file::make(&path)?;
        }
        let key = respondent_key_file::read(&path)?;
        respondent_key_file::seal(&path)?;
        Ok(key)
    }

    /// Keys that answers need and that are not there: who comes back would not be known.
    pub(super) fn missing_keys(&self) -> Vec<PathBuf> {
        // A store that cannot be read is told by whoever checks it.
        let Ok(state) = self.state() else {
            return Vec::new();
        };
        let campaigns: BTreeSet<&str> = (state.imports.iter())
            .map(|i| i.manifest.campaign.as_str())
            .collect();
        let needed = campaigns
            .into_iter()
            .filter(|campaign| Self::needs_key(&state, campaign));
        let places = needed.filter_map(|campaign| self.key_place(campaign).ok());
        places.filter(|path| !path.is_file()).collect()
    }

    /// Every key of the store.
    pub(super) fn keys(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.dir).into_iter().flatten().flatten();
        let mut keys: Vec<PathBuf> = entries
            .filter(|e| e.file_name().to_string_lossy().starts_with(KEY))
            .map(|e| e.path())
            .collect();
        keys.sort_unstable();
        keys
    }
}
