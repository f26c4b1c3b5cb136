//! What was printed of figures of persons, edition after edition: a later one that differs by fewer than five persons
//! prints the same again, so that nobody learns of one line by putting two editions side by side.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ctg_audience::CtgAudience;
use super::ctg_indicator::{CtgIndicator, CtgStatus};
use super::person_figures::FEW;
use super::seat_bound::SeatBound;
use super::seat_solver::may_be_told;
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
    /// Seats behind a share of attendance: a meeting and a service, not whether it came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) places: Vec<String>,
}

impl KeptCtgFigure {
    /// What it says of seats; none where it was hidden.
    fn bound(&self) -> Option<SeatBound> {
        let is_told = self.raison.is_empty() && !self.places.is_empty();
        is_told
            .then(|| SeatBound::of(&self.places, self.n, self.sur))
            .flatten()
    }
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
                places: i.seats.clone(),
            };
            Some((place(i), figure))
        });
        Self {
            document: document.to_owned(),
            chiffres: kept.collect(),
        }
    }

    /// Puts back what was printed where too few persons differ, then hides shares of attendance and of answers that, with
    /// all that was ever printed, could say who came, or what was answered.
    pub(crate) fn repeat(
        printed: &[(String, KeptCtgFigure)],
        indicators: &mut [CtgIndicator],
        audience: CtgAudience,
    ) {
        if !audience.is_logged() {
            return;
        }
        let mut told: Vec<SeatBound> = Vec::new();
        for bound in printed.iter().filter_map(|(_, figure)| figure.bound()) {
            if !told.contains(&bound) {
                told.push(bound);
            }
        }
        for indicator in indicators {
            let place = place(indicator);
            let before = printed.iter().rev().find(|(own, _)| *own == place);
            if let Some((_, before)) = before {
                again(indicator, before);
            }
            let Some((n, of)) = indicator.persons.filter(|_| !indicator.is_hidden()) else {
                continue;
            };
            let bound = Some(&indicator.seats).filter(|seats| !seats.is_empty());
            let Some(bound) = bound.and_then(|seats| SeatBound::of(seats, n, of)) else {
                continue;
            };
            if told.contains(&bound) {
                continue;
            }
            if may_be_told(&told, &indicator.seats, of) {
                told.push(bound);
            } else {
                hide(indicator, DERIVABLE);
            }
        }
    }
}

/// Why a share that is large enough is hidden all the same.
const DERIVABLE: &str = "avec d’autres chiffres déjà diffusés, il pourrait dire qui est venu ou ce que chacun a répondu";

fn hide(indicator: &mut CtgIndicator, why: &str) {
    indicator.status = CtgStatus::Hidden;
    indicator.value = Datum::words("non diffusable");
    why.clone_into(&mut indicator.reason);
    indicator.reaches_target = None;
    indicator.rows = None;
    indicator.beside.clear();
}

/// What was printed at the same place, where fewer than five persons differ.
fn again(indicator: &mut CtgIndicator, before: &KeptCtgFigure) {
    let Some((n, of)) = indicator.persons else {
        return;
    };
    let differ = n.abs_diff(before.n).max(of.abs_diff(before.sur));
    if differ == 0 && before.raison.is_empty() || differ >= FEW {
        return;
    }
    indicator.persons = Some((before.n, before.sur));
    indicator.seats.clone_from(&before.places);
    if !before.raison.is_empty() {
        let why = before.raison.clone();
        hide(indicator, &why);
        return;
    }
    indicator.repeats = true;
    indicator.reaches_target = None;
    indicator.reason.clear();
    indicator.status = CtgStatus::Known;
    indicator.value = Datum {
        number: before.nombre,
        unit: before.nombre.map_or(Unit::Words, |_| Unit::Share),
        ..Datum::words(&before.texte)
    };
}

/// Where a figure is printed.
fn place(indicator: &CtgIndicator) -> String {
    format!("{}/{}", indicator.code, indicator.period)
}
