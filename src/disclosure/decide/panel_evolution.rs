//! Whether the evolution of an axe over the panel gives back a site's.
//!
//! What is said is a mean over the sites, so that each of those whose own change is hidden is known as
//! closely as all the others are. Of the others, what their own equations leave possible is added up:
//! before, after, and from one to the other, since what is said of a change ties both.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::campaign_figures::CampaignFigures;
use super::levels::{EFFORT, EarlierSite, HiddenLevels, SiteView, common_equations};
use super::panel_sites::{ComparedSite, PanelSite, compared, solve_as_needed};
use super::panel_spans::{CommonLevels, CommonSpan, SaidOfPanel};
use super::printed_level::{LevelRange, printed_level};
use super::reading::Reading;
use crate::stats::exact_bounds::{Effort, ExactBounds};
use crate::stats::feasible::System;
use crate::vocabulary::referentiel::Axe;

/// Codes of the axes whose evolution over the panel gives something back.
pub(crate) fn silent_axes(figures: &CampaignFigures, sites: &[PanelSite]) -> BTreeSet<String> {
    let axes = figures.referentiel.axes.par_iter();
    axes.filter(|axe| !leaves_room(figures, sites, axe))
        .map(|axe| axe.code.clone())
        .collect()
}

fn leaves_room(figures: &CampaignFigures, sites: &[PanelSite], axe: &Axe) -> bool {
    let mut panel: Vec<ComparedSite> = (sites.par_iter())
        .filter_map(|site| compared(figures, site, axe))
        .collect();
    let said = |value: fn(CommonLevels) -> f64| {
        let n = panel.len() as f64;
        let mean = panel.iter().map(|site| value(site.truth)).sum::<f64>() / n;
        let said = printed_level(mean, axe.cible);
        LevelRange {
            low: said.low * n,
            high: said.high * n,
        }
    };
    let said = SaidOfPanel {
        before: said(|levels| levels.before),
        after: said(|levels| levels.after),
    };
    let in_doubt = solve_as_needed(&mut panel, axe, said);
    (in_doubt.iter()).all(|site| is_open(&panel, *site, axe, said))
}

/// Whether nothing of a site is given back by what is said of all: to anyone, to the team of the other one
/// that is least known, to somebody of the site who reads its report.
fn is_open(panel: &[ComparedSite], site: usize, axe: &Axe, said: SaidOfPanel) -> bool {
    let others = || (0..panel.len()).filter(|other| *other != site);
    let sum = |known: Option<usize>| {
        let spans = others().map(|other| match known {
            Some(known) if known == other => CommonSpan::just(panel[other].truth),
            _ => panel[other].open,
        });
        spans.reduce(CommonSpan::add)
    };
    let width = |other: &usize| panel[*other].open.width();
    let widest = others().max_by(|a, b| width(a).total_cmp(&width(b)));
    // What any reader leaves possible of the site is a part of what everybody does.
    let is_absorbed = |others: CommonSpan| others.makes_up_for(&panel[site].open, said);
    if sum(widest).is_some_and(is_absorbed) {
        return true;
    }
    let PanelSite {
        now,
        then,
        hidden,
        report,
    } = panel[site].site;
    let Some(then) = then else {
        return true;
    };
    let read_by = |reading: Reading| SiteView { reading, ..*now };
    let anyone = is_kept(
        &read_by(Reading::Anyone),
        then,
        hidden,
        axe,
        sum(None),
        said,
    );
    let elsewhere = || {
        let then = then_read_by(then, Reading::Elsewhere);
        is_kept(
            &read_by(Reading::Elsewhere),
            &then,
            hidden,
            axe,
            sum(widest),
            said,
        )
    };
    let members = || {
        let Some(report) = report else { return true };
        let Some(then) = &report.then else {
            return true;
        };
        [Reading::Lowest, Reading::Highest]
            .into_iter()
            .all(|reading| {
                let now = SiteView {
                    reading,
                    ..report.now
                };
                let then = then_read_by(then, reading);
                is_kept(&now, &then, report.hidden, axe, sum(None), said)
            })
    };
    anyone && elsewhere() && members()
}

fn then_read_by<'a>(then: &EarlierSite<'a>, reading: Reading) -> EarlierSite<'a> {
    EarlierSite {
        view: SiteView {
            reading,
            ..then.view
        },
        hidden: then.hidden,
    }
}

/// Whether every mean that was open stays so beside what is said of the panel.
fn is_kept(
    now: &SiteView,
    then: &EarlierSite,
    hidden: &HiddenLevels,
    axe: &Axe,
    others: Option<CommonSpan>,
    said: SaidOfPanel,
) -> bool {
    let mut alone = System::default();
    let Some(common) = common_equations(now, then, hidden, &axe.code, &mut alone) else {
        return true;
    };
    let mut beside = alone.clone();
    let others = others.unwrap_or(CommonSpan::just(CommonLevels {
        before: 0.0,
        after: 0.0,
    }));
    let mut unknown = |range: LevelRange| beside.unknown(range.low, range.high);
    let (before, after, change) = (
        unknown(others.before),
        unknown(others.after),
        unknown(others.change),
    );
    let (all_before, all_after) = (unknown(said.before), unknown(said.after));
    beside.tie(vec![(after, 1.0), (before, -1.0), (change, -1.0)]);
    beside.tie(vec![
        (common.before, 1.0),
        (before, 1.0),
        (all_before, -1.0),
    ]);
    beside.tie(vec![(common.after, 1.0), (after, 1.0), (all_after, -1.0)]);
    beside.tighten();
    alone.tighten();
    let effort = Effort::new(EFFORT);
    let mut beside = ExactBounds::of(&beside, &effort);
    let mut alone = ExactBounds::of(&alone, &effort);
    let mut means = common.means.iter();
    means.all(|mean| mean.is_met(&mut beside) || !mean.is_met(&mut alone))
}
