//! What somebody of a site finds who reads its own report beside the totals told to others: of questions
//! to which too few answered there to be shown even to them.

use super::axe_masking::{EarlierSite, given_to_members};
use super::hidden_levels::HiddenLevels;
use super::hidden_mean::HiddenMean;
use super::site_view::SiteView;
use crate::disclosure::decide::printed_level::LevelRange;
use crate::disclosure::decide::reading::Reading;

/// The report of a site, beside the totals that its members read too.
pub(crate) struct MemberReport<'a> {
    pub(crate) now: SiteView<'a>,
    pub(crate) then: Option<EarlierSite<'a>>,
    /// What the report hides.
    pub(crate) hidden: &'a HiddenLevels,
}

/// A question whose total bounds the answers of a site, and how much it leaves of what would be open
/// without it.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct BoundQuestion {
    left: f64,
    element: usize,
}

impl MemberReport<'_> {
    /// Questions, by position, whose totals give something back: one for each axe of which anything is,
    /// the one that bounds most. None of an axe that the report itself gives away.
    pub(crate) fn told_by_totals(&self) -> Vec<usize> {
        let axes = self.now.figures.referentiel.axes.iter();
        axes.filter_map(|axe| self.told_of(&axe.code)).collect()
    }

    fn told_of(&self, axe: &str) -> Option<usize> {
        let then = self.then.as_ref();
        let is_bound = |critere: &usize| self.bound_of(*critere).is_some();
        if !self.now.positions(axe).iter().any(is_bound) {
            return None;
        }
        let failing = given_to_members(&self.now, then, self.hidden, axe);
        let first = failing.first()?;
        let bound = self.bound_questions(axe, first);
        let alone = SiteView {
            beside: None,
            ..self.now
        };
        let is_told = given_to_members(&alone, then, self.hidden, axe).is_empty();
        bound.filter(|_| is_told)
    }

    /// The question of a mean itself, or of its critère, else of its axe.
    fn bound_questions(&self, axe: &str, failing: &HiddenMean) -> Option<usize> {
        let r = self.now.figures.referentiel;
        let own = r.element(&failing.mean.code).and_then(|e| self.bound(e));
        if let Some(own) = own {
            return Some(own.element);
        }
        let critere = r.critere(&failing.critere);
        let critere = critere.and_then(|critere| self.bound_of(critere));
        let positions = self.now.positions(axe).iter();
        let others = || {
            let all = positions.filter_map(|critere| self.bound_of(*critere));
            all.min_by(|a, b| a.left.total_cmp(&b.left))
        };
        critere.or_else(others).map(|bound| bound.element)
    }

    /// The question of a critère that is bound most.
    fn bound_of(&self, critere: usize) -> Option<BoundQuestion> {
        let elements = self.now.critere(critere).elements.iter();
        let bound = elements.filter_map(|e| self.bound(*e));
        bound.min_by(|a, b| a.left.total_cmp(&b.left))
    }

    /// A question that the report does not tell as it is.
    fn bound(&self, element: usize) -> Option<BoundQuestion> {
        if !self.now.answers.is_unclear(element, self.now.site) {
            return None;
        }
        let mut left: Option<f64> = None;
        for reading in [Reading::Lowest, Reading::Highest] {
            let site = self.now.site;
            let alone = self.now.answers.range(element, site, reading);
            let alone = alone.unwrap_or(LevelRange::ALL).width();
            let told = self.now.totals().range(element, site, reading);
            let share = told.map(|told| told.width() / alone.max(f64::EPSILON));
            let less = share.filter(|share| *share < 1.0 - 1e-9);
            left = less.into_iter().chain(left).reduce(f64::min);
        }
        left.map(|left| BoundQuestion { left, element })
    }
}
