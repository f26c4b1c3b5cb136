//! A folder as an archive: files in order of path, each summed as it passes, then the list; the whole is
//! read back before it takes its name. The same files of the same day give the same bytes.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::archive_names::{is_kept_aside, is_passing, refused_by_windows};
use super::backup_list::{BackedFile, BackupLabel, BackupList, FOLDER, LIST, README};
use super::backup_reader::{BackupReader, is_backup};
use crate::base::error::{Error, Result};
use crate::base::files::{Summing, write_through};

/// What a person who opens the archive reads first.
const README_TEXT: &str = "\u{feff}Sauvegarde d’un observatoire de la qualité des accueils de loisirs et périscolaires.\r\n\r\nCONFIDENTIEL : elle contient les réponses reçues, la clé qui fait reconnaître les répondants d’une fois sur l’autre, et, si vous les avez notés, les noms des observateurs. Gardez-la là où vous gardez l’observatoire ; ne l’envoyez pas par messagerie ; détruisez-la quand la durée de conservation des réponses est passée.\r\n\r\nPour la remettre en place : observatoire restaurer CE-FICHIER.zip DOSSIER\r\nN’y changez rien à la main : le programme refuserait une sauvegarde modifiée.\r\n";

/// Begins the path of tables that a killed import left.
const INTERRUPTED: &str = "data/store/imports/tmp-";

/// Bytes from which an archive needs the longer form.
const LARGE: u64 = 3 << 30;

/// Something of the folder that is not in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LeftAside {
    /// Its path within the folder.
    pub(crate) name: String,
    /// Why, in words.
    pub(crate) why: &'static str,
}

/// An archive once written and read back.
#[derive(Debug)]
pub(crate) struct WrittenBackup {
    /// What it holds.
    pub(crate) list: BackupList,
    /// What it leaves.
    pub(crate) left: Vec<LeftAside>,
    /// Names that are in it and that Windows would refuse, each with why.
    pub(crate) odd: Vec<LeftAside>,
    /// Its length.
    pub(crate) length: u64,
}

/// Writes a folder as an archive, at once or not at all; `keeps` says which paths go in.
///
/// # Errors
///
/// A file that cannot be read or changed its length meanwhile; a disk that refuses; bytes that do not
/// read back as they were written.
pub(crate) fn write_backup(
    root: &Path,
    label: BackupLabel,
    keeps: &dyn Fn(&str) -> bool,
    out: &Path,
) -> Result<WrittenBackup> {
    let found = FoundFiles::under(root, keeps)?;
    let mut written = None;
    write_through(out, |file| {
        let list = archived(label, &found, file, out)?;
        file.rewind().map_err(Error::io(out, "relecture"))?;
        let whole = file.try_clone().map_err(Error::io(out, "relecture"))?;
        let mut again = BackupReader::of(whole, out)?;
        if *again.list() != list || !again.damaged()?.is_empty() {
            return Err(Error::Store(format!(
                "{} ne se relit pas comme il a été écrit : le disque est peut-être défaillant. Écrivez la sauvegarde ailleurs.",
                out.display()
            )));
        }
        let length = file.metadata().map_err(Error::io(out, "relecture"))?.len();
        written = Some((list, length));
        Ok(())
    })?;
    let (list, length) = written.ok_or_else(|| Error::Store("rien n’a été écrit.".to_owned()))?;
    let names = list.files.iter().map(|f| f.name.as_str());
    let odd = names.filter_map(LeftAside::odd).collect();
    Ok(WrittenBackup {
        list,
        left: found.left,
        odd,
        length,
    })
}

impl LeftAside {
    fn odd(name: &str) -> Option<Self> {
        let why = refused_by_windows(name)?;
        Some(Self {
            name: name.to_owned(),
            why,
        })
    }
}

/// What a folder holds.
#[derive(Default)]
struct FoundFiles {
    folders: Vec<String>,
    files: Vec<(String, PathBuf)>,
    left: Vec<LeftAside>,
}

impl FoundFiles {
    fn under(root: &Path, keeps: &dyn Fn(&str) -> bool) -> Result<Self> {
        let mut found = Self::default();
        found.add(root, "", keeps)?;
        Ok(found)
    }

    fn add(&mut self, folder: &Path, inside: &str, keeps: &dyn Fn(&str) -> bool) -> Result<()> {
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(Error::io(folder, "lecture"))? {
            let path = entry.map_err(Error::io(folder, "lecture"))?.path();
            let Some(part) = path.file_name().map(|n| n.to_os_string().into_string()) else {
                continue;
            };
            match part {
                Ok(part) => entries.push((part, path)),
                Err(odd) => self.leave(
                    &format!("{inside}{}", odd.to_string_lossy()),
                    "son nom n’est pas un texte",
                ),
            }
        }
        entries.sort_unstable();
        for (part, path) in entries {
            let name = format!("{inside}{part}");
            let aside = inside.is_empty() && is_kept_aside(&part);
            if is_passing(&part) || name.starts_with(INTERRUPTED) || !keeps(&name) {
                continue;
            }
            if path.is_symlink() {
                self.leave(&name, "c’est un lien : ce qu’il désigne est ailleurs");
            } else if aside {
                self.leave(&name, "gardé d’une restauration précédente");
            } else if path.is_dir() {
                self.folders.push(name.clone());
                self.add(&path, &format!("{name}/"), keeps)?;
            } else if is_backup(&path) {
                self.leave(&name, "c’est déjà une sauvegarde");
            } else if path.is_file() {
                self.files.push((name, path));
            }
        }
        Ok(())
    }

    fn leave(&mut self, name: &str, why: &'static str) {
        self.left.push(LeftAside {
            name: name.to_owned(),
            why,
        });
    }
}

/// Writes every entry, the list last.
fn archived(
    label: BackupLabel,
    found: &FoundFiles,
    file: &mut File,
    out: &Path,
) -> Result<BackupList> {
    let refused = |e: zip::result::ZipError| Error::io(out, "écriture")(e.into());
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut writer = ZipWriter::new(BufWriter::new(file));
    writer.start_file(README, options).map_err(refused)?;
    let text = README_TEXT.as_bytes();
    writer.write_all(text).map_err(Error::io(out, "écriture"))?;
    let mut files = Vec::new();
    for (name, path) in &found.files {
        let source = File::open(path).map_err(Error::io(path, "lecture"))?;
        let about = source.metadata().map_err(Error::io(path, "lecture"))?;
        let options = options.large_file(about.len() > LARGE);
        writer
            .start_file(format!("{FOLDER}{name}"), options)
            .map_err(refused)?;
        let summed = copied(source, &mut writer, path, out)?;
        files.push(BackedFile {
            name: name.clone(),
            bytes: summed.bytes,
            sha256: summed.sha256,
        });
    }
    let list = BackupList::new(label, found.folders.clone(), files);
    writer.start_file(LIST, options).map_err(refused)?;
    let bytes = list.bytes()?;
    writer
        .write_all(&bytes)
        .map_err(Error::io(out, "écriture"))?;
    let mut inner = writer.finish().map_err(refused)?;
    inner.flush().map_err(Error::io(out, "écriture"))?;
    Ok(list)
}

/// What passed from one file to another.
struct PassedBytes {
    bytes: u64,
    sha256: String,
}

fn copied(source: File, into: &mut impl Write, from: &Path, out: &Path) -> Result<PassedBytes> {
    let mut source = BufReader::new(source);
    let mut summing = Summing::default();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = source
            .read(&mut buffer)
            .map_err(Error::io(from, "lecture"))?;
        if read == 0 {
            break;
        }
        summing.update(&buffer[..read]);
        into.write_all(&buffer[..read])
            .map_err(Error::io(out, "écriture"))?;
        bytes += read as u64;
    }
    Ok(PassedBytes {
        bytes,
        sha256: summing.finish().sha256,
    })
}
