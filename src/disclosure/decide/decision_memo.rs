//! Decisions already made of one campaign: several audiences are decided after the same other readers, and
//! read what the same people wrote.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::decisions::Decisions;
use super::site_table::SiteTables;
use crate::privacy::QuoteScreen;
use crate::vocabulary::Audience;
use crate::vocabulary::config::Structure;

/// Of which campaign, and for which reader.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DecisionKey {
    /// Codes of the structures decided on together.
    pub(crate) structures: Vec<String>,
    /// Whether it is the campaign before, as it was delivered by itself.
    pub(crate) is_before: bool,
    /// The reader, after those who are decided first.
    pub(crate) readers: Vec<Audience>,
}

/// What was decided of the figures of one campaign and of the one before it, under the thresholds of its
/// settings. Never kept longer than they.
#[derive(Default)]
pub struct DecisionMemo {
    known: Mutex<BTreeMap<DecisionKey, Arc<Decisions>>>,
    tables: Mutex<BTreeMap<DecisionKey, SiteTables>>,
    screen: OnceLock<QuoteScreen>,
}

impl DecisionMemo {
    /// What was decided, or is now.
    pub(crate) fn get_or(
        &self,
        key: DecisionKey,
        decide: impl FnOnce() -> Decisions,
    ) -> Arc<Decisions> {
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(&key).cloned();
        known.unwrap_or_else(|| {
            let decided = Arc::new(decide());
            lock().insert(key, Arc::clone(&decided));
            decided
        })
    }

    /// Lets go what was decided, and the tables that it was decided on; the screen stays.
    pub(crate) fn forget(&self) {
        let known = self.known.lock();
        known.unwrap_or_else(PoisonError::into_inner).clear();
        let tables = self.tables.lock();
        tables.unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Tables of the structures of a campaign, whoever reads them.
    pub(crate) fn tables(&self, structures: &[&Structure], is_before: bool) -> SiteTables {
        let key = DecisionKey {
            structures: structures.iter().map(|s| s.code.clone()).collect(),
            is_before,
            readers: Vec::new(),
        };
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        let own = tables.entry(key);
        let own = own.or_insert_with(|| structures.iter().map(|_| OnceLock::new()).collect());
        Arc::clone(own)
    }

    /// The screen of what people wrote, made once.
    pub(crate) fn screen_or(&self, make: impl FnOnce() -> QuoteScreen) -> &QuoteScreen {
        self.screen.get_or_init(make)
    }
}

impl std::fmt::Debug for DecisionMemo {
    /// Says nothing of what was decided: it is made of hidden figures.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DecisionMemo").finish_non_exhaustive()
    }
}
