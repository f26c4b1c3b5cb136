//! Distributions of answers: shown from a number of respondents on, unanimity blurred.

use super::{Mask, Material};
use crate::indicators::Distribution;
use crate::referentiel::SourceCode;

/// Answers to one question, cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedDistribution {
    /// Code of the élément.
    pub code: String,
    /// The question.
    pub label: String,
    /// Who answered.
    pub source: SourceCode,
    /// Labels of the modalities, least favourable first.
    pub modalities: Vec<String>,
    /// What may be shown.
    pub shares: Result<Shares, Mask>,
}

/// Shares of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// One share 0..1 per modality, whole percents; they sum to 1.
    pub parts: Vec<f64>,
    /// Respondents with an opinion.
    pub n: usize,
    /// « Ne sait pas », as a share of those asked, whole percents.
    pub nsp: f64,
    /// Everyone answered alike: print « 90 % ou plus » and no share.
    pub unanimous: Option<usize>,
}

/// Distributions of a source at one or several structures, one per question that applies.
/// `threshold` is the least number of answers; 0 means never.
pub(super) fn clear(
    material: &Material,
    source: SourceCode,
    structures: &[&str],
    threshold: usize,
) -> Vec<ClearedDistribution> {
    let r = material.referentiel;
    let mut cleared = Vec::new();
    for (position, element) in r.elements.iter().enumerate() {
        if element.source != source {
            continue;
        }
        let merged = merge(material, position, structures);
        if merged.total() + merged.nsp == 0 {
            continue;
        }
        // Polarity is already applied to the counts: labels follow the same order.
        let labels = r.scales[element.scale]
            .modalities
            .iter()
            .map(|m| m.label.clone());
        let mut modalities: Vec<String> = labels.collect();
        if element.negative {
            modalities.reverse();
        }
        let shares = if threshold == 0 {
            Err(Mask::NotForAudience)
        } else if merged.total() < threshold {
            Err(Mask::TooFew)
        } else {
            Ok(shares(&merged))
        };
        cleared.push(ClearedDistribution {
            code: element.code.clone(),
            label: element.label.clone(),
            source,
            modalities,
            shares,
        });
    }
    cleared
}

fn merge(material: &Material, element: usize, structures: &[&str]) -> Distribution {
    let mut merged = Distribution::default();
    for structure in structures {
        let key = ((*structure).to_owned(), element);
        if let Some(one) = material.indicators.collected.distributions.get(&key) {
            merged.counts.resize(one.counts.len(), 0);
            for (sum, count) in merged.counts.iter_mut().zip(&one.counts) {
                *sum += count;
            }
            merged.nsp += one.nsp;
        }
    }
    merged
}

fn shares(distribution: &Distribution) -> Shares {
    let n = distribution.total();
    let asked = n + distribution.nsp;
    let unanimous = distribution.counts.iter().position(|c| *c == n);
    Shares {
        parts: whole_percents(&distribution.counts, n),
        n,
        nsp: (distribution.nsp as f64 / asked as f64 * 100.0).round() / 100.0,
        unanimous,
    }
}

/// Shares in whole percents that sum to 100 (largest remainders), so that counts cannot be read
/// back from decimals.
fn whole_percents(counts: &[usize], n: usize) -> Vec<f64> {
    let exact: Vec<usize> = counts.iter().map(|c| c * 100).collect();
    let mut percents: Vec<usize> = exact.iter().map(|e| e / n).collect();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(exact[i] % n), i));
    let missing = 100 - percents.iter().sum::<usize>();
    for &i in order.iter().take(missing) {
        percents[i] += 1;
    }
    percents.into_iter().map(|p| p as f64 / 100.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_percents_sum_to_one_hundred() {
        let percents = whole_percents(&[1, 1, 1], 3);
        assert_eq!(percents, [0.34, 0.33, 0.33]);
        assert!(whole_percents(&[0, 7, 5, 1], 13).iter().sum::<f64>() - 1.0 < 1e-9);
    }

    #[test]
    fn unanimity_is_noticed() {
        let all = Distribution {
            counts: vec![0, 0, 6],
            nsp: 0,
        };
        assert_eq!(shares(&all).unanimous, Some(2));
        let split = Distribution {
            counts: vec![0, 1, 5],
            nsp: 0,
        };
        assert_eq!(shares(&split).unanimous, None);
    }
}
