//! What the improvement plan of one structure had become on one day: the input of O3, I20 and I21. An
//! observatory without plans has the declared columns of `denominateurs` instead, for the last two: from one
//! campaign to the next their source may change, and their figures are then two series.

use serde::{Deserialize, Serialize};

use crate::vocabulary::referentiel::ActivityCode;

/// Counts of actions and recommendations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Recommendations issued: the actions of campaigns that had ended.
    #[serde(rename = "emises")]
    pub issued: usize,
    /// Those written into the projet pédagogique or de fonctionnement: document, page and date known.
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
            ActivityCode::I20 | ActivityCode::O3 => Some((self.integrated, self.issued)),
            ActivityCode::I21 => Some((self.in_time, self.due)),
            _ => None,
        }
    }
}

/// Where an activity figure comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
pub enum ActivityOrigin {
    /// Activity tables, answers, visits.
    #[strum(serialize = "déclaré")]
    Declared,
    /// The improvement plans.
    #[strum(serialize = "tiré des plans")]
    Plans,
}

/// A figure that came from one source at a campaign, and from another at a later one: two series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceBreak {
    /// Id of the earlier campaign.
    pub earlier: String,
    /// Where it came from.
    pub was: ActivityOrigin,
    /// Id of the later one.
    pub later: String,
    /// Where it comes from.
    pub is: ActivityOrigin,
}

/// Those that plans take over once there are any: what was declared before is another series.
pub const OF_TWO_ORIGINS: [ActivityCode; 2] = [ActivityCode::I20, ActivityCode::I21];

impl ActivityOrigin {
    pub(super) fn of(code: &str, followed: bool) -> Self {
        if followed && OF_TWO_ORIGINS.iter().any(|known| code == known.as_str()) {
            Self::Plans
        } else {
            Self::Declared
        }
    }

    /// What people read: « déclaré ».
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
