//! Columns of a hand-made grid that word what is asked, or number it.

use super::grid_reading::GridReading;
use super::meanings::{Meaning, WORDINGS, is_wording_heading, status};
use crate::base::text::fold;
use crate::intake::sources::answers::untitled;
use crate::intake::sources::cell_fate::{Fate, ReadCells};
use crate::intake::sources::usual_headings::is_tick;

/// Headings of columns by which a person checks what was typed.
const CHECKS: [&str; 6] = [
    "controle",
    "controles",
    "verification",
    "verif",
    "saisie complete",
    "ok",
];

impl GridReading<'_> {
    /// Columns that word what is asked, or number it: by their heading, or because they stand left of
    /// the notes and hold nothing that could be one.
    pub(super) fn claim_wordings(&self, meanings: &[(u32, Meaning)]) {
        let rated = meanings.iter().filter(|m| m.1 != Meaning::Comment);
        let first = rated.map(|m| m.0).min();
        let block = self.block();
        let unknown = (block.first_col..=block.last_col)
            .filter(|c| *c != self.lines.col && !meanings.iter().any(|m| m.0 == *c));
        for col in unknown {
            let title = fold(&block.title(self.sheet, col));
            if CHECKS.contains(&title.as_str()) {
                let lines = self.lines.rated.iter();
                let rows = lines.filter_map(|l| self.sheet.row(l.row));
                rows.for_each(|row| row.claim(col, Fate::Check));
                continue;
            }
            let left = first.is_none_or(|f| col < f);
            // « Site », « Type », « Commune »: whose the lines are, or what their notes, is asked.
            let is_theme = is_wording_heading(&title) || title == fold(&untitled(col));
            if WORDINGS.contains(&title.as_str()) || (left && is_theme && self.only_words(col)) {
                let lines = self
                    .lines
                    .rated
                    .iter()
                    .filter_map(|l| self.sheet.row(l.row));
                lines.for_each(|row| row.claim(col, Fate::Wording));
            }
        }
    }

    /// Whether a column holds on the lines sentences, or themes, and nothing that could be a note.
    fn only_words(&self, col: u32) -> bool {
        let lines = self
            .lines
            .rated
            .iter()
            .filter_map(|l| self.sheet.row(l.row));
        let texts: Vec<String> = lines
            .map(|r| r.text(col))
            .filter(|t| !t.is_empty())
            .collect();
        let scales = &self.context.referentiel.scales;
        let answers = |text: &String| {
            text.chars().any(|c| c.is_ascii_digit())
                || is_tick(text)
                || status(text).is_some()
                || scales.iter().any(|s| s.find(text).is_some())
        };
        let long = texts.iter().all(|t| t.chars().count() >= 12);
        long || !texts.iter().any(answers) && texts.iter().any(|t| t.chars().count() >= 5)
    }
}
