//! Columns of a hand-made grid: what their headings say, what their crosses suggest, the words that
//! a correspondence must translate.

use std::collections::BTreeSet;

use super::grid_reading::GridReading;
use super::lines::HAND_MADE;
use super::meanings::{Meaning, meaning, status};
use super::ticked_columns::run_of_ticks;
use crate::base::diagnostics::Code;
use crate::intake::sources::correspondence::{Correspondence, MappedWord};
use crate::vocabulary::referentiel::Scale;

impl GridReading<'_> {
    /// Meaning of each column, from the up to three header rows above the first line; columns of
    /// crosses under words that the scale does not know wait for someone to agree.
    pub(super) fn meanings(&mut self, scale: &Scale) -> Vec<(u32, Meaning)> {
        let cells = self.sheet.rows.iter().flat_map(|r| &r.cells);
        let last_col = cells.map(|c| c.col).max().unwrap_or(0);
        let mut meanings = Vec::new();
        for col in (0..=last_col).filter(|c| *c != self.lines.col) {
            let above = self.headings(col);
            let worth = |h: &String| {
                self.lines
                    .mapping?
                    .worth(h)
                    .map(|w| Meaning::Tick(w.to_owned()))
            };
            let found = above
                .iter()
                .find_map(|h| worth(h).or_else(|| meaning(h, scale)));
            meanings.extend(found.map(|m| (col, m)));
        }
        let rated = |m: &(u32, Meaning)| m.1 != Meaning::Comment;
        if !meanings.iter().any(rated) {
            meanings.extend(self.guessed(scale));
        }
        meanings
    }

    /// Headings of a column, the lowest first.
    fn headings(&self, col: u32) -> Vec<String> {
        let rows = (1..=3).filter_map(|up| self.lines.first.checked_sub(up));
        let texts = rows.map(|row| self.sheet.merged_text(row, col));
        texts.filter(|h| !h.is_empty()).collect()
    }

    /// As many columns of crosses as the scale has modalities: from the lowest to the highest, if
    /// a person agrees.
    fn guessed(&mut self, scale: &Scale) -> Vec<(u32, Meaning)> {
        let wanted = scale.modalities.len();
        let Some(run) = run_of_ticks(self.sheet, &self.lines, wanted) else {
            return Vec::new();
        };
        let codes: Vec<String> = scale.modalities.iter().map(|m| m.code.clone()).collect();
        let ticks = || run.iter().copied().zip(codes.iter().cloned());
        if self.context.accept_near {
            return ticks()
                .map(|(col, code)| (col, Meaning::Tick(code)))
                .collect();
        }
        let heads: Vec<String> = run
            .iter()
            .map(|col| self.headings(*col).into_iter().next().unwrap_or_default())
            .collect();
        let message = format!(
            "les colonnes « {} » semblent aller du plus bas au plus haut : {}.",
            heads.join(" », « "),
            codes.join(", ")
        );
        self.report(Code::LabelToConfirm, self.lines.first - 1, run[0], message);
        let form = self.lines.form.clone();
        let proposal = self.proposal.get_or_insert_with(|| Correspondence {
            tool: HAND_MADE.to_owned(),
            shape: form,
            columns: Vec::new(),
            words: Vec::new(),
        });
        let worth = heads
            .into_iter()
            .zip(codes)
            .map(|(written, worth)| MappedWord {
                written,
                worth,
                confirmed: false,
            });
        proposal.words.extend(worth);
        Vec::new()
    }

    /// Ratings that the scale does not know, to translate in the correspondence.
    pub(super) fn foreign_words(&mut self, meanings: &[(u32, Meaning)], scale: &Scale) {
        let rating = meanings.iter().find(|(_, m)| *m == Meaning::Rating);
        let (Some((col, _)), Some(proposal)) = (rating, &mut self.proposal) else {
            return;
        };
        let written = self
            .lines
            .rated
            .iter()
            .map(|line| self.sheet.text(line.row, *col));
        let unknown = |w: &String| !w.is_empty() && scale.find(w).is_none() && status(w).is_none();
        let words: BTreeSet<String> = written.filter(unknown).collect();
        let blank = |written: String| MappedWord {
            written,
            worth: String::new(),
            confirmed: false,
        };
        proposal.words.extend(words.into_iter().take(12).map(blank));
    }
}
