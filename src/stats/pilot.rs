//! One centre's experiment against the rest: difference in differences with permutation
//! inference (`docs/statistics.md` §5.11).

use super::describe::{choose, mean, settled};
use super::resampling::{DRAWS, Dice, monte_carlo_p};
use super::{Reason, Stat};

/// What a pilot changed, and what so few centres can prove.
#[derive(Debug, Clone, PartialEq)]
pub struct PilotEffect {
    /// Mean change of the pilots minus mean change of the others.
    pub did: f64,
    /// Pilots with both campaigns.
    pub pilots: usize,
    /// Others with both campaigns.
    pub others: usize,
    /// Rank of the best pilot among all changes, from the largest.
    pub rank: usize,
    /// Two-sided p over all relabellings.
    pub p: f64,
    /// One-sided p for a rise.
    pub p_greater: f64,
    /// Smallest p that so many relabellings can give.
    pub attainable: f64,
}

/// Most relabellings enumerated; beyond, [`DRAWS`] are drawn at random.
const RELABELLINGS: f64 = 1_000_000.0;

/// Compares the changes of pilots with those of the others (5.11; Ferman 2025, MacKinnon & Webb
/// 2020). Assumes that pilots were not chosen for how they were already moving.
///
/// # Errors
///
/// No pilot or no other centre.
pub fn pilot(pilots: &[f64], others: &[f64]) -> Stat<PilotEffect> {
    let (Some(a), Some(b)) = (mean(pilots), mean(others)) else {
        return Err(Reason::NoData);
    };
    let all: Vec<f64> = pilots.iter().chain(others).copied().collect();
    let (n, m) = (all.len(), pilots.len());
    let labellings = choose(n, m);
    let did = a - b;
    let total: f64 = all.iter().sum();
    // Whether a choice of pilots would differ as much as the real one, and rise as much.
    let reached = |own: f64| {
        let other = settled(own / m as f64 - (total - own) / (n - m) as f64);
        (other.abs() >= did.abs() - 1e-9, other >= did - 1e-9)
    };
    let (p, p_greater) = if labellings <= RELABELLINGS {
        enumerated(&all, m, &reached)
    } else {
        drawn(&all, m, &reached)
    };
    let best = pilots.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Ok(PilotEffect {
        did,
        pilots: m,
        others: n - m,
        rank: 1 + all.iter().filter(|c| **c > best + 1e-9).count(),
        p,
        p_greater,
        attainable: 1.0 / labellings,
    })
}

/// Both p over every choice of m pilots.
fn enumerated(all: &[f64], m: usize, reached: &dyn Fn(f64) -> (bool, bool)) -> (f64, f64) {
    let (mut far, mut high, mut count) = (0_u32, 0_u32, 0_u32);
    combinations(all.len(), m, &mut |chosen| {
        let (extreme, above) = reached(chosen.iter().map(|i| all[*i]).sum());
        far += u32::from(extreme);
        high += u32::from(above);
        count += 1;
    });
    let share = |k: u32| f64::from(k) / f64::from(count);
    (share(far), share(high))
}

/// Both p over random choices of m pilots.
fn drawn(all: &[f64], m: usize, reached: &dyn Fn(f64) -> (bool, bool)) -> (f64, f64) {
    let mut dice = Dice::new();
    let mut all = all.to_vec();
    // A draw depends on the order drawn from, never on the order of centres.
    all.sort_by(f64::total_cmp);
    let (mut far, mut high) = (0, 0);
    for _ in 0..DRAWS {
        dice.split(&mut all, m);
        let (extreme, above) = reached(all[..m].iter().sum());
        far += usize::from(extreme);
        high += usize::from(above);
    }
    (monte_carlo_p(far, DRAWS), monte_carlo_p(high, DRAWS))
}

/// Visits every choice of m among n.
fn combinations(n: usize, m: usize, visit: &mut dyn FnMut(&[usize])) {
    let mut chosen: Vec<usize> = (0..m).collect();
    loop {
        visit(&chosen);
        let Some(i) = (0..m).rev().find(|&i| chosen[i] < n - m + i) else {
            return;
        };
        chosen[i] += 1;
        for j in i + 1..m {
            chosen[j] = chosen[j - 1] + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twelve pilots of thirty are too many choices to try: the drawn p is close to that of the
    /// normal law, and the order of centres does not matter.
    #[test]
    fn many_choices_are_drawn() {
        let change = |i: usize| (i as f64 * 0.618_033_988).fract() - 0.5;
        let pilots: Vec<f64> = (0..12).map(|i| change(i) + 0.2).collect();
        let mut others: Vec<f64> = (12..30).map(change).collect();
        assert!(choose(30, 12) > RELABELLINGS);
        let found = pilot(&pilots, &others).expect("an effect");
        let p = found.p;
        let all: Vec<f64> = pilots.iter().chain(&others).copied().collect();
        let variance = crate::stats::describe::variance(&all).expect("spread");
        let se = (variance * (1.0 / 12.0 + 1.0 / 18.0)).sqrt();
        let expected = crate::stats::dist::p_of_z(found.did / se);
        assert!((p - expected).abs() < 0.02, "{p} {expected}");
        others.reverse();
        let again = pilot(&pilots, &others).expect("an effect");
        assert_eq!(again.p.to_bits(), p.to_bits());
    }
}
