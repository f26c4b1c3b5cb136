//! Responses to small questionnaires: what came in, and an import cancelled.

use crate::base::day::Day;
use crate::base::error::Result;
use crate::campaign::{OpenObservatory, today};
use crate::convention::{Survey, SurveyAnswers, cancel_survey, load_surveys};

/// An import of responses.
pub(crate) struct SurveyImportLine {
    /// `E001`.
    pub id: String,
    /// Day of the run.
    pub date: Day,
    /// Code of the questionnaire.
    pub survey: String,
    /// File.
    pub file: String,
    /// Responses; none once they became counts.
    pub responses: Option<usize>,
    /// Day that it was cancelled.
    pub cancelled: Option<Day>,
}

/// Questionnaires and what came in.
pub(crate) struct SurveysOutcome {
    /// Questionnaires of the folder.
    pub surveys: Vec<Survey>,
    /// Imports, in order.
    pub imports: Vec<SurveyImportLine>,
    /// The import that was cancelled.
    pub cancelled: Option<String>,
}

/// Lists imports, after one was cancelled when it is asked.
///
/// # Errors
///
/// A questionnaire that does not hold together; responses that cannot be read; an import that does not exist.
pub(crate) fn list_surveys(
    opened: &OpenObservatory,
    cancel: Option<&str>,
) -> Result<SurveysOutcome> {
    let root = &opened.observatory.root;
    let surveys = load_surveys(root)?;
    let cancelled = cancel
        .map(|id| cancel_survey(root, id, today()))
        .transpose()?;
    let answers = SurveyAnswers::load(root)?;
    let imports = answers.imports().map(|(name, entry)| SurveyImportLine {
        id: entry.id.clone(),
        date: entry.date,
        survey: entry.enquete.clone(),
        file: entry.fichier.clone(),
        responses: Some(entry.responses().len()).filter(|n| *n > 0),
        cancelled: answers.cancelled(name),
    });
    Ok(SurveysOutcome {
        imports: imports.collect(),
        surveys,
        cancelled: cancelled.map(|entry| entry.id),
    })
}
