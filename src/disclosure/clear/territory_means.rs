//! Means of the sites whose own figure is shown, each counting once.

use super::clear_figure::is_printed;
use super::clearing::Clearing;
use crate::base::text::SharedText;
use crate::disclosure::cleared::{
    AxeEvolution, ClearedFigure, ClearedSite, NotCounted, Shown, TerritoryMean, figures_of,
};
use crate::disclosure::decide::printed_level;
use crate::figures::{FigureStatus, Level};

/// Mean of the sites per axe.
pub(crate) fn axe_means(
    clearing: &Clearing,
    sites: &[ClearedSite],
    evolution: &[AxeEvolution],
) -> Vec<TerritoryMean> {
    let axes = clearing.figures.referentiel.axes.iter();
    axes.map(|axe| {
        let shown = sites.iter().filter(|s| is_printed(&s.axes, &axe.code));
        let values = values(clearing, shown, Level::Axe, &axe.code);
        let change = evolution.iter().find(|e| e.code == axe.code);
        TerritoryMean {
            sites: values.len(),
            left_out: NotCounted::of(figures_of(sites, &axe.code)),
            figure: ClearedFigure {
                code: axe.code.clone(),
                label: axe.label.clone(),
                axe: axe.code.clone(),
                previous: change.map(|e| e.before),
                ..mean(&values, axe.cible)
            },
        }
    })
    .collect()
}

/// Mean of the sites per critère, where any shows it.
pub(crate) fn critere_means(clearing: &Clearing, sites: &[ClearedSite]) -> Vec<TerritoryMean> {
    let r = clearing.figures.referentiel;
    let criteres = r.criteres.iter();
    criteres
        .filter_map(|critere| {
            let shown = sites
                .iter()
                .filter(|s| is_printed(&s.criteres, &critere.code));
            let values = values(clearing, shown, Level::Critere, &critere.code);
            (!values.is_empty()).then(|| TerritoryMean {
                sites: values.len(),
                left_out: NotCounted::of(figures_of(sites, &critere.code)),
                figure: ClearedFigure {
                    code: critere.code.clone(),
                    label: critere.label.clone(),
                    axe: r.axes[critere.axe].code.clone(),
                    ..mean(&values, critere.cible)
                },
            })
        })
        .collect()
}

/// Levels of some sites, as they were computed.
fn values<'a>(
    clearing: &Clearing,
    shown: impl Iterator<Item = &'a ClearedSite>,
    level: Level,
    code: &str,
) -> Vec<f64> {
    let figures = shown.filter_map(|s| clearing.figures.figure(&s.structure, level, code));
    figures.filter_map(|f| f.value).collect()
}

/// The mean of some sites, without a name yet.
fn mean(values: &[f64], target: f64) -> ClearedFigure {
    let n = values.len();
    let mean = values.iter().sum::<f64>() / n.max(1) as f64;
    ClearedFigure {
        code: String::new(),
        label: SharedText::default(),
        axe: String::new(),
        value: (n > 0).then(|| Shown::Value(printed_level(mean, target).value)),
        previous: None,
        target,
        status: if n > 0 {
            FigureStatus::Ok
        } else {
            FigureStatus::NonPubliable
        },
        fragile: false,
        evolution: None,
    }
}
