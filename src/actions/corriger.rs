//! What a person said in the list of what is to be corrected, kept for all files to come.

use std::path::{Path, PathBuf};

use super::reconnaitre::{NameRequest, NamedOne, check, learn};
use crate::base::diagnostics::AskedKind;
use crate::base::error::{Error, Result};
use crate::campaign::OpenObservatory;
use crate::intake::{
    AcceptedForm, AnsweredName, ListAnswers, accepted_form, read_answers, read_list,
};

/// A list given back.
pub(crate) struct CorrectionRequest {
    /// Its workbook.
    pub list: PathBuf,
}

/// What was kept of it.
pub(crate) struct CorrectionOutcome {
    /// « « Jean Moulin » désigne P01 Périscolaire Jean Moulin », one a name.
    pub names: Vec<String>,
    /// Names that were known already.
    pub known: usize,
    /// Correspondences that were filled in.
    pub forms: Vec<String>,
    /// Words of the import to run again; empty when the list no longer tells.
    pub import: Vec<String>,
}

/// Keeps what a list says: all of it is checked before any of it is written.
///
/// # Errors
///
/// A file that is no such list; an answer that cannot be, with its cell; a file that cannot be written.
pub(crate) fn keep(
    opened: &OpenObservatory,
    request: &CorrectionRequest,
) -> Result<CorrectionOutcome> {
    let path = &request.list;
    let bytes = std::fs::read(path).map_err(Error::io(path, "lecture"))?;
    let answers = read_list(path, &bytes)?;
    keep_answers(opened, answers, &format!("{} › ", path.display()))
}

/// Keeps what a person filled in, in a list or in the workbook of a correspondence; how many answers there were, none
/// where the file is neither.
///
/// # Errors
///
/// As [`keep`].
pub(crate) fn keep_workbook(
    opened: &OpenObservatory,
    path: &Path,
    name: &str,
) -> Result<Option<usize>> {
    let bytes = std::fs::read(path).map_err(Error::io(path, "lecture"))?;
    let Some(answers) = read_answers(Path::new(name), &bytes)? else {
        return Ok(None);
    };
    let all = answers.len();
    if all > 0 {
        keep_answers(opened, answers, &format!("{name} › "))?;
    }
    Ok(Some(all))
}

/// Keeps what a person said, in a list or on the local page; `place` leads to the cell of a name.
///
/// # Errors
///
/// As [`keep`].
pub(crate) fn keep_answers(
    opened: &OpenObservatory,
    answers: ListAnswers,
    place: &str,
) -> Result<CorrectionOutcome> {
    let ListAnswers {
        names,
        forms,
        import,
    } = answers;
    for answered in &names {
        check(opened, &asked(answered))
            .map_err(|e| Error::Usage(format!("{place}{} : {e}", answered.cell)))?;
    }
    let observatory = &opened.observatory;
    let accepted = forms
        .into_iter()
        .map(|form| accepted_form(observatory, form));
    let forms: Vec<AcceptedForm> = accepted.collect::<Result<_>>()?;
    let mut outcome = CorrectionOutcome {
        names: Vec::new(),
        known: 0,
        forms: Vec::new(),
        import,
    };
    for answered in &names {
        let learnt = learn(opened, &asked(answered))?;
        match learnt.written {
            Some(_) => {
                outcome
                    .names
                    .push(format!("« {} » désigne {}", answered.written, learnt.who));
            }
            None => outcome.known += 1,
        }
    }
    let referentiel = observatory.referentiel(observatory.campaign(None)?);
    for form in &forms {
        outcome.forms.push(form.keep(referentiel)?);
    }
    Ok(outcome)
}

fn asked(answered: &AnsweredName) -> NameRequest {
    let code = answered.code.clone();
    NameRequest {
        name: answered.written.clone(),
        of: match answered.kind {
            AskedKind::Structure => NamedOne::Structure(code),
            AskedKind::Observer => NamedOne::Observer(code),
        },
    }
}
