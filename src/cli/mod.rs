//! Commands: parse arguments, call stages, hand to output. Results on stdout, the rest on stderr.

mod annuler;
mod arguments;
mod comparer;
mod delivery;
mod demo;
mod expliquer;
mod exporter;
mod fidelite;
mod grille;
mod importer;
mod indicateurs;
mod init;
mod masquage;
mod output;
mod picture;
mod plan;
mod progress;
mod rapport;
mod session;
mod simuler;
mod usage;
mod verifier;

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches};

use self::arguments::{Cli, Command};
use self::output::Output;
use crate::base::diagnostics::has_errors;
use crate::base::error::Result;

/// What a command hands to output.
#[derive(Default)]
pub struct Done {
    /// For a person, on stdout.
    pub text: String,
    /// For a program, with `--json`.
    pub result: serde_json::Value,
    /// What was noticed.
    pub diagnostics: Vec<crate::base::diagnostics::Diagnostic>,
    /// One line at the end, on stderr.
    pub summary: String,
    /// Raw bytes of an export, in place of `text`.
    pub bytes: Option<Vec<u8>>,
}

/// Runs the program; returns the exit code: 0 done, 1 done but the data has errors, 2 wrong
/// usage, 3 cannot.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    crate::base::panics::print_unguarded();
    let matches = match usage::french(Cli::command()).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return usage::report(&error),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return usage::report(&error),
    };
    let output = Output {
        json: cli.json,
        silent: cli.silencieux,
    };
    let name = cli.command.name();
    match run(&cli) {
        Ok(done) => {
            output.print(name, &done);
            u8::from(has_errors(&done.diagnostics))
        }
        Err(error) => {
            output.error(name, &error);
            error.exit_code()
        }
    }
}

fn run(cli: &Cli) -> Result<Done> {
    let folder = cli.dossier.as_deref();
    match &cli.command {
        Command::Demo(args) => demo::run(args),
        Command::Init(args) => init::run(args),
        Command::Simuler(args) => simuler::run(args),
        Command::Grille(args) => grille::run(folder, args),
        Command::Importer(args) => importer::run(folder, args),
        Command::Annuler(args) => annuler::run(folder, args),
        Command::Verifier(args) => verifier::run(folder, args),
        Command::Indicateurs(args) => indicateurs::run(folder, args),
        Command::Exporter(args) => exporter::run(folder, args),
        Command::Comparer(args) => comparer::run(folder, args),
        Command::Fidelite(args) => fidelite::run(folder, args),
        Command::Rapport(args) => rapport::run(folder, args),
        Command::Plan(args) => plan::run(folder, args),
        Command::Expliquer(args) => expliquer::run(folder, args),
    }
}
