//! Rules 1 and 2: what an élément and a source say of one structure.

use super::compute::Site;
use super::element::{self, ElementValue, RatedElement};
use super::figure::FigureStatus as Status;
use super::figure_level::Level;
use super::noise::Noise;
use super::put_right::{CorrectionFate, put_right};
use super::score_rules::coverage;
use super::score_sheet::{ScoreSheet, SourceScore};
use super::site_activity::Measure;
use crate::stats::score::{self, Child, Least, TOLERANCE};
use crate::vocabulary::referentiel::{DonMeasure, Referentiel, SourceCode};

impl Site<'_, '_> {
    /// Rule 1.
    pub(super) fn element(&self, position: usize) -> RatedElement {
        let element = &self.scope.referentiel.elements[position];
        if let Some(don) = &element.don {
            let measure = self.activity.measure(&don.measure);
            return RatedElement {
                value: don_value(don, measure, self.has_activity()),
                readings: measure.readings.map(|value| don.level(value) as f64),
                corrected: false,
            };
        }
        let (code, source) = (&self.structure.code, element.source);
        let site = self.rank.into_iter();
        let mut visits = site.flat_map(|site| self.collected.visits_at(site, position));
        if source.is_questionnaire() {
            let respondents = self.collected.respondents(code, source);
            let tally = visits.next().map(|visit| visit.observers);
            let variance = self.variances[position];
            let masked = self
                .rank
                .and_then(|site| self.collected.masked_at(site, position));
            if let Some(masked) = masked {
                return element::from_masked(tally.as_ref(), respondents, variance, masked).into();
            }
            element::from_respondents(tally.as_ref(), respondents, variance).into()
        } else {
            let grids = self.collected.grids(code, source).len();
            // A team that notes itself speaks of a day of its own, as a visit does.
            let observed = matches!(source, SourceCode::Obs | SourceCode::Aut);
            let rated = element::from_visits(visits, grids, observed).into();
            match self.collected.correction(code, position, &element.code) {
                Some(CorrectionFate::Holds(_)) => put_right(rated),
                _ => rated,
            }
        }
    }

    pub(super) fn has_activity(&self) -> bool {
        self.activity.has_lines()
    }

    pub(super) fn element_figures(&mut self, position: usize, rated: RatedElement) {
        let RatedElement { value, .. } = rated;
        let r = self.scope.referentiel;
        let element = &r.elements[position];
        let mut figure = self.sheet.plain(Level::Element, position, value.status);
        figure.source = Some(element.source);
        figure.value = value.value;
        figure.n = value.n;
        figure.expected = value.expected;
        figure.coverage = coverage(value.n as f64, value.expected as f64).map(|c| c.min(1.0));
        figure.limite = rated.limite();
        figure.corrected = rated.corrected;
        let few = element.source.is_questionnaire() && value.n < r.rules.effectif_fragile;
        figure.fragile = value.status == Status::Ok && few;
        self.sheet.figures.push(figure);
        if element.source.is_questionnaire() {
            self.survey_share(position, value);
        }
    }

    /// Share of the most favourable modalities among scored answers.
    pub(super) fn survey_share(&mut self, position: usize, value: ElementValue) {
        let r = self.scope.referentiel;
        let element = &r.elements[position];
        let distribution = self.collected.distribution(&self.structure.code, position);
        let total = match value.masked {
            Some(_) => value.n,
            None => distribution.as_ref().map_or(0, super::Distribution::total),
        };
        let favourable = r.scales[element.scale].favourable();
        let mut figure = self.sheet.plain(Level::Enquete, position, value.status);
        figure.source = Some(element.source);
        figure.n = total;
        figure.expected = value.expected;
        figure.coverage = coverage(total as f64, value.expected as f64);
        let told = distribution.filter(|_| total > 0 && value.masked.is_none());
        if let Some(d) = told {
            let top: usize = d.counts.iter().rev().take(favourable).sum();
            figure.value = Some(top as f64 / total as f64);
            figure.fragile = total < r.rules.effectif_fragile;
        }
        self.sheet.figures.push(figure);
    }
}

impl ScoreSheet<'_> {
    /// Rule 2, from what `respondents` people answered.
    pub(super) fn source(
        &mut self,
        critere: usize,
        source: SourceCode,
        elements: &[usize],
        values: &[RatedElement],
        respondents: usize,
    ) -> SourceScore {
        let r = self.referentiel;
        let children: Vec<Child> = elements
            .iter()
            .zip(values)
            .map(|(&e, RatedElement { value, .. })| Child {
                weight: r.elements[e].weight,
                score: weighing_score(r, e, value),
                applies: !value.is_nc(),
            })
            .collect();
        let lost = |value: &ElementValue| value.masked.is_some_and(|m| m.shared_mean.is_none());
        let least = Least {
            coverage: r.rules.couverture_critere,
            children: r.rules.elements_min,
        };
        let node = score::node(&children, least);
        let covered = node.coverage.unwrap_or(0.0);
        let absent = values.iter().all(|v| v.value.status == Status::Absent);
        let never = !r.scales[r.elements[elements[0]].scale].converted;
        let status = if node.applicable == 0 {
            Status::Nc
        } else if absent {
            Status::Absent
        } else if source.is_questionnaire() && respondents < r.rules.effectif_min {
            Status::EffectifInsuffisant
        } else if never || (source == SourceCode::Don && node.scored == 0) {
            Status::NonCalculable
        } else if node.scored == 0 {
            Status::NonObserve
        } else if values.iter().any(|v| lost(&v.value)) {
            // Too few answered when they were purged, whatever the threshold has become since.
            Status::EffectifInsuffisant
        } else if node.score.is_none() {
            Status::CouvertureInsuffisante
        } else {
            Status::Ok
        };
        let value = node.score.filter(|_| status == Status::Ok);
        let few = source.is_questionnaire() && respondents < r.rules.effectif_fragile;
        let fragile = value.is_some() && (few || covered < r.rules.couverture_fragile - TOLERANCE);
        let limite = values.iter().any(RatedElement::limite);
        let corrected = values.iter().any(|v| v.corrected);
        let mut figure = self.figure(Level::Source, self.slots.source(critere, source), status);
        figure.source = Some(source);
        figure.value = value;
        figure.n = node.scored;
        figure.expected = node.applicable;
        figure.coverage = node.coverage;
        figure.fragile = fragile;
        figure.limite = limite;
        figure.corrected = corrected;
        self.figures.push(figure);
        let coverage = if value.is_some() { covered } else { 0.0 };
        let scored = children.iter().zip(values);
        let scored = scored.filter(|(child, _)| child.applies && child.score.is_some());
        let noise = Noise::mean(scored.map(|(child, rated)| (child.weight, rated.value.noise)));
        if let Some(figure) = self.figures.last_mut() {
            figure.noise = noise;
        }
        SourceScore {
            source,
            value,
            status,
            coverage,
            fragile: value.is_some() && few,
            limite,
            corrected,
            noise,
        }
    }
}

/// What an élément weighs with in the score of its source: its level; where a purge masked it, the mean
/// that it shares. Where none is kept the source has no score, and only its being answered counts.
fn weighing_score(r: &Referentiel, position: usize, value: &ElementValue) -> Option<f64> {
    let shared = || {
        let converted = r.scales[r.elements[position].scale].converted;
        let masked = value.masked.filter(|_| converted && value.n > 0)?;
        Some(masked.shared_mean.unwrap_or(0.0))
    };
    value.value.or_else(shared)
}

/// A DON élément is one measure converted by its thresholds.
fn don_value(don: &DonMeasure, measure: Measure, has_activity: bool) -> ElementValue {
    let value = measure.value.map(|v| don.level(v) as f64);
    let status = match (value, has_activity) {
        (Some(_), _) => Status::Ok,
        (None, true) => Status::NonCalculable,
        (None, false) => Status::Absent,
    };
    ElementValue {
        value,
        status,
        n: usize::from(value.is_some()),
        expected: 1,
        noise: Noise::default(),
        masked: None,
    }
}
