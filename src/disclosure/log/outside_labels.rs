//! Answers to questions outside the référentiel, whose list may change between two editions: what was printed and what
//! is about to be are put in one order before they are compared.

use std::collections::BTreeMap;

use super::figure_key::figure_key;
use super::kept_answers::PrintedAnswers;
use super::repeated_answers::AnswerHistory;
use crate::disclosure::cleared::{ClearedDelivery, ClearedDistribution};

/// Puts the questions outside the référentiel of a delivery and what was printed of them in one order: today's answers,
/// then those that only earlier editions told; gives the history in that order.
pub(crate) fn aligned(delivery: &mut ClearedDelivery, history: &AnswerHistory) -> AnswerHistory {
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for question in outside(delivery) {
        lists
            .entry(question.code.clone())
            .or_insert_with(|| question.modalities.to_vec());
    }
    let mut history = history.clone();
    for asked in &delivery.exact.asked {
        let states = history.get(&figure_key(&asked.place, &asked.code));
        let Some((list, states)) = lists.get_mut(&asked.code).zip(states) else {
            continue;
        };
        for label in states.iter().flat_map(PrintedAnswers::labels) {
            if !list.contains(label) {
                list.push(label.clone());
            }
        }
    }
    for asked in &mut delivery.exact.asked {
        if let Some(list) = lists.get(&asked.code) {
            asked.answers.counts.resize(list.len(), 0);
            if let Some(states) = history.get_mut(&figure_key(&asked.place, &asked.code)) {
                *states = states.iter().map(|state| state.in_order(list)).collect();
            }
        }
    }
    for question in outside(delivery) {
        let Some(list) = lists.get(&question.code) else {
            continue;
        };
        question.modalities = list.as_slice().into();
        if let Ok(shares) = question.shares.as_mut().map(|shares| &mut shares.parts)
            && !shares.is_empty()
        {
            shares.resize(list.len(), 0.0);
        }
    }
    history
}

/// The questions outside the référentiel of a delivery.
fn outside(delivery: &mut ClearedDelivery) -> impl Iterator<Item = &mut ClearedDistribution> {
    let sites = delivery.sites.iter_mut().flat_map(|site| &mut site.outside);
    sites.chain(&mut delivery.territory.outside)
}
