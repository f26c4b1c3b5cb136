//! A question put to who sits at the terminal, before anything is written.

use std::io::{BufRead, IsTerminal};

use super::output::{Output, stderr_line, stderr_text};
use super::remarks;
use crate::base::diagnostics::Diagnostic;
use crate::base::text::{fold, visible_line};

/// Whether somebody can read a question and answer it.
pub(super) fn someone_sits_there(output: Output) -> bool {
    let terminals = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    terminals && !output.json && !output.silent
}

/// Shows what is asked; whether the answer is yes. A stream that refuses, or ends, is no yes.
pub(super) fn asked(questions: &[Diagnostic]) -> bool {
    let shown = remarks::lines(questions, false).into_iter();
    let told = shown
        .map(|line| stderr_line(&visible_line(&line.text)))
        .chain([stderr_text(
            "Importer quand même ? Tapez oui ou non, puis Entrée : ",
        )]);
    if told.into_iter().any(|written| written.is_err()) {
        return false;
    }
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok() && is_yes(&answer)
}

fn is_yes(answer: &str) -> bool {
    matches!(fold(answer.trim()).as_str(), "oui" | "o" | "yes" | "y")
}

#[cfg(test)]
mod tests {
    use super::is_yes;

    #[test]
    fn only_a_yes_is_one() {
        assert!(is_yes("Oui\r\n") && is_yes(" o ") && is_yes("OUI"));
        for no in ["", "non", "n", "ou", "oui mais", "1"] {
            assert!(!is_yes(no), "{no}");
        }
    }
}
