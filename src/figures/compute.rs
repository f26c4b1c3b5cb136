//! Rules 2 to 5 and 8's target gaps: source scores, critères, impératifs, axes, structure by
//! structure, in the order of the référentiel.

use std::collections::{BTreeMap, HashMap};

use super::activity::{Activity, Measure};
use super::collect::Collected;
use super::element::ElementValue;
use super::figure::{Figure, FigureStatus as Status, Indicators, Level};
use super::follow_up::FollowUp;
use super::noise::{Noise, Spread, respondent_variances};
use crate::base::diagnostics::{Checked, Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::intake::observations::Observations;
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::regulation::Regulation;
use crate::vocabulary::referentiel::{ActivityCode, Referentiel, SourceCode};

/// Code of the overall mark, among the axes.
pub(super) const OVERALL: &str = "GLOBAL";

/// Tolerance of every comparison with a threshold.
pub(super) const TOLERANCE: f64 = 1e-9;

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
    /// Structure code → what its improvement plan had become by the end of the campaign.
    pub follow_ups: BTreeMap<String, FollowUp>,
}

/// Computes every figure of a campaign.
pub fn compute(observations: &Observations, scope: &Scope) -> Result<Checked<Indicators>> {
    let kinds = scope
        .structures
        .iter()
        .map(|s| (s.code.as_str(), s.kind))
        .collect();
    let mut collected = Collected::from(observations, scope.referentiel, &kinds)?;
    collected.follow_ups.clone_from(&scope.follow_ups);
    let variances = respondent_variances(&collected);
    let mut figures = Vec::new();
    let mut diagnostics = Vec::new();
    let mut missing: BTreeMap<String, Vec<&str>> = BTreeMap::new();
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
        if let Some(codes) = missing_measures(&activity) {
            missing.entry(codes).or_default().push(&structure.code);
        }
        let staffing = ActivityCode::I04;
        if activity.indicator(staffing).limite && activity.applies(staffing) {
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
    diagnostics.extend(missing.into_iter().map(measures_missing));
    diagnostics.extend(numbers_against_nc(&collected, scope));
    let mut value = Indicators::new(&scope.campaign.id, &scope.referentiel.version, figures);
    value.spread = Spread::of(&collected);
    value.collected = collected;
    Ok(Checked { value, diagnostics })
}

/// Éléments that one observer scored and another found not to apply, within a visit: the number is
/// kept (rule 1). Said here because the two grids may have come by different imports.
fn numbers_against_nc(collected: &Collected, scope: &Scope) -> Vec<Diagnostic> {
    let mut found: Vec<(&str, &str, usize)> = Vec::new();
    for ((structure, element), visits) in &collected.visits {
        let torn = visits
            .iter()
            .filter(|(_, (observers, _))| observers.levels > 0 && observers.nc > 0);
        found.extend(torn.map(|(visit, _)| (structure.as_str(), visit.as_str(), *element)));
    }
    found.sort_unstable();
    let active = |code: &str| scope.structures.iter().any(|s| s.code == code);
    found
        .into_iter()
        .filter(|(structure, ..)| active(structure))
        .map(|(structure, visit, element)| {
            let code = &scope.referentiel.elements[element].code;
            let message = format!(
                "{structure}, visite {visit} : « {code} » est noté par un observateur et NC pour un autre ; la note est gardée."
            );
            Diagnostic::new(Code::NumberAgainstNc, Location::none(), message)
        })
        .collect()
}

/// Activity indicators that a structure's own tables do not allow to compute, as a list.
fn missing_measures(activity: &Activity) -> Option<String> {
    let missing: Vec<&str> = ActivityCode::all()
        .filter(|code| activity.applies(*code) && activity.indicator(*code).value.is_none())
        .map(ActivityCode::as_str)
        .collect();
    (activity.has_lines() && !missing.is_empty()).then(|| missing.join(", "))
}

/// One remark for all the structures that miss the same indicators.
fn measures_missing((codes, structures): (String, Vec<&str>)) -> Diagnostic {
    let message = format!(
        "{codes} non calculable{}, faute de dénominateur ou de séance : {}.",
        if codes.contains(',') { "s" } else { "" },
        structures.join(", ")
    );
    Diagnostic::new(Code::MeasureMissing, Location::none(), message)
}

/// One structure being computed.
pub(super) struct Site<'a, 'b> {
    pub(super) scope: &'b Scope<'a>,
    pub(super) structure: &'b Structure,
    pub(super) collected: &'b Collected,
    pub(super) activity: &'b Activity<'b>,
    /// Variance of one respondent's level, by élément.
    pub(super) variances: &'b HashMap<usize, f64>,
    pub(super) figures: &'b mut Vec<Figure>,
}

/// A source's score for a critère.
pub(super) struct SourceScore {
    pub(super) source: SourceCode,
    pub(super) value: Option<f64>,
    pub(super) status: Status,
    pub(super) coverage: f64,
    pub(super) fragile: bool,
    pub(super) limite: bool,
    pub(super) noise: Noise,
}

/// What a critère hands to its axe.
pub(super) struct CritereScore {
    pub(super) position: usize,
    pub(super) value: Option<f64>,
    pub(super) status: Status,
    pub(super) noise: Noise,
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
        for code in ActivityCode::all() {
            if self.activity.applies(code) {
                let measure = self.activity.indicator(code);
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

    fn activity_figure(&mut self, code: ActivityCode, measure: Measure) {
        let told = self.has_activity() || self.activity.is_followed(code);
        let status = match (measure.value, told) {
            (Some(_), _) => Status::Ok,
            (None, true) => Status::NonCalculable,
            (None, false) => Status::Absent,
        };
        let mut figure = self.figure(Level::Activite, code.as_str(), status);
        figure.value = measure.value;
        figure.n = measure.n;
        figure.expected = measure.expected;
        figure.limite = measure.limite;
        self.figures.push(figure);
    }

    pub(super) fn figure(&self, level: Level, code: &str, status: Status) -> Figure {
        Figure::new(&self.structure.code, level, code, status)
    }
}
