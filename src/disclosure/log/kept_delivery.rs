//! What is kept of a delivery that was made: for the log, beyond what it repeats of earlier editions; for those who read it
//! beside their own, beyond what it repeats of the same edition too.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::delivery_record::KeptCampaign;
use super::earlier_editions::EarlierEditions;
use super::figure_key::figure_key;
use super::kept_activities::kept_activities;
use super::kept_answers::KeptAnswers;
use super::kept_levels::{KeptFigure, KeptSite, fingerprints};
use super::log_key::LogKey;
use super::printed_answers::{ShownAnswers, ToldAnswers, holds_answers};
use super::printed_levels::{LevelCodes, ToldLevels, holds_levels};
use super::repeated_answers::Instead;
use super::repeated_delivery::Repeats;
use super::repeated_levels::line_figure;
use super::told_campaign::ToldCampaign;
use super::told_level::ToldLevel;
use crate::disclosure::cleared::{
    AskedAs, ClearedDelivery, ClearedDistribution, ClearedFigure, ClearedSite, FigurePlace,
    LevelAnswers,
};

/// What the log keeps of a delivery; `key` is that of its fingerprints.
pub(crate) fn kept_campaign(
    delivery: &ClearedDelivery,
    repeats: &Repeats,
    key: &LogKey,
) -> KeptCampaign {
    let answers = told_answers(delivery, repeats);
    let levels = fresh_sites(delivery, |site| repeats.levels.contains(site));
    KeptCampaign {
        publics: vec![delivery.audience.as_str().to_owned()],
        reponses: answers
            .map(|(key, told)| (key, KeptAnswers::of(&told)))
            .collect(),
        niveaux: levels
            .map(|(site, answers)| {
                let kept = KeptSite::of(answers, site.criteres.iter().chain(&site.axes), key);
                (site.structure.clone(), kept)
            })
            .collect(),
        territoire: territory_figures(delivery)
            .map(|figure| (figure.code.clone(), KeptFigure::of(&figure)))
            .collect(),
        activites: kept_activities(delivery),
        fondement: delivery.exact.grounds.clone(),
    }
}

/// What a delivery tells beyond what its readers held after `earlier`, as those compare it who read another beside it.
/// Without a key, no levels are known again.
pub(crate) fn told_campaign(
    delivery: &ClearedDelivery,
    repeats: &Repeats,
    earlier: EarlierEditions,
    key: Option<&LogKey>,
) -> ToldCampaign {
    let audience = delivery.audience;
    let mut codes = LevelCodes::default();
    let levels = fresh_sites(delivery, |site| repeats.levels_beside.contains(site));
    let levels = levels.filter(|_| key.is_some()).map(|(site, answers)| {
        let figures = site.criteres.iter().chain(&site.axes);
        let told = ToldLevels {
            respondents: answers.respondents.clone(),
            fingerprints: fingerprints(answers, key),
            figures: codes.figures(figures.map(|f| (&f.code, ToldLevel::of(f)))),
        };
        (site.structure.clone(), told)
    });
    let answers = told_answers(delivery, repeats);
    ToldCampaign {
        audience,
        levels: levels
            .filter(|(site, told)| !holds_levels(&earlier.levels(site), told, audience))
            .collect(),
        answers: answers
            .filter(|(key, told)| !holds_answers(&earlier.answers(key), told, audience))
            .map(|(key, told)| (key.into(), told))
            .collect(),
    }
}

/// Sites whose levels are told anew, and the answers behind them.
fn fresh_sites(
    delivery: &ClearedDelivery,
    repeats: impl Fn(&str) -> bool,
) -> impl Iterator<Item = (&ClearedSite, &LevelAnswers)> {
    let sites = delivery.sites.iter();
    sites
        .filter(move |site| !repeats(&site.structure))
        .filter_map(|site| Some((site, delivery.exact.levels.get(&site.structure)?)))
}

/// The figures of the territory that a later edition may have to repeat: changes of axes, what the
/// organiser decides.
fn territory_figures(delivery: &ClearedDelivery) -> impl Iterator<Item = ClearedFigure> {
    let axes = delivery.territory.evolution.iter().map(line_figure);
    let organiser = delivery.territory.organiser.iter();
    axes.chain(organiser.map(|own| own.figure.clone()))
}

/// Answers told, except those that repeat what is kept already; by key.
fn told_answers<'d>(
    delivery: &'d ClearedDelivery,
    repeats: &'d Repeats,
) -> impl Iterator<Item = (String, ToldAnswers)> + 'd {
    let shown = shown_questions(delivery);
    delivery.exact.asked.iter().filter_map(move |asked| {
        let question = *shown.get(&asked.place)?.get(asked.code.as_str())?;
        let answers = match repeats.answers.at(&asked.place, &asked.code) {
            None => &asked.answers,
            Some(Instead::Mixed(answers)) => answers,
            // Told once more of what others are told today: nothing keeps it yet.
            Some(Instead::Before(Some(told))) if told.moment >= repeats.of_this_edition => {
                &asked.answers
            }
            Some(Instead::Before(_)) => return None,
        };
        let is_outside = question.asked == AskedAs::Outside;
        let labels = is_outside.then_some(&*question.modalities);
        let shown = question.shares.as_ref().map(|shares| {
            Arc::new(ShownAnswers {
                answers: Some(answers.clone()),
                shares: shares.clone(),
                labels: labels.unwrap_or_default().to_vec(),
            })
        });
        let told = ToldAnswers {
            n: answers.total(),
            shown: shown.map_err(|mask| *mask),
        };
        Some((figure_key(&asked.place, &asked.code), told))
    })
}

/// Every question of a delivery, by place.
fn shown_questions(
    delivery: &ClearedDelivery,
) -> BTreeMap<FigurePlace, BTreeMap<&str, &ClearedDistribution>> {
    let territory = &delivery.territory;
    let sites = delivery.sites.iter().map(|s| {
        let place = FigurePlace::Site(s.structure.as_str().into());
        (place, &s.distributions, s.outside.as_slice())
    });
    let sectors = delivery.sectors.iter().map(|s| {
        let place = FigurePlace::Sector(s.secteur.clone());
        (place, &s.distributions, &[][..])
    });
    let whole = (
        FigurePlace::Territory,
        &territory.distributions,
        territory.outside.as_slice(),
    );
    let mut shown: BTreeMap<FigurePlace, BTreeMap<&str, &ClearedDistribution>> = BTreeMap::new();
    for (place, distributions, outside) in sites.chain(sectors).chain([whole]) {
        let all = distributions.values().flatten().chain(outside);
        let own = all.map(|question| (question.code.as_str(), question));
        shown.entry(place).or_default().extend(own);
    }
    shown
}
