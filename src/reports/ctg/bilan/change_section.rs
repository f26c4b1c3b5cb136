//! What changed for those who live here, apart from what was carried out: what people say of it, then what is known of the
//! territory, then what may have contributed.

use super::bilan_content::{BilanReport, headed, under};
use super::valued_indicators::{valued_rows, without_value};
use crate::base::error::Result;
use crate::disclosure::CtgIndicator;
use crate::reports::ctg::what_changed::WhatChanged;
use crate::reports::document::{Block, ReportSection};

/// The sections.
///
/// # Errors
///
/// A drawing that cannot be made.
pub(super) fn changes(report: &BilanReport) -> Result<Vec<ReportSection>> {
    // Measures of the territory stand beside their maps.
    let is_told_below = |i: &CtgIndicator| {
        let below = report.territory.into_iter().flat_map(|t| t.indicators);
        below.into_iter().any(|own| own.code == i.code)
    };
    let own = report.indicators.iter();
    let own = own.filter(|i| i.nature == "changement" && !is_told_below(i));
    let own: Vec<CtgIndicator> = own.cloned().collect();
    let parts = report.territory.map(WhatChanged::sections).transpose()?;
    let parts = under(4, parts.unwrap_or_default());
    let rows = valued_rows("Ce qui est mesuré", &own);
    let mut blocks = Vec::new();
    if rows.is_some() || !parts.is_empty() {
        blocks.push(Block::note(
            "Ce qui change sur un territoire a plusieurs causes : ces chiffres disent ce qui a bougé, pas ce que la convention y a fait.",
        ));
    } else if own.is_empty() {
        blocks.push(Block::text(
            "La convention n’a pas d’indicateur de changement pour ces fiches.",
        ));
    }
    blocks.extend(rows);
    blocks.extend(without_value(&own));
    blocks.extend(headed(report.texts.changes()));
    let opening = ReportSection {
        page_break: true,
        ..ReportSection::new(
            "4. Ce qui a changé pour les habitants",
            "4 Changements",
            blocks,
        )
    };
    Ok(std::iter::once(opening).chain(parts).collect())
}
