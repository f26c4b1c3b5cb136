//! Answers to closed questions that a service added to its questionnaires, outside the référentiel: how many gave
//! each, structure by structure. No indicator is made of them.

use std::collections::BTreeMap;

use polars::prelude::AnyValue;

use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::intake::observations::{OWN_QUESTION, ObservationColumn as C, Observations};
use crate::vocabulary::own_question::{OTHER_ANSWER, OwnQuestionWords, own_code, same_answer};
use crate::vocabulary::referentiel::SourceCode;

/// A question, and what was answered to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideQuestion {
    /// `Q-FAM-1A2B3C4D`.
    pub code: String,
    /// Who was asked.
    pub source: SourceCode,
    /// The question, in the words of the questionnaire.
    pub label: String,
    /// The answers that it admits, in their order; the last one stands for all others.
    pub answers: Vec<String>,
    /// Structure code → answers of each kind.
    pub counts: BTreeMap<String, Vec<usize>>,
}

/// Questions of a campaign that somebody answered, by who was asked, then in the order of `known`: those that its
/// imports asked, by code.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn outside_questions(
    observations: &Observations,
    known: &[(String, OwnQuestionWords)],
) -> Result<Vec<OutsideQuestion>> {
    let all = observations.frame();
    let rows = C::Element.is(all, OWN_QUESTION)?;
    let columns = [C::Structure, C::Source, C::ValeurBrute, C::Commentaire];
    let frame = C::select(all, &rows, &columns)?;
    let values = frame.columns();
    let text = |row: usize, column: usize| -> String {
        let value = values[column].get(row).unwrap_or(AnyValue::Null);
        value.get_str().unwrap_or("").to_owned()
    };
    let mut questions: Vec<OutsideQuestion> = known.iter().filter_map(empty).collect();
    let ranks: BTreeMap<String, usize> = (questions.iter().zip(0..))
        .map(|(question, rank)| (question.code.clone(), rank))
        .collect();
    for row in 0..frame.height() {
        let Ok(source) = text(row, 1).parse::<SourceCode>() else {
            continue;
        };
        if let Some(rank) = ranks.get(&own_code(source, &text(row, 3))) {
            questions[*rank].add(text(row, 0), &text(row, 2));
        }
    }
    questions.retain(|question| !question.counts.is_empty());
    questions.sort_by_key(|question| question.source);
    Ok(questions)
}

/// A question that nobody has answered yet.
fn empty((code, words): &(String, OwnQuestionWords)) -> Option<OutsideQuestion> {
    let mut answers = words.answers.clone();
    answers.push(OTHER_ANSWER.to_owned());
    Some(OutsideQuestion {
        code: code.clone(),
        source: crate::vocabulary::own_question::source_of(code)?,
        label: words.question.clone(),
        answers,
        counts: BTreeMap::new(),
    })
}

impl OutsideQuestion {
    fn add(&mut self, structure: String, answer: &str) {
        let wanted = same_answer(answer);
        let last = self.answers.len() - 1;
        let found = self
            .answers
            .iter()
            .position(|own| same_answer(own) == wanted);
        let counts = self.counts.entry(structure);
        let counts = counts.or_insert_with(|| vec![0; last + 1]);
        counts[found.unwrap_or(last)] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_agreed_is_counted_as_another_answer() {
        let words = OwnQuestionWords {
            question: "Comment venez-vous ?".to_owned(),
            answers: vec!["à pied".to_owned(), "à vélo".to_owned()],
        };
        let code = own_code(SourceCode::Fam, &words.question);
        let mut question = empty(&(code, words)).expect("a question");
        for answer in ["À pied", "à vélo", "à pied", OTHER_ANSWER, "à cheval"] {
            question.add("R01".to_owned(), answer);
        }
        assert_eq!(question.counts["R01"], [2, 1, 2]);
    }
}
