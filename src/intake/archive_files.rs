//! Archives of several files, as messaging and shared folders hand them over: each file in them is read as if
//! it had been given alone. A workbook is an archive too, and so is an export of ODK: they are one file.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;
use zip::ZipArchive;
use zip::result::ZipError;

use super::files_given::{KindsLeft, file_bytes, is_system_file, is_table, is_workbook};
use crate::base::diagnostics::{Code, Diagnostic, Location};

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GivenFile {
    /// Where it is, or the archive that holds it.
    pub(super) path: PathBuf,
    /// Its place in the archive.
    inside: Option<PlaceInside>,
}

/// A file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
struct PlaceInside {
    rank: usize,
    name: String,
    /// Folders of the archive that hold it.
    folders: Vec<String>,
}

/// Files of an archive that are read; a collection has fewer.
const MOST: usize = 5_000;
/// What one of them may inflate to.
const MAX_BYTES: u64 = 256 << 20;

impl GivenFile {
    /// Its name, without the folders that it lies in.
    pub(super) fn name(&self) -> String {
        match &self.inside {
            Some(place) => place.name.clone(),
            None => file_name(&self.path),
        }
    }

    /// Names of the folders that people sorted it into, the nearest last: below the observatory, else from what was
    /// given on; then those of its archive.
    pub(super) fn folders(&self, root: &Path, given: &[PathBuf]) -> Vec<String> {
        let names = |path: &Path| -> Vec<String> {
            let normal = path.components().filter_map(|c| match c {
                Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
                _ => None,
            });
            normal.collect()
        };
        let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let path = whole(&self.path);
        let parent = path.parent().unwrap_or(Path::new(""));
        let mut all = if let Ok(below) = parent.strip_prefix(whole(root)) {
            names(below)
        } else {
            let given = given.iter().map(|g| whole(g));
            let from = given
                .filter(|g| parent.starts_with(g))
                .max_by_key(|g| g.components().count());
            let from = from.unwrap_or_else(|| parent.to_owned());
            let kept = names(parent).len() + 1 - names(&from).len();
            let all = names(parent);
            all[all.len().saturating_sub(kept)..].to_vec()
        };
        all.extend(
            self.inside
                .iter()
                .flat_map(|place| place.folders.iter().cloned()),
        );
        all
    }

    /// Name of the folder that holds it, of the archive where it lies at its root.
    pub(super) fn folder(&self) -> Option<String> {
        let inside = self.inside.as_ref();
        let nearest = inside.and_then(|place| place.folders.last().cloned());
        let above = match inside {
            Some(_) => self.path.file_stem(),
            None => self.path.parent().and_then(Path::file_name),
        };
        nearest.or_else(|| above.map(|name| name.to_string_lossy().into_owned()))
    }

    /// Its bytes.
    ///
    /// # Errors
    ///
    /// The diagnostic that refuses it, under the name given.
    pub(super) fn bytes(&self, name: &str) -> Result<Vec<u8>, Diagnostic> {
        match &self.inside {
            Some(place) => inflated(&self.path, place.rank, name),
            None => file_bytes(&self.path, name),
        }
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name();
    name.map_or_else(String::new, |n| n.to_string_lossy().into_owned())
}

/// One file of an archive; the others are not read for it.
fn inflated(archive: &Path, rank: usize, name: &str) -> Result<Vec<u8>, Diagnostic> {
    let refused = |code: Code, why: &str| Diagnostic::new(code, Location::file(name), why);
    let damaged = |_| {
        refused(
            Code::FileUnreadable,
            "l’archive qui le contient est abîmée.",
        )
    };
    let file = File::open(archive).map_err(|e| damaged(ZipError::Io(e)))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    let part = archive.by_index(rank).map_err(|error| match error {
        ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => {
            let why = "l’archive qui le contient est protégée par un mot de passe.";
            refused(Code::FileProtected, why)
                .with_remedy("Sortez-le de l’archive avec son mot de passe, puis importez-le.")
        }
        _ => damaged(error),
    })?;
    let mut bytes = Vec::new();
    let read = part.take(MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|e| damaged(ZipError::Io(e)))?;
    if bytes.len() as u64 > MAX_BYTES {
        let why = "le fichier dépasse ce qu’une collecte peut contenir : plus de 256 Mio.";
        return Err(refused(Code::FileTooLarge, why));
    }
    Ok(bytes)
}

/// The files to read, in the order of paths then of archives, and what was left aside in archives, told under
/// the name that `kept` gives to each.
pub(super) fn opened(
    paths: Vec<PathBuf>,
    kept: impl Fn(&str) -> String,
) -> (Vec<GivenFile>, Vec<Diagnostic>) {
    let (mut files, mut left) = (Vec::new(), Vec::new());
    let held: Vec<Option<ArchiveFiles>> = paths.par_iter().map(|path| inside(path)).collect();
    for (path, held) in paths.into_iter().zip(held) {
        match held {
            Some(found) => {
                let at = Location::file(&kept(&file_name(&path)));
                left.extend(found.left.said(at));
                files.extend(found.places.into_iter().map(|place| GivenFile {
                    path: path.clone(),
                    inside: Some(place),
                }));
            }
            None => files.push(GivenFile { path, inside: None }),
        }
    }
    (files, left)
}

/// Whether the first file of an archive is one that workbooks begin with: nothing else need be looked at.
fn begins_a_workbook(head: &[u8; 64]) -> bool {
    // Where the name stands in what precedes a file.
    let name = &head[30..];
    let firsts: [&[u8]; 5] = [
        b"[Content_Types].xml",
        b"mimetypeapplication/",
        b"_rels/",
        b"docProps/",
        b"xl/",
    ];
    firsts.iter().any(|first| name.starts_with(first))
}

/// What an archive holds.
#[derive(Default)]
struct ArchiveFiles {
    places: Vec<PlaceInside>,
    left: KindsLeft,
}

/// The files of an archive of grids; none when it is one file, or no archive.
fn inside(path: &Path) -> Option<ArchiveFiles> {
    // A pipe or a device would be waited for without end: not even opened.
    if !path.metadata().is_ok_and(|about| about.is_file()) {
        return None;
    }
    let mut file = File::open(path).ok()?;
    let mut head = [0; 64];
    file.read_exact(&mut head).ok()?;
    if !head.starts_with(b"PK\x03\x04") || begins_a_workbook(&head) {
        return None;
    }
    let archive = ZipArchive::new(BufReader::new(File::open(path).ok()?)).ok()?;
    let names: Vec<String> = archive
        .file_names()
        .map(|n| n.unwrap_or_default().replace('\\', "/"))
        .collect();
    let of_workbooks = ["[Content_Types].xml", "content.xml", "xl/workbook.xml"];
    if names.iter().any(|n| of_workbooks.contains(&n.as_str()))
        || !names.iter().any(|n| is_workbook(n))
    {
        return None;
    }
    let mut found = ArchiveFiles::default();
    for (rank, name) in names.iter().enumerate().filter(|(_, n)| !n.ends_with('/')) {
        let base = name.rsplit('/').next().unwrap_or(name).to_owned();
        if is_system_file(Path::new(&base)) || base.starts_with("~$") {
            found.left.leave("fichier du système".to_owned());
        } else if is_table(&base) && found.places.len() < MOST {
            let folders = name.split('/').map(str::to_owned).collect::<Vec<_>>();
            let folders = folders[..folders.len() - 1].to_vec();
            found.places.push(PlaceInside {
                rank,
                name: base,
                folders,
            });
        } else {
            found.left.leave_named(Path::new(&base));
        }
    }
    found
        .places
        .sort_by(|a, b| a.name.cmp(&b.name).then(a.rank.cmp(&b.rank)));
    Some(found)
}
