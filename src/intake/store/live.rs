//! What of each import is to be seen: the units that no later import replaced and that nobody took
//! back. Whoever reads answers starts here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::columns::{AnswerColumn, MeasureColumn, RespondentColumn, UnitColumn, WordColumn};
use super::import_tables::CONSENSUS;
use super::known_units::KnownUnits;
use super::store_state::Import;
use super::stored_unit::StoredUnit;
use super::table_reader::{RowRange, TableReader};
use super::table_writer::TableSum;
use crate::base::diagnostics::{Code, Diagnostic, Location, Notices};
use crate::base::error::{Error, Result};
use crate::base::files::{Damage, check_file};
use crate::base::table::TableColumn;

/// An import of which something may be seen, and its units by position.
#[derive(Debug)]
pub(crate) struct LiveImport<'a> {
    /// The import.
    pub(crate) import: &'a Import,
    /// Its units, the hidden ones included.
    pub(crate) units: Vec<StoredUnit>,
    dir: PathBuf,
    notices: Arc<Notices>,
}

/// Aggregates that took the place of answers.
pub(crate) struct KeptAggregates<'a> {
    /// Their folder.
    pub(crate) dir: PathBuf,
    /// Hash of the référentiel that they were folded with.
    pub(crate) referentiel: &'a str,
    /// What each table comes to, by its name.
    pub(crate) tables: BTreeMap<&'a str, &'a TableSum>,
}

/// File of a table in the folder of an import.
pub(super) fn table_path(dir: &Path, table: &str) -> PathBuf {
    dir.join(format!("{table}.parquet"))
}

/// Folder of aggregates that took the place of answers, by the rank of the purge.
pub(super) fn kept_folder(dir: &Path, rank: usize) -> PathBuf {
    dir.join(format!("gardes-{}", rank + 1))
}

/// Name of one of their tables in a manifest.
pub(super) fn kept_table(rank: usize, table: &str) -> String {
    format!("gardes-{}/{table}", rank + 1)
}

/// Names of the tables of an import, without extension.
pub(super) const ANSWERS: &str = "reponses";
/// See [`ANSWERS`].
pub(super) const MEASURES: &str = "mesures";
/// See [`ANSWERS`].
pub(super) const WORDS: &str = "propos";
/// See [`ANSWERS`].
pub(super) const UNITS: &str = "unites";
/// See [`ANSWERS`].
pub(super) const RESPONDENTS: &str = "repondants";

/// The folders of imports, and where to tell what is odd in them.
pub(super) struct ImportFolders {
    pub(super) dir: PathBuf,
    pub(super) notices: Arc<Notices>,
}

impl ImportFolders {
    /// One table of an import, its bytes checked. Where a synchroniser renamed it, the only file that
    /// holds the bytes written is read in its place, and told.
    fn table<C: TableColumn>(&self, import: &Import, table: &str) -> Result<TableReader<C>> {
        let dir = self.dir.join(&import.manifest.content);
        let path = table_path(&dir, table);
        let remedy = import.remedy();
        let Some(sum) = import.manifest.tables.get(table) else {
            return Err(Error::Store(format!(
                "{} : {}. {remedy}",
                path.display(),
                Damage::Missing
            )));
        };
        let opened = TableReader::open(&path, sum, &remedy);
        if opened.is_ok() {
            return opened;
        }
        let Some(twin) = self.twin(import, sum) else {
            return opened;
        };
        let at = Location::file(&twin.display().to_string());
        let message = format!("tient la place de {}.", path.display());
        self.notices
            .tell(Diagnostic::new(Code::StoreRenamed, at, message));
        TableReader::open(&twin, sum, &remedy)
    }

    /// Another file that holds the bytes of a table: beside it, or in a folder that was renamed.
    fn twin(&self, import: &Import, sum: &TableSum) -> Option<PathBuf> {
        let folders = std::fs::read_dir(&self.dir).ok()?.flatten();
        let named = folders.filter(|entry| {
            let name = entry.file_name();
            name.to_string_lossy().contains(&import.manifest.content)
        });
        let files = named.filter_map(|folder| std::fs::read_dir(folder.path()).ok());
        let mut tables = files
            .flat_map(|entries| entries.flatten().map(|e| e.path()))
            .filter(|path| path.extension().is_some_and(|e| e == "parquet"));
        tables.find(|path| check_file(path, &sum.sha256).is_ok())
    }
}

impl<'a> LiveImport<'a> {
    /// Reads the units of an import, unless this run did.
    ///
    /// # Errors
    ///
    /// A table that is missing or damaged.
    pub(super) fn read(
        folders: &ImportFolders,
        known: &KnownUnits,
        import: &'a Import,
    ) -> Result<Self> {
        Ok(Self {
            import,
            units: known.of(import, import.manifest.tables.get(UNITS), || {
                units(folders, import)
            })?,
            dir: folders.dir.clone(),
            notices: folders.notices.clone(),
        })
    }

    /// The folder of its tables, where what is folded from them stands beside.
    pub(crate) fn dir(&self) -> PathBuf {
        self.dir.join(&self.import.manifest.content)
    }

    /// Tells whoever asked for figures.
    pub(crate) fn tell(&self, diagnostic: Diagnostic) {
        self.notices.tell(diagnostic);
    }

    /// What its answers come to, by which what is folded from them knows them; empty when they were
    /// lost before the store had this format.
    pub(crate) fn answers_sum(&self) -> &str {
        let sum = self.import.manifest.tables.get(ANSWERS);
        sum.map_or("", |sum| sum.sha256.as_str())
    }

    /// Aggregates that took the place of answers.
    pub(crate) fn kept(&self) -> Vec<KeptAggregates<'_>> {
        let purged = self.import.purged.iter();
        let hashes = purged.flat_map(|p| p.kept.iter());
        let kept = hashes.enumerate().map(|(rank, referentiel)| {
            let start = kept_table(rank, "");
            let tables = self.import.manifest.tables.iter();
            KeptAggregates {
                dir: kept_folder(&self.dir(), rank),
                referentiel,
                tables: tables
                    .filter_map(|(name, sum)| Some((name.strip_prefix(&start)?, sum)))
                    .collect(),
            }
        });
        kept.collect()
    }

    fn table<C: TableColumn>(&self, name: &str) -> Result<TableReader<C>> {
        let folders = ImportFolders {
            dir: self.dir.clone(),
            notices: self.notices.clone(),
        };
        folders.table(self.import, name)
    }

    /// Its answers.
    ///
    /// # Errors
    ///
    /// A table that is missing or damaged.
    pub(crate) fn answers(&self) -> Result<TableReader<AnswerColumn>> {
        self.table(ANSWERS)
    }

    /// Its measures.
    ///
    /// # Errors
    ///
    /// A table that is missing or damaged.
    pub(crate) fn measures(&self) -> Result<TableReader<MeasureColumn>> {
        self.table(MEASURES)
    }

    /// Its words.
    ///
    /// # Errors
    ///
    /// A table that is missing or damaged.
    pub(crate) fn words(&self) -> Result<TableReader<WordColumn>> {
        self.table(WORDS)
    }

    /// Its respondents.
    ///
    /// # Errors
    ///
    /// A table that is missing or damaged.
    pub(crate) fn respondents(&self) -> Result<TableReader<RespondentColumn>> {
        self.table(RESPONDENTS)
    }
}

fn units(folders: &ImportFolders, import: &Import) -> Result<Vec<StoredUnit>> {
    use UnitColumn as C;
    let columns = [
        C::Structure,
        C::Source,
        C::Visite,
        C::Observateur,
        C::Cle,
        C::Consensus,
        C::Fichier,
        C::Reponses,
    ];
    let frame = folders.table(import, UNITS)?.whole(&columns)?;
    let text = |c: C| frame.column(c.name())?.str();
    let (structures, sources) = (text(C::Structure)?, text(C::Source)?);
    let (visits, observers, keys) = (text(C::Visite)?, text(C::Observateur)?, text(C::Cle)?);
    let consensus = frame.column(C::Consensus.name())?.bool()?;
    let files = frame.column(C::Fichier.name())?.u32()?;
    let answers = frame.column(C::Reponses.name())?.u32()?;
    let mut units: Vec<StoredUnit> = Vec::with_capacity(frame.height());
    let mut start = 0;
    for row in 0..frame.height() {
        let owned = |values: &polars::prelude::StringChunked| {
            values.get(row).unwrap_or_default().to_owned()
        };
        let structure = structures.get(row).unwrap_or_default();
        let shared = units.last().map(|u| &u.structure);
        let structure = match shared.filter(|s| ***s == *structure) {
            Some(same) => same.clone(),
            None => Arc::from(structure),
        };
        let file = files.get(row).unwrap_or(u32::MAX) as usize;
        let source = sources.get(row).and_then(|s| s.parse().ok());
        let (Some(source), true) = (source, file < import.taken_back.len()) else {
            return Err(Error::Store(format!(
                "{} : les unités de l’import {} ne correspondent pas à son manifeste. {}",
                folders.dir.join(&import.manifest.content).display(),
                import.label,
                import.remedy()
            )));
        };
        let rows = answers.get(row).unwrap_or(0) as usize;
        units.push(StoredUnit {
            structure,
            source,
            visit: owned(visits),
            observer: match consensus.get(row) {
                Some(true) => CONSENSUS.to_owned(),
                _ => owned(observers),
            },
            file,
            key: owned(keys),
            answers: RowRange { start, rows },
            hidden: false,
            contested: false,
        });
        start += rows;
    }
    Ok(units)
}
