//! Answers with who gave them, read from the long table.

use polars::prelude::{AnyValue, IntoLazy, lit};

use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::intake::observations::{ObservationColumn as C, Observations};
use crate::vocabulary::referentiel::{MICRO, Referentiel, SourceCode};

/// One answer of someone to one élément.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Structure code.
    pub structure: String,
    /// Visit, for observations.
    pub visite: String,
    /// Observer's code, or respondent's opaque id.
    pub who: String,
    /// Position of the élément.
    pub element: usize,
    /// Level 1..4; none for « non concerné », unseen, unknown or blank.
    pub level: Option<f64>,
    /// « Non concerné ».
    pub nc: bool,
}

/// Answers of one source, consensus ratings apart, in order of structure, visit, élément, person.
///
/// # Errors
///
/// A store that cannot be read.
pub fn read(
    observations: &Observations,
    referentiel: &Referentiel,
    source: SourceCode,
) -> Result<Vec<Answer>> {
    let columns = [
        C::Structure,
        C::Visite,
        C::Observateur,
        C::Repondant,
        C::Element,
        C::Statut,
        C::Micro,
    ];
    let frame = observations
        .frame()
        .clone()
        .lazy()
        .filter(C::Source.expr().eq(lit(source.as_str())))
        .filter(C::Observateur.expr().neq(lit("consensus")))
        .select(columns.map(TableColumn::expr))
        .collect()?;
    let values = frame.columns();
    let text = |row: usize, column: usize| -> String {
        let value = values[column].get(row).unwrap_or(AnyValue::Null);
        value.get_str().unwrap_or("").to_owned()
    };
    let mut answers: Vec<Answer> = (0..frame.height())
        .filter_map(|row| {
            let micro = values[6].get(row).ok().and_then(|v| v.extract::<i64>());
            let who = if source == SourceCode::Obs { 2 } else { 3 };
            Some(Answer {
                structure: text(row, 0),
                visite: text(row, 1),
                who: text(row, who),
                element: referentiel.element(&text(row, 4))?,
                level: micro.map(|m| m as f64 / MICRO as f64),
                nc: text(row, 5) == "nc",
            })
        })
        .collect();
    let key = |a: &Answer| {
        (
            a.structure.clone(),
            a.visite.clone(),
            a.element,
            a.who.clone(),
        )
    };
    answers.sort_by_cached_key(key);
    Ok(answers)
}
