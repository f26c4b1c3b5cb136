//! One grid, response or line, typed: answers, measures and words apart, from here to the columns
//! of the store. What all of a record shares is said once.

use std::sync::Arc;

use super::kinds::WordKind;
use super::unit_key::UnitKey;
use super::value::Statut;
use crate::base::day::Day;
use crate::base::diagnostics::{CellRef, Diagnostic, Location};

/// The typed content of one file, record by record.
#[derive(Debug, Clone, Default)]
pub struct FileObservations {
    /// File name without folder.
    pub file: String,
    /// One group per record that could be identified.
    pub records: Vec<TypedRecord>,
    /// Those that wait for somebody to confirm them, and stay out otherwise.
    pub(crate) held: Vec<TypedRecord>,
    /// What stands over its grids and is no part of them.
    pub(crate) titles: Vec<SheetTitle>,
    /// What its reading asks a person before it enters.
    pub(crate) doubts: Vec<Diagnostic>,
    /// What the words of its sessions say of their moments.
    pub(crate) moments: Vec<SheetMoment>,
}

/// What the words of a session say of its moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SheetMoment {
    /// First cell of its record.
    pub(crate) at: Location,
    /// « Matin », « 7h30–8h30 ».
    pub(crate) plage: String,
    /// Group or place, inside the accueil.
    pub(crate) site: String,
    /// « périscolaire », « mercredi ».
    pub(crate) temps: String,
}

/// A text that stands over a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SheetTitle {
    /// Sheet, empty for a CSV.
    pub(crate) sheet: Arc<str>,
    /// Where it stands.
    pub(crate) at: Location,
    /// What it says.
    pub(crate) text: String,
}

impl FileObservations {
    /// How many records were kept.
    pub fn record_count(&self) -> usize {
        self.records.len()
    }
}

/// What makes a record unique within a run.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum RecordKey {
    /// A grid is a unit by itself.
    Grid(UnitKey),
    /// A response among those of a questionnaire.
    Response {
        /// The questionnaire.
        unit: UnitKey,
        /// Opaque id of the respondent.
        respondent: Arc<str>,
    },
    /// A line of activity data, or a note, of a structure.
    Line {
        /// Structure code.
        structure: Arc<str>,
        /// Identity of the line.
        line: Arc<str>,
    },
}

/// One grid, response or line, typed.
#[derive(Debug, Clone)]
pub struct TypedRecord {
    /// What a later import replaces with it.
    pub(crate) unit: UnitKey,
    /// Visit as written, or identity of the line (DON, notes).
    pub(crate) visit: Arc<str>,
    /// Observer's code, or `consensus`; empty for all but OBS.
    pub(crate) observer: Arc<str>,
    /// Keyed hash of the response; none but for questionnaires.
    pub(crate) respondent: Option<Arc<str>>,
    /// Its day, when known.
    pub(crate) day: Option<Day>,
    /// Sheet, empty for a CSV.
    pub(crate) sheet: Arc<str>,
    /// Where it starts.
    pub(crate) at: Location,
    /// Answers to éléments.
    pub(crate) answers: Vec<TypedAnswer>,
    /// Measures of activity data.
    pub(crate) measures: Vec<TypedMeasure>,
    /// Words that stand by themselves; comments are beside what they comment.
    pub(crate) words: Vec<TypedWords>,
}

impl TypedRecord {
    /// What makes it unique within a run.
    pub(crate) fn key(&self) -> RecordKey {
        match (&self.unit, &self.respondent) {
            (UnitKey::Visit { .. } | UnitKey::Grid { .. }, _) => RecordKey::Grid(self.unit.clone()),
            (UnitKey::Questionnaire { .. }, Some(respondent)) => RecordKey::Response {
                unit: self.unit.clone(),
                respondent: respondent.clone(),
            },
            _ => RecordKey::Line {
                structure: self.unit.structure().clone(),
                line: self.visit.clone(),
            },
        }
    }

    /// The same grid, as that of another visit.
    pub(crate) fn become_visit(&mut self, number: &str) {
        if let UnitKey::Visit { visit, .. } = &mut self.unit {
            number.clone_into(visit);
            self.visit = Arc::from(number);
        }
    }

    /// What somebody gave: « non observé » is an answer, an empty cell is none.
    pub(crate) fn given(&self) -> usize {
        let answers = self.answers.iter();
        let measures = self.measures.iter();
        let words = self.words.iter();
        answers.filter(|a| a.statut != Statut::Vide).count()
            + measures.filter(|m| !m.raw.trim().is_empty()).count()
            + words.filter(|w| !w.text.trim().is_empty()).count()
    }

    /// Éléments that somebody answered, by their positions in the référentiel.
    pub(crate) fn elements_given(&self) -> impl Iterator<Item = usize> {
        let given = self.answers.iter().filter(|a| a.statut != Statut::Vide);
        given.map(|a| a.element as usize)
    }

    /// Rows of the long table that it makes.
    pub(crate) fn rows(&self) -> usize {
        self.answers.len() + self.measures.len() + self.words.len()
    }
}

/// An answer to an élément.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypedAnswer {
    /// Position of the élément in the référentiel.
    pub(crate) element: u32,
    /// Its status.
    pub(crate) statut: Statut,
    /// Level in micro-levels, none when there is none or the scale is never converted.
    pub(crate) micro: Option<i32>,
    /// Position of the modality, polarity applied (0 the least favourable).
    pub(crate) modality: Option<u32>,
    /// Content of the cell.
    pub(crate) raw: String,
    /// Comment, evidence or reason.
    pub(crate) comment: String,
    /// Its cell.
    pub(crate) cell: CellRef,
}

/// A measure of activity data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypedMeasure {
    /// Name of the measure.
    pub(crate) code: Arc<str>,
    /// Content of the cell.
    pub(crate) raw: String,
    /// Comment beside it, nearly always empty.
    pub(crate) comment: String,
    /// Its cell.
    pub(crate) cell: CellRef,
}

/// Words that stand by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypedWords {
    /// What kind of words.
    pub(crate) kind: WordKind,
    /// Field of a note, or the code that a practice is about.
    pub(crate) field: Arc<str>,
    /// What was written.
    pub(crate) text: String,
    /// Its cell.
    pub(crate) cell: CellRef,
}
