//! Answers typed on screen: grids, interviews, paper questionnaires. They are a draft until « Faire entrer »; what enters is
//! the workbook that the same answers would fill, kept beside the draft, brought in as any other file is: one way in, and a
//! figure is explained down to its cell.
//!
//! | question | file |
//! |---|---|
//! | a draft: its file, its stamp, what may stand in it | `entry_draft` |
//! | what is asked, as a page shows it | `entry_form` |
//! | the workbook that a draft fills | `filled_workbook` |
//! | begun, kept at each answer, thrown away and taken back | `typed_entries` |
//! | those of a campaign | `entry_list` |
//! | looked at, let in, corrected by entering again | `entering` |
//! | has it entered? what the store says | `entered_state` |

mod entered_state;
mod entering;
mod entry_draft;
mod entry_form;
mod entry_list;
mod filled_workbook;
mod typed_entries;

pub(crate) use entering::{EnteredOutcome, enter, look, prepare};
pub(crate) use entry_draft::{EntryDraft, EntryHead, TypedPaper, TypedRating, check_entries};
pub(crate) use entry_form::{EntryForm, EntryQuestion, entry_form};
pub(crate) use entry_list::{all_entries, list_entries};
pub(crate) use filled_workbook::filled_workbook;
pub(crate) use typed_entries::{EntryChange, EntryStart, begin, keep, read_entry, set_thrown};
