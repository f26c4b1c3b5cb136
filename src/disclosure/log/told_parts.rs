//! What readers were ever told of a site under the same answers, part by part: an edition that keeps one of these
//! back was decided as if nobody knew it.

use std::collections::BTreeSet;

use super::kept_levels::KeptSite;
use crate::disclosure::cleared::{ClearedFigure, Shown};

/// Something told of a site, by its code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ToldPart {
    /// Level of a critère or axe.
    Level(String),
    /// Its change.
    Change(String),
    /// An activity indicator.
    Activity(String),
}

/// Everything that an audience was told of a site while its answers were the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct EverTold {
    parts: BTreeSet<ToldPart>,
    /// Some delivery was made before activity indicators were noted: which were told is not known.
    lacks_activities: bool,
}

impl EverTold {
    /// Adds what a delivery printed.
    pub(crate) fn add(&mut self, kept: &KeptSite) {
        for (code, figure) in &kept.chiffres {
            if figure.has_value() {
                self.parts.insert(ToldPart::Level(code.clone()));
            }
            if figure.has_change() {
                self.parts.insert(ToldPart::Change(code.clone()));
            }
        }
        match &kept.activites {
            Some(codes) => {
                let told = codes.iter().cloned().map(ToldPart::Activity);
                self.parts.extend(told);
            }
            None => self.lacks_activities = true,
        }
    }

    /// Adds what the same readers were told elsewhere.
    pub(crate) fn join(&mut self, other: &Self) {
        self.parts.extend(other.parts.iter().cloned());
        self.lacks_activities |= other.lacks_activities;
    }

    /// Whether the level of a figure was told.
    pub(crate) fn has_level(&self, code: &str) -> bool {
        self.parts.contains(&ToldPart::Level(code.to_owned()))
    }

    /// Whether its change was.
    pub(crate) fn has_change(&self, code: &str) -> bool {
        self.parts.contains(&ToldPart::Change(code.to_owned()))
    }

    /// Whether an activity indicator was.
    pub(crate) fn has_activity(&self, code: &str) -> bool {
        self.parts.contains(&ToldPart::Activity(code.to_owned()))
    }

    /// Whether an activity indicator surely was not.
    pub(crate) fn lacks_activity(&self, code: &str) -> bool {
        !self.lacks_activities && !self.has_activity(code)
    }
}

/// Whether a figure prints its level.
pub(crate) fn tells_level(figure: &ClearedFigure) -> bool {
    matches!(figure.value, Some(Shown::Value(_)))
}

/// Whether it prints its change, or the level of the campaign before.
pub(crate) fn tells_change(figure: &ClearedFigure) -> bool {
    let delta = figure.evolution.as_ref().and_then(|e| e.delta);
    figure.previous.is_some() || delta.is_some()
}
