//! What is kept of plans, `data/plans/A001-<content>.json`…: one file per import, proposal or line typed on the page, that
//! holds the fields it changed and nothing else, named by what its bytes come to, and naming those that
//! it had seen. The state is what they add up to, so that who knew what, when, is never lost; two
//! machines that wrote at once are merged cell by cell. A file is written aside, flushed, then renamed:
//! a crash leaves the state before or the state after.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::concurrent_cells::{ContestedCell, apply, apply_fields, resolved, settled};
use super::field::{ActionField, ActionRecord};
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::files::{
    ContentNamed, Lock, OddFile, OddKind, SeenMarks, content_name, create_dir, remember_seen,
    remove_temporaries, steadily, write_atomic,
};
use crate::base::lineage::{Ancestry, Lineage};
use crate::base::machine::machine_name;

const FORMAT: u32 = 2;
/// Format of entries named by their number alone, which named nobody.
pub(super) const NUMBERED: u32 = 1;

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
pub struct Entry {
    pub(super) format: u32,
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
    vus: Vec<String>,
    /// Action → fields as they became; an empty text empties the field.
    pub changements: BTreeMap<String, ActionRecord>,
}

impl Entry {
    /// An entry to commit; its id is given then.
    pub(super) fn new(date: Day, origine: Origin, fichier: &str, sha256: &str) -> Self {
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

impl Entry {
    /// « A002, poste PC-ACCUEIL, 12/05/2026 ».
    fn described(&self) -> String {
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
pub struct ActionChange {
    /// Entry of the journal.
    pub entree: String,
    /// Day of the run.
    pub date: Day,
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
    /// Cells that two machines filled at once, differently.
    pub contested: Vec<ContestedCell>,
    /// What lies among the entries and is not one under its own name.
    pub odd: Vec<OddFile>,
    /// Names of the entries, by what their bytes come to.
    names: BTreeSet<String>,
    /// What each machine has seen.
    marks: SeenMarks,
    /// What each entry changes, actions that were created twice told apart.
    changes: Vec<BTreeMap<String, ActionRecord>>,
    ancestry: Ancestry,
    /// Names that the next entry will have seen.
    seen_next: Vec<String>,
}

impl Journal {
    /// Reads a folder, which need not exist yet.
    ///
    /// # Errors
    ///
    /// An entry that is missing, is not what was written, or is of another format.
    pub(super) fn read(dir: &Path) -> Result<Self> {
        let read = ContentNamed::read(dir)?;
        if let Some((file, damage)) = read.damaged().next() {
            let said = format!("{} : {damage}. {RESTORE}", file.path.display());
            return Err(Error::Store(said));
        }
        let mut all: BTreeMap<String, Entry> = BTreeMap::new();
        for (name, bytes) in &read.sound {
            all.insert(name.clone(), parse(&dir.join(name), bytes)?);
        }
        let is_content_named = !all.is_empty();
        let mut odd = read.odd;
        numbered(dir, &mut odd, &mut all)?;
        let seen = all.iter().map(|(n, e)| (n.as_str(), e.vus.as_slice()));
        let lineage = Lineage::of(&seen.collect()).map_err(|missing| {
            let name = missing.name;
            let dir = dir.display();
            Error::Store(format!("{dir} : l’entrée …-{name}.json manque. {RESTORE}"))
        })?;
        let names = lineage.order;
        let entries = names.iter().filter_map(|name| all.remove(name)).collect();
        let mut journal = Self {
            seen_next: if is_content_named {
                lineage.heads
            } else {
                names.clone()
            },
            entries,
            odd,
            ancestry: lineage.ancestry,
            ..Self::default()
        };
        let written: Vec<_> = journal.entries.iter().map(|e| &e.changements).collect();
        journal.changes = resolved(&written, &names, &journal.ancestry);
        journal.tell_apart(&names);
        journal.names = names.into_iter().collect();
        let all: Vec<usize> = (0..journal.entries.len()).collect();
        let settled = settled(&journal.changes, &journal.ancestry, &all);
        (journal.records, journal.contested) = (settled.records, settled.contested);
        Ok(journal)
    }

    /// The same, unless a machine has seen an entry that is no more: nothing names the last ones.
    ///
    /// # Errors
    ///
    /// See [`Self::read`] and above.
    pub(super) fn whole(places: &PlanPlaces) -> Result<Self> {
        steadily(|| Self::checked(places))
    }

    fn checked(places: &PlanPlaces) -> Result<Self> {
        let mut journal = Self::read(&places.entries)?;
        journal.marks = SeenMarks::read(&places.marks)?;
        let Some(lost) = journal.marks.lost(|name| journal.names.contains(name)) else {
            return Ok(journal);
        };
        Err(Error::Store(format!(
            "{} : l’entrée …-{}.json manque, alors que le poste {} l’a enregistrée. {RESTORE} Si vous avez effacé des plans exprès, effacez aussi {}.",
            places.entries.display(),
            lost.name,
            lost.machine,
            lost.mark.display()
        )))
    }

    /// Two machines may have given the same id: then neither is called by it alone.
    fn tell_apart(&mut self, names: &[String]) {
        let ids: Vec<String> = self.entries.iter().map(|e| e.id.clone()).collect();
        for (entry, name) in self.entries.iter_mut().zip(names) {
            if ids.iter().filter(|id| **id == entry.id).count() > 1 {
                let start: String = name.chars().take(4).collect();
                entry.id = format!("{}-{start}", entry.id);
            }
        }
    }

    /// Adds an entry in memory; gives its id.
    pub(super) fn append(&mut self, mut entry: Entry) -> String {
        entry.id = self.next_id();
        let id = entry.id.clone();
        self.push(entry);
        id
    }

    fn next_id(&self) -> String {
        let number = |e: &Entry| given_id(&e.id).strip_prefix('A')?.parse::<usize>().ok();
        let last = self.entries.iter().filter_map(number).max().unwrap_or(0);
        format!("A{:03}", last + 1)
    }

    /// An entry that has seen all others.
    fn push(&mut self, entry: Entry) {
        apply(&mut self.records, &entry.changements);
        if let Ancestry::Sets(sets) = &mut self.ancestry {
            let ranks = self.entries.len();
            let mut all = vec![0; ranks / 64 + 1];
            (0..ranks).for_each(|rank| all[rank / 64] |= 1 << (rank % 64));
            sets.push(all);
        }
        let chosen = &entry.changements;
        self.contested.retain(|cell| {
            let written = chosen.get(&cell.action);
            written.is_none_or(|fields| !fields.contains_key(&cell.field))
        });
        self.changes.push(entry.changements.clone());
        self.entries.push(entry);
    }

    /// State just after an entry, as who wrote it knew it; none when there is no such entry. Where two
    /// machines gave the same id, what both had seen.
    pub(super) fn state_after(&self, id: &str) -> Option<BTreeMap<String, ActionRecord>> {
        let rank_of = |wanted: &dyn Fn(&Entry) -> bool| -> Vec<usize> {
            let ranks = self.entries.iter().enumerate();
            ranks
                .filter(|(_, e)| wanted(e))
                .map(|(rank, _)| rank)
                .collect()
        };
        let mut last = rank_of(&|e| e.id == id);
        if last.is_empty() {
            last = rank_of(&|e| given_id(&e.id) == id);
        }
        if last.is_empty() {
            return None;
        }
        let knew = |rank: usize| {
            let mut all = last.iter();
            all.all(|l| *l == rank || self.ancestry.precedes(rank, *l))
        };
        let ranks: Vec<usize> = (0..self.entries.len()).filter(|r| knew(*r)).collect();
        Some(settled(&self.changes, &self.ancestry, &ranks).records)
    }

    /// The entry that read the very same bytes. What has no bytes is never the same: a proposal, a line typed
    /// on the page, a file that could not be read.
    pub(super) fn holding(&self, sha256: &str) -> Option<&Entry> {
        let mut entries = self.entries.iter().filter(|_| !sha256.is_empty());
        entries.find(|e| e.sha256 == sha256)
    }

    /// Every change of an action, in order.
    pub(super) fn changes(&self, action: &str) -> Vec<ActionChange> {
        let (mut changes, mut held) = (Vec::new(), ActionRecord::new());
        for (entry, changed) in self.entries.iter().zip(&self.changes) {
            for (field, after) in changed.get(action).into_iter().flatten() {
                let before = held.insert(*field, after.clone()).unwrap_or_default();
                changes.push(ActionChange {
                    entree: entry.id.clone(),
                    date: entry.date,
                    fichier: entry.fichier.clone(),
                    champ: *field,
                    avant: before,
                    apres: after.clone(),
                });
            }
        }
        changes
    }

    /// The entry that an action appears in first.
    pub(super) fn first(&self, action: &str) -> Option<&Entry> {
        let mut entries = self.entries.iter().zip(&self.changes);
        let first = entries.find(|(_, changed)| changed.contains_key(action));
        first.map(|(entry, _)| entry)
    }

    /// Whether an action was proposed and is as it was proposed, by a day or until now: nobody touched it, or
    /// what was touched was put back.
    pub(super) fn is_draft(&self, action: &str, day: Option<Day>) -> bool {
        let (mut proposed, mut whole) = (ActionRecord::new(), ActionRecord::new());
        for (entry, changed) in self.entries.iter().zip(&self.changes) {
            let own = changed
                .get(action)
                .filter(|_| day.is_none_or(|day| entry.date <= day));
            let Some(fields) = own else { continue };
            if entry.origine == Origin::Proposition {
                apply_fields(&mut proposed, fields);
            }
            apply_fields(&mut whole, fields);
        }
        !proposed.is_empty() && proposed == whole
    }

    /// What the entries of a day and before add up to.
    pub(super) fn records_on(&self, day: Day) -> BTreeMap<String, ActionRecord> {
        let ranks = (0..self.entries.len()).filter(|rank| self.entries[*rank].date <= day);
        settled(
            &self.changes,
            &self.ancestry,
            &ranks.collect::<Vec<usize>>(),
        )
        .records
    }

    /// Cells that a person must choose, files that a synchroniser left.
    pub(super) fn remarks(&self) -> Vec<Diagnostic> {
        let who = |ranks: &[usize]| -> Vec<String> {
            let entries = ranks.iter().filter_map(|r| self.entries.get(*r));
            entries.map(Entry::described).collect()
        };
        let cells = self.contested.iter().map(|c| c.told(&who(&c.latest)));
        let odd = self.odd.iter().map(OddFile::told);
        cells.chain(odd).chain(self.marks.remarks()).collect()
    }
}

/// Where plans are kept, and where what machines have seen of them is.
#[derive(Debug, Clone)]
pub(super) struct PlanPlaces {
    pub entries: PathBuf,
    pub marks: PathBuf,
}

/// The journal held for writing: another command waits.
pub(super) struct Held {
    places: PlanPlaces,
    pub journal: Journal,
    _lock: Lock,
}

impl Held {
    /// Takes the lock, then reads.
    pub(super) fn take(places: &PlanPlaces) -> Result<Self> {
        let dir = &places.entries;
        create_dir(dir)?;
        let lock = Lock::take(dir)?;
        remove_temporaries(dir)?;
        Ok(Self {
            journal: Journal::whole(places)?,
            places: places.clone(),
            _lock: lock,
        })
    }

    /// Writes one entry; gives its id.
    pub(super) fn commit(&mut self, mut entry: Entry) -> Result<String> {
        entry.id = self.journal.next_id();
        entry.vus.clone_from(&self.journal.seen_next);
        let text = serde_json::to_string_pretty(&entry)
            .map_err(|e| Error::Store(format!("Le plan ne peut pas être écrit ({e}).")))?;
        let name = content_name(text.as_bytes());
        let file = format!("{}-{name}.json", entry.id);
        write_atomic(&self.places.entries.join(file), text.as_bytes())?;
        // Stopped before, this machine remembers less than there is, which accuses nobody.
        remember_seen(&self.places.marks, std::slice::from_ref(&name))?;
        self.journal.names.insert(name.clone());
        let id = entry.id.clone();
        self.journal.push(entry);
        self.journal.seen_next = vec![name];
        Ok(id)
    }
}

/// What to do about an entry that is not what was written.
const RESTORE: &str = "Attendez la fin de la synchronisation, remettez ce fichier depuis une sauvegarde, ou demandez au logiciel de synchronisation sa version précédente : sans lui, l’historique du plan est faux.";

/// Entries of an earlier version, `A001.json`, each of which had seen those before it. Where a
/// synchroniser kept two of a number (« A002-PC2.json »), both count.
fn numbered(dir: &Path, odd: &mut Vec<OddFile>, all: &mut BTreeMap<String, Entry>) -> Result<()> {
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
            let said = format!("{dir} : A{expected:03}.json manque. {RESTORE}");
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
fn given_id(id: &str) -> &str {
    id.split('-').next().unwrap_or(id)
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Entry> {
    let entry: Entry = serde_json::from_slice(bytes).map_err(|e| {
        Error::Store(format!(
            "{} : plan illisible, ligne {} ({e}). {RESTORE}",
            path.display(),
            e.line()
        ))
    })?;
    if [FORMAT, NUMBERED].contains(&entry.format) {
        Ok(entry)
    } else {
        Err(Error::Store(format!(
            "{} : plan au format {}, ce programme lit le format {FORMAT}.",
            path.display(),
            entry.format
        )))
    }
}
