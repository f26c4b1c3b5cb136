//! A list that was let in is taken back: the registry as it was before, byte for byte, as long as nothing rests on
//! what came since.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::registry_edit::note_now;
use super::registry_uses::{RegistryUse, uses_of};
use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::base::text::hex;
use crate::campaign::{FolderHold, OpenObservatory};
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
/// A registry that changed since, accueils that something speaks of, a disk that refuses.
pub(crate) fn put_back(opened: &OpenObservatory, before: &RegistryBefore) -> Result<()> {
    let root = &opened.observatory.root;
    // Nobody begins an entry or an action meanwhile.
    let _hold = FolderHold::take(root)?;
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
    let uses = uses_of(opened, &gone(&parse_registry(&file, &held)?, &old))?;
    if !uses.is_empty() {
        let told: Vec<String> = uses.iter().map(RegistryUse::told).collect();
        return Err(Error::Usage(format!(
            "La liste ne peut plus être reprise : {}. Rien n’est changé.",
            told.join(" ; ")
        )));
    }
    // What leaves is remembered: its code is given to nobody else.
    now.note_registry()?;
    write_file(&file, before.text.as_bytes())?;
    note_now(root)
}

/// Codes that would be no more.
fn gone(now: &Registry, old: &Registry) -> BTreeSet<String> {
    let codes = now.all().iter().map(|s| s.code.clone());
    codes.filter(|code| old.get(code).is_none()).collect()
}
