//! Critères and axes of one site: which of them would give back what few people answered.
//!
//! A critère is a weighted mean of its sources, a source of its questions, an axe of its critères,
//! and every weight is public. From all that this audience is given of a site, in this campaign and
//! in the one before, each hidden mean keeps between two bounds ([`crate::stats::feasible`]); they
//! must lie `marge_niveau` apart, else the critère is masked, then another one of its axe, then the
//! evolution, then the axe itself: the first that is enough, in that order.

mod half;
mod need;

use std::collections::{BTreeMap, BTreeSet};

use super::answers::Answers;
use super::delivery::Masks;
use super::ground::Ground;
use super::{Audience, Mask, printed};
use crate::figures::{Indicators, Level};
use crate::stats::feasible::System;
use crate::vocabulary::config::Thresholds;
use crate::vocabulary::referentiel::{Axe, Critere, Referentiel};
use half::Half;
use need::Need;

/// What a site's readers do not get of its critères and axes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Veil {
    /// Critères and axes without value, and what each protects.
    pub values: BTreeMap<String, (Mask, String)>,
    /// Critères and axes whose change is not said, and what each protects.
    pub changes: BTreeMap<String, String>,
    /// Critères and axes whose value of the campaign before stays hidden.
    pub before: BTreeSet<String>,
}

/// What can be masked for the sake of others.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Value(String),
    Change(String),
}

/// One campaign of one site, as this audience sees it beside its levels.
pub(super) struct View<'a> {
    pub code: String,
    indicators: &'a Indicators,
    referentiel: &'a Referentiel,
    audience: Audience,
    thresholds: &'a Thresholds,
    answers: &'a Answers,
    /// Position of the site among the structures.
    site: usize,
    /// Activity indicators printed for it.
    activities: &'a BTreeSet<&'static str>,
}

impl<'a> View<'a> {
    pub fn of(ground: &'a Ground, masks: &'a Masks, site: usize) -> Self {
        Self {
            code: ground.structures[site].code.clone(),
            indicators: ground.material.indicators,
            referentiel: ground.material.referentiel,
            audience: ground.material.audience,
            thresholds: &masks.thresholds,
            answers: &masks.answers,
            site,
            activities: &masks.activities[site],
        }
    }

    /// An axe by its code.
    fn axe(&self, code: &str) -> Option<&'a Axe> {
        self.referentiel.axes.iter().find(|a| a.code == code)
    }

    /// Its critères.
    fn criteres(&self, axe: &str) -> impl Iterator<Item = (usize, &'a Critere)> {
        let r = self.referentiel;
        let positions = self.axe(axe).map_or(&[][..], |a| &a.criteres);
        positions.iter().map(move |c| (*c, &r.criteres[*c]))
    }
}

/// One axe of one site.
struct Case<'a> {
    ground: &'a Ground<'a>,
    now: &'a View<'a>,
    then: Option<(&'a View<'a>, &'a Veil)>,
    axe: &'a str,
}

/// Veils the levels of a site, `then` being the campaign before and the veil it was delivered
/// with. `base` is what other readers of this delivery are not shown.
pub(super) fn of(
    ground: &Ground,
    now: &View,
    then: Option<&(View, &Veil)>,
    base: Option<&Veil>,
) -> Veil {
    let mut veil = Veil::default();
    for axe in &now.referentiel.axes {
        let case = Case {
            ground,
            now,
            then: then.map(|(view, veil)| (view, *veil)),
            axe: &axe.code,
        };
        case.primary(&mut veil);
        if let Some(base) = base {
            case.keep(base, &mut veil);
        }
        if let Some((_, before)) = case.then {
            veil.before.extend(before.values.keys().cloned());
        }
        case.repair(&mut veil);
    }
    veil
}

impl Case<'_> {
    /// Critères that rest on few people alone, or whose finding leaves the tool.
    fn primary(&self, veil: &mut Veil) {
        for (position, critere) in self.now.criteres(self.axe) {
            let figure = self
                .now
                .indicators
                .get(&self.now.code, Level::Critere, &critere.code);
            let Some(value) = figure.and_then(|f| f.value) else {
                continue;
            };
            let mask = if super::is_outside(self.now.referentiel, &critere.code, Some(value)) {
                Mask::Outside
            } else if let Some(mask) = half::rests_on_few(self.now, position) {
                mask
            } else {
                continue;
            };
            veil.values
                .insert(critere.code.clone(), (mask, String::new()));
        }
    }

    fn keep(&self, base: &Veil, veil: &mut Veil) {
        let codes = self.now.criteres(self.axe).map(|(_, c)| c.code.as_str());
        for code in codes.chain([self.axe]) {
            if let Some(earlier) = base.values.get(code) {
                let kept = veil.values.entry(code.to_owned());
                kept.or_insert_with(|| earlier.clone());
            }
            if let Some(earlier) = base.changes.get(code) {
                veil.changes.insert(code.to_owned(), earlier.clone());
            }
        }
    }

    /// The system of this campaign and the one before, tied by the changes that are said.
    fn system(&self, veil: &Veil) -> (System, Vec<Need>) {
        let mut system = System::default();
        let now = Half::build((self.now, veil), self.axe, &mut system);
        let Some((view, delivered)) = self.then else {
            return (system, now.needs);
        };
        let then = Half::build((view, delivered), self.axe, &mut system);
        self.tie_changes(veil, &now, &then, &mut system);
        let needs = now.needs.into_iter().chain(then.needs).collect();
        (system, needs)
    }

    fn tie_changes(&self, veil: &Veil, now: &Half, then: &Half, system: &mut System) {
        let line = |level, code: &str| self.ground.line(&self.now.code, level, code);
        let delta = |level, code: &str| line(level, code).and_then(|l| l.delta);
        let mut common: Vec<(usize, usize, f64)> = Vec::new();
        for (code, &(after, weight)) in &now.criteres {
            let (Some(change), Some(&(before, _))) =
                (delta(Level::Critere, code), then.criteres.get(code))
            else {
                continue;
            };
            common.push((before, after, weight));
            if !veil.hides_change(code) {
                let said = printed::change(change);
                let unknown = system.unknown(said.low, said.high);
                system.tie(vec![(after, 1.0), (before, -1.0), (unknown, -1.0)]);
            }
        }
        let code = self.axe;
        let Some((line, change)) = line(Level::Axe, code).and_then(|l| Some((l, l.delta?))) else {
            return;
        };
        if veil.hides_change(code) || common.is_empty() {
            return;
        }
        let target = self.now.axe(code).map_or(4.0, |a| a.cible);
        let first = line.value1.map_or((1.0, 4.0), |v| {
            let said = printed::level(v, target);
            (said.low, said.high)
        });
        let said = printed::change(change);
        let (before, moved) = (
            system.unknown(first.0, first.1),
            system.unknown(said.low, said.high),
        );
        let after = system.unknown(1.0, 4.0);
        system.tie(vec![(after, 1.0), (before, -1.0), (moved, -1.0)]);
        let olds: Vec<(usize, f64)> = common.iter().map(|(b, _, w)| (*b, *w)).collect();
        let news: Vec<(usize, f64)> = common.iter().map(|(_, a, w)| (*a, *w)).collect();
        system.mean(before, &olds);
        system.mean(after, &news);
        now.split_axe(&news, after, system);
    }

    /// Masks one part after the other until every need is met.
    fn repair(&self, veil: &mut Veil) {
        let failing = |veil: &Veil| -> Vec<Need> {
            let (mut system, needs) = self.system(veil);
            if needs.is_empty() {
                return needs;
            }
            system.tighten();
            needs.into_iter().filter(|n| !n.is_met(&system)).collect()
        };
        loop {
            let narrow = failing(veil);
            let Some(first) = narrow.first() else {
                return;
            };
            let parts = self.parts(veil, &narrow);
            let tried = parts.into_iter().map(|part| {
                let mut with = veil.clone();
                with.mask(&part, &first.label);
                (failing(&with).len(), with)
            });
            let mut best: Option<(usize, Veil)> = None;
            for (left, with) in tried {
                if best.as_ref().is_none_or(|(least, _)| left < *least) {
                    best = Some((left, with));
                }
                if left == 0 {
                    break;
                }
            }
            match best {
                Some((_, with)) => *veil = with,
                // Nothing more is shown: nothing more can be given back.
                None => return,
            }
        }
    }

    /// What can still be masked, the most natural first: the critère itself, its neighbours with
    /// the fewest sources (impératifs last), the changes, the axe.
    fn parts(&self, veil: &Veil, narrow: &[Need]) -> Vec<Part> {
        let shown = |code: &&str| !veil.values.contains_key(*code);
        let own: Vec<&str> = narrow.iter().map(|n| n.critere.as_str()).collect();
        let mut codes: Vec<(bool, bool, usize, &str)> = self
            .now
            .criteres(self.axe)
            .map(|(_, c)| c)
            .filter(|c| shown(&c.code.as_str()))
            .map(|c| {
                let figure = self.ground.figure(&self.now.code, Level::Critere, &c.code);
                let sources = figure.map_or(0, |f| f.n);
                let mine = own.contains(&c.code.as_str());
                (!mine, c.imperatif, sources, c.code.as_str())
            })
            .collect();
        codes.sort_unstable();
        let values = codes.iter().map(|c| Part::Value(c.3.to_owned()));
        let all = codes.iter().map(|c| c.3).chain([self.axe]);
        let changes = all.filter(|c| {
            let level = if *c == self.axe {
                Level::Axe
            } else {
                Level::Critere
            };
            let said = self.ground.line(&self.now.code, level, c);
            said.is_some_and(|l| l.delta.is_some()) && !veil.changes.contains_key(*c)
        });
        let changes: Vec<Part> = changes.map(|c| Part::Change(c.to_owned())).collect();
        let axe = Some(self.axe).filter(shown);
        values
            .chain(changes)
            .chain(axe.map(|a| Part::Value(a.to_owned())))
            .collect()
    }
}

impl Veil {
    /// A change is said only where both values are.
    pub fn hides_change(&self, code: &str) -> bool {
        let both = self.values.contains_key(code) || self.before.contains(code);
        both || self.changes.contains_key(code)
    }

    fn mask(&mut self, part: &Part, protects: &str) {
        match part {
            Part::Value(code) => {
                let entry = (Mask::Derivable, protects.to_owned());
                self.values.insert(code.clone(), entry);
            }
            Part::Change(code) => {
                self.changes.insert(code.clone(), protects.to_owned());
            }
        }
    }
}
