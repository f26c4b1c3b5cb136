//! Distributions of answers: shown from a number of respondents on, unanimity blurred.

use super::Mask;
use super::answers::{self, Answers};
use super::ground::Ground;
use super::tree::{Node, State, dominant, floor};
use crate::base::text::{count, integer};
use crate::figures::Distribution;
use crate::vocabulary::referentiel::SourceCode;

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
    /// One share 0..1 per modality, whole percents that sum to 1; empty where nearly everyone
    /// answered alike.
    pub parts: Vec<f64>,
    /// Respondents with an opinion: exact from twenty on, else the low end of its band.
    pub n: usize,
    /// The same, as it is printed.
    pub respondents: Respondents,
    /// « Ne sait pas », as a share of those asked, whole percents; 0 where nearly everyone
    /// answered alike.
    pub nsp: f64,
    /// The answer that (nearly) everyone gave: print « 90 % ou plus » and no share.
    pub unanimous: Option<usize>,
    /// What « ou plus » starts from: 0.9, or 0.8 under ten answers, where nine tenths would mean
    /// all of them.
    pub at_least: f64,
}

/// A number of respondents as it may be printed: bands under twenty (`domain.md` section 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Respondents {
    /// Too few to be told.
    Under(usize),
    /// Between two numbers.
    Between(usize, usize),
    /// Exactly.
    Exactly(usize),
    /// Not for this audience.
    Untold,
}

impl Respondents {
    /// Bands of five, then ten, then the number itself.
    pub(super) fn of(n: usize) -> Self {
        match n {
            0..=4 => Self::Under(5),
            5..=9 => Self::Between(5, 9),
            10..=19 => Self::Between(10, 19),
            n => Self::Exactly(n),
        }
    }

    /// « moins de 5 réponses », « 5 à 9 réponses », « 34 réponses ».
    pub fn words(self, one: &str, many: &str) -> String {
        match self {
            Self::Under(n) => format!("moins de {n}\u{a0}{many}"),
            Self::Between(a, b) => format!("{a} à {b}\u{a0}{many}"),
            Self::Exactly(n) => count(n, one, many),
            Self::Untold => "non diffusé à cette échelle".to_owned(),
        }
    }

    /// « 5 à 9 », « 34 ».
    pub fn number(self) -> String {
        match self {
            Self::Under(n) => format!("moins de {n}"),
            Self::Between(a, b) => format!("{a} à {b}"),
            Self::Exactly(n) => integer(n as i64),
            Self::Untold => "–".to_owned(),
        }
    }

    /// The least that it can be.
    pub fn least(self) -> usize {
        match self {
            Self::Under(_) | Self::Untold => 0,
            Self::Between(a, _) => a,
            Self::Exactly(n) => n,
        }
    }
}

/// Distributions of a source at a place, one per question that was asked there.
pub(super) fn clear(
    ground: &Ground,
    answers: &Answers,
    source: SourceCode,
    node: Node,
) -> Vec<ClearedDistribution> {
    let r = ground.material.referentiel;
    let mut cleared = Vec::new();
    for (position, element) in r.elements.iter().enumerate() {
        let state = answers.state(position, node);
        if element.source != source || state == State::Empty {
            continue;
        }
        // Polarity is already applied to the counts: labels follow the same order.
        let labels = r.scales[element.scale].modalities.iter();
        let mut modalities: Vec<String> = labels.map(|m| m.label.clone()).collect();
        if element.negative {
            modalities.reverse();
        }
        let shares = match state {
            State::Masked(mask) => Err(mask),
            _ => Ok(shares(&answers.answers(position, node))),
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

/// All questionnaires at a place.
pub(super) fn all(
    ground: &Ground,
    answers: &Answers,
    node: Node,
) -> std::collections::BTreeMap<SourceCode, Vec<ClearedDistribution>> {
    answers::SHOWN
        .into_iter()
        .map(|s| (s, clear(ground, answers, s, node)))
        .filter(|(_, d)| !d.is_empty())
        .collect()
}

fn shares(distribution: &Distribution) -> Shares {
    let n = distribution.total();
    let unanimous = dominant(distribution);
    let asked = (n + distribution.nsp) as f64;
    let nsp = crate::base::text::rounded(distribution.nsp as f64 / asked, 2);
    let respondents = Respondents::of(n);
    Shares {
        parts: if unanimous.is_some() {
            Vec::new()
        } else {
            whole_percents(&distribution.counts, n)
        },
        n: respondents.least(),
        respondents,
        nsp: if unanimous.is_some() { 0.0 } else { nsp },
        unanimous,
        at_least: floor(n),
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

    fn of(counts: &[usize], nsp: usize) -> Shares {
        let counts = counts.to_vec();
        shares(&Distribution { counts, nsp })
    }

    #[test]
    fn whole_percents_sum_to_one_hundred() {
        let percents = whole_percents(&[1, 1, 1], 3);
        assert_eq!(percents, [0.34, 0.33, 0.33]);
        assert!(whole_percents(&[0, 7, 5, 1], 13).iter().sum::<f64>() - 1.0 < 1e-9);
    }

    /// « 90 % ou plus » printed for unanimity alone would say that it is unanimity.
    #[test]
    fn unanimity_and_all_but_one_read_the_same() {
        let (all, but_one) = (of(&[0, 0, 12], 0), of(&[0, 1, 11], 2));
        assert_eq!(all, but_one);
        assert_eq!(all.unanimous, Some(2));
        assert!((all.at_least - 0.9).abs() < 1e-9 && all.nsp.abs() < 1e-9);
        assert!(all.parts.is_empty());
        assert_eq!(of(&[0, 0, 6], 0), of(&[0, 1, 5], 0));
        assert!((of(&[0, 0, 6], 0).at_least - 0.8).abs() < 1e-9);
        assert_eq!(of(&[0, 4, 8], 0).unanimous, None);
    }

    #[test]
    fn numbers_under_twenty_are_bands() {
        assert_eq!(of(&[3, 4], 0).n, 5);
        assert_eq!(
            Respondents::of(7).words("réponse", "réponses"),
            "5 à 9\u{a0}réponses"
        );
        assert_eq!(
            Respondents::of(23).words("réponse", "réponses"),
            "23\u{a0}réponses"
        );
        assert_eq!(Respondents::of(3).number(), "moins de 5");
    }
}
