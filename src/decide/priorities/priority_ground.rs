//! What priorities are drawn from.

use super::importance::Importance;
use crate::figures::Indicators;
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::Referentiel;

/// What priorities are drawn from.
pub struct PriorityGround<'a> {
    /// Figures of the campaign.
    pub indicators: &'a Indicators,
    /// Figures of the campaign before, if any.
    pub previous: Option<&'a Indicators>,
    /// Its référentiel.
    pub referentiel: &'a Referentiel,
    /// Structures active in it.
    pub structures: &'a [&'a Structure],
    /// What families hold most to, when enough of them answered.
    pub importance: Importance,
}
