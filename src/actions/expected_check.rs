//! What experiments expect of their pilots and campaigns do not measure, as remarks.

use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::campaign::OpenObservatory;
use crate::decide::expected_criteres::unmeasured;
use crate::vocabulary::config::{Campaign, ExperimentSettings};

/// What these experiments will not see in these campaigns, campaign by campaign.
pub(crate) fn expected_remarks<'a>(
    opened: &OpenObservatory,
    experiments: impl IntoIterator<Item = &'a ExperimentSettings>,
    campaigns: &[&Campaign],
) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    // Accueils of other territories have other codes, and their scope is theirs to mend.
    if opened.reads_aggregates() {
        return said;
    }
    for experiment in experiments {
        for campaign in campaigns {
            let found = unmeasured(experiment, &opened.scope(campaign));
            said.extend(found.iter().map(|critere| {
                let code = Code::ExpectedUnmeasured;
                Diagnostic::new(code, Location::none(), critere.sentence())
            }));
        }
    }
    said
}
