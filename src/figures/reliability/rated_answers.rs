//! Answers with who gave them, read from the long table.

use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::base::text::{SharedText, SharedTexts};
use crate::intake::observations::{ObservationColumn as C, Observations};
use crate::vocabulary::referentiel::{MICRO, Referentiel, SourceCode};

/// One answer of someone to one élément.
#[derive(Debug, Clone, PartialEq)]
pub struct RatedAnswer {
    /// Structure code.
    pub structure: SharedText,
    /// Visit, for observations.
    pub visite: SharedText,
    /// Observer's code, or respondent's opaque id.
    pub who: SharedText,
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
) -> Result<Vec<RatedAnswer>> {
    let frame = observations.frame();
    let text = |column: C| -> Result<Vec<&str>> {
        let values = frame.column(column.name())?.str()?.iter();
        Ok(values.map(Option::unwrap_or_default).collect())
    };
    let (structures, visits) = (text(C::Structure)?, text(C::Visite)?);
    let (observers, sources) = (text(C::Observateur)?, text(C::Source)?);
    let who = if source == SourceCode::Obs {
        text(C::Observateur)?
    } else {
        text(C::Repondant)?
    };
    let (elements, statuts) = (text(C::Element)?, text(C::Statut)?);
    let micros: Vec<Option<i64>> = frame.column(C::Micro.name())?.i64()?.iter().collect();
    let mut words = SharedTexts::default();
    let kept = |row: &usize| sources[*row] == source.as_str() && observers[*row] != "consensus";
    let mut answers: Vec<RatedAnswer> = (0..frame.height())
        .filter(kept)
        .filter_map(|row| {
            Some(RatedAnswer {
                structure: words.shared(structures[row]),
                visite: words.shared(visits[row]),
                who: words.shared(who[row]),
                element: referentiel.element(elements[row])?,
                level: micros[row].map(|m| m as f64 / MICRO as f64),
                nc: statuts[row] == "nc",
            })
        })
        .collect();
    RatedAnswer::sort(&mut answers);
    Ok(answers)
}

impl RatedAnswer {
    /// In order of structure, visit, élément, person.
    pub(crate) fn sort(answers: &mut [Self]) {
        answers.sort_by(|a, b| {
            let visit = a.structure.cmp(&b.structure).then(a.visite.cmp(&b.visite));
            visit
                .then(a.element.cmp(&b.element))
                .then(a.who.cmp(&b.who))
        });
    }
}
