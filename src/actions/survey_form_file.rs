//! The blank form of a small questionnaire, for one tool.

use std::path::PathBuf;

use super::grille::{FormFile, FormFormat, FormsOutcome, write_all};
use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::campaign::{OpenObservatory, day_or_today};
use crate::convention::load_surveys;
use crate::forms::{self, Paper};

/// Which form of a small questionnaire.
pub(crate) struct SurveyFormRequest {
    /// Code of the questionnaire.
    pub survey: String,
    /// Tool.
    pub format: FormFormat,
    /// Folder to write; `grids/vierges` otherwise.
    pub out: Option<PathBuf>,
}

/// Makes and writes the form of a small questionnaire.
///
/// # Errors
///
/// A questionnaire that does not exist or does not hold together; a folder that cannot be written.
pub(crate) fn write_survey_form(
    opened: &OpenObservatory,
    request: &SurveyFormRequest,
) -> Result<FormsOutcome> {
    let observatory = &opened.observatory;
    let surveys = load_surveys(&observatory.root)?;
    let found = surveys
        .iter()
        .find(|s| s.code.eq_ignore_ascii_case(&request.survey));
    let Some(survey) = found else {
        let near = suggest(&request.survey, surveys.iter().map(|s| s.code.as_str())).question();
        return Err(Error::Usage(format!(
            "L’enquête « {} » n’est pas dans ctg/enquetes.{near}",
            request.survey
        )));
    };
    let settings = &observatory.settings;
    let templates = observatory.root.join("reports/modeles");
    let day = day_or_today(None)?.to_string();
    let paper = Paper {
        territory: &settings.territory.nom,
        fictitious: settings.territory.donnees_fictives,
        date: &day,
        numbers: &settings.protection,
        templates: &templates,
    };
    let (ending, bytes) = match request.format {
        FormFormat::Xlsx => ("saisie.xlsx", forms::survey_sheet(survey)?),
        FormFormat::Xlsform => ("xlsform.xlsx", forms::survey_xlsform(survey)?),
        FormFormat::Limesurvey => (
            "limesurvey.txt",
            forms::survey_limesurvey(survey).into_bytes(),
        ),
        FormFormat::Pdf => ("papier.pdf", forms::survey_paper(survey, &paper)?),
    };
    let file = FormFile {
        name: format!("Enquete {} {ending}", survey.code),
        bytes,
    };
    let out = request.out.clone();
    let out = out.unwrap_or_else(|| observatory.root.join("grids/vierges"));
    write_all(opened, out, &[file])
}
