//! Means of centres against how many answered: is a centre outside what chance allows
//! (`docs/statistics.md` §6.3; Spiegelhalter 2005)?

use crate::stats::describe::{mean, sum_of_squares};
use crate::stats::ranks::{Flag, mean_limits};

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
    let spots = centres
        .iter()
        .filter(|_| sd > 0.0)
        .filter_map(|(structure, answers)| {
            let own = mean(answers)?;
            let n = answers.len();
            Some(Spot {
                structure: structure.clone(),
                n,
                mean: own,
                flag: flag(own, &limits(n, target, sd)),
            })
        })
        .collect();
    (sd > 0.0).then_some(MeanFunnel { target, sd, spots })
}

/// Limits at 0.1, 2.5, 97.5 and 99.9 %.
pub fn limits(n: usize, target: f64, sd: f64) -> [f64; 4] {
    let all = mean_limits(n.max(1), target, sd, &[0.001, 0.025, 0.975, 0.999]);
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

    /// By hand: 20 answers of 2 and 4, sd within 1.03; a centre of ten 4s is 3.2 errors above.
    #[test]
    fn a_centre_far_from_the_others_is_outside() {
        let mixed: Vec<f64> = (0..20)
            .map(|i| if i % 2 == 0 { 2.0 } else { 4.0 })
            .collect();
        let centres = vec![
            ("A".to_owned(), mixed.clone()),
            ("B".to_owned(), mixed.clone()),
            ("C".to_owned(), mixed),
            ("D".to_owned(), vec![4.0; 30]),
        ];
        let funnel = mean_funnel(&centres).expect("a funnel");
        assert!(funnel.spots[..3].iter().all(|s| s.flag != Flag::Alert));
        assert_eq!(funnel.spots[3].flag, Flag::Alert);
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
