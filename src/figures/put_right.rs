//! Findings put right since: a dated line beside the grid, which it does not replace. It counts as conforme where
//! every grid that found otherwise came no later; a grid of a later day has the last word.

use super::collect::Collected;
use super::element::{RatedElement, TOP, is_met};
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic, Location};

/// What became of a correction that somebody dated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionFate {
    /// The finding counts as conforme since that day.
    Holds(Option<Day>),
    /// A grid of a later day, the second, still finds it otherwise.
    Contradicted(Day, Day),
    /// No grid found it otherwise: what was found, or not looked at, stays.
    WithoutObject(Option<Day>),
}

impl Collected {
    /// What became of the correction of an élément at a structure; none when nobody dated one.
    pub fn correction(
        &self,
        structure: &str,
        element: usize,
        code: &str,
    ) -> Option<CorrectionFate> {
        let site = self.site(structure)?;
        let day = *self.corrections.get(&site)?.get(code)?;
        let source = self.source(element);
        let mut is_found = false;
        let mut latest = None;
        for visit in self.visits_at(site, element) {
            let tally = visit.used();
            let is_below = tally.levels > 0 && !is_met(tally.mean());
            if !is_below {
                continue;
            }
            is_found = true;
            let grids = self.grids(structure, source).iter();
            let days = grids
                .filter(|g| g.visit == visit.name)
                .filter_map(|g| g.date);
            latest = latest.max(days.max());
        }
        Some(match (day, latest) {
            _ if !is_found => CorrectionFate::WithoutObject(day),
            // A day that nobody wrote on the grid contradicts nobody: who dates a correction says that it came after.
            (Some(day), Some(seen)) if seen > day => CorrectionFate::Contradicted(day, seen),
            _ => CorrectionFate::Holds(day),
        })
    }

    /// The day on which somebody says that an élément was put right, whatever became of it.
    pub(crate) fn corrected_on(&self, structure: &str, code: &str) -> Option<Day> {
        *self.corrections.get(&self.site(structure)?)?.get(code)?
    }

    /// Corrections of a structure: élément by its code, in that order.
    pub(super) fn corrected(&self, structure: &str) -> impl Iterator<Item = &str> {
        let of_site = self.site(structure).and_then(|s| self.corrections.get(&s));
        of_site.into_iter().flatten().map(|(code, _)| code.as_str())
    }
}

/// The value of an élément whose finding was put right.
pub(super) fn put_right(rated: RatedElement) -> RatedElement {
    let mut value = rated.value;
    value.value = value.value.map(|_| TOP);
    RatedElement {
        value,
        corrected: true,
        ..rated
    }
}

/// What is to be said of a correction that changes nothing.
pub(super) fn unused(structure: &str, code: &str, fate: CorrectionFate) -> Option<Diagnostic> {
    let day = |day: Option<Day>| day.map_or(String::new(), |d| format!(" le {}", d.short()));
    let message = match fate {
        CorrectionFate::Holds(_) => return None,
        CorrectionFate::Contradicted(corrected, seen) => format!(
            "{structure}, « {code} » : dit corrigé le {}, et constaté encore non conforme le {} ; ce constat est gardé.",
            corrected.short(),
            seen.short()
        ),
        CorrectionFate::WithoutObject(corrected) => format!(
            "{structure}, « {code} » : dit corrigé{}, et aucune grille ne l’a constaté non conforme.",
            day(corrected)
        ),
    };
    Some(Diagnostic::new(
        Code::CorrectionUnused,
        Location::none(),
        message,
    ))
}
