//! Rule 1: the value of one élément at (campaign, structure).

use std::collections::BTreeMap;

use super::FigureStatus;
use super::collect::Tally;
use super::noise::Noise;

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
/// their mean, in the order of their names (statistics.md 1.9). `grids` is the number of grids
/// received from the source.
pub(super) fn from_visits(
    visits: Option<&BTreeMap<String, (Tally, Tally)>>,
    grids: usize,
) -> ElementValue {
    let empty = BTreeMap::new();
    let visits = visits.unwrap_or(&empty);
    let (mut sum, mut ratings) = (0.0, 0.0);
    let mut observed = false;
    let (mut numeric, mut nc_visits, mut unseen) = (0_usize, 0_usize, 0_usize);
    let (mut n, mut nc_answers) = (0, 0);
    for (observers, consensus) in visits.values() {
        n += observers.levels + consensus.levels;
        nc_answers += observers.nc + consensus.nc;
        let used = if consensus.levels + consensus.nc > 0 {
            consensus
        } else {
            observers
        };
        if used.levels > 0 {
            sum += used.mean();
            ratings += 1.0 / used.levels as f64;
            observed |= used.is_observation;
            numeric += 1;
        } else if used.nc > 0 {
            nc_visits += 1;
        } else {
            unseen += 1;
        }
    }
    let status = match (numeric, nc_visits, unseen) {
        (1.., _, _) => FigureStatus::Ok,
        (0, 1.., 0) => FigureStatus::Nc,
        _ if grids == 0 => FigureStatus::Absent,
        _ => FigureStatus::NonObserve,
    };
    ElementValue {
        value: (numeric > 0).then(|| sum / numeric as f64),
        status,
        n,
        expected: grids.max(1).saturating_sub(nc_answers),
        noise: if observed {
            let visits = numeric as f64;
            Noise {
                ratings: ratings / (visits * visits),
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
    use crate::vocabulary::referentiel::MICRO;

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
