//! What is wrong in a file of `ctg/`, all at once, each with its line, its column and the nearest name.

use toml::Spanned;

use super::convention_raw::PlacedText;
use super::convention_words::ClosedWord;
use super::same_code::same_code;
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::suggest;
use crate::base::toml_error::line_column;

/// Problems, as they are met.
pub(super) struct ConventionProblems<'a> {
    name: &'a str,
    text: &'a str,
    doubt: Code,
    pub refused: Vec<String>,
    pub reported: Vec<Diagnostic>,
}

impl<'a> ConventionProblems<'a> {
    /// What only astonishes is told under `doubt`.
    pub(super) fn new(name: &'a str, text: &'a str, doubt: Code) -> Self {
        Self {
            name,
            text,
            doubt,
            refused: Vec::new(),
            reported: Vec::new(),
        }
    }

    /// « ligne 12, colonne 3 ».
    fn place(&self, at: usize) -> String {
        let (line, column) = line_column(self.text, at);
        format!("ligne {line}, colonne {column}")
    }

    /// The file is refused.
    pub(super) fn refuse(&mut self, at: usize, message: &str) {
        let place = self.place(at);
        self.refused
            .push(format!("{}, {place} : {message}.", self.name));
    }

    /// The file is read, and someone should look.
    pub(super) fn report(&mut self, at: usize, message: &str) {
        let place = Location {
            cell: Some(self.place(at)),
            ..Location::file(self.name)
        };
        let told = Diagnostic::new(self.doubt, place, format!("{message}."));
        self.reported.push(told);
    }

    /// A day; none, and told, when it is none.
    pub(super) fn day(&mut self, written: &PlacedText) -> Option<Day> {
        let day = written.get_ref().trim().parse::<Day>().ok();
        if day.is_none() {
            let message = format!(
                "« {} » n’est pas une date ; écrivez-la AAAA-MM-JJ, par exemple 2026-11-30",
                written.get_ref()
            );
            self.refuse(written.span().start, &message);
        }
        day
    }

    /// A word of a closed list; none, and told, when it is none.
    pub(super) fn word<W: ClosedWord>(&mut self, written: &PlacedText) -> Option<W> {
        let word = W::read(written.get_ref());
        if word.is_none() {
            let keys: Vec<&str> = W::ALL.iter().map(|w| w.key()).collect();
            let near = suggest(written.get_ref(), keys.iter().copied());
            let advice = match near.best() {
                Some(_) => near.best_clause(),
                None => format!(" ; admis : {}", keys.join(", ")),
            };
            let message = format!("mot inconnu « {} »{advice}", written.get_ref());
            self.refuse(written.span().start, &message);
        }
        word
    }

    /// Words of a closed list.
    pub(super) fn words<W: ClosedWord>(&mut self, written: Option<&Vec<PlacedText>>) -> Vec<W> {
        let written = written.into_iter().flatten();
        written.filter_map(|w| self.word(w)).collect()
    }

    /// A code among those known; told with the nearest when it is not.
    pub(super) fn known(&mut self, written: &PlacedText, known: &[&str], what: &str) {
        let code = written.get_ref();
        if known.iter().any(|k| same_code(k, code)) {
            return;
        }
        let near = suggest(code, known.iter().copied()).best_clause();
        let message = format!("{what} « {code} » n’existe pas{near}");
        self.refuse(written.span().start, &message);
    }

    /// Codes that are given once each.
    pub(super) fn once<'b, T: std::fmt::Display + 'b>(
        &mut self,
        codes: impl IntoIterator<Item = &'b Spanned<T>>,
        what: &str,
    ) {
        let mut seen: Vec<String> = Vec::new();
        for code in codes {
            let value = code.get_ref().to_string();
            if value.trim().is_empty() {
                self.refuse(code.span().start, &format!("{what} sans code"));
            } else if seen.iter().any(|before| same_code(before, &value)) {
                let message = format!("{what} « {value} » est déjà plus haut");
                self.refuse(code.span().start, &message);
            }
            seen.push(value);
        }
    }
}
