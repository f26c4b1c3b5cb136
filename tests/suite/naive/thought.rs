//! What a table of changes leaves to think of each, a second time: covariance matrices written out, τ on an even
//! grid.

use statrs::distribution::{ContinuousCDF, Normal};

/// A change, its error, what of it a day makes.
pub type Change = [f64; 3];

/// Logarithm of the density of the changes of one centre: their covariance matrix written out, factored by
/// Cholesky.
fn density(centre: &[Change], tau: f64) -> f64 {
    let n = centre.len();
    let mut lower = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let [_, error, shared] = centre[i];
            let mut cell = shared * centre[j][2];
            if i == j {
                cell = tau * tau + error * error + 1e-6;
            }
            let known: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            lower[i][j] = if i == j {
                (cell - known).sqrt()
            } else {
                (cell - known) / lower[j][j]
            };
        }
    }
    let mut solved = vec![0.0; n];
    for i in 0..n {
        let known: f64 = (0..i).map(|k| lower[i][k] * solved[k]).sum();
        solved[i] = (centre[i][0] - known) / lower[i][i];
    }
    let logs: f64 = (0..n).map(|i| lower[i][i].ln()).sum();
    -logs - solved.iter().map(|x| x * x).sum::<f64>() / 2.0
}

/// How credible each τ is once a table is read: Simpson's rule on an even grid.
pub struct Weighed {
    taus: Vec<f64>,
    weights: Vec<f64>,
}

impl Weighed {
    pub fn of(table: &[Vec<Change>]) -> Self {
        let steps = 1_000;
        let width = 6.0 * 0.3 / f64::from(steps);
        let taus: Vec<f64> = (0..=steps).map(|k| f64::from(k) * width).collect();
        let log = |tau: &f64| {
            let seen = table.iter().map(|centre| density(centre, *tau));
            seen.sum::<f64>() - (tau / 0.15).powi(2) / 2.0
        };
        let logs: Vec<f64> = taus.iter().map(log).collect();
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let simpson = |k: usize| match k {
            0 => 1.0,
            k if k == taus.len() - 1 => 1.0,
            k if k % 2 == 1 => 4.0,
            _ => 2.0,
        };
        let weights = logs.iter().enumerate();
        let weights = weights.map(|(k, log)| simpson(k) * (log - top).exp());
        Self {
            weights: weights.collect(),
            taus,
        }
    }

    /// What is left to think of a change: probability of a rise, of more than 0.3, of less than −0.3.
    pub fn thought(&self, (delta, error): (f64, f64)) -> [f64; 3] {
        let cdf = |z: f64| Normal::standard().cdf(z);
        let mut sums = [0.0; 3];
        for (tau, weight) in self.taus.iter().zip(&self.weights) {
            let kept = tau * tau / (tau * tau + error * error);
            let (mean, sd) = (kept * delta, (kept * error * error).sqrt().max(1e-12));
            let all = [
                cdf(mean / sd),
                cdf((mean - 0.3) / sd),
                cdf((-0.3 - mean) / sd),
            ];
            for (sum, p) in sums.iter_mut().zip(all) {
                *sum += weight * p;
            }
        }
        let total: f64 = self.weights.iter().sum();
        sums.map(|s| s / total)
    }
}
