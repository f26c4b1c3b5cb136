//! What experiments expect of their pilots, and what of it campaigns do not measure.

use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::campaign::OpenObservatory;
use crate::decide::expected_criteres::{UnmeasuredCritere, unmeasured};
use crate::vocabulary::config::{Campaign, ExperimentSettings};

/// An experiment in some campaigns.
pub(crate) struct ExpectedCheck<'a> {
    /// The experiment.
    pub experiment: &'a ExperimentSettings,
    /// What of it nothing measures, campaign by campaign.
    pub unmeasured: Vec<UnmeasuredCritere>,
}

impl ExpectedCheck<'_> {
    /// One remark each.
    pub(crate) fn remarks(&self) -> impl Iterator<Item = Diagnostic> {
        self.unmeasured.iter().map(|critere| {
            let code = Code::ExpectedUnmeasured;
            Diagnostic::new(code, Location::none(), critere.sentence())
        })
    }
}

/// The experiments that these pilots carry, or all, in some campaigns. Accueils of other territories have other
/// codes, and their scope is theirs to mend: nothing is expected of aggregates.
pub(crate) fn expected_check<'a>(
    opened: &'a OpenObservatory,
    pilots: Option<&[String]>,
    campaigns: &[&Campaign],
) -> Vec<ExpectedCheck<'a>> {
    if opened.reads_aggregates() {
        return Vec::new();
    }
    let is_carried = |e: &&ExperimentSettings| {
        pilots.is_none_or(|pilots| e.pilotes.iter().any(|pilot| pilots.contains(pilot)))
    };
    let experiments = opened.observatory.settings.experiments.iter();
    let checked = experiments
        .filter(is_carried)
        .map(|experiment| ExpectedCheck {
            experiment,
            unmeasured: (campaigns.iter())
                .flat_map(|campaign| unmeasured(experiment, &opened.scope(campaign)))
                .collect(),
        });
    checked.collect()
}
