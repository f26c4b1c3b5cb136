//! Lines that are kept no longer: what entries held of them is taken out. An entry keeps its name, which others name and
//! machines have seen; what its bytes came to since stands beside, in `effacements/`, one file a purge named by its
//! content. It is written first: from then on the lines are read no more, and a stop before the last entry, or an old
//! copy that a synchroniser brings back, changes nothing of it; the next purge takes out what is left.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::journal_entry::{JournalEntry, parse};
use super::journal_words::{CellRecord, JournalField};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::{ContentNamed, OddKind, content_name, create_dir, write_atomic};

/// Folder of purges, among the entries.
const FOLDER: &str = "effacements";

/// What one purge took out.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ErasureFile {
    date: Day,
    /// Entry, by its name → what is left of it.
    entrees: BTreeMap<String, ErasedEntry>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ErasedEntry {
    /// What its bytes come to since.
    contenu: String,
    /// Lines taken out.
    lignes: BTreeSet<String>,
}

/// What all purges took out.
#[derive(Debug, Clone, Default)]
pub(super) struct ErasedLines {
    /// Entry → contents that it may have.
    contents: BTreeMap<String, BTreeSet<String>>,
    /// Entry → lines that are read no more.
    lines: BTreeMap<String, BTreeSet<String>>,
}

impl ErasedLines {
    /// Reads those of a folder of entries.
    ///
    /// # Errors
    ///
    /// A purge that is not what was written: what it allowed is not known.
    pub(super) fn read(entries: &Path) -> Result<Self> {
        let dir = entries.join(FOLDER);
        let read = ContentNamed::read(&dir)?;
        if let Some((file, damage)) = read.damaged().next() {
            let said = format!("{} : {damage}. {RESTORE}", file.path.display());
            return Err(Error::Store(said));
        }
        let mut all = Self::default();
        for (name, bytes) in &read.sound {
            let file: ErasureFile = serde_json::from_slice(bytes).map_err(|e| {
                Error::Store(format!("{} : {e}. {RESTORE}", dir.join(name).display()))
            })?;
            for (entry, left) in file.entrees {
                let contents = all.contents.entry(entry.clone()).or_default();
                contents.insert(left.contenu);
                all.lines.entry(entry).or_default().extend(left.lignes);
            }
        }
        Ok(all)
    }

    /// Entries whose bytes are what a purge left are sound.
    pub(super) fn admit(&self, read: &mut ContentNamed) -> Result<()> {
        let mut odd = Vec::new();
        for file in std::mem::take(&mut read.odd) {
            let OddKind::Damaged { name, .. } = &file.kind else {
                odd.push(file);
                continue;
            };
            let Some(contents) = self.contents.get(name) else {
                odd.push(file);
                continue;
            };
            let bytes = std::fs::read(&file.path).map_err(Error::io(&file.path, "lecture"))?;
            if contents.contains(&content_name(&bytes)) {
                read.sound.insert(name.clone(), bytes);
            } else {
                odd.push(file);
            }
        }
        read.odd = odd;
        Ok(())
    }

    /// What an entry held of lines that were taken out is read no more, whatever its bytes.
    pub(super) fn take_out<F: JournalField>(&self, name: &str, entry: &mut JournalEntry<F>) {
        for line in self.lines.get(name).into_iter().flatten() {
            if let Some(cells) = entry.changements.get_mut(line) {
                *cells = CellRecord::new();
            }
        }
    }
}

const RESTORE: &str = "Attendez la fin de la synchronisation, ou remettez ce fichier depuis une sauvegarde : il dit quels propos ont été effacés du suivi.";

/// A file of an entry, what is left of it.
struct Rewritten {
    path: PathBuf,
    name: String,
    bytes: Vec<u8>,
    lines: BTreeSet<String>,
}

/// Takes lines out of every file that holds them, and those of earlier purges where a stop or an old copy left them.
///
/// # Errors
///
/// A file that cannot be read or written.
pub(super) fn erase<F: JournalField>(
    entries: &Path,
    names: &BTreeSet<String>,
    date: Day,
    lines: &BTreeSet<String>,
) -> Result<()> {
    let earlier = ErasedLines::read(entries)?.lines;
    let mut rewritten: Vec<Rewritten> = Vec::new();
    for found in std::fs::read_dir(entries).map_err(Error::io(entries, "lecture"))? {
        let path = found.map_err(Error::io(entries, "lecture"))?.path();
        let stem = path.file_stem().map(|f| f.to_string_lossy().to_lowercase());
        let is_json = path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("json"));
        let stem = stem.filter(|_| is_json).unwrap_or_default();
        // Copies of an entry hold its words too.
        let Some(name) = names.iter().find(|name| stem.contains(name.as_str())) else {
            continue;
        };
        let mut all = lines.clone();
        all.extend(earlier.get(name).into_iter().flatten().cloned());
        if let Some(one) = without::<F>(&path, name, &all)? {
            rewritten.push(one);
        }
    }
    if rewritten.is_empty() {
        return Ok(());
    }
    let mut file = ErasureFile {
        date,
        entrees: BTreeMap::new(),
    };
    for one in &rewritten {
        let left = ErasedEntry {
            contenu: content_name(&one.bytes),
            lignes: one.lines.clone(),
        };
        file.entrees.insert(one.name.clone(), left);
    }
    let text = serde_json::to_string_pretty(&file)
        .map_err(|e| Error::Store(format!("{FOLDER} : {e}.")))?;
    let dir = entries.join(FOLDER);
    create_dir(&dir)?;
    let name = content_name(text.as_bytes());
    write_atomic(&dir.join(format!("{name}.json")), text.as_bytes())?;
    for one in &rewritten {
        write_atomic(&one.path, &one.bytes)?;
    }
    Ok(())
}

/// A file without some lines; nothing when it holds none of them.
fn without<F: JournalField>(
    path: &Path,
    name: &str,
    lines: &BTreeSet<String>,
) -> Result<Option<Rewritten>> {
    let bytes = std::fs::read(path).map_err(Error::io(path, "lecture"))?;
    // Half a copy is not used, and told elsewhere.
    let Ok(mut entry) = parse::<F>(path, &bytes) else {
        return Ok(None);
    };
    let mut out = BTreeSet::new();
    for (line, cells) in &mut entry.changements {
        if lines.contains(line) && !cells.is_empty() {
            *cells = CellRecord::new();
            out.insert(line.clone());
        }
    }
    if out.is_empty() {
        return Ok(None);
    }
    let text = serde_json::to_string_pretty(&entry)
        .map_err(|e| Error::Store(format!("{} : {e}.", path.display())))?;
    Ok(Some(Rewritten {
        path: path.to_path_buf(),
        name: name.to_owned(),
        bytes: text.into_bytes(),
        lines: out,
    }))
}
