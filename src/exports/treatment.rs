//! An entry of the register of treatments.

use crate::vocabulary::referentiel::SourceCode;

/// What is done with data of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Treatment {
    /// `OBS-1`, stable.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Sources of answers that it holds; none for what holds no answer.
    pub sources: &'static [SourceCode],
    /// What for.
    pub purpose: String,
    /// On what ground.
    pub basis: String,
    /// Whose data.
    pub people: String,
    /// Which data.
    pub data: String,
    /// Who receives what is drawn from them.
    pub recipients: String,
    /// How long they are kept.
    pub retention: String,
    /// How they are protected.
    pub measures: String,
}
