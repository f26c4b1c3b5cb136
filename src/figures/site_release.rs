//! What of one structure's aggregates may leave its territory: decided by `disclosure`, carried out here.

use std::collections::BTreeSet;

use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// What may leave of one structure; all the rest stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SiteRelease {
    /// Positions of the éléments whose answers or ratings leave.
    pub elements: BTreeSet<usize>,
    /// Questionnaires whose number of respondents leaves.
    pub respondents: BTreeSet<SourceCode>,
    /// Columns of `denominateurs`.
    pub columns: BTreeSet<String>,
    /// Whether sessions leave, without their day.
    pub sessions: bool,
}

impl SiteRelease {
    /// Keeps a question, and the ratings of its critère, which would give its mean back beside a level
    /// read elsewhere.
    pub(crate) fn withhold(&mut self, question: usize, referentiel: &Referentiel) {
        self.elements.remove(&question);
        let critere = referentiel.elements[question].critere;
        self.withhold_ratings(critere, referentiel);
    }

    /// Keeps the ratings of a critère.
    pub(crate) fn withhold_ratings(&mut self, critere: usize, referentiel: &Referentiel) {
        let elements = &referentiel.elements;
        self.elements
            .retain(|e| elements[*e].critere != critere || elements[*e].source.is_questionnaire());
    }
}
