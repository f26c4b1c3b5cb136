//! Sites of a panel, and what the equations of each leave possible of what both campaigns share.

use rayon::prelude::*;

use super::campaign_figures::CampaignFigures;
use super::levels::{EFFORT, EarlierSite, HiddenLevels, MemberReport, SiteView, common_equations};
use super::panel_spans::{CommonLevels, CommonSpan, SaidOfPanel};
use super::printed_level::LevelRange;
use crate::compare::Line;
use crate::figures::Level;
use crate::stats::exact_bounds::{Effort, ExactBounds};
use crate::stats::feasible::System;
use crate::vocabulary::referentiel::Axe;

/// Most that a level changes.
const WIDEST: f64 = 3.0;

/// A site in both campaigns, as the readers of its levels have it, and its own report.
pub(crate) struct PanelSite<'a> {
    pub(crate) now: SiteView<'a>,
    pub(crate) then: Option<EarlierSite<'a>>,
    pub(crate) hidden: &'a HiddenLevels,
    pub(crate) report: Option<MemberReport<'a>>,
}

/// A site of the panel, by its line.
pub(super) struct ComparedSite<'a> {
    pub(super) site: &'a PanelSite<'a>,
    pub(super) truth: CommonLevels,
    /// What each of its equations alone leaves possible: at least what all do together. The truth where its
    /// change is said.
    pub(super) widest: CommonSpan,
    /// What all its equations leave possible together; the truth as long as it has not been solved.
    pub(super) open: CommonSpan,
    pub(super) hidden: bool,
}

pub(super) fn compared<'a>(
    figures: &CampaignFigures,
    site: &'a PanelSite<'a>,
    axe: &Axe,
) -> Option<ComparedSite<'a>> {
    let line: &Line = figures.line(site.now.code, Level::Axe, &axe.code)?;
    if !line.is_in_panel() {
        return None;
    }
    let truth = CommonLevels {
        before: line.value1?,
        after: line.value2?,
    };
    let hidden = site.hidden.hides_change(&axe.code);
    let just = CommonSpan::just(truth);
    let widest = hidden.then(|| SiteEquations::of(site, axe)).flatten();
    Some(ComparedSite {
        site,
        truth,
        widest: widest.map_or(just, |equations| equations.by_intervals()),
        open: just,
        hidden,
    })
}

/// Sites that are solved before looking again whether that is enough.
const AT_ONCE: usize = 8;

/// Solves sites, those first of which most may be open, until what is known to be open of a few makes up
/// for any site of the panel: each site solved later would only leave more open. Gives the hidden sites
/// that all together do not make up for.
pub(super) fn solve_as_needed(
    panel: &mut [ComparedSite],
    axe: &Axe,
    said: SaidOfPanel,
) -> Vec<usize> {
    let hidden = (0..panel.len()).filter(|site| panel[*site].hidden);
    let mut in_doubt: Vec<usize> = hidden.collect();
    let mut unsolved = in_doubt.clone();
    let width = |site: &usize| panel[*site].widest.width();
    unsolved.sort_by(|a, b| width(b).total_cmp(&width(a)));
    for few in unsolved.chunks(AT_ONCE) {
        let solved: Vec<Option<CommonSpan>> = (few.par_iter())
            .map(|site| SiteEquations::of(panel[*site].site, axe)?.together())
            .collect();
        for (site, solved) in few.iter().zip(solved) {
            let site = &mut panel[*site];
            site.open = solved.unwrap_or(CommonSpan::just(site.truth));
        }
        let open = OpenSum::of(panel);
        in_doubt.retain(|site| !open.makes_up_for(panel, *site, said));
        if in_doubt.is_empty() {
            break;
        }
    }
    in_doubt
}

/// What is open of all sites of a panel, as far as they have been solved.
struct OpenSum {
    pub(super) all: CommonSpan,
    /// The two of which most is open.
    pub(super) widest: Vec<usize>,
}

impl OpenSum {
    fn of(panel: &[ComparedSite]) -> Self {
        let none = CommonSpan::just(CommonLevels {
            before: 0.0,
            after: 0.0,
        });
        let spans = panel.iter().map(|site| site.open);
        let mut widest: Vec<usize> = (0..panel.len()).collect();
        let width = |site: &usize| panel[*site].open.width();
        widest.sort_by(|a, b| width(b).total_cmp(&width(a)));
        widest.truncate(2);
        Self {
            all: spans.fold(none, CommonSpan::add),
            widest,
        }
    }

    /// Whether the others, the widest of which knows itself, make up for all that a site can be.
    fn makes_up_for(&self, panel: &[ComparedSite], site: usize, said: SaidOfPanel) -> bool {
        let Some(known) = self.widest.iter().find(|widest| **widest != site) else {
            return false;
        };
        let known = &panel[*known];
        let others = self.all.less(panel[site].open).less(known.open);
        let others = others.add(CommonSpan::just(known.truth));
        others.makes_up_for(&panel[site].widest, said)
    }
}

/// Equations of what both campaigns share of an axe at a site.
struct SiteEquations {
    /// Tightened.
    pub(super) system: System,
    pub(super) before: usize,
    pub(super) after: usize,
    pub(super) change: usize,
}

impl SiteEquations {
    fn of(site: &PanelSite, axe: &Axe) -> Option<Self> {
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
        Some(Self {
            system,
            before: common.before,
            after: common.after,
            change,
        })
    }

    fn by_intervals(&self) -> CommonSpan {
        let range = |unknown: usize| {
            let (low, high) = self.system.bounds(unknown);
            LevelRange { low, high }
        };
        CommonSpan {
            before: range(self.before),
            after: range(self.after),
            change: range(self.change),
        }
    }

    /// None when undecided: it is then taken as known.
    fn together(&self) -> Option<CommonSpan> {
        let effort = Effort::new(EFFORT);
        let mut exact = ExactBounds::of(&self.system, &effort);
        let mut range = |unknown: usize| {
            let (low, high) = exact.bounds(unknown)?;
            Some(LevelRange { low, high })
        };
        Some(CommonSpan {
            before: range(self.before)?,
            after: range(self.after)?,
            change: range(self.change)?,
        })
    }
}
