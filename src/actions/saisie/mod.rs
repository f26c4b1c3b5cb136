//! Answers typed on screen: grids, interviews, paper questionnaires. They are a draft until « Faire entrer »; what enters is
//! the workbook that the same answers would fill, kept beside the draft, brought in as any other file is: one way in, and a
//! figure is explained down to its cell.
//!
//! | question | file |
//! |---|---|
//! | a draft: its file, its stamp, what may stand in it | `entry_draft` |
//! | what is asked, as a page shows it | `entry_form` |
//! | the workbook that a draft fills | `filled_workbook` |
//! | begun, kept, looked at, let in, thrown away | `typed_entries` |

mod entry_draft;
mod entry_form;
mod filled_workbook;
mod typed_entries;

pub(crate) use entry_draft::{EntryDraft, EntryHead, TypedPaper, TypedRating, check_entries};
pub(crate) use entry_form::{EntryForm, EntryQuestion, entry_form};
pub(crate) use filled_workbook::filled_workbook;
pub(crate) use typed_entries::{
    EnteredOutcome, EntryChange, EntryStart, all_entries, begin, enter, keep, list_entries, look,
    prepare, read_entry, set_thrown,
};
