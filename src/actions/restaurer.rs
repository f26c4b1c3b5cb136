//! An archive of `sauvegarder` put back: everything of it is checked before anything moves, and what it takes
//! the place of is kept in a folder of its own.

use std::path::{Path, PathBuf};

use super::personal_check::personal_check;
use crate::base::backup::{ASIDE, BackupReader, is_backup, is_kept_aside, is_passing};
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::files::{FolderSwap, finish_swap};
use crate::base::text::list;
use crate::campaign::{FolderHold, OpenObservatory, today};
use crate::disclosure::{CarriedLog, carry_deliveries};
use crate::intake::store::{PurgeTrace, purge_traces};
use crate::vocabulary::config::SETTINGS_FILE;

/// What to restore.
pub(crate) struct RestoreRequest {
    /// The archive.
    pub archive: PathBuf,
    /// Where: a new folder, an empty one, or an observatory that it replaces.
    pub target: PathBuf,
    /// Whether an observatory may be replaced; without it, only what would be done is said.
    pub confirmed: bool,
    /// Day of the run; today otherwise.
    pub day: Option<Day>,
}

/// What was restored, or would be.
pub(crate) struct RestoreOutcome {
    /// Day of the backup.
    pub date: Day,
    /// Territory that it says.
    pub territory: String,
    /// Whether rendered reports are in it.
    pub reports: bool,
    /// Files in it.
    pub files: usize,
    /// What they come to.
    pub bytes: u64,
    /// The folder.
    pub target: PathBuf,
    /// Whether an observatory stood there.
    pub replaces: bool,
    /// Whether it was done.
    pub done: bool,
    /// Where what was there is kept.
    pub aside: Option<PathBuf>,
    /// What became of deliveries made since the backup.
    pub deliveries: CarriedLog,
    /// Why what was restored does not open, when it does not.
    pub unopened: Option<String>,
    /// What of it is kept beyond its time.
    pub diagnostics: Vec<Diagnostic>,
}

/// Restores an archive.
///
/// # Errors
///
/// A file that is no backup, a damaged or newer one; a folder that holds something else; answers purged since
/// that would come back; another command that does not finish; a disk that refuses. Nothing has changed then.
pub(crate) fn restore(request: &RestoreRequest) -> Result<RestoreOutcome> {
    let target = &request.target;
    let mut reader = BackupReader::open(&request.archive)?;
    let damaged = reader.damaged()?;
    if !damaged.is_empty() {
        return Err(reader.refused(&damaged));
    }
    finish_swap(target)?;
    let replaces = is_replaced(target)?;
    let day = request.day.unwrap_or_else(today);
    let list = reader.list();
    let mut outcome = RestoreOutcome {
        date: list.label.date,
        territory: list.label.territory.clone(),
        reports: list.label.reports,
        files: list.files.len(),
        bytes: list.files.iter().map(|f| f.bytes).sum(),
        target: target.clone(),
        replaces,
        done: false,
        aside: None,
        deliveries: CarriedLog::Added(0),
        unopened: None,
        diagnostics: Vec::new(),
    };
    if replaces {
        no_purged_answers(&reader, target)?;
        if !request.confirmed {
            return Ok(outcome);
        }
    }
    let hold = FolderHold::take(target)?;
    let swap = FolderSwap::within(target)?;
    reader.lay(&swap.laid())?;
    outcome.deliveries = carry_deliveries(target, &swap.laid())?;
    let out = entries(target)?;
    let aside = free_name(target, day);
    outcome.aside = (!out.is_empty()).then(|| target.join(&aside));
    swap.commit(out, &aside, SETTINGS_FILE)?;
    if cfg!(windows) {
        // Files that are open cannot be moved there; who opens the folder now finishes the restoration.
        drop(hold);
    }
    drop(swap);
    finish_swap(target)?;
    outcome.done = true;
    look_at(&mut outcome, day);
    Ok(outcome)
}

/// What is to be said of what was restored.
fn look_at(outcome: &mut RestoreOutcome, day: Day) {
    let opened = OpenObservatory::open(Some(&outcome.target));
    match opened.and_then(|opened| personal_check(&opened, day)) {
        Ok(check) => outcome.diagnostics = check.diagnostics,
        Err(error) => outcome.unopened = Some(error.to_string()),
    }
}

/// Whether an observatory stands in a folder; anything else there is no place for one.
fn is_replaced(target: &Path) -> Result<bool> {
    if !target.exists() {
        return Ok(false);
    }
    if !target.is_dir() {
        return Err(Error::Usage(format!(
            "{} est un fichier. Donnez un dossier nouveau, vide, ou celui d’un observatoire.",
            target.display()
        )));
    }
    let is_observatory =
        target.join(SETTINGS_FILE).is_file() || target.join("data").join("store").is_dir();
    if is_observatory {
        return Ok(true);
    }
    match entries(target)?.as_slice() {
        [] => Ok(false),
        _ => Err(Error::Usage(format!(
            "{} contient déjà autre chose qu’un observatoire. Donnez un dossier nouveau ou vide : rien n’a été changé.",
            target.display()
        ))),
    }
}

/// What of a folder a restoration replaces: all of it, but backups and what earlier ones kept.
fn entries(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(Error::io(folder, "lecture"))? {
        let path = entry.map_err(Error::io(folder, "lecture"))?.path();
        let name = path.file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        if !is_passing(&name) && !is_kept_aside(&name) && !is_backup(&path) {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn free_name(target: &Path, day: Day) -> String {
    let first = format!("{ASIDE}{day}");
    let others = (2..).map(|rank| format!("{first}-{rank}"));
    let mut names = std::iter::once(first.clone()).chain(others);
    let free = names.find(|name| !target.join(name).exists());
    free.unwrap_or(first)
}

/// Refuses to bring back answers that were purged since the backup was made.
fn no_purged_answers(reader: &BackupReader, target: &Path) -> Result<()> {
    let files = &reader.list().files;
    let since: Vec<PurgeTrace> = purge_traces(target)
        .into_iter()
        .filter(|purge| files.iter().all(|f| f.sha256 != purge.sha256))
        .collect();
    if since.is_empty() {
        return Ok(());
    }
    let told: Vec<String> = since
        .iter()
        .map(|purge| format!("{} (purgée le {})", purge.campaign, purge.date.short()))
        .collect();
    Err(Error::Usage(format!(
        "Cette sauvegarde du {} est d’avant une purge faite ici : {}. La remettre en place ramènerait des réponses dont la conservation est terminée. Prenez une sauvegarde faite après ; ou restaurez celle-ci dans un dossier nouveau, lancez-y « purger », et prenez la suite là. Rien n’a été changé.",
        reader.list().label.date.short(),
        list(&told)
    )))
}
