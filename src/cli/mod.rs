//! The command line: one file a command, its arguments beside what runs it and words its outcome for
//! a terminal. Nothing is computed here. Results on stdout, the rest on stderr.

mod aligned;
mod annuler_command;
mod choices;
mod command_line;
mod comparer_command;
mod demo_command;
mod done;
mod expliquer_command;
mod exporter_command;
mod fidelite_command;
mod grille_command;
mod importer_command;
mod indicateurs_command;
mod init_command;
mod masking_plan;
mod opening;
mod output;
mod plan_command;
mod plan_effet_command;
mod plan_exporter_command;
mod plan_historique_command;
mod plan_importer_command;
mod plan_lister_command;
mod plan_proposer_command;
mod plan_suivi_command;
mod purger_command;
mod rapport_command;
mod short_text;
mod simuler_command;
mod table_output;
mod terminal_progress;
mod usage;
mod verifier_command;

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches};

use self::command_line::{Cli, Command};
use self::done::Done;
use self::output::Output;
use crate::base::diagnostics::has_errors;
use crate::base::error::Result;
use crate::base::panics;

/// Runs the program; returns the exit code: 0 done, 1 done but the data has errors, 2 wrong
/// usage, 3 cannot.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    panics::print_unguarded();
    let matches = usage::french(Cli::command()).try_get_matches_from(arguments);
    let cli = match matches.and_then(|m| Cli::from_arg_matches(&m)) {
        Ok(cli) => cli,
        Err(error) => return usage::report(&error),
    };
    let output = Output {
        json: cli.json,
        silent: cli.silencieux,
    };
    let name = cli.command.name();
    match panics::as_error(|| run(&cli)) {
        Ok(mut done) => {
            done.diagnostics.extend(opening::noticed());
            output.print(name, &done);
            u8::from(has_errors(&done.diagnostics))
        }
        Err(error) => {
            output.noticed(&opening::noticed());
            output.error(name, &error);
            error.exit_code()
        }
    }
}

fn run(cli: &Cli) -> Result<Done> {
    let folder = cli.dossier.as_deref();
    match &cli.command {
        Command::Demo(args) => demo_command::run(args),
        Command::Init(args) => init_command::run(args),
        Command::Simuler(args) => simuler_command::run(args),
        Command::Grille(args) => grille_command::run(folder, args),
        Command::Importer(args) => importer_command::run(folder, args),
        Command::Annuler(args) => annuler_command::run(folder, args),
        Command::Purger(args) => purger_command::run(folder, args, cli.json),
        Command::Verifier(args) => verifier_command::run(folder, args),
        Command::Indicateurs(args) => indicateurs_command::run(folder, args, cli.json),
        Command::Exporter(args) => exporter_command::run(folder, args),
        Command::Comparer(args) => comparer_command::run(folder, args),
        Command::Fidelite(args) => fidelite_command::run(folder, args),
        Command::Rapport(args) => rapport_command::run(folder, args),
        Command::Plan(args) => plan_command::run(folder, args),
        Command::Expliquer(args) => expliquer_command::run(folder, args),
    }
}
