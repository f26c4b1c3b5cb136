//! Answers to closed questions outside the référentiel, in the words of the questionnaire: cleared like any other, to
//! teams and elected people alone.

use super::clear_distribution::shares_of;
use super::clearing::Clearing;
use crate::base::text::visible_line;
use crate::disclosure::cleared::{AskedAs, ClearedDistribution, Mask, Shares};
use crate::disclosure::decide::{AnswerGroup, GroupState};
use crate::figures::voices::OutsideQuestion;
use crate::vocabulary::Audience;

/// Who is given them.
pub(crate) fn reads_outside(audience: Audience) -> bool {
    matches!(audience, Audience::Equipe | Audience::Elus)
}

/// Questions outside the référentiel that were asked at a place.
pub(crate) fn clear_outside(clearing: &Clearing, group: AnswerGroup) -> Vec<ClearedDistribution> {
    if !reads_outside(clearing.input.audience) {
        return Vec::new();
    }
    let questions = clearing.figures.outside.iter().enumerate();
    questions
        .filter_map(|(rank, question)| {
            let position = clearing.figures.outside_position(rank);
            let answers = &clearing.decisions.answers;
            let shares = match answers.state(position, group) {
                GroupState::Empty => return None,
                GroupState::Masked(mask) => Err(mask),
                _ => {
                    let shares = shares_of(&answers.answers(position, group));
                    Ok(Box::new(outside_shares(shares)))
                }
            };
            Some(cleared(clearing, (position, question), shares))
        })
        .collect()
}

fn cleared(
    clearing: &Clearing,
    (position, question): (usize, &OutsideQuestion),
    shares: Result<Box<Shares>, Mask>,
) -> ClearedDistribution {
    // Screened when they were read; by what was learnt since, once more.
    let told = |text: &String, instead: &str| {
        let quoted = clearing.screen.quote_title(text);
        let words = quoted.map_or_else(|| instead.to_owned(), |words| words.to_string());
        visible_line(&words).into_owned()
    };
    ClearedDistribution {
        code: clearing.material.codes[position].clone(),
        label: told(
            &question.label,
            "question dont les mots ne sont pas montrés",
        )
        .into(),
        asked: AskedAs::Outside,
        source: question.source,
        modalities: (question.answers.iter())
            .map(|answer| told(answer, "réponse dont les mots ne sont pas montrés"))
            .collect(),
        reversed: false,
        shares,
    }
}

/// Shares of answers that have no order: none is favourable.
pub(crate) fn outside_shares(shares: Shares) -> Shares {
    Shares {
        favourable: 0.0,
        ..shares
    }
}
