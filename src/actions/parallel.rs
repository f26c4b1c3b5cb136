//! Jobs done several at a time, on threads with room for the layout of printed pages.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::base::error::{Error, Result};

/// Stack of a worker: pages of printed reports are laid out by deep recursion.
const STACK: usize = 32 * 1024 * 1024;

/// Does every job, several at a time, each worker one after the other; stops at the first that
/// fails, in the order of the jobs. Workers are threads of their own: in the shared pool, a worker
/// that waits for the layout of one report would begin another on top of it, and so on until its
/// stack is full.
pub(super) fn in_parallel<T: Sync>(
    jobs: &[T],
    work: impl Fn(&T) -> Result<()> + Sync,
) -> Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_jobs_are_done_or_the_first_failure_is_told() {
        let done = AtomicUsize::new(0);
        let jobs: Vec<usize> = (0..100).collect();
        let all = in_parallel(&jobs, |job| {
            done.fetch_add(*job, Ordering::Relaxed);
            Ok(())
        });
        assert!(all.is_ok());
        assert_eq!(done.into_inner(), 4950);
        let stopped = in_parallel(&jobs, |job| {
            if *job < 3 {
                Ok(())
            } else {
                Err(Error::Render(job.to_string()))
            }
        });
        let told = stopped.expect_err("a failure").to_string();
        assert!(told.parse::<usize>().is_ok_and(|job| job >= 3), "{told}");
    }
}
