//! The campaigns that a trend is read over.

use crate::compare::Moment;

/// Campaigns up to the one explained, the oldest first.
#[derive(Clone, Copy)]
pub struct History<'a> {
    /// Their ids.
    pub names: &'a [&'a str],
    /// Their figures and dates.
    pub moments: &'a [Moment<'a>],
}
