//! What a folder of reports says of itself: the files that the program wrote there, so that it
//! replaces those and no other, and the entries of the log that they rest on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::atomic::write_atomic;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::text::hex;

/// File that marks a folder which a delivery wrote.
pub(crate) const MARK: &str = ".observatoire-livraison";
/// Version of what the mark holds. The first one was empty; the second knew no days.
const FORMAT: u32 = 2;

/// What a folder of reports says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeliveryMark {
    /// 0 for a folder of the former program, which kept no list.
    format: u32,
    /// Relative name → fingerprints that the file may have: one, or two while it is replaced.
    fichiers: BTreeMap<String, BTreeSet<String>>,
    /// Files of the log of deliveries.
    pub(crate) livraisons: Vec<String>,
    /// Fingerprint → day of the edition that it is of.
    #[serde(default)]
    jours: BTreeMap<String, Day>,
}

/// Fingerprint of a file's bytes.
pub(super) fn fingerprint(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..16])
}

impl DeliveryMark {
    /// Reads the mark of a folder, which is there.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(MARK);
        let text = std::fs::read_to_string(&path).map_err(Error::io(&path, "lecture"))?;
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        serde_json::from_str(&text).map_err(|e| {
            Error::Store(format!(
                "{} : la liste des rapports livrés est abîmée ({e}). Déplacez ce dossier de rapports, puis recommencez.",
                path.display()
            ))
        })
    }

    /// Whether it was left by the former program.
    pub(crate) fn is_former(&self) -> bool {
        self.format == 0
    }

    /// Whether a file was written by a delivery of this folder.
    pub(super) fn names(&self, name: &str) -> bool {
        self.fichiers.contains_key(name)
    }

    /// Files that deliveries wrote.
    pub(super) fn file_names(&self) -> impl Iterator<Item = &str> {
        self.fichiers.keys().map(String::as_str)
    }

    /// Whether these bytes are what a delivery wrote there, as far as the mark can tell.
    pub(super) fn is_ours(&self, name: &str, bytes: &[u8]) -> bool {
        let known = self.fichiers.get(name);
        known.is_some_and(|prints| prints.contains(&fingerprint(bytes)))
    }

    /// Day of the edition that these bytes are of; none where the mark does not tell.
    pub(super) fn day_of(&self, bytes: &[u8]) -> Option<Day> {
        self.jours.get(&fingerprint(bytes)).copied()
    }

    /// Day of the edition that a file is of, when it has one.
    pub(super) fn day_of_file(&self, name: &str) -> Option<Day> {
        let prints = self.fichiers.get(name)?.iter();
        let mut days = prints.filter_map(|print| self.jours.get(print).copied());
        let day = days.next()?;
        days.all(|other| other == day).then_some(day)
    }

    /// The same while files are replaced by those of an edition: either version is ours.
    pub(super) fn replacing(
        &self,
        fresh: &BTreeMap<String, String>,
        day: Option<Day>,
        log: &[String],
    ) -> Self {
        let mut both = self.clone();
        both.format = FORMAT;
        for (name, print) in fresh {
            let prints = both.fichiers.entry(name.clone()).or_default();
            prints.insert(print.clone());
            if let Some(day) = day {
                both.jours.entry(print.clone()).or_insert(day);
            }
        }
        for name in log {
            if !both.livraisons.contains(name) {
                both.livraisons.push(name.clone());
            }
        }
        both
    }

    /// The same once they are.
    pub(super) fn replaced(mut self, fresh: &BTreeMap<String, String>) -> Self {
        for (name, print) in fresh {
            let only = BTreeSet::from([print.clone()]);
            self.fichiers.insert(name.clone(), only);
        }
        let known: BTreeSet<&String> = self.fichiers.values().flatten().collect();
        self.jours.retain(|print, _| known.contains(print));
        self
    }

    /// A file that is kept of the edition of a day.
    pub(super) fn keep(&mut self, name: &str, print: &str, day: Day) {
        self.jours.insert(print.to_owned(), day);
        let prints = BTreeSet::from([print.to_owned()]);
        self.fichiers.insert(name.to_owned(), prints);
    }

    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let bytes = serde_json::to_vec(self).map_err(|e| {
            Error::Render(format!(
                "La liste des rapports ne peut pas être écrite ({e})."
            ))
        })?;
        write_atomic(&folder.join(MARK), &bytes)
    }
}
