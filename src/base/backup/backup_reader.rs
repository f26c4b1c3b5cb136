//! An archive opened: what it says it holds, whether each of its files is what was written, and those files
//! laid in a folder. Only names of its list are read, and nothing is written outside that folder.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use super::backup_list::{BackedFile, BackupList, FOLDER, LIST, README};
use crate::base::error::{Error, Result};
use crate::base::files::{Summing, create_dir, sync_dir};

/// Bytes that a list may take: some two hundred thousand files.
const LONGEST_LIST: u64 = 64 << 20;

/// What an archive holds beside files.
const OWN: [&str; 2] = [LIST, README];

/// An archive of this program.
pub(crate) struct BackupReader {
    archive: ZipArchive<BufReader<File>>,
    path: PathBuf,
    list: BackupList,
}

/// Whether a file is an archive that `write_backup` wrote, whatever it is worth.
pub(crate) fn is_backup(path: &Path) -> bool {
    let is_zip = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("zip"));
    is_zip
        && path.is_file()
        && File::open(path)
            .ok()
            .and_then(|file| ZipArchive::new(BufReader::new(file)).ok())
            .is_some_and(|archive| archive.index_for_name(LIST).is_some())
}

impl BackupReader {
    /// Opens an archive and reads its list.
    ///
    /// # Errors
    ///
    /// A file that is no archive, or not of this program; a list that is altered, newer, or that names
    /// a file outside the folder.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(Error::io(path, "lecture"))?;
        Self::of(file, path)
    }

    pub(super) fn of(file: File, path: &Path) -> Result<Self> {
        let told = path.display().to_string();
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| {
            Error::Store(format!(
                "{told} n’est pas une archive .zip entière : ce n’est pas une sauvegarde, ou sa copie a été coupée. Rien n’a été changé."
            ))
        })?;
        let mut bytes = Vec::new();
        {
            let part = archive.by_name(LIST).map_err(|_| {
                Error::Store(format!(
                    "{told} n’est pas une sauvegarde de l’observatoire : {LIST} n’y est pas, ou ne se lit pas. Rien n’a été changé."
                ))
            })?;
            let read = part.take(LONGEST_LIST).read_to_end(&mut bytes);
            // What does not inflate is no list either.
            read.map_or_else(|_| bytes.clear(), |_| ());
        }
        let list = BackupList::read(&bytes, &told)?;
        Ok(Self {
            archive,
            path: path.to_path_buf(),
            list,
        })
    }

    /// What it says that it holds.
    pub(crate) fn list(&self) -> &BackupList {
        &self.list
    }

    /// What is not what was written: files altered, cut or missing, entries that the list does not name.
    ///
    /// # Errors
    ///
    /// None but of a disk that refuses to read.
    pub(crate) fn damaged(&mut self) -> Result<Vec<String>> {
        let mut damaged = self.unnamed();
        for file in self.list.files.clone() {
            if !self.passes(&file, &mut std::io::sink())? {
                damaged.push(file.name);
            }
        }
        Ok(damaged)
    }

    /// Entries of the archive that its list does not name.
    fn unnamed(&self) -> Vec<String> {
        let files = self.list.files.iter();
        let known: BTreeSet<String> = files.map(|f| format!("{FOLDER}{}", f.name)).collect();
        let names = self.archive.file_names();
        let names = names.map(|name| name.unwrap_or_default().into_owned());
        names
            .filter(|name| !OWN.contains(&name.as_str()) && !known.contains(name))
            .collect()
    }

    /// Lays its folders and files in a folder, each checked as it is written.
    ///
    /// # Errors
    ///
    /// A disk that refuses; files that are not what was written, all of them named.
    pub(crate) fn lay(&mut self, into: &Path) -> Result<()> {
        let mut damaged = self.unnamed();
        for folder in &self.list.folders {
            create_dir(&under(into, folder))?;
        }
        for file in self.list.files.clone() {
            let path = under(into, &file.name);
            create_dir(path.parent().unwrap_or(into))?;
            let mut laid = File::create_new(&path).map_err(Error::io(&path, "écriture"))?;
            if !self.passes(&file, &mut laid)? {
                damaged.push(file.name.clone());
            }
            laid.sync_all().map_err(Error::io(&path, "écriture"))?;
        }
        for folder in &self.list.folders {
            sync_dir(&under(into, folder))?;
        }
        match damaged.as_slice() {
            [] => Ok(()),
            names => Err(self.refused(names)),
        }
    }

    /// Why damaged entries stop everything, each named.
    pub(crate) fn refused(&self, names: &[String]) -> Error {
        Error::Store(format!(
            "{} est abîmée : {} n’est pas ce qui a été sauvegardé. Prenez une autre copie de cette sauvegarde, ou une autre : rien n’a été changé.",
            self.path.display(),
            names.join(", ")
        ))
    }

    /// Passes the bytes of a file on; whether they are those that were written.
    fn passes(&mut self, file: &BackedFile, into: &mut dyn Write) -> Result<bool> {
        let Ok(part) = self.archive.by_name(&format!("{FOLDER}{}", file.name)) else {
            return Ok(false);
        };
        // One byte more than it should have is one too many; a thousand more would fill the disk.
        let mut part = part.take(file.bytes + 1);
        let mut summing = Summing::default();
        let mut buffer = vec![0; 1 << 16];
        let mut bytes = 0;
        loop {
            let Ok(read) = part.read(&mut buffer) else {
                return Ok(false);
            };
            if read == 0 {
                break;
            }
            summing.update(&buffer[..read]);
            into.write_all(&buffer[..read])
                .map_err(Error::io(&file.name, "écriture"))?;
            bytes += read as u64;
        }
        Ok(bytes == file.bytes && summing.finish().sha256 == file.sha256)
    }
}

/// A file by its relative name, with « / » between folders.
fn under(folder: &Path, name: &str) -> PathBuf {
    let parts = name.split('/');
    parts.fold(folder.to_path_buf(), |path, part| path.join(part))
}
