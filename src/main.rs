//! Parses the command line, runs, prints the error in one place, exits with the contract's code.

use std::process::ExitCode;

use mimalloc::MiMalloc;

// Reports are millions of small allocations on several threads: the system's allocator, Windows'
// above all, is slower at them.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(observatoire::cli::main(std::env::args_os()))
}
