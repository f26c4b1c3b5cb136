//! Numbers that are no level of a scale: what stands beside them may be none either.

use crate::vocabulary::referentiel::{Modality, Scale};

fn number(text: &str) -> Option<f64> {
    text.trim().replace(',', ".").parse::<f64>().ok()
}

/// Whether a note or an answer is written in digits: « 3 », « 2,5 », « 75 % », « 3/5 ».
pub(super) fn is_number(written: &str) -> bool {
    let plain = written.trim().trim_end_matches('%');
    match plain.split_once('/') {
        Some((own, most)) => number(own).is_some() && number(most).is_some(),
        None => number(plain).is_some(),
    }
}

/// Whether it is beyond a scale, or of another one: « 5 », « 0 », « 75 % », « 3/5 ».
pub(super) fn is_of_another_scale(written: &str, scale: &Scale) -> bool {
    let end = |m: Option<&Modality>| m.and_then(|m| number(&m.code));
    let (Some(first), Some(last)) = (end(scale.modalities.first()), end(scale.modalities.last()))
    else {
        return false;
    };
    if let Some((own, most)) = written.split_once('/') {
        let most = number(most).filter(|_| number(own).is_some());
        return most.is_some_and(|n| (n - last).abs() > f64::EPSILON);
    }
    if let Some(share) = written.trim_end().strip_suffix('%') {
        return number(share).is_some();
    }
    number(written).is_some_and(|n| !(first..=last).contains(&n))
}
