//! What was masked, where and why.

use std::collections::BTreeMap;

use super::clearing::Clearing;
use crate::base::text::list;
use crate::disclosure::cleared::{
    ClearedDelivery, ClearedDistribution, ClearedFigure, ClearedSector, ClearedSite,
    ClearedTerritory, FigurePlace, Mask, MaskedCell, Masking, Shown,
};
use crate::disclosure::decide::{AnswerGroup, ProtectedMean, told_respondents};
use crate::vocabulary::referentiel::SourceCode;

/// What is masked of a whole delivery.
pub(crate) fn list_masked(clearing: &Clearing, delivery: &ClearedDelivery) -> Masking {
    let sites = delivery.sites.iter().enumerate();
    let of_sites = sites.flat_map(|(position, site)| masked_of_site(clearing, position, site));
    let beyond = masked_beyond_sites(clearing, &delivery.sectors, &delivery.territory);
    Masking {
        cells: of_sites.chain(beyond).collect(),
    }
}

/// How many figures are masked of a whole delivery, by reason: those of its sites were counted, and the list of a vast
/// territory takes as much room as what it may read.
pub(crate) fn count_masked(
    clearing: &Clearing,
    sites: &[ClearedSite],
    sectors: &[ClearedSector],
    territory: &ClearedTerritory,
) -> BTreeMap<Mask, usize> {
    let cells = masked_beyond_sites(clearing, sectors, territory);
    let mut counts = Masking { cells }.by_reason();
    for (mask, n) in sites.iter().flat_map(|site| &site.masked) {
        *counts.entry(*mask).or_default() += n;
    }
    counts
}

/// What is masked of sectors, of the territory, and of its evolution.
fn masked_beyond_sites(
    clearing: &Clearing,
    sectors: &[ClearedSector],
    territory: &ClearedTerritory,
) -> Vec<MaskedCell> {
    let mut cells = Vec::new();
    for (position, sector) in sectors.iter().enumerate() {
        let place = FigurePlace::Sector(sector.secteur.clone());
        let group = AnswerGroup::Sector(position);
        cells.extend(questions(clearing, &place, group, &sector.distributions));
    }
    let place = FigurePlace::Territory;
    let questions = questions(
        clearing,
        &place,
        AnswerGroup::Territory,
        &territory.distributions,
    );
    cells.extend(questions);
    let group = AnswerGroup::Territory;
    cells.extend(outside(clearing, &place, group, &territory.outside));
    let figures = territory.organiser.iter().map(|own| &own.figure);
    cells.extend(figures.filter_map(|figure| match figure.value {
        Some(Shown::Masked(mask)) => Some(MaskedCell {
            place: FigurePlace::Territory,
            code: figure.code.as_str().into(),
            label: figure.label.clone(),
            source: None,
            mask,
            protects: String::new(),
        }),
        _ => None,
    }));
    let axes = clearing.figures.referentiel.axes.iter();
    let silent = axes.filter(|a| territory.silent.contains(&a.code));
    cells.extend(silent.map(|axe| MaskedCell {
        place: FigurePlace::Territory,
        code: axe.code.as_str().into(),
        label: format!("{} : évolution", axe.label).into(),
        source: None,
        mask: Mask::Derivable,
        protects: String::new(),
    }));
    cells
}

/// What is masked of a site.
pub(crate) fn masked_of_site(
    clearing: &Clearing,
    site: usize,
    cleared: &ClearedSite,
) -> Vec<MaskedCell> {
    let place = FigurePlace::Site(cleared.structure.as_str().into());
    let mut cells: Vec<MaskedCell> = cleared
        .criteres
        .iter()
        .chain(&cleared.axes)
        .filter_map(|figure| masked_level(clearing, site, &place, figure))
        .collect();
    for activity in &cleared.activities {
        if let Some(Shown::Masked(mask)) = activity.value {
            let source = told_respondents(activity.code).filter(|_| mask == Mask::Derivable);
            let protects = source.map_or(&[][..], |source| {
                let answers = &clearing.decisions.answers;
                answers.return_protects(source, AnswerGroup::Site(site))
            });
            cells.push(MaskedCell {
                place: place.clone(),
                code: activity.code.to_string().into(),
                label: activity.label.into(),
                source: None,
                mask,
                protects: codes(clearing, protects),
            });
        }
    }
    let group = AnswerGroup::Site(site);
    cells.extend(questions(clearing, &place, group, &cleared.distributions));
    cells.extend(outside(clearing, &place, group, &cleared.outside));
    cells
}

/// A critère or axe whose level is masked, or else its change.
fn masked_level(
    clearing: &Clearing,
    site: usize,
    place: &FigurePlace,
    figure: &ClearedFigure,
) -> Option<MaskedCell> {
    let hidden = &clearing.decisions.levels[site].hidden;
    let (label, mask, protects) = if let Some(Shown::Masked(mask)) = figure.value {
        let value = hidden.values.get(&figure.code);
        let protects = value.and_then(|v| v.protects.as_ref());
        (figure.label.clone(), mask, protects.map(words))
    } else {
        let protects = hidden.changes.get(&figure.code)?;
        let label = format!("{} : évolution", figure.label);
        (label.into(), Mask::Derivable, Some(words(protects)))
    };
    Some(MaskedCell {
        place: place.clone(),
        code: figure.code.as_str().into(),
        label,
        source: None,
        mask,
        protects: protects.unwrap_or_default(),
    })
}

/// « SEC-1 », « SEC-1 (FAM) ».
fn words(mean: &ProtectedMean) -> String {
    match mean.source {
        None => mean.code.clone(),
        Some(source) => format!("{} ({source})", mean.code),
    }
}

/// Codes of sites, as a list.
fn codes(clearing: &Clearing, sites: &[usize]) -> String {
    let structures = &clearing.figures.structures;
    let codes: Vec<&str> = sites.iter().map(|s| structures[*s].code.as_str()).collect();
    list(&codes)
}

/// Questions of a place whose answers are masked.
fn questions(
    clearing: &Clearing,
    place: &FigurePlace,
    group: AnswerGroup,
    distributions: &BTreeMap<SourceCode, Vec<ClearedDistribution>>,
) -> Vec<MaskedCell> {
    let questions = distributions.values().flatten();
    let masked = questions.filter_map(|q| {
        let element = clearing.figures.referentiel.element(&q.code);
        question(clearing, place, (group, element), q)
    });
    masked.collect()
}

/// The same of those outside the référentiel.
fn outside(
    clearing: &Clearing,
    place: &FigurePlace,
    group: AnswerGroup,
    questions: &[ClearedDistribution],
) -> Vec<MaskedCell> {
    let asked = clearing.figures.outside;
    let masked = questions.iter().filter_map(|q| {
        let rank = asked.iter().position(|own| own.code == q.code);
        let position = rank.map(|rank| clearing.figures.outside_position(rank));
        question(clearing, place, (group, position), q)
    });
    masked.collect()
}

/// A question whose answers are masked, known to the decisions by its position.
fn question(
    clearing: &Clearing,
    place: &FigurePlace,
    (group, position): (AnswerGroup, Option<usize>),
    q: &ClearedDistribution,
) -> Option<MaskedCell> {
    let mask = *q.shares.as_ref().err()?;
    let answers = &clearing.decisions.answers;
    let sites = position.map_or(&[][..], |at| answers.protects(at, group));
    Some(MaskedCell {
        place: place.clone(),
        code: q.code.clone(),
        label: q.label.clone(),
        source: Some(q.source),
        mask,
        protects: codes(clearing, sites),
    })
}
