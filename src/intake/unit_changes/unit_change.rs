//! What becomes of a unit of a file, as values: told by the command line, read by whoever calls.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::intake::observations::UnitKey;

/// A unit of a file, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnitChange {
    /// « R01, observation externe, visite 1, O1 (12/05/2026) ».
    pub(crate) unit: String,
    /// Code of its structure.
    pub(crate) structure: String,
    /// Letters of who speaks.
    pub(crate) source: &'static str,
    /// What becomes of it.
    pub(crate) fate: ChangeFate,
}

/// What becomes of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ChangeFate {
    /// Nothing is in place; how many answers or lines come.
    New {
        /// How many.
        answers: usize,
    },
    /// The same is in place, or comes in another file of the run.
    Unchanged,
    /// It takes the place of something else.
    Changed(UnitDifference),
    /// Several bring it at once: files of the run, which stay out, or machines, whose contributions give way.
    Conflict {
        /// Files, or imports: « I003 (12/05/2026, poste accueil-2) ».
        between: Vec<String>,
        /// What enters in their place; none where nothing does.
        difference: Option<UnitDifference>,
    },
    /// Its file stays out; what it would change, where it only waits for somebody to confirm.
    Refused(Option<UnitDifference>),
}

/// What is in place of a unit, beside what comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnitDifference {
    /// Import that holds what is in place.
    pub(crate) import: String,
    /// Its file there.
    pub(crate) file: String,
    /// Answers, lines or respondents in place.
    pub(crate) before: usize,
    /// The same of what comes.
    pub(crate) after: usize,
    /// What differs.
    pub(crate) details: DifferenceDetails,
}

/// What differs between what is in place and what comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DifferenceDetails {
    /// One by one, in the words of the forms.
    OneByOne(Vec<ToldChange>),
    /// What people answered, and lines of a team, are counted and never told.
    Counted {
        /// What comes and was not there.
        new: usize,
        /// What is there and comes again.
        same: usize,
        /// What is there and does not come again.
        gone: usize,
    },
}

/// Something that differs: « ENV-4-OBS-1 : 2 → 3 ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ToldChange {
    /// Élément, measure of a line, date, comments.
    pub(crate) what: String,
    /// As it was written; none where nothing was.
    pub(crate) before: Option<String>,
    /// As it is written now; none where nothing is.
    pub(crate) after: Option<String>,
}

impl UnitDifference {
    /// Whether nothing differs.
    pub(super) fn is_none(&self) -> bool {
        match &self.details {
            DifferenceDetails::OneByOne(all) => all.is_empty(),
            DifferenceDetails::Counted { new, gone, .. } => *new == 0 && *gone == 0,
        }
    }
}

/// Units that several files of a run bring with different contents, with these files.
pub(crate) type RunClashes = BTreeMap<UnitKey, BTreeSet<Arc<str>>>;
