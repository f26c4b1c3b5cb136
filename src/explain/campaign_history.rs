//! The campaigns that a trend is read over.

use crate::compare::{Comparisons, Moment};

/// Campaigns up to the one explained, the oldest first.
#[derive(Clone, Copy)]
pub struct History<'a> {
    /// Their ids.
    pub names: &'a [&'a str],
    /// Their figures and dates.
    pub moments: &'a [Moment<'a>],
    /// From the first to the last, where they are three or more: each level followed on the way.
    pub followed: Option<&'a Comparisons>,
}

/// What changed since an earlier campaign.
#[derive(Clone, Copy)]
pub struct Since<'a> {
    /// Id of the earlier campaign.
    pub earlier: &'a str,
    /// The comparison of both.
    pub compared: &'a Comparisons,
}
