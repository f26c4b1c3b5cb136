//! What people said of a wording in whatever grid: a grid made by the same hand, with other lines or in
//! another order, asks the same. Two answers are a question.

use std::collections::{BTreeMap, BTreeSet};

use super::correspondence::{IGNORED, referentiel_mark};
use super::source::Context;
use crate::base::text::plain_words;

/// What was said of a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SaidWording {
    /// One élément, everywhere.
    Once {
        /// Its code.
        code: String,
        /// Whether its answers go the other way.
        reversed: bool,
    },
    /// That it does not count.
    LeftOut,
    /// Not the same everywhere: the codes.
    Twice(Vec<String>),
}

/// Wordings that people answered, of one tool and of the référentiel that is read with.
pub(super) struct KnownWordings {
    said: BTreeMap<String, SaidWording>,
}

impl KnownWordings {
    /// Those of the correspondences of a tool. What was said before files bore the mark of their
    /// référentiel stays with its own shape.
    pub(super) fn of(context: &Context, tool: &str) -> Self {
        let mut all: BTreeMap<String, BTreeSet<(&str, bool)>> = BTreeMap::new();
        let mark = referentiel_mark(context.referentiel);
        let fitting = context.mappings.iter();
        let fitting = fitting.filter(|m| m.tool == tool && m.referentiel == mark);
        for column in fitting.flat_map(|m| &m.columns).filter(|c| c.confirmed) {
            let leads =
                column.target == IGNORED || context.referentiel.element(&column.target).is_some();
            if leads {
                let said = all.entry(plain_words(&column.heading)).or_default();
                said.insert((&column.target, column.reversed));
            }
        }
        let said = all.into_iter().map(|(words, said)| {
            let said: Vec<(&str, bool)> = said.into_iter().collect();
            let said = match said[..] {
                [(IGNORED, _)] => SaidWording::LeftOut,
                [(code, reversed)] => SaidWording::Once {
                    code: code.to_owned(),
                    reversed,
                },
                _ => SaidWording::Twice(said.iter().map(|s| s.0.to_owned()).collect()),
            };
            (words, said)
        });
        Self {
            said: said.collect(),
        }
    }

    /// What was said of a wording.
    pub(super) fn said(&self, wording: &str) -> Option<&SaidWording> {
        self.said.get(&plain_words(wording))
    }
}
