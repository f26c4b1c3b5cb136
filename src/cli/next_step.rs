//! « Et maintenant ? » : the command that usually comes next, ready to paste, after each command that
//! a person ran.

use std::path::Path;

use super::accueils_command::AccueilsArgs;
use super::command_line::{Cli, Command};
use super::ctg_command::CtgCommand;
use super::done::Done;
use super::echange_command::EchangeCommand;
use super::importer_command::ImporterArgs;
use super::plan_command::PlanCommand;
use super::referentiel_command::ReferentielCommand;
use crate::base::diagnostics::{Code, Severity};
use crate::base::text::PastedLine;

/// What usually comes after a command; none after what only prints a file for another program.
#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn after(cli: &Cli, done: &Done) -> Option<String> {
    let line = PastedLine::new(cli.dossier.as_deref());
    Some(match &cli.command {
        Command::Demo(args) => {
            PastedLine::new(Some(&args.dir)).with(&["expliquer", "C1/R01/REL-2"])
        }
        Command::Init(args) => PastedLine::new(Some(&args.dir)).with(&["grille", "OBS"]),
        Command::Simuler(args) if args.direct => {
            PastedLine::new(Some(&args.dir)).with(&["rapport"])
        }
        Command::Simuler(args) => {
            let raw = args.dir.join("data").join("brut").join("C1");
            let raw = raw.display().to_string();
            PastedLine::new(Some(&args.dir)).with(&["importer", &raw, "--campagne", "C1"])
        }
        // Which folder they will come back in, nobody knows yet.
        Command::Grille(args) if args.enquete.is_some() => {
            line.with(&["ctg", "importer", "--help"])
        }
        Command::Grille(_) | Command::Reconnaitre(_) => line.with(&["importer", "--help"]),
        Command::Corriger(_) => {
            let words = done.result["import"].as_array().into_iter().flatten();
            let words: Vec<&str> = words.filter_map(|word| word.as_str()).collect();
            line.with(if words.is_empty() {
                &["importer", "--help"]
            } else {
                &words[..]
            })
        }
        Command::Importer(args) if own_list(args, done).is_some() => {
            line.with(&["accueils".to_owned(), own_list(args, done)?])
        }
        Command::Importer(args) => match worst(done) {
            _ if args.liste.is_some() && done.result["questions"] != 0 => {
                let list = args.liste.iter().map(|path| path.display().to_string());
                let words = std::iter::once("corriger".to_owned()).chain(list);
                line.with(&words.collect::<Vec<String>>())
            }
            // Many questions are answered faster in one list than one by one.
            Some(_) if done.result["questions"].as_u64() > Some(1) => line.with(&again(
                args,
                &["--simulation", "--liste", "à corriger.xlsx"],
            )),
            Some(code) => line.with(&["expliquer", code.as_str()]),
            None if args.simulation => line.with(&again(args, &[])),
            None => line.with(&["verifier", "--campagne", &args.campagne]),
        },
        Command::Accueils(args) if !args.confirmer => line.with(&accueils_again(args)),
        Command::Territoire(args) if args.chercher.is_some() => line.with(&["territoire"]),
        Command::Accueils(_) | Command::Territoire(_) => line.with(&["verifier"]),
        Command::Referentiel(args) if args.what.is_none() && !args.reading.ecarts => {
            line.with(&["referentiel", "lire", "--ecarts"])
        }
        Command::Referentiel(args) => match &args.what {
            None | Some(ReferentielCommand::Lire(_)) => line.with(&["grille", "OBS"]),
            Some(_) if done.result["ecrit"] == true => {
                line.with(&["referentiel", "lire", "--ecarts"])
            }
            Some(_) => return None,
        },
        Command::Imports(_) | Command::Annuler(_) | Command::Exporter(_) => {
            line.with(&["verifier"])
        }
        Command::Purger(args) if !args.confirmer => return None,
        Command::Purger(_) => line.with(&["verifier", "--profond"]),
        // A backup is worth what its restoration is.
        Command::Sauvegarder(_) => {
            let archive = done.result["sauvegarde"].as_str()?;
            PastedLine::new(None).with(&["restaurer", archive, "Essai de restauration"])
        }
        Command::Restaurer(args) => {
            let target = done.result["dossier"].as_str()?;
            let archive = args.archive.display().to_string();
            if done.result["fait"] == true {
                PastedLine::new(Some(Path::new(target))).with(&["verifier", "--profond"])
            } else {
                PastedLine::new(None).with(&["restaurer", &archive, target, "--confirmer"])
            }
        }
        Command::Verifier(args) => match args.public {
            Some(public) => line.with(&["rapport", "--public", public.as_str()]),
            None if args.profond => line.with(&["verifier"]),
            None => line.with(&["verifier", "--public", "elus"]),
        },
        Command::Indicateurs(_) => line.with(&["rapport"]),
        Command::Comparer(args) if args.structures => line.with(&["rapport"]),
        Command::Comparer(_) => line.with(&["plan", "effet"]),
        Command::Puissance(_) => line.with(&["guide", "preparation"]),
        Command::Fidelite(_) => {
            let campaign = done.result["campagne"].as_str()?;
            line.with(&["expliquer", &format!("{campaign}/territoire/FIDELITE")])
        }
        Command::Rapport(_) => line.with(&["plan", "proposer", "--simulation"]),
        Command::Plan(args) => match &args.what {
            Some(PlanCommand::Proposer(args)) if args.simulation => {
                line.with(&["plan", "proposer"])
            }
            Some(PlanCommand::Proposer(_)) => {
                line.with(&["plan", "exporter", "--sortie", "plan.xlsx"])
            }
            Some(PlanCommand::Exporter(args)) => {
                let file = args.sortie.display().to_string();
                line.with(&["plan", "importer", &file])
            }
            Some(PlanCommand::Importer(_)) => match worst(done) {
                Some(code) => line.with(&["expliquer", code.as_str()]),
                None => line.with(&["plan", "suivi"]),
            },
            Some(PlanCommand::Suivi(_)) => line.with(&["plan", "lister", "--retard"]),
            Some(PlanCommand::Effet(_)) => line.with(&["rapport"]),
            Some(PlanCommand::Lister(_) | PlanCommand::Historique(_)) | None => {
                line.with(&["plan", "suivi"])
            }
        },
        Command::Ctg(args) => after_ctg(&line, &args.what, done)?,
        Command::Echange(args) => match &args.what {
            EchangeCommand::Nouveau(_) | EchangeCommand::Lister(_) | EchangeCommand::Fiche(_) => {
                line.with(&["echange", "verifier"])
            }
            EchangeCommand::Verifier(_) => return None,
        },
        Command::Expliquer(_) | Command::Guide(_) | Command::Ouvrir(_) => return None,
    })
}

/// After a command of the convention: what was refused is explained before anything is computed from the rest.
fn after_ctg(line: &PastedLine, what: &CtgCommand, done: &Done) -> Option<String> {
    Some(match (what, worst(done)) {
        (CtgCommand::Init, _) => line.with(&["ctg", "exporter", "--sortie", "suivi.xlsx"]),
        (CtgCommand::Exporter(args), _) => {
            let file = args.sortie.display().to_string();
            line.with(&["ctg", "importer", &file])
        }
        (CtgCommand::Importer(_), Some(code)) => line.with(&["expliquer", code.as_str()]),
        (CtgCommand::Importer(_), None) => line.with(&["ctg", "verifier"]),
        (CtgCommand::Enquetes(_), _) => line.with(&["ctg", "indicateurs"]),
        _ => return None,
    })
}

/// The file that is a list of accueils, as it was given: another command takes it.
fn own_list(args: &ImporterArgs, done: &Done) -> Option<String> {
    let mut lists = done.diagnostics.iter();
    let list = lists
        .find(|d| d.code == Code::ToolUnknown && d.remedy.contains("observatoire accueils "))?;
    let name = list.at.file.as_deref()?;
    let mut given = args.fichiers.iter();
    let path = given.find(|path| path.file_name().is_some_and(|own| own == name))?;
    Some(path.display().to_string())
}

/// The same list, with what was said of it.
fn accueils_again(args: &AccueilsArgs) -> Vec<String> {
    let mut words = vec!["accueils".to_owned(), args.liste.display().to_string()];
    let said = [
        ("--colonne", &args.colonne),
        ("--meme", &args.meme),
        ("--nouveau", &args.nouveau),
    ];
    for (option, values) in said {
        words.extend(values.iter().flat_map(|v| [option.to_owned(), v.clone()]));
    }
    if let Some(kind) = args.kind {
        words.extend(["--type".to_owned(), kind.as_str().to_owned()]);
    }
    words.push("--confirmer".to_owned());
    words
}

/// The same import, with other options.
fn again(args: &ImporterArgs, more: &[&str]) -> Vec<String> {
    let given = args.fichiers.iter().map(|path| path.display().to_string());
    let mut words = vec!["importer".to_owned()];
    words.extend(given);
    words.extend(["--campagne".to_owned(), args.campagne.clone()]);
    words.extend(more.iter().map(|word| (*word).to_owned()));
    words
}

/// The error that comes most often: the one to understand first.
fn worst(done: &Done) -> Option<Code> {
    let errors = done
        .diagnostics
        .iter()
        .filter(|d| d.severity() == Severity::Error);
    let codes: Vec<Code> = errors.map(|d| d.code).collect();
    let times = |code: &Code| codes.iter().filter(|c| *c == code).count();
    codes
        .iter()
        .copied()
        .max_by_key(|code| (times(code), std::cmp::Reverse(*code)))
}
