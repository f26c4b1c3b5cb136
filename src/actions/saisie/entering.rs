//! An entry looked at, then let in: the workbook that it fills is brought in as any other file is.

use super::entry_draft::{self, EnteredEntry, EntryDraft};
use super::filled_workbook::filled_workbook;
use super::typed_entries::{read_entry, unchanged};
use crate::actions::importer::{ImportOutcome, ImportRequest, import_files};
use crate::base::error::{Error, Result};
use crate::base::files::{sha256, write_atomic};
use crate::campaign::{OpenObservatory, today};
use crate::intake::WhoConfirms;

/// What became of an entry let in, or looked at.
pub(crate) struct EnteredOutcome {
    /// As of any file.
    pub(crate) outcome: ImportOutcome,
    /// The draft, as it is now.
    pub(crate) draft: EntryDraft,
}

/// Lays the workbook of an entry beside its draft, for who looks at it.
///
/// # Errors
///
/// A draft that was thrown away or holds nothing; a workbook that cannot be made or written.
pub(crate) fn prepare(opened: &OpenObservatory, code: &str) -> Result<()> {
    let _hold = opened.store.hold()?;
    lay(opened, &read_entry(opened, code)?).map(drop)
}

/// Looks at what would enter; nothing is written.
///
/// # Errors
///
/// A draft that changed since its workbook was laid.
pub(crate) fn look(
    opened: &OpenObservatory,
    code: &str,
    confirmation: WhoConfirms,
) -> Result<EnteredOutcome> {
    let draft = read_entry(opened, code)?;
    let laid = std::fs::read(draft.workbook_path(&opened.observatory.root));
    let filled = filled_workbook(opened, &draft)?;
    if !laid.is_ok_and(|bytes| bytes == filled.bytes) {
        return Err(Error::Usage(
            "La saisie a changé depuis sa relecture : revenez-y depuis « Saisir », puis cliquez sur « Relire avant de faire entrer ».".to_owned(),
        ));
    }
    let outcome = import_files(opened, &request(opened, &draft, true, confirmation))?;
    Ok(EnteredOutcome { outcome, draft })
}

/// Lets an entry in. One that entered before takes the place of all that it said then, in one step, even where the
/// visit or the observer was corrected.
///
/// # Errors
///
/// A draft that changed since, was thrown away or holds nothing; as [`import_files`].
pub(crate) fn enter(
    opened: &OpenObservatory,
    code: &str,
    seen: &str,
    confirmation: WhoConfirms,
) -> Result<EnteredOutcome> {
    let (draft, sum) = {
        let _hold = opened.store.hold()?;
        let draft = unchanged(opened, code, seen)?;
        let sum = lay(opened, &draft)?;
        (draft, sum)
    };
    let outcome = import_files(opened, &request(opened, &draft, false, confirmation))?;
    let Some(import) = outcome.intake.import.clone() else {
        return Ok(EnteredOutcome { outcome, draft });
    };
    let _hold = opened.store.hold()?;
    // What was typed meanwhile, in another tab, stays: it has not entered, and its stamp says so.
    let mut now = read_entry(opened, code)?;
    now.modified = now != draft;
    now.entered = Some(EnteredEntry {
        import,
        day: today(),
        workbook: sum,
    });
    entry_draft::write(&opened.observatory.root, &now)?;
    Ok(EnteredOutcome {
        outcome,
        draft: now,
    })
}

/// Lays the workbook beside the draft; gives its SHA-256.
fn lay(opened: &OpenObservatory, draft: &EntryDraft) -> Result<String> {
    if draft.thrown {
        return Err(Error::Usage(
            "Cette saisie a été jetée : reprenez-la d’abord.".to_owned(),
        ));
    }
    if draft.answered() == 0 {
        return Err(Error::Usage(
            "Rien n’a encore été répondu : il n’y a rien à faire entrer.".to_owned(),
        ));
    }
    let filled = filled_workbook(opened, draft)?;
    write_atomic(
        &draft.workbook_path(&opened.observatory.root),
        &filled.bytes,
    )?;
    Ok(sha256(&filled.bytes))
}

fn request<'a>(
    opened: &OpenObservatory,
    draft: &EntryDraft,
    simulation: bool,
    confirmation: WhoConfirms<'a>,
) -> ImportRequest<'a> {
    ImportRequest {
        paths: vec![draft.workbook_path(&opened.observatory.root)],
        campaign: draft.campagne.clone(),
        source: Some(draft.source),
        simulation,
        replaces: draft.entered.iter().map(|e| e.workbook.clone()).collect(),
        confirmation,
        ..ImportRequest::default()
    }
}
