//! The command line: one file a command, its arguments beside what runs it and words its outcome for
//! a terminal. Nothing is computed here. Results on stdout, the rest on stderr.
//!
//! | question | file |
//! |---|---|
//! | what a command’s options are, and how its outcome is worded | its `*_command`, in the lines below |
//! | `importer`: a line a file, the closing line | `importer_command` |
//! | `corriger` | `corriger_command` |
//! | `reconnaitre` | `reconnaitre_command` |
//! | a question before something is written | `questions` |
//! | `accueils`: columns, then lines, then the closing line | `accueils_command` |
//! | `referentiel`: read, what is local | `referentiel_command`; in words: `referentiel_text` |
//! | – its sub-commands that change the layer | `referentiel_changes` |
//! | `territoire` | `territoire_command` |
//! | `imports` | `imports_command` |
//! | `annuler` | `annuler_command` |
//! | `purger`: nothing without `--confirmer`; twenty lines of a list | `purger_command` |
//! | `sauvegarder`, `restaurer` | `sauvegarder_command`, `restaurer_command` |
//! | `verifier`: who has returned what | `verifier_command` |
//! | `verifier --profond` | `deep_check` |
//! | `verifier --public`: what will be masked | `masking_plan` |
//! | `indicateurs` | `indicateurs_command` |
//! | `comparer` | `comparer_command` |
//! | `fidelite` | `fidelite_command` |
//! | `puissance` | `puissance_command` |
//! | `expliquer` | `expliquer_command` |
//! | `exporter` | `exporter_command`; its formats: `export_choices` |
//! | `rapport` | `rapport_command` |
//! | `grille` | `grille_command` |
//! | `guide` | `guide_command` |
//! | `ouvrir`: the local page | `ouvrir_command` |
//! | `init` | `init_command` |
//! | `demo` | `demo_command` |
//! | `simuler` | `simuler_command` |
//! | `plan` and its sub-commands | `plan_command` |
//! | `plan lister` | `plan_lister_command` |
//! | `plan proposer` | `plan_proposer_command` |
//! | `plan exporter` | `plan_exporter_command` |
//! | `plan importer` | `plan_importer_command` |
//! | `plan suivi` | `plan_suivi_command` |
//! | `plan effet` | `plan_effet_command` |
//! | `plan historique` | `plan_historique_command` |
//! | `ctg` and its sub-commands | `ctg_command` |
//! | what every document of the convention asks | `ctg_document_args` |
//! | `ctg bilan` | `ctg_bilan_command` |
//! | `ctg exporter` | `ctg_exporter_command` |
//! | `ctg enquetes` | `ctg_enquetes_command` |
//! | `ctg gouvernance` | `ctg_gouvernance_command` |
//! | `ctg importer` | `ctg_importer_command` |
//! | `ctg indicateurs` | `ctg_indicateurs_command` |
//! | `ctg seance` | `ctg_seance_command` |
//! | `ctg verifier`; `ctg poche` | `ctg_verifier_command`; `ctg_poche_command` |
//! | `ctg suivi`; what every document of the convention says once written | `ctg_suivi_command` |
//! | `ctg experimentation` | `ctg_experimentation_command` |
//! | `echange` and its sub-commands | `echange_command`; `echange fiche`: `echange_fiche_command` |
//! | `ctg territoire` | `ctg_territoire_command` |
//! | the commands and their English aliases | `command_line` |
//! | closed lists of words of options | `choices` |
//! | which folder is opened; what was noticed of its store | `opening` |
//! | what is printed, on which stream, in colour | `output` |
//! | – what a command hands to it | `done` |
//! | – JSON whose marks command no terminal | `json_text` |
//! | how are remarks listed: one by one up to four of a code, then by cause (six causes, three places)? | `remarks` |
//! | `importer --simulation`: what became of each cell | `cells_read` |
//! | `importer`: what it changes of what is in place, unit by unit | `changes_told` |
//! | `importer --renvoyer`: the workbooks to send back | `returned_lines` |
//! | where does a table go: a file, stdout? | `table_output`; rows that come one by one: `row_stream` |
//! | an error of usage, help, in French | `usage` |
//! | columns that stand under each other | `aligned` |
//! | the command that comes next | `next_step` |
//! | an example of each | `examples` |
//! | progress | `terminal_progress` |
//! | a window that would close at once | `own_window` |

mod accueils_command;
mod aligned;
mod annuler_command;
mod cells_read;
mod changes_told;
mod choices;
mod command_line;
mod comparer_command;
mod corriger_command;
mod ctg_bilan_command;
mod ctg_command;
mod ctg_document_args;
mod ctg_enquetes_command;
mod ctg_experimentation_command;
mod ctg_exporter_command;
mod ctg_gouvernance_command;
mod ctg_importer_command;
mod ctg_indicateurs_command;
mod ctg_poche_command;
mod ctg_seance_command;
mod ctg_suivi_command;
mod ctg_territoire_command;
mod ctg_verifier_command;
mod deep_check;
mod demo_command;
mod done;
mod echange_command;
mod echange_fiche_command;
mod examples;
mod expliquer_command;
mod export_choices;
mod exporter_command;
mod fidelite_command;
mod grille_command;
mod guide_command;
mod importer_command;
mod imports_command;
mod indicateurs_command;
mod init_command;
mod json_text;
mod masking_plan;
mod next_step;
mod opening;
mod output;
mod ouvrir_command;
mod own_window;
mod plan_command;
mod plan_effet_command;
mod plan_exporter_command;
mod plan_historique_command;
mod plan_importer_command;
mod plan_lister_command;
mod plan_proposer_command;
mod plan_suivi_command;
mod puissance_command;
mod purger_command;
mod questions;
mod rapport_command;
mod reconnaitre_command;
mod referentiel_changes;
mod referentiel_command;
mod referentiel_text;
mod remarks;
mod restaurer_command;
mod returned_lines;
mod row_stream;
mod sauvegarder_command;
mod simuler_command;
mod table_output;
mod terminal_progress;
mod territoire_command;

mod usage;
mod verifier_command;

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches};

use self::command_line::{Cli, Command};
use self::done::Done;
use self::output::Output;
use crate::base::diagnostics::has_errors;
use crate::base::error::Result;
use crate::base::{panics, sheets};

/// Runs the program; returns the exit code: 0 done, 1 done but the data has errors, 2 wrong
/// usage, 3 cannot.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(seconds) = sheets::asked_to_read(&arguments) {
        return sheets::serve(seconds);
    }
    sheets::read_apart();
    // A double-click says nothing: it opens the page, and a window never flashes and vanishes.
    let alone = arguments.len() < 2;
    if alone {
        arguments.resize(1, OsString::from("observatoire"));
        arguments.push(OsString::from("ouvrir"));
    }
    let asks = |option: &str| arguments.iter().any(|a| a == option);
    // Known before the command line is: a bug may come as early.
    let output = Output {
        command: "",
        json: asks("--json"),
        silent: asks("--silencieux"),
    };
    let mut understood = None;
    let code = conclude(output, || {
        let command = usage::french(Cli::command());
        let arguments = usage::with_help_words(arguments);
        let matches = command.clone().try_get_matches_from(&arguments);
        match matches.and_then(|m| Cli::from_arg_matches(&m)) {
            Ok(cli) => {
                understood = Some(cli);
                Ok(0)
            }
            Err(error) => usage::report(&error, &usage::named(&command, &arguments)),
        }
    });
    let Some(cli) = understood else {
        return code;
    };
    let output = Output {
        command: cli.command.name(),
        json: cli.json,
        silent: cli.silencieux,
    };
    let code = conclude(output, || {
        let ended = run(&cli, output);
        let noticed = opening::noticed();
        match ended {
            Ok(mut done) => {
                done.diagnostics.extend(noticed);
                output.print(&done)?;
                if let Some(next) = next_step::after(&cli, &done) {
                    output.next(&next)?;
                }
                Ok(u8::from(has_errors(&done.diagnostics)))
            }
            Err(error) => {
                output.noticed(&noticed)?;
                Err(error)
            }
        }
    });
    if alone && code > 1 {
        own_window::hold();
    }
    code
}

/// Runs a command and says why it could not go on, whatever the reason; returns the exit code.
fn conclude(output: Output, command: impl FnOnce() -> Result<u8> + Send) -> u8 {
    panics::watch(move |error| output.error(error));
    match panics::deep(command) {
        Ok(code) => code,
        Err(error) => {
            output.error(&error);
            error.exit_code()
        }
    }
}

fn run(cli: &Cli, output: Output) -> Result<Done> {
    let folder = cli.dossier.as_deref();
    match &cli.command {
        Command::Ouvrir(args) => ouvrir_command::run(folder, args),
        Command::Demo(args) => demo_command::run(args),
        Command::Init(args) => init_command::run(args),
        Command::Simuler(args) => simuler_command::run(args),
        Command::Grille(args) => grille_command::run(folder, args),
        Command::Importer(args) => importer_command::run(folder, args, output),
        Command::Corriger(args) => corriger_command::run(folder, args),
        Command::Reconnaitre(args) => reconnaitre_command::run(folder, args),
        Command::Accueils(args) => accueils_command::run(folder, args),
        Command::Territoire(args) => territoire_command::run(folder, args),
        Command::Referentiel(args) => referentiel_command::run(folder, args),
        Command::Imports(args) => imports_command::run(folder, args),
        Command::Annuler(args) => annuler_command::run(folder, args),
        Command::Purger(args) => purger_command::run(folder, args, cli.json),
        Command::Sauvegarder(args) => sauvegarder_command::run(folder, args),
        Command::Restaurer(args) => restaurer_command::run(folder, args),
        Command::Verifier(args) => verifier_command::run(folder, args),
        Command::Indicateurs(args) => indicateurs_command::run(folder, args, cli.json),
        Command::Exporter(args) => exporter_command::run(folder, args, cli.json),
        Command::Comparer(args) => comparer_command::run(folder, args, cli.json),
        Command::Fidelite(args) => fidelite_command::run(folder, args),
        Command::Puissance(args) => puissance_command::run(folder, args),
        Command::Rapport(args) => rapport_command::run(folder, args),
        Command::Plan(args) => plan_command::run(folder, args),
        Command::Ctg(args) => ctg_command::run(folder, args),
        Command::Echange(args) => echange_command::run(folder, args),
        Command::Expliquer(args) => expliquer_command::run(folder, args),
        Command::Guide(args) => guide_command::run(folder, args, &Cli::command()),
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// Panics as `DIES` says, in a process of its own: a hook and an exit are a process's.
    #[test]
    #[ignore = "run by the test below, in a process that it ends"]
    fn dies() {
        struct Again;
        impl Drop for Again {
            fn drop(&mut self) {
                panic!("encore")
            }
        }
        let how = std::env::var("DIES").unwrap_or_default();
        let output = Output {
            command: "essai",
            json: how.contains("json"),
            silent: false,
        };
        let code = conclude(output, || {
            let _again = how.contains("twice").then_some(Again);
            match how.split(' ').next() {
                Some("worker") => rayon::join(|| panic!("secret"), || ()).0,
                Some("here") => panic!("secret"),
                _ => {}
            }
            Ok(0)
        });
        std::process::exit(i32::from(code));
    }

    #[test]
    fn a_panic_anywhere_is_one_sentence_and_three() {
        let program = std::env::current_exe().expect("this program");
        for how in [
            "here",
            "worker",
            "here twice",
            "here json",
            "worker json",
            "here twice json",
        ] {
            let output = Command::new(&program)
                .args(["--exact", "cli::tests::dies", "--ignored", "--nocapture"])
                .env("DIES", how)
                .env_remove("RUST_BACKTRACE")
                .output()
                .expect("it runs");
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(3), "{how}: {told}");
            // The standard library adds its own words where nothing can be unwound any more.
            let lines: Vec<&str> = told
                .lines()
                .filter(|l| l.starts_with("Erreur : "))
                .collect();
            assert_eq!(lines.len(), 1, "{how}: {told}");
            assert!(
                lines[0].contains("envoyez") && lines[0].contains("src/cli/mod.rs:"),
                "{told}"
            );
            assert!(
                !told.contains("secret") && !told.contains("panicked"),
                "{how}: {told}"
            );
            if how.contains("json") {
                let printed = String::from_utf8_lossy(&output.stdout).into_owned();
                let json = &printed[printed.find('{').expect("an object")..];
                let value: serde_json::Value = serde_json::from_str(json).expect("JSON");
                assert!(
                    value["erreur"]
                        .as_str()
                        .expect("a text")
                        .contains("envoyez")
                );
            }
        }
    }
}
