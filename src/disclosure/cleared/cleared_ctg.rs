//! The indicators of the convention territoriale globale as they may be printed.

use super::count_of::CountOf;
use super::mask::Mask;

/// A count of a site, or why it is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToldCount {
    /// May be printed.
    Known(CountOf),
    /// May not.
    Masked(Mask),
    /// A denominator is missing.
    Unknown,
}

/// An indicator of the territory at one campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgCampaign {
    /// Campaign id.
    pub campagne: String,
    /// Its count, when it is known.
    pub territory: Option<CountOf>,
}

/// An indicator of one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgSite {
    /// Structure code.
    pub structure: String,
    /// Its count, or why not.
    pub told: ToldCount,
}

/// One indicator over time and per site.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClearedCtg {
    /// `I11`, `I12a`, `I20`…
    pub code: String,
    /// Label.
    pub label: String,
    /// What is divided by what.
    pub formule: String,
    /// Campaigns in order.
    pub campagnes: Vec<CtgCampaign>,
    /// Sites by code, this campaign.
    pub sites: Vec<CtgSite>,
}
