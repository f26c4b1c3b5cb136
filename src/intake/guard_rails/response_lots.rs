//! The responses of a questionnaire, lot by lot, as what they answer: by it alone are people who bear no identifier
//! known again.

use std::collections::{BTreeMap, HashMap, HashSet};

use polars::prelude::DataFrame;

use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::base::text::fold;
use crate::intake::observations::{ElementCodes, TypedAnswer, TypedRecord};
use crate::intake::store::columns::{AnswerColumn, Statut};
use crate::intake::store::{LiveImport, StoredUnit};

/// Answers by which a person could be known: fewer, and many people answer alike.
const TELLING: usize = 4;
/// Responses, not all alike, that would not be the same by chance.
const MANY: usize = 3;

/// What one person answered: élément and level, or word where it has none; in order.
pub(crate) type Response = Vec<(String, String)>;

/// What an answer says, whoever wrote it and in whatever words: its level, else its word.
fn worth(micro: Option<i32>, raw: &str) -> String {
    micro.map_or_else(|| fold(raw), |m| m.to_string())
}

/// What a respondent answered.
pub(crate) fn response(record: &TypedRecord, codes: &ElementCodes) -> Response {
    let answered = |a: &&TypedAnswer| a.statut != Statut::Vide;
    let answers = record.answers.iter().filter(answered);
    let mut said: Response = answers
        .filter_map(|a| Some((codes.code(a.element)?.to_owned(), worth(a.micro, &a.raw))))
        .collect();
    said.sort_unstable();
    said
}

/// The responses of a unit of the store, in their order; none where a purge took them.
///
/// # Errors
///
/// A table that is missing or damaged.
pub(crate) fn stored_responses(
    live: &LiveImport,
    unit: &StoredUnit,
    codes: &ElementCodes,
) -> Result<Vec<Response>> {
    use AnswerColumn as C;
    let answers = live.answers()?;
    if unit.answers.start + unit.answers.rows > answers.rows() {
        return Ok(Vec::new());
    }
    let columns = [C::Repondant, C::Element, C::Statut, C::Micro, C::Valeur];
    let frame = answers.read(&columns, unit.answers)?;
    by_respondent(&frame, codes)
}

fn by_respondent(frame: &DataFrame, codes: &ElementCodes) -> Result<Vec<Response>> {
    use AnswerColumn as C;
    let ranks = frame.column(C::Repondant.name())?.u32()?;
    let elements = frame.column(C::Element.name())?.u32()?;
    let statuts = frame.column(C::Statut.name())?.u32()?;
    let micros = frame.column(C::Micro.name())?.i32()?;
    let words = frame.column(C::Valeur.name())?.str()?;
    let mut all: BTreeMap<u32, Response> = BTreeMap::new();
    for row in 0..frame.height() {
        let Some(rank) = ranks.get(row) else { continue };
        let own = all.entry(rank).or_default();
        let is_blank = statuts.get(row) == Some(Statut::Vide as u32);
        let code = elements.get(row).and_then(|e| codes.code(e));
        if let Some(code) = code.filter(|_| !is_blank) {
            let raw = words.get(row).unwrap_or_default();
            own.push((code.to_owned(), worth(micros.get(row), raw)));
        }
    }
    let mut all: Vec<Response> = all.into_values().collect();
    for response in &mut all {
        response.sort_unstable();
    }
    Ok(all)
}

/// Responses that stand in both, each as often as in the lot that has fewer of it.
pub(crate) fn common(some: &[Response], others: &[Response]) -> usize {
    let mut left: HashMap<&Response, usize> = HashMap::new();
    for response in some {
        *left.entry(response).or_default() += 1;
    }
    let found = others.iter().filter(|r| {
        let of = left.get_mut(r).filter(|n| **n > 0);
        of.map(|n| *n -= 1).is_some()
    });
    found.count()
}

/// Whether a response is one that few would give.
fn is_telling(response: &Response) -> bool {
    response.len() >= TELLING
}

/// How many of the smaller lot are of the other too, where they are too many for chance: nearly all, and
/// not one answer many times.
pub(super) fn repeated(some: &[Response], others: &[Response]) -> Option<usize> {
    let tell = |all: &[Response]| -> Vec<Response> {
        all.iter().filter(|r| is_telling(r)).cloned().collect()
    };
    let (some, others) = (tell(some), tell(others));
    let same = common(&some, &others);
    let smaller = some.len().min(others.len());
    let known: HashSet<&Response> = others.iter().collect();
    let distinct: HashSet<&Response> = some.iter().filter(|r| known.contains(r)).collect();
    (same >= MANY && distinct.len() >= MANY && same * 5 >= smaller * 4).then_some(same)
}

/// Responses that a lot holds twice in a row: a block pasted a second time.
///
/// The longest run of [`RUN`] or more that stands at two places, with its first response at each.
pub(super) fn pasted_twice(lot: &[Response]) -> Option<(usize, usize, usize)> {
    let mut places: HashMap<&[Response], usize> = HashMap::new();
    for at in 0..=lot.len().checked_sub(RUN)? {
        let run = &lot[at..at + RUN];
        let distinct: HashSet<&Response> = run.iter().filter(|r| is_telling(r)).collect();
        if distinct.len() < MANY {
            continue;
        }
        let Some(first) = places.get(run).copied() else {
            places.insert(run, at);
            continue;
        };
        if at < first + RUN {
            continue;
        }
        let alike = lot[first..].iter().zip(&lot[at..]);
        let length = alike.take_while(|(one, other)| one == other).count();
        return Some((first, at, length.min(at - first)));
    }
    None
}

/// Responses one after the other that no chance repeats.
const RUN: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    fn person(levels: [i32; 5]) -> Response {
        let all = levels.iter().enumerate();
        all.map(|(k, l)| (format!("Q{k}"), l.to_string())).collect()
    }

    fn lot(seed: usize, n: usize) -> Vec<Response> {
        let level =
            |i: usize, k: usize| ((seed * 31 + i * 7 + k * k * (i + seed) + i / 3) % 4 + 1) as i32;
        (0..n)
            .map(|i| person(std::array::from_fn(|k| level(i, k))))
            .collect()
    }

    #[test]
    fn a_lot_is_known_again_whatever_its_order_and_another_is_not() {
        let first = lot(1, 12);
        let mut again = first.clone();
        again.reverse();
        again.push(person([1, 1, 1, 1, 1]));
        assert_eq!(repeated(&first, &again), Some(12));
        assert_eq!(repeated(&first, &lot(2, 12)), None);
        // People who all answer alike are no lot that comes back.
        let flat = vec![person([4, 4, 4, 4, 4]); 12];
        assert_eq!(repeated(&flat, &flat), None);
    }

    #[test]
    fn a_block_pasted_again_is_told_with_its_places() {
        let mut twice = lot(1, 8);
        assert_eq!(pasted_twice(&twice), None);
        twice.extend(lot(1, 8));
        assert_eq!(pasted_twice(&twice), Some((0, 8, 8)));
        assert_eq!(pasted_twice(&[]), None);
    }
}
