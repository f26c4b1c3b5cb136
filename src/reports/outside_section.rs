//! Answers to closed questions that a service added to its questionnaires, outside the référentiel: in the words of its
//! form, an annex.

use super::document::{Block, ReportSection};
use super::report_context::FigureKeys;
use crate::base::tabular::{Heading, Table};
use crate::base::text::Datum;
use crate::disclosure::ClearedDistribution;
use crate::vocabulary::referentiel::SourceCode;

/// The section, where some question was asked.
pub(super) fn section_of(
    questions: &[ClearedDistribution],
    keys: FigureKeys,
) -> Option<ReportSection> {
    let mut blocks = vec![Block::note(
        "Questions ajoutées à vos questionnaires, hors du référentiel : les réponses sont dans les mots du formulaire, et n’entrent dans aucun indicateur. Sous vingt réponses, les parts sont des dixièmes, et sous dix des cinquièmes : « 2 sur 5 » ne compte pas deux personnes.",
    )];
    for question in questions {
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
    (!questions.is_empty()).then(|| ReportSection::new(title, "Vos questions", blocks))
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
