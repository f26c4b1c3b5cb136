//! Panics: mute while a library reads a foreign file under guard, printed anywhere else.
//!
//! A library that panics on a damaged workbook is a diagnostic about that file, and its message would
//! only frighten. A panic of our own, or of a library that nobody guards, is a bug and must be seen:
//! the mark is of the thread and of the call, since other threads go on meanwhile.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};

use crate::base::error::{Error, Result};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Marks the thread while a guarded call runs, however it ends.
struct Guard {
    before: bool,
}

impl Guard {
    fn enter() -> Self {
        Self {
            before: GUARDED.replace(true),
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        GUARDED.set(self.before);
    }
}

/// Calls into a library with what comes from outside; its panic is an `Err`, and mute.
///
/// The call keeps to its thread: what it hands to other threads is not guarded there.
pub(crate) fn guarded<T>(call: impl FnOnce() -> T) -> std::thread::Result<T> {
    let _guard = Guard::enter();
    catch_unwind(AssertUnwindSafe(call))
}

/// Runs a command; its panic, printed by then, is an error like another.
pub(crate) fn as_error<T>(command: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(command)).unwrap_or(Err(Error::Bug))
}

/// Hands every panic of the process to `report`, but those of guarded calls.
pub(crate) fn report_with(report: impl Fn(&PanicHookInfo) + Send + Sync + 'static) {
    std::panic::set_hook(Box::new(move |info| {
        if !GUARDED.get() {
            report(info);
        }
    }));
}

/// Prints every panic but those of guarded calls, as the standard library would.
pub(crate) fn print_unguarded() {
    report_with(std::panic::take_hook());
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn a_panic_of_a_command_ends_it_as_what_cannot_be_done() {
        let bug = as_error::<()>(|| std::panic::resume_unwind(Box::new("essai")));
        let error = bug.expect_err("a bug");
        assert_eq!(error.exit_code(), 3);
        assert!(error.to_string().contains("transmettez"), "{error}");
        assert_eq!(as_error(|| Ok(7)).ok(), Some(7));
    }

    #[test]
    fn a_panic_is_mute_under_guard_and_there_alone() {
        let printed: Arc<Mutex<Vec<String>>> = Arc::default();
        let (kept, before) = (Arc::clone(&printed), std::panic::take_hook());
        report_with(move |info| {
            // Tests of other threads may panic meanwhile: theirs go where they went.
            match info.payload_as_str() {
                Some(text) if text.starts_with("essai") => {
                    kept.lock().expect("free").push(text.to_owned());
                }
                _ => before(info),
            }
        });
        assert_eq!(guarded(|| 1).ok(), Some(1));
        assert!(guarded(|| panic!("essai d’une bibliothèque")).is_err());
        // The mark is gone with the call, on this thread and for others.
        assert!(catch_unwind(|| panic!("essai après")).is_err());
        let other = guarded(|| std::thread::spawn(|| panic!("essai ailleurs")).join());
        assert!(other.expect("no panic here").is_err());
        // A guard within a guard leaves the outer one in place.
        let nested = guarded(|| {
            let _ = guarded(|| panic!("essai dedans"));
            panic!("essai dehors")
        });
        assert!(nested.is_err());
        assert_eq!(
            *printed.lock().expect("free"),
            ["essai après", "essai ailleurs"]
        );
    }
}
