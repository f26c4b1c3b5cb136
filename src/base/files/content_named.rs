//! A folder of small files that are each named by what their bytes come to, and never edited: two
//! machines never write the same one differently, and a file that a synchroniser renamed (« -PC2 »,
//! « (1) », « conflicted copy ») is still known by its bytes. Names may begin or end with anything
//! else, as long as they hold the sum.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::atomic::is_temporary;
use super::checked_file::Damage;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};

/// Hexadecimal digits of a name: 128 bits tell any two contents apart, and paths stay short for
/// Windows.
const NAME_DIGITS: usize = 32;

/// The name that bytes have.
pub(crate) fn content_name(bytes: &[u8]) -> String {
    let mut name = crate::base::text::hex(Sha256::digest(bytes));
    name.truncate(NAME_DIGITS);
    name
}

/// A file that is not used, and why, or that is used under another name than its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OddFile {
    /// Where.
    pub(crate) path: PathBuf,
    /// What it is.
    pub(crate) kind: OddKind,
}

/// What a file that does not bear its own name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OddKind {
    /// The same bytes as another that is there.
    Copy,
    /// Sound, and the only one: it counts, whatever its name.
    Renamed,
    /// It bears the name of other bytes; a sound one is there too.
    DamagedCopy(Damage),
    /// It bears the name of other bytes, and there is no sound one.
    Damaged {
        /// The name that it bears.
        name: String,
        /// What is wrong.
        damage: Damage,
    },
    /// It bears no name at all.
    Foreign,
}

impl OddFile {
    /// What is said of it.
    pub(crate) fn told(&self) -> Diagnostic {
        let at = Location::file(&self.path.display().to_string());
        let (code, message) = match &self.kind {
            OddKind::Copy => (
                Code::StoreCopy,
                "même contenu qu’un autre fichier.".to_owned(),
            ),
            OddKind::Renamed => (Code::StoreRenamed, "il compte quand même.".to_owned()),
            OddKind::DamagedCopy(damage) => (Code::StoreCopy, format!("{damage}.")),
            OddKind::Damaged { damage, .. } => (Code::StoreDamaged, format!("{damage}.")),
            OddKind::Foreign => {
                let message = "ce n’est pas un fichier de la base.";
                (Code::StoreForeign, message.to_owned())
            }
        };
        Diagnostic::new(code, at, message)
    }
}

/// What a folder holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct ContentNamed {
    /// Sound bytes by their name.
    pub(crate) sound: BTreeMap<String, Vec<u8>>,
    /// Files that are there under a name whose bytes the caller holds: they were not opened.
    pub(crate) held: BTreeSet<String>,
    /// What else lies there.
    pub(crate) odd: Vec<OddFile>,
}

impl ContentNamed {
    /// Reads every `.json` of a folder, which need not exist.
    ///
    /// # Errors
    ///
    /// A folder that cannot be listed.
    pub(crate) fn read(dir: &Path) -> Result<Self> {
        Self::read_but(dir, &BTreeSet::new())
    }

    /// The same, without opening again the files that bear a name whose bytes are known: what was checked when
    /// it was read. Opening thousands of small files is what reading a folder costs.
    ///
    /// # Errors
    ///
    /// See [`ContentNamed::read`].
    pub(crate) fn read_but(dir: &Path, known: &BTreeSet<String>) -> Result<Self> {
        let mut held = BTreeSet::new();
        let mut paths = Vec::new();
        match std::fs::read_dir(dir) {
            Ok(entries) => {
                for entry in entries {
                    let path = entry.map_err(Error::io(dir, "lecture"))?.path();
                    match own_name(&path).filter(|name| known.contains(*name)) {
                        Some(name) => {
                            held.insert(name.to_owned());
                        }
                        None => paths.push(path),
                    }
                }
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(Error::io(dir, "lecture")(e)),
        }
        // In order, so that of two copies the same one is told each time.
        paths.sort_unstable();
        let read: Vec<ReadFile> = paths.into_par_iter().filter_map(ReadFile::of).collect();
        Ok(Self::sorted(read, held))
    }

    fn sorted(read: Vec<ReadFile>, held: BTreeSet<String>) -> Self {
        let mut all = Self {
            held,
            ..Self::default()
        };
        let is_own = |file: &ReadFile| file.damage.is_none() && file.is_under_own_name();
        let (own, others): (Vec<_>, Vec<_>) = read.into_iter().partition(is_own);
        for file in own {
            all.sound.insert(file.actual, file.bytes);
        }
        let is_sound = |file: &ReadFile| file.damage.is_none() && file.stem.contains(&file.actual);
        let (renamed, strange): (Vec<_>, Vec<_>) = others.into_iter().partition(is_sound);
        for file in renamed {
            let kind = if all.holds(&file.actual) {
                OddKind::Copy
            } else {
                all.sound.insert(file.actual, file.bytes);
                OddKind::Renamed
            };
            all.odd.push(OddFile {
                path: file.path,
                kind,
            });
        }
        for file in strange {
            let damage = file.damage.unwrap_or(Damage::Different);
            let kind = match claimed(&file.stem) {
                Some(name) if all.holds(&name) => OddKind::DamagedCopy(damage),
                Some(name) => OddKind::Damaged { name, damage },
                None => OddKind::Foreign,
            };
            all.odd.push(OddFile {
                path: file.path,
                kind,
            });
        }
        all
    }

    /// Whether bytes of a name are there.
    fn holds(&self, name: &str) -> bool {
        self.sound.contains_key(name) || self.held.contains(name)
    }

    /// The first file that bears the name of other bytes while no sound one is there.
    pub(crate) fn damaged(&self) -> impl Iterator<Item = (&OddFile, &Damage)> {
        self.odd.iter().filter_map(|file| match &file.kind {
            OddKind::Damaged { damage, .. } => Some((file, damage)),
            _ => None,
        })
    }
}

/// The name of a file that bears nothing else.
fn own_name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()?.strip_suffix(".json")
}

/// A file of the folder, with the name that its bytes have.
struct ReadFile {
    path: PathBuf,
    /// Its name without extension, in small letters.
    stem: String,
    bytes: Vec<u8>,
    actual: String,
    damage: Option<Damage>,
}

impl ReadFile {
    /// Its sum, alone or after a label: « a003-… ».
    fn is_under_own_name(&self) -> bool {
        let label = self.stem.strip_suffix(&self.actual);
        label.is_some_and(|label| {
            let letters = label.strip_suffix('-').unwrap_or(label);
            let is_label = letters.bytes().all(|b| b.is_ascii_alphanumeric());
            label.is_empty() || (label.ends_with('-') && is_label)
        })
    }

    /// None for what is no `.json`, and for temporary files.
    fn of(path: PathBuf) -> Option<Self> {
        let file = path.file_name()?.to_string_lossy().to_lowercase();
        let stem = file.strip_suffix(".json")?.to_owned();
        if is_temporary(&file) {
            return None;
        }
        let (bytes, damage) = match std::fs::read(&path) {
            Ok(bytes) if bytes.is_empty() => (bytes, Some(Damage::Empty)),
            Ok(bytes) => (bytes, None),
            Err(error) => (Vec::new(), Some(error.into())),
        };
        let actual = content_name(&bytes);
        Some(Self {
            path,
            stem,
            bytes,
            actual,
            damage,
        })
    }
}

/// The name that a file bears somewhere in its own.
fn claimed(stem: &str) -> Option<String> {
    let mut parts = stem.split(|c: char| !c.is_ascii_hexdigit());
    let part = parts.find(|p| p.len() >= NAME_DIGITS)?;
    Some(part[..NAME_DIGITS].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_bytes() {
        let dir = tempfile::tempdir().expect("a folder");
        let put = |name: String, bytes: &[u8]| {
            std::fs::write(dir.path().join(name), bytes).expect("written");
        };
        let [one, two, three, four] = [&b"un"[..], b"deux", b"trois", b"quatre"];
        let labelled = b"cinq";
        put(format!("{}.json", content_name(one)), one);
        put(format!("{}-PC2.json", content_name(one)), one);
        put(format!("{} (conflit).json", content_name(one)), b"u");
        put(format!("Copie de {} (1).json", content_name(two)), two);
        put(format!("A003-{}.json", content_name(labelled)), labelled);
        put(format!("{}.json", content_name(three)), b"");
        put(format!("{}.json", content_name(four)), b"quatr");
        put("I001-PC2.json".to_owned(), b"{}");
        put(".observatoire-3-1.tmp".to_owned(), b"x");
        let read = ContentNamed::read(dir.path()).expect("a folder");
        let mut expected = vec![content_name(one), content_name(two), content_name(labelled)];
        expected.sort();
        assert_eq!(read.sound.keys().cloned().collect::<Vec<_>>(), expected);
        let mut kinds: Vec<String> = read.odd.iter().map(|o| format!("{:?}", o.kind)).collect();
        kinds.sort();
        let begins: Vec<&str> = kinds
            .iter()
            .map(|k| k.split([' ', '(']).next().unwrap_or(""))
            .collect();
        assert_eq!(
            begins,
            [
                "Copy",
                "Damaged",
                "Damaged",
                "DamagedCopy",
                "Foreign",
                "Renamed"
            ]
        );
        assert_eq!(read.damaged().count(), 2);
        // What is known is not opened again: altered since, it is not seen; its copies are still told.
        let known: BTreeSet<String> = [content_name(one)].into();
        put(format!("{}.json", content_name(one)), b"altered");
        let again = ContentNamed::read_but(dir.path(), &known).expect("a folder");
        assert_eq!(again.held, known);
        assert_eq!(again.sound.len(), read.sound.len() - 1);
        assert_eq!(again.odd.len(), read.odd.len());
        let nowhere = ContentNamed::read(&dir.path().join("rien")).expect("no folder");
        assert!(nowhere.sound.is_empty() && nowhere.odd.is_empty());
    }
}
