//! Who keeps every edition of a campaign, and what they know of their own answers. A person answers once: an attack by
//! somebody whose answer is another one from one edition to the next would be that of two, who put theirs together.

use std::collections::{BTreeMap, BTreeSet};

use observatoire::figures::Distribution;

use super::knowledge::Knowledge;
use super::truth::Era;

/// Names of the editions.
pub const NAMES: [&str; 3] = ["1", "2", "3"];

/// Who keeps all editions. A person answers once: of the editions of one campaign, each that holds their answer
/// holds the same.
#[derive(Debug, Clone, Copy)]
pub enum Keeper<'a> {
    /// Somebody who works nowhere.
    Elsewhere,
    /// Somebody of the site whose answers are in every edition.
    There(&'a str),
    /// Somebody of the site whose answers came between the first edition and the second, perhaps to be
    /// taken away before the third.
    Late(&'a str),
}

impl<'a> Keeper<'a> {
    pub fn team(self) -> Option<&'a str> {
        match self {
            Self::Elsewhere => None,
            Self::There(site) | Self::Late(site) => Some(site),
        }
    }

    /// The answer of theirs to a question, of what was answered in each edition.
    fn answer(self, [first, second, third]: [&Distribution; 3]) -> Option<usize> {
        let count = |answers: &Distribution, m: usize| answers.counts.get(m).copied().unwrap_or(0);
        let is_theirs = |m: &usize| match self {
            Self::Elsewhere => false,
            Self::There(_) => [first, second, third].iter().all(|d| count(d, *m) > 0),
            Self::Late(_) => count(second, *m) > count(first, *m),
        };
        (0..second.counts.len()).find(is_theirs)
    }

    /// What they know of their own answers: counts, and changes of counts, that are theirs for one.
    pub fn own(self, knowledge: &mut Knowledge, eras: &[Era; 3]) -> BTreeMap<String, f64> {
        let mut own = BTreeMap::new();
        let Some(site) = self.team() else {
            return own;
        };
        let here = eras.each_ref().map(|era| answers_of(era, site));
        let none = Distribution::default();
        let asked: BTreeSet<&str> = here.iter().flat_map(BTreeMap::keys).copied().collect();
        for code in asked {
            let given = here.each_ref().map(|all| *all.get(code).unwrap_or(&&none));
            let Some(m) = self.answer(given) else {
                continue;
            };
            for name in self.holding(given, m) {
                let name = format!("{name}|{site}|{code}|{m}");
                let count = knowledge.solver.number(&name);
                knowledge.solver.learn(count, 1.0, 10_000.0);
                own.insert(name, 1.0);
            }
        }
        own
    }

    /// Counts and changes of counts that hold their answer.
    fn holding(self, given: [&Distribution; 3], m: usize) -> Vec<String> {
        let count = |e: usize| given[e].counts.get(m).copied().unwrap_or(0);
        let is_late = matches!(self, Self::Late(_));
        let is_gone = is_late && count(2) < count(1);
        let held = |e: usize| format!("c|{}", NAMES[e]);
        let moved = |e: usize| format!("d|{}|{}", NAMES[e], NAMES[e + 1]);
        let first = if is_late { moved(0) } else { held(0) };
        let last = if is_gone { moved(1) } else { held(2) };
        vec![first, held(1), last]
    }
}

/// What was answered at a site in an edition, by question.
fn answers_of<'a>(era: &Era<'a>, site: &str) -> BTreeMap<&'a str, &'a Distribution> {
    let all = era.truth.answers.iter().filter(|((s, _), _)| s == site);
    all.map(|((_, code), answers)| (code.as_str(), answers))
        .collect()
}
