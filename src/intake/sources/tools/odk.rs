//! ODK Central: one CSV, or a zip of the root table and its repeats; names only, group path joined
//! by hyphens, `KEY` last.

use super::header_rows::row_with;
use crate::base::sheets::Sheet;
use crate::intake::sources::dialect::{Dialect, RepeatedGroup, SetAside, TableFrame};
use crate::intake::sources::source::{Confidence, Context};

/// ODK Central.
pub(crate) const TOOL: Dialect = Dialect {
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
    repeat,
    aside: |cell| {
        let sealed = ["not decrypted", "missing encrypted form data"];
        if cell("status").is_some_and(|s| sealed.contains(&s.to_lowercase().as_str())) {
            return Some(SetAside::Encrypted);
        }
        let review = cell("reviewstate")?;
        review
            .eq_ignore_ascii_case("rejected")
            .then_some(SetAside::Rejected)
    },
    path: &['-'],
    alone: Some(
        "la table des réponses d’ODK ne contient pas ses groupes répétés : importez l’archive .zip de l’export, sans la décompresser.",
    ),
    ..Dialect::PLAIN
};

fn frame(sheet: &Sheet, _: &Context) -> Option<TableFrame> {
    let root = row_with(sheet, &[&["submissiondate"], &["key"]])?;
    Some(TableFrame::under(Confidence::Certain, root))
}

/// Whether a table is that of a repeated group, which says nothing of who speaks.
pub(crate) fn is_repeat(sheet: &Sheet) -> bool {
    repeat(sheet).is_some()
}

/// `<form>-<repeat>.csv`, beside the root table in the archive.
fn repeat(sheet: &Sheet) -> Option<RepeatedGroup> {
    let row = row_with(sheet, &[&["parent key"], &["key"]])?;
    Some(RepeatedGroup {
        frame: TableFrame::under(Confidence::Certain, row),
        link: "parent key",
        root: "key",
    })
}
