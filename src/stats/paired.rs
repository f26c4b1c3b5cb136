//! Same centres, two campaigns: how many rise, how many fall (`docs/statistics.md` §5.2).

use super::describe::settled;
use super::dist::{binomial_cdf, binomial_pmf};

/// « 8 centres en hausse, 1 en baisse, 2 sans changement ».
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signs {
    /// Rises.
    pub plus: usize,
    /// Falls.
    pub minus: usize,
    /// No change.
    pub zeros: usize,
    /// Two-sided p.
    pub p: f64,
    /// Mid-p.
    pub mid_p: f64,
}

/// Sign test (§5.2).
pub fn signs(differences: &[f64]) -> Signs {
    let count = |f: fn(f64) -> bool| differences.iter().filter(|d| f(settled(**d))).count();
    let (plus, minus) = (count(|d| d > 0.0), count(|d| d < 0.0));
    let (p, mid_p) = fair_coin(plus, plus + minus);
    Signs {
        plus,
        minus,
        zeros: differences.len() - plus - minus,
        p,
        mid_p,
    }
}

/// Two-sided p and mid-p of a fair coin that fell k times on one side out of n.
fn fair_coin(k: usize, n: usize) -> (f64, f64) {
    if n == 0 {
        return (1.0, 1.0);
    }
    let low = k.min(n - k) as u64;
    let tail = binomial_cdf(low, n as u64, 0.5);
    let two = (2.0 * tail).min(1.0);
    let point = binomial_pmf(low, n as u64, 0.5);
    // Both sides lose half of their own point.
    let mid = if 2 * low == n as u64 {
        1.0
    } else {
        two - point
    };
    (two, mid.min(1.0))
}
