//! An activity indicator as it may be printed.

use super::mask::Shown;
use crate::figures::SourceBreak;

/// An activity indicator, cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedActivity {
    /// Code.
    pub code: &'static str,
    /// Label.
    pub label: &'static str,
    /// Unit: « % », « rapport », « h »…
    pub unit: &'static str,
    /// How it is computed.
    pub formula: &'static str,
    /// Value; none when it cannot be computed.
    pub value: Option<Shown<f64>>,
    /// The two readings of the mixed-age rule differ.
    pub limite: bool,
    /// Where it came from at the campaign before and at this one, when that is not the same.
    pub rupture: Option<SourceBreak>,
}
