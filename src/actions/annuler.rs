//! Takes an import, or one of its files, back.

use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;
use crate::campaign::{OpenObservatory, today};
use crate::intake::observations::{ObservationColumn, Statut};
use crate::intake::{file_names, kept_name};

/// What to take back.
pub(crate) struct UndoRequest {
    /// Import, as `I003`.
    pub import: String,
    /// The only one of its files.
    pub file: Option<String>,
}

/// What was taken back.
pub(crate) struct UndoOutcome {
    /// Import.
    pub import: String,
    /// Names of the files.
    pub files: Vec<String>,
}

/// What would no longer count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LeavingAnswers {
    /// Files.
    pub files: usize,
    /// Answers that somebody gave; those of files that another took the place of count no more already.
    pub answers: usize,
}

/// What would leave with an import, or one of its files; nothing is written.
///
/// # Errors
///
/// An import that is not there; a store that cannot be read.
pub(crate) fn leaving(opened: &OpenObservatory, request: &UndoRequest) -> Result<LeavingAnswers> {
    let state = opened.store.state()?;
    let import = state.imports.iter().find(|i| i.label == request.import);
    let import =
        import.ok_or_else(|| Error::Usage(format!("Aucun import « {} » ici.", request.import)))?;
    let is_asked = |name: &str| request.file.as_deref().is_none_or(|f| f == name);
    let files = import.manifest.files.iter().zip(&import.taken_back);
    let files = files.filter(|(file, back)| !**back && is_asked(&file.name));
    let all = opened.store.load(Some(&import.manifest.campaign))?;
    let frame = all.frame();
    let text = |column: ObservationColumn| frame.column(column.name())?.str();
    let imports = text(ObservationColumn::Import)?.iter();
    let names = text(ObservationColumn::Fichier)?.iter();
    let statuses = text(ObservationColumn::Statut)?.iter();
    let rows = imports.zip(names).zip(statuses);
    let answers = rows.filter(|((import, name), status)| {
        *import == Some(request.import.as_str())
            && is_asked(name.unwrap_or(""))
            && *status != Some(Statut::Vide.as_str())
    });
    Ok(LeavingAnswers {
        files: files.count(),
        answers: answers.count(),
    })
}

/// Takes back; what was replaced is in place again.
///
/// # Errors
///
/// An import or a file that is not there; a store that is held or damaged.
pub(crate) fn undo(opened: &OpenObservatory, request: &UndoRequest) -> Result<UndoOutcome> {
    let label = &request.import;
    // A person may give the name that the file bears on their disk.
    let campaign = opened.store.campaign_of(label)?;
    let kept = match (&request.file, &campaign) {
        (Some(name), Some(campaign)) => {
            let key = opened.store.respondent_key(campaign)?;
            Some(kept_name(&file_names(&opened.observatory), &key, name))
        }
        (name, _) => name.clone(),
    };
    let undone = opened.store.undo(today(), label, kept.as_deref())?;
    Ok(UndoOutcome {
        import: undone.import,
        files: undone.names,
    })
}
