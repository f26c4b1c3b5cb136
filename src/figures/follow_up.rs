//! What the improvement plan of one structure had become on one day: the input of I20 and I21. An
//! observatory without plans has the declared columns of `denominateurs` instead.

use serde::{Deserialize, Serialize};

use crate::vocabulary::referentiel::ActivityCode;

/// Counts of actions and recommendations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Recommendations issued: the actions of campaigns that had ended.
    #[serde(rename = "emises")]
    pub issued: usize,
    /// Those written into the projet pédagogique or de fonctionnement, document and date known.
    #[serde(rename = "integrees")]
    pub integrated: usize,
    /// Actions whose deadline had come.
    #[serde(rename = "echues")]
    pub due: usize,
    /// Those done at their deadline or before.
    #[serde(rename = "a_temps")]
    pub in_time: usize,
}

impl FollowUp {
    /// Numerator and denominator of an indicator that a plan gives.
    pub(super) fn part(&self, code: ActivityCode) -> Option<(usize, usize)> {
        match code {
            ActivityCode::I20 => Some((self.integrated, self.issued)),
            ActivityCode::I21 => Some((self.in_time, self.due)),
            _ => None,
        }
    }
}
