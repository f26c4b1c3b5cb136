//! What of each import is to be seen: the units that no later import replaced and that nobody took
//! back. Whoever reads answers starts here.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::columns::{AnswerColumn, MeasureColumn, RespondentColumn, UnitColumn, WordColumn};
use super::import_tables::CONSENSUS;
use super::store_state::Import;
use super::table_reader::{RowRange, TableReader};
use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;
use crate::vocabulary::referentiel::SourceCode;

/// A unit of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredUnit {
    /// Structure code.
    pub(crate) structure: Arc<str>,
    /// Who speaks.
    pub(crate) source: SourceCode,
    /// Visit as written (grids), empty for the rest.
    pub(crate) visit: String,
    /// Observer's code, or `consensus`; empty for all but OBS.
    pub(crate) observer: String,
    /// Position of its file in the import.
    pub(crate) file: usize,
    /// What a later import compares.
    pub(crate) key: String,
    /// Its rows of `reponses`.
    pub(crate) answers: RowRange,
    /// Whether it must not be seen.
    pub(crate) hidden: bool,
}

/// An import of which something may be seen, and its units by position.
#[derive(Debug)]
pub(crate) struct LiveImport<'a> {
    /// The import.
    pub(crate) import: &'a Import,
    /// Its units, the hidden ones included.
    pub(crate) units: Vec<StoredUnit>,
    dir: PathBuf,
}

/// Aggregates that took the place of answers.
pub(crate) struct KeptAggregates<'a> {
    /// Their folder.
    pub(crate) dir: PathBuf,
    /// Hash of the référentiel that they were folded with.
    pub(crate) referentiel: &'a str,
}

/// File of a table in the folder of an import.
pub(super) fn table_path(dir: &Path, table: &str) -> PathBuf {
    dir.join(format!("{table}.parquet"))
}

/// Folder of aggregates that took the place of answers, by the rank of the purge.
pub(super) fn kept_folder(dir: &Path, rank: usize) -> PathBuf {
    dir.join(format!("gardes-{}", rank + 1))
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

impl<'a> LiveImport<'a> {
    /// Reads the units of an import.
    ///
    /// # Errors
    ///
    /// A table that is missing or damaged.
    pub(super) fn read(imports_dir: &Path, import: &'a Import) -> Result<Self> {
        let dir = imports_dir.join(&import.manifest.content);
        let units = units(&dir, import).map_err(|e| in_import(import, &e))?;
        Ok(Self { import, units, dir })
    }

    /// The folder of its tables, where what is folded from them stands beside.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Folders of aggregates that took the place of answers.
    pub(super) fn kept_folders(&self) -> Vec<PathBuf> {
        let kept = self.import.purged.as_ref().map_or(0, |p| p.kept.len());
        (0..kept).map(|rank| kept_folder(&self.dir, rank)).collect()
    }

    /// Aggregates that took the place of answers.
    pub(crate) fn kept(&self) -> Vec<KeptAggregates<'_>> {
        let purged = self.import.purged.iter();
        let hashes = purged.flat_map(|p| p.kept.iter().map(String::as_str));
        let kept = self.kept_folders().into_iter().zip(hashes);
        kept.map(|(dir, referentiel)| KeptAggregates { dir, referentiel })
            .collect()
    }

    fn table<C: TableColumn>(&self, name: &str) -> Result<TableReader<C>> {
        let reader = TableReader::open(&table_path(&self.dir, name));
        reader.map_err(|e| in_import(self.import, &e))
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

fn in_import(import: &Import, error: &Error) -> Error {
    Error::Store(format!("Import {} : {error}", import.label))
}

/// Which import a unit is to be read from, by its key: the latest that holds it in a file that was not
/// taken back.
pub(super) fn owners(imports: &[LiveImport]) -> HashMap<String, usize> {
    let mut owners = HashMap::new();
    for (position, live) in imports.iter().enumerate() {
        for unit in &live.units {
            if !live.import.taken_back[unit.file] {
                owners.insert(unit.key.clone(), position);
            }
        }
    }
    owners
}

/// Marks what must not be seen; `imports` are all those of one campaign, in order.
pub(super) fn hide(imports: &mut [LiveImport]) {
    let owners = owners(imports);
    for (position, live) in imports.iter_mut().enumerate() {
        for unit in &mut live.units {
            let is_owner = owners.get(&unit.key) == Some(&position);
            unit.hidden = live.import.taken_back[unit.file] || !is_owner;
        }
    }
}

fn units(dir: &Path, import: &Import) -> Result<Vec<StoredUnit>> {
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
    let frame = TableReader::open(&table_path(dir, UNITS))?.whole(&columns)?;
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
                "{} : les unités de l’import {} ne correspondent pas à son manifeste. Reprenez cet import avec « annuler », puis réimportez les fichiers.",
                dir.display(),
                import.label
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
        });
        start += rows;
    }
    Ok(units)
}
