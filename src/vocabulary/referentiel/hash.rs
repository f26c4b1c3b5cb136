//! Canonical hash of a critère: what makes its figure, and nothing else. A reworded descriptor
//! does not break a series; a changed scale, weight, threshold or élément does.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::ids::StructureType;
use super::model::{Critere, Element, Scale};

/// What else makes an élément: where it comes from, when it is seen, what its levels look like, whom it concerns. None for
/// those of a référentiel that says nothing of it, whose series goes on.
fn marks(e: &Element) -> Option<String> {
    let moments: Vec<&str> = e.moments.iter().map(super::VisitMoment::as_str).collect();
    let is_plain = e.origin.article().is_none()
        && moments.is_empty()
        && e.anchors.is_none()
        && e.ages.is_none()
        && !e.headcount
        && e.filter.is_none();
    (!is_plain).then(|| {
        format!(
            "|{:?}{}{}{:?}{:?}{:?}{}",
            e.origin,
            e.must,
            moments.join(","),
            e.anchors,
            e.ages,
            e.filter,
            if e.headcount { "comptage" } else { "" }
        )
    })
}

/// Hash of a critère's éléments (with their scales, weights and thresholds), sources' weights and
/// impératif status, as 16 hexadecimal digits.
pub(super) fn critere(critere: &Critere, elements: &[Element], scales: &[Scale]) -> String {
    let mut text = format!("{} {}\n", critere.code, critere.imperatif);
    for weight in critere.source_weights {
        let _ = write!(text, "{weight} ");
    }
    for &e in &critere.elements {
        let e = &elements[e];
        let types: Vec<_> = e.types.iter().map(StructureType::as_str).collect();
        let _ = write!(
            text,
            "\n{}|{}|{}|{}|{}|{}",
            e.code,
            e.label,
            e.source,
            e.negative,
            e.weight,
            types.join(",")
        );
        if let Some(marks) = marks(e) {
            text.push_str(&marks);
        }
        for modality in &scales[e.scale].modalities {
            let _ = write!(text, "|{}={:?}", modality.code, modality.micro);
        }
        if let Some(don) = &e.don {
            let _ = write!(
                text,
                "|{}{:?}{}",
                don.measure, don.thresholds, don.low_is_good
            );
        }
    }
    crate::base::text::hex(&Sha256::digest(text.as_bytes())[..8])
}
