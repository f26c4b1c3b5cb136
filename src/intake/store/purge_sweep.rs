//! What purges replaced leaves the disk: a kill, a file held open or a synchroniser may leave some of it,
//! which nobody uses and which the next run removes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::manifest::StoreAction;
use super::store_state::StoreState;
use super::{Store, migration};
use crate::base::error::{Error, Result};
use crate::base::files::{patiently, remove_old_temporaries, remove_temporaries, sync_dir};

/// What one purge removed from the disk.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Swept {
    /// What was removed, by path.
    pub(crate) removed: Vec<PathBuf>,
    /// What the system would not let go of, and why: the next run tries again.
    pub(crate) refused: Vec<RefusedRemoval>,
}

/// A file or folder that could not be removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RefusedRemoval {
    /// Where.
    pub(crate) path: PathBuf,
    /// What the system said.
    pub(crate) reason: String,
}

impl Store {
    /// What purges replaced and that is still on the disk: manifests, folders of tables, keys, what
    /// format 1 held. Nothing is removed.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn leftovers(&self) -> Result<Vec<PathBuf>> {
        let manifests = self.known.read_all(&self.manifests_dir())?.all;
        let state = StoreState::of(&manifests)?;
        let mut replaced: Vec<&str> = Vec::new();
        let mut former: BTreeSet<&str> = BTreeSet::new();
        for manifest in manifests.values() {
            if let StoreAction::Purge(purge) = &manifest.action {
                for import in &purge.imports {
                    replaced.push(&import.name);
                    former.extend(import.former.iter().map(String::as_str));
                    former.insert(&import.left.content);
                }
            }
        }
        let in_use: BTreeSet<&str> = (state.imports.iter())
            .map(|i| i.manifest.content.as_str())
            .collect();
        let mut found = Vec::new();
        // A synchroniser may have brought one back under a name of its own: « … (1).json ».
        found.extend(entries(&self.manifests_dir(), |name| {
            replaced.iter().any(|r| name.contains(r))
        })?);
        found.extend(entries(&self.imports_dir(), |name| {
            let is_former = former.iter().any(|f| !f.is_empty() && name.contains(f));
            is_former && !in_use.contains(name)
        })?);
        if !replaced.is_empty() {
            found.extend(self.former_keys(&state));
            // A copy of the same answers, and of the names of all files.
            found.extend(entries(&self.dir, |name| name == migration::KEPT)?);
        }
        Ok(found)
    }

    /// Folders of `imports/` that no manifest names: an import or a purge that was interrupted, or that is
    /// still on its way from another machine. They are a person's to judge.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn strays(&self) -> Result<Vec<PathBuf>> {
        let state = self.state()?;
        let in_use: BTreeSet<&str> = (state.imports.iter())
            .map(|i| i.manifest.content.as_str())
            .collect();
        let leftovers = self.leftovers()?;
        let unnamed = entries(&self.imports_dir(), |name| !in_use.contains(name))?;
        let strays = unnamed.into_iter().filter(|p| !leftovers.contains(p));
        Ok(strays.collect())
    }

    /// Removes what killed commands left; the lock is held.
    pub(super) fn remove_leftovers(&self) {
        for dir in self.swept_dirs().iter().filter(|dir| dir.is_dir()) {
            // What cannot be removed now is no harm: the next command tries again.
            let _ = remove_temporaries(dir);
        }
    }

    /// Where a killed command may leave a file of the store on its way.
    pub(super) fn swept_dirs(&self) -> [PathBuf; 4] {
        [
            self.dir.clone(),
            self.dir.join("referentiels"),
            self.manifests_dir(),
            self.marks_dir(),
        ]
    }

    /// The same in the folders of imports and among the settings beside the store, where what was folded of
    /// answers, or names, may have been on their way to the disk: a purge leaves none of it. The lock is held;
    /// the settings are not under it, so that what was just written there stays.
    fn remove_all_leftovers(&self) {
        self.remove_leftovers();
        let imports = fs::read_dir(self.imports_dir()).into_iter().flatten();
        for entry in imports.flatten().map(|entry| entry.path()) {
            let kept = fs::read_dir(&entry).into_iter().flatten().flatten();
            let kept: Vec<PathBuf> = kept.map(|e| e.path()).filter(|p| p.is_dir()).collect();
            for dir in kept.iter().chain([&entry]).filter(|dir| dir.is_dir()) {
                let _ = remove_temporaries(dir);
            }
        }
        if let Some(data) = self.dir.parent() {
            let _ = remove_old_temporaries(data);
        }
    }

    /// Removes what [`Store::leftovers`] finds; [`Store::hold`] is held.
    ///
    /// # Errors
    ///
    /// A store that cannot be read. What cannot be removed is said, not an error: figures no longer
    /// come from it.
    pub(crate) fn sweep(&self) -> Result<Swept> {
        let mut swept = Swept::default();
        self.remove_all_leftovers();
        for path in self.leftovers()? {
            // On Windows a scan or a synchroniser holds a file for an instant.
            let removed = patiently(|| {
                if path.is_dir() {
                    fs::remove_dir_all(&path)
                } else {
                    fs::remove_file(&path)
                }
            });
            match removed {
                Ok(()) => swept.removed.push(path),
                Err(e) => swept.refused.push(RefusedRemoval {
                    path,
                    reason: e.to_string(),
                }),
            }
        }
        for dir in [self.manifests_dir(), self.imports_dir()] {
            if dir.is_dir() {
                sync_dir(&dir)?;
            }
        }
        Ok(swept)
    }
}

/// Entries of a folder, by name.
fn entries(dir: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).map_err(Error::io(dir, "lecture"))? {
        let entry = entry.map_err(Error::io(dir, "lecture"))?;
        if wanted(&entry.file_name().to_string_lossy()) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}
