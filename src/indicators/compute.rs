//! Rules 2 to 5 and 8's target gaps: source scores, critères, impératifs, axes, structure by
//! structure, in the order of the référentiel.

use std::collections::HashMap;

use super::activity::{ACTIVITIES, Activity, Measure};
use super::collect::Collected;
use super::element::{self, ElementValue};
use super::figure::{Figure, FigureStatus as Status, Indicators, Level};
use super::noise::{Noise, Spread, respondent_variances};
use crate::config::{Campaign, Structure};
use crate::diagnostics::{Checked, Code, Diagnostic, Location};
use crate::error::Result;
use crate::observations::Observations;
use crate::referentiel::regulation::Regulation;
use crate::referentiel::{Referentiel, SourceCode};

/// Code of the overall mark, among the axes.
const OVERALL: &str = "GLOBAL";

/// Tolerance of every comparison with a threshold.
const TOLERANCE: f64 = 1e-9;

/// What a campaign is computed with.
pub struct Scope<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// Its référentiel.
    pub referentiel: &'a Referentiel,
    /// Structures active in it, by code.
    pub structures: Vec<&'a Structure>,
    /// Regulatory parameters.
    pub regulation: &'a Regulation,
}

/// Computes every figure of a campaign.
pub fn compute(observations: &Observations, scope: &Scope) -> Result<Checked<Indicators>> {
    let kinds = scope
        .structures
        .iter()
        .map(|s| (s.code.as_str(), s.kind))
        .collect();
    let collected = Collected::from(observations, scope.referentiel, &kinds)?;
    let variances = respondent_variances(&collected);
    let mut figures = Vec::new();
    let mut diagnostics = Vec::new();
    for structure in &scope.structures {
        let activity = Activity::new(structure, scope.campaign, scope.regulation, &collected);
        let mut site = Site {
            scope,
            structure,
            collected: &collected,
            activity: &activity,
            variances: &variances,
            figures: &mut figures,
        };
        site.all();
        diagnostics.extend(missing_measures(structure, &activity));
        if activity.measure("I04").limite && activity.applies("I04") {
            let message = format!(
                "{} : le respect du taux d’encadrement dépend de la lecture de la règle d’âges mélangés.",
                structure.code
            );
            diagnostics.push(Diagnostic::new(
                Code::MixedAgeLimit,
                Location::none(),
                message,
            ));
        }
    }
    let mut value = Indicators::new(&scope.campaign.id, &scope.referentiel.version, figures);
    value.spread = Spread::of(&collected);
    value.collected = collected;
    Ok(Checked { value, diagnostics })
}

/// Activity indicators that a structure's own tables do not allow to compute.
fn missing_measures(structure: &Structure, activity: &Activity) -> Option<Diagnostic> {
    let missing: Vec<&str> = ACTIVITIES
        .iter()
        .map(|a| a.0)
        .filter(|code| activity.applies(code) && activity.measure(code).value.is_none())
        .collect();
    let message = format!(
        "{} : {} non calculable{}, faute de dénominateur ou de séance.",
        structure.code,
        missing.join(", "),
        if missing.len() > 1 { "s" } else { "" }
    );
    (activity.has_lines() && !missing.is_empty())
        .then(|| Diagnostic::new(Code::MeasureMissing, Location::none(), message))
}

/// One structure being computed.
struct Site<'a, 'b> {
    scope: &'b Scope<'a>,
    structure: &'b Structure,
    collected: &'b Collected,
    activity: &'b Activity<'b>,
    /// Variance of one respondent's level, by élément.
    variances: &'b HashMap<usize, f64>,
    figures: &'b mut Vec<Figure>,
}

/// A source's score for a critère.
struct SourceScore {
    source: SourceCode,
    value: Option<f64>,
    status: Status,
    coverage: f64,
    fragile: bool,
    limite: bool,
    noise: Noise,
}

/// What a critère hands to its axe.
struct CritereScore {
    position: usize,
    value: Option<f64>,
    status: Status,
    noise: Noise,
}

impl Site<'_, '_> {
    fn all(&mut self) {
        let scores = self.criteres();
        let axes: Vec<Figure> = (0..self.scope.referentiel.axes.len())
            .filter_map(|axe| self.axe(axe, &scores))
            .collect();
        let overall = self.overall(&axes);
        self.figures.extend(axes);
        self.figures.extend(overall);
        for (code, ..) in ACTIVITIES {
            if self.activity.applies(code) {
                let measure = self.activity.measure(code);
                self.activity_figure(code, measure);
            }
        }
    }

    fn criteres(&mut self) -> Vec<CritereScore> {
        let r = self.scope.referentiel;
        let kind = self.structure.kind;
        let expected = |c: &usize| {
            self.scope.campaign.expects_critere(&r.criteres[*c].code) && r.applies(*c, kind)
        };
        let positions: Vec<usize> = (0..r.criteres.len()).filter(expected).collect();
        positions
            .into_iter()
            .filter_map(|c| self.critere(c))
            .collect()
    }

    /// Figures of one critère: its éléments, its sources, itself, its impératif status.
    fn critere(&mut self, position: usize) -> Option<CritereScore> {
        let r = self.scope.referentiel;
        let critere = &r.criteres[position];
        let mut scores = Vec::new();
        let mut musts: Vec<(ElementValue, bool)> = Vec::new();
        for source in SourceCode::ALL {
            if !self.scope.campaign.expects_source(source) {
                continue;
            }
            let elements: Vec<usize> = r
                .elements_of(position, source, self.structure.kind)
                .collect();
            if elements.is_empty() {
                continue;
            }
            let values: Vec<(ElementValue, bool)> =
                elements.iter().map(|&e| self.element(e)).collect();
            for (&e, &(value, limite)) in elements.iter().zip(&values) {
                self.element_figures(e, value, limite);
            }
            if source.counts_for_imperatif() {
                musts.extend(&values);
            }
            let score = self.source(position, source, &elements, &values);
            scores.push(score);
        }
        if scores.is_empty() {
            return None;
        }
        let score = self.critere_figure(position, &scores);
        if critere.imperatif {
            self.imperatif(&critere.code, &musts);
        }
        Some(score)
    }

    /// Rule 1, and whether the measure carries « limite ».
    fn element(&self, position: usize) -> (ElementValue, bool) {
        let element = &self.scope.referentiel.elements[position];
        let key = (self.structure.code.clone(), element.source);
        if let Some(don) = &element.don {
            let measure = self.activity.measure(&don.measure);
            return (don_value(don, measure, self.has_activity()), measure.limite);
        }
        let visits = self
            .collected
            .visits
            .get(&(self.structure.code.clone(), position));
        if element.source.is_questionnaire() {
            let respondents = self.collected.respondents.get(&key).copied().unwrap_or(0);
            let tally = visits.and_then(|v| v.values().next()).map(|(all, _)| all);
            let variance = self.variances.get(&position).copied();
            (
                element::from_respondents(tally, respondents, variance),
                false,
            )
        } else {
            let grids = self
                .collected
                .grids
                .get(&key)
                .map_or(0, std::collections::BTreeSet::len);
            (element::from_visits(visits, grids), false)
        }
    }

    fn has_activity(&self) -> bool {
        self.activity.has_lines()
    }

    fn element_figures(&mut self, position: usize, value: ElementValue, limite: bool) {
        let r = self.scope.referentiel;
        let element = &r.elements[position];
        let mut figure = self.figure(Level::Element, &element.code, value.status);
        figure.source = Some(element.source);
        figure.value = value.value;
        figure.n = value.n;
        figure.expected = value.expected;
        figure.coverage = coverage(value.n as f64, value.expected as f64).map(|c| c.min(1.0));
        figure.limite = limite;
        let few = element.source.is_questionnaire() && value.n < r.rules.effectif_fragile;
        figure.fragile = value.status == Status::Ok && few;
        self.figures.push(figure);
        if element.source.is_questionnaire() {
            self.survey_share(position, value);
        }
    }

    /// Share of the most favourable modalities among scored answers.
    fn survey_share(&mut self, position: usize, value: ElementValue) {
        let r = self.scope.referentiel;
        let element = &r.elements[position];
        let distribution = self
            .collected
            .distributions
            .get(&(self.structure.code.clone(), position));
        let total = distribution.map_or(0, super::Distribution::total);
        let favourable = r.scales[element.scale].favourable();
        let mut figure = self.figure(Level::Enquete, &element.code, value.status);
        figure.source = Some(element.source);
        figure.n = total;
        figure.expected = value.expected;
        figure.coverage = coverage(total as f64, value.expected as f64);
        if let Some(d) = distribution.filter(|_| total > 0) {
            let top: usize = d.counts.iter().rev().take(favourable).sum();
            figure.value = Some(top as f64 / total as f64);
            figure.fragile = total < r.rules.effectif_fragile;
        }
        self.figures.push(figure);
    }

    /// Rule 2.
    fn source(
        &mut self,
        critere: usize,
        source: SourceCode,
        elements: &[usize],
        values: &[(ElementValue, bool)],
    ) -> SourceScore {
        let r = self.scope.referentiel;
        let weight = |i: usize| r.elements[elements[i]].weight;
        let applicable: Vec<usize> = (0..values.len())
            .filter(|&i| !values[i].0.is_nc())
            .collect();
        let scored: Vec<usize> = applicable
            .iter()
            .copied()
            .filter(|&i| values[i].0.value.is_some())
            .collect();
        let all: f64 = applicable.iter().map(|&i| weight(i)).sum();
        let seen: f64 = scored.iter().map(|&i| weight(i)).sum();
        let covered = if all > 0.0 { seen / all } else { 0.0 };
        let key = (self.structure.code.clone(), source, critere);
        let respondents = self
            .collected
            .critere_respondents
            .get(&key)
            .copied()
            .unwrap_or(0);
        let absent = values.iter().all(|(v, _)| v.status == Status::Absent);
        let never = !r.scales[r.elements[elements[0]].scale].converted;
        let enough = scored.len() >= r.rules.elements_min.min(applicable.len());
        let status = if applicable.is_empty() {
            Status::Nc
        } else if absent {
            Status::Absent
        } else if source.is_questionnaire() && respondents < r.rules.effectif_min {
            Status::EffectifInsuffisant
        } else if never || (source == SourceCode::Don && scored.is_empty()) {
            Status::NonCalculable
        } else if scored.is_empty() {
            Status::NonObserve
        } else if !enough || covered < r.rules.couverture_critere - TOLERANCE {
            Status::CouvertureInsuffisante
        } else {
            Status::Ok
        };
        let value = (status == Status::Ok).then(|| {
            let sum: f64 = scored
                .iter()
                .map(|&i| weight(i) * values[i].0.value.unwrap_or(0.0))
                .sum();
            sum / seen
        });
        let few = source.is_questionnaire() && respondents < r.rules.effectif_fragile;
        let fragile = value.is_some() && (few || covered < r.rules.couverture_fragile - TOLERANCE);
        let limite = values.iter().any(|(_, limite)| *limite);
        let mut figure = self.figure(Level::Source, &r.criteres[critere].code, status);
        figure.source = Some(source);
        figure.value = value;
        figure.n = scored.len();
        figure.expected = applicable.len();
        figure.coverage = (!applicable.is_empty()).then_some(covered);
        figure.fragile = fragile;
        figure.limite = limite;
        self.figures.push(figure);
        let coverage = if value.is_some() { covered } else { 0.0 };
        let terms = scored.iter().map(|&i| (weight(i), values[i].0.noise));
        let noise = Noise::mean(terms);
        SourceScore {
            source,
            value,
            status,
            coverage,
            fragile: value.is_some() && few,
            limite,
            noise,
        }
    }

    /// Rule 3.
    fn critere_figure(&mut self, position: usize, scores: &[SourceScore]) -> CritereScore {
        let r = self.scope.referentiel;
        let critere = &r.criteres[position];
        let weight = |s: &SourceScore| critere.source_weights[s.source as usize];
        let expected: Vec<&SourceScore> = scores
            .iter()
            .filter(|s| weight(s) > 0.0 && s.status != Status::Nc)
            .collect();
        let used: Vec<&SourceScore> = expected
            .iter()
            .copied()
            .filter(|s| s.value.is_some())
            .collect();
        let mut sum: f64 = used
            .iter()
            .map(|s| weight(s) * s.value.unwrap_or(0.0))
            .sum();
        let mut total: f64 = used.iter().map(|s| weight(s)).sum();
        let missing_obs = expected
            .iter()
            .find(|s| s.source == SourceCode::Obs && s.value.is_none());
        let stand_in = missing_obs
            .filter(|_| r.rules.auto_remplace_obs)
            .and_then(|obs| {
                let aut = scores.iter().find(|s| s.source == SourceCode::Aut)?;
                Some((weight(obs), aut.value?))
            });
        if let Some((weight, value)) = stand_in {
            sum += weight * value;
            total += weight;
        }
        let value = (total > 0.0).then(|| sum / total);
        let weights: f64 = expected.iter().map(|s| weight(s)).sum();
        let covered: f64 = expected.iter().map(|s| weight(s) * s.coverage).sum();
        let coverage = (weights > 0.0).then(|| covered / weights);
        let status = match value {
            Some(_) if missing_obs.is_some() => Status::Provisoire,
            Some(_) => Status::Ok,
            None => without_value(scores, &expected),
        };
        let low = coverage.is_some_and(|c| c < r.rules.couverture_fragile - TOLERANCE);
        let mut figure = self.figure(Level::Critere, &critere.code, status);
        figure.value = value;
        figure.n = used.len();
        figure.expected = expected.len();
        figure.coverage = coverage;
        figure.target = Some(critere.cible);
        figure.fragile = value.is_some() && (low || used.iter().any(|s| s.fragile));
        figure.limite = used.iter().any(|s| s.limite);
        let stand_in = stand_in.map(|(weight, _)| (weight, Noise::default()));
        let noise = Noise::mean(used.iter().map(|s| (weight(s), s.noise)).chain(stand_in));
        figure.noise = noise;
        self.figures.push(figure);
        CritereScore {
            position,
            value,
            status,
            noise,
        }
    }

    /// Rule 4: every applicable élément of OBS, DIR and DON scored and at 4.
    fn imperatif(&mut self, code: &str, musts: &[(ElementValue, bool)]) {
        let applicable: Vec<&(ElementValue, bool)> =
            musts.iter().filter(|(v, _)| !v.is_nc()).collect();
        let scored = applicable.iter().filter(|(v, _)| v.value.is_some()).count();
        let below = applicable
            .iter()
            .any(|(v, _)| v.value.is_some_and(|x| x < 4.0 - TOLERANCE));
        let status = match (below, scored == applicable.len() && scored > 0) {
            (true, _) => Status::NonAtteint,
            (false, true) => Status::Atteint,
            (false, false) => Status::NonEvalue,
        };
        let mut figure = self.figure(Level::Imperatif, code, status);
        figure.value = match status {
            Status::Atteint => Some(1.0),
            Status::NonAtteint => Some(0.0),
            _ => None,
        };
        figure.n = scored;
        figure.expected = applicable.len();
        figure.coverage = coverage(scored as f64, applicable.len() as f64);
        figure.limite = applicable.iter().any(|(_, limite)| *limite);
        self.figures.push(figure);
    }

    /// Rule 5.
    fn axe(&self, position: usize, scores: &[CritereScore]) -> Option<Figure> {
        let r = self.scope.referentiel;
        let axe = &r.axes[position];
        let own: Vec<&CritereScore> = scores
            .iter()
            .filter(|s| r.criteres[s.position].axe == position)
            .collect();
        if own.is_empty() {
            return None;
        }
        let weight = |s: &&&CritereScore| r.criteres[s.position].weight;
        let applicable: Vec<&CritereScore> = own
            .iter()
            .copied()
            .filter(|s| s.status != Status::Nc)
            .collect();
        let valued: Vec<&CritereScore> = applicable
            .iter()
            .copied()
            .filter(|s| s.value.is_some())
            .collect();
        let all: f64 = applicable.iter().map(|s| weight(&s)).sum();
        let seen: f64 = valued.iter().map(|s| weight(&s)).sum();
        let covered = (all > 0.0).then(|| seen / all);
        let enough = covered.is_some_and(|c| c >= r.rules.couverture_axe - TOLERANCE);
        let provisional = valued.iter().any(|s| s.status == Status::Provisoire);
        let status = match (applicable.is_empty(), enough, provisional) {
            (true, ..) => Status::Nc,
            (_, false, _) => Status::NonPubliable,
            (_, true, true) => Status::Provisoire,
            (_, true, false) => Status::Ok,
        };
        let mut figure = self.figure(Level::Axe, &axe.code, status);
        if enough {
            let sum: f64 = valued
                .iter()
                .map(|s| weight(&s) * s.value.unwrap_or(0.0))
                .sum();
            figure.value = Some(sum / seen);
            figure.noise = Noise::mean(valued.iter().map(|s| (weight(&s), s.noise)));
            figure.fragile = covered.is_some_and(|c| c < r.rules.couverture_fragile - TOLERANCE);
        }
        figure.n = valued.len();
        figure.expected = applicable.len();
        figure.coverage = covered;
        figure.target = Some(axe.cible);
        Some(figure)
    }

    /// Rule 6: an overall mark only where the référentiel asks for one, and then only when every
    /// applicable axe has a value; their plain mean.
    fn overall(&self, axes: &[Figure]) -> Option<Figure> {
        let applicable: Vec<&Figure> = axes.iter().filter(|f| f.status != Status::Nc).collect();
        let values: Vec<f64> = applicable.iter().filter_map(|f| f.value).collect();
        let provisional = applicable.iter().any(|f| f.status == Status::Provisoire);
        let complete = !values.is_empty() && values.len() == applicable.len();
        let status = match (complete, provisional) {
            (false, _) => Status::NonPubliable,
            (true, true) => Status::Provisoire,
            (true, false) => Status::Ok,
        };
        let mut figure = self.figure(Level::Axe, OVERALL, status);
        figure.value = complete.then(|| values.iter().sum::<f64>() / values.len() as f64);
        figure.n = values.len();
        figure.expected = applicable.len();
        figure.coverage = coverage(values.len() as f64, applicable.len() as f64);
        (self.scope.referentiel.rules.note_globale && !axes.is_empty()).then_some(figure)
    }

    fn activity_figure(&mut self, code: &str, measure: Measure) {
        let status = match (measure.value, self.has_activity()) {
            (Some(_), _) => Status::Ok,
            (None, true) => Status::NonCalculable,
            (None, false) => Status::Absent,
        };
        let mut figure = self.figure(Level::Activite, code, status);
        figure.value = measure.value;
        figure.n = measure.n;
        figure.expected = measure.expected;
        figure.limite = measure.limite;
        self.figures.push(figure);
    }

    fn figure(&self, level: Level, code: &str, status: Status) -> Figure {
        Figure::new(&self.structure.code, level, code, status)
    }
}

/// A DON élément is one measure converted by its thresholds.
fn don_value(
    don: &crate::referentiel::DonMeasure,
    measure: Measure,
    has_activity: bool,
) -> ElementValue {
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
    }
}

/// Why a critère has no value, the most telling reason first.
fn without_value(scores: &[SourceScore], expected: &[&SourceScore]) -> Status {
    if expected.is_empty() {
        let nc = scores.iter().any(|s| s.status == Status::Nc);
        return if nc {
            Status::Nc
        } else {
            Status::NonCalculable
        };
    }
    let order = [
        Status::CouvertureInsuffisante,
        Status::EffectifInsuffisant,
        Status::NonObserve,
        Status::NonCalculable,
    ];
    order
        .into_iter()
        .find(|status| expected.iter().any(|s| s.status == *status))
        .unwrap_or(Status::Absent)
}

fn coverage(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}
