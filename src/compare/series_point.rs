//! A level at one campaign, for who follows it (a type alone).

use crate::figures::Noise;

/// A level at one campaign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesPoint {
    /// Level.
    pub value: f64,
    /// What its error is made of.
    pub noise: Noise,
}
