//! The same work on many things, by as many threads as the machine has cores, in order. For work that
//! waits for a pool of its own (reading tables): a thread of the common pool would begin the next thing
//! while it waits, and so on until its stack is full.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::error::Result;
use super::panics::fault;

/// What `work` gives for each, in their order.
///
/// # Errors
///
/// The first that `work` gives, in the order of things.
pub(crate) fn in_parallel<T: Sync, U: Send>(
    things: &[T],
    work: impl Fn(&T) -> Result<U> + Sync,
) -> Result<Vec<U>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    if threads == 1 || things.len() < 2 {
        return things.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Option<Result<U>>>> = Mutex::new(things.iter().map(|_| None).collect());
    std::thread::scope(|scope| {
        for _ in 0..threads.min(things.len()) {
            scope.spawn(|| {
                while let Some((rank, thing)) = {
                    let rank = next.fetch_add(1, Ordering::Relaxed);
                    things.get(rank).map(|thing| (rank, thing))
                } {
                    let result = work(thing);
                    let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                    done[rank] = Some(result);
                }
            });
        }
    });
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.into_iter()
        .map(|one| one.unwrap_or_else(|| Err(fault())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::error::Error;

    #[test]
    fn results_are_in_order_and_the_first_error_is_told() {
        let things: Vec<u32> = (0..1000).collect();
        let doubled = in_parallel(&things, |n| Ok(n * 2)).expect("no error");
        assert!(doubled.iter().zip(&things).all(|(d, n)| *d == n * 2));
        let refused = in_parallel(&things, |n| {
            if *n % 400 == 399 {
                return Err(Error::Render(n.to_string()));
            }
            Ok(*n)
        });
        assert_eq!(refused.expect_err("refused").to_string(), "399");
    }
}
