//! Puts the tables of an import in their folder, named by what their bytes come to; nothing sees them
//! before a manifest names them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use polars::prelude::DataFrame;
use serde::{Deserialize, Serialize};

use super::files::{self, TableSum};
use super::live::{ANSWERS, MEASURES, RESPONDENTS, UNITS, WORDS, table_path};
use super::manifest::{FORMAT, name_of};
use super::tables::ImportTables;
use crate::base::error::{Error, Result};

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
    files::write_atomic(&dir.join(FORMAT_FILE), text.as_bytes())
}

/// Tables in place.
pub(super) struct WrittenTables {
    /// Name of their folder.
    pub(super) content: String,
    /// What each holds.
    pub(super) tables: BTreeMap<String, TableSum>,
}

/// Writes tables in a folder that nothing names, then gives it its name. A kill in between leaves a
/// folder that no manifest names: it is left alone, since another machine may be filling it.
///
/// # Errors
///
/// A disk that refuses.
pub(super) fn write(imports: &Path, tables: &ImportTables) -> Result<WrittenTables> {
    files::create_dir(imports)?;
    let temporary = temporary_dir(imports)?;
    let written = write_in(&temporary, tables).and_then(|sums| {
        let content = content_of(&sums)?;
        put(&temporary, &imports.join(&content), &sums)?;
        files::sync_dir(imports)?;
        Ok(WrittenTables {
            content,
            tables: sums,
        })
    });
    if temporary.is_dir() {
        // A refusal to tidy up must not hide what went wrong, nor undo what went well.
        let _ = fs::remove_dir_all(&temporary);
    }
    written
}

/// A folder of this run alone, whatever other machines share the store.
fn temporary_dir(imports: &Path) -> Result<PathBuf> {
    let mut mark = [0_u8; 8];
    getrandom::fill(&mut mark)
        .map_err(|e| Error::Store(format!("Le système ne donne pas de hasard ({e}).")))?;
    let dir = imports.join(format!("tmp-{}", crate::base::text::hex(&mark)));
    fs::create_dir(&dir).map_err(Error::io(&dir, "création du dossier"))?;
    Ok(dir)
}

fn write_in(dir: &Path, tables: &ImportTables) -> Result<BTreeMap<String, TableSum>> {
    let named: [(&str, &DataFrame); 5] = [
        (ANSWERS, &tables.answers),
        (MEASURES, &tables.measures),
        (WORDS, &tables.words),
        (UNITS, &tables.units),
        (RESPONDENTS, &tables.respondents),
    ];
    let mut sums = BTreeMap::new();
    for (name, frame) in named {
        let sum = files::write_table(&table_path(dir, name), frame)?;
        sums.insert(name.to_owned(), sum);
    }
    Ok(sums)
}

/// What tables come to.
fn content_of(sums: &BTreeMap<String, TableSum>) -> Result<String> {
    let text = serde_json::to_vec(sums)
        .map_err(|e| Error::Store(format!("Le manifeste ne peut pas être écrit ({e}).")))?;
    Ok(name_of(&text))
}

/// Gives a folder its name. The same content may be there already, from an import taken back since:
/// what is whole stays, what was damaged is replaced.
fn put(temporary: &Path, dir: &Path, sums: &BTreeMap<String, TableSum>) -> Result<()> {
    if !dir.is_dir() {
        return fs::rename(temporary, dir).map_err(Error::io(dir, "écriture"));
    }
    for (name, sum) in sums {
        let path = table_path(dir, name);
        if files::sha256_of(&path).as_ref() != Some(&sum.sha256) {
            let new = table_path(temporary, name);
            fs::rename(&new, &path).map_err(Error::io(&path, "écriture"))?;
        }
    }
    Ok(())
}
