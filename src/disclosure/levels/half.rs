//! One campaign of one axe at one site: its critères, their sources, the questions in them.

use std::collections::BTreeMap;

use super::super::answers;
use super::super::printed;
use super::super::site::SHOWN_GAPS;
use super::super::tree::{Node, State, dominant, floor};
use super::need::{Need, Room};
use super::{Mask, Veil, View};
use crate::figures::{Figure, FigureStatus, Level, SiteActivity};
use crate::stats::feasible::System;
use crate::vocabulary::referentiel::{Critere, Element, SourceCode};

/// Unknowns of one campaign.
pub(super) struct Half {
    /// Critères with a value: unknown and weight in the axe, by code.
    pub criteres: BTreeMap<String, (usize, f64)>,
    /// The axe, when it has a value.
    pub axe: Option<usize>,
    /// What must stay hidden.
    pub needs: Vec<Need>,
}

/// A source that enters a critère: its code and weight.
type Used = (SourceCode, f64);

/// Why a critère that rests on few people alone is masked: every source that carries it is a
/// questionnaire under the audience's threshold, and its value would be that questionnaire's mean.
pub(super) fn rests_on_few(view: &View, critere: usize) -> Option<Mask> {
    let used = used(view, critere);
    let few = !used.is_empty() && used.iter().all(|(s, _)| is_few(view, *s, critere));
    let never = used.iter().all(|(s, _)| view.thresholds.per_site(*s) == 0);
    few.then_some(if never {
        Mask::NotForAudience
    } else {
        Mask::TooFew
    })
}

/// Whether a questionnaire has fewer respondents to a critère than this audience may see.
fn is_few(view: &View, source: SourceCode, critere: usize) -> bool {
    let collected = &view.indicators.collected;
    let n = collected.critere_respondents(&view.code, source, critere);
    let least = view.thresholds.per_site(source);
    source.is_questionnaire() && (least == 0 || n < least)
}

/// Sources that enter a critère, by rule 3; the self-assessment where it stands in for a missing
/// observation.
fn used(view: &View, position: usize) -> Vec<Used> {
    let r = view.referentiel;
    let critere = &r.criteres[position];
    let figure = |s: SourceCode| {
        view.indicators
            .get_source(&view.code, Level::Source, &critere.code, Some(s))
    };
    let weight = |s: SourceCode| critere.source_weights[s as usize];
    let valued = |s: SourceCode| figure(s).is_some_and(|f| f.value.is_some());
    let mut used: Vec<Used> = SourceCode::ALL
        .into_iter()
        .filter(|s| weight(*s) > 0.0 && valued(*s))
        .map(|s| (s, weight(s)))
        .collect();
    let missing =
        figure(SourceCode::Obs).is_some_and(|f| f.value.is_none() && f.status != FigureStatus::Nc);
    let obs = weight(SourceCode::Obs);
    if missing && obs > 0.0 && r.rules.auto_remplace_obs && valued(SourceCode::Aut) {
        match used.iter_mut().find(|(s, _)| *s == SourceCode::Aut) {
            Some(own) => own.1 += obs,
            None => used.push((SourceCode::Aut, obs)),
        }
    }
    used
}

impl Half {
    /// Unknowns and equations of the axe, with everything printed of it learnt.
    pub fn build(seen: (&View, &Veil), axe: &str, system: &mut System) -> Self {
        let (view, veil) = seen;
        let mut half = Self {
            criteres: BTreeMap::new(),
            axe: None,
            needs: Vec::new(),
        };
        for (position, critere) in view.criteres(axe) {
            half.critere(seen, system, (position, critere));
        }
        let figure = view.indicators.get(&view.code, Level::Axe, axe);
        let value = figure.and_then(|f| f.value);
        let target = view.axe(axe).map_or(4.0, |a| a.cible);
        if let Some(value) = value.filter(|_| !half.criteres.is_empty()) {
            let mut bounds = (1.0, 4.0);
            if !veil.values.contains_key(axe) {
                let said = printed::level(value, target);
                bounds = (said.low, said.high);
            }
            let whole = system.unknown(bounds.0, bounds.1);
            half.axe = Some(whole);
            half.tie_axe(system, whole);
        }
        half
    }

    fn tie_axe(&self, system: &mut System, axe: usize) {
        let parts: Vec<(usize, f64)> = self.criteres.values().copied().collect();
        system.mean(axe, &parts);
    }

    /// The axe is also the mean of what both campaigns share and of the rest: said apart, the rest
    /// would follow.
    pub fn split_axe(&self, shared: &[(usize, f64)], mean: usize, system: &mut System) {
        let Some(axe) = self.axe else { return };
        let weight: f64 = shared.iter().map(|s| s.1).sum();
        let rest = self.criteres.values();
        let rest = rest.filter(|(c, _)| !shared.iter().any(|(s, _)| s == c));
        let parts: Vec<(usize, f64)> = rest.copied().chain([(mean, weight)]).collect();
        system.mean(axe, &parts);
    }

    fn critere(
        &mut self,
        (view, veil): (&View, &Veil),
        system: &mut System,
        (position, critere): (usize, &Critere),
    ) {
        let figure = view
            .indicators
            .get(&view.code, Level::Critere, &critere.code);
        let Some(value) = figure.and_then(|f| f.value) else {
            return;
        };
        let unknown = system.unknown(1.0, 4.0);
        self.criteres
            .insert(critere.code.clone(), (unknown, critere.weight));
        let mut need = |unknown, label: String, room| {
            self.needs.push(Need {
                unknown,
                critere: critere.code.clone(),
                label,
                room,
            });
        };
        match veil.values.get(&critere.code).map(|(mask, _)| *mask) {
            Some(Mask::Outside) => {
                let room = Room::Whole(1.0, crate::figures::SERIOUS_UNDER);
                need(unknown, critere.code.clone(), room);
            }
            Some(Mask::TooFew | Mask::NotForAudience) => {
                let room = Room::Width(view.thresholds.marge_niveau);
                need(unknown, critere.code.clone(), room);
            }
            Some(_) => {}
            None => {
                let said = printed::level(value, critere.cible);
                system.learn(unknown, said.low, said.high);
            }
        }
        let used = used(view, position);
        let mut parts = Vec::new();
        for (source, weight) in used {
            let source = Entering {
                view,
                veil,
                critere,
                position,
                who: source,
            };
            let unknown = source.build(system, &mut self.needs);
            parts.push((unknown, weight));
        }
        if !parts.is_empty() {
            system.mean(unknown, &parts);
        }
    }
}

/// One source of one critère.
struct Entering<'a> {
    view: &'a View<'a>,
    veil: &'a Veil,
    critere: &'a Critere,
    position: usize,
    who: SourceCode,
}

impl Entering<'_> {
    fn build(&self, system: &mut System, needs: &mut Vec<Need>) -> usize {
        let unknown = system.unknown(1.0, 4.0);
        if is_few(self.view, self.who, self.position) {
            needs.push(self.need(unknown, Room::Width(self.view.thresholds.marge_niveau)));
        }
        let r = self.view.referentiel;
        let mut parts = Vec::new();
        for &position in &self.critere.elements {
            let element = &r.elements[position];
            if element.source != self.who {
                continue;
            }
            if let Some((figure, value)) = self.scored(element) {
                let part = self.element(system, needs, (position, element), (figure, value));
                parts.push((part, element.weight));
            }
        }
        if !parts.is_empty() {
            system.mean(unknown, &parts);
        }
        self.learn_gap(system, unknown);
        unknown
    }

    fn need(&self, unknown: usize, room: Room) -> Need {
        Need {
            unknown,
            critere: self.critere.code.clone(),
            label: format!("{} ({})", self.critere.code, self.who),
            room,
        }
    }

    fn scored(&self, element: &Element) -> Option<(&Figure, f64)> {
        let figure = self.view.indicators.get_source(
            &self.view.code,
            Level::Element,
            &element.code,
            Some(element.source),
        )?;
        Some((figure, figure.value?))
    }

    /// An élément: what this audience knows of it otherwise.
    fn element(
        &self,
        system: &mut System,
        needs: &mut Vec<Need>,
        (position, element): (usize, &Element),
        (figure, value): (&Figure, f64),
    ) -> usize {
        if self.who.is_questionnaire() {
            return self.question(system, needs, (position, element), (figure, value));
        }
        // The page of impératifs says which éléments are below the top level.
        let outside = self.veil.values.get(&self.critere.code);
        let outside = outside.is_some_and(|(mask, _)| *mask == Mask::Outside);
        let said = self.critere.imperatif && self.who.counts_for_imperatif() && !outside;
        let measured = element.don.as_ref();
        let known = measured.is_some_and(|don| is_printed(&don.measure, self.view));
        if known || (said && value >= 4.0 - 1e-9) {
            system.unknown(value, value)
        } else {
            system.unknown(1.0, 4.0)
        }
    }

    /// A question: its distribution may be printed, or be too rare, or lean to one answer.
    fn question(
        &self,
        system: &mut System,
        needs: &mut Vec<Need>,
        (position, element): (usize, &Element),
        (figure, value): (&Figure, f64),
    ) -> usize {
        let least = self.view.thresholds.per_site(self.who);
        let few = least == 0 || figure.n < least;
        let state = self
            .view
            .answers
            .state(position, Node::Site(self.view.site));
        let printed = answers::SHOWN.contains(&self.who);
        let label = format!("{} ({})", element.code, self.who);
        let mut hidden = |unknown, room| {
            let need = self.need(unknown, room);
            needs.push(Need {
                label: label.clone(),
                ..need
            });
            unknown
        };
        match state {
            _ if few || state.mask().is_some() => {
                let totals = self.view.answers.room(position, self.view.site);
                let (low, high) = totals.unwrap_or((1.0, 4.0));
                let room = Room::Width(self.view.thresholds.marge_niveau);
                hidden(system.unknown(low, high), room)
            }
            State::Blurred => {
                let (bounds, step) = self.blurred(position, element, value);
                hidden(system.unknown(bounds.0, bounds.1), Room::Width(step))
            }
            State::Exact if printed => system.unknown(value, value),
            _ => system.unknown(1.0, 4.0),
        }
    }

    /// What « 90 % ou plus » says of a mean, and what one answer changes in it.
    fn blurred(&self, position: usize, element: &Element, value: f64) -> ((f64, f64), f64) {
        let answers = self
            .view
            .answers
            .answers(position, Node::Site(self.view.site));
        let levels = answers::levels(self.view.referentiel, element);
        let (n, most) = (answers.total(), dominant(&answers));
        let Some(level) = most.and_then(|m| levels.get(m)) else {
            return ((value, value), 0.0);
        };
        let share = floor(n);
        let rest = 1.0 - share;
        let low = share * level + rest * levels.first().unwrap_or(&1.0);
        let high = share * level + rest * levels.last().unwrap_or(&4.0);
        let gaps = levels.iter().map(|l| (l - level).abs());
        let step = gaps.filter(|g| *g > 1e-9).fold(f64::INFINITY, f64::min);
        ((low, high), step / n as f64)
    }

    /// Perception gaps print the scores of observation and self-assessment side by side.
    fn learn_gap(&self, system: &mut System, unknown: usize) {
        let audience = self.view.audience;
        let score = |source| {
            let code = &self.critere.code;
            let own = self.view.indicators;
            let figure = own.get_source(&self.view.code, Level::Source, code, Some(source));
            figure.and_then(|f| f.value)
        };
        let gap = [SourceCode::Aut, SourceCode::Obs];
        if audience != SHOWN_GAPS || !gap.contains(&self.who) {
            return;
        }
        if let (Some(_), Some(_), Some(own)) = (score(gap[0]), score(gap[1]), score(self.who)) {
            let said = crate::base::text::rounded(own, 1);
            system.learn(unknown, said - 0.05, said + 0.05);
        }
    }
}

/// Whether a measure is among the activity indicators that this audience reads for the site: by
/// its code, or by the columns that it divides.
fn is_printed(measure: &str, view: &View) -> bool {
    let columns: Vec<&str> = measure.split('/').collect();
    view.activities
        .iter()
        .any(|code| *code == measure || SiteActivity::columns(code) == columns)
}
