//! The settings changed from a page: the text that would be written is read by the loader first, what was there is kept
//! beside under the day, and nothing is written over what another window wrote meanwhile.

use std::path::Path;

use super::dated_copies::DatedCopies;
use super::settings_guard::breaks_answers;
use crate::base::error::{Error, Result};
use crate::base::files::{sha256, write_file};
use crate::campaign::OpenObservatory;
use crate::vocabulary::config::{
    Observatory, SETTINGS_FILE, SettingsChange, changed_settings, read_text,
};

/// What to change.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SettingsRequest {
    /// In order; all or none.
    pub(crate) changes: Vec<SettingsChange>,
    /// Which state of the settings the person saw, by [`seen_settings`].
    pub(crate) seen: String,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SettingsOutcome {
    /// Written; the settings of before are kept under this name, in the folder.
    Written {
        /// `observatoire.avant-2026-11-28.toml`.
        kept: String,
    },
    /// What is asked is what is there already.
    Same,
    /// The settings changed since they were seen: nothing was written.
    Stale,
    /// The loader would refuse them: nothing was written.
    Refused(String),
}

/// Settings of before, kept beside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptSettings {
    /// Name of the file, in the folder.
    pub(crate) name: String,
    /// Lines of today that would go.
    pub(crate) gone: Vec<String>,
    /// Lines that would come back.
    pub(crate) back: Vec<String>,
}

/// Names the state of the settings that a person sees; it changes with any byte of them.
///
/// # Errors
///
/// A file that cannot be read.
pub(crate) fn seen_settings(opened: &OpenObservatory) -> Result<String> {
    Ok(mark_of(&read_text(
        &opened.observatory.root.join(SETTINGS_FILE),
    )?))
}

/// Changes the settings.
///
/// # Errors
///
/// An entry that is not there; a disk that refuses. What the loader refuses is an outcome.
pub(crate) fn edit_settings(
    opened: &OpenObservatory,
    request: &SettingsRequest,
) -> Result<SettingsOutcome> {
    replace(&opened.observatory.root, opened, &request.seen, |text| {
        changed_settings(text, &request.changes)
    })
}

/// What « Remettre les réglages d’avant » would put back; none when nothing was kept that differs.
///
/// # Errors
///
/// A file that cannot be read.
pub(crate) fn settings_before(opened: &OpenObservatory) -> Result<Option<KeptSettings>> {
    let root = &opened.observatory.root;
    let now = read_text(&root.join(SETTINGS_FILE))?;
    for name in DatedCopies::of_settings(root).names()?.into_iter().rev() {
        // A copy that somebody damaged is passed over.
        let Ok(then) = read_text(&root.join(&name)) else {
            continue;
        };
        if then != now {
            let lacking = |of: &str, there: &str| {
                let lines = of.lines().map(str::trim).filter(|l| !l.is_empty());
                let missing = lines.filter(|l| !there.lines().any(|x| x.trim() == *l));
                missing.map(str::to_owned).collect()
            };
            return Ok(Some(KeptSettings {
                gone: lacking(&now, &then),
                back: lacking(&then, &now),
                name,
            }));
        }
    }
    Ok(None)
}

/// Puts back settings that were kept; those of today are kept in their turn.
///
/// # Errors
///
/// A name that is not that of kept settings; a disk that refuses.
pub(crate) fn put_settings_back(
    opened: &OpenObservatory,
    name: &str,
    seen: &str,
) -> Result<SettingsOutcome> {
    let root = &opened.observatory.root;
    if !DatedCopies::of_settings(root)
        .names()?
        .iter()
        .any(|kept| kept == name)
    {
        return Err(Error::Usage(format!(
            "« {name} » n’est pas une copie des réglages de ce dossier."
        )));
    }
    let then = read_text(&root.join(name))?;
    replace(root, opened, seen, |_| Ok(then.clone()))
}

fn replace(
    root: &Path,
    opened: &OpenObservatory,
    seen: &str,
    new: impl Fn(&str) -> Result<String>,
) -> Result<SettingsOutcome> {
    let _held = opened.store.hold()?;
    let path = root.join(SETTINGS_FILE);
    // Under the lock: another window may have written since.
    let now = read_text(&path)?;
    if mark_of(&now) != seen {
        return Ok(SettingsOutcome::Stale);
    }
    let text = new(&now)?;
    if text == now {
        return Ok(SettingsOutcome::Same);
    }
    let read = Observatory::with_settings(root, &text).and_then(|after| {
        // A logo or a colour that cannot be used, unless it was so before.
        if opened.observatory.brand().is_ok() {
            after.brand()?;
        }
        Ok(after)
    });
    let after = match read {
        Ok(after) => after,
        Err(error @ (Error::Config(_) | Error::Usage(_) | Error::Io { .. })) => {
            return Ok(SettingsOutcome::Refused(error.to_string()));
        }
        Err(other) => return Err(other),
    };
    let before = Observatory::with_settings(root, &now)?;
    if let Some(why) = breaks_answers(opened, &before, &after)? {
        return Ok(SettingsOutcome::Refused(why));
    }
    let held = std::fs::read(&path).map_err(Error::io(&path, "lecture"))?;
    let kept = DatedCopies::of_settings(root).keep(&held)?;
    let marked = held.starts_with(BOM);
    let bytes = if marked {
        [BOM, text.as_bytes()].concat()
    } else {
        text.into_bytes()
    };
    write_file(&path, &bytes)?;
    Ok(SettingsOutcome::Written { kept })
}

/// What Notepad may begin a file with.
const BOM: &[u8] = "\u{feff}".as_bytes();

fn mark_of(text: &str) -> String {
    sha256(text.as_bytes())
}
