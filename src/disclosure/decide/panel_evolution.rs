//! Whether the evolution of an axe over the panel gives back a site's.
//!
//! What is said is a mean over the sites, so that each of those whose own change is hidden is known as
//! closely as all the others are. Of the others, what their own equations leave possible is added up:
//! before, after, and from one to the other, since what is said of a change ties both.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::campaign_figures::CampaignFigures;
use super::levels::{
    EFFORT, EarlierSite, HiddenLevels, HiddenMean, MemberReport, SiteView, common_equations,
};
use super::printed_level::{LevelRange, printed_level};
use super::reading::Reading;
use crate::compare::Line;
use crate::figures::Level;
use crate::stats::exact_bounds::{Effort, exact_bounds};
use crate::stats::feasible::System;
use crate::vocabulary::referentiel::Axe;

/// A site in both campaigns, as the readers of its levels have it, and its own report.
pub(crate) struct PanelSite<'a> {
    pub(crate) now: SiteView<'a>,
    pub(crate) then: Option<EarlierSite<'a>>,
    pub(crate) hidden: &'a HiddenLevels,
    pub(crate) report: Option<MemberReport<'a>>,
}

/// A site of the panel, by its line.
struct ComparedSite<'a> {
    site: &'a PanelSite<'a>,
    truth: CommonLevels,
    /// What its own equations leave possible; the truth where its change is said.
    open: CommonSpan,
    hidden: bool,
}

/// What both campaigns share of an axe, before and after.
#[derive(Clone, Copy)]
struct CommonLevels {
    before: f64,
    after: f64,
}

/// Between what the same may lie, and its change.
#[derive(Clone, Copy)]
struct CommonSpan {
    before: LevelRange,
    after: LevelRange,
    change: LevelRange,
}

impl CommonSpan {
    fn just(levels: CommonLevels) -> Self {
        Self {
            before: LevelRange::just(levels.before),
            after: LevelRange::just(levels.after),
            change: LevelRange::just(levels.after - levels.before),
        }
    }

    fn add(self, other: Self) -> Self {
        let sum = |a: LevelRange, b: LevelRange| LevelRange {
            low: a.low + b.low,
            high: a.high + b.high,
        };
        Self {
            before: sum(self.before, other.before),
            after: sum(self.after, other.after),
            change: sum(self.change, other.change),
        }
    }

    /// Whether it makes up for all that another one can be, for some sum of both.
    fn makes_up_for(&self, other: &Self, said: SaidOfPanel) -> bool {
        let middle = |range: LevelRange| f64::midpoint(range.low, range.high);
        let (before, after) = (middle(said.before), middle(said.after));
        let covers = |own: LevelRange, sum: f64, other: LevelRange| {
            own.low <= sum - other.high + SAME && own.high >= sum - other.low - SAME
        };
        covers(self.before, before, other.before)
            && covers(self.after, after, other.after)
            && covers(self.change, after - before, other.change)
    }

    /// How much is open of it in all.
    fn width(&self) -> f64 {
        self.before.width() + self.after.width() + self.change.width()
    }
}

/// What is said of the panel: sums over its sites.
#[derive(Clone, Copy)]
struct SaidOfPanel {
    before: LevelRange,
    after: LevelRange,
}

/// Codes of the axes whose evolution over the panel gives something back.
pub(crate) fn silent_axes(figures: &CampaignFigures, sites: &[PanelSite]) -> BTreeSet<String> {
    let axes = figures.referentiel.axes.par_iter();
    axes.filter(|axe| !leaves_room(figures, sites, axe))
        .map(|axe| axe.code.clone())
        .collect()
}

fn leaves_room(figures: &CampaignFigures, sites: &[PanelSite], axe: &Axe) -> bool {
    let panel: Vec<ComparedSite> = (sites.iter())
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
    let hidden = || (0..panel.len()).filter(|site| panel[*site].hidden);
    if hidden().next().is_none() {
        return true;
    }
    let said = SaidOfPanel {
        before: said(|levels| levels.before),
        after: said(|levels| levels.after),
    };
    hidden().all(|site| is_open(&panel, site, axe, said))
}

fn compared<'a>(
    figures: &CampaignFigures,
    site: &'a PanelSite<'a>,
    axe: &Axe,
) -> Option<ComparedSite<'a>> {
    let line: &Line = figures.line(site.now.code, Level::Axe, &axe.code)?;
    line.delta?;
    let truth = CommonLevels {
        before: line.value1?,
        after: line.value2?,
    };
    let hidden = site.hidden.hides_change(&axe.code);
    let open = hidden.then(|| span(site, axe)).flatten();
    Some(ComparedSite {
        site,
        truth,
        open: open.unwrap_or(CommonSpan::just(truth)),
        hidden,
    })
}

/// What the equations of a site leave possible of what both campaigns share; none when undecided: it is
/// then taken as known.
fn span(site: &PanelSite, axe: &Axe) -> Option<CommonSpan> {
    let then = site.then.as_ref()?;
    let mut system = System::default();
    let common = common_equations(&site.now, then, site.hidden, &axe.code, &mut system)?;
    let change = system.unknown(-WIDEST, WIDEST);
    system.tie(vec![
        (common.after, 1.0),
        (common.before, -1.0),
        (change, -1.0),
    ]);
    system.tighten();
    let effort = Effort::new(EFFORT);
    let range = |unknown: usize| {
        let (low, high) = exact_bounds(&system, unknown, &effort)?;
        Some(LevelRange { low, high })
    };
    Some(CommonSpan {
        before: range(common.before)?,
        after: range(common.after)?,
        change: range(change)?,
    })
}

/// Bounds closer than this are the same.
const SAME: f64 = 1e-9;
/// Most that a level changes.
const WIDEST: f64 = 3.0;

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
    let is_met =
        |mean: &HiddenMean, system: &System| mean.seems_met(system) && mean.is_met(system, &effort);
    let mut means = common.means.iter();
    means.all(|mean| is_met(mean, &beside) || !is_met(mean, &alone))
}
