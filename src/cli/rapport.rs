//! `rapport`: every report of a campaign, written to a new folder that then takes the place of
//! the old one, so that nobody opens half a delivery.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::Done;
use super::arguments::RapportArgs;
use super::delivery::{Delivery, Job};
use super::importer::today;
use super::progress::Progress;
use super::session::{Session, iso_day};
use crate::base::error::{Error, Result};
use crate::base::files::Staging;
use crate::base::text::count;
use crate::disclosure::Audience;
use crate::reports::{ReportFormat, page_index, render};

/// What was written.
pub struct Written {
    /// Number of reports, formats apart.
    pub reports: usize,
    /// Number of files, the index aside.
    pub files: usize,
    /// The page from which they open.
    pub index: PathBuf,
    /// What was masked, one sentence per audience.
    pub masked: Vec<String>,
}

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &RapportArgs) -> Result<Done> {
    let session = Session::open(folder)?;
    let written = deliver(&session, args)?;
    let mut lines = vec![format!(
        "{} en {}. Ouvrez {}",
        count(written.reports, "rapport écrit", "rapports écrits"),
        count(written.files, "fichier", "fichiers"),
        written.index.display()
    )];
    lines.extend(written.masked.iter().cloned());
    let result = serde_json::json!({
        "rapports": written.reports,
        "fichiers": written.files,
        "accueil": written.index,
        "masques": written.masked,
    });
    Ok(Done {
        text: lines.join("\n"),
        result,
        ..Done::default()
    })
}

/// Writes the reports asked for.
pub fn deliver(session: &Session, args: &RapportArgs) -> Result<Written> {
    let date = match &args.date {
        Some(date) => iso_day(date)?,
        None => today(),
    };
    let campaign = session.observatory.campaign(args.campagne.as_deref())?;
    let out = match &args.sortie {
        Some(dir) => dir.clone(),
        None => session
            .observatory
            .root
            .join("reports")
            .join("rendus")
            .join(&campaign.id),
    };
    // A folder that cannot be replaced is refused before anything is computed.
    let staging = Staging::beside(&out)?;
    let delivery = Delivery::prepare(session, campaign, &date, args.public)?;
    let jobs = delivery.jobs(args.structure.as_deref())?;
    let formats: BTreeSet<ReportFormat> = args.format.iter().copied().collect();
    let progress = Progress::new(jobs.len(), "rapports");
    in_parallel(&jobs, |job: &Job| {
        let document = delivery.document(job)?;
        for format in &formats {
            let bytes = render(&delivery.templates, &document, *format)?;
            staging.write(&job.file(*format), &bytes)?;
        }
        progress.step();
        Ok(())
    })?;
    let index = delivery.index(&jobs, &formats);
    staging.write("index.html", &page_index(&delivery.templates, &index)?)?;
    let former = staging.put()?;
    let masked = delivery.masked();
    delivery.record()?;
    former.discard()?;
    Ok(Written {
        reports: jobs.len(),
        files: jobs.len() * formats.len(),
        index: out.join("index.html"),
        masked,
    })
}

/// Stack of a worker: pages of printed reports are laid out by deep recursion.
const STACK: usize = 32 * 1024 * 1024;

/// Does every job, several at a time, each worker one after the other; stops at the first that
/// fails, in the order of the jobs. Workers are threads of their own: in the shared pool, a worker
/// that waits for the layout of one report would begin another on top of it, and so on until its
/// stack is full.
fn in_parallel<T: Sync>(jobs: &[T], work: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    let next = AtomicUsize::new(0);
    let failures: Mutex<BTreeMap<usize, Error>> = Mutex::new(BTreeMap::new());
    let failed = || failures.lock().unwrap_or_else(PoisonError::into_inner);
    let worker = || {
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(i).filter(|_| failed().is_empty()) else {
                return;
            };
            if let Err(error) = work(job) {
                failed().insert(i, error);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..rayon::current_num_threads().min(jobs.len()) {
            let built = std::thread::Builder::new().stack_size(STACK);
            built
                .spawn_scoped(scope, worker)
                .map_err(Error::io(".", "démarrage d’un fil de calcul"))?;
        }
        Ok::<(), Error>(())
    })?;
    let first = failed().pop_first();
    first.map_or(Ok(()), |(_, error)| Err(error))
}

/// Audiences of a delivery: the one asked for, or all.
pub(super) fn audiences(asked: Option<Audience>) -> Vec<Audience> {
    asked.map_or_else(|| Audience::ALL.to_vec(), |one| vec![one])
}
