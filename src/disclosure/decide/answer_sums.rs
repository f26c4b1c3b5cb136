//! Sums of answers, and the answer that nearly all gave.

use crate::figures::Distribution;

/// Answers that may differ from the one that nearly all gave, by what is printed: two, so that who
/// alone answered otherwise does not learn what each of the others did.
pub(crate) const UNTOLD: usize = 2;
/// From this share on, an answer is so common that everyone's is nearly known.
const COMMON: usize = 9;

/// From this share on, one answer is so common that everyone's is nearly known: only « n % ou plus »
/// is printed, in whole tenths. Nine tenths; less of fewer than twenty people, where that would leave
/// room for one other answer, or none.
pub(crate) fn near_unanimity(n: usize) -> f64 {
    let tenths = n.saturating_sub(UNTOLD) * 10 / n.max(1);
    tenths.min(COMMON) as f64 / 10.0
}

/// Of so many answers of which nearly all are alike, those that may be others by what is printed.
pub(crate) fn other_answers(n: usize) -> usize {
    n - (near_unanimity(n) * n as f64 - 1e-9).ceil() as usize
}

/// The answer that nearly all gave, if there is one.
pub(crate) fn dominant_answer(answers: &Distribution) -> Option<usize> {
    let n = answers.total();
    let least = near_unanimity(n) * n as f64 - 1e-9;
    let (modality, most) = answers.counts.iter().enumerate().max_by_key(|(_, c)| **c)?;
    (n > 0 && *most as f64 >= least).then_some(modality)
}

/// Sum of distributions of the same question.
pub(crate) fn sum_of<'a>(parts: impl IntoIterator<Item = &'a Distribution>) -> Distribution {
    let mut total = Distribution::default();
    for part in parts {
        if total.counts.len() < part.counts.len() {
            total.counts.resize(part.counts.len(), 0);
        }
        for (sum, count) in total.counts.iter_mut().zip(&part.counts) {
            *sum += count;
        }
        total.nsp += part.nsp;
    }
    total
}

/// A distribution without one of its parts.
pub(crate) fn without(total: &Distribution, part: &Distribution) -> Distribution {
    let mut rest = total.clone();
    for (remaining, taken) in rest.counts.iter_mut().zip(&part.counts) {
        *remaining -= taken;
    }
    rest.nsp -= part.nsp;
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who alone answered otherwise cannot tell whether somebody else did too.
    #[test]
    fn what_is_printed_of_near_unanimity_leaves_room_for_two_other_answers() {
        for n in 3..200 {
            let least = (near_unanimity(n) * n as f64 - 1e-9).ceil() as usize;
            assert!(least + 2 <= n, "{least} sur {n}");
            let all_but = |others: usize| Distribution {
                counts: vec![others, n - others],
                nsp: 0,
            };
            for others in 0..=2.min(n - 2) {
                assert!(
                    dominant_answer(&all_but(others)).is_some(),
                    "{others} sur {n}"
                );
            }
        }
        let shares = [5, 6, 7, 9, 10, 19, 20, 300].map(near_unanimity);
        let expected = [0.6, 0.6, 0.7, 0.7, 0.8, 0.8, 0.9, 0.9];
        assert!(
            shares
                .iter()
                .zip(expected)
                .all(|(a, b)| (a - b).abs() < 1e-9)
        );
    }
}
