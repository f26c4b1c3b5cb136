//! What was sent under an exchange: one small file a sending, so that two machines never write the same one. No data of
//! anyone: which exchange, which day, which fields, how many lines, the SHA-256 of what left.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::write_file;

/// Format of the files.
const FORMAT: u32 = 1;

/// A sending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transmission {
    format: u32,
    /// Id of the exchange.
    pub echange: String,
    /// Day, ISO.
    pub date: String,
    /// Campaign that figures are of.
    pub campagne: String,
    /// Fields that were sent.
    pub champs: Vec<String>,
    /// Lines in the file.
    pub lignes: usize,
    /// Of those, figures that are hidden.
    pub masques: usize,
    /// SHA-256 of the file.
    pub sha256: String,
}

impl Transmission {
    /// Of an exchange, on a day.
    pub(crate) fn new(echange: &str, date: Day, campagne: &str, sha256: &str) -> Self {
        Self {
            format: FORMAT,
            echange: echange.to_owned(),
            date: date.to_string(),
            campagne: campagne.to_owned(),
            champs: Vec::new(),
            lignes: 0,
            masques: 0,
            sha256: sha256.to_owned(),
        }
    }

    /// When.
    pub fn day(&self) -> Option<Day> {
        self.date.parse().ok()
    }

    /// Remembers it in an observatory; the same file sent twice on a day is one sending.
    pub(crate) fn keep(&self, root: &Path) -> Result<()> {
        let short: String = self.sha256.chars().take(12).collect();
        let name = format!("{}-{}-{short}.json", self.date, self.echange);
        let text = serde_json::to_string_pretty(self)
            .map_err(|e| Error::Store(format!("Transmission illisible : {e}")))?;
        write_file(&folder(root).join(name), format!("{text}\n").as_bytes())
    }
}

fn folder(root: &Path) -> PathBuf {
    root.join("data").join("ctg").join("transmissions")
}

/// Every sending of an observatory, oldest first.
///
/// # Errors
///
/// A folder or a file that cannot be read; one that is no sending.
pub fn transmissions(root: &Path) -> Result<Vec<Transmission>> {
    let folder = folder(root);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(Error::io(&folder, "lecture"))? {
        let path = entry.map_err(Error::io(&folder, "lecture"))?.path();
        if path.extension().is_none_or(|e| e != "json") {
            continue;
        }
        let text = std::fs::read_to_string(&path).map_err(Error::io(&path, "lecture"))?;
        let read: Transmission = serde_json::from_str(&text).map_err(|e| {
            Error::Store(format!(
                "{} ne se lit pas ({e}) : remettez-le depuis une sauvegarde.",
                path.display()
            ))
        })?;
        // A copy that a synchroniser left says the same thing.
        if !all.contains(&read) {
            all.push(read);
        }
    }
    all.sort_by(|a, b| (&a.date, &a.echange, &a.sha256).cmp(&(&b.date, &b.echange, &b.sha256)));
    Ok(all)
}
