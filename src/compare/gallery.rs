//! What centres are compared with, side by side.

use std::collections::BTreeMap;

use crate::figures::Indicators;
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::Referentiel;

/// What is compared side by side.
pub struct Gallery<'a> {
    /// Figures of the campaign.
    pub indicators: &'a Indicators,
    /// Its référentiel.
    pub referentiel: &'a Referentiel,
    /// Structures active in it.
    pub structures: &'a [&'a Structure],
    /// Weights of a composite of axes, when someone asks for one.
    pub composite: Option<&'a BTreeMap<String, f64>>,
    /// The only code that is set side by side; all of them otherwise.
    pub only: Option<&'a str>,
}
