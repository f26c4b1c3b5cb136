//! The last time that changes were given for « CTG dans ma poche »: `data/ctg/poche.json`.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::{Damage, read_sealed, remove_old_temporaries, write_sealed};

/// The last time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PocketMark {
    /// The day.
    pub(crate) jour: Day,
    /// The last import that was given.
    pub(crate) import: String,
}

impl PocketMark {
    /// The last time, none when there was none.
    ///
    /// # Errors
    ///
    /// A file that is not what was written.
    pub(crate) fn read(root: &Path) -> Result<Option<Self>> {
        let path = place(root);
        if !path.exists() {
            return Ok(None);
        }
        match read_sealed(&path) {
            Ok(mark) => Ok(Some(mark)),
            Err(Damage::Missing) => Ok(None),
            Err(_) => Err(Error::Store(format!(
                "{} est abîmé : effacez-le, puis dites depuis quand avec --depuis AAAA-MM-JJ.",
                path.display()
            ))),
        }
    }

    /// Remembers this time.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn write(&self, root: &Path) -> Result<()> {
        let path = place(root);
        if let Some(folder) = path.parent().filter(|folder| folder.is_dir()) {
            // What a stop left: no lock says whose it is.
            let _ = remove_old_temporaries(folder);
        }
        write_sealed(&path, self)
    }
}

fn place(root: &Path) -> PathBuf {
    root.join("data").join("ctg").join("poche.json")
}
