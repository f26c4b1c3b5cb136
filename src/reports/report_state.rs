//! Where the report of an accueil stands: before the remarks of its team, or final (phase contradictoire).

use crate::base::day::Day;

/// Working days that a team has to answer, from the day on which it was first given its report.
pub(crate) const DAYS_TO_ANSWER: u16 = 10;

/// Where the report of an accueil stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportState {
    /// Its team may still answer, until that day.
    BeforeRemarks(Day),
    /// The time to answer is over, or a person said that it is final.
    Final,
}

impl ReportState {
    /// Added to the day of the edition.
    pub(crate) fn mention(self) -> &'static str {
        match self {
            Self::BeforeRemarks(_) => "avant les remarques de l’équipe",
            Self::Final => "rapport définitif",
        }
    }
}
