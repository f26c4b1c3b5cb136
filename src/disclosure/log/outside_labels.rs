//! Answers to questions outside the référentiel, whose list may change between two editions: what was printed and what
//! is about to be are put in one order before they are compared.

use std::collections::BTreeMap;

use super::earlier_editions::EarlierEditions;
use super::figure_key::figure_key;
use super::printed_answers::PrintedAnswers;
use crate::disclosure::cleared::{ClearedDelivery, ClearedDistribution};

/// Answers to questions outside the référentiel, by question, in the order in which editions are compared.
pub(crate) type OutsideLists = BTreeMap<String, Vec<String>>;

/// Puts the questions outside the référentiel of a delivery in the order in which they are compared with what was printed of
/// them: today's answers, then those that only earlier editions told; gives that order.
pub(crate) fn align(delivery: &mut ClearedDelivery, earlier: &EarlierEditions) -> OutsideLists {
    let mut lists = OutsideLists::new();
    for question in outside(delivery) {
        lists
            .entry(question.code.to_string())
            .or_insert_with(|| question.modalities.to_vec());
    }
    for asked in &delivery.exact.asked {
        let Some(list) = lists.get_mut(asked.code.as_str()) else {
            continue;
        };
        let states = earlier.answers(&figure_key(&asked.place, &asked.code));
        for label in states.iter().flat_map(PrintedAnswers::labels) {
            if !list.contains(label) {
                list.push(label.clone());
            }
        }
    }
    for asked in &mut delivery.exact.asked {
        if let Some(list) = lists.get(asked.code.as_str()) {
            asked.answers.counts.resize(list.len(), 0);
        }
    }
    for question in outside(delivery) {
        let Some(list) = lists.get(question.code.as_str()) else {
            continue;
        };
        question.modalities = list.as_slice().into();
        if let Ok(shares) = question.shares.as_mut().map(|shares| &mut shares.parts)
            && !shares.is_empty()
        {
            shares.resize(list.len(), 0.0);
        }
    }
    lists
}

/// The questions outside the référentiel of a delivery.
fn outside(delivery: &mut ClearedDelivery) -> impl Iterator<Item = &mut ClearedDistribution> {
    let sites = delivery.sites.iter_mut().flat_map(|site| &mut site.outside);
    sites.chain(&mut delivery.territory.outside)
}
