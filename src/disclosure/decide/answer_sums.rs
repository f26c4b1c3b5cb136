//! Sums of answers, and the answer that nearly all gave.

use crate::figures::Distribution;

/// From this share on, one answer is so common that everyone's is nearly known: only « n % ou plus »
/// is printed. Fewer than ten people need a lower floor, or the words would say « all ».
pub(crate) fn near_unanimity(n: usize) -> f64 {
    if n < 10 { 0.8 } else { 0.9 }
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
