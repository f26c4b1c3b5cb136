//! The correspondence that a table's columns suggest, for a person to read, correct and confirm; once
//! columns are said, the words of their answers that no scale knows.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use super::cell_fate::is_total_line;
use super::closed_questions::closed_answers;
use super::column_reader::ColumnReader;
use super::column_role::ColumnRole;
use super::correspondence::{
    ANY_SHAPE, Correspondence, IGNORED, MappedColumn, MappedWord, OWN_QUESTION_ROLE,
};
use super::element_codes::element_code;
use super::titles::ColumnTitle;
use super::usual_headings::modality;
use crate::vocabulary::referentiel::SourceCode;

/// Most words to translate that a correspondence lists at once.
const FOREIGN: usize = 40;
/// Rows in which they are looked for.
const SEEN: usize = 2_000;
/// How often a word stands in a table whose columns carry codes before it is a word of the tool, and no
/// slip.
const OFTEN: usize = 2;
/// Éléments shown beside a heading.
pub(super) const NEAREST: usize = 3;
/// Headings whose nearest éléments are looked for.
pub(super) const COMPARED: usize = 200;

impl ColumnReader<'_> {
    /// What a person has yet to say of this table, when some column was matched by its words or some
    /// answers are in words of their own.
    pub(super) fn proposal(
        &self,
        titles: &[ColumnTitle],
        read: &[ColumnRole],
        said: Vec<MappedWord>,
    ) -> Option<Correspondence> {
        let r = self.context.referentiel;
        let coded = |t: &ColumnTitle| t.texts.iter().any(|x| element_code(x, r).is_some());
        // A table of questions that nobody knows is worth a correspondence to fill in, too.
        let is_coded = self.is_coded;
        // Only where something resembles nothing for sure.
        let worded = LazyCell::new(|| self.labels.by_words());
        let uncoded = titles.iter().zip(read).filter(|pair| !coded(pair.0));
        let columns: Vec<MappedColumn> = uncoded
            .enumerate()
            .filter_map(|(rank, (title, role))| {
                let mut column = self.column_proposal(title, role)?;
                if rank < COMPARED && !column.confirmed {
                    let nearest = worded.nearest(&column.heading, NEAREST);
                    column.nearest = self.labels.codes(&nearest);
                }
                Some(column)
            })
            .collect();
        let is_matched = !is_coded || columns.iter().any(|c| c.target != IGNORED);
        let mut words = said;
        let foreign = self.foreign_words(titles, read, self.least());
        let is_known = |word: &MappedWord| {
            let same = |w: &MappedWord| w.written == word.written && w.is_of_scale(&word.scale);
            words
                .iter()
                .any(|w| same(w) && (w.question.is_empty() || w.question == word.question))
        };
        let foreign: Vec<MappedWord> = foreign.into_iter().filter(|w| !is_known(w)).collect();
        words.extend(foreign);
        let proposal = Correspondence {
            tool: self.tool.name.to_owned(),
            shape: self.form.clone(),
            referentiel: String::new(),
            columns,
            words: Self::met_under(titles, read, words),
            reads: self.reads(),
        };
        match self.mapping {
            // What was said of these files alone is kept for their shape, with what is still to say.
            Some(said) if said.shape == ANY_SHAPE => {
                let more = said.missing(&proposal);
                let all = Correspondence {
                    columns: [said.columns.as_slice(), &more.columns].concat(),
                    words: [said.words.as_slice(), &more.words].concat(),
                    ..proposal
                };
                more.is_awaited().then_some(all)
            }
            Some(said) => {
                let more = said.open(&proposal);
                more.is_awaited().then_some(more)
            }
            None if is_matched => Some(proposal),
            // Columns that say what they ask need no proposal, their answers may.
            None if !proposal.words.is_empty() => Some(Correspondence {
                columns: Vec::new(),
                ..proposal
            }),
            None => None,
        }
    }

    /// Where a column seems to lead, for a person to agree; none for what every form may have.
    fn column_proposal(&self, title: &ColumnTitle, role: &ColumnRole) -> Option<MappedColumn> {
        let exact = || title.texts().any(|text| self.labels.exact(text).is_some());
        let (target, proximity) = match role {
            ColumnRole::Near(code, proximity) => (code.as_str(), proximity.0),
            ColumnRole::Element(code, _) if exact() => (code.as_str(), 1.0),
            ColumnRole::Element(code, _) => {
                let nearest = self.near(title);
                (
                    code.as_str(),
                    nearest.map_or(1.0, |(_, proximity)| proximity.0),
                )
            }
            ColumnRole::Ignored => (IGNORED, 1.0),
            _ => return None,
        };
        let confirmed = !matches!(role, ColumnRole::Near(..)) && !self.holds(title, role);
        let heading = title.name()?;
        let is_open = matches!(role, ColumnRole::Ignored | ColumnRole::Near(..));
        let answers = is_open.then(|| self.closed(title)).flatten();
        let is_own = *role == ColumnRole::Ignored
            && answers
                .as_ref()
                .is_some_and(|answers| !self.are_of_a_scale(answers));
        let target = if is_own { OWN_QUESTION_ROLE } else { target };
        Some(MappedColumn {
            proximity: (proximity * 100.0).round() / 100.0,
            answers: answers.unwrap_or_default(),
            ..MappedColumn::new(heading, target, confirmed)
        })
    }

    /// The answers of a column that looks like a closed question.
    pub(super) fn closed(&self, title: &ColumnTitle) -> Option<Vec<String>> {
        let cells = self.answer_cells(title);
        closed_answers(cells.iter().map(String::as_str))
    }

    /// Whether answers are those of a scale of the référentiel: what asks them may be one of its éléments.
    fn are_of_a_scale(&self, answers: &[String]) -> bool {
        let mut scales = self.context.referentiel.scales.iter();
        scales.any(|scale| answers.iter().all(|a| modality(scale, a).is_some()))
    }

    /// Whether a column that nobody understands holds something: it is left out once a person said so.
    fn holds(&self, title: &ColumnTitle, role: &ColumnRole) -> bool {
        let rows = self.sheet.rows.iter();
        let mut below = rows.filter(|row| row.index >= self.frame.data);
        *role == ColumnRole::Ignored && below.any(|row| row.cell(title.col).is_some())
    }

    /// The instrument that its columns are read as.
    fn reads(&self) -> Option<SourceCode> {
        self.context.source.or_else(|| self.labels.source())
    }

    /// Words that are asked, each with the éléments that its columns ask.
    fn met_under(
        titles: &[ColumnTitle],
        read: &[ColumnRole],
        mut words: Vec<MappedWord>,
    ) -> Vec<MappedWord> {
        for word in words.iter_mut().filter(|w| w.elements.is_empty()) {
            let asked = titles.iter().zip(read).filter_map(|(title, role)| {
                let is_own = title.name() == Some(word.question.as_str());
                match role {
                    ColumnRole::Element(code, _)
                    | ColumnRole::Part(code, _)
                    | ColumnRole::Near(code, _) => Some((is_own, code.clone())),
                    _ => None,
                }
            });
            let asked: Vec<(bool, String)> = asked.collect();
            let has_own = asked.iter().any(|(is_own, _)| *is_own);
            let at_hand = asked.into_iter().filter(|(is_own, _)| *is_own || !has_own);
            word.elements = at_hand.map(|(_, code)| code).collect();
        }
        words
    }

    /// Answers that the scales do not know, to translate: said of one question when that one alone has
    /// them, of one scale when questions share them: the same figure has other words on another scale.
    fn foreign_words(
        &self,
        titles: &[ColumnTitle],
        read: &[ColumnRole],
        least: usize,
    ) -> Vec<MappedWord> {
        let r = self.context.referentiel;
        let mut met: BTreeMap<String, ForeignWord> = BTreeMap::new();
        for (title, column) in titles.iter().zip(read) {
            let (ColumnRole::Element(code, _)
            | ColumnRole::Part(code, _)
            | ColumnRole::Near(code, _)) = column
            else {
                continue;
            };
            let Some(scale) = r.element(code).map(|e| r.elements[e].scale) else {
                continue;
            };
            let question = title.name().unwrap_or_default();
            for word in self.column_words(title) {
                if modality(&r.scales[scale], word.trim_end_matches(';')).is_none()
                    && !self.is_said(question, &word, &r.scales[scale].code)
                {
                    let under = MetUnder {
                        question: question.to_owned(),
                        scale: r.scales[scale].code.clone(),
                        element: code.clone(),
                    };
                    met.entry(word).or_default().meet(under);
                }
            }
        }
        // Where one of them comes back, the rarer ones are answers too.
        let is_often = met.values().any(|word| word.count >= least);
        let often = met.into_iter().filter(|_| is_often);
        let awaited = often.flat_map(|(written, word)| word.awaited(&written));
        awaited.take(FOREIGN).collect()
    }

    /// How often a number beyond its scale stands in a table before it is no slip.
    pub(super) fn least(&self) -> usize {
        if self.is_coded { OFTEN } else { 1 }
    }

    fn is_said(&self, question: &str, word: &str, scale: &str) -> bool {
        self.mapping
            .is_some_and(|m| m.worth_in(question, word, scale).is_some())
    }

    /// What a column holds that can be a choice: what people wrote stays in the file.
    pub(super) fn column_words(&self, title: &ColumnTitle) -> impl Iterator<Item = String> {
        let rows = self.sheet.rows.iter();
        let below = rows.filter(|row| row.index >= self.frame.data && !is_total_line(row));
        let written = below.map(|row| row.text(title.col)).take(SEEN);
        written.filter(|word| {
            (1..=40).contains(&word.chars().count()) && !self.tool.blank.contains(&word.as_str())
        })
    }
}

/// A word that no scale knows, and where it was met.
#[derive(Default)]
struct ForeignWord {
    count: usize,
    under: Vec<MetUnder>,
}

/// A question that a word answers, the code of its scale and of its élément.
#[derive(PartialEq, Eq)]
struct MetUnder {
    question: String,
    scale: String,
    element: String,
}

impl ForeignWord {
    fn meet(&mut self, under: MetUnder) {
        self.count += 1;
        if !self.under.contains(&under) {
            self.under.push(under);
        }
    }

    /// One question a scale: under its heading where one column alone bears the word.
    fn awaited(self, written: &str) -> Vec<MappedWord> {
        let mut by_scale: BTreeMap<&str, Vec<&MetUnder>> = BTreeMap::new();
        for under in &self.under {
            by_scale.entry(&under.scale).or_default().push(under);
        }
        let words = by_scale.into_iter().map(|(scale, under)| {
            let question = match under[..] {
                [one] => one.question.as_str(),
                _ => "",
            };
            MappedWord {
                scale: scale.to_owned(),
                elements: under.iter().map(|u| u.element.clone()).collect(),
                ..MappedWord::awaited(question, written.to_owned())
            }
        });
        words.collect()
    }
}
