//! What is kept of a delivery that was made: for the log, beyond what it repeats of earlier editions; for those who read it
//! beside their own, beyond what it repeats of the same edition too.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};

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
    AskedAs, AskedQuestion, ClearedDelivery, ClearedDistribution, ClearedFigure, ClearedSite,
    FigurePlace, LevelAnswers,
};
use crate::vocabulary::referentiel::SourceCode;

/// What the log keeps of a delivery, written as a `KeptCampaign` is and figure by figure: held whole, that of a vast
/// territory takes several times the room of its file.
#[derive(Debug)]
pub(crate) struct KeptDelivery<'a> {
    pub(crate) delivery: &'a ClearedDelivery,
    pub(crate) repeats: &'a Repeats,
    /// Of its fingerprints.
    pub(crate) key: &'a LogKey,
}

impl Serialize for KeptDelivery<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let delivery = self.delivery;
        let mut kept = to.serialize_map(None)?;
        kept.serialize_entry("publics", &[delivery.audience.as_str()])?;
        kept.serialize_entry("reponses", &EachEntry(|| self.answers()))?;
        kept.serialize_entry("niveaux", &EachEntry(|| self.levels()))?;
        let figures = || territory_figures(delivery);
        let figures = || figures().map(|figure| (figure.code.clone(), KeptFigure::of(&figure)));
        kept.serialize_entry("territoire", &EachEntry(figures))?;
        let activities = kept_activities(delivery);
        if !activities.is_empty() {
            kept.serialize_entry("activites", &activities)?;
        }
        if !delivery.exact.grounds.is_empty() {
            kept.serialize_entry("fondement", &delivery.exact.grounds)?;
        }
        kept.end()
    }
}

impl KeptDelivery<'_> {
    fn answers(&self) -> impl Iterator<Item = (String, KeptAnswers)> {
        let answers = told_answers(self.delivery, self.repeats);
        answers.map(|(key, told)| (key, KeptAnswers::of(&told)))
    }

    fn levels(&self) -> impl Iterator<Item = (&str, KeptSite)> {
        let fresh = fresh_sites(self.delivery, |site| self.repeats.levels.contains(site));
        fresh.map(|(site, answers)| {
            let levels = site.criteres.iter().chain(&site.axes);
            let kept = KeptSite::of(answers, levels, self.key);
            (site.structure.as_str(), kept)
        })
    }
}

/// Entries written one after another.
struct EachEntry<F>(F);

impl<F, I, K, V> Serialize for EachEntry<F>
where
    F: Fn() -> I,
    I: Iterator<Item = (K, V)>,
    K: Serialize,
    V: Serialize,
{
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map((self.0)())
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
    let places = questions_by_place(delivery);
    let asked = &delivery.exact.asked;
    let by_place = asked.chunk_by(|one, next| one.place == next.place);
    by_place.flat_map(move |asked| {
        let of_place = places.get(&asked[0].place);
        let shown = of_place.map_or_else(BTreeMap::new, PlaceQuestions::by_code);
        asked.iter().filter_map(move |asked| {
            let question = *shown.get(asked.code.as_str())?;
            let told = told_question(asked, question, repeats)?;
            Some((figure_key(&asked.place, &asked.code), told))
        })
    })
}

/// What is told of a question; none where it repeats what is kept already.
fn told_question(
    asked: &AskedQuestion,
    question: &ClearedDistribution,
    repeats: &Repeats,
) -> Option<ToldAnswers> {
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
            shares: (**shares).clone(),
            labels: labels.unwrap_or_default().to_vec(),
        })
    });
    Some(ToldAnswers {
        n: answers.total(),
        shown: shown.map_err(|mask| *mask),
    })
}

/// Questions of a delivery at one place.
struct PlaceQuestions<'d> {
    distributions: &'d BTreeMap<SourceCode, Vec<ClearedDistribution>>,
    outside: &'d [ClearedDistribution],
}

impl<'d> PlaceQuestions<'d> {
    fn by_code(&self) -> BTreeMap<&'d str, &'d ClearedDistribution> {
        let all = self.distributions.values().flatten().chain(self.outside);
        all.map(|question| (question.code.as_str(), question))
            .collect()
    }
}

/// Questions of a delivery, by place.
fn questions_by_place(delivery: &ClearedDelivery) -> BTreeMap<FigurePlace, PlaceQuestions<'_>> {
    let sites = delivery.sites.iter().map(|site| {
        let own = PlaceQuestions {
            distributions: &site.distributions,
            outside: &site.outside,
        };
        (FigurePlace::Site(site.structure.as_str().into()), own)
    });
    let sectors = delivery.sectors.iter().map(|sector| {
        let own = PlaceQuestions {
            distributions: &sector.distributions,
            outside: &[],
        };
        (FigurePlace::Sector(sector.secteur.clone()), own)
    });
    let territory = &delivery.territory;
    let whole = PlaceQuestions {
        distributions: &territory.distributions,
        outside: &territory.outside,
    };
    let all = sites
        .chain(sectors)
        .chain([(FigurePlace::Territory, whole)]);
    all.collect()
}
