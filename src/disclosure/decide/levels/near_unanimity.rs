//! What « 90 % ou plus » says of a mean, and what must remain of it for who alone answered otherwise not
//! to learn what each of the others did.

use crate::disclosure::decide::answer_sums::other_answers;
use crate::disclosure::decide::printed_level::LevelRange;
use crate::disclosure::decide::reading::means_from;

/// Up to so many answers, their means are told apart: few can be others.
const OF_FEW: usize = 20;

/// Answers of which nearly all are alike.
pub(crate) struct NearUnanimity<'a> {
    /// Level of each answer, in order.
    pub(crate) levels: &'a [f64],
    /// Position of the one that nearly all gave.
    pub(crate) common: usize,
    pub(crate) n: usize,
    /// Position of the reader's own.
    pub(crate) own: Option<usize>,
}

impl NearUnanimity<'_> {
    /// Means that are possible: of six, « 60 % ou plus » is four at least, who counted them knows.
    pub(crate) fn range(&self) -> LevelRange {
        let others = other_answers(self.n);
        let [lowest, highest] = self.ends();
        let alike = (self.n - others) as f64 * self.common();
        let with_others = |level: f64| (alike + others as f64 * level) / self.n as f64;
        let mut range = LevelRange {
            low: with_others(lowest),
            high: with_others(highest),
        };
        if let Some(own) = self.own {
            range.low = range.low.max(self.with(own, lowest, self.n - 1));
            range.high = range.high.min(self.with(own, highest, self.n - 1));
        }
        range
    }

    /// Those means, where few answers make them.
    pub(crate) fn few_means(&self) -> Vec<f64> {
        let others = other_answers(self.n);
        let alike = (self.n - others) as f64 * self.common();
        if self.n > OF_FEW {
            return Vec::new();
        }
        match self.own.filter(|own| *own != self.common) {
            Some(own) => {
                let known = alike + self.levels[own];
                means_from(known, others.saturating_sub(1), self.levels, self.n)
            }
            None => means_from(alike, others, self.levels, self.n),
        }
    }

    /// How far two answers move the mean, at least.
    pub(crate) fn two_answers(&self) -> f64 {
        2.0 * (self.common() - self.nearest()).abs() / self.n as f64
    }

    /// Means that the answers can have when two of them at least are others, the reader's own one of
    /// these where it is.
    pub(crate) fn with_two_others(&self) -> LevelRange {
        let own = self.own.filter(|own| *own != self.common);
        let other = own.map_or(self.nearest(), |own| self.levels[own]);
        let most = (other + self.nearest() + (self.n - 2) as f64 * self.common()) / self.n as f64;
        let mut range = LevelRange::ALL;
        if self.common + 1 == self.levels.len() {
            range.high = most;
        }
        if self.common == 0 {
            range.low = most;
        }
        range
    }

    /// Mean of the reader's answer and of so many at a level.
    fn with(&self, own: usize, level: f64, others: usize) -> f64 {
        (self.levels[own] + others as f64 * level) / self.n as f64
    }

    fn common(&self) -> f64 {
        self.levels[self.common]
    }

    /// The level nearest to the common one.
    fn nearest(&self) -> f64 {
        let gap = |level: &f64| (level - self.common()).abs();
        let others = self
            .levels
            .iter()
            .copied()
            .filter(|level| gap(level) > 1e-9);
        let nearest = others.min_by(|a, b| gap(a).total_cmp(&gap(b)));
        nearest.unwrap_or(self.common())
    }

    fn ends(&self) -> [f64; 2] {
        let first = self.levels.first().copied();
        let last = self.levels.last().copied();
        [
            first.unwrap_or(LevelRange::ALL.low),
            last.unwrap_or(LevelRange::ALL.high),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVELS: [f64; 4] = [1.0, 2.0, 3.0, 4.0];

    fn of(common: usize, own: Option<usize>) -> NearUnanimity<'static> {
        NearUnanimity {
            levels: &LEVELS,
            common,
            n: 6,
            own,
        }
    }

    /// « 60 % ou plus » of six is four of them: two others move the mean by one level at most, not by 1,2.
    #[test]
    fn a_share_of_few_is_a_whole_number_of_them() {
        let range = of(0, None).range();
        assert!((range.low - 1.0).abs() < 1e-9 && (range.high - 2.0).abs() < 1e-9);
    }

    /// Of six, who gave 2 to the others' 4 must not learn that all five gave 4: 22 / 6 is out of reach,
    /// 21 / 6 (one of them gave 3) is not.
    #[test]
    fn another_answer_than_the_readers_must_stay_possible() {
        assert!((of(3, Some(1)).with_two_others().high - 21.0 / 6.0).abs() < 1e-9);
        assert!((of(3, Some(1)).range().high - 22.0 / 6.0).abs() < 1e-9);
        for own in [None, Some(3)] {
            assert!((of(3, own).with_two_others().high - 22.0 / 6.0).abs() < 1e-9);
        }
        assert!((of(0, Some(2)).with_two_others().low - 9.0 / 6.0).abs() < 1e-9);
        assert_eq!(of(1, Some(2)).with_two_others(), LevelRange::ALL);
    }
}
