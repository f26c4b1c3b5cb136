//! Answers to closed questions that a service added to its questionnaires, outside the référentiel: in the words of its
//! form, an annex.

use super::document::{Block, Drawing, ReportSection};
use super::drawn_figure::{place, with_keys};
use super::report_context::{FigureKeys, ReportContext};
use super::told_answers::{how_to_read, quoted, row};
use crate::base::error::Result;
use crate::base::tabular::{Heading, Table};
use crate::base::text::Datum;
use crate::disclosure::{ClearedDistribution, Shares};
use crate::reports::charts::{self, AnswerBar};
use crate::vocabulary::own_question::OTHER_ANSWER;
use crate::vocabulary::referentiel::SourceCode;

/// The section, where some question was asked.
pub(super) fn section_of(
    questions: &[ClearedDistribution],
    keys: FigureKeys,
    context: &ReportContext,
) -> Result<Option<ReportSection>> {
    let mut blocks = vec![Block::note(
        "Questions ajoutées à vos questionnaires, hors du référentiel : les réponses sont dans les mots du formulaire, et n’entrent dans aucun indicateur.",
    )];
    for question in questions {
        blocks.extend(drawn(question, keys, context)?);
        blocks.push(match &question.shares {
            Ok(_) => Block::Table(answers(question, keys)),
            Err(mask) => Block::text(format!(
                "« {} » ({}) : {}.",
                question.label,
                asked(question),
                mask.words()
            ))
            .keyed([keys.of(&question.code)]),
        });
    }
    let title = "Vos questions, hors référentiel";
    Ok((!questions.is_empty()).then(|| ReportSection::new(title, "Vos questions", blocks)))
}

/// The bar of a question, drawn like any other but that no answer is a side; none of what is hidden.
fn drawn(
    question: &ClearedDistribution,
    keys: FigureKeys,
    context: &ReportContext,
) -> Result<Option<Block>> {
    let Ok(shares) = &question.shares else {
        return Ok(None);
    };
    // « Autre réponse » that nobody gave takes no shade.
    let is_given = |rank: &usize| {
        let given = shares.parts.get(*rank).is_none_or(|part| *part > 0.0);
        given || question.modalities[*rank] != OTHER_ANSWER
    };
    let kept: Vec<usize> = (0..question.modalities.len()).filter(is_given).collect();
    let labels: Vec<String> = kept
        .iter()
        .map(|rank| question.modalities[*rank].clone())
        .collect();
    let mut row = row(question);
    if let AnswerBar::Shares(parts, _) = &mut row.answers {
        *parts = kept
            .iter()
            .filter_map(|rank| shares.parts.get(*rank).copied())
            .collect();
    }
    let place_of = place(
        Drawing::Distribution,
        charts::choices(&headline(question, shares), &labels, &row),
        &format!(
            "Lecture : chaque part est celle d’une réponse, dans l’ordre donné à la question. {}Champ : {}. Source : question ajoutée à un questionnaire, {}.",
            how_to_read(&[question]),
            asked(question),
            context.called.current
        ),
    )?;
    let drawn = with_keys(place_of, |_, _| Some(keys.of(&question.code)));
    Ok(Some(drawn.keyed([keys.of(&question.code)])))
}

/// The answer that most gave, where one is.
fn headline(question: &ClearedDistribution, shares: &Shares) -> String {
    let label = quoted(question);
    if let Some(answer) = shares
        .unanimous
        .and_then(|rank| question.modalities.get(rank))
    {
        return format!("{label} : presque toutes les réponses sont « {answer} »");
    }
    let most = shares.parts.iter().copied().fold(0.0, f64::max);
    let mut first =
        (question.modalities.iter().zip(&shares.parts)).filter(|(_, part)| **part >= most - 1e-9);
    match (first.next(), first.next()) {
        (Some((answer, _)), None) => {
            format!("{label} : « {answer} » est la réponse la plus donnée")
        }
        _ => format!("{label} : plusieurs réponses sont données autant"),
    }
}

/// Who was asked.
fn asked(question: &ClearedDistribution) -> &'static str {
    match question.source {
        SourceCode::Fam => "familles",
        SourceCode::Enf => "enfants",
        SourceCode::Ens => "écoles",
        _ => "équipe",
    }
}

fn answers(question: &ClearedDistribution, keys: FigureKeys) -> Table<Datum> {
    let key = || keys.of(&question.code);
    let parts = question.told_answers().into_iter();
    let mut rows: Vec<Vec<Datum>> = parts
        .map(|part| vec![Datum::words(part.answer), part.told.keyed(key())])
        .collect();
    if let Ok(shares) = &question.shares {
        rows.push(vec![
            Datum::words("Nombre de réponses"),
            Datum::words(shares.respondents.number()).keyed(key()),
        ]);
    }
    let columns = vec![
        Heading::words("Réponse").wide(5.0),
        Heading::figures("Part").wide(2.0),
    ];
    let name = format!("« {} » ({})", question.label, asked(question));
    Table::new(name, columns, rows)
}
