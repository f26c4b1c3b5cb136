//! ODK Central: one CSV, or a zip of the root table and its repeats; names only, group path joined
//! by hyphens, `KEY` last.

use super::row_with;
use crate::sources::responses::{Dialect, Frame};
use crate::sources::{Confidence, Context, Sheet};

/// ODK Central.
pub const TOOL: Dialect = Dialect {
    name: "odk",
    label: "ODK Central",
    frame,
    silent: &[
        "start",
        "end",
        "today",
        "submitterid",
        "attachmentspresent",
        "attachmentsexpected",
        "status",
        "reviewstate",
        "edits",
        "formversion",
        "parent key",
        "meta instanceid",
        "meta instancename",
        "meta audit",
    ],
    silent_prefixes: &["meta "],
    respondent: &["key"],
    date: &["submissiondate"],
    ..Dialect::PLAIN
};

fn frame(sheet: &Sheet, _: &Context) -> Option<Frame> {
    let root = row_with(sheet, &[&["submissiondate"], &["key"]])?;
    Some(Frame::under(Confidence::Certain, root))
}
