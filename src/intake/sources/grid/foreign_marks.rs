//! Words under which a grid notes, and that no scale knows: asked once a scale, since the same figure has other words
//! on another.

use std::collections::BTreeMap;

use super::grid_reading::GridReading;
use super::lines::{GridLine, RatedRow};
use super::meanings::{Meaning, status};
use crate::base::text::whole;
use crate::intake::sources::correspondence::MappedWord;
use crate::intake::sources::near_texts::is_code;
use crate::vocabulary::referentiel::{Element, Scale};

/// Most words to translate that a correspondence lists at once.
const FOREIGN: usize = 12;

/// A word that no scale knows, and the lines of one scale that bear it.
#[derive(Default)]
struct ForeignMark {
    times: usize,
    elements: Vec<String>,
}

impl GridReading<'_> {
    /// Ratings that the scale does not know, to translate in the correspondence.
    pub(super) fn foreign_words(
        &mut self,
        meanings: &[(u32, Meaning)],
        scale: &Scale,
        summaries: &[u32],
    ) {
        let Some((col, _)) = meanings.iter().find(|(_, m)| *m == Meaning::Rating) else {
            return;
        };
        let counts =
            |line: &&RatedRow| line.asks != GridLine::LeftOut && !summaries.contains(&line.row);
        let lines = self.lines.rated.iter().filter(counts);
        let question = self.question(*col);
        let is_said = |w: &str, own: &str| {
            let asked = self.proposal.iter().flat_map(|p| &p.words);
            let mapping = self.lines.mapping;
            asked.into_iter().any(|a| a.written == w)
                || mapping.is_some_and(|m| m.worth_in(&question, w, own).is_some())
        };
        let mut words: BTreeMap<String, BTreeMap<&str, ForeignMark>> = BTreeMap::new();
        for line in lines {
            let word = whole(&self.sheet.text(line.row, *col)).to_owned();
            let own = self.scale_of(line);
            // A figure of the usual scale is no word of the grid where another has it not: it is told at its cell.
            let is_known = scale.find(&word).is_some() && (own.is_none() || is_code(&word))
                || own.is_some_and(|(element, s)| {
                    s.find(&word).is_some() || element.anchored_level(s, &word).is_some()
                });
            let code = own.map_or("", |(_, s)| s.code.as_str());
            if word.is_empty() || is_known || status(&word).is_some() || is_said(&word, code) {
                continue;
            }
            let met = words.entry(word).or_default().entry(code).or_default();
            met.times += 1;
            met.elements.extend(own.map(|(e, _)| e.code.clone()));
        }
        // A grid whose lines carry codes has its own words only where they come back: once is a slip.
        let least = if self.lines.coded { 2 } else { 1 };
        let often = words.into_iter();
        let often = often.filter(|(_, met)| met.values().map(|m| m.times).sum::<usize>() >= least);
        let asked = often.take(FOREIGN).flat_map(|(written, mut met)| {
            // Lines that nobody knows yet are asked with those that are.
            if met.len() > 1 {
                met.remove("");
            }
            met.into_iter().map(move |(scale, met)| MappedWord {
                scale: scale.to_owned(),
                elements: met.elements,
                ..MappedWord::awaited("", written.clone())
            })
        });
        let asked: Vec<MappedWord> = asked.collect();
        self.propose_words(asked);
    }

    /// The élément that a line asks, or seems to, and its scale.
    fn scale_of(&self, line: &RatedRow) -> Option<(&Element, &Scale)> {
        let (GridLine::Element(code) | GridLine::Near(code, _)) = &line.asks else {
            return None;
        };
        let r = self.context.referentiel;
        let element = &r.elements[r.element(code)?];
        Some((element, &r.scales[element.scale]))
    }

    /// Words that are asked, each with the éléments that the lines ask, where nothing said which.
    pub(super) fn met_under(&self, mut words: Vec<MappedWord>) -> Vec<MappedWord> {
        for word in words.iter_mut().filter(|w| w.elements.is_empty()) {
            let lines = self.lines.rated.iter();
            let asked = lines.filter_map(|line| self.scale_of(line));
            let at_hand = asked.filter(|(_, scale)| word.is_of_scale(&scale.code));
            word.elements = at_hand.map(|(e, _)| e.code.clone()).collect();
        }
        words
    }
}
