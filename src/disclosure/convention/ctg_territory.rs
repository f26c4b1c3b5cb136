//! The territory as an audience may see it: maps of access, axes of the same accueils, what may have contributed.

use crate::base::day::Day;
use crate::base::text::Datum;
use crate::vocabulary::referentiel::StructureType;

/// A measure of access on one day, or on two.
#[derive(Debug, Clone, PartialEq)]
pub struct CtgMap {
    /// `T01`.
    pub code: String,
    /// Code of the indicator that declares it, which `expliquer` answers.
    pub key: String,
    /// What it measures: « places pour 100 enfants ».
    pub measure: String,
    /// When: « le mercredi »; empty at any time.
    pub time: String,
    /// Kilometres under which an accueil is near; none for other measures.
    pub distance_km: Option<f64>,
    /// One day, or before then after where an accueil opened or closed between.
    pub days: Vec<CtgMapDay>,
}

/// A measure of access on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct CtgMapDay {
    /// The day.
    pub day: Day,
    /// Of the territory.
    pub value: Datum,
    /// Communes.
    pub communes: Vec<CtgCommune>,
    /// Accueils that are open.
    pub sites: Vec<CtgMapSite>,
}

/// A commune.
#[derive(Debug, Clone, PartialEq)]
pub struct CtgCommune {
    /// INSEE code.
    pub insee: String,
    /// Name.
    pub name: String,
    /// Degrees north of its centre.
    pub north: f64,
    /// Degrees east.
    pub east: f64,
    /// Children aged 3 to 11, as they may be told.
    pub children: Datum,
    /// T01, T02: 1 or 0; T03: places.
    pub amount: f64,
    /// T03: places for a hundred children; none without children.
    pub rate: Option<f64>,
    /// T02: kilometres to the nearest accueil.
    pub distance: Option<f64>,
}

/// An accueil that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct CtgMapSite {
    /// Its code.
    pub code: String,
    /// Its kind.
    pub kind: StructureType,
    /// Degrees north.
    pub north: f64,
    /// Degrees east.
    pub east: f64,
}

/// Accueils at the target of an axe, the same ones at two campaigns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgAxePanel {
    /// Its code.
    pub code: String,
    /// Its label.
    pub label: String,
    /// Accueils that both campaigns have.
    pub of: usize,
    /// At target before; none where too few accueils are compared for this audience.
    pub before: Option<usize>,
    /// At target now.
    pub now: Option<usize>,
}

/// A change and what may have contributed to it, as people typed it; what the screen stops is told so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgContribution {
    /// Change, amount, fiches, evidence, other explanations, confidence.
    pub cells: [String; 6],
}
