//! Distributions of answers: whole percents from twenty answers on, tenths and fifths under (a percent of a few
//! answers would say how many they are), numbers in bands, near unanimity said as such.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::clearing::Clearing;
use crate::base::text::{SharedText, rounded};
use crate::disclosure::cleared::{AskedAs, ClearedDistribution, Respondents, Shares};
use crate::disclosure::decide::{
    AnswerGroup, GroupState, PRINTED_SOURCES, dominant_answer, near_unanimity,
};
use crate::figures::Distribution;
use crate::vocabulary::referentiel::{Element, SourceCode};

/// Distributions of a source at a place, one per question that was asked there.
fn of_source(
    clearing: &Clearing,
    source: SourceCode,
    group: AnswerGroup,
) -> Vec<ClearedDistribution> {
    let r = clearing.figures.referentiel;
    let answers = &clearing.decisions.answers;
    let mut cleared = Vec::new();
    for (position, element) in r.elements.iter().enumerate() {
        let state = answers.state(position, group);
        if element.source != source || state == GroupState::Empty {
            continue;
        }
        let shares = match state {
            GroupState::Masked(mask) => Err(mask),
            _ => Ok(Box::new(shares_of(&answers.answers(position, group)))),
        };
        let (label, asked) = words_of(clearing, element, group);
        cleared.push(ClearedDistribution {
            code: clearing.material.codes[position].clone(),
            label,
            asked,
            source,
            modalities: Arc::clone(&clearing.material.modalities[position]),
            reversed: element.negative,
            shares,
        });
    }
    cleared
}

/// A question as people of a place were asked it, where all of them were in the same words and these may be
/// quoted; else as the référentiel says it.
pub(crate) fn words_of(
    clearing: &Clearing,
    element: &Element,
    group: AnswerGroup,
) -> (SharedText, AskedAs) {
    let figures = clearing.figures;
    let is_of = |code: &str| match group {
        AnswerGroup::Territory => true,
        AnswerGroup::Site(site) => figures.structures[site].code == code,
        AnswerGroup::Sector(sector) => {
            let site = figures.position(code);
            site.is_some_and(|site| figures.sector_of[site] == Some(sector))
        }
    };
    let asked = clearing.input.wordings.asked(&element.code, is_of);
    let reference = element.label.clone();
    if asked.is_reference() {
        return (reference, AskedAs::Reference);
    }
    if asked.only().is_none() && asked.count() > 1 {
        return (reference, AskedAs::Several(asked.count()));
    }
    match asked
        .only()
        .and_then(|words| clearing.screen.quote_title(words))
    {
        Some(words) => (SharedText::from(words.as_str()), AskedAs::Own { reference }),
        None => (reference, AskedAs::Lost),
    }
}

/// All questionnaires at a place.
pub(crate) fn clear_distributions(
    clearing: &Clearing,
    group: AnswerGroup,
) -> BTreeMap<SourceCode, Vec<ClearedDistribution>> {
    PRINTED_SOURCES
        .into_iter()
        .map(|s| (s, of_source(clearing, s, group)))
        .filter(|(_, d)| !d.is_empty())
        .collect()
}

/// Shares of answers as they are printed.
pub(crate) fn shares_of(distribution: &Distribution) -> Shares {
    let n = distribution.total();
    let unanimous = dominant_answer(distribution);
    let asked = (n + distribution.nsp) as f64;
    let respondents = Respondents::of(n);
    let out_of = told_of(n);
    let nsp = rounded(distribution.nsp as f64 / asked * out_of as f64, 0) / out_of as f64;
    let parts = match (unanimous, out_of) {
        (Some(_), _) => Vec::new(),
        (None, 100) => whole_percents(&distribution.counts, n),
        (None, parts) => in_parts(&distribution.counts, parts),
    };
    Shares {
        favourable: match (unanimous, out_of) {
            (Some(_), _) => 0.0,
            (None, 100) => Shares::favourable_of(&distribution.counts),
            (None, _) => Shares::favourable_among(&parts),
        },
        parts,
        out_of,
        n: respondents.least(),
        respondents,
        nsp: if unanimous.is_some() { 0.0 } else { nsp },
        unanimous,
        at_least: near_unanimity(n),
    }
}

/// What shares of so many answers are told of. Whole percents of a few answers give their number back, and who
/// each of them is (43, 43 and 14 % of « 5 à 9 » are 3, 3 and 1 of 7).
fn told_of(n: usize) -> usize {
    match n {
        0..=9 => 5,
        10..=19 => 10,
        _ => 100,
    }
}

/// Shares in so many equal parts, by the largest remainders, the least favourable first where two are equal: they
/// sum to the whole, and no reserved answer gives way to a favourable one.
fn in_parts(counts: &[usize], parts: usize) -> Vec<f64> {
    let n = counts.iter().sum::<usize>().max(1);
    let mut given: Vec<usize> = counts.iter().map(|c| c * parts / n).collect();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|&m| (std::cmp::Reverse(counts[m] * parts % n), m));
    let left = parts - given.iter().sum::<usize>();
    for &modality in order.iter().take(left) {
        given[modality] += 1;
    }
    given.iter().map(|k| *k as f64 / parts as f64).collect()
}

/// Each share in whole percents: counts cannot be read back from decimals.
fn whole_percents(counts: &[usize], n: usize) -> Vec<f64> {
    let share = |count: &usize| rounded(*count as f64 / n as f64, 2);
    counts.iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(counts: &[usize], nsp: usize) -> Shares {
        let counts = counts.to_vec();
        shares_of(&Distribution { counts, nsp })
    }

    #[test]
    fn each_share_is_rounded_as_it_is() {
        // 28.57 % twice, 42.86 %: 29, 29 and 43, which sum to 101.
        assert_eq!(whole_percents(&[2, 2, 3], 7), [0.29, 0.29, 0.43]);
        // 34.4 and 41.4 %: 76 % together, and not 34 + 41.
        let told = of(&[3, 4, 10, 12], 0);
        assert_eq!(told.parts, [0.10, 0.14, 0.34, 0.41]);
        assert!((told.favourable - 0.76).abs() < 1e-9);
    }

    /// Numbers in a band stay in it: several numbers of answers give the same parts.
    #[test]
    fn few_answers_are_told_in_parts_that_do_not_count_them() {
        assert_eq!(in_parts(&[1, 3, 3], 5), [0.2, 0.4, 0.4]);
        assert_eq!(in_parts(&[1, 2, 2], 5), in_parts(&[1, 3, 3], 5));
        // Two halves: the reserved one has the odd part.
        assert_eq!(in_parts(&[3, 3], 5), [0.6, 0.4]);
        for n in 5..20_usize {
            for first in 0..=n {
                let told = of(&[first, n - first, 0], 0);
                if told.unanimous.is_some() {
                    continue;
                }
                let sum: f64 = told.parts.iter().sum();
                assert!((sum - 1.0).abs() < 1e-9, "{n} {first}: {told:?}");
                let same = (5..20).filter(|m| Respondents::of(*m) == Respondents::of(n));
                // What « ou plus » would start from is not printed beside parts.
                let like =
                    same.filter(|&m| (0..=m).any(|k| of(&[k, m - k, 0], 0).parts == told.parts));
                assert!(like.count() >= 2, "{n} {first}: {told:?}");
            }
        }
    }

    /// « 90 % ou plus » printed for unanimity alone would say that it is unanimity.
    #[test]
    fn unanimity_and_all_but_two_read_the_same() {
        let (all, but_two) = (of(&[0, 0, 12], 0), of(&[0, 2, 10], 2));
        assert_eq!(all, but_two);
        assert_eq!(all, of(&[1, 0, 11], 0));
        assert_eq!(all.unanimous, Some(2));
        assert!((all.at_least - 0.8).abs() < 1e-9 && all.nsp.abs() < 1e-9);
        assert!(all.parts.is_empty());
        assert_eq!(of(&[0, 0, 6], 0), of(&[1, 1, 4], 0));
        assert!((of(&[0, 0, 6], 0).at_least - 0.6).abs() < 1e-9);
        assert!((of(&[0, 0, 40], 0).at_least - 0.9).abs() < 1e-9);
        assert_eq!(of(&[0, 4, 8], 0).unanimous, None);
    }

    #[test]
    fn numbers_under_twenty_are_bands() {
        assert_eq!(of(&[3, 4], 0).n, 5);
    }
}
