//! Distributions, through statrs; tails are kept away from where its incomplete beta function
//! stops converging (`docs/statistics.md` §0.6).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use statrs::distribution::{
    Binomial, ContinuousCDF, Discrete, DiscreteCDF, FisherSnedecor, Normal, StudentsT,
};

/// Quantiles are asked for inside these probabilities.
fn guarded(p: f64) -> f64 {
    p.clamp(1e-12, 1.0 - 1e-12)
}

/// Φ(z).
pub fn normal_cdf(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// φ(z).
pub fn normal_density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// Φ⁻¹(p).
pub fn normal_quantile(p: f64) -> f64 {
    Normal::standard().inverse_cdf(guarded(p))
}

/// z of a two-sided interval: Φ⁻¹(1 − (1 − conf)/2).
pub fn z_of(conf: f64) -> f64 {
    normal_quantile(0.5 + conf / 2.0)
}

/// Two-sided p of a z score.
pub fn p_of_z(z: f64) -> f64 {
    (2.0 * normal_cdf(-z.abs())).min(1.0)
}

/// Quantile of Student's t; infinite degrees of freedom are the normal's. Callers give positive
/// degrees of freedom.
pub fn t_quantile(p: f64, df: f64) -> f64 {
    StudentsT::new(0.0, 1.0, df).map_or_else(|_| normal_quantile(p), |t| t.inverse_cdf(guarded(p)))
}

/// Quantile of F; none when the degrees of freedom are not positive.
pub fn f_quantile(p: f64, d1: f64, d2: f64) -> Option<f64> {
    Some(FisherSnedecor::new(d1, d2).ok()?.inverse_cdf(guarded(p)))
}

/// P(Bin(n, p) ≤ k).
pub fn binomial_cdf(k: u64, n: u64, p: f64) -> f64 {
    Binomial::new(p, n)
        .map_or(f64::NAN, |d| d.cdf(k))
        .clamp(0.0, 1.0)
}

/// P(Bin(n, p) = k).
pub fn binomial_pmf(k: u64, n: u64, p: f64) -> f64 {
    Binomial::new(p, n).map_or(0.0, |d| d.pmf(k))
}

/// Upper quantile of the studentised range of `k` normal means with infinite degrees of freedom:
/// root of k∫φ(z)[Φ(z) − Φ(z − q)]^(k−1) dz = conf, by Simpson on [−8, 12] and bisection
/// (`docs/statistics.md` §6.2).
pub fn studentised_range(conf: f64, k: usize) -> f64 {
    // A number of the two alone: found once, however many figures it judges.
    type KnownQuantiles = BTreeMap<(u64, usize), f64>;
    static KNOWN: Mutex<KnownQuantiles> = Mutex::new(BTreeMap::new());
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (conf.to_bits(), k);
    if let Some(q) = known().get(&key) {
        return *q;
    }
    let q = range_quantile(conf, k);
    known().insert(key, q);
    q
}

fn range_quantile(conf: f64, k: usize) -> f64 {
    const STEPS: usize = 2_000;
    let step = 20.0 / STEPS as f64;
    let at = |i: usize| {
        let z = -8.0 + step * i as f64;
        let weight = match i {
            0 | STEPS => 1.0,
            i if i % 2 == 1 => 4.0,
            _ => 2.0,
        };
        (z, normal_cdf(z), normal_density(z), weight)
    };
    let points: Vec<_> = (0..=STEPS).map(at).collect();
    let coverage = |q: f64| -> f64 {
        let terms = points.iter().map(|(z, below, density, weight)| {
            let between = below - normal_cdf(z - q);
            weight * (density * between.powi(k as i32 - 1))
        });
        k as f64 * terms.sum::<f64>() * step / 3.0
    };
    let (mut low, mut high) = (0.0, 20.0);
    loop {
        let middle = f64::midpoint(low, high);
        // No number stands between them any more.
        if middle <= low || middle >= high {
            return middle;
        }
        if coverage(middle) < conf {
            low = middle;
        } else {
            high = middle;
        }
    }
}
