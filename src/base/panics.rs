//! Panics: mute while a library reads a foreign file under guard, an error like another anywhere else.
//!
//! A library that panics on a damaged workbook is a diagnostic about that file, and its message would
//! only frighten. A panic of our own, or of a library that nobody guards, is a bug and must be told, in
//! one sentence that says where it happened and whom to send it to; never what it was about, since its
//! message may quote a cell. `RUST_BACKTRACE` adds the standard library's own words, for who mends.
//!
//! The mark of a guard is of the thread and of the call, since other threads go on meanwhile.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::{Mutex, PoisonError};

use crate::base::error::{Error, Result};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Where the first panic that nobody guards happened: others most often follow from it.
static FIRST: Mutex<Option<String>> = Mutex::new(None);

/// Stack of the thread that runs a command: Windows gives eight times less than others to the first one.
const STACK: usize = 64 << 20;
/// Stack of the threads that share its work.
const WORKER_STACK: usize = 16 << 20;

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

/// Runs a command; its panic, or that of a thread it waited for, is an error like another.
fn as_error<T>(command: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(command)).unwrap_or_else(|_| Err(fault()))
}

/// Runs a command on a stack that its deepest calls do not fill; its panic is an error like another.
pub(crate) fn deep<T: Send>(command: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    // Set once a process; a pool that is there already does as well.
    let _ = rayon::ThreadPoolBuilder::new()
        .stack_size(WORKER_STACK)
        .build_global();
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || as_error(command))
            .map_err(Error::io(".", "démarrage d’un fil de calcul"))?
            .join()
            .unwrap_or_else(|_| Err(fault()))
    })
}

/// The error that a panic comes to.
pub(crate) fn fault() -> Error {
    let first = FIRST.lock().unwrap_or_else(PoisonError::into_inner).take();
    Error::Bug {
        place: first.unwrap_or_else(|| "lieu inconnu".to_owned()),
    }
}

/// Keeps where panics happen, for [`as_error`]. One that cannot be caught (a panic while another
/// unwinds) is handed to `last_words`, then ends the process as any bug does.
pub(crate) fn watch(last_words: impl Fn(&Error) + Send + Sync + 'static) {
    let standard = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if GUARDED.get() {
            return;
        }
        if std::env::var_os("RUST_BACKTRACE").is_some() {
            standard(info);
        }
        keep(info);
        if cannot_unwind(info) {
            let error = fault();
            last_words(&error);
            std::process::exit(i32::from(error.exit_code()));
        }
    }));
}

fn keep(info: &PanicHookInfo) {
    let place = info.location().map(|at| short(at.file(), at.line()));
    let mut first = FIRST.lock().unwrap_or_else(PoisonError::into_inner);
    if first.is_none() {
        *first = place;
    }
}

/// The standard library aborts after these, with words of its own.
fn cannot_unwind(info: &PanicHookInfo) -> bool {
    let text = info.payload_as_str().unwrap_or_default();
    text.starts_with("panic in a ")
}

/// The file from its crate on: what stands before is the machine that built the program.
fn short(file: &str, line: u32) -> String {
    let file = file.replace('\\', "/");
    let parts: Vec<&str> = file.split('/').collect();
    let source = parts.iter().rposition(|part| *part == "src");
    let from = source.map_or(parts.len().saturating_sub(2), |at| at.saturating_sub(1));
    format!("{}:{line}", parts[from..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The hook and the place kept are the process's: these tests take turns.
    static TURN: Mutex<()> = Mutex::new(());

    fn place(call: impl FnOnce()) -> String {
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::panic::take_hook();
        watch(|_| {});
        let error = as_error(|| {
            call();
            Ok(())
        });
        std::panic::set_hook(before);
        error.map_or_else(|e| e.to_string(), |()| String::new())
    }

    #[test]
    fn a_panic_of_a_command_ends_it_as_what_cannot_be_done() {
        assert_eq!(as_error(|| Ok(7)).ok(), Some(7));
        let said = place(|| panic!("Jules a répondu « non »"));
        assert!(
            said.contains("panics.rs:") && said.contains("envoyez"),
            "{said}"
        );
        assert!(!said.contains("Jules"), "{said}");
        assert_eq!(fault().exit_code(), 3);
    }

    #[test]
    fn a_panic_of_a_thread_that_works_for_a_command_is_the_command_s() {
        use rayon::prelude::*;
        let workers = place(|| (0..64).into_par_iter().for_each(|i| assert!(i < 40)));
        assert!(workers.contains("panics.rs:"), "{workers}");
        assert_eq!(deep(|| Ok(7)).ok(), Some(7));
        let scoped = place(|| {
            std::thread::scope(|scope| {
                scope.spawn(|| panic!("ailleurs"));
            });
        });
        assert!(!scoped.is_empty());
    }

    #[test]
    fn a_panic_is_mute_under_guard_and_there_alone() {
        assert_eq!(guarded(|| 1).ok(), Some(1));
        let muted = place(|| assert!(guarded(|| panic!("d’une bibliothèque")).is_err()));
        assert_eq!(muted, "");
        // The mark is gone with the call, and a guard within a guard leaves the outer one in place.
        let after = place(|| {
            let _ = guarded(|| {
                let _ = guarded(|| panic!("dedans"));
                assert!(GUARDED.get());
            });
            assert!(!GUARDED.get());
            panic!("après")
        });
        assert!(after.contains("panics.rs:"), "{after}");
    }

    #[test]
    fn a_place_is_told_from_its_crate_on() {
        let own = short("src/base/panics.rs", 3);
        assert_eq!(own, "src/base/panics.rs:3");
        let there = "/home/x/.cargo/registry/src/index.crates.io-1/calamine-0.38.0/src/xls.rs";
        assert_eq!(short(there, 7), "calamine-0.38.0/src/xls.rs:7");
        let windows = r"C:\Users\x\registry\src\index\typst-0.15\src\a\b.rs";
        assert_eq!(short(windows, 7), "typst-0.15/src/a/b.rs:7");
    }
}
