//! A delivery being cleared.

use super::by_structure::SiteMaterial;
use super::clearance_input::ClearanceInput;
use crate::disclosure::decide::{CampaignFigures, Decisions};
use crate::privacy::QuoteScreen;

/// What every part of a clearance looks things up in.
pub(crate) struct Clearing<'a> {
    pub(crate) input: &'a ClearanceInput<'a>,
    pub(crate) figures: &'a CampaignFigures<'a>,
    pub(crate) decisions: &'a Decisions,
    /// The campaign before, as it was delivered by itself.
    pub(crate) earlier: Option<(&'a CampaignFigures<'a>, &'a Decisions)>,
    /// Says what people wrote may be quoted.
    pub(crate) screen: &'a QuoteScreen,
    /// What belongs to each structure.
    pub(crate) material: &'a SiteMaterial<'a>,
}
