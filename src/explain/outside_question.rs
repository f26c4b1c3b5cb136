//! A closed question outside the référentiel: what was answered, counted from which files and columns.

use std::collections::BTreeMap;
use std::fmt::Write;

use polars::prelude::AnyValue;

use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::base::text::count;
use crate::figures::voices::OutsideQuestion;
use crate::intake::observations::{OWN_QUESTION, ObservationColumn as C, Observations};
use crate::vocabulary::own_question::own_code;

/// A question, as the service may see it: answers to the unit, structure by structure or of one.
pub(crate) struct ExplainedQuestion<'a> {
    /// The question.
    pub(crate) question: &'a OutsideQuestion,
    /// Code of the only structure told.
    pub(crate) structure: Option<&'a str>,
    /// Where its answers stand.
    pub(crate) observations: &'a Observations,
}

/// Answers of one column of a file.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct AnsweredColumn {
    import: String,
    file: String,
    sheet: String,
    column: String,
}

impl ExplainedQuestion<'_> {
    /// Answers counted, files and columns.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn explain(&self) -> Result<String> {
        let question = self.question;
        let mut text = format!(
            "Question de votre questionnaire, hors référentiel ({}) : « {} ». Elle n’entre dans aucun indicateur.\n",
            question.source.label(),
            question.label
        );
        let told = |site: &&String| self.structure.is_none_or(|own| own == site.as_str());
        let sites: Vec<&String> = question.counts.keys().filter(told).collect();
        let mut sums = vec![0; question.answers.len()];
        for site in &sites {
            for (sum, n) in sums.iter_mut().zip(&question.counts[*site]) {
                *sum += n;
            }
        }
        let all: usize = sums.iter().sum();
        let _ = writeln!(
            text,
            "{} :",
            count(all, "réponse comptée", "réponses comptées")
        );
        for (answer, n) in question.answers.iter().zip(&sums) {
            let _ = writeln!(text, "  {answer} : {n}");
        }
        if self.structure.is_none() {
            for site in &sites {
                let n: usize = question.counts[*site].iter().sum();
                let _ = writeln!(text, "  {site} : {}", count(n, "réponse", "réponses"));
            }
        }
        text.push_str("Lues dans :\n");
        for (column, n) in self.columns()? {
            let parts = [
                column.file,
                column.sheet,
                format!("colonne {}", column.column),
            ];
            let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
            let _ = writeln!(
                text,
                "  {} : {} (import {})",
                parts.join(" › "),
                count(n, "réponse", "réponses"),
                column.import
            );
        }
        Ok(text)
    }

    fn columns(&self) -> Result<BTreeMap<AnsweredColumn, usize>> {
        let all = self.observations.frame();
        let columns = [
            C::Source,
            C::Commentaire,
            C::Structure,
            C::Import,
            C::Fichier,
            C::Feuille,
            C::Cellule,
        ];
        let frame = C::select(all, &C::Element.is(all, OWN_QUESTION)?, &columns)?;
        let text = |row: usize, column: usize| -> String {
            let value = frame.columns()[column].get(row).unwrap_or(AnyValue::Null);
            value.get_str().unwrap_or("").to_owned()
        };
        let mut found: BTreeMap<AnsweredColumn, usize> = BTreeMap::new();
        for row in 0..frame.height() {
            let asked = text(row, 0).parse().ok();
            let code = asked.map(|source| own_code(source, &text(row, 1)));
            let is_told = self.structure.is_none_or(|own| own == text(row, 2));
            if code.as_deref() != Some(self.question.code.as_str()) || !is_told {
                continue;
            }
            let cell = text(row, 6);
            let column = AnsweredColumn {
                import: text(row, 3),
                file: text(row, 4),
                sheet: text(row, 5),
                column: cell
                    .trim_end_matches(|c: char| c.is_ascii_digit())
                    .to_owned(),
            };
            *found.entry(column).or_default() += 1;
        }
        Ok(found)
    }
}
