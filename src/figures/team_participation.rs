//! Whether the team of an accueil took part in a campaign (O2 of `docs/domain.md` §5): what the campaign awaits
//! from it and what came, instrument by instrument. Families, children, schools and activity tables are not its own.

use super::collect::Collected;
use super::scope::Scope;
use super::site_activity::Measure;
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::SourceCode;

/// What depends on the team: a visit hosted, an interview given, a self-assessment, answers of each.
const OF_TEAM: [SourceCode; 4] = [
    SourceCode::Obs,
    SourceCode::Dir,
    SourceCode::Aut,
    SourceCode::Eqp,
];

/// Whether an instrument came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TeamState {
    /// It did; of a questionnaire, from half of the team at least.
    Received,
    /// It did not.
    Missing,
    /// Nobody said how many the team are: its answers are not asked for.
    NoHeadcount,
    /// Answers may have been left out of aggregates that may leave: it cannot be told.
    Withheld,
}

/// One instrument awaited from a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamReturn {
    /// Which one.
    pub source: SourceCode,
    /// Grids, or people who answered.
    pub n: usize,
    /// People of the team, of the questionnaire; 0 when not known, and of the other instruments.
    pub team: usize,
    /// Whether it came.
    pub state: TeamState,
}

/// What a campaign awaits from one team; empty when it awaits nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TeamParticipation {
    /// Instrument by instrument, in the order of sources.
    pub returns: Vec<TeamReturn>,
}

impl TeamParticipation {
    /// Looks at what came from a team of `team` people, 0 when nobody said how many.
    pub fn of(scope: &Scope, structure: &Structure, collected: &Collected, team: usize) -> Self {
        let asked = OF_TEAM.into_iter().filter(|s| scope.asks(structure, *s));
        let returns = asked.map(|source| {
            if source == SourceCode::Eqp {
                let n = collected.respondents(&structure.code, source);
                let released = scope.released.contains(&structure.code);
                return TeamReturn {
                    source,
                    n,
                    team,
                    state: answered(n, team, released),
                };
            }
            let n = collected.grids(&structure.code, source).len();
            TeamReturn {
                source,
                n,
                team: 0,
                state: if n > 0 {
                    TeamState::Received
                } else {
                    TeamState::Missing
                },
            }
        });
        Self {
            returns: returns.collect(),
        }
    }

    /// Whether anything is awaited.
    pub fn is_expected(&self) -> bool {
        !self.returns.is_empty()
    }

    fn has(&self, state: TeamState) -> bool {
        self.returns.iter().any(|r| r.state == state)
    }

    /// Whether all that can be judged came; none when nothing can be, or when what is not there might be.
    pub fn is_whole(&self) -> Option<bool> {
        if self.has(TeamState::Missing) {
            Some(false)
        } else if self.has(TeamState::Withheld) {
            None
        } else {
            self.has(TeamState::Received).then_some(true)
        }
    }

    /// Whether anything came; none when nothing can be judged, or when what is not there might be.
    pub fn is_begun(&self) -> Option<bool> {
        if self.has(TeamState::Received) {
            Some(true)
        } else if self.has(TeamState::Withheld) {
            None
        } else {
            self.has(TeamState::Missing).then_some(false)
        }
    }

    /// Instruments that can be judged among those awaited, 0..1.
    pub(super) fn judged(&self) -> Option<f64> {
        let judged = |r: &&TeamReturn| matches!(r.state, TeamState::Received | TeamState::Missing);
        let all = self.returns.len();
        (all > 0).then(|| self.returns.iter().filter(judged).count() as f64 / all as f64)
    }
}

/// Answers of a team, half of which are enough.
fn answered(n: usize, team: usize, released: bool) -> TeamState {
    match (team, 2 * n >= team) {
        (0, _) => TeamState::NoHeadcount,
        // What leaves tells the least that there were.
        (_, true) => TeamState::Received,
        (_, false) if released => TeamState::Withheld,
        (_, false) => TeamState::Missing,
    }
}

/// One team, as a part of all of them.
pub(super) fn team_measure(said: Option<bool>) -> Measure {
    let n = usize::from(said == Some(true));
    Measure::of(said.map(|_| n as f64), n, usize::from(said.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team(states: &[TeamState]) -> TeamParticipation {
        let returns = OF_TEAM.into_iter().zip(states);
        TeamParticipation {
            returns: returns
                .map(|(source, state)| TeamReturn {
                    source,
                    n: 0,
                    team: 0,
                    state: *state,
                })
                .collect(),
        }
    }

    #[test]
    fn half_of_the_team_is_enough_and_an_unknown_team_is_not_asked() {
        assert_eq!(answered(2, 4, false), TeamState::Received);
        assert_eq!(answered(2, 5, false), TeamState::Missing);
        assert_eq!(answered(0, 0, false), TeamState::NoHeadcount);
        assert_eq!(answered(0, 5, true), TeamState::Withheld);
        assert_eq!(answered(3, 5, true), TeamState::Received);
    }

    #[test]
    fn a_team_is_whole_when_nothing_that_can_be_judged_is_missing() {
        use TeamState::{Missing, NoHeadcount, Received, Withheld};
        for (states, whole, begun) in [
            (&[][..], None, None),
            (&[Received, Received], Some(true), Some(true)),
            (&[Received, Missing], Some(false), Some(true)),
            (&[Missing, Missing], Some(false), Some(false)),
            (&[Received, NoHeadcount], Some(true), Some(true)),
            (&[NoHeadcount], None, None),
            (&[Missing, Withheld], Some(false), None),
            (&[Received, Withheld], None, Some(true)),
        ] {
            let team = team(states);
            assert_eq!(
                (team.is_whole(), team.is_begun()),
                (whole, begun),
                "{states:?}"
            );
        }
        assert_eq!(team(&[Received, NoHeadcount]).judged(), Some(0.5));
        assert_eq!(team_measure(None), Measure::default());
    }
}
