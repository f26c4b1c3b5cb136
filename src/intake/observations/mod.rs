//! The canonical long table: one row per answer, typed against the référentiel's scales, each
//! still knowing its file, sheet and cell.
//!
//! | question | file |
//! |---|---|
//! | what does one cell say on a scale: a level, NC with its reason, « hors échelle » (« oui » is one)? | `value` |
//! | – an observer’s count of children and adults, read against the ratio | `headcount` |
//! | the answers of one file, typed: structure unknown, closed, contradicted; date, élément out of scope; visit incomplete | `normalise` |
//! | – one answer against its scale, one count against the ratio | `typed_levels` |
//! | – a practice on an impératif, undescribed; a consent that does not read | `practice_checks` |
//! | what is proposed for a name that leads to nobody? | `unknown_names` |
//! | what can only be judged over all the files of a run: the same grid twice, a number against an NC? | `run_rules` |
//! | what does a later import replace? | `unit_key`; which import then holds it: `store::ownership` |
//! | who answered, without a name (16 digits of an HMAC)? | `key`; the key itself: `store::respondent_keys` |
//! | records typed, and what makes one unique in a run | `typed` |
//! | – ranks of kinds of measures and words | `kinds` |
//! | éléments by position | `element_codes` |
//! | the view that exports show: its columns | `long_table_columns` |
//! | – a store of format 1 read as records | `long_rows` |

mod element_codes;
mod headcount;
mod key;
mod kinds;
mod long_rows;
mod long_table_columns;
mod normalise;
mod practice_checks;
mod run_rules;
mod typed;
mod typed_levels;
mod unit_key;
mod unknown_names;
mod value;

use std::sync::Arc;

use polars::prelude::{Column, DataFrame};

pub(crate) use crate::intake::sources::dated_corrections::{
    CORRECTION, PUT_RIGHT, corrected_element,
};
pub use crate::intake::sources::notes::{INTERVIEW, REMARK, is_note};
pub use crate::intake::sources::practices::{CONSENT, REMARKABLE};
pub use crate::intake::sources::{OPEN_ANSWER, OWN_QUESTION};
pub(crate) use element_codes::ElementCodes;
pub(crate) use headcount::Headcount;
pub use key::RespondentKey;
pub(crate) use kinds::{FEW, MeasureKind, SITE_MARK, WordKind, directs, moment_of, plage_of};
pub(crate) use long_rows::{LongFile, typed_files};
pub use long_table_columns::ObservationColumn;
pub use normalise::{Campaigned, normalise};
pub use practice_checks::agrees;
pub(crate) use run_rules::settle;
pub use typed::{FileObservations, TypedRecord};
pub(crate) use typed::{SheetMoment, SheetTitle, TypedAnswer, TypedMeasure, TypedWords};
pub(crate) use unit_key::UnitKey;
pub use value::Statut;
pub(crate) use value::scored;

use crate::base::diagnostics::CellRef;
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::vocabulary::referentiel::SourceCode;

/// One answer, typed. What all the answers of a grid or of a file share is shared in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// Campaign id.
    pub campagne: Arc<str>,
    /// Structure code.
    pub structure: Arc<str>,
    /// Who speaks.
    pub source: SourceCode,
    /// Version of the référentiel.
    pub version: Arc<str>,
    /// Visit (OBS) or line (DON).
    pub visite: Arc<str>,
    /// Observer's code, or `consensus`.
    pub observateur: Arc<str>,
    /// Keyed hash of the response (questionnaires).
    pub repondant: Arc<str>,
    /// ISO date, empty when unknown.
    pub date: Arc<str>,
    /// Élément's code, or measure's name (DON).
    pub element: Arc<str>,
    /// Status of the answer.
    pub statut: Statut,
    /// Level in micro-levels, none when there is none or the scale is never converted.
    pub micro: Option<i64>,
    /// Position of the modality, polarity applied (0 is the least favourable).
    pub modalite: Option<i64>,
    /// Content of the cell.
    pub valeur_brute: String,
    /// Comment, evidence or reason.
    pub commentaire: String,
    /// Sheet, empty for a CSV.
    pub feuille: Arc<str>,
    /// Its cell.
    pub cellule: CellRef,
    /// What a later import replaces as a whole.
    pub unite: Arc<str>,
}

/// The long table as a frame whose schema has been checked.
#[derive(Debug, Clone)]
pub struct Observations(DataFrame);

impl Observations {
    /// Takes a frame that has exactly the table's columns.
    pub fn new(frame: &DataFrame) -> Result<Self> {
        Ok(Self(ObservationColumn::check(frame)?))
    }

    /// No answer at all.
    pub fn empty() -> Self {
        Self(DataFrame::empty_with_schema(&ObservationColumn::schema()))
    }

    /// Builds the table from rows of one import.
    pub fn from_rows(import: &str, rows: &[(&str, &Observation)]) -> Result<Self> {
        use ObservationColumn as C;
        let text = |column: C, get: &dyn for<'a> Fn(&'a Observation) -> &'a str| {
            let values: Vec<&str> = rows.iter().map(|(_, o)| get(o)).collect();
            Column::new(column.name().into(), values)
        };
        let whole = |column: C, get: &dyn Fn(&Observation) -> Option<i64>| {
            Column::new(
                column.name().into(),
                rows.iter().map(|(_, o)| get(o)).collect::<Vec<_>>(),
            )
        };
        let files: Vec<&str> = rows.iter().map(|(file, _)| *file).collect();
        let cells: Vec<String> = rows.iter().map(|(_, o)| o.cellule.to_string()).collect();
        let columns = vec![
            text(C::Campagne, &|o| &o.campagne),
            text(C::Structure, &|o| &o.structure),
            text(C::Source, &|o| o.source.as_str()),
            text(C::Version, &|o| &o.version),
            text(C::Visite, &|o| &o.visite),
            text(C::Observateur, &|o| &o.observateur),
            text(C::Repondant, &|o| &o.repondant),
            text(C::Date, &|o| &o.date),
            text(C::Element, &|o| &o.element),
            text(C::Statut, &|o| o.statut.as_str()),
            whole(C::Micro, &|o| o.micro),
            whole(C::Modalite, &|o| o.modalite),
            text(C::ValeurBrute, &|o| &o.valeur_brute),
            text(C::Commentaire, &|o| &o.commentaire),
            Column::new(C::Import.name().into(), vec![import; rows.len()]),
            Column::new(C::Fichier.name().into(), files),
            text(C::Feuille, &|o| &o.feuille),
            Column::new(C::Cellule.name().into(), cells),
            text(C::Unite, &|o| &o.unite),
        ];
        Self::new(&DataFrame::new(rows.len(), columns)?)
    }

    /// The frame.
    pub fn frame(&self) -> &DataFrame {
        &self.0
    }

    /// Number of answers.
    pub fn len(&self) -> usize {
        self.0.height()
    }

    /// Whether there is no answer.
    pub fn is_empty(&self) -> bool {
        self.0.height() == 0
    }
}
