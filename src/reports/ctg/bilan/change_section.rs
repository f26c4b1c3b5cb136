//! What changed for those who live here: what the convention measures of it, apart from what was carried out.

use super::bilan_content::{BilanReport, headed};
use super::valued_indicators::{valued_rows, without_value};
use crate::disclosure::CtgIndicator;
use crate::reports::document::{Block, ReportSection};

/// The section.
pub(super) fn changes(report: &BilanReport) -> ReportSection {
    let own = report
        .indicators
        .iter()
        .filter(|i| i.nature == "changement");
    let own: Vec<CtgIndicator> = own.cloned().collect();
    let mut blocks = Vec::new();
    match valued_rows("Ce qui est mesuré : départ, aujourd’hui, cible", &own) {
        Some(rows) => {
            blocks.push(rows);
            blocks.push(Block::note(
                "Ce qui change sur un territoire a plusieurs causes : ces chiffres disent ce qui a bougé, pas ce que la convention y a fait.",
            ));
        }
        None if !own.is_empty() => {}
        None => blocks.push(Block::text(
            "La convention n’a pas d’indicateur de changement pour ces fiches.",
        )),
    }
    blocks.extend(without_value(&own));
    blocks.extend(headed(report.texts.changes()));
    ReportSection {
        page_break: true,
        ..ReportSection::new(
            "4. Ce qui a changé pour les habitants",
            "4 Changements",
            blocks,
        )
    }
}
