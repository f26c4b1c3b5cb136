//! Which figures must repeat an earlier edition: those that differ by too few answers, and the
//! totals that would give such a difference back.
//!
//! Whenever a total repeats, all its parts repeat with it: a later edition then compares everything
//! with the same day, and no difference of differences tells what one edition kept silent.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ledger::{Asked, Ledger};
use super::super::masking::Place;
use super::kept::KeptAnswers;
use super::key;
use crate::figures::Distribution;

/// How one figure moved since it was last printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
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
struct Question<'a> {
    places: &'a [&'a Asked],
    kept: &'a BTreeMap<String, KeptAnswers>,
    ledger: &'a Ledger,
    moves: BTreeMap<&'a Place, Move>,
}

/// Keys of the figures that repeat what was printed, be it nothing.
pub(super) fn repeated(ledger: &Ledger, kept: &BTreeMap<String, KeptAnswers>) -> BTreeSet<String> {
    let mut by_question: BTreeMap<&str, Vec<&Asked>> = BTreeMap::new();
    for asked in &ledger.asked {
        by_question.entry(&asked.code).or_default().push(asked);
    }
    let mut keys = BTreeSet::new();
    for places in by_question.values() {
        let mut question = Question {
            places,
            kept,
            ledger,
            moves: BTreeMap::new(),
        };
        keys.extend(question.repeats());
    }
    keys
}

impl<'a> Question<'a> {
    fn repeats(&mut self) -> Vec<String> {
        let of = |wanted: fn(&Place) -> bool| -> Vec<&'a Asked> {
            let all = self.places.iter().copied();
            all.filter(|a| wanted(&a.place)).collect()
        };
        let sites = of(|p| matches!(p, Place::Site(_)));
        let sectors = of(|p| matches!(p, Place::Sector(_)));
        for &site in &sites {
            self.moves.insert(&site.place, self.own(site));
        }
        let inside = |sector: &Asked, site: &Asked| {
            self.ledger.sector_of(&site.place) == Some(&sector.place)
        };
        let members: Vec<(&Asked, Vec<&Asked>)> = sectors
            .iter()
            .map(|sector| {
                (
                    *sector,
                    sites
                        .iter()
                        .copied()
                        .filter(|s| inside(sector, s))
                        .collect(),
                )
            })
            .collect();
        for (sector, parts) in &members {
            self.total(sector, parts, &[]);
        }
        let covered = |site: &Asked| {
            members
                .iter()
                .any(|(s, parts)| s.shown && parts.iter().any(|p| p.place == site.place))
        };
        let alone = sites.iter().copied().filter(|s| !covered(s));
        let parts: Vec<&Asked> = sectors
            .iter()
            .copied()
            .filter(|s| s.shown)
            .chain(alone)
            .collect();
        let all: Vec<&Asked> = sites.iter().chain(&sectors).copied().collect();
        for whole in of(|p| *p == Place::Territory) {
            self.total(whole, &parts, &all);
        }
        let repeats = self
            .places
            .iter()
            .filter(|a| self.moves.get(&a.place) == Some(&Move::Repeat));
        repeats.map(|a| key(&a.place, &a.code)).collect()
    }

    fn old(&self, asked: &Asked) -> Option<&'a KeptAnswers> {
        self.kept.get(&key(&asked.place, &asked.code))
    }

    /// How a figure moved by itself.
    fn own(&self, asked: &Asked) -> Move {
        let Some(old) = self.old(asked) else {
            return Move::New;
        };
        let few = asked.answers.total().abs_diff(old.n) < asked.least.max(1);
        match old.answers() {
            Some(before) if before == asked.answers => Move::Same,
            _ if few => Move::Repeat,
            None if old.n > 0 && asked.shown => Move::Unveiled,
            _ => Move::Fresh,
        }
    }

    /// Settles a total, and with it `parts` (what it sums) and `all` (everything else under it).
    fn total(&mut self, total: &'a Asked, parts: &[&'a Asked], all: &[&'a Asked]) {
        let mut settled = self.own(total);
        let printed = self.old(total).and_then(KeptAnswers::answers);
        if let Some(before) = printed {
            if settled != Move::Repeat && self.tells_few(total, &before, parts) {
                settled = Move::Repeat;
            }
            if settled == Move::Repeat {
                for part in parts.iter().chain(all) {
                    self.moves.insert(&part.place, Move::Repeat);
                }
            }
        }
        self.moves.insert(&total.place, settled);
    }

    /// Whether what moved in a total, beyond its parts printed anew, is too few people. A part that
    /// was hidden counts for nothing before: what it hid is then in the rest.
    fn tells_few(&self, total: &Asked, before: &Distribution, parts: &[&Asked]) -> bool {
        let mut rest = difference(&total.answers, before);
        let mut least = total.least.max(1);
        for part in parts.iter().filter(|p| p.shown) {
            let found = self.moves.get(&part.place);
            if !matches!(found, Some(Move::Fresh | Move::New | Move::Unveiled)) {
                continue;
            }
            if found == Some(&Move::Unveiled) {
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
    let at = |d: &Distribution, i: usize| d.counts.get(i).copied().unwrap_or(0) as i64;
    (0..size).map(|i| at(now, i) - at(before, i)).collect()
}
