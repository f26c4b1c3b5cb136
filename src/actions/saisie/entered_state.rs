//! Whether an entry has entered is what the store says, whatever its draft remembers: a kill may stop it between the
//! two, and an import may be taken back.

use super::entry_draft::{EnteredEntry, EntryDraft};
use super::filled_workbook::filled_workbook;
use crate::base::error::Result;
use crate::base::files::sha256;
use crate::campaign::OpenObservatory;
use crate::intake::store::StoreState;

/// What the store holds of entries.
pub(super) struct StoredEntries<'a> {
    opened: &'a OpenObservatory,
    state: StoreState,
}

impl<'a> StoredEntries<'a> {
    /// Reads the store.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(super) fn of(opened: &'a OpenObservatory) -> Result<Self> {
        let state = opened.store.state()?;
        Ok(Self { opened, state })
    }

    /// A draft, with what the store says of it.
    pub(super) fn settled(&self, mut draft: EntryDraft) -> EntryDraft {
        let Some(entered) = self.holding(&draft) else {
            draft.entered = None;
            draft.modified = false;
            return draft;
        };
        let remembers = |e: &EnteredEntry| e.workbook == entered.workbook;
        if !draft.entered.as_ref().is_some_and(remembers) {
            // It did not live to remember what entered, or what it remembers was taken back.
            let filled = filled_workbook(self.opened, &draft);
            let same = filled.is_ok_and(|f| sha256(&f.bytes) == entered.workbook);
            draft.modified = !same;
        }
        draft.entered = Some(entered);
        draft
    }

    /// The last import in place that holds it: its workbook has a name of its own, and the bytes that it remembers.
    fn holding(&self, draft: &EntryDraft) -> Option<EnteredEntry> {
        let name = draft.workbook_name();
        let remembered = draft.entered.as_ref().map(|e| e.workbook.as_str());
        let imports = self.state.imports.iter().rev();
        let mut own = imports.filter(|i| i.manifest.campaign == draft.campagne);
        own.find_map(|import| {
            let files = import.manifest.files.iter().zip(&import.taken_back);
            let mut there = files.filter(|(_, taken_back)| !**taken_back);
            let (file, _) =
                there.find(|(f, _)| f.name == name || Some(f.sha256.as_str()) == remembered)?;
            Some(EnteredEntry {
                import: import.label.clone(),
                day: import.date,
                workbook: file.sha256.clone(),
            })
        })
    }
}
