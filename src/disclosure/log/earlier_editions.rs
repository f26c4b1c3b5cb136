//! What a delivery must not be compared with: editions before its own, and what others, whose readers read it too, are told
//! of its own.

use std::sync::Arc;

use super::printed_answers::{PrintedAnswers, add_answers};
use super::printed_history::PrintedHistory;
use super::printed_levels::{PrintedLevels, add_levels};
use super::told_campaign::ToldCampaign;

/// What was printed before a delivery, then what others are told of the same edition.
#[derive(Clone, Copy)]
pub(crate) struct EarlierEditions<'a> {
    pub(crate) printed: &'a PrintedHistory,
    /// Who reads this delivery beside their own, in order.
    pub(crate) others: &'a [Arc<ToldCampaign>],
    /// Rank of the next delivery.
    pub(crate) next_moment: usize,
}

impl EarlierEditions<'_> {
    /// The same without what others are told of this edition.
    pub(crate) fn without_others(&self) -> Self {
        Self {
            others: &[],
            ..*self
        }
    }

    /// Answers to a question at a place, oldest first.
    pub(crate) fn answers(&self, key: &str) -> Vec<PrintedAnswers> {
        let mut states = self.printed.answers(key).to_vec();
        for (rank, other) in self.others.iter().enumerate() {
            if let Some(told) = other.answers.get(key) {
                add_answers(
                    &mut states,
                    told,
                    self.next_moment + rank,
                    &[other.audience],
                );
            }
        }
        states
    }

    /// Answers behind the levels of a site.
    pub(crate) fn levels(&self, site: &str) -> Vec<PrintedLevels> {
        let mut states = self.printed.levels(site).to_vec();
        for other in self.others {
            if let Some(told) = other.levels.get(site) {
                add_levels(&mut states, told, &[other.audience]);
            }
        }
        states
    }
}
