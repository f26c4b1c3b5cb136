//! The canonical long table: one row per answer, typed against the référentiel's scales, each
//! still knowing its file, sheet and cell.

mod columns;
mod key;
mod normalise;
mod practices;
mod rules;
mod value;

use polars::prelude::{Column, DataFrame, IntoLazy, LazyFrame};

pub use crate::sources::OPEN_ANSWER;
pub use crate::sources::notes::{INTERVIEW, REMARK, is_note};
pub use crate::sources::practices::{CONSENT, REMARKABLE};
pub use columns::ObservationColumn;
pub use key::RespondentKey;
pub use normalise::{Campaigned, FileObservations, normalise};
pub use practices::agrees;
pub use rules::settle;
pub use value::Statut;

use crate::error::Result;
use crate::referentiel::SourceCode;
use crate::table::TableColumn;

/// One answer, typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// Campaign id.
    pub campagne: String,
    /// Structure code.
    pub structure: String,
    /// Who speaks.
    pub source: SourceCode,
    /// Version of the référentiel.
    pub version: String,
    /// Visit (OBS) or line (DON).
    pub visite: String,
    /// Observer's code, or `consensus`.
    pub observateur: String,
    /// Keyed hash of the response (questionnaires).
    pub repondant: String,
    /// ISO date, empty when unknown.
    pub date: String,
    /// Élément's code, or measure's name (DON).
    pub element: String,
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
    pub feuille: String,
    /// Cell in A1 notation.
    pub cellule: String,
    /// What a later import replaces as a whole.
    pub unite: String,
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
        let text = |column: C, get: &dyn Fn(&Observation) -> String| {
            Column::new(
                column.name().into(),
                rows.iter().map(|(_, o)| get(o)).collect::<Vec<_>>(),
            )
        };
        let whole = |column: C, get: &dyn Fn(&Observation) -> Option<i64>| {
            Column::new(
                column.name().into(),
                rows.iter().map(|(_, o)| get(o)).collect::<Vec<_>>(),
            )
        };
        let files: Vec<&str> = rows.iter().map(|(file, _)| *file).collect();
        let columns = vec![
            text(C::Campagne, &|o| o.campagne.clone()),
            text(C::Structure, &|o| o.structure.clone()),
            text(C::Source, &|o| o.source.to_string()),
            text(C::Version, &|o| o.version.clone()),
            text(C::Visite, &|o| o.visite.clone()),
            text(C::Observateur, &|o| o.observateur.clone()),
            text(C::Repondant, &|o| o.repondant.clone()),
            text(C::Date, &|o| o.date.clone()),
            text(C::Element, &|o| o.element.clone()),
            text(C::Statut, &|o| o.statut.as_str().to_owned()),
            whole(C::Micro, &|o| o.micro),
            whole(C::Modalite, &|o| o.modalite),
            text(C::ValeurBrute, &|o| o.valeur_brute.clone()),
            text(C::Commentaire, &|o| o.commentaire.clone()),
            Column::new(C::Import.name().into(), vec![import; rows.len()]),
            Column::new(C::Fichier.name().into(), files),
            text(C::Feuille, &|o| o.feuille.clone()),
            text(C::Cellule, &|o| o.cellule.clone()),
            text(C::Unite, &|o| o.unite.clone()),
        ];
        Self::new(&DataFrame::new(rows.len(), columns)?)
    }

    /// The frame.
    pub fn frame(&self) -> &DataFrame {
        &self.0
    }

    /// The start of a plan.
    pub fn lazy(&self) -> LazyFrame {
        self.0.clone().lazy()
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
