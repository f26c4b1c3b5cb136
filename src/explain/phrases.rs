//! What every explanation says in the same words: the sum, a weight, a value with its status.

use std::fmt::Write;

use crate::base::text::{decimals, percent};
use crate::figures::Figure;

/// A term of a weighted mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    pub weight: f64,
    pub value: f64,
}

/// « Calcul : (3 × 4,000 + 1 × 2,500) / (3 + 1) = 3,625 ».
pub(super) fn recipe(terms: &[Term]) -> String {
    let weights: f64 = terms.iter().map(|t| t.weight).sum();
    let sum: f64 = terms.iter().map(|t| t.weight * t.value).sum();
    let result = decimals(sum / weights, 3);
    let mut pairs = terms.windows(2);
    let all_equal = pairs.all(|w| (w[0].weight - w[1].weight).abs() < 1e-12);
    match terms {
        [] => String::new(),
        [only] => format!("Calcul : une seule valeur, {}\n", decimals(only.value, 3)),
        _ if all_equal => {
            let values: Vec<String> = terms.iter().map(|t| decimals(t.value, 3)).collect();
            format!(
                "Calcul : ({}) / {} = {result}\n",
                values.join(" + "),
                terms.len()
            )
        }
        _ => {
            let products: Vec<String> = terms
                .iter()
                .map(|t| format!("{} × {}", plain(t.weight), decimals(t.value, 3)))
                .collect();
            let weights: Vec<String> = terms.iter().map(|t| plain(t.weight)).collect();
            let (products, weights) = (products.join(" + "), weights.join(" + "));
            format!("Calcul : ({products}) / ({weights}) = {result}\n")
        }
    }
}

/// A weight without useless decimals.
pub(super) fn plain(weight: f64) -> String {
    let digits = (0..3).find(|d| {
        let scaled = weight * 10_f64.powi(*d);
        (scaled - scaled.round()).abs() < 1e-9
    });
    decimals(weight, digits.unwrap_or(3) as usize)
}

/// Value and status on one line.
pub(super) fn short(f: &Figure) -> String {
    let marks: String = [
        (f.fragile, ", fragile"),
        (f.limite, ", limite"),
        (f.corrected, ", corrigé depuis"),
    ]
    .into_iter()
    .filter_map(|(is, word)| is.then_some(word))
    .collect();
    match f.value {
        Some(v) => format!("{} ({}{marks})", decimals(v, 2), f.status.label()),
        None => format!("{}{marks}", f.status.label()),
    }
}

/// Value, status, coverage and target as sentences.
pub(super) fn said(f: &Figure) -> String {
    said_as(f, f.status.label())
}

/// The same, its status in other words.
pub(super) fn said_as(f: &Figure, status: &str) -> String {
    let mut text = match f.value {
        Some(v) => format!("Valeur : {} sur 4, {status}", decimals(v, 3)),
        None => format!("Pas de valeur : {status}"),
    };
    if let Some(c) = f.coverage {
        let _ = write!(text, " · couverture {}", percent(c));
    }
    if let (Some(target), Some(gap)) = (f.target, f.target_gap()) {
        let sign = if gap >= 0.0 { "+" } else { "" };
        let _ = write!(
            text,
            " · objectif {} (écart {sign}{})",
            decimals(target, 1),
            decimals(gap, 2)
        );
    }
    if f.fragile {
        text.push_str(" · fragile : peu de réponses ou d’éléments notés");
    }
    if f.corrected {
        text.push_str(" · un constat corrigé depuis y compte comme conforme");
    }
    text.push('\n');
    text
}
