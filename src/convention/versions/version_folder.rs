//! `data/ctg/versions`: one file a version, never edited: `2026-06-30-0003-<sum>-convention.toml`. A file that was taken
//! away is a version too, empty, whose name ends with `.absent`.

use std::path::{Path, PathBuf};

use super::hand_written::{alone, folders, is_kept, name_of, slug_of};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::{content_name, remove_old_temporaries, write_file};
use crate::intake::store::DeepCheck;

const FOLDER: [&str; 3] = ["data", "ctg", "versions"];
/// Digits of a sum: enough to tell versions of one file apart, few for paths of Windows.
const DIGITS: usize = 12;
const GONE: &str = ".absent";
const CHANGED: &str = "ce n’est plus le contenu qui a été gardé ce jour-là. Remettez ce fichier depuis une sauvegarde.";

/// A version of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct KeptVersion {
    /// Since when.
    pub day: Day,
    /// Order within a day.
    rank: u32,
    sum: String,
    /// `ctg/convention.toml`.
    pub name: String,
    /// None where the file was taken away.
    pub path: Option<PathBuf>,
}

impl KeptVersion {
    fn read(path: PathBuf) -> Option<Self> {
        let file = path.file_name()?.to_str()?.to_owned();
        let (day, rest) = (file.get(..10)?, file.get(11..)?);
        let mut parts = rest.splitn(3, '-');
        let (rank, sum, slug) = (parts.next()?, parts.next()?, parts.next()?);
        let kept = slug.strip_suffix(GONE);
        Some(Self {
            day: day.parse().ok()?,
            rank: rank.parse().ok()?,
            sum: sum.to_owned(),
            name: name_of(kept.unwrap_or(slug))?,
            path: kept.is_none().then_some(path),
        })
    }

    /// Whether its bytes are those that were kept.
    pub(super) fn check(&self) -> Result<()> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        let bytes = std::fs::read(path).map_err(Error::io(path, "lecture"))?;
        if sum(&bytes) == self.sum {
            return Ok(());
        }
        Err(Error::Store(format!("{} : {CHANGED}", path.display())))
    }
}

fn sum(bytes: &[u8]) -> String {
    content_name(bytes).chars().take(DIGITS).collect()
}

/// Every version, in order. What is not one is left alone.
pub(super) fn versions(root: &Path) -> Result<Vec<KeptVersion>> {
    let folder: PathBuf = root.join(FOLDER.iter().collect::<PathBuf>());
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(Error::io(&folder, "lecture"))? {
        let path = entry.map_err(Error::io(&folder, "lecture"))?.path();
        all.extend(KeptVersion::read(path));
    }
    all.sort();
    Ok(all)
}

/// Checks every version, and says which is not what was kept.
///
/// # Errors
///
/// A folder that cannot be read.
pub(crate) fn check_versions(root: &Path, check: &mut DeepCheck) -> Result<()> {
    for version in versions(root)? {
        if let Some(path) = &version.path {
            let length = std::fs::metadata(path).map_or(0, |about| about.len());
            let found = version.check().map(|()| length);
            check.looked_at(path, found.map_err(|_| CHANGED.to_owned()));
        }
    }
    Ok(())
}

/// The version of each file that counts on a day.
pub(super) fn versions_on(all: &[KeptVersion], day: Day) -> Vec<&KeptVersion> {
    let mut known: Vec<&KeptVersion> = Vec::new();
    for version in all.iter().filter(|v| v.day <= day) {
        known.retain(|k| k.name != version.name);
        known.push(version);
    }
    known
}

/// Files that are there, of those that are kept.
pub(super) fn present(root: &Path) -> Result<Vec<String>> {
    let mut names: Vec<String> = alone()
        .filter(|name| root.join(name).is_file())
        .map(str::to_owned)
        .collect();
    for within in folders() {
        let folder = root.join(within);
        if !folder.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&folder).map_err(Error::io(&folder, "lecture"))? {
            let path = entry.map_err(Error::io(&folder, "lecture"))?.path();
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            if is_kept(within, &file) && path.is_file() {
                names.push(format!("{within}/{file}"));
            }
        }
    }
    names.sort();
    Ok(names)
}

/// Keeps the files that are not as they were known on this day.
///
/// # Errors
///
/// A folder that cannot be read or written.
pub(crate) fn keep_versions(root: &Path, day: Day) -> Result<()> {
    let all = versions(root)?;
    let known = versions_on(&all, day);
    let there = present(root)?;
    let folder = root.join(FOLDER.iter().collect::<PathBuf>());
    if folder.is_dir() {
        // What stops left there long ago: no lock says whose it is.
        let _ = remove_old_temporaries(&folder);
    }
    let mut rank = all.iter().map(|v| v.rank).max().unwrap_or(0);
    let mut keep = |name: &str, bytes: &[u8], end: &str| {
        rank += 1;
        let file = format!("{day}-{rank:04}-{}-{}{end}", sum(bytes), slug_of(name));
        write_file(&folder.join(file), bytes)
    };
    for name in &there {
        let path = root.join(name);
        let bytes = std::fs::read(&path).map_err(Error::io(&path, "lecture"))?;
        let before = known.iter().find(|v| v.name == *name && v.path.is_some());
        if before.is_none_or(|v| v.sum != sum(&bytes)) {
            keep(name, &bytes, "")?;
        }
    }
    for gone in known
        .iter()
        .filter(|v| v.path.is_some() && !there.contains(&v.name))
    {
        keep(&gone.name, &[], GONE)?;
    }
    Ok(())
}
