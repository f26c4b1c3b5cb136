//! Everything that is to be corrected in the files of a run, as one workbook: each cause once, the worst
//! first; what can be said once for all files is said there and read back, the rest is told with its place.
//!
//! | question | file |
//! |---|---|
//! | names, titles, words and causes of a run, once each | `found_causes` |
//! | the workbook | `list_workbook` |
//! | what a person said in it | `list_answers` |

mod found_causes;
mod list_answers;
mod list_workbook;

pub(crate) use found_causes::CorrectionList;
pub(crate) use list_answers::{AnsweredName, ListAnswers, is_list, read_answers, read_list};
