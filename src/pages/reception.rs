//! Files that were dropped and wait for « Faire entrer »: in the user's own folder, not in the observatory,
//! which a synchroniser may carry elsewhere with what they say of persons. A file leaves once it entered, or
//! when a person takes it away; one that is refused waits for its correction.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::dropped_file::Upload;
use super::user_folder::UserFolder;
use crate::actions::registry_undo::RegistryBefore;
use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::base::text::hex;
use crate::intake::cell_corrections::{CellCorrection, FileCorrections};
use crate::intake::own_name;

const SAID: &str = "dit.json";
/// What was typed for cells of a file, beside it.
const CORRECTED: &str = "corrections.json";

/// Where the files of a campaign wait.
pub(crate) struct Reception {
    dir: PathBuf,
}

/// A file that waits.
#[derive(Debug, Clone)]
pub(crate) struct WaitingFile {
    /// Its rank: the name of its own folder, so that two files of one name never meet.
    pub(crate) rank: String,
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) said: SaidOfFile,
    /// Values typed in the place of what its cells hold.
    pub(crate) corrections: FileCorrections,
}

/// What a person said of a file that does not say it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct SaidOfFile {
    pub(crate) source: Option<String>,
    pub(crate) structure: Option<String>,
    /// Tool that wrote it.
    #[serde(default)]
    pub(crate) tool: Option<String>,
    /// What was chosen on its page, field by field.
    #[serde(default)]
    pub(crate) choices: Vec<(String, String)>,
}

/// What became of what was dropped.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Dropped {
    pub(crate) new: usize,
    /// Waited already, byte for byte.
    pub(crate) same: usize,
    /// Took the place of a file of the same name.
    pub(crate) replaced: usize,
    /// Those of them that came under another name: their name, that of the file that gave way.
    pub(crate) renamed: Vec<(String, String)>,
    /// Cells corrected here in the files that gave way: these corrections went with them.
    pub(crate) uncorrected: usize,
}

impl Dropped {
    /// How many came.
    pub(crate) fn all(&self) -> usize {
        self.new + self.replaced + self.same
    }
}

impl Reception {
    /// Of a campaign of an observatory.
    ///
    /// # Errors
    ///
    /// A folder that cannot be made.
    pub(crate) fn of(user: &UserFolder, root: &Path, campaign: &str) -> Result<Self> {
        Self::at(user.inner("reception")?.join(name_of(root)).join(campaign))
    }

    /// Where the list of accueils of an observatory waits.
    ///
    /// # Errors
    ///
    /// A folder that cannot be made.
    pub(crate) fn of_list(user: &UserFolder, root: &Path) -> Result<Self> {
        Self::at(user.inner("listes")?.join(name_of(root)))
    }

    /// Where the workbooks of the plan of an observatory wait.
    ///
    /// # Errors
    ///
    /// A folder that cannot be made.
    pub(crate) fn of_plans(user: &UserFolder, root: &Path) -> Result<Self> {
        Self::at(user.inner("plans")?.join(name_of(root)))
    }

    /// Where the workbooks of the follow-up of the convention wait.
    ///
    /// # Errors
    ///
    /// A folder that cannot be made.
    pub(crate) fn of_follow_up(user: &UserFolder, root: &Path) -> Result<Self> {
        Self::at(user.inner("suivis")?.join(name_of(root)))
    }

    /// Where the backup that may replace an observatory waits.
    ///
    /// # Errors
    ///
    /// A folder that cannot be made.
    pub(crate) fn of_backups(user: &UserFolder, root: &Path) -> Result<Self> {
        Self::at(user.inner("restaurations")?.join(name_of(root)))
    }

    fn at(dir: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&dir).map_err(Error::io(&dir, "création"))?;
        Ok(Self { dir })
    }

    /// Those that wait, in the order in which they came.
    ///
    /// # Errors
    ///
    /// A folder that cannot be listed.
    pub(crate) fn waiting(&self) -> Result<Vec<WaitingFile>> {
        let mut found = Vec::new();
        let entries = std::fs::read_dir(&self.dir).map_err(Error::io(&self.dir, "lecture"))?;
        for entry in entries.flatten() {
            let rank = entry.file_name().to_string_lossy().into_owned();
            let inside = std::fs::read_dir(entry.path())
                .into_iter()
                .flatten()
                .flatten();
            let names = inside.map(|e| e.file_name().to_string_lossy().into_owned());
            let Some(name) = names
                .filter(|n| n != SAID && n != CORRECTED && n.rsplit('.').next() != Some("tmp"))
                .min()
            else {
                continue;
            };
            found.push(WaitingFile {
                path: entry.path().join(&name),
                said: beside(&entry.path().join(SAID)),
                corrections: beside(&entry.path().join(CORRECTED)),
                rank,
                name,
            });
        }
        found.sort_by(|a, b| a.rank.cmp(&b.rank));
        Ok(found)
    }

    /// Keeps what the registry was before a list, beside those that wait.
    ///
    /// # Errors
    ///
    /// A disk that is full.
    pub(crate) fn keep_before(&self, before: &RegistryBefore) -> Result<()> {
        let text = serde_json::to_vec(before)
            .map_err(|e| Error::Store(format!("Le registre n’a pas pu être gardé ({e}).")))?;
        write_file(&self.dir.with_extension("avant.json"), &text)
    }

    /// What the registry was before the last list; none when it was taken back.
    pub(crate) fn before(&self) -> Option<RegistryBefore> {
        beside(&self.dir.with_extension("avant.json"))
    }

    /// Forgets it: it was taken back.
    ///
    /// # Errors
    ///
    /// A file that cannot be removed.
    pub(crate) fn forget_before(&self) -> Result<()> {
        let path = self.dir.with_extension("avant.json");
        std::fs::remove_file(&path).map_err(Error::io(&path, "suppression"))
    }

    /// Keeps what was dropped. A file of the name of one that waits takes its place: it is its correction.
    ///
    /// # Errors
    ///
    /// A disk that is full.
    pub(crate) fn keep<'a>(&self, files: impl IntoIterator<Item = &'a Upload>) -> Result<Dropped> {
        let mut dropped = Dropped::default();
        for upload in files {
            let bytes =
                std::fs::read(upload.file.path()).map_err(Error::io(&upload.name, "lecture"))?;
            let waiting = self.waiting()?;
            // A workbook that was sent back comes home under its own name.
            let own = own_name(&upload.name);
            let twin = waiting
                .iter()
                .find(|w| w.name == upload.name || own_name(&w.name) == own);
            match twin {
                Some(twin) if std::fs::read(&twin.path).is_ok_and(|had| had == bytes) => {
                    dropped.same += 1;
                }
                Some(twin) => {
                    // They are for the bytes that leave.
                    self.write_corrections(&twin.rank, &FileCorrections::new())?;
                    write_file(&twin.path, &bytes)?;
                    dropped.replaced += 1;
                    if twin.name != upload.name {
                        let names = (upload.name.clone(), twin.name.clone());
                        dropped.renamed.push(names);
                    }
                    dropped.uncorrected += twin.corrected();
                }
                None => {
                    let last = waiting
                        .last()
                        .and_then(|w| w.rank.parse::<u32>().ok())
                        .unwrap_or(0);
                    write_file(
                        &self.dir.join(format!("{:06}", last + 1)).join(&upload.name),
                        &bytes,
                    )?;
                    dropped.new += 1;
                }
            }
        }
        Ok(dropped)
    }

    /// Keeps what a person said of a file.
    ///
    /// # Errors
    ///
    /// A file that no longer waits, a disk that is full.
    pub(crate) fn say(&self, rank: &str, said: &SaidOfFile) -> Result<()> {
        let file = self.one(rank)?;
        let text = serde_json::to_vec(said)
            .map_err(|e| Error::Store(format!("Ce choix n’a pas pu être noté ({e}).")))?;
        write_file(&file.path.with_file_name(SAID), &text)
    }

    /// Keeps what a person typed for a cell of a file, by the hash of its bytes.
    ///
    /// # Errors
    ///
    /// A file that no longer waits, a disk that is full.
    pub(crate) fn correct(&self, rank: &str, sha256: &str, typed: CellCorrection) -> Result<()> {
        let mut corrections = self.one(rank)?.corrections;
        let own = corrections.entry(sha256.to_owned()).or_default();
        own.retain(|c| (&c.sheet, &c.cell) != (&typed.sheet, &typed.cell));
        own.push(typed);
        self.write_corrections(rank, &corrections)
    }

    /// Takes back what a person typed for a cell; gives it.
    ///
    /// # Errors
    ///
    /// A file that no longer waits, a cell for which nothing is typed, a disk that is full.
    pub(crate) fn take_back(
        &self,
        rank: &str,
        sha256: &str,
        sheet: &str,
        cell: &str,
    ) -> Result<CellCorrection> {
        let mut corrections = self.one(rank)?.corrections;
        let own = corrections.entry(sha256.to_owned()).or_default();
        let place = own.iter().position(|c| c.sheet == sheet && c.cell == cell);
        let place = place.ok_or_else(|| {
            Error::Usage("Cette cellule n’est pas corrigée, ou ne l’est plus.".to_owned())
        })?;
        let typed = own.remove(place);
        self.write_corrections(rank, &corrections)?;
        Ok(typed)
    }

    fn write_corrections(&self, rank: &str, corrections: &FileCorrections) -> Result<()> {
        let text = serde_json::to_vec(corrections)
            .map_err(|e| Error::Store(format!("Cette correction n’a pas pu être notée ({e}).")))?;
        write_file(&self.dir.join(rank).join(CORRECTED), &text)
    }

    /// Takes a file away.
    ///
    /// # Errors
    ///
    /// One that no longer waits, or is held by another program.
    pub(crate) fn remove(&self, rank: &str) -> Result<String> {
        let file = self.one(rank)?;
        let folder = self.dir.join(&file.rank);
        std::fs::remove_dir_all(&folder).map_err(Error::io(&folder, "suppression"))?;
        Ok(file.name)
    }

    /// A file by its rank, among those that are there: a rank that was typed is never a path.
    pub(crate) fn one(&self, rank: &str) -> Result<WaitingFile> {
        let found = self.waiting()?.into_iter().find(|w| w.rank == rank);
        found.ok_or_else(|| {
            Error::Usage("Ce fichier n’attend plus : il est entré, ou a été retiré.".to_owned())
        })
    }
}

impl WaitingFile {
    /// How many of its cells are corrected.
    pub(crate) fn corrected(&self) -> usize {
        self.corrections.values().map(Vec::len).sum()
    }
}

/// What was written beside a file; nothing when nothing was.
fn beside<T: Default + for<'a> Deserialize<'a>>(path: &Path) -> T {
    let bytes = std::fs::read(path).ok();
    bytes
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

/// A name for an observatory that says nothing of where it is.
fn name_of(root: &Path) -> String {
    hex(&Sha256::digest(root.as_os_str().as_encoded_bytes())[..8])
}
