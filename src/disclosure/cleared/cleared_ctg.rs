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
    /// Its count, or why not.
    pub territory: ToldCount,
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
    /// `O1`, `O2`, `O2b`, `O3`.
    pub code: String,
    /// Label.
    pub label: String,
    /// What is divided by what.
    pub formule: String,
    /// What it waits for, when nothing gives it yet.
    pub missing: Option<&'static str>,
    /// Campaigns in order.
    pub campagnes: Vec<CtgCampaign>,
    /// Sites of this campaign whose team has no known headcount: its answers are not asked for (O2).
    pub without_headcount: usize,
    /// Sites by code, this campaign.
    pub sites: Vec<CtgSite>,
}
