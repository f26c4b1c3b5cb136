//! Which kind of file comes in, by what it holds; what a person may say that the file does not.

use super::attendance_table::{AttendanceList, attendance_list};
use super::calendar_file::{CalendarFile, calendar};
use crate::base::sheets::Workbook;
use crate::convention::convention_words::TempsKind;

/// What a person says that a file cannot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IncomingChoices {
    /// Meeting that an attendance list is of.
    pub meeting: Option<String>,
    /// Whether all those of a list that bears no mark came.
    pub all_present: bool,
    /// Kind of the meetings of a calendar.
    pub kind: Option<TempsKind>,
    /// Whether what only resembles is agreed on.
    pub accept_near: bool,
    /// Whether meetings are proposed in a workbook, to be completed.
    pub proposes: bool,
}

/// A file that is no workbook of the follow-up.
#[derive(Debug)]
pub(in crate::convention) enum IncomingFile {
    /// Attendance lists, one a sheet.
    Attendance(Vec<AttendanceList>),
    /// A calendar.
    Calendar(CalendarFile),
}

/// What the bytes of a file are, before it is opened as a workbook.
pub(in crate::convention) fn recognised_bytes(bytes: &[u8]) -> Option<IncomingFile> {
    calendar(bytes).map(IncomingFile::Calendar)
}

/// What the sheets of a file are, when none is a register.
pub(in crate::convention) fn recognised_sheets(book: &Workbook) -> Option<IncomingFile> {
    let sheets = book.sheets.iter().filter(|s| !s.hidden);
    let lists: Vec<AttendanceList> = sheets.filter_map(|s| attendance_list(book, s)).collect();
    (!lists.is_empty()).then_some(IncomingFile::Attendance(lists))
}

impl IncomingFile {
    /// As people call it.
    pub(in crate::convention) fn words(&self) -> &'static str {
        match self {
            Self::Attendance(_) => "liste d’émargement",
            Self::Calendar(_) => "agenda",
        }
    }

    /// Lines that it says something of.
    pub(in crate::convention) fn lines(&self) -> usize {
        match self {
            Self::Attendance(lists) => lists.iter().map(|l| l.lines.len()).sum(),
            Self::Calendar(file) => file.events.len(),
        }
    }
}
