//! What was printed of figures of persons, edition after edition: a later one that differs by fewer than five persons
//! prints the same again, so that nobody learns of one line by putting two editions side by side.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ctg_audience::CtgAudience;
use super::ctg_indicator::{CtgIndicator, CtgStatus};
use super::person_figures::FEW;
use crate::base::text::{Datum, Unit};

/// A figure of persons as it was printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptCtgFigure {
    /// Terms behind it.
    pub(crate) n: usize,
    /// The same.
    pub(crate) sur: usize,
    /// What was printed.
    pub(crate) texte: String,
    /// The number read, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) nombre: Option<f64>,
    /// Why it was hidden, empty when it was not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) raison: String,
}

/// What a document printed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptConvention {
    /// Which document: « suivi 2026-T2 ».
    pub(crate) document: String,
    /// « G07/2026-T2 » → what was printed.
    #[serde(default)]
    pub(crate) chiffres: BTreeMap<String, KeptCtgFigure>,
}

impl KeptConvention {
    /// What is about to be printed, what it repeats included.
    pub(crate) fn of(document: &str, indicators: &[CtgIndicator]) -> Self {
        let kept = indicators.iter().filter_map(|i| {
            let (n, of) = i.persons?;
            let figure = KeptCtgFigure {
                n,
                sur: of,
                texte: i.value.text.clone(),
                nombre: i.value.number,
                raison: i.reason.clone(),
            };
            Some((place(i), figure))
        });
        Self {
            document: document.to_owned(),
            chiffres: kept.collect(),
        }
    }

    /// Puts back what was printed where too few persons differ; gives how many figures repeat it.
    pub(crate) fn repeat(
        printed: &BTreeMap<String, KeptCtgFigure>,
        indicators: &mut [CtgIndicator],
        audience: CtgAudience,
    ) -> usize {
        if !audience.is_logged() {
            return 0;
        }
        let mut repeated = 0;
        for indicator in indicators {
            let (Some((n, of)), Some(before)) = (indicator.persons, printed.get(&place(indicator)))
            else {
                continue;
            };
            let differ = n.abs_diff(before.n).max(of.abs_diff(before.sur));
            if differ == 0 || differ >= FEW {
                continue;
            }
            repeated += 1;
            indicator.persons = Some((before.n, before.sur));
            indicator.repeats = true;
            indicator.reason.clone_from(&before.raison);
            indicator.status = if before.raison.is_empty() {
                CtgStatus::Known
            } else {
                CtgStatus::Hidden
            };
            indicator.value = Datum {
                number: before.nombre,
                unit: before.nombre.map_or(Unit::Words, |_| Unit::Share),
                ..Datum::words(&before.texte)
            };
        }
        repeated
    }
}

/// Where a figure is printed.
fn place(indicator: &CtgIndicator) -> String {
    format!("{}/{}", indicator.code, indicator.period)
}
