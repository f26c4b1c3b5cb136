//! The log on disk: `data/livraisons/`, one file per delivery, sealed by the fingerprint in its
//! name, so that two people who deliver apart bring their files together without loss, and a file
//! that was altered or lost is noticed.

use std::collections::BTreeMap;
use std::io::{BufWriter, ErrorKind, IntoInnerError, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::delivery_record::{DeliveryRecord, FORMAT, RecordHead};
use super::former_log::{self, FORMER};
use super::known_deliveries::{KnownDelivery, known_deliveries};
use super::log_key::LogKey;
use super::record_file::RecordFile;
use super::sealed_bytes::{SealedBytes, shortened};
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::files::{
    Damage, NewFile, SeenMarks, create_dir, read_sealed, remember_seen, steadily, write_sealed,
};

/// The folder, in that of an observatory.
const FOLDER: [&str; 2] = ["data", "livraisons"];
/// Says that a log was begun here, and holds its key.
pub(super) const MARKER: &str = "journal.json";

/// Where what machines have seen of it is, in that of an observatory.
const MARKS: [&str; 3] = ["data", "reperes", "livraisons"];

/// What says that a log was begun; sealed, since another key would know no answer again.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Marker {
    format: u32,
    cle: String,
}

/// A sealed file, of which what was told stays where it is.
#[derive(Debug)]
pub(crate) struct SealedRecord {
    pub(crate) name: String,
    pub(crate) head: RecordHead,
    pub(crate) file: RecordFile,
}

/// Everything read of the log.
#[derive(Debug, Default)]
pub(crate) struct ReadLog {
    /// Key of its fingerprints; none before anything was begun.
    pub(crate) key: Option<LogKey>,
    /// In order.
    pub(crate) records: Vec<SealedRecord>,
    /// What is to be said of it.
    pub(crate) remarks: Vec<Diagnostic>,
}

/// The folder of the log.
pub(crate) fn log_dir(root: &Path) -> PathBuf {
    FOLDER
        .iter()
        .fold(root.to_path_buf(), |dir, part| dir.join(part))
}

fn marks_dir(root: &Path) -> PathBuf {
    MARKS
        .iter()
        .fold(root.to_path_buf(), |dir, part| dir.join(part))
}

/// Reads the log and checks that nothing of it was lost or altered.
///
/// # Errors
///
/// A file that is not what was written, one that another or a delivery in place names and that is
/// not there: nothing may be delivered without it.
pub(crate) fn read(root: &Path) -> Result<ReadLog> {
    steadily(|| read_once(root))
}

fn read_once(root: &Path) -> Result<ReadLog> {
    let dir = log_dir(root);
    let key = read_key(&dir.join(MARKER))?;
    let mut records = read_records(&dir)?;
    let was_taken_over = records.iter().any(|r| r.head.rang == 0);
    if let Some(former) = former_log::read(root)?.filter(|_| !was_taken_over) {
        records.push(SealedRecord {
            name: FORMER.to_owned(),
            head: former.head(),
            file: RecordFile::Former(Arc::new(former)),
        });
    }
    records.sort_by(|a, b| (a.head.rang, &a.name).cmp(&(b.head.rang, &b.name)));
    check_whole(&dir, &records, key.is_some(), &known_deliveries(root)?)?;
    let marks = SeenMarks::read(&marks_dir(root))?;
    check_seen(&dir, &records, &marks)?;
    check_key(&dir, &records, key.as_ref())?;
    Ok(ReadLog {
        key,
        records,
        remarks: marks.remarks(),
    })
}

/// Begins a log where there is none, and takes over the former one. Call it under the lock of its
/// folder.
pub(crate) fn begin(root: &Path) -> Result<()> {
    let dir = log_dir(root);
    let marker = dir.join(MARKER);
    let known = read_key(&marker)?;
    let is_sealed = known.is_some() && read_sealed::<Marker>(&marker).is_ok();
    let key = if let Some(key) = known {
        key
    } else {
        // Whatever is missing is told before anything new hides that it is.
        read(root)?;
        LogKey::random()?
    };
    if !is_sealed {
        let cle = key.text();
        write_sealed(
            &marker,
            &Marker {
                format: FORMAT,
                cle,
            },
        )?;
    }
    let was_taken_over = read_records(&dir)?.iter().any(|r| r.head.rang == 0);
    if let Some(former) = former_log::read(root)? {
        if !was_taken_over {
            write(root, "reprise", &former_log::sealed(former, &key))?;
        }
        former_log::remove(root)?;
    }
    Ok(())
}

/// Writes a delivery under a name that begins so; gives the name.
pub(crate) fn write(root: &Path, stem: &str, record: &DeliveryRecord) -> Result<String> {
    ReadyRecord::write(root, stem, record)?.put(root)
}

/// A delivery that is written, and that the log does not have yet.
#[derive(Debug)]
pub(crate) struct ReadyRecord {
    /// The name that it will have.
    pub(crate) name: String,
    file: NewFile,
}

impl ReadyRecord {
    /// Writes a delivery, whose name will begin so.
    pub(crate) fn write<C: Serialize>(
        root: &Path,
        stem: &str,
        record: &DeliveryRecord<C>,
    ) -> Result<Self> {
        let dir = log_dir(root);
        create_dir(&dir)?;
        let file = NewFile::beside(&dir.join(stem))?;
        let mut out = BufWriter::new(Fingerprinted {
            file,
            digest: Sha256::new(),
        });
        let written = serde_json::to_writer(&mut out, record).map_err(std::io::Error::from);
        let written = written.and_then(|()| out.into_inner().map_err(IntoInnerError::into_error));
        let Fingerprinted { file, digest } = written.map_err(Error::io(&dir, "écriture"))?;
        let name = format!("{stem}-{}.json", shortened(digest));
        Ok(Self { name, file })
    }

    /// Puts it in the log; gives its name.
    pub(crate) fn put(self, root: &Path) -> Result<String> {
        self.file.put(&log_dir(root).join(&self.name))?;
        // It names all others; stopped before, this machine remembers less than there is.
        remember_seen(&marks_dir(root), std::slice::from_ref(&self.name))?;
        Ok(self.name)
    }
}

/// A file in the making, with what its bytes come to.
struct Fingerprinted {
    file: NewFile,
    digest: Sha256,
}

impl Write for Fingerprinted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.handle.write(bytes)?;
        self.digest.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.handle.flush()
    }
}

fn read_key(path: &Path) -> Result<Option<LogKey>> {
    let marker = match read_sealed(path) {
        Ok(marker) => Some(marker),
        Err(Damage::Missing) => return Ok(None),
        // Bare, as an earlier version wrote it: sealed at the next delivery.
        Err(Damage::Different) => {
            let bytes = std::fs::read(path).map_err(Error::io(path, "lecture"))?;
            serde_json::from_slice::<Marker>(&bytes).ok()
        }
        Err(_) => None,
    };
    let key = marker.and_then(|marker| LogKey::parse(&marker.cle));
    key.map(Some).ok_or_else(|| SealedBytes::damaged(path))
}

fn read_records(dir: &Path) -> Result<Vec<SealedRecord>> {
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Error::io(dir, "lecture")(e)),
    };
    // A copy that a synchroniser named otherwise is the same delivery.
    let mut found: BTreeMap<String, SealedRecord> = BTreeMap::new();
    for entry in entries {
        let path = entry.map_err(Error::io(dir, "lecture"))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_json = path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("json"));
        if !is_json || name == MARKER || name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            return Err(Error::Store(format!(
                "{} : un dossier porte le nom d’une livraison notée. Le programme n’en crée aucun ici : sortez-le de data/livraisons, puis recommencez ; la livraison qu’il cacherait sera alors demandée.",
                path.display()
            )));
        }
        let sealed = read_record(&path)?;
        // Its own name stays, whatever becomes of the copy before it is read again.
        if name == sealed.name || !found.contains_key(&sealed.name) {
            found.insert(sealed.name.clone(), sealed);
        }
    }
    Ok(found.into_values().collect())
}

fn read_record(path: &Path) -> Result<SealedRecord> {
    let sealed = SealedBytes::read(path)?;
    let head = serde_json::from_slice(&sealed.bytes);
    let head: RecordHead = head.map_err(|_| SealedBytes::damaged(path))?;
    if head.format > FORMAT {
        return Err(Error::Store(format!(
            "{} : cette livraison a été notée par une version plus récente du programme. Mettez le programme à jour.",
            path.display()
        )));
    }
    Ok(SealedRecord {
        name: sealed.name,
        head,
        file: RecordFile::Sealed(path.to_path_buf()),
    })
}

/// Refuses a log of which something is known that it does not hold.
fn check_whole(
    dir: &Path,
    records: &[SealedRecord],
    is_begun: bool,
    known: &[KnownDelivery],
) -> Result<()> {
    if records.is_empty()
        && !is_begun
        && let Some(first) = known.first()
    {
        return Err(lost(dir, &first.place));
    }
    if !records.is_empty() && !is_begun && records.iter().any(|r| r.name != FORMER) {
        return Err(missing(dir, MARKER, "les autres fichiers du dossier"));
    }
    let holds = |name: &str| records.iter().any(|r| r.name == name);
    for known in known {
        if let Some(name) = known.records.iter().find(|name| !holds(name)) {
            return Err(missing(dir, name, &known.place.display().to_string()));
        }
        if records.is_empty() {
            return Err(lost(dir, &known.place));
        }
    }
    for sealed in records {
        let before = &sealed.head.precedentes;
        if let Some(name) = before.iter().find(|name| !holds(name)) {
            return Err(missing(dir, name, &sealed.name));
        }
    }
    Ok(())
}

/// Refuses a log of which a machine has seen a file that is no more.
fn check_seen(dir: &Path, records: &[SealedRecord], marks: &SeenMarks) -> Result<()> {
    match marks.lost(|name| records.iter().any(|r| r.name == name)) {
        None => Ok(()),
        Some(lost) => {
            let witness = format!("le poste {}", lost.machine);
            let missing = missing(dir, &lost.name, &witness);
            let mark = lost.mark.display();
            Err(Error::Store(format!(
                "{missing} Si les rapports de cette livraison n’ont été remis à personne, supprimez-les, et effacez {mark}."
            )))
        }
    }
}

/// Refuses a key that is not the one that deliveries were noted with.
fn check_key(dir: &Path, records: &[SealedRecord], key: Option<&LogKey>) -> Result<()> {
    let Some(seal) = key.map(LogKey::own_seal) else {
        return Ok(());
    };
    let is_other = |r: &&SealedRecord| !r.head.cle.is_empty() && r.head.cle != seal;
    match records.iter().find(is_other) {
        None => Ok(()),
        Some(other) => Err(Error::Store(format!(
            "{} : cette clé n’est pas celle du journal des livraisons ({} a été noté avec une autre). Rendez à ce fichier sa dernière sauvegarde ; sans lui, deux éditions pourraient livrer la réponse d’une personne.",
            dir.join(MARKER).display(),
            other.name
        ))),
    }
}

fn lost(dir: &Path, place: &Path) -> Error {
    Error::Store(format!(
        "{} : le journal des livraisons manque, alors que {} a été livré. Rendez-lui sa dernière sauvegarde ; sans lui, deux éditions pourraient livrer la réponse d’une personne. Si ces rapports n’ont été remis à personne, supprimez-les, puis recommencez.",
        dir.display(),
        place.display()
    ))
}

fn missing(dir: &Path, name: &str, witness: &str) -> Error {
    Error::Store(format!(
        "{} : ce fichier du journal des livraisons manque ({witness} en parle). Reprenez-le d’une sauvegarde, de la corbeille ou du poste où la livraison a été faite ; sans lui, deux éditions pourraient livrer la réponse d’une personne.",
        dir.join(name).display()
    ))
}

/// Creates the folder, so that it can be locked.
pub(crate) fn create(root: &Path) -> Result<PathBuf> {
    let dir = log_dir(root);
    create_dir(&dir)?;
    Ok(dir)
}
