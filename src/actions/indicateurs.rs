//! The analyst's table of a campaign: complete, not for publication.

use super::table_outcome::{TableOutcome, not_for_publication};
use crate::base::error::Result;
use crate::campaign::OpenObservatory;
use crate::exports;

/// Which figures.
pub(crate) struct IndicatorsRequest {
    /// Campaign; the latest otherwise.
    pub campaign: Option<String>,
}

/// Computes the figures of a campaign.
///
/// # Errors
///
/// An unknown campaign; a store that cannot be read.
pub(crate) fn compute_table(
    opened: &OpenObservatory,
    request: &IndicatorsRequest,
) -> Result<TableOutcome> {
    let campaign = opened.observatory.campaign(request.campaign.as_deref())?;
    let checked = opened.indicators(campaign)?;
    let mut diagnostics = vec![not_for_publication(
        "ce tableau est complet : il n’est pas destiné à la diffusion.",
    )];
    diagnostics.extend(checked.diagnostics);
    Ok(TableOutcome {
        table: exports::indicators(std::slice::from_ref(&checked.value)),
        diagnostics,
    })
}
