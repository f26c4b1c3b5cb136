//! Parses the command line, runs, prints the error in one place, exits with the contract's code.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(observatoire::cli::main(std::env::args_os()))
}
