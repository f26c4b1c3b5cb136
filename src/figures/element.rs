//! Rule 1: the value of one élément at (campaign, structure).

use super::FigureStatus;
use super::aggregates::Tally;
use super::collect::{MaskedLevel, VisitTally};
use super::noise::Noise;
use super::other_readings::OtherReadings;
use crate::stats::score::{TOLERANCE, combine};
use crate::vocabulary::referentiel::MICRO;

/// Top of the scale: what a text asks for is met there alone.
pub(crate) const TOP: f64 = 4.0;

/// An élément's level and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ElementValue {
    pub value: Option<f64>,
    pub status: FigureStatus,
    pub n: usize,
    pub expected: usize,
    /// What its error is made of.
    pub noise: Noise,
    /// What a purge left of it, when too few people answered.
    pub masked: Option<MaskedLevel>,
}

/// The value of an élément, and what its rule leaves open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RatedElement {
    pub value: ElementValue,
    /// Its level under the readings of a rule that were not kept.
    pub readings: OtherReadings,
    /// Whether a finding was put right since: its value is then that of what conforms.
    pub corrected: bool,
}

/// An élément that an impératif depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ImperatifElement {
    /// What it weighs in its source.
    pub weight: f64,
    pub rated: RatedElement,
}

impl From<ElementValue> for RatedElement {
    fn from(value: ElementValue) -> Self {
        Self {
            value,
            readings: OtherReadings::default(),
            corrected: false,
        }
    }
}

impl RatedElement {
    /// Whether another reading gives another level.
    pub(super) fn limite(&self) -> bool {
        let own = self.value.value;
        own.is_some_and(|own| {
            self.readings
                .decide(own, |level| (level / TOLERANCE).round())
        })
    }

    /// Whether another reading gives another verdict of the rule.
    pub(super) fn is_rule_limite(&self) -> bool {
        let own = self.value.value;
        own.is_some_and(|own| self.readings.decide(own, is_met))
    }

    /// Its level as a rule, none where nobody has said which reading decides.
    pub(super) fn settled(&self) -> Option<f64> {
        let own = self.value.value?;
        (!self.readings.unsettled(own, is_met)).then_some(own)
    }
}

/// Whether what a text asks for is there.
pub(super) fn is_met(level: f64) -> bool {
    level >= TOP - TOLERANCE
}

impl ElementValue {
    pub(super) fn is_nc(&self) -> bool {
        self.status == FigureStatus::Nc
    }
}

/// Observers within a visit first (the consensus if recorded, else their mean), then visits by
/// their mean, in the order of their names. `grids` is the number of grids received from the
/// source; `observed` says whether they are visits, that a day colours, or an interview that somebody marks.
pub(super) fn from_visits<'a>(
    visits: impl Iterator<Item = VisitTally<'a>>,
    grids: usize,
    observed: bool,
) -> ElementValue {
    let combined = combine(visits.map(|v| v.ratings()), MICRO);
    let status = match combined.score {
        Some(_) => FigureStatus::Ok,
        None if combined.is_nc => FigureStatus::Nc,
        None if grids == 0 => FigureStatus::Absent,
        None => FigureStatus::NonObserve,
    };
    ElementValue {
        value: combined.score,
        status,
        n: combined.ratings,
        expected: grids.max(1).saturating_sub(combined.nc),
        noise: if combined.score.is_some() && observed {
            let visits = combined.visits as f64;
            Noise {
                visits: 1.0 / visits,
                days: 1.0 / visits.sqrt(),
                given: combined.ratings,
                ..Noise::default()
            }
        } else if combined.score.is_some() {
            let interviews = combined.visits as f64;
            let marks = combined.inverse_ratings / (interviews * interviews);
            Noise {
                marks,
                interviews: marks.sqrt(),
                given: combined.ratings,
                ..Noise::default()
            }
        } else {
            Noise::default()
        },
        masked: None,
    }
}

/// Respondents by their mean; `variance` is that of one respondent's level.
pub(super) fn from_respondents(
    tally: Option<&Tally>,
    respondents: usize,
    variance: f64,
) -> ElementValue {
    let tally = tally.copied().unwrap_or_default();
    let status = match (tally.scored, respondents) {
        (1.., _) => FigureStatus::Ok,
        (_, 0) => FigureStatus::Absent,
        _ => FigureStatus::NonObserve,
    };
    ElementValue {
        value: (tally.levels > 0).then(|| tally.mean()),
        status,
        n: tally.scored as usize,
        expected: respondents,
        noise: Noise {
            respondents: (variance / f64::from(tally.levels.max(1))).sqrt(),
            lone: tally.levels == 1,
            given: tally.levels as usize,
            ..Noise::default()
        },
        masked: None,
    }
}

/// What is left of answers that a purge masked: how many they were. They weigh on the score of their
/// source as before.
pub(super) fn from_masked(
    tally: Option<&Tally>,
    respondents: usize,
    variance: f64,
    masked: MaskedLevel,
) -> ElementValue {
    let scored = tally.map_or(0, |t| t.scored);
    let counted = Tally {
        levels: scored,
        scored,
        ..Tally::default()
    };
    ElementValue {
        value: None,
        status: FigureStatus::EffectifInsuffisant,
        masked: Some(masked),
        ..from_respondents(Some(&counted), respondents, variance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(levels: &[i64], nc: u32, all: u32) -> Tally {
        Tally {
            sum: levels.iter().sum::<i64>() * MICRO,
            levels: levels.len() as u32,
            scored: levels.len() as u32,
            nc,
            all,
            ..Tally::default()
        }
    }

    /// A visit with the ratings of its observers, and perhaps a consensus.
    fn visit(observers: Tally, consensus: Tally) -> VisitTally<'static> {
        VisitTally {
            name: "V",
            rank: 0,
            observers,
            consensus,
        }
    }

    fn value(visits: &[VisitTally<'static>], grids: usize) -> ElementValue {
        from_visits(visits.iter().copied(), grids, true)
    }

    /// A visit with three observers does not weigh three times.
    #[test]
    fn visits_weigh_the_same_whatever_their_observers() {
        let visits = [
            visit(tally(&[1, 1, 1], 0, 3), Tally::default()),
            visit(tally(&[4], 0, 1), Tally::default()),
        ];
        let element = value(&visits, 4);
        assert_eq!(element.value, Some(2.5));
        assert_eq!((element.n, element.expected), (4, 4));
    }

    #[test]
    fn a_consensus_replaces_the_observers() {
        let visits = [visit(tally(&[1, 2], 0, 2), tally(&[3], 0, 1))];
        assert_eq!(value(&visits, 3).value, Some(3.0));
    }

    #[test]
    fn a_number_wins_over_an_nc_and_an_unseen_visit_over_an_nc_one() {
        let number = visit(tally(&[2], 1, 2), Tally::default());
        assert_eq!(value(&[number], 2).value, Some(2.0));
        let nc = visit(tally(&[], 1, 1), Tally::default());
        let unseen = visit(tally(&[], 0, 1), Tally::default());
        assert_eq!(value(&[nc], 1).status, FigureStatus::Nc);
        assert_eq!(value(&[nc, unseen], 2).status, FigureStatus::NonObserve);
        assert_eq!(value(&[], 0).status, FigureStatus::Absent);
    }
}
