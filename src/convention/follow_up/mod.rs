//! What follows from the registers on a day: what changed since, who is expected at a meeting.
//!
//! | question | file |
//! |---|---|
//! | what is to be typed again in « CTG dans ma poche » | `pocket_changes`; the last time: `pocket_mark` |
//! | who is expected at a meeting; the sheet where who came is typed | `attendance_sheet` |

mod attendance_sheet;
mod pocket_changes;
mod pocket_mark;

pub(crate) use attendance_sheet::attendance_sheet;
pub(crate) use pocket_changes::{PocketLine, PocketSince, pocket_changes};
pub(crate) use pocket_mark::PocketMark;
