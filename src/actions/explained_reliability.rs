//! How far observers agree and questionnaires hold together, from the answers themselves: no figure is needed, and none
//! is computed.

use super::fidelite::standard;
use crate::base::error::Result;
use crate::campaign::OpenObservatory;
use crate::explain::Reliability;
use crate::figures::reliability::{observers, questionnaires};
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::SourceCode;

/// Explains one of the figures that [`Reliability`] knows; none of any other code.
///
/// # Errors
///
/// A store that cannot be read.
pub(super) fn reliability(
    opened: &OpenObservatory,
    campaign: &Campaign,
    code: &str,
) -> Result<Option<String>> {
    if !Reliability::has(code) {
        return Ok(None);
    }
    let referentiel = opened.observatory.referentiel(campaign);
    let answers = opened.fold(campaign)?.rated(SourceCode::Obs)?;
    let stored = opened.store.load(Some(&campaign.id))?;
    let known = Reliability {
        referentiel,
        observers: &observers(&answers, referentiel),
        scales: &questionnaires(&stored, referentiel)?,
        answers: &answers,
        standard: standard(opened.observatory.settings.training),
    };
    Ok(known.explain(code))
}
