//! The workbook that a draft fills: that which the same person would have filled in Excel.

use std::collections::HashMap;

use super::entry_draft::EntryDraft;
use super::entry_form::with_asked;
use crate::base::error::Result;
use crate::campaign::OpenObservatory;
use crate::forms::{self, FilledRating, FormIdentity, TypedRow};

/// A workbook made from a draft.
pub(crate) struct FilledWorkbook {
    /// Its name.
    pub(crate) name: String,
    /// Its bytes: the same for the same draft.
    pub(crate) bytes: Vec<u8>,
}

/// Fills the workbook of a draft.
///
/// # Errors
///
/// An accueil or a campaign that no longer is; a workbook that cannot be made.
pub(crate) fn filled_workbook(
    opened: &OpenObservatory,
    draft: &EntryDraft,
) -> Result<FilledWorkbook> {
    let bytes = if draft.source.is_questionnaire() {
        papers(opened, draft)
    } else {
        grid(opened, draft)
    };
    Ok(FilledWorkbook {
        name: draft.workbook_name(),
        bytes: bytes?,
    })
}

/// One line a paper.
fn papers(opened: &OpenObservatory, draft: &EntryDraft) -> Result<Vec<u8>> {
    let rows: Vec<TypedRow> = (draft.papers.iter())
        .map(|paper| TypedRow {
            structure: &draft.structure,
            answers: &paper.answers,
            free: &paper.free,
        })
        .collect();
    with_asked(opened, draft, |asked| forms::entry_sheet(asked, &rows))
}

fn grid(opened: &OpenObservatory, draft: &EntryDraft) -> Result<Vec<u8>> {
    let observatory = &opened.observatory;
    let campaign = observatory.campaign(Some(&draft.campagne))?;
    let structure = opened.structure(&draft.structure)?;
    let head = &draft.head;
    let identity = FormIdentity {
        code: structure.code.clone(),
        name: structure.nom.clone(),
        visit: head.visit.clone(),
        date: head.date.clone(),
        observer: head.observer.clone(),
        moments: draft.moments.clone(),
        hours: head.hours.clone(),
        present: head.present.clone(),
        call: observatory.settings.protection.line(),
        ..FormIdentity::default()
    };
    let ratings = draft.ratings.iter();
    let answers: HashMap<String, FilledRating> = ratings
        .map(|(code, typed)| {
            let filled = FilledRating::new(&typed.rating, &typed.comment);
            (code.clone(), filled)
        })
        .collect();
    forms::write(
        observatory.referentiel(campaign),
        draft.source,
        structure.kind,
        &identity,
        &answers,
        observatory.settings.territory.donnees_fictives,
    )
}
