//! What the registry held at each import that found it changed, `data/reperes/registre/<content>.json`:
//! cells that changed and nothing else, each file naming those that it had seen. Without it, two copies
//! that differ could not tell who changed what.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::registry_lines::RegistryLines;
use crate::base::error::{Error, Result};
use crate::base::files::{ContentNamed, content_name, write_file};
use crate::base::lineage::{Ancestry, Lineage};
use crate::base::machine::machine_name;
use crate::base::text::fold;

const FORMAT: u32 = 1;

/// One file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HistoryEntry {
    format: u32,
    /// Machine that it was noted on; empty when it is not known.
    poste: String,
    /// Files that nothing followed yet when this one was written.
    vus: Vec<String>,
    /// Cells as they became; an empty text empties the cell, and an empty code the line.
    cases: RegistryLines,
}

/// An accueil as a code was given to it once, case and accents aside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CodeBearer {
    nom: String,
    commune: String,
    kind: String,
}

impl CodeBearer {
    /// An accueil by what the registry says of it.
    pub(crate) fn new(nom: &str, commune: &str, kind: &str) -> Self {
        Self {
            nom: fold(nom),
            commune: fold(commune),
            kind: fold(kind),
        }
    }
}

/// What the registry held.
#[derive(Debug, Default)]
pub(super) struct RegistryHistory {
    changes: Vec<RegistryLines>,
    ancestry: Ancestry,
    heads: Vec<String>,
}

impl RegistryHistory {
    /// Reads a folder, which need not exist. Files that are damaged, or that lack one that they name,
    /// are no history: copies are then told apart without it.
    ///
    /// # Errors
    ///
    /// A folder that cannot be listed.
    pub(super) fn read(dir: &Path) -> Result<Self> {
        let read = ContentNamed::read(dir)?;
        let mut entries: BTreeMap<String, HistoryEntry> = BTreeMap::new();
        for (name, bytes) in &read.sound {
            match serde_json::from_slice::<HistoryEntry>(bytes) {
                Ok(entry) if entry.format == FORMAT => entries.insert(name.clone(), entry),
                _ => return Ok(Self::default()),
            };
        }
        let seen = entries.iter().map(|(n, e)| (n.as_str(), e.vus.as_slice()));
        let Ok(lineage) = Lineage::of(&seen.collect()) else {
            return Ok(Self::default());
        };
        let order = lineage.order.iter();
        let changes = order.filter_map(|name| entries.remove(name).map(|e| e.cases));
        Ok(Self {
            changes: changes.collect(),
            ancestry: lineage.ancestry,
            heads: lineage.heads,
        })
    }

    /// What a cell held, with the rank of who wrote it; whoever began the line left empty what it did
    /// not fill.
    pub(super) fn held(&self, code: &str, column: &str) -> Vec<HeldText<'_>> {
        let changes = self.changes.iter().enumerate();
        let written = changes.filter_map(|(rank, lines)| {
            let line = lines.get(code)?;
            let begun = line.get("code").filter(|code| !code.is_empty());
            let text = line.get(column).map(String::as_str);
            let text = text.or_else(|| begun.map(|_| ""))?;
            Some(HeldText { rank, text })
        });
        written.collect()
    }

    /// The texts that nobody wrote over, of some.
    pub(super) fn latest<'a>(&self, held: &[HeldText<'a>]) -> Vec<&'a str> {
        let ranks: Vec<usize> = held.iter().map(|h| h.rank).collect();
        let latest = self.ancestry.latest(&ranks);
        let mut texts: Vec<&str> = (held.iter().filter(|h| latest.contains(&h.rank)))
            .map(|h| h.text)
            .collect();
        texts.sort_unstable();
        texts.dedup();
        texts
    }

    /// What it all adds up to, the last in order standing.
    pub(super) fn state(&self) -> RegistryLines {
        let mut state = RegistryLines::new();
        for lines in &self.changes {
            for (code, cells) in lines {
                let line = state.entry(code.clone()).or_default();
                line.extend(cells.clone());
                line.retain(|_, text| !text.is_empty());
            }
        }
        state.retain(|_, line| line.contains_key("code"));
        state
    }

    /// Every code that was ever held, with the accueils that bore it.
    pub(super) fn bearers(&self) -> BTreeMap<String, BTreeSet<CodeBearer>> {
        let mut state = RegistryLines::new();
        let mut all: BTreeMap<String, BTreeSet<CodeBearer>> = BTreeMap::new();
        for lines in &self.changes {
            for (code, cells) in lines {
                let line = state.entry(code.clone()).or_default();
                line.extend(cells.clone());
                let text = |column: &str| line.get(column).map_or("", String::as_str);
                let bearer = CodeBearer::new(text("nom"), text("commune"), text("type"));
                let bearers = all.entry(code.clone()).or_default();
                bearers.extend(Some(bearer).filter(|b| !b.nom.is_empty()));
            }
        }
        all
    }

    /// Notes what changed since, when anything did.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(super) fn note(&self, dir: &Path, now: &RegistryLines) -> Result<()> {
        let cases = changes(&self.state(), now);
        if cases.is_empty() {
            return Ok(());
        }
        let entry = HistoryEntry {
            format: FORMAT,
            poste: machine_name(),
            vus: self.heads.clone(),
            cases,
        };
        let text = serde_json::to_vec_pretty(&entry)
            .map_err(|e| Error::Store(format!("Le registre ne peut pas être retenu ({e}).")))?;
        write_file(&dir.join(format!("{}.json", content_name(&text))), &text)
    }
}

/// What a cell held once.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeldText<'a> {
    rank: usize,
    pub(super) text: &'a str,
}

/// Cells that are not as they were.
fn changes(before: &RegistryLines, now: &RegistryLines) -> RegistryLines {
    let mut changed = RegistryLines::new();
    let mut put = |code: &String, column: &String, text: &str| {
        let line = changed.entry(code.clone()).or_default();
        line.insert(column.clone(), text.to_owned());
    };
    for (code, cells) in now {
        let held = before.get(code);
        for (column, text) in cells {
            if held.and_then(|line| line.get(column)) != Some(text) {
                put(code, column, text);
            }
        }
    }
    for (code, cells) in before {
        for column in cells.keys() {
            if now.get(code).is_none_or(|line| !line.contains_key(column)) {
                put(code, column, "");
            }
        }
    }
    changed
}
