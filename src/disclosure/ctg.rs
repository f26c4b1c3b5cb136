//! The indicators of the convention territoriale globale, cleared.

/// One indicator over time and per site.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClearedCtg {
    /// `I11`, `I12a`, `I20`…
    pub code: String,
    /// Label.
    pub label: String,
    /// What is divided by what.
    pub formule: String,
    /// Campaigns in order: id, and numerator and denominator of the territory when known.
    pub campagnes: Vec<(String, Option<(usize, usize)>)>,
    /// Sites by code, this campaign: both counts, or what is printed instead.
    pub sites: Vec<(String, Result<(usize, usize), &'static str>)>,
}
