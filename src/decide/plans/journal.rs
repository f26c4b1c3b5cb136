//! What is kept of plans, `data/plans/A001.json`, `A002.json`…: one file per import or proposal, that
//! holds the fields it changed and nothing else. The state is what they add up to, so that who knew
//! what, when, is never lost. A file is written aside, flushed, then renamed: a crash leaves the
//! state before or the state after.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::field::{ActionField, ActionRecord};
use crate::base::error::{Error, Result};
use crate::base::files::{Lock, create_dir, remove_temporaries, write_atomic};

const FORMAT: u32 = 1;

/// Where a change came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A workbook that a team filled in.
    Import,
    /// What the program proposed from a campaign.
    Proposition,
}

/// One file of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    format: u32,
    /// `A001`.
    pub id: String,
    /// ISO date of the run.
    pub date: String,
    /// Where it came from.
    pub origine: Origin,
    /// Name of the workbook, without its folder; for a proposal, the campaign.
    pub fichier: String,
    /// Of its bytes; empty for a proposal.
    pub sha256: String,
    /// Action → fields as they became; an empty text empties the field.
    pub changements: BTreeMap<String, ActionRecord>,
}

impl Entry {
    /// An entry to commit; its id is given then.
    pub(super) fn new(date: &str, origine: Origin, fichier: &str, sha256: &str) -> Self {
        Self {
            format: FORMAT,
            id: String::new(),
            date: date.to_owned(),
            origine,
            fichier: fichier.to_owned(),
            sha256: sha256.to_owned(),
            changements: BTreeMap::new(),
        }
    }
}

/// One change of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionChange {
    /// Entry of the journal.
    pub entree: String,
    /// ISO date of the run.
    pub date: String,
    /// Workbook, or campaign of a proposal.
    pub fichier: String,
    /// Field.
    pub champ: ActionField,
    /// What it held, empty at first.
    pub avant: String,
    /// What it holds from then on.
    pub apres: String,
}

/// Every entry in order, and what they add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Journal {
    pub entries: Vec<Entry>,
    pub records: BTreeMap<String, ActionRecord>,
}

impl Journal {
    /// Reads a folder, which need not exist yet.
    ///
    /// # Errors
    ///
    /// An entry that is missing, unreadable or of another format.
    pub(super) fn read(dir: &Path) -> Result<Self> {
        let mut journal = Self::default();
        for (rank, path) in paths(dir)? {
            let expected = journal.entries.len() + 1;
            if rank != expected {
                return Err(Error::Store(format!(
                    "{} : {} manque. Remettez ce fichier à sa place (sauvegarde), sans lui l’historique est faux.",
                    dir.display(),
                    name(expected)
                )));
            }
            journal.push(read_entry(&path)?);
        }
        Ok(journal)
    }

    /// Adds an entry in memory; gives its id.
    pub(super) fn append(&mut self, mut entry: Entry) -> String {
        entry.id = format!("A{:03}", self.entries.len() + 1);
        let id = entry.id.clone();
        self.push(entry);
        id
    }

    fn push(&mut self, entry: Entry) {
        apply(&mut self.records, &entry);
        self.entries.push(entry);
    }

    /// State just after an entry; none when there is no such entry.
    pub(super) fn state_after(&self, id: &str) -> Option<BTreeMap<String, ActionRecord>> {
        let last = self.entries.iter().position(|e| e.id == id)?;
        let mut records = BTreeMap::new();
        for entry in &self.entries[..=last] {
            apply(&mut records, entry);
        }
        Some(records)
    }

    /// The entry that read the very same bytes.
    pub(super) fn holding(&self, sha256: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.sha256 == sha256)
    }

    /// Every change of an action, in order.
    pub(super) fn changes(&self, action: &str) -> Vec<ActionChange> {
        let (mut changes, mut held) = (Vec::new(), ActionRecord::new());
        for entry in &self.entries {
            for (field, after) in entry.changements.get(action).into_iter().flatten() {
                let before = held.insert(*field, after.clone()).unwrap_or_default();
                changes.push(ActionChange {
                    entree: entry.id.clone(),
                    date: entry.date.clone(),
                    fichier: entry.fichier.clone(),
                    champ: *field,
                    avant: before,
                    apres: after.clone(),
                });
            }
        }
        changes
    }

    /// Date of the entry that an action appears in first.
    pub(super) fn first_date(&self, action: &str) -> &str {
        let first = self
            .entries
            .iter()
            .find(|e| e.changements.contains_key(action));
        first.map_or("", |e| e.date.as_str())
    }
}

/// The journal held for writing: another command waits.
pub(super) struct Held {
    dir: PathBuf,
    pub journal: Journal,
    _lock: Lock,
}

impl Held {
    /// Takes the lock, then reads.
    pub(super) fn take(dir: &Path) -> Result<Self> {
        create_dir(dir)?;
        let lock = Lock::take(dir)?;
        remove_temporaries(dir)?;
        Ok(Self {
            dir: dir.to_path_buf(),
            journal: Journal::read(dir)?,
            _lock: lock,
        })
    }

    /// Writes one entry; gives its id.
    pub(super) fn commit(&mut self, mut entry: Entry) -> Result<String> {
        let rank = self.journal.entries.len() + 1;
        entry.id = format!("A{rank:03}");
        let text = serde_json::to_string_pretty(&entry)
            .map_err(|e| Error::Store(format!("Le plan ne peut pas être écrit ({e}).")))?;
        write_atomic(&self.dir.join(name(rank)), text.as_bytes())?;
        let id = entry.id.clone();
        self.journal.push(entry);
        Ok(id)
    }
}

fn name(rank: usize) -> String {
    format!("A{rank:03}.json")
}

/// Ranks and paths of the entries, in order.
fn paths(dir: &Path) -> Result<Vec<(usize, PathBuf)>> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(Error::io(dir, "lecture"))? {
        let path = entry.map_err(Error::io(dir, "lecture"))?.path();
        let file = path.file_name().map(|n| n.to_string_lossy().into_owned());
        let rank = file.and_then(|f| f.strip_prefix('A')?.strip_suffix(".json")?.parse().ok());
        found.extend(rank.map(|rank| (rank, path)));
    }
    found.sort();
    Ok(found)
}

fn read_entry(path: &Path) -> Result<Entry> {
    let text = std::fs::read_to_string(path).map_err(Error::io(path, "lecture"))?;
    let entry: Entry = serde_json::from_str(&text).map_err(|e| {
        Error::Store(format!(
            "{} : plan illisible, ligne {} ({e}).",
            path.display(),
            e.line()
        ))
    })?;
    if entry.format == FORMAT {
        Ok(entry)
    } else {
        Err(Error::Store(format!(
            "{} : plan au format {}, ce programme lit le format {FORMAT}.",
            path.display(),
            entry.format
        )))
    }
}

fn apply(records: &mut BTreeMap<String, ActionRecord>, entry: &Entry) {
    for (action, fields) in &entry.changements {
        let record = records.entry(action.clone()).or_default();
        for (field, text) in fields {
            if text.is_empty() {
                record.remove(field);
            } else {
                record.insert(*field, text.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(date: &str, fields: &[(ActionField, &str)]) -> Entry {
        let mut entry = Entry::new(date, Origin::Import, "plan.xlsx", date);
        let fields = fields.iter().map(|(f, t)| (*f, (*t).to_owned())).collect();
        entry.changements.insert("R01-C1-01".to_owned(), fields);
        entry
    }

    #[test]
    fn the_state_is_what_entries_add_up_to() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut held = Held::take(dir.path()).expect("free");
        let first = [
            (ActionField::Structure, "R01"),
            (ActionField::Statut, "à lancer"),
            (ActionField::Raison, "x"),
        ];
        assert_eq!(
            held.commit(entry("2026-09-01", &first)).expect("written"),
            "A001"
        );
        let second = [(ActionField::Statut, "en cours"), (ActionField::Raison, "")];
        held.commit(entry("2026-10-01", &second)).expect("written");
        drop(held);
        let journal = Journal::read(dir.path()).expect("readable");
        let record = &journal.records["R01-C1-01"];
        assert_eq!(
            record.get(&ActionField::Statut).map(String::as_str),
            Some("en cours")
        );
        assert!(!record.contains_key(&ActionField::Raison));
        let before = journal.state_after("A001").expect("there");
        assert_eq!(before["R01-C1-01"][&ActionField::Statut], "à lancer");
        let changes = journal.changes("R01-C1-01");
        assert_eq!(changes.len(), 5);
        let last = changes
            .iter()
            .rfind(|c| c.champ == ActionField::Statut)
            .expect("there");
        assert_eq!(
            (last.avant.as_str(), last.entree.as_str()),
            ("à lancer", "A002")
        );
    }

    #[test]
    fn a_missing_entry_is_said_and_a_half_written_one_is_not_seen() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut held = Held::take(dir.path()).expect("free");
        for day in ["2026-09-01", "2026-10-01"] {
            held.commit(entry(day, &[(ActionField::Structure, "R01")]))
                .expect("written");
        }
        drop(held);
        std::fs::write(dir.path().join("A003.tmp"), "{\"format\":").expect("written");
        assert_eq!(
            Journal::read(dir.path()).expect("readable").entries.len(),
            2
        );
        std::fs::remove_file(dir.path().join("A001.json")).expect("removed");
        let error = Journal::read(dir.path()).expect_err("a gap").to_string();
        assert!(error.contains("A001.json manque"), "{error}");
    }
}
