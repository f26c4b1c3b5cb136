//! What is said and kept of the closed questions that a file asks outside the référentiel: under which code, how many
//! answered, what is refused because it may point at a person.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::observations::{TypedRecord, WordKind};
use super::sources::AskedColumn;
use super::sources::correspondence::{Correspondence, IGNORED, OWN_QUESTION_ROLE};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::count;
use crate::privacy::QuoteScreen;
use crate::vocabulary::own_question::{OTHER_ANSWER, OwnQuestionWords, own_code};
use crate::vocabulary::referentiel::SourceCode;

/// The questions of a file.
#[derive(Default)]
pub(super) struct AskedQuestions {
    /// By code.
    pub(super) kept: BTreeMap<String, OwnQuestionWords>,
    /// What is said of them.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads what the answers of a file came to.
pub(super) fn asked_questions(
    file: &str,
    asked: &[AskedColumn],
    records: &[TypedRecord],
    screen: &QuoteScreen,
) -> AskedQuestions {
    let mut all = AskedQuestions::default();
    for column in asked {
        let at = Location::cell(file, &column.sheet, column.at);
        if let Some(why) = points_at_someone(column, screen) {
            let said = Diagnostic::new(Code::OwnQuestionRefused, at, why);
            all.diagnostics.push(said.with_remedy(
                "Retirez cette réponse de « Réponses admises » (reponses, dans le fichier .toml) ; si c’est le titre qui désigne quelqu’un, dites que la colonne ne compte pas (ignorer).",
            ));
            continue;
        }
        let given = given(column, records);
        if let Some(source) = given.keys().find(|source| !source.is_questionnaire()) {
            let message = format!(
                "« {} » ne se lit pas comme une question fermée : une question hors référentiel se lit d’un questionnaire, et ce fichier est lu comme {}.",
                column.question,
                source.label()
            );
            let said = Diagnostic::new(Code::OwnQuestionRefused, at, message);
            all.diagnostics.push(said);
            continue;
        }
        for (source, answers) in &given {
            let code = own_code(*source, &column.question);
            let said = told(column, *source, &code, answers);
            let remark = Diagnostic::new(Code::OwnQuestionRead, at.clone(), said);
            all.diagnostics.push(remark);
            all.keep(code, column);
        }
    }
    all
}

impl AskedQuestions {
    /// Branches may ask one question in several columns.
    fn keep(&mut self, code: String, column: &AskedColumn) {
        let known = self.kept.entry(code).or_insert_with(|| OwnQuestionWords {
            question: column.question.clone(),
            answers: Vec::new(),
        });
        known.add(&column.answers);
    }
}

/// Answers to a question by who was asked: those agreed, and all others.
fn given(column: &AskedColumn, records: &[TypedRecord]) -> BTreeMap<SourceCode, [usize; 2]> {
    let mut given: BTreeMap<SourceCode, [usize; 2]> = BTreeMap::new();
    for record in records.iter().filter(|r| r.sheet == column.sheet) {
        let words = record.words.iter();
        let own =
            words.filter(|w| w.kind == WordKind::QuestionPropre && w.cell.col == column.at.col);
        for word in own {
            let counts = given.entry(record.unit.source()).or_default();
            counts[usize::from(word.text == OTHER_ANSWER)] += 1;
        }
    }
    given
}

fn told(
    column: &AskedColumn,
    source: SourceCode,
    code: &str,
    [agreed, other]: &[usize; 2],
) -> String {
    let mut said = format!(
        "« {} » est lue comme une question de votre questionnaire, hors référentiel ({code}) : {}",
        column.question,
        count(agreed + other, "réponse", "réponses")
    );
    if *other > 0 {
        let others = count(
            *other,
            "autre que celles admises, comptée",
            "autres que celles admises, comptées",
        );
        let kept = if *other == 1 {
            "ses mots ne sont"
        } else {
            "leurs mots ne sont"
        };
        let _ = write!(
            said,
            ", dont {others} sous « {OTHER_ANSWER} » ({kept} pas gardés)"
        );
    }
    if source == SourceCode::Ens {
        said.push_str(". Ce que répondent les enseignants n’est montré dans aucun rapport");
    }
    said.push('.');
    said
}

/// Why a question may not be kept: in its own words, or in an answer's, it may point at somebody.
fn points_at_someone(column: &AskedColumn, screen: &QuoteScreen) -> Option<String> {
    let stopped = |text: &String| screen.quote_title(text).is_none();
    if stopped(&column.question) {
        return Some(
            "le titre de cette colonne peut désigner quelqu’un : elle n’est pas lue comme une question."
                .to_owned(),
        );
    }
    let answer = column.answers.iter().find(|answer| stopped(answer))?;
    Some(format!(
        "« {} » admet une réponse qui peut désigner ou atteindre quelqu’un (« {answer} ») : elle n’est pas lue.",
        column.question
    ))
}

/// Takes out of what is proposed the answers that may point at somebody: a column that holds such is no question.
pub(super) fn screened(proposals: &mut [Correspondence], screen: &QuoteScreen) {
    for column in proposals.iter_mut().flat_map(|p| &mut p.columns) {
        let stopped = |text: &String| screen.quote_title(text).is_none();
        let is_stopped = stopped(&column.heading) || column.answers.iter().any(stopped);
        let is_asked = !column.answers.is_empty() && !column.confirmed;
        if !is_asked || !is_stopped {
            continue;
        }
        column.answers.clear();
        if column.target == OWN_QUESTION_ROLE {
            IGNORED.clone_into(&mut column.target);
        }
    }
}
