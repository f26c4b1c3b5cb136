//! Centres side by side: each structure's value beside the mean of the structures, ordered by
//! code. Not a ranking, and no verdict: small differences are mostly noise.

use super::{Comparisons, Line};
use crate::indicators::{Figure, Indicators, Level};

/// One line per structure × axe and critère.
pub fn side_by_side(indicators: &Indicators) -> Comparisons {
    let kept = |f: &&Figure| matches!(f.level, Level::Axe | Level::Critere);
    let figures: Vec<&Figure> = indicators.figures().iter().filter(kept).collect();
    let mean = |level: Level, code: &str| {
        let values: Vec<f64> = figures
            .iter()
            .filter(|f| f.level == level && f.code == code)
            .filter_map(|f| f.value)
            .collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let lines = figures
        .iter()
        .map(|f| {
            let territory = mean(f.level, &f.code);
            Line {
                level: f.level,
                code: f.code.clone(),
                source: None,
                structure: f.structure.clone(),
                value1: f.value,
                value2: territory,
                delta: f.value.zip(territory).map(|(own, all)| own - all),
                interval: None,
                verdict: None,
                a_verifier: false,
                raison: match f.value {
                    Some(_) => "écart à la moyenne des accueils, sans classement".to_owned(),
                    None => f.status.label().to_owned(),
                },
                version1: indicators.version.clone(),
                version2: indicators.version.clone(),
            }
        })
        .collect();
    let mut panel: Vec<String> = figures.iter().map(|f| f.structure.clone()).collect();
    panel.dedup();
    Comparisons {
        lines,
        panel,
        ..Comparisons::default()
    }
}
