//! How sure a figure is: what its error is made of, and how large each part is, measured on the
//! answers of the campaign themselves where they tell, declared where they do not
//! (`docs/statistics.md` §1.9, §2.5 and §5.8).
//!
//! Four parts: what visits differ by on one élément; what a whole visit owes to its day; what another
//! person would have marked of the same interview; what another set of respondents would have answered.
//! Activity data are facts: they add no error, and a change of theirs gets no verdict.

use std::collections::BTreeMap;

use super::aggregates::Tally;
use super::collect::Collected;
use crate::vocabulary::referentiel::{DeclaredSpread, SourceCode};

/// Pairs of visits to the same centre needed before their spread counts as measured.
pub(crate) const PAIRS_NEEDED: usize = 3;
/// Interviews marked by two people needed before they may say that marks differ less than declared.
pub(crate) const DOUBLE_CODED_NEEDED: usize = 3;

/// What a declared spread weighs: as much as so many degrees of freedom, so that a few pairs that agree by
/// luck prove no precision.
mod weight {
    /// Of éléments from a visit to another, and of marks of interviews.
    pub(super) const MARKS: f64 = 20.0;
    /// Of days, in pairs of visits.
    pub(super) const DAYS: f64 = 4.0;
    /// Of respondents.
    pub(super) const ANSWERS: f64 = 4.0;
}

/// What a figure owes to each part of the error.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Noise {
    /// Variance per unit of variance of one élément from a visit to another.
    pub visits: f64,
    /// Standard error per unit of standard deviation of a day: one visit colours all its éléments.
    pub days: f64,
    /// Variance per unit of variance of one mark of an interview.
    pub marks: f64,
    /// Standard error per unit of standard deviation of a mark, were all the marks of one interview of one mind.
    pub interviews: f64,
    /// Notes and answers of people that it rests on.
    pub given: usize,
    /// Standard error due to respondents, in levels.
    pub respondents: f64,
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
            all.visits += share * share * noise.visits;
            all.days += share * noise.days;
            all.marks += share * share * noise.marks;
            all.interviews += share * noise.interviews;
            all.given += noise.given;
            all.respondents += share * noise.respondents;
            all.lone |= noise.lone;
        }
        all
    }

    /// Noise of the mean of several centres: nothing is shared between them.
    pub fn of_centres(centres: &[Noise]) -> Noise {
        let equal: Vec<(f64, Noise)> = centres.iter().map(|noise| (1.0, *noise)).collect();
        Noise {
            lone: centres.iter().any(|n| n.lone),
            ..Noise::pooled(&equal)
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
            visits: squares(&|n| n.visits),
            days: squares(&|n| n.days.powi(2)).sqrt(),
            marks: squares(&|n| n.marks),
            interviews: squares(&|n| n.interviews.powi(2)).sqrt(),
            given: centres.iter().map(|c| c.1.given).sum(),
            respondents: squares(&|n| n.respondents.powi(2)).sqrt(),
            lone: centres.len() == 1 && centres[0].1.lone,
        }
    }

    /// The same had each visit been made twice.
    #[must_use]
    pub fn with_second_visits(self) -> Noise {
        Noise {
            visits: self.visits / 2.0,
            days: self.days / std::f64::consts::SQRT_2,
            ..self
        }
    }

    /// The same had each interview been marked by a second person.
    #[must_use]
    pub fn with_second_reader(self) -> Noise {
        Noise {
            marks: self.marks / 2.0,
            interviews: self.interviews / std::f64::consts::SQRT_2,
            ..self
        }
    }

    /// The same had twice as many answered.
    #[must_use]
    pub fn with_twice_the_answers(self) -> Noise {
        Noise {
            respondents: self.respondents / std::f64::consts::SQRT_2,
            ..self
        }
    }

    /// Whether one person's one note makes the whole figure: too little to set a centre apart from others, or
    /// surely on one side of its target, however small its declared error.
    pub fn is_one_mark(&self) -> bool {
        self.given == 1
    }

    /// Whether visits are part of the figure.
    pub fn is_observed(&self) -> bool {
        self.visits > 0.0
    }
}

/// What the size of the error of visits rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Several visits to the same centre during the same campaign.
    Visits,
    /// What is declared, and raised where observers of one visit differ by more.
    Declared,
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
    /// Those who marked one interview, around its mean.
    pub interviews: SquareSum,
    /// How many those interviews are.
    pub double_coded: usize,
    /// What is held of each part before anything is measured.
    pub declared: DeclaredSpread,
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

    /// One (élément, visit) with several ratings; whole numbers until the last division.
    fn add_ratings(&mut self, observers: &Tally) {
        if observers.levels >= 2 && observers.scored == observers.levels {
            let freedom = observers.levels as usize - 1;
            self.add(observers.squared_deviations(), freedom);
        }
    }

    /// Nothing when nothing was added.
    fn variance(self) -> Option<f64> {
        (self.freedom > 0).then(|| self.squares / self.freedom as f64)
    }

    /// The same beside what is declared, which counts as so many degrees of freedom.
    fn beside(self, declared: f64, weight: f64) -> f64 {
        (self.squares + weight * declared) / (self.freedom as f64 + weight)
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
    pub(super) fn of(collected: &Collected, declared: DeclaredSpread) -> Self {
        let mut spread = Self {
            declared,
            ..Self::default()
        };
        let of = |source: SourceCode| -> Vec<usize> {
            let all = 0..collected.elements();
            all.filter(|e| collected.source(*e) == source).collect()
        };
        let (observed, asked) = (of(SourceCode::Obs), of(SourceCode::Dir));
        for site in 0..collected.sites().len() {
            let before = spread.interviews.freedom;
            for element in &asked {
                for interview in collected.visits_at(site, *element) {
                    spread.interviews.add_ratings(&interview.observers);
                }
            }
            spread.double_coded += usize::from(spread.interviews.freedom > before);
            let mut levels = Vec::new();
            for element in &observed {
                let mut visits: BTreeMap<usize, f64> = BTreeMap::new();
                for visit in collected.visits_at(site, *element) {
                    spread.ratings.add_ratings(&visit.observers);
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
        self.interviews
            .add(other.interviews.squares, other.interviews.freedom);
        self.double_coded += other.double_coded;
        self
    }

    /// What the margins of visits rest on.
    pub fn basis(&self) -> Basis {
        if self.days.pairs >= PAIRS_NEEDED {
            Basis::Visits
        } else {
            Basis::Declared
        }
    }

    /// Variance of an élément from a visit to another, the day apart. Observers of one visit who differ by
    /// more than what is declared raise it; they say nothing of another day, and never lower it.
    pub fn element_variance(&self) -> f64 {
        let declared = self.declared.element.powi(2);
        let told = self.ratings.beside(declared, weight::MARKS);
        self.elements.beside(declared.max(told), weight::MARKS)
    }

    /// Variance of the effect of a day: what remains of the mean differences once the éléments'
    /// own variance is taken out, never below 0, beside what is declared.
    pub fn day_variance(&self) -> f64 {
        let declared = self.declared.day.powi(2);
        let pairs = self.days.pairs as f64;
        if self.days.elements == 0 {
            return declared;
        }
        let left = self.days.squares - pairs * self.element_variance();
        let measured = (left / self.days.elements as f64).max(0.0);
        (weight::DAYS * declared + pairs * measured) / (weight::DAYS + pairs)
    }

    /// Variance of one rating around the mean of its visit; none when no visit was noted twice.
    pub fn rating_variance(&self) -> Option<f64> {
        self.ratings.variance()
    }

    /// Variance of one mark of an interview from a person to another. The many marks of one or two interviews
    /// are of one or two pairs of people, who may have marked together: they raise what is declared, and lower
    /// it from `DOUBLE_CODED_NEEDED` interviews on.
    pub fn mark_variance(&self) -> f64 {
        let declared = self.declared.mark.powi(2);
        let told = self.interviews.beside(declared, weight::MARKS);
        if self.double_coded >= DOUBLE_CODED_NEEDED {
            told
        } else {
            declared.max(told)
        }
    }

    /// Variance of one mark around the mean of its interview; none when no interview was marked twice.
    pub fn measured_mark_variance(&self) -> Option<f64> {
        self.interviews.variance()
    }

    /// What of a figure's error its days make, which all the figures of one visit share.
    pub(crate) fn day_error(&self, noise: &Noise) -> f64 {
        noise.days * self.day_variance().sqrt()
    }

    /// Standard error of the difference of two levels; none when either has none.
    pub(crate) fn change_error(&self, before: &Noise, after: &Noise) -> Option<f64> {
        let (before, after) = (self.standard_error(before)?, self.standard_error(after)?);
        Some(before.hypot(after))
    }

    /// Standard error of a figure, in levels. None of one that a lone answer makes, since its error would be
    /// that of a person, nor of one that is made of activity data alone.
    pub fn standard_error(&self, noise: &Noise) -> Option<f64> {
        self.error_with(noise, noise.marks)
    }

    /// The same beside other centres, which other people interview: one interviewer who is more demanding marks
    /// the whole interview so, and the marks of one interview count as one.
    pub fn error_beside(&self, noise: &Noise) -> Option<f64> {
        self.error_with(noise, noise.interviews.powi(2))
    }

    fn error_with(&self, noise: &Noise, marks: f64) -> Option<f64> {
        if noise.lone {
            return None;
        }
        let variance = noise.visits * self.element_variance()
            + noise.days.powi(2) * self.day_variance()
            + marks * self.mark_variance()
            + noise.respondents.powi(2);
        (variance > 0.0).then(|| variance.sqrt())
    }
}

/// Variance of one respondent's level, élément by élément, pooled within structures: a centre where
/// all families answer alike is not a centre known without error (`docs/statistics.md` §6.1).
pub(super) fn respondent_variances(collected: &Collected, declared: DeclaredSpread) -> Vec<f64> {
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
    let declared = declared.answer.powi(2);
    let beside = |sum: SquareSum| sum.beside(declared, weight::ANSWERS);
    sums.into_iter().map(beside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two éléments of the same visit: their own errors average out, the day's does not.
    #[test]
    fn the_day_does_not_average_out() {
        let noise = Noise {
            visits: 1.0,
            days: 1.0,
            marks: 1.0,
            interviews: 1.0,
            given: 1,
            ..Noise::default()
        };
        let mean = Noise::mean([(1.0, noise), (1.0, noise)]);
        assert_eq!((mean.visits, mean.days, mean.marks), (0.5, 1.0, 0.5));
        assert_eq!((mean.interviews, mean.given), (1.0, 2));
        let centres = Noise::of_centres(&[noise, noise]);
        assert!((centres.days - 0.5_f64.sqrt()).abs() < 1e-12);
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
        assert_eq!(spread.basis(), Basis::Declared);
        let three = spread.pooled(spread).pooled(spread);
        assert_eq!(three.basis(), Basis::Visits);
        // (3 × 0,25 + 20 × 0,6²) / 23; what is left of days is under 0, and the declared 0,2² weighs 4 of 7.
        assert!((three.element_variance() - 7.95 / 23.0).abs() < 1e-12);
        assert!((three.day_variance() - 4.0 * 0.04 / 7.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_measured_is_declared() {
        let nothing = Spread::default();
        let seen = Noise {
            visits: 0.5,
            days: 1.0,
            ..Noise::default()
        };
        let error = |noise: &Noise| nothing.standard_error(noise);
        let found = error(&seen).expect("a margin");
        assert!((found - (0.5 * 0.36 + 0.04_f64).sqrt()).abs() < 1e-12);
        let marked = Noise {
            marks: 1.0,
            ..Noise::default()
        };
        assert!((error(&marked).expect("a margin") - 0.4).abs() < 1e-12);
        // Activity data alone, then a lone answer.
        assert_eq!(error(&Noise::default()), None);
        let lone = Noise { lone: true, ..seen };
        assert_eq!(error(&lone), None);
    }

    /// By hand: (20 × 0,16 + 6) / (20 + 30) from three interviews; two raise alone, and lower nothing.
    #[test]
    fn one_interview_marked_twice_narrows_nothing() {
        let with = |squares: f64, double_coded: usize| Spread {
            interviews: SquareSum {
                squares,
                freedom: 30,
            },
            double_coded,
            ..Spread::default()
        };
        let declared = Spread::default().mark_variance();
        assert!((declared - 0.16).abs() < 1e-12);
        assert!((with(6.0, 3).mark_variance() - 9.2 / 50.0).abs() < 1e-12);
        assert!((with(0.0, 2).mark_variance() - declared).abs() < 1e-12);
        assert!((with(0.0, 3).mark_variance() - 3.2 / 50.0).abs() < 1e-12);
        assert!((with(30.0, 1).mark_variance() - 33.2 / 50.0).abs() < 1e-12);
    }

    /// Observers who agree on one visit say nothing of another day; those who do not are listened to.
    #[test]
    fn observers_of_one_visit_only_raise_the_margin() {
        let with = |squares: f64| Spread {
            ratings: SquareSum {
                squares,
                freedom: 80,
            },
            ..Spread::default()
        };
        let declared = Spread::default().element_variance();
        assert!((with(0.0).element_variance() - declared).abs() < 1e-12);
        assert!(with(80.0).element_variance() > 2.0 * declared);
    }
}
