//! Which reports of a campaign are final: when their team was first given its own, by the log of deliveries.

use std::collections::BTreeMap;

use crate::base::day::Day;
use crate::disclosure::DeliveryLog;
use crate::reports::{DAYS_TO_ANSWER, ReportState};
use crate::vocabulary::Audience;
use crate::vocabulary::config::Structure;

/// What decides it.
pub(super) struct Deliveries<'a> {
    pub(super) log: &'a DeliveryLog,
    /// Id of the campaign.
    pub(super) campaign: &'a str,
    /// Day of the edition.
    pub(super) date: Day,
    /// Whether a person said that these reports are final.
    pub(super) is_final: bool,
}

impl Deliveries<'_> {
    /// The state of each accueil's report.
    pub(super) fn states(&self, structures: &[&Structure]) -> BTreeMap<String, ReportState> {
        let state = |s: &&Structure| (s.code.clone(), self.state(&s.code));
        structures.iter().map(state).collect()
    }

    fn state(&self, structure: &str) -> ReportState {
        if self.is_final {
            return ReportState::Final;
        }
        let first = self.first_given(structure).unwrap_or(self.date);
        match first.working_days_after(DAYS_TO_ANSWER) {
            Some(until) if self.date < until => ReportState::BeforeRemarks(until),
            _ => ReportState::Final,
        }
    }

    /// The first day on which the team was given its report, today's edition aside.
    fn first_given(&self, structure: &str) -> Option<Day> {
        let team = Audience::Equipe.as_str();
        let given = self.log.deliveries().iter().filter(|made| {
            let is_own = made.structures.iter().any(|s| s == structure);
            made.public == team && made.campagne == self.campaign && is_own
        });
        given
            .filter_map(|made| made.date.parse().ok())
            .filter(|day| *day <= self.date)
            .min()
    }
}
