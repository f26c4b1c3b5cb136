//! Whether the evolution of an axe over the panel gives back a site's.

use super::campaign_figures::CampaignFigures;
use super::decisions::Decisions;
use super::printed_level::{LevelRange, printed_level};
use crate::compare::Line;
use crate::figures::Level;
use crate::stats::feasible::System;
use crate::vocabulary::referentiel::Axe;

/// Bounds closer than this are the same.
const SAME: f64 = 1e-6;

/// A site of the panel: its levels at both campaigns, and whether its change is hidden.
struct PanelSite<'a> {
    line: &'a Line,
    hidden: bool,
}

/// Whether the means of the panel leave room to each site whose own axe is hidden, all the others
/// being known.
pub(crate) fn leaves_room(figures: &CampaignFigures, decisions: &Decisions, axe: &Axe) -> bool {
    let mut panel = Vec::new();
    for (position, structure) in figures.structures.iter().enumerate() {
        let line = figures.line(&structure.code, Level::Axe, &axe.code);
        if let Some(line) = line.filter(|l| l.delta.is_some()) {
            let hidden = decisions.levels[position].hides_change(&axe.code);
            panel.push(PanelSite { line, hidden });
        }
    }
    let margin = decisions.thresholds.marge_niveau;
    !panel.iter().any(|site| site.hidden)
        || (mean_leaves_room(&panel, |line| line.value1, axe.cible, margin)
            && mean_leaves_room(&panel, |line| line.value2, axe.cible, margin))
}

/// The same for the mean of one campaign.
fn mean_leaves_room(
    panel: &[PanelSite],
    value: fn(&Line) -> Option<f64>,
    target: f64,
    margin: f64,
) -> bool {
    let values: Vec<f64> = panel.iter().filter_map(|site| value(site.line)).collect();
    let said = printed_level(values.iter().sum::<f64>() / values.len() as f64, target);
    let mut system = System::default();
    let mean = system.unknown(said.low, said.high);
    let parts: Vec<(usize, f64)> = values
        .iter()
        .zip(panel)
        .map(|(value, site)| {
            let range = if site.hidden {
                LevelRange::ALL
            } else {
                LevelRange {
                    low: *value,
                    high: *value,
                }
            };
            (system.unknown(range.low, range.high), 1.0)
        })
        .collect();
    system.mean(mean, &parts);
    system.tighten();
    let hidden = parts.iter().zip(panel).filter(|(_, site)| site.hidden);
    hidden.into_iter().all(|((unknown, _), _)| {
        let (low, high) = system.bounds(*unknown);
        high - low >= margin - SAME
    })
}
