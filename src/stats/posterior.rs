//! What a table of changes, each known with an error, leaves to think of every one of them.
//!
//! One model for the whole table: the true changes are normal around zero with a standard deviation τ, each
//! is seen with its own normal error, and τ is not known: it has a half-normal prior, and everything is
//! averaged over what the table says of it, on a grid (exact but for the grid). An error that the changes of
//! one centre share makes them move together, and does not pass for true changes. Centred on zero, so that
//! no centre is said to have moved because others did. Gelman et al., *Bayesian Data Analysis*, §5.4; Gelman
//! 2006 for the half-normal prior.

use super::dist::normal_cdf;

/// A change and its standard error, in one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeasuredChange {
    /// What was measured.
    pub change: f64,
    /// Its standard error, above 0.
    pub error: f64,
    /// What of it all the changes of its group share: a day that colours a whole visit. At most `error`.
    pub shared: f64,
}

/// What a table says of how far things truly change: some values of τ and how credible each is.
#[derive(Debug, Clone, PartialEq)]
pub struct TrueSpread {
    nodes: Vec<SpreadNode>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct SpreadNode {
    tau: f64,
    weight: f64,
}

/// What is left to think of one change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Belief {
    /// Probability that it is truly a rise.
    pub rise: f64,
    /// Probability that it is truly above the smallest change that counts.
    pub above: f64,
    /// Probability that it is truly below minus that.
    pub below: f64,
    /// What it is thought to be.
    pub mean: f64,
}

/// Values of τ that are tried, from 0 to this many times the scale of its prior.
const NODES: usize = 48;
const REACH: f64 = 6.0;
/// A value of τ less credible than this is left out.
const NEGLIGIBLE: f64 = 1e-6;

impl TrueSpread {
    /// What a table of changes says, group by group; `scale` is that of the prior, the smallest change that
    /// counts: true changes of half of that are the most usual before anything is read.
    pub fn of(groups: &[&[MeasuredChange]], scale: f64) -> Self {
        let all: Vec<f64> = (0..NODES)
            .map(|k| {
                let share = k as f64 / (NODES - 1) as f64;
                REACH * scale * share * share
            })
            .collect();
        let logs: Vec<f64> = (0..NODES)
            .map(|k| log_weight(groups, &all, k, scale))
            .collect();
        let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let raw: Vec<f64> = logs.iter().map(|log| (log - highest).exp()).collect();
        let total: f64 = raw.iter().sum();
        let nodes = all.iter().zip(&raw);
        let nodes = nodes.map(|(tau, weight)| SpreadNode {
            tau: *tau,
            weight: weight / total,
        });
        Self {
            nodes: nodes.filter(|n| n.weight > NEGLIGIBLE).collect(),
        }
    }

    /// Mean standard deviation of true changes.
    pub fn mean(&self) -> f64 {
        let (sum, total) = self.nodes.iter().fold((0.0, 0.0), |(sum, total), node| {
            (sum + node.weight * node.tau, total + node.weight)
        });
        sum / total
    }

    /// What is left to think of a change, `least` being the smallest that counts.
    pub fn belief(&self, measured: MeasuredChange, least: f64) -> Belief {
        let MeasuredChange { change, error, .. } = measured;
        let mut all = Belief {
            rise: 0.0,
            above: 0.0,
            below: 0.0,
            mean: 0.0,
        };
        let mut total = 0.0;
        for node in &self.nodes {
            // How credible this τ stays once the table is read; the change is one of its lines.
            let known = node.tau * node.tau / (node.tau * node.tau + error * error);
            let (mean, sd) = (known * change, known.sqrt() * error);
            let over = |level: f64| match sd > 0.0 {
                true => normal_cdf((mean - level) / sd),
                false if level.abs() < f64::EPSILON => 0.5,
                false => f64::from(u8::from(mean > level)),
            };
            total += node.weight;
            all.rise += node.weight * over(0.0);
            all.above += node.weight * over(least);
            all.below += node.weight * (1.0 - over(-least));
            all.mean += node.weight * mean;
        }
        Belief {
            rise: all.rise / total,
            above: all.above / total,
            below: all.below / total,
            mean: all.mean / total,
        }
    }
}

/// Logarithm of how credible a value of τ is, with the width of its place on the grid.
fn log_weight(groups: &[&[MeasuredChange]], grid: &[f64], k: usize, scale: f64) -> f64 {
    let tau = grid[k];
    let left = grid[k.saturating_sub(1)];
    let right = grid[(k + 1).min(grid.len() - 1)];
    let prior = -0.5 * (2.0 * tau / scale).powi(2);
    let seen = groups.iter().map(|group| log_likelihood(group, tau));
    prior + seen.sum::<f64>() + ((right - left) / 2.0).ln()
}

/// Logarithm of the normal density of the changes of a group: variances of their own on the diagonal, and
/// one shared factor (the matrix determinant lemma, and Sherman and Morrison's inverse).
fn log_likelihood(group: &[MeasuredChange], tau: f64) -> f64 {
    let (mut logs, mut squares, mut shared, mut crossed) = (0.0, 0.0, 0.0, 0.0);
    for c in group {
        let own = (c.error * c.error - c.shared * c.shared).max(0.0);
        // Nothing is known to the last digit: it keeps a change that is all shared from being one.
        let variance = tau * tau + own + 1e-6;
        logs += variance.ln();
        squares += c.change * c.change / variance;
        shared += c.shared * c.shared / variance;
        crossed += c.shared * c.change / variance;
    }
    -0.5 * (logs + shared.ln_1p() + squares - crossed * crossed / (1.0 + shared))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(changes: &[f64], error: f64) -> Vec<MeasuredChange> {
        let each = changes.iter().map(|change| MeasuredChange {
            change: *change,
            error,
            shared: 0.0,
        });
        each.collect()
    }

    fn spread(changes: &[MeasuredChange]) -> TrueSpread {
        TrueSpread::of(&[changes], 0.3)
    }

    /// τ known: a normal prior of 0.3 and an error of 0.4 keep 0.36 of the change, with sd 0.24.
    #[test]
    fn one_value_of_tau_is_the_normal_model() {
        let spread = TrueSpread {
            nodes: vec![SpreadNode {
                tau: 0.3,
                weight: 1.0,
            }],
        };
        let belief = spread.belief(table(&[0.5], 0.4)[0], 0.3);
        assert!((belief.mean - 0.18).abs() < 1e-12);
        // Φ(0.18/0.24) and Φ(−0.12/0.24): tables of the normal law.
        assert!((belief.rise - 0.773_372_6).abs() < 1e-6);
        assert!((belief.above - 0.308_537_5).abs() < 1e-6);
        assert!((belief.below - (1.0 - 0.977_249_9)).abs() < 1e-6);
    }

    /// Changes that are no wider than their errors leave little to think of any of them.
    #[test]
    fn a_table_of_noise_believes_nothing() {
        let noise: Vec<f64> = (0..60).map(|i| f64::from(i % 7 - 3) * 0.1).collect();
        let still = spread(&table(&noise, 0.4));
        let wide: Vec<f64> = noise.iter().map(|c| c * 6.0).collect();
        let moved = spread(&table(&wide, 0.4));
        assert!(
            still.mean() < 0.1 && moved.mean() > 0.8,
            "{} {}",
            still.mean(),
            moved.mean()
        );
        let seen = table(&[0.6], 0.4)[0];
        assert!(still.belief(seen, 0.3).rise < 0.75);
        assert!(moved.belief(seen, 0.3).rise > 0.85);
    }

    #[test]
    fn both_ways_are_treated_alike() {
        let spread = spread(&table(&[0.2, -0.1, 0.4], 0.2));
        let up = spread.belief(table(&[0.5], 0.3)[0], 0.3);
        let down = spread.belief(table(&[-0.5], 0.3)[0], 0.3);
        assert!((up.rise + down.rise - 1.0).abs() < 1e-9);
        assert!((up.above - down.below).abs() < 1e-9);
        let none = spread.belief(table(&[0.0], 0.3)[0], 0.3);
        assert!((none.rise - 0.5).abs() < 1e-9);
    }

    /// Two changes of 1 and 0 with errors of 0.5, of which 0.3 is shared, τ = 0.4: covariance 0.41 and 0.09;
    /// by hand, determinant 0.16 and d'Σ⁻¹d = 0.41 / 0.16.
    #[test]
    fn a_shared_error_is_a_covariance() {
        let group = [1.0, 0.0].map(|change| MeasuredChange {
            change,
            error: 0.5,
            shared: 0.3,
        });
        let expected = -0.5 * (0.16_f64.ln() + 0.41 / 0.16);
        assert!((log_likelihood(&group, 0.4) - expected).abs() < 1e-4);
    }

    /// Eight lines of one centre that all rise as much: a good day, not eight changes.
    #[test]
    fn a_good_day_does_not_pass_for_true_changes() {
        let day = |shared: f64| -> Vec<MeasuredChange> {
            let errors = 0..8;
            errors
                .map(|i| MeasuredChange {
                    change: 0.5 + 0.02 * f64::from(i % 3),
                    error: 0.4,
                    shared,
                })
                .collect()
        };
        assert!(spread(&day(0.35)).mean() < 0.6 * spread(&day(0.0)).mean());
    }

    /// No line at all: the prior alone.
    #[test]
    fn an_empty_table_has_its_prior() {
        let prior = spread(&[]);
        // Mean of a half-normal law: half the scale, times √(2/π).
        assert!((prior.mean() - 0.15 * (2.0 / std::f64::consts::PI).sqrt()).abs() < 0.01);
    }
}
