//! A delivery that repeats what was printed, where too few answers have changed since.

use std::collections::{BTreeMap, BTreeSet};

use super::earlier_editions::EarlierEditions;
use super::kept_activities::keep_back;
use super::log_key::LogKey;
use super::outside_labels::align;
use super::repeated_answers::{Instead, InsteadOfTodays, instead_of_todays};
use super::repeated_levels::LevelMemory;
use crate::disclosure::clear::{outside_shares, shares_of};
use crate::disclosure::cleared::{
    AskedAs, AskedQuestion, ClearedDelivery, ClearedDistribution, ExactAnswers, FigurePlace, Mask,
    Shares,
};
use crate::vocabulary::Audience;
use crate::vocabulary::referentiel::SourceCode;

/// What [`super::ToldEdition::apply`] put back into one delivery. [`super::DeliveryLog::record`] takes it: several
/// audiences are applied before any is recorded, so that the log itself cannot hold the count.
#[derive(Debug, Clone, Default)]
#[must_use = "what repeats an earlier edition is recorded with the delivery"]
pub struct Repeats {
    /// Figures that repeat an earlier edition.
    pub figures: usize,
    /// Questions that say something else than today's answers.
    pub(super) answers: InsteadOfTodays,
    /// Rank from which what is repeated was told to others of the same edition, and is remembered nowhere.
    pub(super) of_this_edition: usize,
    /// Sites whose levels repeat what the log keeps.
    pub(super) levels: BTreeSet<String>,
    /// Those that repeat it, or what others are told of the same edition.
    pub(super) levels_beside: BTreeSet<String>,
}

impl Repeats {
    /// Whether a question of a structure says something else than today's answers.
    pub(crate) fn replaces(&self, structure: &str, question: &str) -> bool {
        let place = FigurePlace::Site(structure.into());
        self.answers.at(&place, question).is_some()
    }
}

/// Puts back what was printed where too few answers have changed since, or others are told it of the same edition.
pub(crate) fn repeat_printed(
    delivery: &mut ClearedDelivery,
    earlier: EarlierEditions,
    key: Option<&LogKey>,
) -> Repeats {
    let audience = delivery.audience;
    let lists = align(delivery, &earlier);
    let answers = instead_of_todays(&delivery.exact, &earlier, &lists, audience);
    let memory = LevelMemory {
        earlier,
        key,
        audience,
    };
    let alone = LevelMemory {
        earlier: earlier.without_others(),
        ..memory
    };
    let mut repeats = Repeats {
        levels: alone.repeating(delivery),
        levels_beside: memory.repeating(delivery),
        of_this_edition: earlier.next_moment,
        ..Repeats::default()
    };
    let places = put_back(delivery, &answers);
    repeats.figures += places.values().sum::<usize>();
    repeats.figures += memory.restore(delivery);
    repeats.figures += memory.restore_organiser(&mut delivery.territory, &answers);
    for site in &mut delivery.sites {
        site.repeats |= places.contains_key(&FigurePlace::Site(site.structure.as_str().into()));
    }
    delivery.territory.repeats = repeats.figures > 0;
    if let Some(told) = earlier.printed.activities(audience) {
        repeats.figures += keep_back(delivery, told);
    }
    repeats.answers = answers;
    repeats
}

/// Puts back answers; how many questions of each place change.
fn put_back(
    delivery: &mut ClearedDelivery,
    answers: &InsteadOfTodays,
) -> BTreeMap<FigurePlace, usize> {
    let audience = delivery.audience;
    // Out of the delivery while what is made of it changes.
    let exact = std::mem::take(&mut delivery.exact);
    let least = fewest_shown(&exact, answers);
    let mut places = BTreeMap::new();
    for placed in questions(delivery) {
        let question = placed.question;
        let Some(instead) = answers.at(&placed.place, &question.code) else {
            continue;
        };
        let of_place = least.get(&placed.place);
        let least = of_place.and_then(|own| own.get(question.code.as_str()));
        let mut shares = told(instead, audience, least.copied().unwrap_or(usize::MAX));
        if question.asked == AskedAs::Outside {
            shares = shares.map(outside_shares);
        }
        let shares = shares.map(Box::new);
        // A figure masked today stays masked, whatever was printed.
        if question.shares.is_ok() && question.shares != shares {
            question.shares = shares;
            *places.entry(placed.place).or_default() += 1;
        }
    }
    delivery.exact = exact;
    places
}

/// Fewest answers from which each question that says something else is shown, by place.
fn fewest_shown<'a>(
    exact: &'a ExactAnswers,
    answers: &InsteadOfTodays,
) -> BTreeMap<&'a FigurePlace, BTreeMap<&'a str, usize>> {
    let mut least: BTreeMap<&FigurePlace, BTreeMap<&str, usize>> = BTreeMap::new();
    let is_else = |asked: &&AskedQuestion| answers.at(&asked.place, &asked.code).is_some();
    for asked in exact.asked.iter().filter(is_else) {
        let own = least.entry(&asked.place).or_default();
        own.insert(&asked.code, asked.shown_from);
    }
    least
}

/// What a figure is told instead of today's answers.
fn told(instead: &Instead, audience: Audience, least: usize) -> Result<Shares, Mask> {
    match instead {
        Instead::Before(Some(printed)) => printed.told(audience, least),
        Instead::Mixed(answers) if answers.total() >= least.max(1) => Ok(shares_of(answers)),
        Instead::Before(None) | Instead::Mixed(_) => Err(Mask::Derivable),
    }
}

/// A question of a delivery at its place, to be put back.
struct PlacedQuestion<'a> {
    place: FigurePlace,
    question: &'a mut ClearedDistribution,
}

/// Every question of a delivery with its place.
fn questions(delivery: &mut ClearedDelivery) -> impl Iterator<Item = PlacedQuestion<'_>> {
    let sites = delivery.sites.iter_mut().flat_map(|site| {
        let place = FigurePlace::Site(site.structure.as_str().into());
        at(&place, &mut site.distributions).chain(outside_at(&place, &mut site.outside))
    });
    let sectors = delivery.sectors.iter_mut().flat_map(|sector| {
        let place = FigurePlace::Sector(sector.secteur.clone());
        at(&place, &mut sector.distributions)
    });
    let territory = &mut delivery.territory;
    let whole = at(&FigurePlace::Territory, &mut territory.distributions);
    let outside = outside_at(&FigurePlace::Territory, &mut territory.outside);
    sites.chain(sectors).chain(whole).chain(outside)
}

fn outside_at<'a>(
    place: &FigurePlace,
    questions: &'a mut [ClearedDistribution],
) -> impl Iterator<Item = PlacedQuestion<'a>> + use<'a> {
    let place = place.clone();
    questions.iter_mut().map(move |question| PlacedQuestion {
        place: place.clone(),
        question,
    })
}

fn at<'a>(
    place: &FigurePlace,
    distributions: &'a mut BTreeMap<SourceCode, Vec<ClearedDistribution>>,
) -> impl Iterator<Item = PlacedQuestion<'a>> + use<'a> {
    let place = place.clone();
    let questions = distributions.values_mut().flatten();
    questions.map(move |question| PlacedQuestion {
        place: place.clone(),
        question,
    })
}
