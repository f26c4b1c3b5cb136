//! What is kept, `A001-<content>.json`…: one file per import, proposal or line typed on the page, that
//! holds the fields it changed and nothing else, named by what its bytes come to, and naming those that
//! it had seen. The state is what they add up to, so that who knew what, when, is never lost; two
//! machines that wrote at once are merged cell by cell. A file is written aside, flushed, then renamed:
//! a crash leaves the state before or the state after.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::concurrent_cells::{ContestedCell, apply, apply_fields, resolved, settled};
use super::erased_lines::ErasedLines;
use super::journal_entry::{
    JournalChange, JournalEntry, JournalPlaces, Origin, given_id, numbered, parse, restore,
};
use super::journal_words::{CellRecord, JournalField};
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::files::{ContentNamed, OddFile, SeenMarks, steadily};
use crate::base::lineage::{Ancestry, Lineage};

/// Digits of the name of an entry in the mark of a workbook.
const MARK: usize = 12;

/// Every entry in order, and what they add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CellJournal<F> {
    pub entries: Vec<JournalEntry<F>>,
    pub records: BTreeMap<String, CellRecord<F>>,
    /// Cells that two machines filled at once, differently.
    pub contested: Vec<ContestedCell<F>>,
    /// What lies among the entries and is not one under its own name.
    pub odd: Vec<OddFile>,
    /// Names of the entries, by what their bytes come to.
    pub(super) names: BTreeSet<String>,
    /// The same by rank; empty for an entry that is in memory alone.
    order: Vec<String>,
    /// What each machine has seen.
    marks: SeenMarks,
    /// What each entry changes, actions that were created twice told apart.
    changes: Vec<BTreeMap<String, CellRecord<F>>>,
    ancestry: Ancestry,
    /// Names that the next entry will have seen.
    pub(super) seen_next: Vec<String>,
}

impl<F> Default for CellJournal<F> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            records: BTreeMap::new(),
            contested: Vec::new(),
            odd: Vec::new(),
            names: BTreeSet::new(),
            order: Vec::new(),
            marks: SeenMarks::default(),
            changes: Vec::new(),
            ancestry: Ancestry::default(),
            seen_next: Vec::new(),
        }
    }
}

impl<F: JournalField> CellJournal<F> {
    /// Reads a folder, which need not exist yet.
    ///
    /// # Errors
    ///
    /// An entry that is missing, is not what was written, or is of another format.
    pub(crate) fn read(dir: &Path) -> Result<Self> {
        let restore = restore::<F>();
        let erased = ErasedLines::read(dir)?;
        let mut read = ContentNamed::read(dir)?;
        erased.admit(&mut read)?;
        if let Some((file, damage)) = read.damaged().next() {
            let said = format!("{} : {damage}. {restore}", file.path.display());
            return Err(Error::Store(said));
        }
        let mut all: BTreeMap<String, JournalEntry<F>> = BTreeMap::new();
        for (name, bytes) in &read.sound {
            let mut entry = parse(&dir.join(name), bytes)?;
            erased.take_out(name, &mut entry);
            all.insert(name.clone(), entry);
        }
        let is_content_named = !all.is_empty();
        let mut odd = read.odd;
        numbered(dir, &mut odd, &mut all)?;
        let seen = all.iter().map(|(n, e)| (n.as_str(), e.vus.as_slice()));
        let lineage = Lineage::of(&seen.collect()).map_err(|missing| {
            let name = missing.name;
            let dir = dir.display();
            Error::Store(format!("{dir} : l’entrée …-{name}.json manque. {restore}"))
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
        journal.names = names.iter().cloned().collect();
        journal.order = names;
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
    pub(crate) fn whole(places: &JournalPlaces) -> Result<Self> {
        steadily(|| Self::checked(places))
    }

    fn checked(places: &JournalPlaces) -> Result<Self> {
        let mut journal = Self::read(&places.entries)?;
        journal.marks = SeenMarks::read(&places.marks)?;
        let Some(lost) = journal.marks.lost(|name| journal.names.contains(name)) else {
            return Ok(journal);
        };
        Err(Error::Store(format!(
            "{} : l’entrée …-{}.json manque, alors que le poste {} l’a enregistrée. {} Si vous avez effacé {} exprès, effacez aussi {}.",
            places.entries.display(),
            lost.name,
            lost.machine,
            restore::<F>(),
            F::WORDS.some,
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
    pub(crate) fn append(&mut self, mut entry: JournalEntry<F>) -> String {
        entry.id = self.next_id();
        let id = entry.id.clone();
        self.push(entry, String::new());
        id
    }

    pub(super) fn next_id(&self) -> String {
        let number = |e: &JournalEntry<F>| given_id(&e.id).strip_prefix('A')?.parse::<usize>().ok();
        let last = self.entries.iter().filter_map(number).max().unwrap_or(0);
        format!("A{:03}", last + 1)
    }

    /// An entry that has seen all others, and the name that its bytes gave it.
    pub(super) fn push(&mut self, entry: JournalEntry<F>, name: String) {
        self.order.push(name);
        apply(&mut self.records, &entry.changements);
        if let Ancestry::Sets(sets) = &mut self.ancestry {
            let ranks = self.entries.len();
            let mut all = vec![0; ranks / 64 + 1];
            (0..ranks).for_each(|rank| all[rank / 64] |= 1 << (rank % 64));
            sets.push(all);
        }
        let chosen = &entry.changements;
        self.contested.retain(|cell| {
            let written = chosen.get(&cell.record);
            written.is_none_or(|fields| !fields.contains_key(&cell.field))
        });
        self.changes.push(entry.changements.clone());
        self.entries.push(entry);
    }

    /// What names the state of now to a workbook written from it: the entries that nothing follows, each by its id and
    /// what its bytes come to, since an id may be given again once a backup is restored. Empty when there is none.
    pub(crate) fn base_mark(&self) -> String {
        let all: Vec<usize> = (0..self.entries.len()).collect();
        let marks = self.ancestry.latest(&all).into_iter().map(|rank| {
            let name: String = self.order[rank].chars().take(MARK).collect();
            format!("{}-{name}", given_id(&self.entries[rank].id))
        });
        marks.collect::<Vec<String>>().join(" ")
    }

    /// The state that a workbook was written from, by its mark; none when some entry of it is not here. A workbook of
    /// an earlier version says the id of one entry alone.
    pub(crate) fn state_of(&self, mark: &str) -> Option<BTreeMap<String, CellRecord<F>>> {
        let tokens: Vec<&str> = mark.split_whitespace().collect();
        let marked = |token: &str| {
            let (id, name) = token.split_once('-')?;
            (0..self.entries.len()).find(|rank| {
                name.len() == MARK
                    && self.order[*rank].starts_with(name)
                    && given_id(&self.entries[*rank].id) == id
            })
        };
        let heads: Option<Vec<usize>> = tokens.iter().map(|token| marked(token)).collect();
        let marked = heads.filter(|heads| !heads.is_empty());
        // Under one id that several bear, only what all of them had seen is sure.
        let (heads, least) = match (marked, tokens.as_slice()) {
            (Some(heads), _) => (heads, 1),
            (None, [id]) => {
                let heads = self.called(id);
                let all = heads.len();
                (heads, all)
            }
            (None, _) => return None,
        };
        let knew = |rank: usize| {
            let had_seen = |head: &&usize| **head == rank || self.ancestry.precedes(rank, **head);
            heads.iter().filter(had_seen).count() >= least
        };
        let ranks: Vec<usize> = (0..self.entries.len()).filter(|rank| knew(*rank)).collect();
        (!heads.is_empty()).then(|| settled(&self.changes, &self.ancestry, &ranks).records)
    }

    /// Entries of an id, by rank.
    fn called(&self, id: &str) -> Vec<usize> {
        let ranks_of = |wanted: &dyn Fn(&JournalEntry<F>) -> bool| -> Vec<usize> {
            let ranks = self.entries.iter().enumerate();
            let wanted = ranks.filter(|(_, e)| wanted(e));
            wanted.map(|(rank, _)| rank).collect()
        };
        let own = ranks_of(&|e| e.id == id);
        if own.is_empty() {
            ranks_of(&|e| given_id(&e.id) == id)
        } else {
            own
        }
    }

    /// Whether a day has all that is known.
    pub(crate) fn is_all_known_on(&self, day: Day) -> bool {
        self.entries.iter().all(|entry| entry.date <= day)
    }

    /// The entry that read the very same bytes. What has no bytes is never the same: a proposal, a line typed
    /// on the page, a file that could not be read.
    pub(crate) fn holding(&self, sha256: &str) -> Option<&JournalEntry<F>> {
        let mut entries = self.entries.iter().filter(|_| !sha256.is_empty());
        entries.find(|e| e.sha256 == sha256)
    }

    /// Lines that an entry changed, as they are called now: two machines may have given the same name.
    pub(crate) fn changed_by(&self, entry: &str) -> Vec<&str> {
        let entries = self.entries.iter().zip(&self.changes);
        let own = entries.filter(|(e, _)| e.id == entry);
        own.flat_map(|(_, changed)| changed.keys().map(String::as_str))
            .collect()
    }

    /// Every change of an action, in order.
    pub(crate) fn changes(&self, action: &str) -> Vec<JournalChange<F>> {
        let (mut changes, mut held) = (Vec::new(), CellRecord::new());
        for (entry, changed) in self.entries.iter().zip(&self.changes) {
            for (field, after) in changed.get(action).into_iter().flatten() {
                let before = held.insert(*field, after.clone()).unwrap_or_default();
                changes.push(JournalChange {
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

    /// Every line that an entry changed, with the day of the entry.
    pub(crate) fn touched(&self) -> impl Iterator<Item = (Day, &str)> {
        let entries = self.entries.iter().zip(&self.changes);
        entries.flat_map(|(entry, changed)| changed.keys().map(|name| (entry.date, name.as_str())))
    }

    /// The entry that an action appears in first.
    pub(crate) fn first(&self, action: &str) -> Option<&JournalEntry<F>> {
        let mut entries = self.entries.iter().zip(&self.changes);
        let first = entries.find(|(_, changed)| changed.contains_key(action));
        first.map(|(entry, _)| entry)
    }

    /// Whether an action was proposed and is as it was proposed, by a day or until now: nobody touched it, or
    /// what was touched was put back.
    pub(crate) fn is_draft(&self, action: &str, day: Option<Day>) -> bool {
        let (mut proposed, mut whole) = (CellRecord::new(), CellRecord::new());
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
    pub(crate) fn records_on(&self, day: Day) -> BTreeMap<String, CellRecord<F>> {
        let ranks = (0..self.entries.len()).filter(|rank| self.entries[*rank].date <= day);
        settled(
            &self.changes,
            &self.ancestry,
            &ranks.collect::<Vec<usize>>(),
        )
        .records
    }

    /// Who filled a contested cell last, in the order of what they wrote.
    pub(crate) fn writers(&self, cell: &ContestedCell<F>) -> Vec<String> {
        let entries = cell.latest.iter().filter_map(|r| self.entries.get(*r));
        entries.map(JournalEntry::described).collect()
    }

    /// Cells that a person must choose, files that a synchroniser left.
    pub(crate) fn remarks(&self) -> Vec<Diagnostic> {
        let cells = self.contested.iter().map(|c| c.told(&self.writers(c)));
        let odd = self.odd.iter().map(OddFile::told);
        cells.chain(odd).chain(self.marks.remarks()).collect()
    }
}
