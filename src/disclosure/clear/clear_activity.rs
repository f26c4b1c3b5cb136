//! Activity indicators of a site.

use super::clearing::Clearing;
use crate::base::text::rounded;
use crate::disclosure::cleared::{ClearedActivity, Shown};
use crate::disclosure::decide::hidden_activity;
use crate::figures::Figure;
use crate::vocabulary::referentiel::{ActivityCode, ActivityUnit};

/// Clears an activity indicator of a site; none for a code that no indicator bears.
pub(crate) fn clear_activity(
    clearing: &Clearing,
    site: usize,
    figure: &Figure,
) -> Option<ClearedActivity> {
    let activity: ActivityCode = figure.code.parse().ok()?;
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
        mask.map_or(Shown::Value(precise(value, activity.unit())), Shown::Masked)
    });
    Some(ClearedActivity {
        code: activity.as_str(),
        label: activity.label(),
        unit: activity.unit().as_str(),
        formula: activity.formula(),
        value,
        limite: figure.limite,
        rupture: (clearing.input.before).and_then(|before| {
            let now = clearing.input.indicators;
            now.source_break(before.indicators, &figure.structure, &figure.code)
        }),
    })
}

/// As many digits as are printed: whole percents, hundredths of a ratio, tenths of the rest.
fn precise(value: f64, unit: ActivityUnit) -> f64 {
    let digits = if matches!(unit, ActivityUnit::Share | ActivityUnit::Ratio) {
        2
    } else {
        1
    };
    rounded(value, digits)
}
