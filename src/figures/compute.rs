//! Every figure of a campaign, structure by structure, in the order of the référentiel: calls rule 1
//! (`element`), rule 2 (`scores`), rules 3 to 6 (`score_rules`), then activity.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::collect::Collected;
use super::convention_totals::ConventionTotals;
use super::element::{ImperatifElement, RatedElement};
use super::figure::{Figure, FigureStatus as Status};
use super::figure_level::Level;
use super::figure_slots::Slots;
use super::held_levels::{HeldFigures, HeldLevels};
use super::indicators::Indicators;
use super::noise::{Spread, respondent_variances};
use super::organiser::{OrganiserAnswers, organiser_figures};
use super::put_right::unused;
use super::rule_count::RuleCount;
use super::scope::Scope;
use super::score_sheet::{CritereScore, ScoreSheet};
use super::site_activity::{Measure, SiteActivity};
use super::team_participation::{TeamParticipation, team_measure};
use crate::base::diagnostics::{Checked, Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::text::SharedText;
use crate::intake::observations::Observations;
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::{ActivityCode, SourceCode};

/// Computes every figure of a campaign from its long table.
pub fn compute(observations: &Observations, scope: &Scope) -> Result<Checked<Indicators>> {
    let collected = Collected::from(observations, scope.referentiel, &scope.kinds())?;
    Ok(Computation::new(collected, scope).indicators())
}

/// A campaign whose answers are folded, ready to be computed structure by structure.
pub(crate) struct Computation<'a> {
    /// What it is computed with.
    pub scope: &'a Scope<'a>,
    pub(super) collected: Arc<Collected>,
    /// Variance of one respondent's level, by élément.
    variances: Vec<f64>,
    pub(super) slots: Slots,
}

/// Figures of one structure, and what is to be said of its activity data.
pub(crate) struct SiteFigures {
    /// In the order of the référentiel.
    pub figures: Vec<Figure>,
    /// What it answered of critères that the organiser decides.
    pub(super) organiser: Vec<OrganiserAnswers>,
    pub(super) code: SharedText,
    /// Indicators that its own tables do not allow to compute, as a list.
    missing: Option<String>,
    /// The respect of the ratio depends on how mixed ages are read.
    limite: bool,
}

impl SiteFigures {
    /// Hands the figures over; what is to be said stays.
    pub(crate) fn take(&mut self) -> Vec<Figure> {
        std::mem::take(&mut self.figures)
    }
}

/// Structures computed at once.
const AT_ONCE: usize = 256;

/// Every structure, computed; what is to be said of each is apart from its figures.
struct ComputedSites {
    indicators: Indicators,
    sites: Vec<SiteFigures>,
}

impl<'a> Computation<'a> {
    /// Prepares what all structures share.
    pub(crate) fn new(mut collected: Collected, scope: &'a Scope<'a>) -> Self {
        collected.follow_ups.clone_from(&scope.follow_ups);
        collected.released.clone_from(&scope.released);
        Self {
            variances: respondent_variances(&collected, scope.referentiel.rules.declared),
            slots: Slots::of(scope.referentiel),
            collected: Arc::new(collected),
            scope,
        }
    }

    /// Computes one structure.
    pub(crate) fn site(&self, structure: &Structure) -> SiteFigures {
        let scope = self.scope;
        let activity =
            SiteActivity::new(structure, scope.campaign, scope.regulation, &self.collected);
        let mut site = Site {
            scope,
            structure,
            rank: self.collected.site(&structure.code),
            collected: &self.collected,
            activity: &activity,
            variances: &self.variances,
            all_rules: RuleCount::default(),
            sheet: ScoreSheet::new(scope.referentiel, &self.slots, &structure.code),
            organiser: Vec::new(),
        };
        site.all();
        let staffing = ActivityCode::I04;
        SiteFigures {
            figures: site.sheet.figures,
            organiser: site.organiser,
            code: site.sheet.code,
            missing: missing_measures(&activity),
            limite: activity.indicator(staffing).limite && activity.applies(staffing),
        }
    }

    /// What the convention asks of all of them together.
    pub(crate) fn convention(&self, totals: &ConventionTotals) -> Vec<Figure> {
        totals.figures(&self.slots)
    }

    /// What is to be said of structures computed, in their order, then of all answers.
    pub(crate) fn remarks<'s>(
        &self,
        sites: impl Iterator<Item = &'s SiteFigures>,
    ) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut missing: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for site in sites {
            if let Some(codes) = &site.missing {
                missing.entry(codes).or_default().push(&site.code);
            }
            if site.limite {
                diagnostics.push(reading_matters(&site.code));
            }
        }
        let missing = missing.into_iter();
        diagnostics.extend(missing.map(|(codes, sites)| measures_missing(codes, &sites)));
        diagnostics.extend(numbers_against_nc(&self.collected, self.scope));
        diagnostics.extend(self.unused_corrections());
        diagnostics
    }

    /// Corrections that change nothing, of the structures of the scope.
    pub(crate) fn unused_corrections(&self) -> Vec<Diagnostic> {
        let (collected, r) = (&self.collected, self.scope.referentiel);
        let of_site = |s: &&Structure| {
            let site: &str = &s.code;
            let said = collected.corrected(site).filter_map(|code| {
                let fate = collected.correction(site, r.element(code)?, code)?;
                unused(site, code, fate)
            });
            said.collect::<Vec<Diagnostic>>()
        };
        self.scope.structures.iter().flat_map(of_site).collect()
    }

    /// What the organiser decides, of structures computed and in their order.
    pub(crate) fn organiser<'s>(
        &self,
        sites: impl Iterator<Item = &'s SiteFigures>,
    ) -> Vec<Figure> {
        let answers = sites.flat_map(|site| &site.organiser);
        organiser_figures(self.scope.referentiel, &self.slots, answers)
    }

    /// What the error of a figure is made of, as the answers of the campaign tell.
    pub(crate) fn spread(&self) -> Spread {
        Spread::of(&self.collected, self.scope.referentiel.rules.declared)
    }

    /// Computes every structure.
    pub(crate) fn indicators(self) -> Checked<Indicators> {
        self.indicators_of(HeldLevels::ALL.into())
    }

    /// The same, of which figures of some levels alone are held: a vast territory has millions of the others.
    pub(crate) fn indicators_of(self, held: HeldFigures) -> Checked<Indicators> {
        let (spread, computed) = rayon::join(|| self.spread(), || self.computed(held));
        let diagnostics = self.remarks(computed.sites.iter());
        let mut value = computed.indicators;
        value.spread = spread;
        value.collected = self.collected;
        Checked { value, diagnostics }
    }

    /// Some structures at a time, so that their figures are held once.
    fn computed(&self, held: HeldFigures) -> ComputedSites {
        let structures = &self.scope.structures;
        let mut all = ComputedSites {
            indicators: self.without_figures(),
            sites: Vec::with_capacity(structures.len()),
        };
        for (rank, chunk) in structures.chunks(AT_ONCE).enumerate() {
            let computed = chunk.par_iter().map(|s| self.site(s));
            for mut site in computed.collect::<Vec<SiteFigures>>() {
                let figures = site.take();
                let answers = std::mem::take(&mut site.organiser);
                all.indicators.push(&site.code, figures, answers, held);
                all.sites.push(site);
            }
            if rank == 0 {
                all.indicators.expect_structures(structures.len());
            }
        }
        all.indicators.settle_organiser(self.scope.referentiel);
        all
    }

    /// Indicators of its campaign, in which no structure has figures yet.
    pub(super) fn without_figures(&self) -> Indicators {
        let (campaign, referentiel) = (self.scope.campaign, self.scope.referentiel);
        let slots = self.slots.clone();
        let mut none = Indicators::new(&campaign.id, &referentiel.version, slots);
        none.until = Some(campaign.fin);
        none.set_beside(&self.scope.structures);
        none
    }
}

fn reading_matters(structure: &str) -> Diagnostic {
    let message = format!(
        "{structure} : le respect du taux d’encadrement dépend de la lecture de la règle d’âges mélangés."
    );
    Diagnostic::new(Code::MixedAgeLimit, Location::none(), message)
}

/// Éléments that one observer scored and another found not to apply, within a visit: the number is
/// kept (rule 1). Said here because the two grids may have come by different imports.
fn numbers_against_nc(collected: &Collected, scope: &Scope) -> Vec<Diagnostic> {
    let active: HashSet<&str> = scope.structures.iter().map(|s| s.code.as_str()).collect();
    let mut found: Vec<(&str, &str, usize)> = Vec::new();
    for (site, structure) in collected.sites().iter().enumerate() {
        if !active.contains(&**structure) {
            continue;
        }
        for element in 0..collected.elements() {
            let visits = collected.visits_at(site, element);
            let torn = visits.filter(|v| v.ratings().is_torn());
            found.extend(torn.map(|v| (&**structure, v.name, element)));
        }
    }
    found.sort_unstable();
    let told = found.into_iter().map(|(structure, visit, element)| {
        let code = &scope.referentiel.elements[element].code;
        let message = format!(
            "{structure}, visite {visit} : « {code} » est noté par un observateur et NC pour un autre ; la note est gardée."
        );
        Diagnostic::new(Code::NumberAgainstNc, Location::none(), message)
    });
    told.collect()
}

/// Activity indicators that a structure's own tables do not allow to compute, as a list.
fn missing_measures(activity: &SiteActivity) -> Option<String> {
    let missing: Vec<&str> = ActivityCode::all()
        .filter(|code| activity.applies(*code) && activity.indicator(*code).value.is_none())
        // Its denominator was there: too few stood behind it when it was purged.
        .filter(|code| !activity.is_masked(*code))
        .map(ActivityCode::as_str)
        .collect();
    (activity.has_lines() && !missing.is_empty()).then(|| missing.join(", "))
}

/// One remark for all the structures that miss the same indicators.
fn measures_missing(codes: &str, structures: &[&str]) -> Diagnostic {
    let message = format!(
        "{codes} non calculable{}, faute de dénominateur ou de séance : {}.",
        if codes.contains(',') { "s" } else { "" },
        listed(structures)
    );
    Diagnostic::new(Code::MeasureMissing, Location::none(), message)
}

/// Codes of structures; of a vast territory, the first ones and how many others.
fn listed(structures: &[&str]) -> String {
    const ALL_UP_TO: usize = 100;
    const FIRST: usize = 20;
    if structures.len() <= ALL_UP_TO {
        return structures.join(", ");
    }
    let others = structures.len() - FIRST;
    format!("{} et {others} autres", structures[..FIRST].join(", "))
}

/// One structure being computed.
pub(super) struct Site<'a, 'b> {
    pub(super) scope: &'b Scope<'a>,
    pub(super) structure: &'b Structure,
    /// Its rank among those that answered.
    pub(super) rank: Option<usize>,
    pub(super) collected: &'b Collected,
    pub(super) activity: &'b SiteActivity<'b>,
    /// Variance of one respondent's level, by élément.
    pub(super) variances: &'b [f64],
    /// Rules of law of the critères met so far.
    pub(super) all_rules: RuleCount,
    pub(super) sheet: ScoreSheet<'b>,
    /// Answers to critères that the organiser decides.
    pub(super) organiser: Vec<OrganiserAnswers>,
}

impl Site<'_, '_> {
    fn all(&mut self) {
        let scores = self.criteres();
        let axes: Vec<Figure> = (0..self.scope.referentiel.axes.len())
            .filter_map(|axe| self.sheet.axe(axe, &scores))
            .collect();
        let overall = self.sheet.overall(&axes);
        self.sheet.figures.extend(axes);
        self.sheet.figures.extend(overall);
        let team = self.team();
        for (position, code) in ActivityCode::all().enumerate() {
            if code.is_of_convention() {
                self.convention_figure(position, code, &team);
            } else if self.activity.applies(code) {
                let measure = self.activity.indicator(code);
                self.activity_figure(position, code, measure);
            }
        }
        let all = self.scope.referentiel.criteres.len();
        self.sheet.rules(all, self.all_rules);
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

    /// Figures of one critère: its éléments, its sources, itself, its impératif status. One that the
    /// organiser decides has its éléments and its rules alone: what it is worth is said of the territory.
    fn critere(&mut self, position: usize) -> Option<CritereScore> {
        let r = self.scope.referentiel;
        let critere = &r.criteres[position];
        let mut scores = Vec::new();
        let mut musts: Vec<ImperatifElement> = Vec::new();
        let mut laws: Vec<RatedElement> = Vec::new();
        let mut is_asked = false;
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
            let values: Vec<RatedElement> = elements.iter().map(|&e| self.element(e)).collect();
            for (&e, value) in elements.iter().zip(&values) {
                self.element_figures(e, *value);
            }
            let rated = elements.iter().zip(&values);
            musts.extend(
                rated
                    .clone()
                    .filter(|(e, _)| r.elements[**e].must)
                    .map(|(e, v)| ImperatifElement {
                        weight: r.elements[*e].weight,
                        rated: *v,
                    }),
            );
            let is_law = |e: usize| r.elements[e].must && r.elements[e].origin.article().is_some();
            for (&e, value) in rated.filter(|(e, _)| is_law(**e)) {
                self.sheet.rule(e, value);
                laws.push(*value);
            }
            is_asked = true;
            if critere.organiser {
                let answers = self.organiser_answers(position, source, &elements, &values);
                self.organiser.push(answers);
                continue;
            }
            let respondents =
                self.collected
                    .critere_respondents(&self.structure.code, source, position);
            let score = (self.sheet).source(position, source, &elements, &values, respondents);
            scores.push(score);
        }
        if !is_asked {
            return None;
        }
        let score = (!critere.organiser).then(|| self.sheet.critere_figure(position, &scores));
        if critere.imperatif {
            self.sheet.imperatif(position, &musts);
        }
        let count = RuleCount::of(laws.iter());
        self.sheet.rules(position, count);
        self.all_rules = self.all_rules.with(count);
        score
    }

    /// What came from the team.
    fn team(&self) -> TeamParticipation {
        let staff = self.activity.indicator(ActivityCode::I12b).expected;
        TeamParticipation::of(self.scope, self.structure, self.collected, staff)
    }

    /// O2 and O3; O1 is told of the territory alone.
    fn convention_figure(&mut self, position: usize, code: ActivityCode, team: &TeamParticipation) {
        let measure = match code {
            ActivityCode::O2 if team.is_expected() => team_measure(team.is_whole()),
            ActivityCode::O2b if team.is_expected() => team_measure(team.is_begun()),
            ActivityCode::O3 => self.activity.integrated(),
            _ => return,
        };
        let status = measure.value.map_or(Status::NonCalculable, |_| Status::Ok);
        let mut figure = self.sheet.plain(Level::Activite, position, status);
        (figure.value, figure.n) = (measure.value, measure.n);
        figure.expected = measure.expected;
        if code != ActivityCode::O3 {
            figure.coverage = team.judged();
        }
        self.sheet.figures.push(figure);
    }

    fn activity_figure(&mut self, position: usize, code: ActivityCode, measure: Measure) {
        let told = self.has_activity() || self.activity.is_followed(code);
        let status = match (measure.value, told) {
            (Some(_), _) => Status::Ok,
            (None, _) if self.activity.is_masked(code) => Status::EffectifInsuffisant,
            (None, true) => Status::NonCalculable,
            (None, false) => Status::Absent,
        };
        let mut figure = self.sheet.plain(Level::Activite, position, status);
        figure.value = measure.value;
        figure.n = measure.n;
        figure.expected = measure.expected;
        figure.limite = measure.limite;
        self.sheet.figures.push(figure);
    }
}
