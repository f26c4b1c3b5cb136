//! What a calculation reads: registers as known on a day, a period, parameters; which meetings it keeps.

use std::collections::BTreeMap;

use super::computed_indicator::Found;
use super::convention_model::{CalculationParameters, Convention};
use super::meetings::{Meeting, MeetingTable};
use super::register_columns::TempsColumn;
use super::registers::Registers;
use super::same_code::same_code;
use super::suivi_period::SuiviPeriod;
use super::surveys::KnownSurveys;
use super::territory::{CampaignFacts, TerritoryData};
use crate::base::text::fold;
use crate::vocabulary::config::Registry;

/// A figure of the observatory, for a campaign.
#[derive(Debug, Clone, PartialEq)]
pub struct ObservatoryFigure {
    /// Campaign that it is of.
    pub campaign: String,
    /// Numerator.
    pub n: usize,
    /// Denominator.
    pub of: usize,
    /// Teams in it that are judged by how many of their members answered.
    pub staffed: usize,
}

/// What indicators are computed from.
pub struct CalculationInput<'a> {
    /// What was signed.
    pub convention: &'a Convention,
    /// What people typed, as known that day.
    pub registers: &'a Registers,
    /// Accueils.
    pub registry: &'a Registry,
    /// Figures of the observatory, by code.
    pub figures: &'a BTreeMap<String, ObservatoryFigure>,
    /// Small questionnaires, as known that day.
    pub surveys: &'a KnownSurveys,
    /// Series and communes of the folder.
    pub territory: &'a TerritoryData,
    /// What the observatory knows of the last campaign begun in the period.
    pub facts: Option<&'a CampaignFacts>,
}

/// One calculation: what it reads.
pub(super) struct Calculation<'a> {
    pub input: &'a CalculationInput<'a>,
    pub table: &'a MeetingTable<'a>,
    pub period: &'a SuiviPeriod,
    pub parameters: &'a CalculationParameters,
}

impl<'a> Calculation<'a> {
    /// Meetings of the period that the parameters keep.
    pub(super) fn kept(&self) -> Vec<&'a Meeting<'a>> {
        let meetings = self.table.meetings.iter();
        meetings
            .filter(|m| self.period.holds(m.date) && self.keeps(m))
            .collect()
    }

    fn keeps(&self, meeting: &Meeting) -> bool {
        let p = self.parameters;
        let row = meeting.row;
        let is_led = |nature| {
            let mut leaders = row.list(TempsColumn::AnimePar).into_iter();
            leaders.any(|name| self.table.nature(name) == Some(nature))
        };
        let fiches = row.list(TempsColumn::Fiches);
        (p.types.is_empty() || meeting.kind.is_some_and(|k| p.types.contains(&k)))
            && (p.theme.is_empty() || fold(row.text(TempsColumn::Thematique)) == fold(&p.theme))
            && (p.experiment.is_empty()
                || same_code(row.text(TempsColumn::Experimentation), &p.experiment))
            && (p.fiches.is_empty() || one_of(&p.fiches, &fiches))
            && p.led_by.is_none_or(is_led)
    }

    /// Whether the register of meetings was filled for this period: then nothing is nothing.
    pub(super) fn is_filled(&self) -> bool {
        self.table
            .meetings
            .iter()
            .any(|m| self.period.holds(m.date))
    }

    /// A count; no value when nobody filled the register for this period.
    pub(super) fn counted(&self, found: Found) -> Found {
        if found.n > 0 || self.is_filled() {
            found
        } else {
            Found::none(
                "aucun temps n’est saisi pour cette période : on ne sait pas s’il n’y a rien eu",
            )
        }
    }
}

/// Whether one of the codes wanted is among those written.
pub(super) fn one_of(wanted: &[String], written: &[&str]) -> bool {
    let mut pairs = wanted
        .iter()
        .flat_map(|w| written.iter().map(move |f| (w, f)));
    pairs.any(|(wanted, code)| same_code(wanted, code))
}
