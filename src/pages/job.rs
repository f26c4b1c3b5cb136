//! A long job: begun by a page, told while it runs, left and found again. One at a time: two would wait for
//! the same lock.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::actions::progress::{Progress, Work};
use crate::base::error::{Error, Result};
use crate::base::panics;

/// Where a job stands.
#[derive(Debug, Clone)]
pub(crate) struct JobState {
    /// « Les rapports s’écrivent ».
    pub(crate) title: String,
    /// What it is at.
    pub(crate) step: &'static str,
    pub(crate) done: usize,
    /// How much there is in all; zero while that is not known.
    pub(crate) total: usize,
    /// Where its end leads, or why it could not go on; none while it runs.
    pub(crate) end: Option<std::result::Result<String, String>>,
}

/// The job that runs, or the last one.
#[derive(Default)]
pub(crate) struct JobDesk {
    current: Arc<Mutex<Option<JobState>>>,
}

/// Tells the desk how far a job is.
struct ToldJob(Arc<Mutex<Option<JobState>>>);

impl JobDesk {
    /// Begins a job; its end is the address that a person is led to.
    ///
    /// # Errors
    ///
    /// Another one runs.
    pub(crate) fn begin(
        &self,
        title: &str,
        work: impl FnOnce(&dyn Progress) -> Result<String> + Send + 'static,
    ) -> Result<()> {
        let mut current = locked(&self.current);
        if let Some(running) = current.as_ref().filter(|job| job.end.is_none()) {
            return Err(Error::Usage(format!(
                "Un travail est déjà en cours (« {} ») : attendez qu’il finisse, puis recommencez.",
                running.title
            )));
        }
        *current = Some(JobState {
            title: title.to_owned(),
            step: "",
            done: 0,
            total: 0,
            end: None,
        });
        drop(current);
        let told = ToldJob(Arc::clone(&self.current));
        let spawned = std::thread::Builder::new().spawn(move || {
            let end = panics::deep(|| work(&told)).map_err(|error| error.to_string());
            if let Some(job) = locked(&told.0).as_mut() {
                job.end = Some(end);
            }
        });
        spawned
            .map(|_| ())
            .map_err(Error::io(".", "démarrage d’un fil de calcul"))
    }

    /// Where it stands.
    pub(crate) fn state(&self) -> Option<JobState> {
        locked(&self.current).clone()
    }

    /// Whether one runs.
    pub(crate) fn is_running(&self) -> bool {
        self.state().is_some_and(|job| job.end.is_none())
    }
}

impl Progress for ToldJob {
    fn begin(&self, work: Work, total: usize) {
        if let Some(job) = locked(&self.0).as_mut() {
            (job.step, job.done, job.total) = (step_of(work), 0, total);
        }
    }

    fn step(&self) {
        if let Some(job) = locked(&self.0).as_mut() {
            job.done += 1;
        }
    }

    fn end(&self) {}
}

/// What is being done, for a person.
fn step_of(work: Work) -> &'static str {
    match work {
        Work::Reports => "rapports",
    }
}

fn locked(state: &Mutex<Option<JobState>>) -> MutexGuard<'_, Option<JobState>> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
