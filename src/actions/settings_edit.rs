//! The settings changed from a page: the text that would be written is read by the loader first, what was there is kept
//! beside under the day, and nothing is written over what another window wrote meanwhile.

use std::path::Path;

use crate::base::error::{Error, Result};
use crate::base::files::{sha256, write_file};
use crate::campaign::{OpenObservatory, today};
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
    for name in copies(root)?.into_iter().rev() {
        let then = read_text(&root.join(&name))?;
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
    if !copies(root)?.iter().any(|kept| kept == name) {
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
    let read = Observatory::with_settings(root.to_path_buf(), &text);
    // A logo or a colour that cannot be used, unless it was so before.
    let read = read.and_then(|o| match opened.observatory.brand() {
        Ok(_) => o.brand().map(|_| ()),
        Err(_) => Ok(()),
    });
    match read {
        Ok(()) => {}
        Err(Error::Config(said) | Error::Usage(said)) => return Ok(SettingsOutcome::Refused(said)),
        Err(error @ Error::Io { .. }) => return Ok(SettingsOutcome::Refused(error.to_string())),
        Err(other) => return Err(other),
    }
    let kept = keep(root, &path)?;
    let marked = std::fs::read(&path).is_ok_and(|bytes| bytes.starts_with(BOM));
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

/// Keeps the settings as they are, byte for byte, after those that were kept before.
fn keep(root: &Path, path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).map_err(Error::io(path, "lecture"))?;
    let all = copies(root)?;
    if let Some(last) = all.last()
        && std::fs::read(root.join(last)).is_ok_and(|held| held == bytes)
    {
        return Ok(last.clone());
    }
    let day = today();
    let free = (1..).map(|rank: u32| match rank {
        1 => format!("{START}{day}{END}"),
        _ => format!("{START}{day}-{rank}{END}"),
    });
    let taken = |name: &String| root.join(name).exists();
    let name = free.skip_while(taken).next().unwrap_or_default();
    write_file(&root.join(&name), &bytes)?;
    Ok(name)
}

const START: &str = "observatoire.avant-";
const END: &str = ".toml";

/// Names of settings that were kept, the oldest first.
fn copies(root: &Path) -> Result<Vec<String>> {
    let entries = std::fs::read_dir(root).map_err(Error::io(root, "lecture"))?;
    let mut ranked: Vec<(String, u32, String)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let rest = name.strip_prefix(START)?.strip_suffix(END)?;
            let day = rest.get(..10)?.to_owned();
            day.parse::<crate::base::day::Day>().ok()?;
            let rank = match rest.get(10..)? {
                "" => 1,
                more => more.strip_prefix('-')?.parse().ok()?,
            };
            Some((day, rank, name))
        })
        .collect();
    ranked.sort();
    Ok(ranked.into_iter().map(|(_, _, name)| name).collect())
}

fn mark_of(text: &str) -> String {
    sha256(text.as_bytes())
}
