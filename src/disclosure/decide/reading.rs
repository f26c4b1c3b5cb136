//! Who reads what is published, and what they know besides: a member of a hidden site its own answer,
//! a member of another one theirs, the team of another site the answers that it is shown.

use std::sync::{Arc, OnceLock};

use super::left_answers::LeftAnswers;
use super::printed_level::LevelRange;
use crate::figures::Distribution;

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reading {
    /// Somebody who answered nothing.
    Anyone,
    /// Who gave the lowest answer of the site to each question.
    Lowest,
    /// Who gave the highest.
    Highest,
    /// Who answered at another site, and takes away their own answer: whichever it is, of all those
    /// given elsewhere at once, so that one reading holds for each of them.
    Elsewhere,
    /// The team of another site, by position.
    Team(usize),
}

/// Means that the hidden answers of a site may have to one of its members.
pub(crate) fn member_range(
    levels: &[f64],
    left: Option<&LeftAnswers>,
    answers: &Distribution,
    reading: Reading,
) -> Option<LevelRange> {
    let position = own_answer(answers, reading)?;
    range_to_who_gave(levels, left, answers.total(), position)
}

/// The same to who gave an answer, of so many.
pub(crate) fn range_to_who_gave(
    levels: &[f64],
    left: Option<&LeftAnswers>,
    n: usize,
    answer: usize,
) -> Option<LevelRange> {
    let own = *levels.get(answer)?;
    let others = n - 1;
    let known = left.and_then(|left| left.less_one(answer).mean_span(levels, others));
    let rest = known.unwrap_or(LevelRange::ALL);
    let with = |rest: f64| (own + others as f64 * rest) / n as f64;
    Some(LevelRange {
        low: with(rest.low),
        high: with(rest.high),
    })
}

/// The same to who answered elsewhere, whatever they did.
pub(crate) fn range_elsewhere(
    levels: &[f64],
    left: &LeftAnswers,
    answers: &Distribution,
) -> Option<LevelRange> {
    let mut range = left.mean_span(levels, answers.total())?;
    for answer in left.given_elsewhere(answers) {
        if let Some(less) = left.less_one(answer).mean_span(levels, answers.total()) {
            range.low = range.low.max(less.low);
            range.high = range.high.min(less.high);
        }
    }
    Some(range)
}

/// Position of the answer that a member gave.
pub(crate) fn own_answer(answers: &Distribution, reading: Reading) -> Option<usize> {
    let mut given = (0..answers.counts.len()).filter(|answer| answers.counts[*answer] > 0);
    match reading {
        Reading::Lowest => given.next(),
        Reading::Highest => given.next_back(),
        Reading::Anyone | Reading::Elsewhere | Reading::Team(_) => None,
    }
}

/// Up to so many answers, the means that they can have are few enough to be tried one by one.
const COUNTED: usize = 4;

/// Up to so many, they are few enough to bound each other.
const BOUNDING: usize = 8;

/// Whether the means that so many answers can have are tried one by one.
pub(crate) fn are_tried(n: usize) -> bool {
    n <= COUNTED
}

/// Means that few answers to a question can have, found once for so many answers and a reader's own.
#[derive(Debug)]
pub(crate) struct PossibleMeans {
    levels: usize,
    known: Vec<OnceLock<Arc<[f64]>>>,
}

impl PossibleMeans {
    /// Of a question whose answers have so many levels; none when they are no levels.
    pub(crate) fn of(levels: usize) -> Self {
        let size = if levels == 0 {
            0
        } else {
            BOUNDING * (levels + 1)
        };
        Self {
            levels,
            known: (0..size).map(|_| OnceLock::new()).collect(),
        }
    }

    /// Those of some answers, a member's own being known; none when they are none, or many.
    pub(crate) fn get(
        &self,
        levels: &[f64],
        answers: &Distribution,
        reading: Reading,
    ) -> Option<Arc<[f64]>> {
        let n = answers.total();
        let own = own_answer(answers, reading).filter(|answer| *answer < self.levels);
        let place = n.checked_sub(1)? * (self.levels + 1) + own.map_or(0, |answer| answer + 1);
        let found = || {
            let known = own.map_or(0.0, |answer| levels[answer]);
            let left = n - usize::from(own.is_some());
            means_from(known, left, levels, n).into()
        };
        Some(Arc::clone(self.known.get(place)?.get_or_init(found)))
    }
}

/// Means of so many answers of which all but a few have this sum, those few being of any level.
pub(crate) fn means_from(known: f64, left: usize, levels: &[f64], n: usize) -> Vec<f64> {
    let mut sums = vec![known];
    for _ in 0..left {
        let more = sums
            .iter()
            .flat_map(|sum| levels.iter().map(move |level| sum + level));
        sums = more.collect();
        sums.sort_by(f64::total_cmp);
        sums.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    }
    sums.into_iter().map(|sum| sum / n as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_knows_one_answer_of_the_site() {
        let answers = Distribution {
            counts: vec![1, 0, 0, 2],
            nsp: 0,
        };
        let levels = [1.0, 2.0, 3.0, 4.0];
        let range = |left: Option<&LeftAnswers>, reading| {
            let range = member_range(&levels, left, &answers, reading).expect("levels");
            [range.low, range.high].map(|level| (level * 100.0).round() as i64)
        };
        assert_eq!(range(None, Reading::Lowest), [100, 300]);
        assert_eq!(range(None, Reading::Highest), [200, 400]);
        let left = LeftAnswers::Known(Distribution {
            counts: vec![1, 1, 0, 9],
            nsp: 0,
        });
        assert_eq!(range(Some(&left), Reading::Lowest), [233, 300]);
        let two = Distribution {
            counts: vec![1, 0, 0, 1],
            nsp: 0,
        };
        let possible = PossibleMeans::of(levels.len());
        let means = |reading: Reading| possible.get(&levels, &two, reading).expect("few");
        assert_eq!(*means(Reading::Lowest), [1.0, 1.5, 2.0, 2.5]);
        assert_eq!(means(Reading::Anyone).len(), 7);
        let none = Distribution::default();
        assert_eq!(possible.get(&levels, &none, Reading::Anyone), None);
        let many = Distribution {
            counts: vec![9, 0, 0, 0],
            nsp: 0,
        };
        assert_eq!(possible.get(&levels, &many, Reading::Anyone), None);
    }
}
