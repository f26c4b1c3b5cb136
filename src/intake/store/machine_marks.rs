//! What each machine has seen of the store, kept out of it (`data/reperes/<poste>.json`): a store that
//! was deleted, restored from an older copy, or of which a synchroniser lost the last file, is known
//! to be no longer whole.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::manifest::ActionManifest;
use crate::base::diagnostics::{Code, Diagnostic, Location, Notices};
use crate::base::error::{Error, Result};
use crate::base::files::{Damage, read_sealed, write_sealed};

/// What a machine has seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MachineMark {
    #[serde(rename = "poste")]
    machine: String,
    /// The last manifests, which name all others.
    #[serde(rename = "manifestes")]
    heads: Vec<String>,
    /// Number of the last label.
    #[serde(rename = "etiquette")]
    number: u32,
}

/// Every mark of an observatory.
#[derive(Debug, Default)]
pub(super) struct MachineMarks {
    marks: Vec<PlacedMark>,
    damaged: Vec<DamagedMark>,
}

#[derive(Debug)]
struct PlacedMark {
    path: PathBuf,
    mark: MachineMark,
}

/// A mark that cannot be used.
#[derive(Debug)]
pub(super) struct DamagedMark {
    pub(super) path: PathBuf,
    pub(super) damage: Damage,
}

impl MachineMarks {
    /// Reads a folder, which need not exist; copies that a synchroniser left count as others do.
    ///
    /// # Errors
    ///
    /// A folder that cannot be listed.
    pub(super) fn read(dir: &Path) -> Result<Self> {
        let mut read = Self::default();
        let entries = match std::fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(read),
            Err(e) => return Err(Error::io(dir, "lecture")(e)),
        };
        for entry in entries {
            let path = entry.map_err(Error::io(dir, "lecture"))?.path();
            if path.extension().is_none_or(|e| e != "json") {
                continue;
            }
            match read_sealed(&path) {
                Ok(mark) => read.marks.push(PlacedMark { path, mark }),
                Err(damage) => read.damaged.push(DamagedMark { path, damage }),
            }
        }
        Ok(read)
    }

    /// Refuses a store that lacks a manifest which a machine has seen.
    ///
    /// # Errors
    ///
    /// See above.
    pub(super) fn check(&self, manifests: &BTreeMap<String, ActionManifest>) -> Result<()> {
        for placed in &self.marks {
            let missing = placed
                .mark
                .heads
                .iter()
                .find(|h| !manifests.contains_key(*h));
            if let Some(name) = missing {
                return Err(Error::Store(format!(
                    "data/store/manifestes/{name}.json manque, alors que le poste {} l’a enregistré : la base n’est pas entière, ou elle est plus ancienne que ce qui a été fait. Attendez la fin de la synchronisation, ou remettez data/store depuis une sauvegarde. Si vous avez effacé la base pour repartir de zéro, effacez aussi {}.",
                    placed.mark.machine,
                    placed.path.display()
                )));
            }
        }
        Ok(())
    }

    /// Tells of marks that cannot be used.
    pub(super) fn tell(&self, notices: &Notices) {
        for mark in &self.damaged {
            let at = Location::file(&mark.path.display().to_string());
            let message = mark.damage.to_string() + ".";
            notices.tell(Diagnostic::new(Code::MarkDamaged, at, message));
        }
    }

    /// Marks that cannot be used.
    pub(super) fn damaged(&self) -> &[DamagedMark] {
        &self.damaged
    }

    /// Files of sound marks.
    pub(super) fn sound(&self) -> impl Iterator<Item = &Path> {
        self.marks.iter().map(|m| m.path.as_path())
    }

    /// The greatest number that a label bore.
    pub(super) fn last_number(&self) -> u32 {
        self.marks.iter().map(|m| m.mark.number).max().unwrap_or(0)
    }

    /// Whether no machine has seen anything.
    pub(super) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }
}

/// Remembers what a machine has seen.
///
/// # Errors
///
/// A disk that refuses.
pub(super) fn remember(dir: &Path, machine: &str, heads: Vec<String>, number: u32) -> Result<()> {
    let name = if machine.is_empty() { "poste" } else { machine };
    let mark = MachineMark {
        machine: name.to_owned(),
        heads,
        number,
    };
    write_sealed(&dir.join(format!("{name}.json")), &mark)
}
