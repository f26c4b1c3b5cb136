//! Where an action stands on a day, its deadline included: what reports say and count.

use super::action::Action;
use super::action_words::Status;
use crate::base::day::Day;

/// Where an action stands. « En retard » is computed from the day, never written by a team.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
pub enum Standing {
    /// Not begun.
    #[default]
    #[strum(serialize = "à lancer")]
    ToLaunch,
    /// Begun.
    #[strum(serialize = "en cours")]
    Running,
    /// Not done, and its deadline is over.
    #[strum(serialize = "en retard")]
    Late,
    /// Done.
    #[strum(serialize = "réalisée")]
    Done,
    /// Given up.
    #[strum(serialize = "abandonnée")]
    Abandoned,
}

impl Standing {
    /// Where an action stands on a day.
    pub fn of(action: &Action, day: Day) -> Self {
        if action.late(day) {
            return Self::Late;
        }
        match action.status_at(day) {
            Status::ToLaunch => Self::ToLaunch,
            Status::Running => Self::Running,
            Status::Done => Self::Done,
            Status::Abandoned => Self::Abandoned,
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        self.into()
    }

    /// Heading of the column that counts them.
    pub fn heading(self) -> &'static str {
        match self {
            Self::ToLaunch => "À lancer",
            Self::Running => "En cours",
            Self::Late => "En retard",
            Self::Done => "Réalisées",
            Self::Abandoned => "Abandonnées",
        }
    }
}
