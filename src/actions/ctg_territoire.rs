//! What changed for who lives there, as it is known on a day.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::campaign::{
    ConventionState, CtgDelivered, CtgEdition, CtgEditionRequest, OpenObservatory,
};
use crate::convention::territory::{
    AccessMeasure, AccessTime, CONTRIBUTIONS_FILE, CampaignFacts, NEAR_KM, access,
    read_contributions,
};
use crate::convention::{CalculationKind, ClosedWord, DeclaredIndicator, SuiviPeriod};
use crate::disclosure::{
    CtgAudience, CtgAxePanel, CtgContribution, CtgIndicator, CtgMap, CtgView, DayAccess,
    cleared_map, cleared_panels,
};
use crate::reports::{CtgKeys, CtgTitles, ReportFormat, WhatChanged};
use crate::vocabulary::config::{CommuneOutline, OUTLINES_FILE, read_outlines_at};

/// Which year, for whom.
pub(crate) struct TerritoryRequest {
    /// `2026`; that of the day otherwise.
    pub year: Option<String>,
    /// Who reads.
    pub audience: CtgAudience,
    /// Formats.
    pub formats: BTreeSet<ReportFormat>,
    /// Day of the state, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
    /// Folder to write.
    pub out: Option<PathBuf>,
}

/// What was written.
pub(crate) struct TerritoryOutcome {
    /// `2026`.
    pub year: String,
    /// Day of the state.
    pub day: Day,
    /// Files.
    pub delivered: CtgDelivered,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Writes what changed on the territory.
///
/// # Errors
///
/// A year or a day that is none; no convention; a store, a file of the territory, a log or a template that cannot be read.
pub(crate) fn write_territory(
    opened: &OpenObservatory,
    request: &TerritoryRequest,
) -> Result<TerritoryOutcome> {
    let state = ConventionState::signed(opened, request.date.as_deref())?;
    territory_of(&state, request)
}

/// The same of a state that is known already.
///
/// # Errors
///
/// As [`write_territory`].
pub(crate) fn territory_of(
    state: &ConventionState,
    request: &TerritoryRequest,
) -> Result<TerritoryOutcome> {
    let year = request
        .year
        .clone()
        .unwrap_or_else(|| state.day.date().year().to_string());
    let period = state.period(&year)?;
    let mut edition = CtgEdition::begin(
        state,
        CtgEditionRequest {
            kind: "territoire",
            stem: format!("territoire-{}", period.label),
            audience: request.audience,
            formats: &request.formats,
            out: request.out.clone(),
        },
    )?;
    let indicators = edition.cleared(&state.compute_those(Some(&period), is_of_territory)?);
    let mut known = KnownTerritory::of(state, &edition, &period, request.audience)?;
    let mut diagnostics = state.diagnostics.clone();
    diagnostics.append(&mut known.diagnostics);
    let view = edition.view();
    let head = edition.head(CtgTitles {
        title: format!("Ce qui a changé sur le territoire, {}", period.label),
        line: format!(
            "Maillage, besoins et recours, qualité, inclusion, paroles, au {}",
            period.end().short()
        ),
    });
    let document = known.changed(&view, &indicators).document(head)?;
    Ok(TerritoryOutcome {
        year: period.label.clone(),
        day: state.day,
        delivered: edition.deliver(&document)?,
        diagnostics,
    })
}

/// Indicators of measures and series.
pub(crate) fn is_of_territory(indicator: &DeclaredIndicator) -> bool {
    matches!(
        indicator.kind,
        CalculationKind::Context | CalculationKind::Access
    )
}

/// What is known of a territory at the end of a period, beside its indicators; a bilan takes it too.
pub(crate) struct KnownTerritory {
    label: String,
    measures: Vec<(String, String)>,
    maps: Vec<CtgMap>,
    outlines: Vec<CommuneOutline>,
    campaigns: [String; 2],
    panels: Vec<CtgAxePanel>,
    contributions: Vec<CtgContribution>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

impl KnownTerritory {
    /// What is known, cleared.
    ///
    /// # Errors
    ///
    /// A store or a file of the territory that cannot be read.
    pub(crate) fn of(
        state: &ConventionState,
        edition: &CtgEdition,
        period: &SuiviPeriod,
        audience: CtgAudience,
    ) -> Result<Self> {
        let outlines = state.files.path(OUTLINES_FILE);
        let outlines = outlines.map(|path| read_outlines_at(&path));
        let declared = state.convention.indicators.iter();
        let facts = state.facts(period)?.unwrap_or_default();
        let (typed, diagnostics) = read_contributions(&state.files)?;
        Ok(Self {
            label: period.label.clone(),
            measures: declared
                .filter_map(|i| Some((i.parameters.measure?.key().to_owned(), i.code.clone())))
                .collect(),
            maps: maps(state, period, audience),
            outlines: outlines.transpose()?.unwrap_or_default(),
            panels: panels(&facts, audience),
            campaigns: [facts.before, facts.campaign].map(|id| state.campaign_name(&id)),
            contributions: edition.contributions(&typed),
            diagnostics,
        })
    }

    /// What is printed of it.
    pub(crate) fn changed<'k>(
        &'k self,
        view: &'k CtgView,
        indicators: &'k [CtgIndicator],
    ) -> WhatChanged<'k> {
        WhatChanged {
            keys: CtgKeys::of(view, self.label.clone()),
            indicators,
            measures: &self.measures,
            maps: &self.maps,
            outlines: &self.outlines,
            campaigns: self.campaigns.clone(),
            panels: &self.panels,
            contributions: &self.contributions,
            contributions_file: CONTRIBUTIONS_FILE,
            view,
        }
    }
}

fn panels(facts: &CampaignFacts, audience: CtgAudience) -> Vec<CtgAxePanel> {
    // Levels of accueils are not for everybody, even added up.
    if audience.reads_follow_up() {
        cleared_panels(&facts.axes, audience)
    } else {
        Vec::new()
    }
}

/// Maps of the measures that the convention declares, at the end of the period; before it too where an accueil opened or
/// closed since.
fn maps(state: &ConventionState, period: &SuiviPeriod, audience: CtgAudience) -> Vec<CtgMap> {
    let declared = state.convention.indicators.iter();
    let drawn = declared.filter_map(|i| Some((i, i.parameters.measure.filter(|m| m.is_of_map())?)));
    let mut maps = Vec::new();
    for (indicator, measure) in drawn {
        let time = match (indicator.parameters.time, measure) {
            (None, AccessMeasure::Near) => Some(AccessTime::Holidays),
            (time, _) => time,
        };
        let km = indicator.parameters.distance_km.unwrap_or(NEAR_KM);
        let on = |day: Day| {
            let communes = state.territory.communes_in(day.date().year());
            let registry = &state.opened.observatory.registry;
            let figure = access(measure, registry, &communes, day, time, km);
            DayAccess {
                day,
                communes,
                figure,
            }
        };
        let now = on(period.end());
        if now.communes.is_empty() {
            continue;
        }
        let before = period.from.eve().map(on).filter(|b| !b.communes.is_empty());
        let codes = |d: &DayAccess| -> BTreeSet<String> {
            d.figure.sites.iter().map(|s| s.code.clone()).collect()
        };
        let moved = before.filter(|b| codes(b) != codes(&now));
        let days: Vec<DayAccess> = moved.into_iter().chain([now]).collect();
        let km = (measure == AccessMeasure::Near).then_some(km);
        let mut map = cleared_map(measure, time, km, &days, audience);
        indicator.code.clone_into(&mut map.key);
        maps.push(map);
    }
    maps
}
