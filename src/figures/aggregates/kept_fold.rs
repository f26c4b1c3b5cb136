//! Partials on the disk: the folder beside an import's tables, the seal that says what they were folded
//! with and what their bytes come to, and whether they still are what was written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::files::{Damage, HeldFolder, patiently, read_checked, read_sealed, sweep};
use crate::intake::store::TableSum;
use crate::vocabulary::referentiel::Referentiel;

/// Folder of the partials, in that of the import.
pub(super) const FOLDER: &str = "agregats";
/// What says that the partials are whole, what they were folded with, and what their bytes come to.
pub(super) const MARK: &str = "agregats.json";
/// Layout of the partial tables.
pub(super) const FORMAT: u32 = 2;

/// What partials were folded with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FoldMark {
    pub(super) format: u32,
    /// Hash of the référentiel.
    pub(super) referentiel: String,
    /// What the answers that were folded come to.
    #[serde(rename = "reponses")]
    pub(super) answers: String,
    /// What the bytes of each table come to.
    pub(super) tables: BTreeMap<String, TableSum>,
}

/// The bytes of a table, and where they come from.
pub(super) struct FoldedBytes {
    pub(super) path: PathBuf,
    pub(super) bytes: Arc<Vec<u8>>,
}

/// What to do about partials that were folded here, checked, and do not hold what they should.
pub(super) const REMEDY: &str = "Effacez le dossier « agregats » de cet import : il sera refait.";

/// What to do about partials that took the place of answers.
pub(super) const IRREPLACEABLE: &str = "Les réponses ont été purgées et ne permettent pas de le refaire : remettez ce fichier depuis une sauvegarde, ou demandez au logiciel de synchronisation sa version précédente.";

pub(super) fn table_path(dir: &Path, table: &str) -> PathBuf {
    dir.join(format!("{table}.parquet"))
}

/// What is wrong with the partials kept beside the tables of an import, file by file, with the bytes
/// of each sound one; nothing when there are none.
pub(crate) fn check_fold(import_folder: &Path, answers: &str) -> Vec<CheckedFoldFile> {
    let folder = import_folder.join(FOLDER);
    let path = folder.join(MARK);
    let length = |path: &Path| std::fs::metadata(path).map_or(0, |m| m.len());
    let mut files = Vec::new();
    match read_sealed::<FoldMark>(&path) {
        // Folded at the next use: there are none, or they are of an earlier layout.
        Err(Damage::Missing) => {}
        Err(_) if is_of_earlier_layout(&path) => {}
        Err(damage) => files.push(CheckedFoldFile {
            path,
            found: Err(damage),
        }),
        // Whole, but of another import: it says nothing of the tables beside it.
        Ok(mark) if mark.answers != answers => files.push(CheckedFoldFile {
            path,
            found: Err(Damage::Different),
        }),
        Ok(mark) => {
            files.push(CheckedFoldFile {
                found: Ok(length(&path)),
                path,
            });
            for (table, sum) in &mark.tables {
                let path = table_path(&folder, table);
                let found = crate::base::files::check_file(&path, &sum.sha256);
                files.push(CheckedFoldFile { path, found });
            }
        }
    }
    files
}

/// A file of partials that was checked.
pub(crate) struct CheckedFoldFile {
    /// Where.
    pub(crate) path: PathBuf,
    /// Its bytes, or what is wrong.
    pub(crate) found: Result<u64, Damage>,
}

/// Partials that are kept.
pub(super) enum Kept {
    Sound(BTreeMap<String, FoldedBytes>),
    /// None, or of another référentiel, or of an earlier layout.
    None,
    Damaged {
        path: PathBuf,
        damage: Damage,
    },
}

pub(super) fn kept(folder: &Path, referentiel: &Referentiel, answers: &str) -> Kept {
    let path = folder.join(MARK);
    let mark = match read_sealed::<FoldMark>(&path) {
        Ok(mark) => mark,
        Err(Damage::Missing) => return Kept::None,
        Err(_) if is_of_earlier_layout(&path) => return Kept::None,
        Err(damage) => return Kept::Damaged { path, damage },
    };
    if mark.format != FORMAT || mark.referentiel != referentiel.hash {
        return Kept::None;
    }
    if mark.answers != answers {
        let damage = Damage::Different;
        return Kept::Damaged { path, damage };
    }
    let read = mark.tables.iter().map(|(table, sum)| {
        let path = table_path(folder, table);
        match read_checked(&path, &sum.sha256) {
            Ok(bytes) => {
                let bytes = Arc::new(bytes);
                Ok((table.clone(), FoldedBytes { path, bytes }))
            }
            Err(damage) => Err(Kept::Damaged { path, damage }),
        }
    });
    match read.collect() {
        Ok(tables) => Kept::Sound(tables),
        Err(damaged) => damaged,
    }
}

/// Whether a mark is one of those that bore no sums: what it marks is folded again.
fn is_of_earlier_layout(path: &Path) -> bool {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct EarlierMark {
        format: u32,
        #[serde(rename = "referentiel")]
        _referentiel: String,
    }
    let text = std::fs::read_to_string(path).ok();
    let mark = text.and_then(|t| serde_json::from_str::<EarlierMark>(&t).ok());
    mark.is_some_and(|m| m.format < FORMAT)
}

pub(super) fn unusable(path: &Path, damage: &Damage) -> Error {
    Error::Store(format!("{} : {damage}. {REMEDY}", path.display()))
}

/// Begins the name of a folder in the making.
const MAKING: &str = "tmp-agregats-";

/// A folder in the making beside another, once what kills left there is swept; none where nothing can
/// be written.
pub(super) fn beside(folder: &Path) -> Option<HeldFolder> {
    let parent = folder.parent()?;
    // What cannot be removed now is no harm: the next command tries again.
    let _ = sweep(parent, MAKING);
    HeldFolder::within(parent, MAKING).ok()
}

/// Gives a written folder its name, unless whoever folded the same import meanwhile wrote the same
/// tables, which `is_put` says.
pub(super) fn put(temporary: &HeldFolder, folder: &Path, is_put: impl Fn() -> bool) -> Result<()> {
    if folder.is_dir() && is_put() {
        return Ok(());
    }
    if folder.is_dir()
        && let Err(refused) = std::fs::remove_dir_all(folder)
        && folder.exists()
        && !is_put()
    {
        return Err(Error::io(folder, "suppression")(refused));
    }
    if let Err(refused) = patiently(|| std::fs::rename(temporary.path(), folder))
        && !is_put()
    {
        return Err(Error::io(folder, "écriture")(refused));
    }
    Ok(())
}
