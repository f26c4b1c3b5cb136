//! What a folder holds replaced by what was laid in it, without an instant at which a kill loses anything:
//! the intention is written first, whole; from then on whoever opens the folder finishes it. Nothing is
//! deleted: what was there is kept in a folder of its own.
//!
//! ```text
//! .restauration/nouveau/       what was laid, checked
//! .restauration/echange.json   the intention, sealed: only then does anything move
//! avant-restauration-AAAA-MM-JJ/   what was there
//! ```
//!
//! Entries are moved one by one rather than the folder itself: on Windows a folder in which a window
//! stands, or the program itself, cannot be renamed.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::atomic::{create_dir, patiently, sync_dir, write_through};
use super::folder_lock::Lock;
use super::sealed_json::{read_sealed, write_sealed};
use crate::base::error::{Error, Result};

/// Where a swap is prepared, in the folder itself.
const PLACE: &str = ".restauration";
const LAID: &str = "nouveau";
const MARK: &str = "echange.json";

/// What is to move.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SwapMark {
    /// Folder that keeps what was there; none when nothing was.
    #[serde(rename = "ecarte", default, skip_serializing_if = "Option::is_none")]
    aside: Option<String>,
    /// Entries that leave.
    #[serde(rename = "sortent")]
    out: Vec<String>,
    /// Entries that come, in order.
    #[serde(rename = "entrent")]
    into: Vec<String>,
}

/// A swap in the making; nothing of the folder has changed before [`FolderSwap::commit`].
#[derive(Debug)]
pub(crate) struct FolderSwap {
    root: PathBuf,
    _lock: Lock,
}

impl FolderSwap {
    /// Prepares a swap in a folder, which need not exist. What a kill left of an earlier one is finished
    /// or swept.
    ///
    /// # Errors
    ///
    /// Another restoration under way; a disk that refuses.
    pub(crate) fn within(root: &Path) -> Result<Self> {
        finish_swap(root)?;
        let place = root.join(PLACE);
        create_dir(&place)?;
        let lock = Lock::take(&place)?;
        let laid = place.join(LAID);
        if laid.exists() {
            std::fs::remove_dir_all(&laid).map_err(Error::io(&laid, "suppression"))?;
        }
        create_dir(&laid)?;
        Ok(Self {
            root: root.to_path_buf(),
            _lock: lock,
        })
    }

    /// Where what comes is laid.
    pub(crate) fn laid(&self) -> PathBuf {
        self.root.join(PLACE).join(LAID)
    }

    /// Writes the intention: from here on it is finished, by this command or by the next one.
    ///
    /// # Errors
    ///
    /// A disk that refuses: nothing has changed then.
    pub(crate) fn commit(&self, out: Vec<String>, aside: &str, last: &str) -> Result<()> {
        let laid = self.laid();
        let mut into = BTreeSet::new();
        for entry in std::fs::read_dir(&laid).map_err(Error::io(&laid, "lecture"))? {
            let entry = entry.map_err(Error::io(&laid, "lecture"))?;
            into.insert(entry.file_name().to_string_lossy().into_owned());
        }
        let has_last = into.remove(last);
        let mark = SwapMark {
            aside: (!out.is_empty()).then(|| aside.to_owned()),
            out,
            into: into
                .into_iter()
                .chain(has_last.then(|| last.to_owned()))
                .collect(),
        };
        write_sealed(&self.root.join(PLACE).join(MARK), &mark)
    }
}

impl Drop for FolderSwap {
    fn drop(&mut self) {
        let place = self.root.join(PLACE);
        if !place.join(MARK).exists() {
            // What cannot be removed now is swept by the next restoration.
            let _ = std::fs::remove_dir_all(place.join(LAID));
        }
    }
}

/// Whether a folder waits for a swap to be finished.
pub(crate) fn swap_pending(root: &Path) -> bool {
    root.join(PLACE).join(MARK).is_file()
}

/// Finishes the swap that was decided in a folder, if one was; each step may be done again.
///
/// # Errors
///
/// A file that another program holds (on Windows): what is done stays done, and the next command goes on.
pub(crate) fn finish_swap(root: &Path) -> Result<()> {
    let place = root.join(PLACE);
    if !swap_pending(root) {
        return Ok(());
    }
    let lock = Lock::take(&place)?;
    let path = place.join(MARK);
    if path.is_file() {
        let mark: SwapMark = read_sealed(&path).map_err(|damage| {
            Error::Store(format!(
                "{} : {damage}. La restauration n’a pas pu être achevée : ce qui devait être remis est dans {}, ce qui était là y est encore ou dans un dossier « avant-restauration-… ».",
                path.display(),
                place.join(LAID).display()
            ))
        })?;
        mark.run(root).map_err(|error| {
            Error::Store(format!(
                "La restauration est commencée et s’achèvera à la prochaine commande. {error}"
            ))
        })?;
        std::fs::remove_file(&path).map_err(Error::io(&path, "suppression"))?;
    }
    // The lock’s own file is in the folder: on Windows it is closed first.
    drop(lock);
    let _ = std::fs::remove_dir_all(&place);
    Ok(())
}

impl SwapMark {
    fn run(&self, root: &Path) -> Result<()> {
        let laid = root.join(PLACE).join(LAID);
        if let Some(aside) = &self.aside {
            let aside = root.join(aside);
            create_dir(&aside)?;
            for name in &self.out {
                put_aside(root, &aside, &laid, name)?;
            }
            sync_dir(&aside)?;
        }
        for name in &self.into {
            let (from, to) = (laid.join(name), root.join(name));
            if from.exists() {
                patiently(|| std::fs::rename(&from, &to)).map_err(Error::io(&to, "écriture"))?;
            }
        }
        sync_dir(root)
    }
}

/// Moves an entry aside, once. A file that another one will replace is copied: at no instant is it missing,
/// and the settings say all along that the folder is an observatory.
fn put_aside(root: &Path, aside: &Path, laid: &Path, name: &str) -> Result<()> {
    let (from, to) = (root.join(name), aside.join(name));
    if to.exists() || !from.exists() {
        return Ok(());
    }
    if from.is_file() && laid.join(name).is_file() {
        let mut source = File::open(&from).map_err(Error::io(&from, "lecture"))?;
        return write_through(&to, |file| {
            let copied = std::io::copy(&mut source, file);
            copied.map(|_| ()).map_err(Error::io(&to, "écriture"))
        });
    }
    patiently(|| std::fs::rename(&from, &to)).map_err(Error::io(&from, "mise à l’écart"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, text: &str) {
        create_dir(path.parent().expect("a parent")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    fn read(path: &Path) -> String {
        std::fs::read_to_string(path).unwrap_or_default()
    }

    /// A folder with something, and a swap that is decided.
    fn decided(root: &Path) {
        write(&root.join("o.toml"), "before");
        write(&root.join("data/a"), "before");
        write(&root.join("mine/b"), "before");
        let swap = FolderSwap::within(root).expect("a place");
        write(&swap.laid().join("o.toml"), "after");
        write(&swap.laid().join("data/c"), "after");
        let out = ["data", "mine", "o.toml"].map(str::to_owned).to_vec();
        swap.commit(out, "aside", "o.toml").expect("decided");
    }

    fn is_after(root: &Path) {
        assert_eq!(read(&root.join("o.toml")), "after");
        assert_eq!(read(&root.join("data/c")), "after");
        assert!(!root.join("data/a").exists() && !root.join("mine").exists());
        for kept in ["o.toml", "data/a", "mine/b"] {
            assert_eq!(read(&root.join("aside").join(kept)), "before", "{kept}");
        }
        assert!(!root.join(PLACE).exists());
    }

    #[test]
    fn before_the_intention_nothing_has_moved() {
        let root = tempfile::tempdir().expect("a folder");
        write(&root.path().join("o.toml"), "before");
        let swap = FolderSwap::within(root.path()).expect("a place");
        write(&swap.laid().join("o.toml"), "after");
        drop(swap);
        finish_swap(root.path()).expect("nothing to do");
        assert_eq!(read(&root.path().join("o.toml")), "before");
        assert!(!root.path().join(PLACE).join(LAID).exists());
    }

    #[test]
    fn a_swap_stopped_after_any_step_is_finished_by_the_next() {
        type SwapStep = fn(&Path);
        let steps: [SwapStep; 5] = [
            |_| {},
            |root| write(&root.join("aside/o.toml"), "before"),
            |root| {
                create_dir(&root.join("aside")).expect("made");
                std::fs::rename(root.join("data"), root.join("aside/data")).expect("moved");
            },
            |root| {
                create_dir(&root.join("aside")).expect("made");
                std::fs::rename(root.join("data"), root.join("aside/data")).expect("moved");
                let laid = root.join(PLACE).join(LAID);
                std::fs::rename(laid.join("data"), root.join("data")).expect("moved");
            },
            |root| {
                write(&root.join("aside/o.toml"), "before");
                let laid = root.join(PLACE).join(LAID);
                std::fs::rename(laid.join("o.toml"), root.join("o.toml")).expect("moved");
            },
        ];
        for step in steps {
            let root = tempfile::tempdir().expect("a folder");
            decided(root.path());
            step(root.path());
            assert!(swap_pending(root.path()));
            finish_swap(root.path()).expect("finished");
            is_after(root.path());
            finish_swap(root.path()).expect("again");
            is_after(root.path());
        }
    }
}
