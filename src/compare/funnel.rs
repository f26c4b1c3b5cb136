//! Means of centres against how many answered: is a centre outside what chance allows
//! (`docs/statistics.md` §6.3; Spiegelhalter 2005)?

use crate::stats::describe::{mean, sum_of_squares};
use crate::stats::ranks::{Dispersion, Flag, mean_limits};

/// A centre in the funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Structure code.
    pub structure: String,
    /// Answers.
    pub n: usize,
    /// Mean level.
    pub mean: f64,
    /// Where it stands.
    pub flag: Flag,
}

/// The funnel of a questionnaire.
#[derive(Debug, Clone, PartialEq)]
pub struct MeanFunnel {
    /// Mean of all answers: the target.
    pub target: f64,
    /// Standard deviation of one answer within its centre.
    pub sd: f64,
    /// By how much centres differ beyond what chance explains.
    pub dispersion: Dispersion,
    /// Centres by code.
    pub spots: Vec<Spot>,
}

/// Answers needed at half of the centres.
pub(crate) const FUNNEL_LEAST: usize = 10;

/// The funnel of respondents' own means, centre by centre; none when half of the centres have
/// fewer than `FUNNEL_LEAST` answers, or all answers are the same.
pub fn mean_funnel(centres: &[(String, Vec<f64>)]) -> Option<MeanFunnel> {
    let large = centres.iter().filter(|c| c.1.len() >= FUNNEL_LEAST).count();
    if centres.len() < 2 || large * 2 < centres.len() {
        return None;
    }
    let all: Vec<f64> = centres.iter().flat_map(|c| c.1.iter().copied()).collect();
    let freedom = all.len() - centres.len();
    let within: f64 = centres.iter().map(|c| sum_of_squares(&c.1)).sum();
    let sd = (within / freedom.max(1) as f64).sqrt();
    let target = mean(&all)?;
    if sd <= 0.0 {
        return None;
    }
    let own = centres
        .iter()
        .filter_map(|c| Some((mean(&c.1)?, c.1.len())));
    let (gaps, variances): (Vec<f64>, Vec<f64>) = own
        .map(|(own, n)| (own - target, sd * sd / n as f64))
        .unzip();
    // Answers that are all the same leave nothing that chance explains.
    let dispersion = Dispersion::of(&gaps, &variances)?;
    let spots = centres
        .iter()
        .filter_map(|(structure, answers)| {
            let own = mean(answers)?;
            let n = answers.len();
            Some(Spot {
                structure: structure.clone(),
                n,
                mean: own,
                flag: flag(own, &limits(n, target, sd, &dispersion)),
            })
        })
        .collect();
    Some(MeanFunnel {
        target,
        sd,
        dispersion,
        spots,
    })
}

/// Limits at 0.1, 2.5, 97.5 and 99.9 % for `n` answers, widened where centres are over-dispersed.
pub fn limits(n: usize, target: f64, sd: f64, dispersion: &Dispersion) -> [f64; 4] {
    let error = (sd * sd / n.max(1) as f64 + dispersion.added()).sqrt();
    let all = mean_limits(1, target, error, &[0.001, 0.025, 0.975, 0.999]);
    all.ok()
        .and_then(|l| l.try_into().ok())
        .unwrap_or([target; 4])
}

fn flag(mean: f64, limits: &[f64; 4]) -> Flag {
    match mean {
        m if m < limits[0] || m > limits[3] => Flag::Alert,
        m if m < limits[1] || m > limits[2] => Flag::Watch,
        _ => Flag::Ok,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers of 2 and 4, as many of each.
    fn mixed(n: usize) -> Vec<f64> {
        (0..n).map(|i| if i % 2 == 0 { 2.0 } else { 4.0 }).collect()
    }

    fn named(centres: Vec<Vec<f64>>) -> Vec<(String, Vec<f64>)> {
        let all = centres.into_iter().enumerate();
        all.map(|(i, answers)| (format!("A{i}"), answers)).collect()
    }

    /// By hand: nine centres of 20 answers of 2 and 4, sd within 1.03; one of thirty 4s is 5 errors above.
    #[test]
    fn a_centre_far_from_the_others_is_outside() {
        let mut centres = vec![mixed(20); 9];
        centres.push(vec![4.0; 30]);
        let funnel = mean_funnel(&named(centres)).expect("a funnel");
        assert!(!funnel.dispersion.is_over);
        assert!(funnel.spots[..9].iter().all(|s| s.flag != Flag::Alert));
        assert_eq!(funnel.spots[9].flag, Flag::Alert);
    }

    /// Half of the centres at 2.5, half at 3.5: they differ by more than chance, all of them, and nobody is
    /// pointed at for being one of them.
    #[test]
    fn centres_that_all_differ_widen_the_limits() {
        let shifted = |by: f64| mixed(40).into_iter().map(|v| v + by).collect::<Vec<f64>>();
        let centres = (0..10).map(|i| shifted(if i % 2 == 0 { -0.5 } else { 0.5 }));
        let funnel = mean_funnel(&named(centres.collect())).expect("a funnel");
        let MeanFunnel {
            target,
            sd,
            dispersion,
            ..
        } = funnel;
        assert!(dispersion.is_over && dispersion.phi > 8.0, "{dispersion:?}");
        assert!(funnel.spots.iter().all(|s| s.flag == Flag::Ok));
        let chance = limits(40, target, sd, &Dispersion::default());
        let widened = limits(40, target, sd, &dispersion);
        assert!(
            chance[3] < 3.5 && widened[3] > 3.5,
            "{chance:?} {widened:?}"
        );
    }

    #[test]
    fn no_funnel_of_few_or_of_the_same() {
        assert_eq!(
            mean_funnel(&[
                ("A".to_owned(), vec![1.0; 30]),
                ("B".to_owned(), vec![1.0; 30])
            ]),
            None
        );
        assert_eq!(
            mean_funnel(&[
                ("A".to_owned(), vec![1.0, 2.0]),
                ("B".to_owned(), vec![2.0])
            ]),
            None
        );
    }
}
