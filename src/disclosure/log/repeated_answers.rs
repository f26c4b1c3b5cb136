//! Which figures must repeat an earlier edition: those that differ by too few answers, and the
//! totals that would give such a difference back.
//!
//! Whenever a total repeats, all its parts repeat with it: a later edition then compares everything
//! with the same day, and no difference of differences tells what one edition kept silent.

use std::collections::{BTreeMap, BTreeSet};

use super::figure_key::figure_key;
use super::kept_answers::KeptAnswers;
use crate::disclosure::cleared::{AskedQuestion, ExactAnswers, FigurePlace};
use crate::figures::Distribution;

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

/// The answers to one question, place by place, and what was printed of them.
struct QuestionEditions<'a> {
    places: &'a [&'a AskedQuestion],
    kept: &'a BTreeMap<String, KeptAnswers>,
    exact: &'a ExactAnswers,
    moves: BTreeMap<&'a FigurePlace, FigureMove>,
}

/// Keys of the figures that repeat what was printed, be it nothing.
pub(crate) fn repeated(
    exact: &ExactAnswers,
    kept: &BTreeMap<String, KeptAnswers>,
) -> BTreeSet<String> {
    let mut by_question: BTreeMap<&str, Vec<&AskedQuestion>> = BTreeMap::new();
    for asked in &exact.asked {
        by_question.entry(&asked.code).or_default().push(asked);
    }
    let mut keys = BTreeSet::new();
    for places in by_question.values() {
        let mut question = QuestionEditions {
            places,
            kept,
            exact,
            moves: BTreeMap::new(),
        };
        keys.extend(question.repeats());
    }
    keys
}

impl<'a> QuestionEditions<'a> {
    fn repeats(&mut self) -> Vec<String> {
        let sites = self.placed(|p| matches!(p, FigurePlace::Site(_)));
        let sectors = self.placed(|p| matches!(p, FigurePlace::Sector(_)));
        for &site in &sites {
            self.moves.insert(&site.place, self.own(site));
        }
        // Under the territory: sectors that are shown, and the sites in none of them.
        let mut parts: Vec<&AskedQuestion> = Vec::new();
        let mut alone = sites.clone();
        for &sector in &sectors {
            let members: Vec<&AskedQuestion> = sites
                .iter()
                .copied()
                .filter(|site| self.exact.sector_of(&site.place) == Some(&sector.place))
                .collect();
            self.total(sector, &members, &[]);
            if sector.shown {
                parts.push(sector);
                alone.retain(|site| !members.iter().any(|m| m.place == site.place));
            }
        }
        parts.extend(alone);
        let under: Vec<&AskedQuestion> = sites.iter().chain(&sectors).copied().collect();
        for whole in self.placed(|p| *p == FigurePlace::Territory) {
            self.total(whole, &parts, &under);
        }
        let repeated = self
            .places
            .iter()
            .filter(|a| self.moves.get(&a.place) == Some(&FigureMove::Repeat));
        repeated.map(|a| figure_key(&a.place, &a.code)).collect()
    }

    fn placed(&self, is_wanted: fn(&FigurePlace) -> bool) -> Vec<&'a AskedQuestion> {
        let places = self.places.iter().copied();
        places.filter(|a| is_wanted(&a.place)).collect()
    }

    fn old(&self, asked: &AskedQuestion) -> Option<&'a KeptAnswers> {
        self.kept.get(&figure_key(&asked.place, &asked.code))
    }

    /// How a figure moved by itself.
    fn own(&self, asked: &AskedQuestion) -> FigureMove {
        let Some(old) = self.old(asked) else {
            return FigureMove::New;
        };
        let few = asked.answers.total().abs_diff(old.n) < asked.least.max(1);
        match old.answers() {
            Some(before) if before == asked.answers => FigureMove::Same,
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
        let printed = self.old(total).and_then(KeptAnswers::answers);
        if let Some(before) = printed {
            if settled != FigureMove::Repeat && self.tells_few(total, &before, parts) {
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

    /// Whether what moved in a total, beyond its parts printed anew, is too few people. A part that
    /// was hidden counts for nothing before: what it hid is then in the rest.
    fn tells_few(
        &self,
        total: &AskedQuestion,
        before: &Distribution,
        parts: &[&AskedQuestion],
    ) -> bool {
        let mut rest = difference(&total.answers, before);
        let mut least = total.least.max(1);
        for part in parts.iter().filter(|p| p.shown) {
            let found = self.moves.get(&part.place);
            if !matches!(
                found,
                Some(FigureMove::Fresh | FigureMove::New | FigureMove::Unveiled)
            ) {
                continue;
            }
            if found == Some(&FigureMove::Unveiled) {
                least = least.max(part.least);
            }
            let earlier = self.old(part).and_then(KeptAnswers::answers);
            let moved = difference(&part.answers, &earlier.unwrap_or_default());
            rest.resize(rest.len().max(moved.len()), 0);
            for (r, m) in rest.iter_mut().zip(&moved) {
                *r -= m;
            }
        }
        let people: i64 = rest.iter().sum();
        rest.iter().any(|r| *r != 0) && people.unsigned_abs() < least as u64
    }
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
