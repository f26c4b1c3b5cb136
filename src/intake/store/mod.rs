//! What was imported, kept between commands (`docs/formats.md`): per import five typed tables in a
//! folder named by their content, and one small manifest per action. An import is visible only once the
//! manifest that names it has been renamed into place: a crash leaves the state before or the state
//! after, never a half. Nothing is edited in place, and nothing is deleted but by `purger`.
//!
//! What is read is checked while it is read (`base::files`): a manifest and a référentiel by their
//! name, a table by its manifest, the key by the sum that it bears.
//!
//! ```text
//! data/reperes/<poste>.json    what each machine has seen
//! data/store/
//! ├── manifeste.json            {"format": 2}: an older program refuses instead of seeing nothing
//! ├── manifestes/<name>.json    one per action: import, annulation, purge
//! ├── imports/<content>/        reponses, mesures, propos, unites, repondants (.parquet); gardes-1/… once purged
//! ├── referentiels/<sha256>.toml
//! └── format1/                  what a store of format 1 held, once converted
//! ```
//!
//! | question | file |
//! |---|---|
//! | columns of the tables, as they are typed | `columns` |
//! | records → the five tables, sorted | `import_tables` |
//! | an import put in its folder; the store’s format refused | `import_writer` |
//! | one table written, by groups of rows | `table_writer` |
//! | one table read, its bytes checked | `table_reader` |
//! | manifests: import, annulation, purge; their fields | `manifest` |
//! | – what a purge puts in the place of imports | `purge_manifest` |
//! | what all manifests add up to, in which order; « I002 » | `store_state` |
//! | which units are to be seen: replaced, taken back | `live` |
//! | – a unit: where it is, what it is called | `stored_unit` |
//! | – those already read by this run | `known_units` |
//! | – which import holds a unit; two machines that contradict each other | `ownership` |
//! | answers read back, of a campaign or all | `stored_answers` |
//! | the long table of the contract, from the tables | `long_table` |
//! | – its columns while rebuilt | `long_columns` |
//! | référentiels that imports were read with | `kept_referentiels` |
//! | a respondents’ key: when one is made, when a purge destroys or keeps it | `respondent_keys` |
//! | – its file and sum | `respondent_key_file` |
//! | format 1: what it held | `format1` |
//! | format 1: how it is converted | `migration` |
//! | a store restored from an older copy, a manifest lost | `machine_marks` |
//! | `verifier --profond`: every byte, every culprit | `deep_check` |
//! | what is still held of persons; what a purge must not let back | `personal_data` |
//! | a purge: what each import becomes, in three steps | `purge` |
//! | – what is left of activity data (« < 5 ») | `purge_measures` |
//! | – of units: observers numbered, visits ranked | `purge_units` |
//! | – the folder of what is left | `purge_writer` |
//! | – the purges of a folder, read alone | `purge_traces` |
//! | – what a purge replaced is removed from the disk, and what killed commands left on its way | `purge_sweep` |

pub(crate) mod columns;
mod deep_check;
mod format1;
mod import_tables;
mod import_writer;
mod kept_referentiels;
mod known_units;
mod live;
mod long_columns;
mod long_table;
mod machine_marks;
mod manifest;
mod migration;
mod ownership;
mod personal_data;
mod purge;
mod purge_manifest;
mod purge_measures;
mod purge_sweep;
mod purge_traces;
mod purge_units;
mod purge_writer;
mod respondent_key_file;
mod respondent_keys;
mod store_state;
#[cfg(test)]
mod store_tests;
mod stored_answers;
mod stored_unit;
#[cfg(test)]
mod sync_tests;
mod table_reader;
mod table_writer;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use self::kept_referentiels::KeptReferentiels;
use self::known_units::KnownUnits;
use self::live::ImportFolders;
use self::machine_marks::MachineMarks;
use self::manifest::{
    ActionManifest, ImportManifest, KnownManifests, ReadManifests, StoreAction, TakenBack,
};
use self::purge_manifest::with_stand_ins;
use self::store_state::Import;
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic, Location, Notices};
use crate::base::error::Result;
use crate::base::files::{Lock, create_dir, steadily};
use crate::base::machine::machine_name;
use crate::base::parallel::in_parallel;
use crate::intake::observations::{ElementCodes, TypedRecord, UnitKey};
use crate::vocabulary::config::Observatory;
use crate::vocabulary::referentiel::Referentiel;
pub(crate) use deep_check::DeepCheck;
pub(crate) use import_tables::ImportTables;
pub(crate) use import_writer::TableWriters;
pub(crate) use live::{KeptAggregates, LiveImport};
pub(crate) use manifest::ImportedFile;
pub(crate) use personal_data::{PersonalData, PurgedBefore};
pub(crate) use purge::{PurgeOrder, PurgedImport};
pub(crate) use purge_manifest::PurgeRecord;
pub(crate) use purge_measures::{ActivityKeeping, MeasureRow, PostWindow};
pub(crate) use purge_sweep::{RefusedRemoval, Swept};
pub(crate) use purge_traces::{PurgeTrace, purge_traces};
pub(crate) use purge_units::{NeutralNames, UnitFate};
pub(crate) use store_state::StoreState;
pub(crate) use stored_answers::Wanted;
pub(crate) use stored_unit::StoredUnit;
pub(crate) use table_reader::TableReader;
pub(crate) use table_writer::{TableSum, TableWriter};

/// Folder of what machines have seen, beside the store.
const MARKS: &str = "reperes";

/// The store of an observatory folder.
#[derive(Debug)]
pub struct Store {
    dir: PathBuf,
    referentiels: KeptReferentiels,
    converted: Option<String>,
    machine: String,
    known: KnownManifests,
    units: KnownUnits,
    notices: Arc<Notices>,
    /// What came after this day is not there; all is without one.
    until: Option<Day>,
}

/// Everything that says what the store holds, read at one time.
struct StoredState {
    manifests: ReadManifests,
    marks: MachineMarks,
    state: StoreState,
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
    /// Day of the run.
    pub(crate) date: Day,
    /// Campaign declared.
    pub(crate) campaign: &'a str,
    /// What the files were read with.
    pub(crate) referentiel: &'a Referentiel,
    /// The files.
    pub(crate) files: Vec<Incoming<'a>>,
    /// SHA-256 of files that they take the place of, whatever their units.
    pub(crate) replaces: &'a [String],
}

/// What enters at once, its files already counted.
pub(crate) struct DirectImport<'a> {
    /// Day of the run.
    pub(crate) date: Day,
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

/// What was taken back.
#[derive(Debug)]
pub(crate) struct TakenBackFiles {
    /// Label of the import.
    pub(crate) import: String,
    /// Names of the files.
    pub(crate) names: Vec<String>,
}

impl Store {
    /// The store in a folder, which need not exist yet.
    pub fn at(dir: PathBuf) -> Self {
        Self {
            referentiels: KeptReferentiels::at(dir.join("referentiels")),
            dir,
            converted: None,
            machine: machine_name(),
            known: KnownManifests::default(),
            units: KnownUnits::default(),
            notices: Arc::default(),
            until: None,
        }
    }

    /// The same as it was known on a day: read, never written. What is noticed is told with the rest.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub(crate) fn known_on(&self, observatory: &Observatory, day: Day) -> Result<Self> {
        Ok(Self {
            notices: self.notices.clone(),
            until: Some(day),
            ..Self::open(observatory)?
        })
    }

    /// The same, used on a machine of this name.
    #[cfg(test)]
    fn on(self, machine: &str) -> Self {
        Self {
            machine: machine.to_owned(),
            ..self
        }
    }

    /// What was noticed while reading: files that a synchroniser renamed, what was damaged and made
    /// again, units that two machines brought at once.
    pub(crate) fn notices(&self) -> Arc<Notices> {
        self.notices.clone()
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
        let StoredState {
            manifests,
            marks,
            state,
        } = steadily(|| self.read_state())?;
        marks.tell(&self.notices);
        for odd in &manifests.odd {
            self.notices.tell(odd.told());
        }
        Ok(state)
    }

    fn read_state(&self) -> Result<StoredState> {
        let manifests = self.known.read_all(&self.manifests_dir())?;
        let marks = MachineMarks::read(&self.marks_dir())?;
        marks.check(&with_stand_ins(&manifests.all))?;
        let state = StoreState::known_on(&manifests.all, self.until)?;
        Ok(StoredState {
            manifests,
            marks,
            state,
        })
    }

    /// Writes what was done, then remembers having seen it. The lock is held.
    fn act(&self, date: Day, state: &StoreState, action: StoreAction) -> Result<()> {
        let seen = state.heads.clone();
        let (number, content) = match &action {
            StoreAction::Import(brought) => (label_number(&brought.label), brought.content.clone()),
            StoreAction::Annulation(_) | StoreAction::Purge(_) => (0, String::new()),
        };
        self.remove_leftovers();
        let is_purge = matches!(action, StoreAction::Purge(_));
        let manifest = ActionManifest::new(date, seen, action).on(&self.machine);
        let name = manifest.write(&self.manifests_dir())?;
        let marks = self.marks_dir();
        let last = self.last_number(state)?.max(number);
        if !state.imports.is_empty() && MachineMarks::read(&marks)?.is_empty() {
            let message = "ce poste retient désormais ce qu’il a vu de la base.";
            let told = Diagnostic::new(Code::StoreFollowed, Location::none(), message);
            self.notices.tell(told);
        }
        // What was done is done: a mark that cannot be written is told, it does not undo it.
        let kept = machine_marks::remember(&marks, &self.machine, vec![name], last);
        if let Err(refused) = kept {
            let message = refused.to_string();
            let told = Diagnostic::new(Code::MarkDamaged, Location::none(), message);
            self.notices.tell(told);
        }
        // What a purge replaced is named by nothing until it is removed.
        if !is_purge {
            self.tell_unnamed(state, &content);
        }
        Ok(())
    }

    /// The greatest number that a label ever bore, as far as any machine knows.
    fn last_number(&self, state: &StoreState) -> Result<u32> {
        let marks = MachineMarks::read(&self.marks_dir())?;
        Ok(state.last_number().max(marks.last_number()))
    }

    fn marks_dir(&self) -> PathBuf {
        self.dir.with_file_name(MARKS)
    }

    fn manifests_dir(&self) -> PathBuf {
        self.dir.join("manifestes")
    }

    fn imports_dir(&self) -> PathBuf {
        self.dir.join("imports")
    }

    fn folders(&self) -> ImportFolders {
        ImportFolders {
            dir: self.imports_dir(),
            notices: self.notices.clone(),
        }
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
        let folders = self.folders();
        let imports = state.imports.iter();
        let imports: Vec<&'a Import> = imports
            .filter(|i| i.is_live() && i.manifest.campaign == campaign)
            .collect();
        let mut live = in_parallel(&imports, |import| {
            LiveImport::read(&folders, &self.units, import)
        })?;
        for contested in ownership::settle(&mut live, &state.ancestry) {
            self.notices.tell(contested);
        }
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
    /// seen, and that no other contradicts: importing one of these again is how a person chooses it.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn files_in_place(&self, campaign: &str) -> Result<HashMap<String, String>> {
        let state = self.state()?;
        let mut labels = HashMap::new();
        for live in self.live(&state, campaign)? {
            let contested = live.units.iter().filter(|u| u.contested);
            let contested: BTreeSet<usize> = contested.map(|u| u.file).collect();
            let shown = live.units.iter().filter(|u| !u.hidden);
            for unit in shown.filter(|u| !contested.contains(&u.file)) {
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
        create_dir(&self.dir)?;
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
        let replaces = state.in_place(new.campaign, new.replaces);
        let import = self.enter(&state, direct, replaces, |writers| writers.push(&tables))?;
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
        create_dir(&self.dir)?;
        let _lock = Lock::take(&self.dir)?;
        let state = self.state()?;
        self.enter(&state, new, Vec::new(), fill)
    }

    /// Tables first, the manifest last; the lock is held.
    fn enter(
        &self,
        state: &StoreState,
        new: DirectImport,
        replaces: Vec<TakenBack>,
        fill: impl FnOnce(&mut TableWriters) -> Result<()>,
    ) -> Result<String> {
        import_writer::mark_format(&self.dir)?;
        self.referentiels.keep(new.referentiel)?;
        let written = import_writer::write(&self.imports_dir(), fill)?;
        let label = format!("I{:03}", self.last_number(state)? + 1);
        let brought = ImportManifest {
            label: label.clone(),
            campaign: new.campaign.to_owned(),
            version: new.referentiel.version.clone(),
            referentiel: new.referentiel.hash.clone(),
            content: written.content,
            files: new.files,
            tables: written.tables,
            replaces,
        };
        self.act(new.date, state, StoreAction::Import(brought))?;
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
        let latest = ownership::latest(&live, &state.ancestry);
        let brought = records.iter().flatten().filter(|r| r.rows() > 0);
        let units: BTreeSet<(String, &UnitKey)> =
            brought.map(|r| (r.unit.to_string(), &r.unit)).collect();
        let mut replaced = Vec::new();
        for (text, unit) in units {
            for owner in latest.get(text.as_str()).into_iter().flatten() {
                replaced.push(Replaced {
                    unit: unit.clone(),
                    import: live[*owner].import.label.clone(),
                });
            }
        }
        Ok(replaced)
    }

    /// Takes an import back, or one of its files; what it had replaced is visible again.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] for an import or a file that is not there to take back.
    pub(crate) fn undo(
        &self,
        date: Day,
        label: &str,
        file: Option<&str>,
    ) -> Result<TakenBackFiles> {
        create_dir(&self.dir)?;
        let _lock = Lock::take(&self.dir)?;
        let state = self.state()?;
        let undone = state.take_back(label, file)?;
        self.act(date, &state, StoreAction::Annulation(undone.taken_back))?;
        Ok(TakenBackFiles {
            import: undone.label,
            names: undone.names,
        })
    }

    /// Campaign of an import, by its label; none when nothing bears it.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn campaign_of(&self, label: &str) -> Result<Option<String>> {
        let imports = self.state()?.imports.into_iter();
        let mut named = imports.filter(|i| i.label.eq_ignore_ascii_case(label));
        Ok(named.next().map(|i| i.manifest.campaign.clone()))
    }
}

/// Number that a label bears.
fn label_number(label: &str) -> u32 {
    let digits = label.strip_prefix('I').and_then(|d| d.parse().ok());
    digits.unwrap_or(0)
}
