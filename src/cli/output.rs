//! The only place that prints: results to stdout, everything else to stderr, colour only to help.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};

use serde_json::json;

use super::Done;
use crate::base::diagnostics::{Diagnostic, Severity};
use crate::base::error::Error;

/// More remarks of the same code than this are counted, not listed; `--json` has them all.
const LISTED: usize = 20;

/// How to print.
pub struct Output {
    /// Machine output on stdout.
    pub json: bool,
    /// The result and the errors, nothing else.
    pub silent: bool,
}

impl Output {
    /// A command that went to its end.
    pub fn print(&self, command: &str, done: &Done) {
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
            eprintln!("{}", done.summary);
        }
    }

    /// A command that could not go on.
    pub fn error(&self, command: &str, error: &Error) {
        if self.json {
            let value = json!({
                "commande": command,
                "resultat": null,
                "erreur": error.to_string(),
                "diagnostics": [],
            });
            write_stdout(format!("{value:#}\n").as_bytes());
        }
        eprintln!("{}", paint(&format!("Erreur : {error}"), "31"));
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
                    Severity::Error => "31",
                    Severity::Warning => "33",
                    Severity::Info => "36",
                };
                eprintln!("{}", paint(&diagnostic.to_string(), colour));
            }
        }
        for (code, count) in counts {
            let listed = if code.severity() == Severity::Info {
                5
            } else {
                LISTED
            };
            if count > listed {
                eprintln!(
                    "{} {code} : {} autres du même genre ({}). Liste entière : --json.",
                    code.severity(),
                    count - listed,
                    code.title().to_lowercase()
                );
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
fn write_stdout(bytes: &[u8]) {
    let mut stdout = std::io::stdout().lock();
    let _ = stdout.write_all(bytes).and_then(|()| stdout.flush());
}

fn paint(text: &str, colour: &str) -> String {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    if plain || !std::io::stderr().is_terminal() {
        text.to_owned()
    } else {
        format!("\u{1b}[{colour}m{text}\u{1b}[0m")
    }
}

/// Aligned columns for a terminal; numbers to the right is the caller's choice by padding.
pub fn aligned(headers: &[&str], rows: &[Vec<String>]) -> String {
    let width = |text: &str| text.chars().count();
    let mut widths: Vec<usize> = headers.iter().map(|h| width(h)).collect();
    for row in rows {
        for (w, cell) in widths.iter_mut().zip(row) {
            *w = (*w).max(width(cell));
        }
    }
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> = cells
            .zip(&widths)
            .map(|(cell, w)| format!("{cell}{}", " ".repeat(w - width(cell))))
            .collect();
        padded.join("  ").trim_end().to_owned()
    };
    let mut text = line(&mut headers.iter().copied());
    text.push('\n');
    for row in rows {
        text.push_str(&line(&mut row.iter().map(String::as_str)));
        text.push('\n');
    }
    text
}
