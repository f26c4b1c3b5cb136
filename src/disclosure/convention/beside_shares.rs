//! What is not told where a share of the same meetings is. Kinds that came, organisations that came and numbers of
//! participants are no sums of seats: no solver here tells what they say beside a share.

use super::ctg_material::CtgMaterial;
use crate::convention::{CalculationKind, Convention, DeclaredIndicator};

impl CtgMaterial<'_> {
    /// Whether the convention has a share of attendance of meetings that this indicator reads too, by what was signed
    /// alone: a value decides nothing, so that what is hidden tells nothing.
    pub(super) fn is_beside_a_share(&self, declared: &DeclaredIndicator) -> bool {
        is_beside_a_share(self.convention, declared)
    }
}

fn is_beside_a_share(convention: &Convention, declared: &DeclaredIndicator) -> bool {
    let own = &declared.parameters.types;
    let mut shares = convention.indicators.iter().filter(|i| {
        matches!(
            i.kind,
            CalculationKind::Participation | CalculationKind::FunctionPresence
        )
    });
    // No type at all is all of them; fiches, themes and experiments may always have a meeting in common.
    shares.any(|share| {
        let types = &share.parameters.types;
        own.is_empty() || types.is_empty() || own.iter().any(|t| types.contains(t))
    })
}
