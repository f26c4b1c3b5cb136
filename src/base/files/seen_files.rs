//! What each machine has seen of a folder whose files each name those before them, kept out of it
//! (`data/reperes/<journal>/<poste>.json`): that the last ones are gone is known by nothing else.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::atomic::remove_temporaries;
use super::checked_file::Damage;
use super::sealed_json::{read_sealed, write_sealed};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::machine::machine_name;

/// What a machine has seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeenFiles {
    #[serde(rename = "poste")]
    machine: String,
    /// The last files, which name all others.
    #[serde(rename = "vus")]
    heads: Vec<String>,
}

/// What every machine has seen of a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SeenMarks {
    sound: Vec<SoundSeen>,
    damaged: Vec<UnreadableSeen>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct SoundSeen {
    path: PathBuf,
    seen: SeenFiles,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct UnreadableSeen {
    path: PathBuf,
    damage: Damage,
}

/// A mark as it is found.
#[derive(Debug)]
pub(crate) struct MarkFile<'a> {
    /// Where.
    pub(crate) path: &'a Path,
    /// What is wrong of it.
    pub(crate) damage: Option<&'a Damage>,
}

/// A file that a machine has seen and that is no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LostFile {
    /// Its name.
    pub(crate) name: String,
    /// The machine.
    pub(crate) machine: String,
    /// What remembers it.
    pub(crate) mark: PathBuf,
}

impl SeenMarks {
    /// Reads the marks of a folder, which need not exist; copies that a synchroniser left count as
    /// others do.
    ///
    /// # Errors
    ///
    /// A folder that cannot be listed.
    pub(crate) fn read(dir: &Path) -> Result<Self> {
        let mut read = Self::default();
        let entries = match std::fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(read),
            Err(e) => return Err(Error::io(dir, "lecture")(e)),
        };
        let mut paths = Vec::new();
        for entry in entries {
            paths.push(entry.map_err(Error::io(dir, "lecture"))?.path());
        }
        paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
        // In order, so that the same is told each time.
        paths.sort_unstable();
        for path in paths {
            match read_sealed(&path) {
                Ok(seen) => read.sound.push(SoundSeen { path, seen }),
                Err(damage) => read.damaged.push(UnreadableSeen { path, damage }),
            }
        }
        Ok(read)
    }

    /// The first file that a machine has seen and that is not there.
    pub(crate) fn lost(&self, is_there: impl Fn(&str) -> bool) -> Option<LostFile> {
        self.sound.iter().find_map(|mark| {
            let name = mark.seen.heads.iter().find(|name| !is_there(name))?;
            Some(LostFile {
                name: name.clone(),
                machine: mark.seen.machine.clone(),
                mark: mark.path.clone(),
            })
        })
    }

    /// Every mark, with what is wrong of it.
    pub(crate) fn files(&self) -> impl Iterator<Item = MarkFile<'_>> {
        let sound = self.sound.iter().map(|m| (&m.path, None));
        let damaged = self.damaged.iter().map(|m| (&m.path, Some(&m.damage)));
        let all = sound.chain(damaged);
        all.map(|(path, damage)| MarkFile { path, damage })
    }

    /// What is to be said of marks that cannot be used.
    pub(crate) fn remarks(&self) -> Vec<Diagnostic> {
        let told = self.damaged.iter().map(|mark| {
            let at = Location::file(&mark.path.display().to_string());
            Diagnostic::new(Code::MarkDamaged, at, format!("{}.", mark.damage))
        });
        told.collect()
    }
}

/// Remembers the last files that this machine has seen; the lock of the folder that they are in is held.
///
/// # Errors
///
/// A disk that refuses.
pub(crate) fn remember_seen(dir: &Path, heads: &[String]) -> Result<()> {
    let mut machine = machine_name();
    if machine.is_empty() {
        "poste".clone_into(&mut machine);
    }
    if dir.is_dir() {
        // What cannot be removed now is no harm: the next command tries again.
        let _ = remove_temporaries(dir);
    }
    let path = dir.join(format!("{machine}.json"));
    let heads = heads.to_vec();
    write_sealed(&path, &SeenFiles { machine, heads })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_and_is_gone_is_told_with_who_saw_it() {
        let dir = tempfile::tempdir().expect("a folder");
        let marks = dir.path().join("plans");
        let read = || SeenMarks::read(&marks).expect("readable");
        assert_eq!(read(), SeenMarks::default());
        let heads = ["b".to_owned(), "c".to_owned()];
        remember_seen(&marks, &heads).expect("written");
        assert_eq!(read().lost(|_| true), None);
        let lost = read().lost(|name| name == "b").expect("lost");
        assert_eq!(lost.name, "c");
        assert!(lost.mark.is_file());
        // One that was altered accuses nobody, and is told.
        let mut bytes = std::fs::read(&lost.mark).expect("readable");
        bytes[20] ^= 1;
        std::fs::write(&lost.mark, bytes).expect("written");
        assert_eq!(read().lost(|_| false), None);
        assert_eq!(read().remarks()[0].code, Code::MarkDamaged);
    }
}
