//! Responses to a small questionnaire, entered: what came in before is told and does not count twice.

use std::collections::BTreeMap;
use std::path::Path;

use super::remembered_words::RememberedWords;
use super::suivi_outcome::{SuiviFileOutcome, SuiviImport};
use super::surveys::{Survey, SurveyReturn, SurveyTarget};
use crate::base::diagnostics::{Code, Diagnostic, Location, has_errors};
use crate::base::error::Result;
use crate::base::text::count;
use crate::vocabulary::config::Observatory;

/// What a person agreed on, by questionnaire.
pub(super) struct SurveyWords(BTreeMap<String, RememberedWords>);

impl SurveyWords {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// A file of correspondences that cannot be read.
    pub(super) fn load(root: &Path, surveys: &[Survey]) -> Result<Self> {
        let all = surveys
            .iter()
            .map(|s| Ok((s.code.clone(), RememberedWords::load(root, &tool(&s.code))?)));
        Ok(Self(all.collect::<Result<_>>()?))
    }

    /// Those of a questionnaire.
    pub(super) fn of(&self, code: &str) -> RememberedWords {
        self.0.get(code).cloned().unwrap_or_default()
    }
}

fn tool(code: &str) -> String {
    format!("enquete-{}", code.to_lowercase())
}

/// An export that was read.
pub(super) struct SurveyFile<'a> {
    pub outcome: SuiviFileOutcome,
    pub sha256: &'a str,
    pub found: &'a SurveyReturn,
}

/// Adds the responses that are not there yet.
///
/// # Errors
///
/// Responses that cannot be read or written, or are held.
pub(super) fn enter_survey(
    file: SurveyFile,
    observatory: &Observatory,
    request: &SuiviImport,
) -> Result<SuiviFileOutcome> {
    let SurveyFile {
        mut outcome,
        sha256,
        found,
    } = file;
    let at = Location::file(&outcome.name);
    let mut target = SurveyTarget::open(&observatory.root, request.simulation)?;
    if let Some(entry) = target.answers.holding(sha256) {
        let message = format!(
            "mêmes octets que dans {} ({}) : rien à faire.",
            entry.id, entry.fichier
        );
        outcome.known = true;
        outcome.diagnostics = vec![Diagnostic::new(Code::AlreadyImported, at, message)];
        return Ok(outcome);
    }
    outcome
        .diagnostics
        .extend(found.diagnostics.iter().cloned());
    let code = &found.survey.code;
    let keys = target.answers.keys(code);
    let (there, new): (Vec<_>, Vec<_>) = found
        .responses
        .iter()
        .cloned()
        .partition(|r| keys.contains(&r.cle));
    if !there.is_empty() {
        let told = count(
            there.len(),
            "réponse était déjà là : elle n’est pas comptée une seconde fois",
            "réponses étaient déjà là : elles ne sont pas comptées une seconde fois",
        );
        outcome.diagnostics.push(Diagnostic::new(
            Code::IncomingLeftOut,
            at,
            format!("{code} : {told}."),
        ));
    }
    if has_errors(&outcome.diagnostics) || new.is_empty() {
        return Ok(outcome);
    }
    outcome.created = (1..=new.len())
        .map(|rank| format!("{code} {rank}"))
        .collect();
    let id = target.commit(request.date, code, &outcome.name, sha256, found.deed(new))?;
    if !request.simulation {
        outcome.entry = Some(id);
        if !found.learnt.is_empty() {
            RememberedWords::learn(&observatory.root, &tool(code), &found.learnt)?;
        }
    }
    Ok(outcome)
}
