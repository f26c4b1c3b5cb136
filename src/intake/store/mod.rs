//! What was imported, kept between commands (`docs/formats.md`): per import five typed tables in a
//! folder named by their content, and one small manifest per action. An import is visible only once the
//! manifest that names it has been renamed into place: a crash leaves the state before or the state
//! after, never a half. Nothing is edited in place, and nothing is deleted but by `purger`.
//!
//! ```text
//! data/store/
//! ├── manifeste.json            {"format": 2}: an older program refuses instead of seeing nothing
//! ├── manifestes/<name>.json    one per action: import, annulation
//! ├── imports/<content>/        reponses, mesures, propos, unites, repondants (.parquet)
//! ├── referentiels/<sha256>.toml
//! └── format1/                  what a store of format 1 held, once converted
//! ```

pub(crate) mod columns;
mod file_sums;
mod format1;
mod import_tables;
mod import_writer;
mod kept_referentiels;
mod live;
mod long_columns;
mod long_table;
mod manifest;
mod migration;
mod personal_data;
mod purge;
mod purge_manifest;
mod purge_measures;
mod purge_sweep;
mod purge_units;
mod purge_writer;
mod respondent_keys;
mod store_state;
#[cfg(test)]
mod store_tests;
mod table_reader;
mod table_writer;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use polars::prelude::{DataFrame, SortMultipleOptions};

use self::kept_referentiels::KeptReferentiels;
use self::manifest::{ActionManifest, ImportManifest, StoreAction};
use crate::base::error::Result;
use crate::base::files::Lock;
use crate::base::table::TableColumn;
use crate::intake::observations::{
    ElementCodes, ObservationColumn, Observations, TypedRecord, UnitKey,
};
use crate::vocabulary::config::Observatory;
use crate::vocabulary::referentiel::Referentiel;
pub(crate) use import_tables::ImportTables;
pub(crate) use import_writer::TableWriters;
pub(crate) use live::{LiveImport, StoredUnit};
pub(crate) use manifest::ImportedFile;
pub(crate) use personal_data::PersonalData;
pub(crate) use purge::{PurgeOrder, PurgedImport};
pub(crate) use purge_manifest::PurgeRecord;
pub(crate) use purge_measures::{MeasureRow, PostWindow};
pub(crate) use purge_sweep::{RefusedRemoval, Swept};
pub(crate) use purge_units::{NeutralNames, UnitFate};
pub(crate) use store_state::StoreState;
pub(crate) use table_reader::TableReader;

/// The store of an observatory folder.
#[derive(Debug)]
pub struct Store {
    dir: PathBuf,
    referentiels: KeptReferentiels,
    converted: Option<String>,
}

/// A file about to enter, with its typed records.
pub(crate) struct Incoming<'a> {
    /// What the manifest keeps of it; rows are counted here.
    pub(crate) file: ImportedFile,
    /// Its records.
    pub(crate) records: Vec<&'a TypedRecord>,
}

/// What enters at once.
pub(crate) struct NewImport<'a> {
    /// ISO date of the run.
    pub(crate) date: &'a str,
    /// Campaign declared.
    pub(crate) campaign: &'a str,
    /// What the files were read with.
    pub(crate) referentiel: &'a Referentiel,
    /// The files.
    pub(crate) files: Vec<Incoming<'a>>,
}

/// What enters at once, its files already counted.
pub(crate) struct DirectImport<'a> {
    /// ISO date of the run.
    pub(crate) date: &'a str,
    /// Campaign declared.
    pub(crate) campaign: &'a str,
    /// What the files were read with.
    pub(crate) referentiel: &'a Referentiel,
    /// The files, in the order that `unites` counts them.
    pub(crate) files: Vec<ImportedFile>,
}

/// A unit that an earlier import held.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Replaced {
    /// The unit.
    pub(crate) unit: UnitKey,
    /// Label of the import that held it.
    pub(crate) import: String,
}

/// What became of an import.
pub(crate) struct EnteredImport {
    /// Label given, `I001`.
    pub(crate) import: String,
    /// What it replaces.
    pub(crate) replaced: Vec<Replaced>,
}

/// Which answers are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wanted<'a> {
    /// One campaign, or all.
    pub(crate) campaign: Option<&'a str>,
    /// One structure, or all.
    pub(crate) structure: Option<&'a str>,
}

impl Store {
    /// The store in a folder, which need not exist yet.
    pub fn at(dir: PathBuf) -> Self {
        Self {
            referentiels: KeptReferentiels::at(dir.join("referentiels")),
            dir,
            converted: None,
        }
    }

    /// The store of an observatory, converted from format 1 when need be.
    ///
    /// # Errors
    ///
    /// A store that cannot be read, or converted; it is then left as it was.
    pub fn open(observatory: &Observatory) -> Result<Self> {
        let mut store = Self::at(observatory.store_dir());
        for referentiel in observatory.referentiels.values() {
            store.referentiels.know(referentiel);
        }
        store.converted = migration::run(&store.dir, &store.referentiels, observatory)?;
        Ok(store)
    }

    /// What to tell when opening it has converted it from format 1.
    pub fn converted(&self) -> Option<&str> {
        self.converted.as_deref()
    }

    /// What all manifests add up to.
    ///
    /// # Errors
    ///
    /// A manifest that is missing, damaged or of another format.
    pub(crate) fn state(&self) -> Result<StoreState> {
        import_writer::check_format(&self.dir)?;
        StoreState::of(&manifest::read_all(&self.manifests_dir())?)
    }

    fn manifests_dir(&self) -> PathBuf {
        self.dir.join("manifestes")
    }

    fn imports_dir(&self) -> PathBuf {
        self.dir.join("imports")
    }

    /// The imports of a campaign that something is to be read from, the earlier first, with what is
    /// hidden of each.
    ///
    /// # Errors
    ///
    /// A table that is missing or damaged.
    pub(crate) fn live<'a>(
        &self,
        state: &'a StoreState,
        campaign: &str,
    ) -> Result<Vec<LiveImport<'a>>> {
        let dir = self.imports_dir();
        let imports = state.imports.iter();
        let mut live: Vec<LiveImport> = imports
            .filter(|i| i.is_live() && i.manifest.campaign == campaign)
            .map(|import| LiveImport::read(&dir, import))
            .collect::<Result<_>>()?;
        live::hide(&mut live);
        Ok(live)
    }

    /// Éléments by position in the référentiel of a hash, as imports name it.
    ///
    /// # Errors
    ///
    /// A référentiel that the store does not keep.
    pub(crate) fn element_codes(&self, referentiel: &str) -> Result<Arc<ElementCodes>> {
        self.referentiels.codes(referentiel)
    }

    /// Imports in place by the SHA-256 of their files: those of a campaign of which something is to be
    /// seen.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn files_in_place(&self, campaign: &str) -> Result<HashMap<String, String>> {
        let state = self.state()?;
        let mut labels = HashMap::new();
        for live in self.live(&state, campaign)? {
            for unit in live.units.iter().filter(|u| !u.hidden) {
                let file = &live.import.manifest.files[unit.file];
                if labels.get(&file.sha256) != Some(&live.import.label) {
                    labels.insert(file.sha256.clone(), live.import.label.clone());
                }
            }
        }
        Ok(labels)
    }

    /// Adds one import. Waits for another process that holds the store.
    ///
    /// # Errors
    ///
    /// A store that cannot be read, a disk that refuses.
    pub(crate) fn add(&self, new: NewImport) -> Result<EnteredImport> {
        file_sums::create_dir(&self.dir)?;
        let _lock = Lock::take(&self.dir)?;
        let state = self.state()?;
        let records: Vec<Vec<&TypedRecord>> =
            new.files.iter().map(|one| one.records.clone()).collect();
        let tables = ImportTables::of(new.campaign, &records)?;
        let replaced = self.replaced(&state, new.campaign, &records)?;
        let files = new.files.into_iter().map(|one| ImportedFile {
            rows: one.records.iter().map(|r| r.rows()).sum(),
            ..one.file
        });
        let direct = DirectImport {
            date: new.date,
            campaign: new.campaign,
            referentiel: new.referentiel,
            files: files.collect(),
        };
        let import = self.enter(state, direct, |writers| writers.push(&tables))?;
        Ok(EnteredImport { import, replaced })
    }

    /// Adds one import whose tables are written by `fill`, row group after row group: for what is too
    /// large to be held. Nothing is checked of what rows say. Returns the label.
    ///
    /// # Errors
    ///
    /// A store that cannot be read, a disk that refuses, what `fill` gives.
    pub(crate) fn add_direct(
        &self,
        new: DirectImport,
        fill: impl FnOnce(&mut TableWriters) -> Result<()>,
    ) -> Result<String> {
        file_sums::create_dir(&self.dir)?;
        let _lock = Lock::take(&self.dir)?;
        let state = self.state()?;
        self.enter(state, new, fill)
    }

    /// Tables first, the manifest last; the lock is held.
    fn enter(
        &self,
        state: StoreState,
        new: DirectImport,
        fill: impl FnOnce(&mut TableWriters) -> Result<()>,
    ) -> Result<String> {
        import_writer::mark_format(&self.dir)?;
        self.referentiels.keep(new.referentiel)?;
        let written = import_writer::write(&self.imports_dir(), fill)?;
        let label = state.next_label();
        let brought = ImportManifest {
            label: label.clone(),
            campaign: new.campaign.to_owned(),
            version: new.referentiel.version.clone(),
            referentiel: new.referentiel.hash.clone(),
            content: written.content,
            files: new.files,
            tables: written.tables,
        };
        let action = StoreAction::Import(brought);
        ActionManifest::new(new.date, state.heads, action).write(&self.manifests_dir())?;
        Ok(label)
    }

    /// Which visible units records replace.
    fn replaced(
        &self,
        state: &StoreState,
        campaign: &str,
        records: &[Vec<&TypedRecord>],
    ) -> Result<Vec<Replaced>> {
        let live = self.live(state, campaign)?;
        let owners = live::owners(&live);
        let brought = records.iter().flatten().filter(|r| r.rows() > 0);
        let units: BTreeSet<(String, &UnitKey)> =
            brought.map(|r| (r.unit.to_string(), &r.unit)).collect();
        let replaced = units.into_iter().filter_map(|(text, unit)| {
            let owner = owners.get(&text)?;
            Some(Replaced {
                unit: unit.clone(),
                import: live[*owner].import.label.clone(),
            })
        });
        Ok(replaced.collect())
    }

    /// Takes an import back, or one of its files; what it had replaced is visible again. Returns the
    /// names of the files.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] for an import or a file that is not there to take back.
    pub(crate) fn undo(&self, date: &str, label: &str, file: Option<&str>) -> Result<Vec<String>> {
        file_sums::create_dir(&self.dir)?;
        let _lock = Lock::take(&self.dir)?;
        let state = self.state()?;
        let undone = state.take_back(label, file)?;
        let action = StoreAction::Annulation(undone.taken_back);
        ActionManifest::new(date, state.heads, action).write(&self.manifests_dir())?;
        Ok(undone.names)
    }

    /// Every live answer, of one campaign or of all, checked, in a canonical order.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub fn load(&self, campaign: Option<&str>) -> Result<Observations> {
        self.long_table(Wanted {
            campaign,
            structure: None,
        })
    }

    /// The live answers asked for, as the long table of the contract, in a canonical order.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn long_table(&self, wanted: Wanted) -> Result<Observations> {
        let state = self.state()?;
        let campaigns: BTreeSet<&str> = (state.imports.iter())
            .map(|i| i.manifest.campaign.as_str())
            .filter(|c| wanted.campaign.is_none_or(|w| w == *c))
            .collect();
        let mut parts = vec![Observations::empty().frame().clone()];
        for campaign in campaigns {
            for live in self.live(&state, campaign)? {
                let codes = self.element_codes(&live.import.manifest.referentiel)?;
                let rows = long_table::long_table(&live, &codes, wanted.structure)?;
                parts.push(rows);
            }
        }
        in_order(parts)
    }

    /// What people wrote during a campaign, as rows of the long table, in its order: interviews,
    /// remarks, open answers, practices, consents.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn words(&self, campaign: &str) -> Result<Observations> {
        let state = self.state()?;
        let mut parts = vec![Observations::empty().frame().clone()];
        for live in self.live(&state, campaign)? {
            parts.push(long_table::words_table(&live)?);
        }
        in_order(parts)
    }
}

/// Rows of the long table, in its canonical order.
fn in_order(parts: Vec<DataFrame>) -> Result<Observations> {
    use ObservationColumn as C;
    let keys = [
        C::Campagne,
        C::Structure,
        C::Source,
        C::Visite,
        C::Observateur,
        C::Repondant,
        C::Element,
        C::Fichier,
        C::Feuille,
        C::Cellule,
    ];
    let order = SortMultipleOptions::default().with_maintain_order(true);
    let mut all = DataFrame::empty_with_schema(&C::schema());
    for part in parts {
        all.vstack_mut_owned(part)?;
    }
    Observations::new(&all.sort(keys.map(C::name), order)?)
}
