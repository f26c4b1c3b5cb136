//! A list that was let in is taken back: the registry as it was before, byte for byte, as long as nothing rests on
//! what came since.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::registry_edit::note_now;
use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::base::text::{hex, list};
use crate::campaign::OpenObservatory;
use crate::vocabulary::config::{Observatory, Registry, parse_registry};

/// The registry before a list, and what it was after.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct RegistryBefore {
    /// What the file held.
    pub(crate) text: String,
    /// SHA-256 of what it held once the list was in.
    pub(crate) after: String,
}

/// The registry as it stands; none when it is no text.
pub(crate) fn registry_text(opened: &OpenObservatory) -> Option<String> {
    std::fs::read_to_string(path(opened)).ok()
}

/// What it is now, to know it again.
pub(crate) fn registry_hash(opened: &OpenObservatory) -> String {
    let bytes = std::fs::read(path(opened)).unwrap_or_default();
    hex(Sha256::digest(bytes))
}

fn path(opened: &OpenObservatory) -> std::path::PathBuf {
    opened.observatory.root.join("data").join("structures.csv")
}

/// Puts the registry back as it was. Everything is looked at before the file is touched: stopped at any instant, the
/// registry is the one of before or the one of after, and nothing rests on what it no longer has.
///
/// # Errors
///
/// A registry that changed since, accueils that answers speak of, a disk that refuses.
pub(crate) fn put_back(opened: &OpenObservatory, before: &RegistryBefore) -> Result<()> {
    let root = &opened.observatory.root;
    let _hold = opened.store.hold()?;
    if registry_hash(opened) != before.after {
        return Err(Error::Usage(
            "Le registre a changé depuis que la liste est entrée : la reprendre effacerait ces changements. Rien n’est changé ; corrigez les accueils un par un.".to_owned(),
        ));
    }
    let file = path(opened);
    let held = std::fs::read(&file).map_err(Error::io(&file, "lecture"))?;
    let old = parse_registry(&file, before.text.as_bytes())?;
    let now = Observatory::open(Some(root))?;
    now.holds_with(&old)?;
    let spoken = with_answers(opened, &gone(&parse_registry(&file, &held)?, &old))?;
    if !spoken.is_empty() {
        return Err(Error::Usage(format!(
            "Des réponses sont déjà entrées pour {} : la liste ne peut plus être reprise. Rien n’est changé.",
            list(&spoken.iter().map(String::as_str).collect::<Vec<_>>())
        )));
    }
    now.note_registry()?;
    write_file(&file, before.text.as_bytes())?;
    note_now(root)
}

/// Codes that would be no more.
fn gone(now: &Registry, old: &Registry) -> BTreeSet<String> {
    let codes = now.all().iter().map(|s| s.code.clone());
    codes.filter(|code| old.get(code).is_none()).collect()
}

/// Those of which answers speak.
fn with_answers(opened: &OpenObservatory, codes: &BTreeSet<String>) -> Result<Vec<String>> {
    let state = opened.store.state()?;
    let mut found = BTreeSet::new();
    for campaign in &opened.observatory.settings.campaigns {
        let live = opened.store.live(&state, &campaign.id)?;
        let units = live.iter().flat_map(|l| &l.units);
        let own = units.map(|u| u.structure.to_string());
        found.extend(own.filter(|code| codes.contains(code)));
    }
    Ok(found.into_iter().collect())
}
