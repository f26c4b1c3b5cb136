//! The only place that prints: results to stdout, everything else to stderr, colour only to help.
//!
//! What cannot be written is an error like another (a full disk behind `>`); a reader that closed its
//! pipe (`| head`) has what it wanted, and nothing is said. What comes from files is shown, never
//! obeyed: no name and no cell commands the terminal.

use std::io::{BufWriter, ErrorKind, IsTerminal, Write};
use std::path::Path;

use clap::builder::styling::AnsiColor;
use serde_json::json;

use super::done::Done;
use super::json_text::escaped;
use super::remarks;
use super::row_stream::RowStream;
use crate::base::diagnostics::{Diagnostic, Severity};
use crate::base::error::{Error, Result};
use crate::base::files::KeptRefusal;
use crate::base::tabular::Table;
use crate::base::text::{visible, visible_line};

/// How to print.
#[derive(Clone, Copy)]
pub(super) struct Output {
    /// Name of the command, for machine output.
    pub command: &'static str,
    /// Machine output on stdout.
    pub json: bool,
    /// The result and the errors, nothing else.
    pub silent: bool,
}

impl Output {
    /// A command that went to its end.
    ///
    /// # Errors
    ///
    /// A stream that refuses what is written to it.
    pub(super) fn print(&self, done: &Done) -> Result<()> {
        if self.json {
            let diagnostics: Vec<_> = done.diagnostics.iter().map(as_json).collect();
            if let Some(stream) = &done.rows {
                return piece_by_piece(|out| stream.write_answer(out, self.command, &diagnostics));
            }
            let value = json!({
                "commande": self.command,
                "resultat": done.table.as_ref().map_or_else(|| done.result.clone(), Table::json),
                "diagnostics": diagnostics,
            });
            return write_json(&value);
        }
        match (&done.rows, &done.bytes) {
            (Some(stream), _) => write_rows(stream)?,
            (None, Some(bytes)) => write_bytes(bytes)?,
            (None, None) if done.text.is_empty() => {}
            (None, None) => write_stdout(&format!("{}\n", visible(done.text.trim_end())))?,
        }
        self.diagnostics(&done.diagnostics)?;
        if !self.silent && !done.summary.is_empty() {
            stderr_line(&visible(&done.summary))?;
        }
        Ok(())
    }

    /// The command that usually comes next, for a person.
    ///
    /// # Errors
    ///
    /// A stream that refuses.
    pub(super) fn next(&self, line: &str) -> Result<()> {
        if self.json || self.silent {
            return Ok(());
        }
        stderr_line(&visible_line(&format!("Et maintenant ? {line}")))
    }

    /// A command that could not go on. Nobody can be told of a stream that refuses this too.
    pub(super) fn error(&self, error: &Error) {
        if self.json {
            let value = json!({
                "commande": self.command,
                "resultat": null,
                "erreur": error.to_string(),
                "diagnostics": [],
            });
            let _ = write_json(&value);
        }
        let said = format!("Erreur : {error}");
        let _ = stderr_line(&paint(&visible(&said), AnsiColor::Red));
    }

    /// What was noticed before a command could not go on.
    ///
    /// # Errors
    ///
    /// A stream that refuses.
    pub(super) fn noticed(&self, all: &[Diagnostic]) -> Result<()> {
        if self.json {
            Ok(())
        } else {
            self.diagnostics(all)
        }
    }

    fn diagnostics(&self, all: &[Diagnostic]) -> Result<()> {
        for line in remarks::lines(all, self.silent) {
            let colour = match line.severity {
                Severity::Error => AnsiColor::Red,
                Severity::Warning => AnsiColor::Yellow,
                Severity::Info => AnsiColor::Cyan,
            };
            stderr_line(&paint(&visible_line(&line.text), colour))?;
        }
        Ok(())
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

/// Machine output: what acts on a terminal is escaped, as JSON allows, and reads back the same.
fn write_json(value: &serde_json::Value) -> Result<()> {
    write_stdout(&escaped(&format!("{value:#}\n")))
}

/// Rows on stdout, as they come; on a terminal, what they would command is shown.
fn write_rows(stream: &RowStream) -> Result<()> {
    if std::io::stdout().is_terminal() {
        let mut bytes = Vec::new();
        stream.write(&mut bytes)?;
        return write_stdout(&visible(&String::from_utf8_lossy(&bytes)));
    }
    piece_by_piece(|out| stream.write(out).map(|_| ()))
}

/// Writes to stdout what is never there as a whole.
fn piece_by_piece(write: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>) -> Result<()> {
    let refusal = KeptRefusal::default();
    let mut out = BufWriter::new(refusal.of(std::io::stdout()));
    let written = write(&mut out);
    let written = written.and_then(|()| out.flush().map_err(|source| Error::System { source }));
    match written {
        Err(_) if refusal.is_closed_pipe() => Ok(()),
        Err(error) => Err(refusal.told(Path::new("sortie standard"), error)),
        Ok(()) => Ok(()),
    }
}

/// Bytes of an export as they are; on a terminal, what they would command is shown.
fn write_bytes(bytes: &[u8]) -> Result<()> {
    if std::io::stdout().is_terminal() {
        return write_stdout(&visible(&String::from_utf8_lossy(bytes)));
    }
    told(to_stdout(bytes), "sortie standard")
}

/// Text on stdout.
///
/// # Errors
///
/// A stream that refuses.
pub(super) fn write_stdout(text: &str) -> Result<()> {
    told(to_stdout(text.as_bytes()), "sortie standard")
}

fn to_stdout(bytes: &[u8]) -> std::io::Result<()> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// A line on stderr, without its colours where they would not show.
///
/// # Errors
///
/// A stream that refuses.
pub(super) fn stderr_line(text: &str) -> Result<()> {
    stderr_text(&format!("{text}\n"))
}

/// The same, as it is.
///
/// # Errors
///
/// A stream that refuses.
pub(super) fn stderr_text(text: &str) -> Result<()> {
    told(write!(anstream::stderr(), "{text}"), "sortie des messages")
}

/// A closed pipe is not an error worth a word.
fn told(written: std::io::Result<()>, stream: &str) -> Result<()> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Error::io(stream, "écriture")),
    }
}

fn paint(text: &str, colour: AnsiColor) -> String {
    let style = colour.on_default();
    format!("{style}{text}{style:#}")
}
