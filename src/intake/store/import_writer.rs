//! Puts the tables of an import in their folder, named by what their bytes come to; nothing sees them
//! before a manifest names them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::columns::{AnswerColumn, MeasureColumn, RespondentColumn, UnitColumn, WordColumn};
use super::import_tables::ImportTables;
use super::live::{ANSWERS, MEASURES, RESPONDENTS, UNITS, WORDS, table_path};
use super::manifest::FORMAT;
use super::table_writer::{TableSum, TableWriter};
use crate::base::error::{Error, Result};
use crate::base::files::{check_file, content_name, create_dir, patiently, sync_dir, write_atomic};

/// Says which format a store has.
pub(super) const FORMAT_FILE: &str = "manifeste.json";

/// What the file holds; a store of format 1 holds more beside, which is its manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct FormatMark {
    format: u32,
}

/// Format of a store; none when nothing was imported yet.
///
/// # Errors
///
/// A file that cannot be read.
pub(super) fn format_of(dir: &Path) -> Result<Option<u32>> {
    let path = dir.join(FORMAT_FILE);
    if !path.is_file() {
        return Ok(None);
    }
    let text = fs::read_to_string(&path).map_err(Error::io(&path, "lecture"))?;
    let mark: FormatMark = serde_json::from_str(&text).map_err(|e| {
        Error::Store(format!(
            "{} : manifeste illisible, ligne {} ({e}).",
            path.display(),
            e.line()
        ))
    })?;
    Ok(Some(mark.format))
}

/// Refuses a store of another format.
///
/// # Errors
///
/// See above.
pub(super) fn check_format(dir: &Path) -> Result<()> {
    match format_of(dir)? {
        None | Some(FORMAT) => Ok(()),
        Some(other) => Err(Error::Store(format!(
            "{} : manifeste au format {other}, ce programme lit le format {FORMAT}.",
            dir.join(FORMAT_FILE).display()
        ))),
    }
}

/// Marks a store as of today's format, at once.
///
/// # Errors
///
/// A disk that refuses.
pub(super) fn mark_format(dir: &Path) -> Result<()> {
    if format_of(dir)? == Some(FORMAT) {
        return Ok(());
    }
    let text = serde_json::to_string(&FormatMark { format: FORMAT })
        .map_err(|e| Error::Store(format!("Le manifeste ne peut pas être écrit ({e}).")))?;
    write_atomic(&dir.join(FORMAT_FILE), text.as_bytes())
}

/// Tables in place.
pub(super) struct WrittenTables {
    /// Name of their folder.
    pub(super) content: String,
    /// What each holds.
    pub(super) tables: BTreeMap<String, TableSum>,
}

/// The tables of an import being written.
pub(crate) struct TableWriters {
    /// Sorted by unit, then respondent.
    pub(crate) answers: TableWriter<AnswerColumn>,
    /// Sorted by unit.
    pub(crate) measures: TableWriter<MeasureColumn>,
    /// Sorted by unit.
    pub(crate) words: TableWriter<WordColumn>,
    /// By position; the units of a structure follow each other.
    pub(crate) units: TableWriter<UnitColumn>,
    /// Sorted by unit, then rank.
    pub(crate) respondents: TableWriter<RespondentColumn>,
}

impl TableWriters {
    fn create(dir: &Path) -> Result<Self> {
        Ok(Self {
            answers: TableWriter::create(&table_path(dir, ANSWERS))?,
            measures: TableWriter::create(&table_path(dir, MEASURES))?,
            words: TableWriter::create(&table_path(dir, WORDS))?,
            units: TableWriter::create(&table_path(dir, UNITS))?,
            respondents: TableWriter::create(&table_path(dir, RESPONDENTS))?,
        })
    }

    /// Adds whole tables.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(super) fn push(&mut self, tables: &ImportTables) -> Result<()> {
        self.answers.push(&tables.answers)?;
        self.measures.push(&tables.measures)?;
        self.words.push(&tables.words)?;
        self.units.push(&tables.units)?;
        self.respondents.push(&tables.respondents)
    }

    fn finish(self) -> Result<BTreeMap<String, TableSum>> {
        let sums = [
            (ANSWERS, self.answers.finish()?),
            (MEASURES, self.measures.finish()?),
            (WORDS, self.words.finish()?),
            (UNITS, self.units.finish()?),
            (RESPONDENTS, self.respondents.finish()?),
        ];
        let named = sums.into_iter().map(|(name, sum)| (name.to_owned(), sum));
        Ok(named.collect())
    }
}

/// Lets `fill` write tables in a folder that nothing names, then gives it its name. A kill in between
/// leaves a folder that no manifest names: it is left alone, since another machine may be filling it.
///
/// # Errors
///
/// A disk that refuses; what `fill` gives.
pub(super) fn write(
    imports: &Path,
    fill: impl FnOnce(&mut TableWriters) -> Result<()>,
) -> Result<WrittenTables> {
    write_with(imports, fill, |_| Ok(BTreeMap::new()))
}

/// The same, with tables that `beside` writes in the folder, under their names.
///
/// # Errors
///
/// See [`write`].
pub(super) fn write_with(
    imports: &Path,
    fill: impl FnOnce(&mut TableWriters) -> Result<()>,
    beside: impl FnOnce(&Path) -> Result<BTreeMap<String, TableSum>>,
) -> Result<WrittenTables> {
    create_dir(imports)?;
    let temporary = temporary_dir(imports)?;
    let written = write_in(&temporary, fill).and_then(|mut tables| {
        tables.extend(beside(&temporary)?);
        let content = content_of(&tables)?;
        put(&temporary, &imports.join(&content), &tables)?;
        sync_dir(imports)?;
        Ok(WrittenTables { content, tables })
    });
    if temporary.is_dir() {
        // A refusal to tidy up must not hide what went wrong, nor undo what went well.
        let _ = fs::remove_dir_all(&temporary);
    }
    written
}

fn write_in(
    dir: &Path,
    fill: impl FnOnce(&mut TableWriters) -> Result<()>,
) -> Result<BTreeMap<String, TableSum>> {
    let mut writers = TableWriters::create(dir)?;
    fill(&mut writers)?;
    writers.finish()
}

/// A folder of this run alone, whatever other machines share the store.
fn temporary_dir(imports: &Path) -> Result<PathBuf> {
    let mut mark = [0_u8; 8];
    getrandom::fill(&mut mark)
        .map_err(|e| Error::Store(format!("Le système ne donne pas de hasard ({e}).")))?;
    let dir = imports.join(format!("tmp-{}", crate::base::text::hex(mark)));
    fs::create_dir(&dir).map_err(Error::io(&dir, "création du dossier"))?;
    Ok(dir)
}

/// What tables come to.
fn content_of(sums: &BTreeMap<String, TableSum>) -> Result<String> {
    let text = serde_json::to_vec(sums)
        .map_err(|e| Error::Store(format!("Le manifeste ne peut pas être écrit ({e}).")))?;
    Ok(content_name(&text))
}

/// Gives a folder its name. The same content may be there already, from an import taken back since:
/// what is whole stays, what was damaged is replaced.
fn put(temporary: &Path, dir: &Path, sums: &BTreeMap<String, TableSum>) -> Result<()> {
    if !dir.is_dir() {
        sync_dir(temporary)?;
        return patiently(|| fs::rename(temporary, dir)).map_err(Error::io(dir, "écriture"));
    }
    for (name, sum) in sums {
        let path = table_path(dir, name);
        if check_file(&path, &sum.sha256).is_err() {
            let new = table_path(temporary, name);
            patiently(|| fs::rename(&new, &path)).map_err(Error::io(&path, "écriture"))?;
        }
    }
    sync_dir(dir)
}
