//! What a dossier of an experiment is made of, and whether what was expected was written in time.

use crate::disclosure::{CtgExperiment, CtgIndicator, CtgPilotChanges, CtgView};
use crate::reports::ctg::ctg_keys::CtgKeys;
use crate::reports::writing_box::WritingBox;

/// Everything of the dossier.
pub(crate) struct ExperimentReport<'a> {
    /// The convention.
    pub view: &'a CtgView,
    /// The experiment.
    pub experiment: &'a CtgExperiment,
    /// What changed; none with a single campaign.
    pub changes: Option<&'a CtgPilotChanges>,
    /// Indicators of the experiment: what teams say.
    pub said: Vec<CtgIndicator>,
    /// Meetings, proofs, practices.
    pub counted: Vec<CtgIndicator>,
    /// What it takes elsewhere.
    pub text: WritingBox,
    /// Keys, over the whole convention.
    pub keys: CtgKeys,
}

impl ExperimentReport<'_> {
    /// Why what is expected was written too late to be a test; none when it was in time.
    pub(super) fn too_late(&self) -> Option<&'static str> {
        let day = self.experiment.fixed_on?;
        if self.changes.is_some_and(|c| day > c.after_end) {
            return Some("après la fin de la campagne qui les mesure");
        }
        (day > self.experiment.to).then_some("après la fin de l’essai")
    }

    /// Whether what was expected may be told apart from what is found.
    pub(super) fn is_test(&self) -> bool {
        self.experiment.fixed_on.is_some() && self.too_late().is_none()
    }
}
