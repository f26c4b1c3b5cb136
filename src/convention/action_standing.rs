//! Where an action or a decision stands on a day: late, followed or not. Nothing of it is typed.

use super::convention_words::{ClosedWord, SuiviStatus};
use super::register_columns::{ActionsColumn, DecisionsColumn};
use super::registers::RegisterRow;
use crate::base::day::Day;

/// Days without any change from which an action is said to sleep.
pub(super) const DORMANT_DAYS: i32 = 90;

/// The status of an action; « à lancer » when nothing is said.
pub(crate) fn action_status(row: &RegisterRow) -> SuiviStatus {
    row.word(ActionsColumn::Statut)
        .unwrap_or(SuiviStatus::ToLaunch)
}

/// Whether nothing more is expected of it.
pub(crate) fn is_closed(status: SuiviStatus) -> bool {
    matches!(status, SuiviStatus::Done | SuiviStatus::Abandoned)
}

/// Days past its deadline; none when it is closed or has time left.
pub(crate) fn days_late(row: &RegisterRow, day: Day) -> Option<i32> {
    let due = row.day(ActionsColumn::Echeance)?;
    let late = day.number() - due.number();
    (late > 0 && !is_closed(action_status(row))).then_some(late)
}

/// Whether nobody has touched an open action for ninety days.
pub(crate) fn is_dormant(row: &RegisterRow, day: Day) -> bool {
    let since = row.updated.map(|u| day.number() - u.number());
    !is_closed(action_status(row)) && since.is_some_and(|days| days > DORMANT_DAYS)
}

/// What became of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sequel {
    /// Done.
    Done,
    /// Begun, or begun then suspended.
    Begun,
    /// Given up.
    Abandoned,
    /// Nothing, and its date has passed.
    None,
    /// Nothing yet.
    Awaited,
}

impl Sequel {
    pub(crate) fn of(row: &RegisterRow, day: Day) -> Self {
        match row.word::<SuiviStatus>(DecisionsColumn::Statut) {
            Some(SuiviStatus::Done) => Self::Done,
            Some(SuiviStatus::Running | SuiviStatus::Suspended) => Self::Begun,
            Some(SuiviStatus::Abandoned) => Self::Abandoned,
            Some(SuiviStatus::ToLaunch) | None => {
                let is_due = row
                    .day(DecisionsColumn::Echeance)
                    .is_some_and(|due| due < day);
                if is_due { Self::None } else { Self::Awaited }
            }
        }
    }

    /// Whether it was followed by something.
    pub(super) fn is_followed(self) -> bool {
        matches!(self, Self::Done | Self::Begun)
    }

    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Done => "faite",
            Self::Begun => "engagée",
            Self::Abandoned => "abandonnée",
            Self::None => "sans suite",
            Self::Awaited => "à venir",
        }
    }
}

/// « en cours », of an action or a decision.
pub(super) fn status_words(status: SuiviStatus) -> &'static str {
    status.label()
}
