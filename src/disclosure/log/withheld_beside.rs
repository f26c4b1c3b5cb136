//! What an edition withholds because something that it masks was told before, of the same answers. What is told
//! today was decided safe while that part stayed hidden; who kept an earlier edition holds both. So of the axe it is
//! in nothing is told that never was: what readers hold of it is then what an earlier edition was decided on.

use std::collections::{BTreeMap, BTreeSet};

use super::figure_key::figure_key;
use super::repeated_answers::AnswerHistory;
use super::told_parts::{EverTold, tells_change, tells_level};
use crate::disclosure::cleared::{
    AskedQuestion, ClearedActivity, ClearedFigure, ClearedSite, ExactAnswers, FigurePlace, Mask,
    Shown,
};

/// Axes of which nothing new is told.
#[derive(Debug, Default)]
pub(crate) struct FrozenAxes {
    by_site: BTreeMap<String, BTreeSet<String>>,
}

impl FrozenAxes {
    /// Adds the axes of a site.
    pub(crate) fn add(&mut self, site: &str, axes: BTreeSet<String>) {
        if !axes.is_empty() {
            self.by_site.insert(site.to_owned(), axes);
        }
    }

    /// Whether a question at a place is in one of them. Where sites are read side by side, an answer elsewhere
    /// takes something away from what is around a site.
    pub(crate) fn hold(
        &self,
        place: &FigurePlace,
        question: &str,
        exact: &ExactAnswers,
        is_together: bool,
    ) -> bool {
        let Some(axes) = exact.axes_of.get(question) else {
            return false;
        };
        let held = |frozen: &BTreeSet<String>| !frozen.is_disjoint(axes);
        match place {
            FigurePlace::Site(site) if !is_together => self.by_site.get(site).is_some_and(held),
            _ => self.by_site.values().any(held),
        }
    }
}

/// Questions asked at each site.
pub(crate) type AskedBySite<'a> = BTreeMap<&'a str, Vec<&'a AskedQuestion>>;

/// The questions of a delivery, site by site.
pub(crate) fn asked_by_site(exact: &ExactAnswers) -> AskedBySite<'_> {
    let mut all = AskedBySite::new();
    for asked in &exact.asked {
        if let FigurePlace::Site(code) = &asked.place {
            all.entry(code).or_default().push(asked);
        }
    }
    all
}

/// A site, and what its readers were told of it before.
pub(crate) struct SiteBeside<'a> {
    pub(crate) told: &'a EverTold,
    pub(crate) asked: &'a [&'a AskedQuestion],
    pub(crate) answers: &'a AnswerHistory,
    pub(crate) audience: &'a str,
    pub(crate) exact: &'a ExactAnswers,
}

/// What a site no longer tells.
#[derive(Debug, Default)]
pub(crate) struct WithheldParts {
    /// Codes of critères and axes.
    pub(crate) figures: Vec<String>,
    /// How many indicators of activity.
    pub(crate) activities: usize,
    /// Axes of which nothing new is told.
    pub(crate) axes: BTreeSet<String>,
}

impl SiteBeside<'_> {
    /// Withholds from a site what it never told of the axes where something told before is masked.
    pub(crate) fn withhold(&self, site: &mut ClearedSite) -> WithheldParts {
        let axes = self.axes_masked_since(site);
        let mut withheld = WithheldParts::default();
        if axes.is_empty() {
            return withheld;
        }
        let levels = site.criteres.iter_mut().chain(&mut site.axes);
        for figure in levels.filter(|figure| axes.contains(&figure.axe)) {
            let before = figure.clone();
            if tells_level(figure) && !self.told.has_level(&figure.code) {
                figure.value = Some(Shown::Masked(Mask::Derivable));
            }
            let is_new = !self.told.has_change(&figure.code);
            if tells_change(figure) && (is_new || !tells_level(figure)) {
                figure.previous = None;
                figure.evolution = None;
            }
            if *figure != before {
                withheld.figures.push(figure.code.clone());
            }
        }
        for activity in &mut site.activities {
            let is_new = self.told.lacks_activity(&activity.code);
            if is_new && is_told(activity) && self.weighs_in(&activity.code, &axes) {
                activity.value = Some(Shown::Masked(Mask::Derivable));
                withheld.activities += 1;
            }
        }
        withheld.axes = axes;
        withheld
    }

    /// Axes of which something is masked that was told of the same answers.
    fn axes_masked_since(&self, site: &ClearedSite) -> BTreeSet<String> {
        let levels = || site.criteres.iter().chain(&site.axes);
        let compares = levels().any(tells_change);
        let is_masked = |figure: &&ClearedFigure| {
            let value = figure.value.is_some() && !tells_level(figure);
            let change = compares && !tells_change(figure);
            (value && self.told.has_level(&figure.code))
                || (change && self.told.has_change(&figure.code))
        };
        let mut axes: BTreeSet<String> = levels()
            .filter(is_masked)
            .map(|figure| figure.axe.clone())
            .collect();
        let activities = site.activities.iter();
        let masked = activities.filter(|a| a.value.is_some() && !is_told(a));
        let activities = masked.filter(|a| self.told.has_activity(&a.code));
        let codes = activities.map(|a| a.code.as_str());
        let questions = self.asked.iter().filter(|asked| self.was_told(asked));
        for code in codes.chain(questions.map(|asked| asked.code.as_str())) {
            axes.extend(self.exact.axes_of.get(code).into_iter().flatten().cloned());
        }
        axes
    }

    /// Whether a question that is masked today was told of the same answers.
    fn was_told(&self, asked: &AskedQuestion) -> bool {
        let states = self.answers.get(&figure_key(&asked.place, &asked.code));
        let mut states = states.into_iter().flatten();
        !asked.shown && states.any(|s| s.seen_by(self.audience) == Some(&asked.answers))
    }

    fn weighs_in(&self, code: &str, axes: &BTreeSet<String>) -> bool {
        let own = self.exact.axes_of.get(code);
        own.is_some_and(|own| !own.is_disjoint(axes))
    }
}

fn is_told(activity: &ClearedActivity) -> bool {
    matches!(activity.value, Some(Shown::Value(_)))
}
