//! Activity indicators of a site.

use super::clearing::Clearing;
use crate::base::text::rounded;
use crate::disclosure::cleared::{ClearedActivity, Shown};
use crate::disclosure::decide::hidden_activity;
use crate::figures::{Figure, Indicators, Level};
use crate::vocabulary::referentiel::{ActivityCode, ActivityUnit};
use crate::wording::source_breaks::both_origins;

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
        code: activity.as_str().to_owned(),
        label: activity.label().to_owned(),
        unit: activity.unit().as_str().to_owned(),
        formula: activity.formula().to_owned(),
        value,
        limite: figure.limite,
        rupture: origins(clearing, figure),
    })
}

/// Where a figure came from at both campaigns, when that changed: what is declared and what plans hold are two
/// series.
fn origins(clearing: &Clearing, figure: &Figure) -> Option<String> {
    let (before, now) = (clearing.input.before?.indicators, clearing.input.indicators);
    let (structure, code) = (figure.structure.as_str(), figure.code.as_str());
    let earlier = before.get(structure, Level::Activite, code)?;
    let origin = |i: &Indicators| i.activity_origin(structure, code);
    let changed = earlier.value.and(figure.value).is_some() && origin(before) != origin(now);
    changed.then(|| {
        both_origins(
            (&before.campagne, origin(before)),
            (&now.campagne, origin(now)),
        )
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
