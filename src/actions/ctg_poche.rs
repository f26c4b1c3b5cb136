//! What is to be typed again in « CTG dans ma poche », since the last time.

use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::campaign::{OpenObservatory, day_or_today, today};
use crate::convention::{
    PocketLine, PocketMark, PocketSince, convention_or_fiches, pocket_changes,
};

/// Since when.
pub(crate) struct PocketRequest {
    /// Since the end of this day, AAAA-MM-JJ; since the last time otherwise.
    pub since: Option<String>,
    /// Look, remember nothing.
    pub simulation: bool,
    /// Import up to which a person looked: nothing is remembered as given when others have come since.
    pub seen: Option<String>,
}

/// What is to be typed again.
pub(crate) struct PocketOutcome {
    /// « depuis le 30/06/2026 », « depuis le début ».
    pub since: String,
    /// Cells, in the order of the fiches.
    pub lines: Vec<PocketLine>,
    /// Last import that they tell of; empty without any.
    pub import: String,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Lists what changed, and remembers it as given.
///
/// # Errors
///
/// A convention that does not hold together; a day that is none; a journal that cannot be read; a folder that cannot
/// be written.
pub(crate) fn list_pocket(
    opened: &OpenObservatory,
    request: &PocketRequest,
) -> Result<PocketOutcome> {
    let root = &opened.observatory.root;
    let checked = convention_or_fiches(&opened.observatory)?;
    let mark = PocketMark::read(root)?;
    let (since, words) = match (&request.since, &mark) {
        (Some(written), _) => {
            let day = day_or_today(Some(written))?;
            (PocketSince::Day(day), format!("depuis le {}", day.short()))
        }
        (None, Some(mark)) => (
            PocketSince::Import(&mark.import),
            format!("depuis la dernière fois, le {}", mark.jour.short()),
        ),
        (None, None) => (PocketSince::Beginning, "depuis le début".to_owned()),
    };
    let (lines, import) = pocket_changes(root, &checked.value, since)?;
    if request.seen.as_ref().is_some_and(|seen| *seen != import) {
        return Err(Error::Usage(
            "Le suivi a changé depuis que vous avez regardé : rien n’est retenu. Regardez à nouveau ce qu’il y a à ressaisir.".to_owned(),
        ));
    }
    if !request.simulation && !import.is_empty() {
        let jour = today();
        let import = import.clone();
        PocketMark { jour, import }.write(root)?;
    }
    Ok(PocketOutcome {
        since: words,
        lines,
        import,
        diagnostics: checked.diagnostics,
    })
}
