//! The indicators of the convention, over a period, as known on a day.

use std::collections::BTreeMap;

use super::campaign_facts::campaign_facts;
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::tabular::Table;
use crate::base::text::suggest;
use crate::campaign::{OpenObservatory, day_or_today};
use crate::convention::territory::{CampaignFacts, TerritoryData, load_territory};
use crate::convention::{
    CONVENTION_FILE, CalculationInput, CalculationKind, ComputedIndicator, Convention,
    DeclaredIndicator, ObservatoryFigure, Registers, SuiviPeriod, compute, indicator_table,
    load_convention,
};
use crate::decide::ctg;
use crate::explain::explain_convention;
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::ActivityCode;

/// What to compute.
#[derive(Debug, Default)]
pub(crate) struct ConventionIndicatorsRequest {
    /// `2026-T2`, `2026`, `C2`, `convention`; the period of each indicator on the day asked otherwise.
    pub period: Option<String>,
    /// Day of the state that is looked at, AAAA-MM-JJ; today, and all that is known, otherwise.
    pub date: Option<String>,
}

/// What was computed.
pub(crate) struct ConventionIndicatorsOutcome {
    /// The convention.
    pub convention: Convention,
    /// Day of the state.
    pub day: Day,
    /// In the order of the file.
    pub computed: Vec<ComputedIndicator>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

impl ConventionIndicatorsOutcome {
    /// As files have it.
    pub(crate) fn table(&self) -> Table {
        indicator_table(&self.convention, &self.computed)
    }
}

/// Figures of the observatory, by campaign then code; each campaign is computed once.
type FiguresByCampaign = BTreeMap<String, BTreeMap<String, ObservatoryFigure>>;

/// What a state is computed from.
struct ConventionState<'a> {
    opened: &'a OpenObservatory,
    convention: &'a Convention,
    registers: Registers,
    day: Day,
    figures: FiguresByCampaign,
    territory: TerritoryData,
    facts: BTreeMap<String, CampaignFacts>,
}

/// Computes every indicator.
///
/// # Errors
///
/// No convention, or one that does not hold together; a period or a day that is none; a journal or a store that cannot
/// be read.
pub(crate) fn compute_all(
    opened: &OpenObservatory,
    request: &ConventionIndicatorsRequest,
) -> Result<ConventionIndicatorsOutcome> {
    let (convention, mut diagnostics) = signed(opened)?;
    let day = day_or_today(request.date.as_deref())?;
    let mut state = ConventionState::at(opened, &convention, request.date.is_some(), day)?;
    diagnostics.extend(state.registers.remarks().iter().cloned());
    diagnostics.extend(state.read_territory()?);
    let mut computed = Vec::new();
    for indicator in &convention.indicators {
        let period = match &request.period {
            Some(written) => Some(state.period(written)?),
            None => state.own_period(indicator),
        };
        if let Some(period) = period {
            computed.push(state.compute(indicator, &period)?);
        }
    }
    Ok(ConventionIndicatorsOutcome {
        convention,
        day,
        computed,
        diagnostics,
    })
}

/// Explains one indicator over a period.
///
/// # Errors
///
/// As [`compute_all`]; an unknown indicator, with the nearest ones.
pub(crate) fn explain_indicator(
    opened: &OpenObservatory,
    code: &str,
    period: &str,
    date: Option<&str>,
) -> Result<String> {
    let (convention, _) = signed(opened)?;
    let day = day_or_today(date)?;
    let mut state = ConventionState::at(opened, &convention, date.is_some(), day)?;
    let indicator = convention.indicator(code).ok_or_else(|| {
        let codes = convention.indicators.iter().map(|i| i.code.as_str());
        let near = suggest(&code.to_uppercase(), codes).question();
        Error::Usage(format!(
            "L’indicateur « {code} » n’est pas dans {CONVENTION_FILE}.{near}"
        ))
    })?;
    // What is wrong in these files is told by the table.
    state.read_territory()?;
    let period = state.period(period)?;
    let computed = state.compute(indicator, &period)?;
    Ok(explain_convention(&convention, indicator, &computed))
}

/// The convention that was signed.
fn signed(opened: &OpenObservatory) -> Result<(Convention, Vec<Diagnostic>)> {
    let loaded = load_convention(&opened.observatory)?;
    let checked = loaded.ok_or_else(|| {
        Error::Usage(format!(
            "{CONVENTION_FILE} n’existe pas : « observatoire ctg init » en écrit un modèle commenté."
        ))
    })?;
    Ok((checked.value, checked.diagnostics))
}

impl<'a> ConventionState<'a> {
    fn at(
        opened: &'a OpenObservatory,
        convention: &'a Convention,
        is_dated: bool,
        day: Day,
    ) -> Result<Self> {
        let known = is_dated.then_some(day);
        Ok(Self {
            opened,
            convention,
            registers: Registers::load(&opened.observatory.root, known)?,
            day,
            figures: BTreeMap::new(),
            territory: TerritoryData::default(),
            facts: BTreeMap::new(),
        })
    }

    /// Reads series and communes; what is wrong in them.
    fn read_territory(&mut self) -> Result<Vec<Diagnostic>> {
        let read = load_territory(&self.opened.observatory.root)?;
        self.territory = read.value;
        Ok(read.diagnostics)
    }

    fn campaigns(&self) -> &'a [Campaign] {
        &self.opened.observatory.settings.campaigns
    }

    fn period(&self, written: &str) -> Result<SuiviPeriod> {
        SuiviPeriod::read(written, self.convention, self.campaigns(), self.day)
    }

    fn own_period(&self, indicator: &DeclaredIndicator) -> Option<SuiviPeriod> {
        SuiviPeriod::of_rhythm(
            indicator.rhythm,
            self.convention,
            self.campaigns(),
            self.day,
        )
    }

    fn compute(
        &mut self,
        indicator: &DeclaredIndicator,
        period: &SuiviPeriod,
    ) -> Result<ComputedIndicator> {
        let campaign = match indicator.kind {
            CalculationKind::Observatory => self.campaign_of(period)?,
            CalculationKind::Access => self.facts_of(period)?,
            _ => None,
        };
        let none = BTreeMap::new();
        let known = campaign.as_ref().and_then(|c| self.figures.get(c));
        let figures = known.unwrap_or(&none);
        let input = CalculationInput {
            convention: self.convention,
            registers: &self.registers,
            registry: &self.opened.observatory.registry,
            figures,
            territory: &self.territory,
            facts: campaign.as_ref().and_then(|c| self.facts.get(c)),
        };
        Ok(compute(&input, indicator, period))
    }

    /// The last campaign begun in a period, whose figures are then known; none before the first.
    fn campaign_of(&mut self, period: &SuiviPeriod) -> Result<Option<String>> {
        let begun = self.campaigns().iter().filter(|c| c.debut <= period.end());
        let Some(campaign) = begun.max_by_key(|c| (c.debut, &c.id)) else {
            return Ok(None);
        };
        if !self.figures.contains_key(&campaign.id) {
            let figures = self.figures_of(campaign)?;
            self.figures.insert(campaign.id.clone(), figures);
        }
        Ok(Some(campaign.id.clone()))
    }

    /// The same, for what measures of the territory need.
    fn facts_of(&mut self, period: &SuiviPeriod) -> Result<Option<String>> {
        let begun = self.campaigns().iter().filter(|c| c.debut <= period.end());
        let Some(campaign) = begun.max_by_key(|c| (c.debut, &c.id)) else {
            return Ok(None);
        };
        if !self.facts.contains_key(&campaign.id) {
            let facts = campaign_facts(self.opened, campaign)?;
            self.facts.insert(campaign.id.clone(), facts);
        }
        Ok(Some(campaign.id.clone()))
    }

    fn figures_of(&self, campaign: &Campaign) -> Result<BTreeMap<String, ObservatoryFigure>> {
        let indicators = self.opened.indicators(campaign)?.value;
        let moments = ctg::ctg([&indicators]);
        let known = moments.iter().flat_map(|moment| {
            ActivityCode::OF_CONVENTION.iter().map(|code| {
                let part = moment.territoire.part(*code);
                let figure = ObservatoryFigure {
                    campaign: campaign.id.clone(),
                    n: part.n,
                    of: part.of,
                };
                (code.as_str().to_owned(), figure)
            })
        });
        Ok(known.filter(|(_, figure)| figure.of > 0).collect())
    }
}
