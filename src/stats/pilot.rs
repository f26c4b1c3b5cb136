//! One centre's experiment against the rest: difference in differences with permutation
//! inference (`statistics.md` 5.11).

use super::describe::{choose, mean, settled};
use super::{Reason, Stat};

/// What a pilot changed, and what so few centres can prove.
#[derive(Debug, Clone, PartialEq)]
pub struct PilotEffect {
    /// Mean change of the pilots minus mean change of the others.
    pub did: f64,
    /// Pilots and others with both campaigns.
    pub sizes: (usize, usize),
    /// Rank of the best pilot among all changes, from the largest.
    pub rank: usize,
    /// Two-sided p over all relabellings.
    pub p: f64,
    /// One-sided p for a rise.
    pub p_greater: f64,
    /// Smallest p that so many relabellings can give.
    pub attainable: f64,
}

/// Most relabellings enumerated.
const RELABELLINGS: f64 = 2_000_000.0;

/// Compares the changes of pilots with those of the others (5.11; Ferman 2025, MacKinnon & Webb
/// 2020). Assumes that pilots were not chosen for how they were already moving.
///
/// # Errors
///
/// No pilot or no other centre; too many relabellings.
pub fn pilot(pilots: &[f64], others: &[f64]) -> Stat<PilotEffect> {
    let (Some(a), Some(b)) = (mean(pilots), mean(others)) else {
        return Err(Reason::NoData);
    };
    let all: Vec<f64> = pilots.iter().chain(others).copied().collect();
    let (n, m) = (all.len(), pilots.len());
    let labellings = choose(n, m);
    if labellings > RELABELLINGS {
        return Err(Reason::BadValue);
    }
    let did = a - b;
    let total: f64 = all.iter().sum();
    let (mut far, mut high) = (0.0, 0.0);
    combinations(n, m, &mut |chosen| {
        let own: f64 = chosen.iter().map(|i| all[*i]).sum();
        let other = settled(own / m as f64 - (total - own) / (n - m) as f64);
        far += f64::from(u8::from(other.abs() >= did.abs() - 1e-9));
        high += f64::from(u8::from(other >= did - 1e-9));
    });
    let best = pilots.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Ok(PilotEffect {
        did,
        sizes: (m, n - m),
        rank: 1 + all.iter().filter(|c| **c > best + 1e-9).count(),
        p: far / labellings,
        p_greater: high / labellings,
        attainable: 1.0 / labellings,
    })
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
