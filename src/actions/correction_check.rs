//! Corrections that change nothing, said while the import that brought or contradicted them is still in hand.

use std::collections::BTreeSet;

use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::campaign::OpenObservatory;
use crate::intake::observations::{UnitKey, corrected_element};
use crate::vocabulary::config::Campaign;

/// What is to be said of corrections of some structures, by their codes. What was written stays written: a store that
/// can no longer be read is told, and fails nothing.
pub(super) fn correction_remarks(
    opened: &OpenObservatory,
    campaign: &Campaign,
    touched: &BTreeSet<&str>,
) -> Vec<Diagnostic> {
    unused(opened, campaign, touched).unwrap_or_else(|refused| {
        let message = format!("les corrections n’ont pas pu être relues : {refused}");
        vec![Diagnostic::new(
            Code::CorrectionUnused,
            Location::none(),
            message,
        )]
    })
}

fn unused(
    opened: &OpenObservatory,
    campaign: &Campaign,
    touched: &BTreeSet<&str>,
) -> Result<Vec<Diagnostic>> {
    let corrected = corrected_structures(opened, campaign)?;
    let active = opened.active_in(campaign).into_iter();
    let structures: Vec<_> = active
        .filter(|s| touched.contains(s.code.as_str()) && corrected.contains(&s.code))
        .collect();
    if structures.is_empty() {
        return Ok(Vec::new());
    }
    let scope = opened.scope_of(campaign, structures);
    let fold = opened.fold(campaign)?;
    Ok(fold.computation(&scope)?.unused_corrections())
}

/// Structures of which a correction is in place: folding the answers of the others would be for nothing.
fn corrected_structures(opened: &OpenObservatory, campaign: &Campaign) -> Result<BTreeSet<String>> {
    let state = opened.store.state()?;
    let live = opened.store.live(&state, &campaign.id)?;
    let seen = live.iter().flat_map(|l| &l.units).filter(|u| !u.hidden);
    let corrected = seen.filter_map(|unit| match unit.key.parse() {
        Ok(UnitKey::Note { structure, note }) => {
            corrected_element(&note).map(|_| structure.to_string())
        }
        _ => None,
    });
    Ok(corrected.collect())
}
