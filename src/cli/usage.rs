//! clap in French: help headings and usage errors.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use std::ffi::OsString;

use super::examples;
use super::output::{stderr_line, stderr_text, write_stdout};
use crate::base::error::Result;
use crate::base::text::{suggest, visible_line};

const TEMPLATE: &str = "\
{about}

Utilisation : {usage}

{all-args}{after-help}

Codes de sortie : 0 fait · 1 fait, mais les données ont des erreurs · 2 mauvais usage · 3 impossible
";

/// French headings for a command and all its subcommands, with their examples.
pub(super) fn french(command: Command) -> Command {
    dressed(command, &[])
}

fn dressed(command: Command, path: &[String]) -> Command {
    let names: Vec<String> = command
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    let positionals: Vec<String> = command
        .get_positionals()
        .map(|a| a.get_id().to_string())
        .collect();
    let mut command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Commandes\u{a0}")
        .subcommand_value_name("COMMANDE")
        .disable_help_flag(true)
        .next_help_heading("Options\u{a0}")
        .arg(
            clap::Arg::new("aide")
                .long("help")
                .visible_alias("aide")
                .short('h')
                .help("Affiche cette aide")
                .action(clap::ArgAction::Help),
        );
    if let Some(examples) = examples::under(path) {
        command = command.after_help(examples);
    }
    if path.is_empty() {
        command = command.disable_version_flag(true).arg(
            clap::Arg::new("version")
                .long("version")
                .short('V')
                .help("Affiche la version")
                .action(clap::ArgAction::Version),
        );
    }
    for id in positionals {
        command = command.mut_arg(id, |a| a.help_heading("Arguments\u{a0}"));
    }
    for name in names {
        let path = [path, std::slice::from_ref(&name)].concat();
        command = command.mut_subcommand(name, |c| dressed(c, &path));
    }
    command.mut_args(|a| {
        if a.get_help_heading().is_none() {
            a.help_heading("Options\u{a0}")
        } else {
            a
        }
    })
}

/// « observatoire aide importer » and « observatoire help » as `--help` of what they name.
pub(super) fn with_help_words(arguments: Vec<OsString>) -> Vec<OsString> {
    let asks = |a: &OsString| a == "aide" || a == "help";
    if !arguments.get(1).is_some_and(asks) {
        return arguments;
    }
    let mut asked = arguments;
    asked.remove(1);
    asked.push(OsString::from("--help"));
    asked
}

/// Names of the command that a line names, as far as it does.
pub(super) fn named(command: &Command, arguments: &[OsString]) -> Vec<String> {
    let mut path = Vec::new();
    let mut within = command;
    for word in arguments.iter().skip(1).filter_map(|a| a.to_str()) {
        if let Some(found) = within.find_subcommand(word) {
            path.push(found.get_name().to_owned());
            within = found;
        }
    }
    path
}

/// Prints help or a French usage error, with the help of the command that the line named; returns the
/// exit code.
///
/// # Errors
///
/// A stream that refuses.
pub(super) fn report(error: &Error, path: &[String]) -> Result<u8> {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        write_stdout(&in_french(&error.to_string()))?;
        return Ok(0);
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        stderr_text(&in_french(&error.to_string()))?;
        return Ok(2);
    }
    stderr_line(&format!("Erreur : {}", visible_line(&sentence(error))))?;
    let command = [&["observatoire".to_owned()], path, &["--help".to_owned()]].concat();
    stderr_line(&format!("Aide : {}", command.join(" ")))?;
    Ok(2)
}

/// What clap writes in English around values, which no template holds.
fn in_french(help: &str) -> String {
    const WORDS: [(&str, &str); 5] = [
        ("Possible values:", "Valeurs possibles\u{a0}:"),
        ("[possible values:", "[valeurs possibles\u{a0}:"),
        ("[default:", "[par défaut\u{a0}:"),
        ("[aliases:", "[autres noms\u{a0}:"),
        ("[alias:", "[autre nom\u{a0}:"),
    ];
    let replaced = |text: String, word: &(&str, &str)| text.replace(word.0, word.1);
    WORDS.iter().fold(help.to_owned(), replaced)
}

fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::StyledStrs(texts)) => texts
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", "),
        _ => String::new(),
    }
}

fn sentence(error: &Error) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let text = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!(
                "commande « {} » inconnue",
                context(error, ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::UnknownArgument => format!("option « {argument} » inconnue"),
        ErrorKind::MissingRequiredArgument => format!("il manque {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} attend une valeur"),
        ErrorKind::InvalidValue => format!(
            "{argument} : « {value} » n’est pas admis (admis : {})",
            context(error, ContextKind::ValidValue)
        ),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error)
                .map(ToString::to_string)
                .unwrap_or_default();
            let why = why.replace("is not in", "n’est pas dans").replace(
                "invalid digit found in string",
                "un nombre entier est attendu",
            );
            format!("{argument} : « {value} » : {why}")
        }
        ErrorKind::ArgumentConflict => {
            format!(
                "{argument} ne va pas avec {}",
                context(error, ContextKind::PriorArg)
            )
        }
        ErrorKind::MissingSubcommand => "il manque une commande".to_owned(),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("{argument} : mauvais nombre de valeurs")
        }
        _ => "la ligne de commande n’est pas comprise".to_owned(),
    };
    let near = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ]
    .map(|kind| context(error, kind))
    .join("");
    // Several are alike, English aliases among them: one is advice, seven are a riddle.
    let written = format!("{}{value}", context(error, ContextKind::InvalidSubcommand));
    let alike = suggest(&written, near.split(", "));
    let near = alike.best().unwrap_or(&near);
    if near.is_empty() {
        // A question that a reader of values asks ends the sentence.
        let end = if text.ends_with('?') { "" } else { "." };
        format!("{text}{end}")
    } else {
        format!("{text} ; vouliez-vous dire « {near} » ?")
    }
}
