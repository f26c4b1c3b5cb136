//! One file of a journal, `A001-<content>.json`: what it changed and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::journal_words::{CellRecord, JournalField};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::{OddFile, OddKind, content_name};
use crate::base::machine::machine_name;

const FORMAT: u32 = 2;
/// Format of entries named by their number alone, which named nobody.
pub(crate) const NUMBERED: u32 = 1;

/// Where a change came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A workbook that a team filled in, or what was typed on the page as one of its lines.
    Import,
    /// What the program proposed from a campaign.
    Proposition,
}

/// One file of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound = "F: JournalField")]
pub struct JournalEntry<F> {
    pub(crate) format: u32,
    /// `A001`.
    pub id: String,
    /// Day of the run.
    pub date: Day,
    /// Where it came from.
    pub origine: Origin,
    /// Name of the workbook, without its folder; for a proposal, the campaign; else « page Plan ».
    pub fichier: String,
    /// Of its bytes; empty when there are none.
    pub sha256: String,
    /// Machine that it was done on; empty when it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub poste: String,
    /// Entries that nothing followed yet when this one was written, by the name of their bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) vus: Vec<String>,
    /// Record → fields as they became; an empty text empties the field.
    pub changements: BTreeMap<String, CellRecord<F>>,
}

impl<F: JournalField> JournalEntry<F> {
    /// An entry to commit; its id is given then.
    pub(crate) fn new(date: Day, origine: Origin, fichier: &str, sha256: &str) -> Self {
        Self {
            format: FORMAT,
            id: String::new(),
            date,
            origine,
            fichier: fichier.to_owned(),
            sha256: sha256.to_owned(),
            poste: machine_name(),
            vus: Vec::new(),
            changements: BTreeMap::new(),
        }
    }
}

impl<F: JournalField> JournalEntry<F> {
    /// « A002, poste PC-ACCUEIL, 12/05/2026 ».
    pub(super) fn described(&self) -> String {
        let day = self.date.short();
        if self.poste.is_empty() {
            format!("{}, {day}", self.id)
        } else {
            format!("{}, poste {}, {day}", self.id, self.poste)
        }
    }
}

/// One change of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalChange<F> {
    /// Entry of the journal.
    pub entree: String,
    /// Day of the run.
    pub date: Day,
    /// Workbook, or campaign of a proposal.
    pub fichier: String,
    /// Field.
    pub champ: F,
    /// What it held, empty at first.
    pub avant: String,
    /// What it holds from then on.
    pub apres: String,
}

/// Where entries are kept, and where what machines have seen of them is.
#[derive(Debug, Clone)]
pub(crate) struct JournalPlaces {
    pub entries: PathBuf,
    pub marks: PathBuf,
}

/// What to do about an entry that is not what was written.
pub(super) fn restore<F: JournalField>() -> String {
    format!(
        "Attendez la fin de la synchronisation, remettez ce fichier depuis une sauvegarde, ou demandez au logiciel de synchronisation sa version précédente : sans lui, l’historique du {} est faux.",
        F::WORDS.one
    )
}

/// Entries of an earlier version, `A001.json`, each of which had seen those before it. Where a
/// synchroniser kept two of a number (« A002-PC2.json »), both count.
pub(super) fn numbered<F: JournalField>(
    dir: &Path,
    odd: &mut Vec<OddFile>,
    all: &mut BTreeMap<String, JournalEntry<F>>,
) -> Result<()> {
    let mut ranks: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let (ours, others): (Vec<OddFile>, Vec<OddFile>) =
        (odd.drain(..)).partition(|o| o.kind == OddKind::Foreign && rank(&o.path).is_some());
    *odd = others;
    for file in &ours {
        let Some(rank) = rank(&file.path) else {
            continue;
        };
        let bytes = std::fs::read(&file.path).map_err(Error::io(&file.path, "lecture"))?;
        let entry = parse(&file.path, &bytes)?;
        let name = content_name(&bytes);
        ranks.entry(rank).or_default().insert(name.clone());
        all.insert(name, entry);
    }
    let mut before: BTreeSet<String> = BTreeSet::new();
    for (position, (rank, names)) in ranks.into_iter().enumerate() {
        let expected = position + 1;
        if rank != expected {
            let dir = dir.display();
            let restore = restore::<F>();
            let said = format!("{dir} : A{expected:03}.json manque. {restore}");
            return Err(Error::Store(said));
        }
        for name in &names {
            if let Some(entry) = all.get_mut(name) {
                entry.vus = before.iter().cloned().collect();
            }
        }
        before = names;
    }
    Ok(())
}

/// Number of an entry of an earlier version.
fn rank(path: &Path) -> Option<usize> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let rest = name.strip_prefix('A')?.strip_suffix(".json")?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// The id that an entry was given, whatever it is called where another has the same.
pub(super) fn given_id(id: &str) -> &str {
    id.split('-').next().unwrap_or(id)
}

pub(super) fn parse<F: JournalField>(path: &Path, bytes: &[u8]) -> Result<JournalEntry<F>> {
    let one = F::WORDS.one;
    let entry: JournalEntry<F> = serde_json::from_slice(bytes).map_err(|e| {
        Error::Store(format!(
            "{} : {one} illisible, ligne {} ({e}). {}",
            path.display(),
            e.line(),
            restore::<F>()
        ))
    })?;
    if [FORMAT, NUMBERED].contains(&entry.format) {
        Ok(entry)
    } else {
        Err(Error::Store(format!(
            "{} : {one} au format {}, ce programme lit le format {FORMAT}.",
            path.display(),
            entry.format
        )))
    }
}
