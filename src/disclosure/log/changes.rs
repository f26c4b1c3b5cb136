//! Which figures must repeat an earlier edition: those that differ by too few answers, and the
//! totals that would give such a difference back.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ledger::{Asked, Ledger};
use super::super::masking::Place;
use super::kept::KeptAnswers;
use super::key;
use crate::indicators::Distribution;

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
    /// Was hidden with answers in it and is shown now: a total that moved with it would tell what
    /// was hidden.
    Unveiled,
}

/// Keys of the figures that repeat what was printed.
pub(super) fn repeated(ledger: &Ledger, kept: &BTreeMap<String, KeptAnswers>) -> BTreeSet<String> {
    let mut by_question: BTreeMap<&str, Vec<&Asked>> = BTreeMap::new();
    for asked in &ledger.asked {
        by_question.entry(&asked.code).or_default().push(asked);
    }
    let mut keys = BTreeSet::new();
    for places in by_question.values() {
        keys.extend(of_question(ledger, places, kept));
    }
    keys
}

fn of_question(
    ledger: &Ledger,
    places: &[&Asked],
    kept: &BTreeMap<String, KeptAnswers>,
) -> BTreeSet<String> {
    let mut moves: BTreeMap<&Place, Move> = BTreeMap::new();
    let ordered = |wanted: fn(&Place) -> bool| places.iter().filter(move |a| wanted(&a.place));
    for asked in ordered(|p| matches!(p, Place::Site(_))) {
        moves.insert(&asked.place, own_move(asked, kept));
    }
    let sites = || ordered(|p| matches!(p, Place::Site(_))).copied();
    let sector_of = |a: &Asked| match &a.place {
        Place::Site(code) => ledger.sectors.get(code).map(String::as_str),
        _ => None,
    };
    for total in ordered(|p| matches!(p, Place::Sector(_))) {
        let Place::Sector(name) = &total.place else {
            continue;
        };
        let parts: Vec<&Asked> = sites().filter(|a| sector_of(a) == Some(name)).collect();
        let found = total_move(total, &parts, &moves, kept);
        moves.insert(&total.place, found);
    }
    for total in ordered(|p| *p == Place::Territory) {
        let sectors: Vec<&Asked> = ordered(|p| matches!(p, Place::Sector(_)))
            .copied()
            .collect();
        let shown = |name: &str| {
            let own = sectors
                .iter()
                .find(|s| s.place == Place::Sector(name.to_owned()));
            own.is_some_and(|s| s.shown)
        };
        let alone = sites().filter(|a| !sector_of(a).is_some_and(shown));
        let parts: Vec<&Asked> = sectors
            .iter()
            .copied()
            .filter(|s| s.shown)
            .chain(alone)
            .collect();
        let found = total_move(total, &parts, &moves, kept);
        moves.insert(&total.place, found);
    }
    let repeats = places
        .iter()
        .filter(|a| moves.get(&a.place) == Some(&Move::Repeat));
    repeats.map(|a| key(&a.place, &a.code)).collect()
}

fn own_move(asked: &Asked, kept: &BTreeMap<String, KeptAnswers>) -> Move {
    let Some(old) = kept.get(&key(&asked.place, &asked.code)) else {
        return Move::New;
    };
    let few = asked.answers.total().abs_diff(old.n) < asked.least.max(1);
    match &old.answers {
        Some(before) if *before == asked.answers => Move::Same,
        _ if few => Move::Repeat,
        None if old.n > 0 && asked.shown => Move::Unveiled,
        _ => Move::Fresh,
    }
}

/// A total also repeats when what moved in it, beyond its parts shown anew, is too few people.
fn total_move(
    total: &Asked,
    parts: &[&Asked],
    moves: &BTreeMap<&Place, Move>,
    kept: &BTreeMap<String, KeptAnswers>,
) -> Move {
    let own = own_move(total, kept);
    let old = kept.get(&key(&total.place, &total.code));
    let Some(before) = old
        .and_then(|o| o.answers.as_ref())
        .filter(|_| own == Move::Fresh)
    else {
        return own;
    };
    let mut rest = difference(&total.answers, before);
    for part in parts.iter().filter(|p| p.shown) {
        match moves.get(&part.place) {
            Some(Move::Unveiled) => return Move::Repeat,
            Some(Move::Fresh | Move::New) => {
                let old = kept.get(&key(&part.place, &part.code));
                let none = Distribution::default();
                let before = old.and_then(|o| o.answers.as_ref()).unwrap_or(&none);
                let moved = difference(&part.answers, before);
                rest.resize(rest.len().max(moved.len()), 0);
                for (r, m) in rest.iter_mut().zip(&moved) {
                    *r -= m;
                }
            }
            _ => {}
        }
    }
    let people: i64 = rest.iter().sum();
    let moved = rest.iter().any(|r| *r != 0);
    if moved && people.unsigned_abs() < total.least.max(1) as u64 {
        Move::Repeat
    } else {
        own
    }
}

/// Change per modality, « ne sait pas » last.
fn difference(now: &Distribution, before: &Distribution) -> Vec<i64> {
    let size = now.counts.len().max(before.counts.len());
    let at = |d: &Distribution, i: usize| d.counts.get(i).copied().unwrap_or(0) as i64;
    let counts = (0..size).map(|i| at(now, i) - at(before, i));
    counts.collect()
}
