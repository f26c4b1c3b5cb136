//! What a reader knows of the answers among which those of a hidden site are.

use super::answer_sums::{dominant_answer, other_answers};
use super::printed_level::LevelRange;
use crate::figures::Distribution;

/// What is known of the answers that remain of a total.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum LeftAnswers {
    /// All of them.
    Known(Distribution),
    /// That so many at most are not the one that nearly all gave.
    NearlyAll {
        /// Position of the answer.
        answer: usize,
        others: usize,
        /// What was answered.
        total: Distribution,
    },
}

impl LeftAnswers {
    /// What « n % ou plus » says of a total.
    pub(crate) fn nearly_all(total: &Distribution) -> Option<Self> {
        let n = total.total();
        Some(Self::NearlyAll {
            answer: dominant_answer(total)?,
            others: other_answers(n),
            total: total.clone(),
        })
    }

    /// What is left to who takes away an answer, their own.
    pub(crate) fn less_one(&self, own: usize) -> Self {
        let mut less = self.clone();
        match &mut less {
            Self::Known(answers) => answers.counts[own] -= 1,
            Self::NearlyAll { answer, others, .. } => *others -= usize::from(*answer != own),
        }
        less
    }

    /// Answers that were given by others than those of a site.
    pub(crate) fn given_elsewhere(&self, site: &Distribution) -> Vec<usize> {
        let (Self::Known(all) | Self::NearlyAll { total: all, .. }) = self;
        let own = |answer: usize| site.counts.get(answer).copied().unwrap_or(0);
        let answers = 0..all.counts.len();
        answers.filter(|a| all.counts[*a] > own(*a)).collect()
    }

    /// Lowest and highest mean that so many of them may have; none when answers are no levels.
    pub(crate) fn mean_span(&self, levels: &[f64], n: usize) -> Option<LevelRange> {
        let (answer, others) = match self {
            Self::Known(answers) => return mean_span(levels, answers, n),
            Self::NearlyAll { answer, others, .. } => (*answer, *others),
        };
        let share = others.min(n) as f64 / n.max(1) as f64;
        let common = *levels.get(answer)?;
        let with = |other: &f64| common + share * (other - common);
        Some(LevelRange {
            low: with(levels.first()?),
            high: with(levels.last()?),
        })
    }
}

/// Lowest and highest mean that so many of these answers may have; none when there are none, or
/// answers are no levels.
pub(crate) fn mean_span(levels: &[f64], answers: &Distribution, n: usize) -> Option<LevelRange> {
    let n = n.min(answers.total());
    if levels.is_empty() || n == 0 {
        return None;
    }
    let taken = |order: &mut dyn Iterator<Item = (&usize, &f64)>| {
        let (mut left, mut sum) = (n, 0.0);
        for (count, level) in order {
            let take = left.min(*count);
            sum += take as f64 * level;
            left -= take;
        }
        sum / n as f64
    };
    let pairs = || answers.counts.iter().zip(levels);
    Some(LevelRange {
        low: taken(&mut pairs()),
        high: taken(&mut pairs().rev()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVELS: [f64; 4] = [1.0, 2.0, 3.0, 4.0];

    /// « 90 % ou plus » of thirty leave three who may all be among four.
    #[test]
    fn a_total_of_which_nearly_all_answered_alike_bounds_its_parts() {
        let total = Distribution {
            counts: vec![0, 1, 0, 29],
            nsp: 0,
        };
        let left = LeftAnswers::nearly_all(&total).expect("nearly all");
        let span = left.mean_span(&LEVELS, 4).expect("levels");
        assert!((span.low - 1.75).abs() < 1e-9 && (span.high - 4.0).abs() < 1e-9);
        let span = left.mean_span(&LEVELS, 9).expect("levels");
        assert!((span.low - 3.0).abs() < 1e-9 && (span.high - 4.0).abs() < 1e-9);
    }

    /// Who gave one of three other answers leaves two.
    #[test]
    fn who_takes_an_answer_away_is_left_the_others() {
        let total = Distribution {
            counts: vec![0, 1, 0, 29],
            nsp: 0,
        };
        let site = Distribution {
            counts: vec![0, 0, 0, 4],
            nsp: 0,
        };
        let left = LeftAnswers::nearly_all(&total).expect("nearly all");
        assert_eq!(left.given_elsewhere(&site), [1, 3]);
        let span = left.less_one(1).mean_span(&LEVELS, 4).expect("levels");
        assert!((span.low - 2.5).abs() < 1e-9);
        let known = LeftAnswers::Known(total).less_one(1);
        assert_eq!(
            known.mean_span(&LEVELS, 2),
            Some(LevelRange {
                low: 4.0,
                high: 4.0
            })
        );
    }
}
