//! The whole folder of an observatory as one archive, written, then read back.

use std::path::{Path, PathBuf};

use crate::base::backup::{BackupLabel, LeftAside, WrittenBackup, is_backup, write_backup};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::{day_written, remove_old_temporaries};
use crate::campaign::{FolderHold, outside_observatories, today};
use crate::vocabulary::config::{OBSERVERS_FILE, Observatory, SETTINGS_FILE, Settings, read_text};

/// Where reports are rendered, in the folder.
const RENDERED: &str = "reports/rendus";
/// Where the respondents’ key is, in the folder.
const KEY: &str = "data/store/cle-repondants";

/// What to back up.
pub(crate) struct BackupRequest {
    /// The folder, or none for the nearest observatory.
    pub folder: Option<PathBuf>,
    /// The archive; beside the folder, under a dated name, otherwise.
    pub out: Option<PathBuf>,
    /// Whether rendered reports go in.
    pub reports: bool,
    /// Day of the run; today otherwise.
    pub day: Option<Day>,
}

/// What was backed up.
pub(crate) struct BackupOutcome {
    /// The archive.
    pub path: PathBuf,
    /// Whether it took the place of an earlier one.
    pub replaced: bool,
    /// Files in it.
    pub files: usize,
    /// What they come to.
    pub bytes: u64,
    /// Length of the archive.
    pub length: u64,
    /// Whether it holds the key by which respondents are known again.
    pub key: bool,
    /// Whether it holds names of observers.
    pub observers: bool,
    /// What of the folder is not in it.
    pub left: Vec<LeftAside>,
    /// Names that Windows would refuse.
    pub odd: Vec<LeftAside>,
}

/// Backs a folder up. Its settings need not be sound: what is damaged is worth keeping too.
///
/// # Errors
///
/// No observatory there; another command that does not finish; an archive that would replace something else;
/// a disk that refuses.
pub(crate) fn back_up(request: &BackupRequest) -> Result<BackupOutcome> {
    let root = Observatory::root_of(request.folder.as_deref())?;
    if !root.join(SETTINGS_FILE).is_file() {
        return Err(Error::Usage(format!(
            "{} n’est pas un dossier d’observatoire : {SETTINGS_FILE} n’y est pas. Indiquez-le avec --dossier.",
            root.display()
        )));
    }
    let day = request.day.unwrap_or_else(today);
    let path = match &request.out {
        Some(path) => path.clone(),
        None => beside(&root, day)?,
    };
    let replaced = checked(&path)?;
    if let Some(parent) = path.parent().filter(|p| p.is_dir()) {
        // What kills left there; a folder that cannot be listed is said when it is written.
        let _ = remove_old_temporaries(parent);
    }
    let keeps = |name: &str| {
        let rendered = name == RENDERED || name.starts_with(&format!("{RENDERED}/"));
        request.reports || !rendered
    };
    let label = BackupLabel {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        date: day,
        territory: territory(&root),
        reports: request.reports,
    };
    let _hold = FolderHold::take(&root)?;
    let written = write_backup(&root, label, &keeps, &path)?;
    Ok(told(path, replaced, written))
}

fn told(path: PathBuf, replaced: bool, written: WrittenBackup) -> BackupOutcome {
    let files = &written.list.files;
    let holds = |name: &str| files.iter().any(|f| f.name == name);
    let key = files.iter().any(|f| f.name.starts_with(KEY));
    BackupOutcome {
        path,
        replaced,
        files: files.len(),
        bytes: files.iter().map(|f| f.bytes).sum(),
        length: written.length,
        key,
        observers: holds(OBSERVERS_FILE),
        left: written.left,
        odd: written.odd,
    }
}

/// A new archive beside the folder: lost with it, it would serve nobody.
fn beside(root: &Path, day: Day) -> Result<PathBuf> {
    let whole = std::path::absolute(root).map_err(Error::io(root, "lecture"))?;
    let name = whole.file_name().map(|n| n.to_string_lossy().into_owned());
    let name = name.unwrap_or_else(|| "observatoire".to_owned());
    let parent = whole.parent().unwrap_or(&whole).to_path_buf();
    let named = |more: &str| parent.join(format!("Sauvegarde {name} {day}{more}.zip"));
    let mut path = named("");
    let mut rank = 2;
    while path.exists() {
        path = named(&format!(" ({rank})"));
        rank += 1;
    }
    Ok(path)
}

/// A backup that lies beside a folder.
pub(crate) struct BackupBeside {
    /// Where.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// Its length.
    pub length: u64,
    /// Day on which it was written, as the system says; none when it does not.
    pub day: Option<Day>,
}

/// The backups that lie beside a folder, the last one first; a folder that cannot be listed has none.
pub(crate) fn backups_beside(root: &Path) -> Vec<BackupBeside> {
    let whole = std::path::absolute(root).unwrap_or_else(|_| root.to_path_buf());
    let entries = whole
        .parent()
        .and_then(|parent| std::fs::read_dir(parent).ok());
    let mut found: Vec<(std::time::SystemTime, BackupBeside)> = Vec::new();
    for entry in entries.into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        let Ok(about) = entry.metadata() else {
            continue;
        };
        if !name.starts_with("Sauvegarde") || !is_backup(&path) {
            continue;
        }
        let when = about.modified().unwrap_or(std::time::UNIX_EPOCH);
        found.push((
            when,
            BackupBeside {
                name,
                length: about.len(),
                day: day_written(&path),
                path,
            },
        ));
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| b.1.name.cmp(&a.1.name)));
    found.into_iter().map(|(_, backup)| backup).collect()
}

/// Whether an archive stands there already; anything else is not replaced.
fn checked(path: &Path) -> Result<bool> {
    outside_observatories(path)?;
    if !path.exists() {
        return Ok(false);
    }
    if is_backup(path) {
        return Ok(true);
    }
    Err(Error::Usage(format!(
        "{} existe et n’est pas une sauvegarde : rien ne l’écrase. Donnez à --sortie un autre nom, qui finit par .zip.",
        path.display()
    )))
}

/// Name of the territory, when the settings can be read.
fn territory(root: &Path) -> String {
    let text = read_text(&root.join(SETTINGS_FILE)).ok();
    let settings = text.and_then(|text| Settings::parse(SETTINGS_FILE, &text).ok());
    settings.map_or_else(String::new, |settings| settings.territory.nom)
}
