//! What the notes of a grid are worth, where something says another scale, or they are of another: asked note
//! by note, and kept out as long as one is not said.

use std::collections::{BTreeMap, BTreeSet};

use super::grid_reading::GridReading;
use super::lines::{GridLine, RatedRow};
use super::meanings::{Meaning, status};
use super::said_of_notes::SaidOfNotes;
use crate::base::diagnostics::{Code, Diagnostic};
use crate::base::text::whole;
use crate::intake::sources::cell_fate::{Fate, ReadCells};
use crate::intake::sources::correspondence::MappedWord;
use crate::intake::sources::near_texts::is_code;
use crate::intake::sources::other_numbers::is_of_another_scale;
use crate::intake::sources::said_scale::says_absence;
use crate::intake::sources::shown_title;
use crate::intake::sources::usual_headings::is_tick;
use crate::vocabulary::referentiel::Scale;

impl GridReading<'_> {
    /// Notes that something says to be others than those of the scale, or that are: the grid stays out
    /// until a person has said what each of them is worth.
    pub(super) fn said_of_notes(
        &mut self,
        meanings: &[(u32, Meaning)],
        scale: &Scale,
        summaries: &[u32],
    ) {
        let mut told: BTreeSet<String> = BTreeSet::new();
        for (col, meaning) in meanings {
            let legend = self.legend_of(*col).cloned();
            // « NC = non conforme »: what NC is worth is a question, too.
            let with_absences = legend.as_ref().is_some_and(|l| says_absence(&l.text));
            let written = match meaning {
                Meaning::Comment => continue,
                Meaning::Rating => self.written(*col, summaries, with_absences),
                Meaning::Tick(_) => self.headed(*col),
            };
            match legend {
                Some(legend) => {
                    let is_new = told.insert(legend.text.clone());
                    self.ask_worth(&legend, &written, scale, is_new);
                }
                None if *meaning == Meaning::Rating => self.other_numbers(*col, &written, scale),
                None => {}
            }
        }
    }

    /// The different notes of a column, those of lines that count.
    fn written(&self, col: u32, summaries: &[u32], with_absences: bool) -> BTreeMap<String, usize> {
        let counts =
            |line: &&RatedRow| line.asks != GridLine::LeftOut && !summaries.contains(&line.row);
        let lines = self.lines.rated.iter().filter(counts);
        let texts = lines.map(|line| whole(&self.sheet.text(line.row, col)).to_owned());
        let mut all = BTreeMap::new();
        let is_note = |t: &String| !t.is_empty() && (with_absences || status(t).is_none());
        for text in texts.filter(is_note) {
            *all.entry(text).or_default() += 1;
        }
        all
    }

    /// The heading of a column of crosses.
    fn headed(&self, col: u32) -> BTreeMap<String, usize> {
        let heading = self.headings(col).into_iter().next();
        let level = heading.map(|h| h.1).filter(|h| status(h).is_none());
        level.into_iter().map(|h| (h, 1)).collect()
    }

    fn ask_worth(
        &mut self,
        legend: &SaidOfNotes,
        written: &BTreeMap<String, usize>,
        scale: &Scale,
        is_new: bool,
    ) {
        let mapping = self.lines.mapping;
        let is_said = |word: &&String| mapping.is_some_and(|m| m.says(&legend.text, word));
        let open: Vec<&String> = written.keys().filter(|w| !is_said(w)).collect();
        if open.is_empty() {
            if let Some((row, at)) = legend
                .cell
                .and_then(|at| Some((self.sheet.row(at.row)?, at)))
            {
                row.claim(at.col, Fate::Identity);
            }
            return;
        }
        if is_new {
            let shown = shown_title(&legend.text);
            let lowest = scale.modalities.first().map_or("", |m| m.code.as_str());
            let message = if legend.reversed {
                format!(
                    "« {shown} » : ici les notes vont dans l’autre sens que l’échelle, où « {lowest} » est la plus basse."
                )
            } else {
                format!(
                    "« {shown} » : ces notes ne semblent pas suivre l’échelle du référentiel ({}).",
                    codes(scale)
                )
            };
            let said = Diagnostic::new(Code::ScaleToSay, legend.at.clone(), message);
            self.diagnostics.push(said);
        }
        if let Some((row, at)) = legend
            .cell
            .and_then(|at| Some((self.sheet.row(at.row)?, at)))
        {
            row.claim(at.col, Fate::Named);
        }
        // Another grid that says the same may bear the notes that this one lacks.
        let levels = scale.modalities.iter().map(|m| &m.code);
        let more = levels.filter(|code| legend.reversed && !written.contains_key(*code));
        let open = open.into_iter().chain(more.filter(|code| !is_said(code)));
        let opposite = |word: &str| scale.opposite(word).filter(|_| legend.reversed);
        let words = open.map(|word| MappedWord {
            worth: opposite(word).unwrap_or_default().to_owned(),
            ..MappedWord::awaited(&legend.text, word.clone())
        });
        self.propose_words(words.collect());
    }

    /// A column in which some notes are those of another scale: what is worth 3 there may be worth 2 here.
    fn other_numbers(&mut self, col: u32, written: &BTreeMap<String, usize>, scale: &Scale) {
        let beyond: Vec<&String> = (written.keys())
            .filter(|w| is_of_another_scale(w, scale))
            .collect();
        let times: usize = beyond.iter().map(|w| written[*w]).sum();
        // A grid whose lines carry codes has another scale only where its notes come back: once is a slip.
        if times < if self.lines.coded { 2 } else { 1 } {
            return;
        }
        let question = self.named(col);
        let mapping = self.lines.mapping;
        let open: Vec<&String> = (written.keys())
            .filter(|w| !is_tick(w) || is_code(w))
            .filter(|w| mapping.is_none_or(|m| m.worth(&question, w).is_none()))
            .collect();
        if open.is_empty() {
            return;
        }
        let shown: Vec<String> = beyond.iter().take(5).map(|w| format!("« {w} »")).collect();
        let message = format!(
            "la colonne « {} » porte {}, hors de l’échelle ({}) : dites ce que vaut chacune de ses notes, même celles qui semblent en être.",
            shown_title(&question),
            shown.join(", "),
            codes(scale)
        );
        let row = self.lines.headings.unwrap_or(self.lines.first);
        self.report(Code::ScaleToSay, row, col, message);
        let words = open.into_iter();
        let words = words.map(|word| MappedWord::awaited(&question, word.clone()));
        self.propose_words(words.collect());
    }
}

/// « 1, 2, 3, 4 ».
fn codes(scale: &Scale) -> String {
    let codes: Vec<&str> = scale.modalities.iter().map(|m| m.code.as_str()).collect();
    codes.join(", ")
}
