//! How sure a figure is: what its error is made of, and how large each part is, measured on the
//! answers of the campaign themselves (`docs/statistics.md` §1.9, §2.5 and §5.8).
//!
//! Three parts: what observers, or visits, differ by on one élément; what a whole visit owes to its
//! day; what another set of respondents would have answered. Interviews and activity data are facts
//! here: they add no error.

use std::collections::BTreeMap;

use super::aggregates::Tally;
use super::collect::Collected;
use crate::vocabulary::referentiel::SourceCode;

/// Pairs of visits to the same centre needed before their spread replaces that of observers.
const PAIRS_NEEDED: usize = 3;

/// What a figure owes to each part of the error.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Noise {
    /// Variance per unit of variance of one observer's rating.
    pub ratings: f64,
    /// Variance per unit of variance of one élément from a visit to another.
    pub visits: f64,
    /// Standard error per unit of standard deviation of a day: one visit colours all its éléments.
    pub days: f64,
    /// Standard error due to respondents, in levels.
    pub respondents: f64,
    /// A questionnaire speaks through a single answer, or its spread is unknown.
    pub unknown: bool,
    /// A questionnaire speaks through a single answer.
    pub lone: bool,
}

impl Noise {
    /// Noise of a weighted mean. Errors shared by all terms (the day, the same respondents) add up;
    /// the others average out. Adding those of several questionnaires is cautious.
    pub fn mean(terms: impl IntoIterator<Item = (f64, Noise)>) -> Noise {
        let terms: Vec<(f64, Noise)> = terms.into_iter().collect();
        let total: f64 = terms.iter().map(|(w, _)| w).sum();
        let mut all = Noise::default();
        for (weight, noise) in terms {
            let share = weight / total;
            all.ratings += share * share * noise.ratings;
            all.visits += share * share * noise.visits;
            all.days += share * noise.days;
            all.respondents += share * noise.respondents;
            all.unknown |= noise.unknown;
            all.lone |= noise.lone;
        }
        all
    }

    /// Noise of the mean of several centres: nothing is shared between them.
    pub fn of_centres(centres: &[Noise]) -> Noise {
        let k = centres.len() as f64;
        let root = |pick: &dyn Fn(&Noise) -> f64| {
            centres.iter().map(|n| pick(n).powi(2)).sum::<f64>().sqrt() / k
        };
        Noise {
            ratings: centres.iter().map(|n| n.ratings).sum::<f64>() / (k * k),
            visits: centres.iter().map(|n| n.visits).sum::<f64>() / (k * k),
            days: root(&|n| n.days),
            respondents: root(&|n| n.respondents),
            unknown: centres.iter().any(|n| n.unknown),
            lone: centres.iter().any(|n| n.lone),
        }
    }

    /// Noise of a mean over centres that weigh unequally: nothing is shared between them. Answers of several
    /// centres are not one answer, however few each has.
    pub fn pooled(centres: &[(f64, Noise)]) -> Noise {
        let total: f64 = centres.iter().map(|(w, _)| w).sum();
        let squares = |pick: &dyn Fn(&Noise) -> f64| -> f64 {
            let terms = centres.iter().map(|(w, n)| (w / total).powi(2) * pick(n));
            terms.sum()
        };
        Noise {
            ratings: squares(&|n| n.ratings),
            visits: squares(&|n| n.visits),
            days: squares(&|n| n.days.powi(2)).sqrt(),
            respondents: squares(&|n| n.respondents.powi(2)).sqrt(),
            unknown: centres.iter().any(|(_, n)| n.unknown),
            lone: centres.len() == 1 && centres[0].1.lone,
        }
    }

    /// Whether visits are part of the figure.
    pub fn is_observed(&self) -> bool {
        self.visits > 0.0
    }
}

/// What the size of the error rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Several visits to the same centre during the same campaign.
    Visits,
    /// Several observers during the same visit: the effect of the day is not in it.
    Observers,
    /// Nothing: no margin.
    None,
}

/// Sums from which variances are drawn; those of two campaigns add up.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Spread {
    /// Observers of one visit, around the visit's mean.
    pub ratings: SquareSum,
    /// Pairs of visits: half the squares of the éléments' differences around their mean difference.
    pub elements: SquareSum,
    /// Pairs of visits.
    pub days: DaySum,
}

/// Squares added up, and what they are divided by.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct SquareSum {
    /// Sum of squares, in levels squared.
    pub squares: f64,
    /// Degrees of freedom.
    pub freedom: usize,
}

impl SquareSum {
    fn add(&mut self, squares: f64, freedom: usize) {
        self.squares += squares;
        self.freedom += freedom;
    }

    /// Nothing when nothing was added.
    fn variance(self) -> Option<f64> {
        (self.freedom > 0).then(|| self.squares / self.freedom as f64)
    }
}

/// Mean differences of pairs of visits added up, n being the éléments in common of a pair and d̄
/// their mean difference.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct DaySum {
    /// Σ n·d̄²/2.
    pub squares: f64,
    /// Σ n.
    pub elements: usize,
    /// Number of pairs.
    pub pairs: usize,
}

impl Spread {
    /// Reads the spread in the answers, in the order of structures, éléments and visits.
    pub(super) fn of(collected: &Collected) -> Self {
        let mut spread = Self::default();
        let observed: Vec<usize> = (0..collected.elements())
            .filter(|e| collected.source(*e) == SourceCode::Obs)
            .collect();
        for site in 0..collected.sites().len() {
            let mut levels = Vec::new();
            for element in &observed {
                let mut visits: BTreeMap<usize, f64> = BTreeMap::new();
                for visit in collected.visits_at(site, *element) {
                    spread.add_ratings(&visit.observers);
                    if visit.used().levels > 0 {
                        visits.insert(visit.rank, visit.used().mean());
                    }
                }
                levels.push(visits);
            }
            spread.add_pairs(&levels);
        }
        spread
    }

    /// One (élément, visit) with several ratings; whole numbers until the last division.
    fn add_ratings(&mut self, observers: &Tally) {
        if observers.levels >= 2 && observers.scored == observers.levels {
            let freedom = observers.levels as usize - 1;
            self.ratings.add(observers.squared_deviations(), freedom);
        }
    }

    /// Each visit of a structure with the next one; `elements` holds the levels of each élément by
    /// rank of visit.
    fn add_pairs(&mut self, elements: &[BTreeMap<usize, f64>]) {
        let mut visits: Vec<usize> = elements.iter().flat_map(|v| v.keys().copied()).collect();
        visits.sort_unstable();
        visits.dedup();
        for pair in visits.windows(2) {
            let differences: Vec<f64> = elements
                .iter()
                .filter_map(|v| Some(v.get(&pair[1])? - v.get(&pair[0])?))
                .collect();
            let n = differences.len();
            if n < 2 {
                continue;
            }
            let mean = differences.iter().sum::<f64>() / n as f64;
            let around: f64 = differences.iter().map(|d| (d - mean).powi(2)).sum();
            self.elements.add(around / 2.0, n - 1);
            self.days.squares += n as f64 * mean * mean / 2.0;
            self.days.elements += n;
            self.days.pairs += 1;
        }
    }

    /// Both campaigns together.
    #[must_use]
    pub fn pooled(mut self, other: Self) -> Self {
        self.ratings
            .add(other.ratings.squares, other.ratings.freedom);
        self.elements
            .add(other.elements.squares, other.elements.freedom);
        self.days.squares += other.days.squares;
        self.days.elements += other.days.elements;
        self.days.pairs += other.days.pairs;
        self
    }

    /// What the margins can rest on.
    pub fn basis(&self) -> Basis {
        if self.days.pairs >= PAIRS_NEEDED {
            Basis::Visits
        } else if self.ratings.freedom > 0 {
            Basis::Observers
        } else {
            Basis::None
        }
    }

    /// Variance of an élément from a visit to another, the day apart.
    pub fn element_variance(&self) -> f64 {
        self.elements.variance().unwrap_or(0.0)
    }

    /// Variance of the effect of a day: what remains of the mean differences once the éléments'
    /// own variance is taken out, never below 0.
    pub fn day_variance(&self) -> f64 {
        let left = self.days.squares - self.days.pairs as f64 * self.element_variance();
        if self.days.elements == 0 {
            return 0.0;
        }
        (left / self.days.elements as f64).max(0.0)
    }

    /// Variance of one rating around the mean of its visit.
    pub fn rating_variance(&self) -> f64 {
        self.ratings.variance().unwrap_or(0.0)
    }

    /// Standard error of a figure, in levels; none when nothing tells how large it is.
    pub fn standard_error(&self, noise: &Noise) -> Option<f64> {
        if noise.unknown || noise.lone {
            return None;
        }
        let observed = match (noise.is_observed(), self.basis()) {
            (false, _) => 0.0,
            (true, Basis::Visits) => {
                noise.visits * self.element_variance() + noise.days.powi(2) * self.day_variance()
            }
            (true, Basis::Observers) => noise.ratings * self.rating_variance(),
            (true, Basis::None) => return None,
        };
        let answered = noise.respondents > 0.0;
        let variance = observed + noise.respondents.powi(2);
        (noise.is_observed() || answered).then(|| variance.sqrt())
    }
}

/// Variance of one respondent's level, élément by élément, pooled within structures: a centre where
/// all families answer alike is not a centre known without error (`docs/statistics.md` §6.1).
pub(super) fn respondent_variances(collected: &Collected) -> Vec<Option<f64>> {
    let mut sums = vec![SquareSum::default(); collected.elements()];
    for site in 0..collected.sites().len() {
        for (element, sum) in sums.iter_mut().enumerate() {
            for visit in collected.visits_at(site, element) {
                let answers = visit.observers;
                if answers.levels >= 2 {
                    sum.add(answers.squared_deviations(), answers.levels as usize - 1);
                }
            }
        }
    }
    for (element, masked) in &collected.masked_spread {
        if let Some(sum) = sums.get_mut(*element) {
            sum.add(masked.deviations, masked.freedom);
        }
    }
    sums.into_iter().map(SquareSum::variance).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(ratings: f64, visits: f64, days: f64) -> Noise {
        Noise {
            ratings,
            visits,
            days,
            ..Noise::default()
        }
    }

    /// Two éléments of the same visit: their own errors average out, the day's does not.
    #[test]
    fn the_day_does_not_average_out() {
        let mean = Noise::mean([(1.0, noise(1.0, 1.0, 1.0)), (1.0, noise(1.0, 1.0, 1.0))]);
        assert_eq!((mean.ratings, mean.visits, mean.days), (0.5, 0.5, 1.0));
    }

    /// By hand: two visits, differences 0 and 1: mean 1/2, half the squares around it 1/4, one
    /// degree of freedom, day term 2·(1/4)/2 = 1/4.
    #[test]
    fn two_visits_tell_the_spread_of_elements_and_of_days() {
        let values = |first: f64, second: f64| BTreeMap::from([(0, first), (1, second)]);
        let elements = [values(2.0, 2.0), values(3.0, 4.0)];
        let mut spread = Spread::default();
        spread.add_pairs(&elements);
        assert_eq!(
            (spread.elements.squares, spread.elements.freedom),
            (0.25, 1)
        );
        let days = spread.days;
        assert_eq!((days.squares, days.elements, days.pairs), (0.25, 2, 1));
        assert_eq!(spread.basis(), Basis::None);
        let three = spread.pooled(spread).pooled(spread);
        assert_eq!(three.basis(), Basis::Visits);
        assert!(three.day_variance().abs() < 1e-12);
    }

    #[test]
    fn nothing_known_gives_no_margin() {
        let nothing = Spread::default();
        assert_eq!(nothing.standard_error(&noise(1.0, 1.0, 1.0)), None);
        assert_eq!(nothing.standard_error(&Noise::default()), None);
        let answered = Noise {
            respondents: 0.2,
            ..Noise::default()
        };
        assert_eq!(nothing.standard_error(&answered), Some(0.2));
        let lone = Noise {
            lone: true,
            ..answered
        };
        assert_eq!(nothing.standard_error(&lone), None);
    }
}
