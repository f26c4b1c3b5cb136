//! The only place that prints: results to stdout, everything else to stderr, colour only to help.

use std::collections::BTreeMap;
use std::io::Write;

use clap::builder::styling::AnsiColor;
use serde_json::json;

use super::done::Done;
use crate::base::diagnostics::{Diagnostic, Severity};
use crate::base::error::Error;

/// More remarks of the same code than this are counted, not listed; `--json` has them all.
const LISTED: usize = 20;

/// How to print.
pub(super) struct Output {
    /// Machine output on stdout.
    pub json: bool,
    /// The result and the errors, nothing else.
    pub silent: bool,
}

impl Output {
    /// A command that went to its end.
    pub(super) fn print(&self, command: &str, done: &Done) {
        if self.json {
            let diagnostics: Vec<_> = done.diagnostics.iter().map(as_json).collect();
            let value = json!({
                "commande": command,
                "resultat": done.result,
                "diagnostics": diagnostics,
            });
            write_stdout(format!("{value:#}\n").as_bytes());
            return;
        }
        match &done.bytes {
            Some(bytes) => write_stdout(bytes),
            None if done.text.is_empty() => {}
            None => write_stdout(format!("{}\n", done.text.trim_end()).as_bytes()),
        }
        self.diagnostics(&done.diagnostics);
        if !self.silent && !done.summary.is_empty() {
            stderr_line(&done.summary);
        }
    }

    /// A command that could not go on.
    pub(super) fn error(&self, command: &str, error: &Error) {
        if self.json {
            let value = json!({
                "commande": command,
                "resultat": null,
                "erreur": error.to_string(),
                "diagnostics": [],
            });
            write_stdout(format!("{value:#}\n").as_bytes());
        }
        stderr_line(&paint(&format!("Erreur : {error}"), AnsiColor::Red));
    }

    /// What was noticed before a command could not go on.
    pub(super) fn noticed(&self, all: &[Diagnostic]) {
        if !self.json {
            self.diagnostics(all);
        }
    }

    fn diagnostics(&self, all: &[Diagnostic]) {
        let mut counts: BTreeMap<_, usize> = BTreeMap::new();
        for diagnostic in all {
            if self.silent && diagnostic.severity() != Severity::Error {
                continue;
            }
            let count = counts.entry(diagnostic.code).or_default();
            *count += 1;
            let listed = if diagnostic.severity() == Severity::Info {
                5
            } else {
                LISTED
            };
            if *count <= listed {
                let colour = match diagnostic.severity() {
                    Severity::Error => AnsiColor::Red,
                    Severity::Warning => AnsiColor::Yellow,
                    Severity::Info => AnsiColor::Cyan,
                };
                stderr_line(&paint(&diagnostic.to_string(), colour));
            }
        }
        for (code, count) in counts {
            let listed = if code.severity() == Severity::Info {
                5
            } else {
                LISTED
            };
            if count > listed {
                stderr_line(&format!(
                    "{} {code} : {} autres du même genre ({}). Liste entière : --json.",
                    code.severity(),
                    count - listed,
                    code.title().to_lowercase()
                ));
            }
        }
    }
}

/// A diagnostic as the contract writes it.
fn as_json(diagnostic: &Diagnostic) -> serde_json::Value {
    json!({
        "code": diagnostic.code.as_str(),
        "severite": diagnostic.severity().to_string(),
        "fichier": diagnostic.at.file,
        "feuille": diagnostic.at.sheet,
        "cellule": diagnostic.at.cell,
        "message": diagnostic.message,
        "remede": diagnostic.remedy,
    })
}

/// A closed pipe (`| head`) is not an error worth a word.
pub(super) fn write_stdout(bytes: &[u8]) {
    let mut stdout = std::io::stdout().lock();
    let _ = stdout.write_all(bytes).and_then(|()| stdout.flush());
}

/// A line on stderr, without its colours where they would not show; a closed pipe is no error here
/// either.
pub(super) fn stderr_line(text: &str) {
    stderr_text(&format!("{text}\n"));
}

/// The same, as it is.
pub(super) fn stderr_text(text: &str) {
    let _ = write!(anstream::stderr(), "{text}");
}

fn paint(text: &str, colour: AnsiColor) -> String {
    let style = colour.on_default();
    format!("{style}{text}{style:#}")
}
