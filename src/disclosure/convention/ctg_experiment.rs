//! An experiment of the convention as an audience may see it: what was tried, who took it up, what changed at the pilots
//! beside the others, out of what reports tell already.

use crate::base::day::Day;
use crate::disclosure::cleared::{ClearedDistribution, Evolution};

/// An experiment.
#[derive(Debug, Clone)]
pub struct CtgExperiment {
    /// `EXP1`.
    pub code: String,
    /// Code of its fiche.
    pub fiche: String,
    /// What it is called.
    pub title: String,
    /// Accueils that carry it, by code and name.
    pub pilots: Vec<CtgPilot>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Day that what is expected was written.
    pub fixed_on: Option<Day>,
    /// Critères that are expected to move, by code.
    pub expected: Vec<String>,
    /// Steps, as signed.
    pub steps: Vec<String>,
    /// Ids of its meetings.
    pub meetings: Vec<String>,
    /// Hours of these, where they are typed.
    pub hours: f64,
    /// Practices that it made, and who took them up.
    pub practices: Vec<CtgPractice>,
}

/// An accueil that carries an experiment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgPilot {
    /// `P01`.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgPractice {
    /// `PRA-001`.
    pub id: String,
    /// What it is, or what stands in its place.
    pub text: String,
    /// Who took it up, where it comes from left out.
    pub adopters: Vec<String>,
    /// Since when.
    pub since: Option<Day>,
    /// « visite »; empty without proof.
    pub proof: &'static str,
    /// Day of the proof.
    pub proof_day: Option<Day>,
}

/// What changed at the pilots, between two campaigns.
#[derive(Debug, Clone)]
pub struct CtgPilotChanges {
    /// What it is called: « printemps 2026 ».
    pub before: String,
    /// The same.
    pub after: String,
    /// Last day of the later one.
    pub after_end: Day,
    /// Critères, in the order of the référentiel.
    pub criteres: Vec<CtgPilotCritere>,
    /// What children and families of the pilots answered to questions of expected critères.
    pub answers: Vec<CtgPilotAnswer>,
    /// Adopters, by name, and critères, where an expected critère rises at the visit that came after they took a practice up.
    pub confirmed: Vec<(String, String)>,
}

/// A critère of the pilots.
#[derive(Debug, Clone)]
pub struct CtgPilotCritere {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Whether it was expected to move.
    pub expected: bool,
    /// Mean of the pilots at the campaign before, over those that are told at both.
    pub before: Option<f64>,
    /// At this one.
    pub after: Option<f64>,
    /// Why there is none; empty otherwise.
    pub reason: String,
    /// What may be said of the change, of one pilot alone.
    pub evolution: Option<Evolution>,
    /// Pilots told at both campaigns.
    pub pilots: usize,
    /// Mean change of the others that are told at both campaigns; none without any.
    pub others: Option<f64>,
    /// How many others.
    pub others_count: usize,
    /// How many of the others rose at least as much, one pilot being compared.
    pub others_above: Option<usize>,
    /// Key by which `expliquer` tells it.
    pub key: String,
}

/// Answers of a pilot to a question.
#[derive(Debug, Clone)]
pub struct CtgPilotAnswer {
    /// Name of the pilot.
    pub pilot: String,
    /// Answers there.
    pub own: ClearedDistribution,
    /// Answers of the territory, when told.
    pub territory: Option<ClearedDistribution>,
    /// Keys by which `expliquer` tells those of the pilot, those of the territory.
    pub keys: [String; 2],
}

impl CtgPilotCritere {
    /// Change of the pilots.
    pub fn change(&self) -> Option<f64> {
        Some(self.after? - self.before?)
    }
}
