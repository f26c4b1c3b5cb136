//! What a line of a hand-made grid answers: its note, or its cross, and its comment.

use std::collections::HashMap;
use std::sync::Arc;

use super::grid_reading::GridReading;
use super::line_identity::LineIdentity;
use super::meanings::{Meaning, status};
use super::taken_back::takes_back;
use crate::base::diagnostics::{CellRef, Code};
use crate::base::sheets::Row;
use crate::base::text::{fold, whole};
use crate::intake::sources::answers::Answer;
use crate::intake::sources::cell_fate::{Fate, ReadCells};
use crate::intake::sources::correspondence::BLANK;
use crate::intake::sources::element_codes::contradicted;
use crate::intake::sources::usual_headings::{is_tick, is_unticked};

/// Longest mark that is kept as it is written, in characters: « x », « 3/4 », « N.O. ».
const MARK: usize = 8;

/// The rating of a line.
struct Rating {
    /// What it is worth in the words of the scale.
    raw: String,
    /// What its cell holds.
    written: String,
    col: u32,
}

impl GridReading<'_> {
    /// Whether a text is a modality of the élément's scale.
    fn is_modality(&self, element: &str, text: &str) -> bool {
        let r = self.context.referentiel;
        let scale = r.element(element).map(|e| &r.scales[r.elements[e].scale]);
        scale.is_some_and(|s| s.find(text).is_some())
    }

    pub(super) fn answers(
        &mut self,
        asked: &[(u32, String)],
        meanings: &[(u32, Meaning)],
        who: &LineIdentity,
    ) -> Vec<Answer> {
        let (mut answers, mut seen) = (Vec::new(), HashMap::new());
        let sheet = self.sheet;
        let first = self.context.days.map(|days| days.first);
        let year = first.map(|day| i32::from(day.date().year()));
        for (index, element) in asked {
            let Some(row) = sheet.row(*index) else {
                continue;
            };
            if let Some(first) = seen.insert((who.of(self, *index), fold(element)), *index) {
                let message = format!("« {element} » est déjà noté ligne {}.", first + 1);
                self.report(Code::ElementTwice, *index, self.lines.col, message);
                row.claim_rest(Fate::Named);
                continue;
            }
            if let Some(other) = self.other_words(row, element, meanings) {
                let message = contradicted(element, &self.context.referentiel.elements[other]);
                self.report(Code::CodeAgainstWords, *index, self.lines.col, message);
            }
            let comment = self.comment(row, meanings);
            let Rating { raw, written, col } = self.rating(row, meanings, element);
            let raw = self.turned(row, element, raw);
            // What is longer than a mark is words, which a rating does not keep.
            let is_mark = |written: &String| written.chars().count() <= MARK;
            let written = Some(written).filter(|written| *written != raw && is_mark(written));
            if self.is_modality(element, &raw) && takes_back(&comment, year) {
                let said: String = comment.chars().take(80).collect();
                let message = format!(
                    "« {element} » est noté {raw}, et sa remarque dit « {said} » : la note entre telle quelle."
                );
                self.report(Code::RemarkAgainstNote, *index, col, message);
            }
            answers.push(Answer {
                element: Arc::from(element.as_str()),
                raw,
                written,
                comment,
                cell: CellRef::new(*index, col),
            });
        }
        answers
    }

    /// The élément whose words a line bears beside the code of another.
    fn other_words(&self, row: &Row, element: &str, meanings: &[(u32, Meaning)]) -> Option<usize> {
        let labels = self.labels.as_ref()?;
        let read = |col: u32| col == self.lines.col || meanings.iter().any(|m| m.0 == col);
        let mut others = row.cells.iter().filter(|c| !read(c.col));
        others.find_map(|c| labels.other_words(&c.value.text(), element))
    }

    /// The words of a line, those of several columns one after the other.
    fn comment(&self, row: &Row, meanings: &[(u32, Meaning)]) -> String {
        let columns = meanings.iter().filter(|(_, m)| *m == Meaning::Comment);
        let written = columns.map(|(col, _)| {
            let own = row.read(*col, Fate::Answer);
            if own.is_empty() {
                self.sheet.column_text(row.index, *col)
            } else {
                own
            }
        });
        let said: Vec<String> = written.filter(|text| !text.is_empty()).collect();
        let said = said.join(" ; ");
        self.sheet.with_comments(said, row.index, |_| true)
    }

    /// The rating of a line: what is written under « Note », or the column that is ticked.
    fn rating(&mut self, row: &Row, meanings: &[(u32, Meaning)], element: &str) -> Rating {
        let mut found: Option<Rating> = None;
        for (col, meaning) in meanings {
            if *meaning == Meaning::Comment {
                continue;
            }
            let own = row.read(*col, Fate::Answer);
            let written = if own.is_empty() {
                self.sheet.column_text(row.index, *col)
            } else {
                own
            };
            if written.is_empty() {
                continue;
            }
            let cell = written.trim().to_owned();
            let raw = match meaning {
                Meaning::Comment => continue,
                Meaning::Rating => self.worth(*col, &written, element),
                Meaning::Tick(_) if is_unticked(&written) => continue,
                Meaning::Tick(code) if is_tick(&written) || whole(&written) == *code => {
                    code.clone()
                }
                Meaning::Tick(code) if self.is_modality(element, &written) => {
                    let message = format!(
                        "« {element} » : « {written} » est écrit dans la colonne « {code} », où une croix est attendue."
                    );
                    self.report(Code::ValueOutOfScale, row.index, *col, message);
                    continue;
                }
                // Something else than a cross: let the scale judge what is written.
                Meaning::Tick(_) => written,
            };
            match &found {
                None => {
                    found = Some(Rating {
                        raw,
                        written: cell,
                        col: *col,
                    });
                }
                Some(Rating { raw: first, .. }) => {
                    let message = format!(
                        "« {element} » : deux réponses sur la ligne (« {first} » et « {raw} »)."
                    );
                    self.report(Code::SeveralTicks, row.index, *col, message);
                }
            }
        }
        found.unwrap_or(Rating {
            raw: String::new(),
            written: String::new(),
            col: self.lines.col,
        })
    }

    /// The rating the other way round, where a person said that the line goes the other way.
    fn turned(&self, row: &Row, element: &str, raw: String) -> String {
        let mut lines = self.lines.rated.iter();
        let is_reversed = lines.any(|line| line.row == row.index && line.reversed);
        let r = self.context.referentiel;
        let scale = r.element(element).map(|e| &r.scales[r.elements[e].scale]);
        match scale.filter(|_| is_reversed) {
            Some(scale) => scale.opposite(&raw).map_or(raw, str::to_owned),
            None => raw,
        }
    }

    /// What a rating is worth in the words of the scale: « N.O. » is NO, « 3,0 » is 3.
    fn worth(&self, col: u32, written: &str, element: &str) -> String {
        let question = self.question(col);
        let r = self.context.referentiel;
        let scale = r.element(element).map(|e| &r.scales[r.elements[e].scale]);
        let scale = scale.map_or("", |s| s.code.as_str());
        let mapping = self.lines.mapping;
        let agreed = mapping.and_then(|m| m.worth_in(&question, written, scale));
        if agreed == Some(BLANK) {
            return String::new();
        }
        let agreed = agreed.map(str::to_owned).or_else(|| status(written));
        agreed.unwrap_or_else(|| whole(written).to_owned())
    }
}
