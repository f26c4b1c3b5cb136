//! Entries as they are found in a folder, the damaged ones told.

use std::path::Path;

use super::entered_state::StoredEntries;
use super::entry_draft::{self, EntryDraft};
use crate::base::error::Result;
use crate::campaign::OpenObservatory;

/// Entries.
pub(crate) struct EntryList {
    /// Those that can be read, thrown ones last.
    pub(crate) drafts: Vec<EntryDraft>,
    /// Why others cannot.
    pub(crate) unread: Vec<String>,
}

/// Entries of a campaign, with what the store says of each.
///
/// # Errors
///
/// A folder or a store that cannot be read.
pub(crate) fn list_entries(opened: &OpenObservatory, campaign: &str) -> Result<EntryList> {
    let mut all = all_entries(&opened.observatory.root)?;
    all.drafts.retain(|draft| draft.campagne == campaign);
    let stored = StoredEntries::of(opened)?;
    all.drafts = (all.drafts.into_iter())
        .map(|draft| stored.settled(draft))
        .collect();
    all.drafts.sort_by(|a, b| {
        let key = |d: &EntryDraft| (d.thrown, d.entered.is_some());
        (key(a), &b.begun, &a.code).cmp(&(key(b), &a.begun, &b.code))
    });
    Ok(all)
}

/// Entries of every campaign as their drafts are, thrown ones too.
///
/// # Errors
///
/// A folder that cannot be read.
pub(crate) fn all_entries(root: &Path) -> Result<EntryList> {
    let mut all = EntryList {
        drafts: Vec::new(),
        unread: Vec::new(),
    };
    for code in entry_draft::codes(root)? {
        match entry_draft::read(root, &code) {
            Ok(draft) => all.drafts.push(draft),
            Err(why) => all.unread.push(why.to_string()),
        }
    }
    Ok(all)
}
