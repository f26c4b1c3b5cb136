//! Indicators that have something to tell in a table, the others in a sentence: a page of « à venir » tells nothing.

use crate::base::text::list;
use crate::disclosure::{CtgIndicator, CtgStatus};
use crate::reports::ctg::indicator_rows::indicator_rows;
use crate::reports::document::Block;

/// Those that have a value, or one that this reader is not told.
pub(super) fn valued_rows(title: &str, indicators: &[CtgIndicator]) -> Option<Block> {
    let own = indicators.iter().filter(|i| has_value(i)).cloned();
    indicator_rows(title, &own.collect::<Vec<_>>())
}

/// Those that have none, with why.
pub(super) fn without_value(indicators: &[CtgIndicator]) -> Vec<Block> {
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for indicator in indicators.iter().filter(|i| !has_value(i)) {
        let named = format!("{} ({})", indicator.code, indicator.label);
        match reasons.iter_mut().find(|(why, _)| *why == indicator.reason) {
            Some((_, all)) => all.push(named),
            None => reasons.push((indicator.reason.as_str(), vec![named])),
        }
    }
    let told = reasons.into_iter().map(|(why, all)| {
        let why = if why.is_empty() {
            String::new()
        } else {
            format!(", car {}", why.trim_end_matches('.'))
        };
        Block::note(format!("Sans valeur à ce jour{why} : {}.", list(&all)))
    });
    told.collect()
}

fn has_value(indicator: &CtgIndicator) -> bool {
    !matches!(
        indicator.status,
        CtgStatus::NotComputable | CtgStatus::ToCome
    )
}
