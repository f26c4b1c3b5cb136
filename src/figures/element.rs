//! Rule 1: the value of one élément at (campaign, structure).

use std::collections::BTreeMap;

use super::FigureStatus;
use super::collect::Tally;
use super::noise::Noise;
use crate::stats::score::combine;
use crate::vocabulary::referentiel::MICRO;

/// An élément's level and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ElementValue {
    pub value: Option<f64>,
    pub status: FigureStatus,
    pub n: usize,
    pub expected: usize,
    /// What its error is made of.
    pub noise: Noise,
}

impl ElementValue {
    pub(super) fn is_nc(&self) -> bool {
        self.status == FigureStatus::Nc
    }
}

/// Observers within a visit first (the consensus if recorded, else their mean), then visits by
/// their mean, in the order of their names. `grids` is the number of grids received from the
/// source.
pub(super) fn from_visits(
    visits: Option<&BTreeMap<String, (Tally, Tally)>>,
    grids: usize,
) -> ElementValue {
    let tallies = || visits.into_iter().flat_map(BTreeMap::values);
    let combined = combine(tallies().map(Tally::visit), MICRO);
    let is_observation = tallies()
        .any(|(observers, consensus)| observers.is_observation || consensus.is_observation);
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
        noise: if combined.score.is_some() && is_observation {
            let visits = combined.visits as f64;
            Noise {
                ratings: combined.inverse_ratings / (visits * visits),
                visits: 1.0 / visits,
                days: 1.0 / visits.sqrt(),
                ..Noise::default()
            }
        } else {
            Noise::default()
        },
    }
}

/// Respondents by their mean; `variance` is that of one respondent's level.
pub(super) fn from_respondents(
    tally: Option<&Tally>,
    respondents: usize,
    variance: Option<f64>,
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
        n: tally.scored,
        expected: respondents,
        noise: Noise {
            respondents: variance.map_or(0.0, |v| (v / tally.levels.max(1) as f64).sqrt()),
            unknown: tally.levels > 0 && variance.is_none(),
            lone: tally.levels == 1,
            ..Noise::default()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(levels: &[i64], nc: usize, all: usize) -> Tally {
        Tally {
            sum: levels.iter().sum::<i64>() * MICRO,
            squares: 0,
            levels: levels.len(),
            scored: levels.len(),
            nc,
            all,
            nsp: 0,
            is_observation: true,
        }
    }

    fn visits(list: &[(Tally, Tally)]) -> BTreeMap<String, (Tally, Tally)> {
        list.iter()
            .enumerate()
            .map(|(i, v)| (i.to_string(), *v))
            .collect()
    }

    /// A visit with three observers does not weigh three times.
    #[test]
    fn visits_weigh_the_same_whatever_their_observers() {
        let v = visits(&[
            (tally(&[1, 1, 1], 0, 3), Tally::default()),
            (tally(&[4], 0, 1), Tally::default()),
        ]);
        let element = from_visits(Some(&v), 4);
        assert_eq!(element.value, Some(2.5));
        assert_eq!((element.n, element.expected), (4, 4));
    }

    #[test]
    fn a_consensus_replaces_the_observers() {
        let v = visits(&[(tally(&[1, 2], 0, 2), tally(&[3], 0, 1))]);
        assert_eq!(from_visits(Some(&v), 3).value, Some(3.0));
    }

    #[test]
    fn a_number_wins_over_an_nc_and_an_unseen_visit_over_an_nc_one() {
        let number = visits(&[(tally(&[2], 1, 2), Tally::default())]);
        assert_eq!(from_visits(Some(&number), 2).value, Some(2.0));
        let nc = (tally(&[], 1, 1), Tally::default());
        let unseen = (tally(&[], 0, 1), Tally::default());
        assert_eq!(
            from_visits(Some(&visits(&[nc])), 1).status,
            FigureStatus::Nc
        );
        assert_eq!(
            from_visits(Some(&visits(&[nc, unseen])), 2).status,
            FigureStatus::NonObserve
        );
        assert_eq!(from_visits(None, 0).status, FigureStatus::Absent);
    }
}
