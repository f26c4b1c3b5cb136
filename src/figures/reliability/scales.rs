//! Questionnaires: do the questions of one hold together (`docs/statistics.md` §4)? Only for
//! batteries of opinions; observation grids *form* their critères and need not hold together.

use std::collections::BTreeMap;

use super::{RatedAnswer, read};
use crate::base::error::Result;
use crate::intake::observations::Observations;
use crate::stats::consistency::{Cronbach, OneFactor, complete, cronbach, item_analysis, omega};
use crate::stats::{Reason, Stat};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Complete answers under which a coefficient means nothing.
pub(crate) const LEAST_ANSWERS: usize = 50;
/// Complete answers from which omega is given.
pub(crate) const LEAST_FOR_OMEGA: usize = 100;

/// One questionnaire as a scale.
#[derive(Debug, Clone)]
pub struct QuestionnaireScale {
    /// Who answers it.
    pub source: SourceCode,
    /// Respondents.
    pub respondents: usize,
    /// Those who answered every question kept.
    pub complete: usize,
    /// Cronbach's alpha with Feldt's interval.
    pub alpha: Stat<Cronbach>,
    /// McDonald's omega, from a hundred respondents.
    pub omega: Stat<OneFactor>,
    /// Question by question.
    pub items: Vec<Item>,
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Position of the élément.
    pub element: usize,
    /// Correlation with the sum of the others.
    pub item_rest: Option<f64>,
    /// Alpha without it.
    pub alpha_without: Option<f64>,
}

impl QuestionnaireScale {
    /// Too few respondents for the coefficient to mean anything.
    pub fn is_fragile(&self) -> bool {
        self.complete < LEAST_ANSWERS
    }
}

/// Every questionnaire of adults that has answers, as a scale. Faces are never converted: no
/// coefficient for children.
///
/// # Errors
///
/// A store that cannot be read.
pub fn questionnaires(
    observations: &Observations,
    referentiel: &Referentiel,
) -> Result<Vec<QuestionnaireScale>> {
    let mut found = Vec::new();
    for source in [SourceCode::Fam, SourceCode::Eqp, SourceCode::Ens] {
        let answers = read(observations, referentiel, source)?;
        if !answers.is_empty() {
            found.push(scale(source, &answers));
        }
    }
    Ok(found)
}

/// The scale made by a questionnaire's questions. A question that fewer than half of the
/// respondents answered (another version, another type of centre) is left out, so that it does not
/// empty the table of complete respondents.
pub fn scale(source: SourceCode, answers: &[RatedAnswer]) -> QuestionnaireScale {
    let mut people: BTreeMap<(&str, &str), BTreeMap<usize, f64>> = BTreeMap::new();
    let mut asked: BTreeMap<usize, usize> = BTreeMap::new();
    for answer in answers {
        let person = people.entry((&answer.structure, &answer.who)).or_default();
        if let Some(level) = answer.level {
            person.insert(answer.element, level);
            *asked.entry(answer.element).or_default() += 1;
        }
    }
    let kept: Vec<usize> = asked
        .into_iter()
        .filter(|(_, n)| n * 2 >= people.len())
        .map(|(element, _)| element)
        .collect();
    let rows: Vec<Vec<Option<f64>>> = people
        .values()
        .map(|p| kept.iter().map(|e| p.get(e).copied()).collect())
        .collect();
    let rows = complete(&rows);
    let analysis = item_analysis(&rows);
    let items = kept.iter().enumerate().map(|(i, element)| Item {
        element: *element,
        item_rest: analysis.item_rest.get(i).copied().flatten(),
        alpha_without: analysis.alpha_if_deleted.get(i).copied().flatten(),
    });
    QuestionnaireScale {
        source,
        respondents: people.len(),
        complete: rows.len(),
        alpha: cronbach(&rows, 0.95),
        omega: if rows.len() < LEAST_FOR_OMEGA {
            Err(Reason::TooFew)
        } else {
            omega(&rows)
        },
        items: items.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(who: usize, element: usize, level: f64) -> RatedAnswer {
        RatedAnswer {
            structure: "R01".into(),
            visite: "".into(),
            who: who.to_string().as_str().into(),
            element,
            level: Some(level),
            nc: false,
        }
    }

    /// Two questions that say the same: alpha 1; a third, asked to one person, is left out.
    #[test]
    fn questions_that_say_the_same_hold_together() {
        let mut answers = Vec::new();
        for who in 0..4 {
            answers.push(answer(who, 0, 1.0 + who as f64));
            answers.push(answer(who, 1, 1.0 + who as f64));
        }
        answers.push(answer(0, 2, 1.0));
        let scale = scale(SourceCode::Fam, &answers);
        assert_eq!((scale.respondents, scale.complete), (4, 4));
        assert_eq!(scale.items.len(), 2);
        assert!((scale.alpha.expect("alpha").alpha - 1.0).abs() < 1e-12);
        assert!(scale.is_fragile());
    }

    #[test]
    fn nobody_gives_a_reason() {
        assert!(scale(SourceCode::Fam, &[]).alpha.is_err());
    }
}
