//! Where each file that people write by hand is read on a day: in the folder today, among the kept versions of an earlier day.

use std::path::{Path, PathBuf};

use super::hand_written::is_of_observatory;
use super::version_folder::{KeptVersion, present, versions, versions_on};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::vocabulary::config::SETTINGS_FILE;

/// Which files count.
pub(crate) struct KnownFiles {
    root: PathBuf,
    /// Those of a day; none where the files of the folder count.
    kept: Option<Vec<KeptVersion>>,
}

impl KnownFiles {
    /// The files of the folder.
    pub(crate) fn of_today(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            kept: None,
        }
    }

    /// Those that were known on a day; those of the folder where nothing was kept yet, and where no day is asked.
    ///
    /// # Errors
    ///
    /// A version that cannot be read, or whose bytes are not those that were kept.
    pub(crate) fn on(root: &Path, day: Option<Day>) -> Result<Self> {
        let Some(day) = day else {
            return Ok(Self::of_today(root));
        };
        let all = versions(root)?;
        let known: Vec<KeptVersion> = versions_on(&all, day).into_iter().cloned().collect();
        for version in &known {
            version.check()?;
        }
        Ok(Self {
            root: root.to_owned(),
            kept: (!known.is_empty()).then_some(known),
        })
    }

    /// Where a file is read; none where there is, or was, none.
    pub(crate) fn path(&self, name: &str) -> Option<PathBuf> {
        let now = || Some(self.root.join(name)).filter(|path| path.is_file());
        let Some(kept) = &self.kept else {
            return now();
        };
        if is_of_observatory(name) && !self.has_observatory() {
            return now();
        }
        let own = kept.iter().find(|v| v.name == name);
        own.and_then(|v| v.path.clone())
    }

    /// Whether the observatory itself is read as it was: its settings were kept by then.
    pub(crate) fn has_observatory(&self) -> bool {
        let mut all = self.kept.iter().flatten();
        all.any(|v| v.name == SETTINGS_FILE)
    }

    /// Files of a folder, by name.
    ///
    /// # Errors
    ///
    /// A folder that cannot be read.
    pub(crate) fn within(&self, folder: &str) -> Result<Vec<(String, PathBuf)>> {
        let mut names = match &self.kept {
            None => present(&self.root)?,
            Some(kept) => kept.iter().map(|v| v.name.clone()).collect(),
        };
        names.sort();
        let own = names.into_iter().filter(|n| {
            let (within, _) = n.rsplit_once('/').unwrap_or_default();
            within == folder
        });
        let there = own.filter_map(|n| self.path(&n).map(|path| (n, path)));
        Ok(there.collect())
    }

    /// Files that are not what they are in the folder today.
    ///
    /// # Errors
    ///
    /// A file that cannot be read.
    pub(crate) fn changed(&self) -> Result<Vec<String>> {
        let Some(kept) = &self.kept else {
            return Ok(Vec::new());
        };
        let mut names = present(&self.root)?;
        names.extend(kept.iter().map(|v| v.name.clone()));
        names.sort();
        names.dedup();
        let bytes = |path: Option<PathBuf>| -> Result<Option<Vec<u8>>> {
            let read = path.map(|p| std::fs::read(&p).map_err(Error::io(&p, "lecture")));
            read.transpose()
        };
        let mut changed = Vec::new();
        for name in names {
            let now = Some(self.root.join(&name)).filter(|p| p.is_file());
            if bytes(self.path(&name))? != bytes(now)? {
                changed.push(name);
            }
        }
        Ok(changed)
    }
}
