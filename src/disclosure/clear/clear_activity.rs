//! Activity indicators of a site.

use super::clearing::Clearing;
use crate::base::text::rounded;
use crate::disclosure::cleared::{ClearedActivity, Shown};
use crate::disclosure::decide::hidden_activity;
use crate::figures::{ACTIVITIES, Figure};

/// Clears an activity indicator of a site; none for a code that no indicator bears.
pub(crate) fn clear_activity(
    clearing: &Clearing,
    site: usize,
    figure: &Figure,
) -> Option<ClearedActivity> {
    let (code, label, unit, formula) = ACTIVITIES.iter().find(|a| a.0 == figure.code)?;
    let decisions = clearing.decisions;
    let value = figure.value.map(|value| {
        let mask = hidden_activity(
            clearing.figures,
            &decisions.thresholds,
            &decisions.answers,
            site,
            figure,
            value,
        );
        mask.map_or(Shown::Value(precise(value, unit)), Shown::Masked)
    });
    Some(ClearedActivity {
        code: (*code).to_owned(),
        label: (*label).to_owned(),
        unit: (*unit).to_owned(),
        formula: (*formula).to_owned(),
        value,
        limite: figure.limite,
    })
}

/// As many digits as are printed: whole percents, hundredths of a ratio, tenths of the rest.
fn precise(value: f64, unit: &str) -> f64 {
    let digits = if matches!(unit, "%" | "rapport") {
        2
    } else {
        1
    };
    rounded(value, digits)
}
