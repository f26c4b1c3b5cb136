//! Which figures must repeat an earlier edition: those that differ by too few answers from any that
//! was printed, and the totals that would give such a difference back.
//!
//! Whenever a total repeats, all its parts repeat with it: a later edition then compares everything
//! with the same day, and no difference of differences tells what one edition kept silent. Every
//! earlier day counts, not the last alone: an import that is cancelled brings answers back to
//! nearly what they were two editions ago.

use std::collections::{BTreeMap, BTreeSet};

use super::asked_places::AskedPlaces;
use super::earlier_editions::EarlierEditions;
use super::figure_key::figure_key;
use super::outside_labels::OutsideLists;
use super::printed_answers::PrintedAnswers;
use crate::disclosure::cleared::{AskedQuestion, ExactAnswers, FigurePlace};
use crate::disclosure::decide::{UNDECIDED, is_dominant};
use crate::figures::Distribution;
use crate::vocabulary::Audience;

/// What a figure says instead of today's answers.
#[derive(Debug, Clone)]
pub(crate) enum Instead {
    /// What it said before; nothing, where it said nothing.
    Before(Option<PrintedAnswers>),
    /// A total never printed: today's, with the earlier answers of the parts that repeat.
    Mixed(Distribution),
}

/// Figures that say something else than today's answers: by question, then by place.
#[derive(Debug, Clone, Default)]
pub(crate) struct InsteadOfTodays(BTreeMap<String, BTreeMap<FigurePlace, Instead>>);

impl InsteadOfTodays {
    /// What a question says at a place; none where it says today's answers.
    pub(crate) fn at(&self, place: &FigurePlace, question: &str) -> Option<&Instead> {
        self.0.get(question)?.get(place)
    }
}

/// How one figure moved since it was last printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FigureMove {
    /// Never printed, nobody had answered: all of it is new.
    New,
    /// The same answers.
    Same,
    /// Differs by enough.
    Fresh,
    /// Differs by too few: repeats.
    Repeat,
    /// Was hidden with answers in it and is shown now: a total that moves with it tells what was
    /// hidden.
    Unveiled,
}

/// The answers to one question, place by place, and what was printed of them by a moment.
struct QuestionEditions<'a> {
    places: AskedPlaces<'a>,
    /// Answers that each place had, oldest first.
    states: &'a BTreeMap<&'a FigurePlace, Vec<PrintedAnswers>>,
    audience: Audience,
    moment: usize,
    moves: BTreeMap<&'a FigurePlace, FigureMove>,
    /// Places that repeat, and the moment they repeat.
    repeats: BTreeMap<&'a FigurePlace, usize>,
}

/// Figures that say something else than today's answers; `lists` are those of questions outside the référentiel.
pub(crate) fn instead_of_todays(
    exact: &ExactAnswers,
    earlier: &EarlierEditions,
    lists: &OutsideLists,
    audience: Audience,
) -> InsteadOfTodays {
    let mut by_question: BTreeMap<&str, Vec<&AskedQuestion>> = BTreeMap::new();
    for asked in &exact.asked {
        by_question.entry(&asked.code).or_default().push(asked);
    }
    let mut all = InsteadOfTodays::default();
    for (code, asked) in by_question {
        let states = states_of(&asked, earlier, lists);
        let mut question = QuestionEditions {
            places: AskedPlaces::of(&asked, exact),
            states: &states,
            audience,
            moment: 0,
            moves: BTreeMap::new(),
            repeats: BTreeMap::new(),
        };
        let instead = question.settle();
        if !instead.is_empty() {
            all.0.insert(code.to_owned(), instead);
        }
    }
    all
}

/// Answers that each place had, in the order of today's.
fn states_of<'a>(
    asked: &[&'a AskedQuestion],
    earlier: &EarlierEditions,
    lists: &OutsideLists,
) -> BTreeMap<&'a FigurePlace, Vec<PrintedAnswers>> {
    let places = asked.iter().map(|asked| {
        let mut states = earlier.answers(&figure_key(&asked.place, &asked.code));
        if let Some(list) = lists.get(asked.code.as_str()) {
            states = states.iter().map(|state| state.in_order(list)).collect();
        }
        (&asked.place, states)
    });
    places.collect()
}

impl<'a> QuestionEditions<'a> {
    /// Compares with each earlier moment, until none asks for more.
    fn settle(&mut self) -> BTreeMap<FigurePlace, Instead> {
        let states = self.states.values().flatten();
        let moments: BTreeSet<usize> = states.map(|state| state.moment).collect();
        loop {
            let known = self.repeats.len();
            for moment in moments.iter().rev() {
                self.moment = *moment;
                self.compare();
                for (place, found) in &self.moves {
                    if *found == FigureMove::Repeat {
                        self.repeats.entry(place).or_insert(*moment);
                    }
                }
            }
            if self.repeats.len() == known {
                break;
            }
        }
        let places = self.places.all.iter();
        places
            .filter_map(|asked| Some((asked.place.clone(), self.instead(asked)?)))
            .collect()
    }

    fn instead(&self, asked: &AskedQuestion) -> Option<Instead> {
        if let Some(moment) = self.repeats.get(&asked.place) {
            return Some(Instead::Before(self.at(asked, *moment).cloned()));
        }
        self.mixed(asked).map(Instead::Mixed)
    }

    fn compare(&mut self) {
        self.moves.clear();
        for &site in &self.places.sites {
            self.moves.insert(&site.place, self.own(site));
        }
        for sector in self.places.sectors.clone() {
            let members = self.places.members_of(sector).to_vec();
            self.total(sector, &members, &[]);
        }
        let parts = self.places.parts.clone();
        let under = self.places.sites.iter().chain(&self.places.sectors);
        let under: Vec<&AskedQuestion> = under.copied().collect();
        for whole in self.places.territory.clone() {
            self.total(whole, &parts, &under);
        }
    }

    fn states(&self, asked: &AskedQuestion) -> &'a [PrintedAnswers] {
        self.states.get(&asked.place).map_or(&[], Vec::as_slice)
    }

    fn at(&self, asked: &AskedQuestion, moment: usize) -> Option<&'a PrintedAnswers> {
        let states = self.states(asked).iter();
        states.take_while(|s| s.moment <= moment).last()
    }

    fn old(&self, asked: &AskedQuestion) -> Option<&'a PrintedAnswers> {
        self.at(asked, self.moment)
    }

    /// What this reader holds of a place.
    fn seen(&self, asked: &AskedQuestion) -> Option<&'a Distribution> {
        self.old(asked)?.seen_by(self.audience)
    }

    /// How a figure moved by itself.
    fn own(&self, asked: &AskedQuestion) -> FigureMove {
        if self.repeats.contains_key(&asked.place) {
            return FigureMove::Repeat;
        }
        let Some(old) = self.old(asked) else {
            return FigureMove::New;
        };
        let few = asked.answers.total().abs_diff(old.n) < asked.least.max(1);
        match self.seen(asked) {
            Some(before) if *before == asked.answers => FigureMove::Same,
            _ if few => FigureMove::Repeat,
            None if old.n > 0 && asked.shown => FigureMove::Unveiled,
            _ => FigureMove::Fresh,
        }
    }

    /// Settles a total, and with it `parts` (what it sums) and `all` (everything else under it).
    fn total(
        &mut self,
        total: &'a AskedQuestion,
        parts: &[&'a AskedQuestion],
        all: &[&'a AskedQuestion],
    ) {
        let mut settled = self.own(total);
        if let Some(before) = self.seen(total) {
            if settled != FigureMove::Repeat && self.tells_few(total, before, parts) {
                settled = FigureMove::Repeat;
            }
            if settled == FigureMove::Repeat {
                for part in parts.iter().chain(all) {
                    self.moves.insert(&part.place, FigureMove::Repeat);
                }
            }
        }
        self.moves.insert(&total.place, settled);
    }

    /// Whether what moved in a total, beyond its parts printed anew, is too few people, or people of too
    /// few sites, or people who all answered alike: the rule of what remains of a total, for what a
    /// difference leaves. A part that was hidden counts for nothing before: what it hid is then in the
    /// rest.
    fn tells_few(
        &self,
        total: &AskedQuestion,
        before: &Distribution,
        parts: &[&AskedQuestion],
    ) -> bool {
        let mut rest = difference(&total.answers, before);
        let mut least = total.least.max(1);
        let mut moved = MovedPeople::default();
        for part in parts {
            let found = self.moves.get(&part.place);
            let is_anew = matches!(
                found,
                Some(FigureMove::Fresh | FigureMove::New | FigureMove::Unveiled)
            );
            if !part.shown || !is_anew {
                let earlier = self.old(part).map_or(0, |old| old.n);
                moved.add(part.answers.total().abs_diff(earlier));
                continue;
            }
            if found == Some(&FigureMove::Unveiled) {
                least = least.max(part.least);
            }
            let earlier = self.seen(part).cloned().unwrap_or_default();
            subtract(&mut rest, &difference(&part.answers, &earlier));
        }
        let people: i64 = rest.iter().sum();
        let is_few = people.unsigned_abs() < least as u64 || moved.are_of_few_sites();
        rest.iter().any(|r| *r != 0) && (is_few || are_alike(&rest))
    }

    /// A total that this reader never held would give back what its repeated parts keep silent: it
    /// is told with their earlier answers.
    fn mixed(&self, total: &'a AskedQuestion) -> Option<Distribution> {
        let parts = match &total.place {
            FigurePlace::Site(_) => return None,
            FigurePlace::Sector(_) => self.places.members_of(total),
            FigurePlace::Territory => &self.places.sites,
        };
        let mut states = self.states(total).iter();
        if !total.shown || states.any(|s| s.seen_by(self.audience).is_some()) {
            return None;
        }
        let mut answers: Vec<i64> = total.answers.counts.iter().map(|c| *c as i64).collect();
        let mut nsp = total.answers.nsp;
        for part in parts {
            let moment = self.repeats.get(&part.place);
            let state = moment.and_then(|moment| self.at(part, *moment));
            if let Some(before) = state.and_then(|s| s.seen_by(self.audience)) {
                subtract(&mut answers, &difference(&part.answers, before));
                nsp = (nsp + before.nsp).saturating_sub(part.answers.nsp);
            }
        }
        let counts = answers.into_iter().map(|c| c.max(0) as usize).collect();
        let mixed = Distribution { counts, nsp };
        (mixed != total.answers).then_some(mixed)
    }
}

/// Respondents who came or went between two editions, where they are not told site by site.
#[derive(Debug, Default)]
struct MovedPeople {
    sites: usize,
    all: usize,
    most: usize,
}

impl MovedPeople {
    fn add(&mut self, people: usize) {
        self.sites += usize::from(people > 0);
        self.all += people;
        self.most = self.most.max(people);
    }

    /// Whether they are all but those of one site, or of fewer sites than stay undecided.
    fn are_of_few_sites(&self) -> bool {
        self.sites < UNDECIDED || is_dominant(self.most, self.all)
    }
}

/// Whether all but one at most of those who came answered the same, or all but one who went.
fn are_alike(rest: &[i64]) -> bool {
    let moved: u64 = rest.iter().map(|r| r.unsigned_abs()).sum();
    let most = rest.iter().map(|r| r.unsigned_abs()).max().unwrap_or(0);
    moved - most < 2
}

/// Change per modality.
fn difference(now: &Distribution, before: &Distribution) -> Vec<i64> {
    let size = now.counts.len().max(before.counts.len());
    (0..size)
        .map(|i| {
            let [now, before] = [now, before].map(|d| d.counts.get(i).copied().unwrap_or(0));
            now as i64 - before as i64
        })
        .collect()
}

fn subtract(rest: &mut Vec<i64>, moved: &[i64]) {
    rest.resize(rest.len().max(moved.len()), 0);
    for (r, m) in rest.iter_mut().zip(moved) {
        *r -= m;
    }
}
