//! What imports still hold of persons, counted, never shown.

use std::collections::{BTreeSet, HashMap};

use super::import_tables::CONSENSUS;
use super::live::{ANSWERS, LiveImport, RESPONDENTS, WORDS};
use super::store_state::Import;
use super::{PurgeRecord, Store};
use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::parallel::in_parallel;
use crate::vocabulary::referentiel::SourceCode;

/// What an import still holds of persons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonalData {
    /// Its label.
    pub(crate) import: String,
    /// Its campaign.
    pub(crate) campaign: String,
    /// Day of the run.
    pub(crate) date: Day,
    /// Whether all its files were taken back: of no use to any figure, and still there.
    pub(crate) cancelled: bool,
    /// Sources of which answers are kept as they were given.
    pub(crate) sources: BTreeSet<SourceCode>,
    /// Answers, one by one.
    pub(crate) answers: usize,
    /// Comments, open answers, notes.
    pub(crate) words: usize,
    /// Respondents, behind a keyed hash.
    pub(crate) respondents: usize,
    /// Codes of observers.
    pub(crate) observers: usize,
    /// Names of files.
    pub(crate) files: usize,
    /// Filled cells of its files, all of them accounted for; none when it kept no such account.
    pub(crate) cells: Option<u64>,
    /// Day of its last purge.
    pub(crate) purged: Option<Day>,
}

/// What must not come back.
pub(crate) struct PurgedBefore {
    /// SHA-256 of files whose answers were purged → day: those of the campaign, and those of
    /// others that were not taken back there.
    pub(crate) files: HashMap<String, Day>,
    /// Sources whose answers were purged for the campaign.
    pub(crate) sources: Vec<PurgeRecord>,
}

impl PersonalData {
    /// Whether anything is left to purge.
    pub(crate) fn is_left(&self) -> bool {
        !self.sources.is_empty()
    }
}

impl Store {
    /// What each import still holds of persons, the earlier first.
    ///
    /// # Errors
    ///
    /// A table that is missing or damaged.
    pub(crate) fn personal_data(&self) -> Result<Vec<PersonalData>> {
        let state = self.state()?;
        let imports: Vec<&Import> = state.imports.iter().collect();
        in_parallel(&imports, |import| self.personal_data_of(import))
    }

    fn personal_data_of(&self, import: &Import) -> Result<PersonalData> {
        let purged = import.purged.as_ref();
        let mut held = PersonalData {
            import: import.label.clone(),
            campaign: import.manifest.campaign.clone(),
            date: import.date,
            cancelled: !import.is_live(),
            sources: BTreeSet::new(),
            answers: 0,
            words: 0,
            respondents: 0,
            observers: 0,
            files: match purged {
                Some(_) => 0,
                None => import.manifest.files.len(),
            },
            cells: import.manifest.cells(),
            purged: purged.map(|p| p.date),
        };
        // A purge leaves no table of a cancelled import; those of one that was lost are no more.
        if import.manifest.tables.is_empty() {
            return Ok(held);
        }
        let live = LiveImport::read(&self.folders(), &self.units, import)?;
        let is_left = |s: SourceCode| purged.is_none_or(|p| !p.sources.contains(&s));
        let left = live.units.iter().filter(|u| is_left(u.source));
        let mut observers: BTreeSet<&str> = BTreeSet::new();
        for unit in left {
            held.sources.insert(unit.source);
            if !unit.observer.is_empty() && unit.observer != CONSENSUS {
                observers.insert(&unit.observer);
            }
        }
        held.observers = observers.len();
        // The manifest says how many rows each table has: none of them is opened to count them.
        held.answers = import.manifest.rows(ANSWERS);
        held.words = import.manifest.rows(WORDS);
        held.respondents = import.manifest.rows(RESPONDENTS);
        Ok(held)
    }

    /// What must not come back into a campaign.
    ///
    /// # Errors
    ///
    /// A table that is missing or damaged.
    pub(crate) fn purged_before(&self, campaign: &str) -> Result<PurgedBefore> {
        let state = self.state()?;
        let mut files = HashMap::new();
        for import in &state.imports {
            let Some(purged) = &import.purged else {
                continue;
            };
            let kept = self.files_left(import)?;
            for (position, file) in import.manifest.files.iter().enumerate() {
                let elsewhere = import.manifest.campaign != campaign && import.taken_back[position];
                if !elsewhere && !kept.contains(&position) {
                    files.insert(file.sha256.clone(), purged.date);
                }
            }
        }
        Ok(PurgedBefore {
            files,
            sources: state.purges_of(campaign),
        })
    }

    /// Positions of the files of an import of which answers are left.
    fn files_left(&self, import: &Import) -> Result<BTreeSet<usize>> {
        let purged = import.purged.as_ref();
        if import.manifest.tables.is_empty() {
            return Ok(BTreeSet::new());
        }
        let live = LiveImport::read(&self.folders(), &self.units, import)?;
        let is_left = |s: SourceCode| purged.is_none_or(|p| !p.sources.contains(&s));
        let left = live.units.iter().filter(|u| is_left(u.source));
        Ok(left.map(|u| u.file).collect())
    }

    /// Answers of a campaign that are no more, by source.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn purges(&self, campaign: &str) -> Result<Vec<PurgeRecord>> {
        Ok(self.state()?.purges_of(campaign))
    }
}
