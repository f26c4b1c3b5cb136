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
    AccessMeasure, AccessTime, CampaignFacts, NEAR_KM, access, read_contributions,
};
use crate::convention::{CalculationKind, ClosedWord, DeclaredIndicator, SuiviPeriod};
use crate::disclosure::{CtgAudience, CtgMap, DayAccess, cleared_map, cleared_panels};
use crate::reports::{CtgKeys, CtgTitles, ReportFormat, WhatChanged};
use crate::vocabulary::config::read_outlines_by_commune;

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
    let year = request
        .year
        .clone()
        .unwrap_or_else(|| state.day.date().year().to_string());
    let period = state.period(&year)?;
    let mut edition = CtgEdition::begin(
        &state,
        CtgEditionRequest {
            kind: "territoire",
            stem: format!("territoire-{}", period.label),
            audience: request.audience,
            formats: &request.formats,
            out: request.out.clone(),
        },
    )?;
    let is_of_territory = |i: &DeclaredIndicator| {
        matches!(i.kind, CalculationKind::Context | CalculationKind::Access)
    };
    let computed = state.compute_those(Some(&period), is_of_territory)?;
    let indicators = edition.cleared(&computed);
    let declared = state.convention.indicators.iter();
    let measures: Vec<(String, String)> = declared
        .filter_map(|i| Some((i.parameters.measure?.key().to_owned(), i.code.clone())))
        .collect();
    let facts = state.facts(&period)?.unwrap_or_default();
    let (typed, told) = read_contributions(&opened.observatory.root)?;
    let contributions = edition.contributions(&typed);
    let view = edition.view();
    let changed = WhatChanged {
        keys: CtgKeys::of(&view, period.label.clone()),
        indicators: &indicators,
        measures: &measures,
        maps: &maps(&state, &period, request.audience),
        outlines: &read_outlines_by_commune(&opened.observatory.root)?,
        campaigns: [facts.before.clone(), facts.campaign.clone()],
        panels: &panels(&facts, request.audience),
        contributions: &contributions,
        view: &view,
    };
    let head = edition.head(CtgTitles {
        title: format!("Ce qui a changé sur le territoire, {}", period.label),
        line: format!(
            "Maillage, besoins et recours, qualité, inclusion, paroles, au {}",
            period.end().short()
        ),
    });
    let document = changed.document(head)?;
    let mut diagnostics = state.diagnostics.clone();
    diagnostics.extend(told);
    Ok(TerritoryOutcome {
        year: period.label.clone(),
        day: state.day,
        delivered: edition.deliver(&document)?,
        diagnostics,
    })
}

fn panels(facts: &CampaignFacts, audience: CtgAudience) -> Vec<crate::disclosure::CtgAxePanel> {
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
