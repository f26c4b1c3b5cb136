//! What is masked of one axe of one site: what must be, then one part after the other until no
//! hidden mean can be had from the rest.

use super::campaign_equations::{CampaignEquations, WeightedUnknown};
use super::hidden_levels::{HiddenLevels, HiddenValue, MaskablePart, ProtectedMean};
use super::hidden_mean::HiddenMean;
use super::site_view::SiteView;
use super::used_sources::rests_on_few;
use crate::disclosure::cleared::Mask;
use crate::disclosure::decide::printed_level::{LevelRange, printed_change, printed_level};
use crate::disclosure::decide::reading::Reading;
use crate::figures::{Level, leaves_the_tool};
use crate::stats::exact_bounds::{Effort, ExactBounds, FoundSolutions};
use crate::stats::feasible::System;

/// Target of an axe that is not found: the top level.
const NO_TARGET: f64 = 4.0;

/// What is solved exactly of an axe of a site, at most (`Effort`): a hundred times what the example
/// takes. Beyond that all that can be masked of the axe is.
pub(crate) const EFFORT: u64 = 20_000_000;

/// A site in the campaign before, and what was hidden of it then.
pub(crate) struct EarlierSite<'a> {
    pub(crate) view: SiteView<'a>,
    pub(crate) hidden: &'a HiddenLevels,
}

/// One axe of one site.
struct AxeMasking<'a> {
    now: &'a SiteView<'a>,
    then: Option<&'a EarlierSite<'a>>,
    axe: &'a str,
    readings: Vec<Reading>,
    effort: Effort,
}

/// A critère of both campaigns.
struct SharedCritere {
    before: usize,
    after: usize,
    weight: f64,
    /// Its change is that of all its sources.
    is_whole: bool,
}

/// A critère that can be masked, the most natural first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct MaskingCandidate<'a> {
    is_other: bool,
    is_imperatif: bool,
    sources: usize,
    code: &'a str,
}

/// Means of what both campaigns share of an axe at a site, and what must stay hidden of it.
pub(crate) struct CommonEquations {
    pub(crate) before: usize,
    pub(crate) after: usize,
    pub(crate) means: Vec<HiddenMean>,
}

/// Unknowns of what both campaigns share of an axe.
#[derive(Clone, Copy)]
struct CommonMeans {
    before: usize,
    after: usize,
}

/// What still gives a mean back once a part more is masked.
struct Attempt {
    failing: usize,
    hidden: HiddenLevels,
}

/// Levels of a site decided on.
pub(crate) struct DecidedLevels {
    pub(crate) hidden: HiddenLevels,
    /// What was solved of each axe: it may hold for who reads beside.
    pub(crate) found: Vec<FoundSolutions>,
}

/// Hides the levels of a site. `base` is what other readers of this delivery are not shown.
pub(crate) fn hide_levels(
    now: &SiteView,
    then: Option<&EarlierSite>,
    base: Option<&DecidedLevels>,
) -> DecidedLevels {
    let mut hidden = HiddenLevels::default();
    let readings = readings(now, then);
    let axes = now.figures.referentiel.axes.iter().enumerate();
    let found = axes.map(|(position, axe)| {
        let known = base.and_then(|base| base.found.get(position)).cloned();
        let masking = AxeMasking {
            now,
            then,
            axe: &axe.code,
            readings: readings.clone(),
            effort: Effort::knowing(EFFORT, known.unwrap_or_default()),
        };
        masking.hide_what_must_be(&mut hidden);
        if let Some(base) = base {
            masking.keep(&base.hidden, &mut hidden);
        }
        if let Some(then) = then {
            hidden.before.extend(then.hidden.values.keys().cloned());
        }
        masking.repair(&mut hidden);
        masking.effort.into_found()
    });
    let found = found.collect();
    DecidedLevels { hidden, found }
}

/// The equations of an axe of a site with what both campaigns share of it, whether its change is said or
/// not; none when they share nothing.
pub(crate) fn common_equations(
    now: &SiteView,
    then: &EarlierSite,
    hidden: &HiddenLevels,
    axe: &str,
    system: &mut System,
) -> Option<CommonEquations> {
    let masking = AxeMasking {
        now,
        then: Some(then),
        axe,
        readings: Vec::new(),
        effort: Effort::new(EFFORT),
    };
    masking.common(hidden, system)
}

/// Means of an axe that a site's report gives back to its members, by what is told of totals too.
pub(crate) fn given_to_members(
    now: &SiteView,
    then: Option<&EarlierSite>,
    hidden: &HiddenLevels,
    axe: &str,
) -> Vec<HiddenMean> {
    let masking = AxeMasking {
        now,
        then,
        axe,
        readings: vec![Reading::Lowest, Reading::Highest],
        effort: Effort::new(EFFORT),
    };
    masking.failing(hidden)
}

/// Hidden means of a site that its published figures give back, and how many were tried.
#[derive(Default)]
pub(crate) struct GivenBack {
    pub(crate) tried: usize,
    pub(crate) found: Vec<ProtectedMean>,
}

/// Tries every hidden mean of a site against all that is published of it.
pub(crate) fn given_back(
    now: &SiteView,
    then: Option<&EarlierSite>,
    hidden: &HiddenLevels,
) -> GivenBack {
    let mut back = GivenBack::default();
    let readings = readings(now, then);
    for axe in &now.figures.referentiel.axes {
        let masking = AxeMasking {
            now,
            then,
            axe: &axe.code,
            readings: readings.clone(),
            effort: Effort::new(EFFORT),
        };
        // What was too long to decide was masked with all that can be of its axe.
        let is_all_masked = masking.maskable(hidden, &[]).is_empty();
        for reading in &masking.readings {
            let mut system = System::default();
            let means = masking.equations(*reading, hidden, &mut system);
            system.tighten();
            back.tried += means.len();
            let mut exact = ExactBounds::of(&system, &masking.effort);
            let failing = means
                .into_iter()
                .filter(|mean| !mean.meets(&mut exact).unwrap_or(is_all_masked));
            back.found.extend(failing.map(|failing| failing.mean));
        }
    }
    back
}

/// Who reads of a site more than anyone, in either campaign: teams by their position in this one.
fn readings(now: &SiteView, then: Option<&EarlierSite>) -> Vec<Reading> {
    let margin = now.thresholds.marge_niveau;
    let mut all = now.answers.readings(now.site, margin);
    if let Some(EarlierSite { view, .. }) = then {
        let before = view.answers.readings(view.site, margin);
        let known = before
            .into_iter()
            .map(|reading| now.read_by(reading, view.figures));
        all.extend(known.map(|view| view.reading));
    }
    all.into_iter().collect()
}

impl<'a> AxeMasking<'a> {
    fn codes(&self) -> impl Iterator<Item = &'a str> {
        let now = self.now;
        let positions = now.positions(self.axe).iter();
        positions.map(move |position| now.critere(*position).code.as_str())
    }

    /// Critères that rest on few people alone, or whose finding leaves the tool.
    fn hide_what_must_be(&self, hidden: &mut HiddenLevels) {
        for position in self.now.positions(self.axe) {
            let code = &self.now.critere(*position).code;
            let Some(value) = self.now.level(*position) else {
                continue;
            };
            let mask = if leaves_the_tool(self.now.figures.referentiel, code, Some(value)) {
                Some(Mask::Outside)
            } else {
                rests_on_few(self.now, *position)
            };
            if let Some(mask) = mask {
                let value = HiddenValue {
                    mask,
                    protects: None,
                };
                hidden.values.insert(code.clone(), value);
            }
        }
    }

    fn keep(&self, base: &HiddenLevels, hidden: &mut HiddenLevels) {
        for code in self.codes().chain([self.axe]) {
            if let Some(earlier) = base.values.get(code) {
                let kept = hidden.values.entry(code.to_owned());
                kept.or_insert_with(|| earlier.clone());
            }
            if let Some(earlier) = base.changes.get(code) {
                hidden.changes.insert(code.to_owned(), earlier.clone());
            }
        }
    }

    /// Means that the rest gives back: by intervals first, and by the exact solver what they leave
    /// open; to the first reader who gets any.
    fn failing(&self, hidden: &HiddenLevels) -> Vec<HiddenMean> {
        let readings = self.readings.iter();
        let mut failing = readings.map(|reading| self.failing_to(*reading, hidden));
        failing.find(|means| !means.is_empty()).unwrap_or_default()
    }

    fn failing_to(&self, reading: Reading, hidden: &HiddenLevels) -> Vec<HiddenMean> {
        let mut system = System::default();
        let means = self.equations(reading, hidden, &mut system);
        if means.is_empty() {
            return means;
        }
        system.tighten();
        let found = |mean: &HiddenMean| !mean.seems_met(&system);
        if means.iter().any(found) {
            return means.into_iter().filter(found).collect();
        }
        let mut exact = ExactBounds::of(&system, &self.effort);
        let failing = means.into_iter().filter(|mean| !mean.is_met(&mut exact));
        failing.collect()
    }

    /// The equations of this campaign and the one before, tied by the changes that are said; the
    /// means that must stay hidden.
    fn equations(
        &self,
        reading: Reading,
        hidden: &HiddenLevels,
        system: &mut System,
    ) -> Vec<HiddenMean> {
        let campaign = self.now.figures;
        let view = self.now.read_by(reading, campaign);
        let now = CampaignEquations::build(&view, hidden, self.axe, system);
        let Some(earlier) = self.then else {
            return now.means;
        };
        let view = earlier.view.read_by(reading, campaign);
        let then = CampaignEquations::build(&view, earlier.hidden, self.axe, system);
        let shared = self.tie_criteres(hidden, &now, &then, system);
        if !hidden.hides_change(self.axe) && !shared.is_empty() {
            let common = Self::share(&now, &shared, system);
            self.tie_axe(common, system);
        }
        now.means.into_iter().chain(then.means).collect()
    }

    /// The same as its reader has it, with what both campaigns share.
    fn common(&self, hidden: &HiddenLevels, system: &mut System) -> Option<CommonEquations> {
        let earlier = self.then?;
        let now = CampaignEquations::build(self.now, hidden, self.axe, system);
        let then = CampaignEquations::build(&earlier.view, earlier.hidden, self.axe, system);
        let shared = self.tie_criteres(hidden, &now, &then, system);
        if shared.is_empty() {
            return None;
        }
        let common = Self::share(&now, &shared, system);
        if !hidden.hides_change(self.axe) {
            self.tie_axe(common, system);
        }
        Some(CommonEquations {
            before: common.before,
            after: common.after,
            means: now.means.into_iter().chain(then.means).collect(),
        })
    }

    fn tie_criteres(
        &self,
        hidden: &HiddenLevels,
        now: &CampaignEquations,
        then: &CampaignEquations,
        system: &mut System,
    ) -> Vec<SharedCritere> {
        let mut shared = Vec::new();
        for (code, after) in &now.criteres {
            let line = self.now.figures.line(self.now.code, Level::Critere, code);
            let Some((line, change)) = line.and_then(|l| Some((l, l.delta?))) else {
                continue;
            };
            let sources = &line.sources;
            let (Some(before), Some(last)) = (
                then.compared(code, sources, system),
                now.compared(code, sources, system),
            ) else {
                continue;
            };
            shared.push(SharedCritere {
                before,
                after: last,
                weight: after.weight,
                is_whole: sources.is_empty(),
            });
            let after = last;
            // Unknowns stand at the same places whatever is said: a solution found holds for other readers.
            let said = printed_change(change);
            let moved = system.unknown(said.low, said.high);
            if !hidden.hides_change(code) {
                system.tie(vec![(after, 1.0), (before, -1.0), (moved, -1.0)]);
            }
        }
        shared
    }

    fn share(
        now: &CampaignEquations,
        shared: &[SharedCritere],
        system: &mut System,
    ) -> CommonMeans {
        let mut unknown = || system.unknown(LevelRange::ALL.low, LevelRange::ALL.high);
        let (before, after) = (unknown(), unknown());
        let old: Vec<(usize, f64)> = shared.iter().map(|s| (s.before, s.weight)).collect();
        let new: Vec<(usize, f64)> = shared.iter().map(|s| (s.after, s.weight)).collect();
        system.mean(before, &old);
        system.mean(after, &new);
        if !shared.iter().all(|s| s.is_whole) {
            // The axe is then no mean of what is compared.
            return CommonMeans { before, after };
        }
        let shared: Vec<WeightedUnknown> = shared
            .iter()
            .map(|s| WeightedUnknown {
                unknown: s.after,
                weight: s.weight,
            })
            .collect();
        now.split_axe(&shared, after, system);
        CommonMeans { before, after }
    }

    fn tie_axe(&self, common: CommonMeans, system: &mut System) {
        let line = self.now.figures.line(self.now.code, Level::Axe, self.axe);
        let Some((line, change)) = line.and_then(|l| Some((l, l.delta?))) else {
            return;
        };
        let target = self.now.axe(self.axe).map_or(NO_TARGET, |a| a.cible);
        let first = line.value1.map_or(LevelRange::ALL, |value| {
            printed_level(value, target).range()
        });
        let said = printed_change(change);
        let CommonMeans { before, after } = common;
        system.learn(before, first.low, first.high);
        let moved = system.unknown(said.low, said.high);
        system.tie(vec![(after, 1.0), (before, -1.0), (moved, -1.0)]);
    }

    /// Masks one part after the other until no mean is given back, or nothing more is shown: then
    /// nothing more can be given back. What would take too long to decide is masked.
    fn repair(&self, hidden: &mut HiddenLevels) {
        loop {
            let failing = self.failing(hidden);
            let Some(first) = failing.first() else {
                return;
            };
            if self.effort.is_spent() {
                for part in self.maskable(hidden, &failing) {
                    *hidden = hidden.with(&part, &first.mean);
                }
                return;
            }
            let mut best: Option<Attempt> = None;
            for part in self.maskable(hidden, &failing) {
                let tried = hidden.with(&part, &first.mean);
                let left = self.failing(&tried).len();
                if best.as_ref().is_none_or(|b| left < b.failing) {
                    best = Some(Attempt {
                        failing: left,
                        hidden: tried,
                    });
                }
                if left == 0 {
                    break;
                }
            }
            match best {
                Some(attempt) => *hidden = attempt.hidden,
                None => return,
            }
        }
    }

    /// What can still be masked, the most natural first: the critère itself, its neighbours with
    /// the fewest sources (impératifs last), the changes, the axe.
    fn maskable(&self, hidden: &HiddenLevels, failing: &[HiddenMean]) -> Vec<MaskablePart> {
        let mut candidates = Vec::new();
        for position in self.now.positions(self.axe) {
            let critere = self.now.critere(*position);
            let code = critere.code.as_str();
            if hidden.values.contains_key(code) {
                continue;
            }
            let figure = self.now.figures.figure(self.now.code, Level::Critere, code);
            candidates.push(MaskingCandidate {
                is_other: !failing.iter().any(|mean| mean.critere == code),
                is_imperatif: critere.imperatif,
                sources: figure.map_or(0, |f| f.n),
                code,
            });
        }
        candidates.sort_unstable();
        let codes: Vec<&str> = candidates.iter().map(|c| c.code).collect();
        let values = codes
            .iter()
            .map(|code| MaskablePart::Value((*code).to_owned()));
        let changes = codes
            .iter()
            .copied()
            .chain([self.axe])
            .filter(|code| self.is_change_said(hidden, code))
            .map(|code| MaskablePart::Change(code.to_owned()));
        let axe = Some(self.axe).filter(|code| !hidden.values.contains_key(*code));
        values
            .chain(changes)
            .chain(axe.map(|code| MaskablePart::Value(code.to_owned())))
            .collect()
    }

    fn is_change_said(&self, hidden: &HiddenLevels, code: &str) -> bool {
        let level = if code == self.axe {
            Level::Axe
        } else {
            Level::Critere
        };
        let line = self.now.figures.line(self.now.code, level, code);
        line.is_some_and(|l| l.delta.is_some()) && !hidden.changes.contains_key(code)
    }
}
