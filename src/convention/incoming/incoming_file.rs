//! Which kind of file comes in, by what it holds.

use super::attendance_table::{AttendanceList, attendance_list};
use super::calendar_file::{CalendarFile, calendar};
use super::pocket_table::{PocketTable, pocket_table};
use super::sphinx_review::{CctReviews, ReviewCorrespondences, cct_reviews};
use crate::base::sheets::Workbook;
use crate::convention::surveys::{SurveyReader, SurveyReturn, survey_return};
use crate::convention::territory::{SchoolsTable, schools_table};

/// A file that is no workbook of the follow-up.
#[derive(Debug)]
pub(in crate::convention) enum IncomingFile {
    /// Attendance lists, one a sheet.
    Attendance(Vec<AttendanceList>),
    /// A calendar.
    Calendar(CalendarFile),
    /// Responses to a small questionnaire.
    Survey(Box<SurveyReturn>),
    /// Annual bilans of the CCT.
    Reviews(CctReviews),
    /// A table of « CTG dans ma poche ».
    Pocket(PocketTable),
    /// Pupils of schools.
    Schools(SchoolsTable),
}

/// What sheets are recognised with.
pub(in crate::convention) struct IncomingReader<'a> {
    pub surveys: SurveyReader<'a>,
    pub reviews: &'a ReviewCorrespondences,
}

/// What the bytes of a file are, before it is opened as a workbook.
pub(in crate::convention) fn recognised_bytes(bytes: &[u8]) -> Option<IncomingFile> {
    calendar(bytes).map(IncomingFile::Calendar)
}

/// What the sheets of a file are, when none is a register.
pub(in crate::convention) fn recognised_sheets(
    book: &Workbook,
    reader: Option<&IncomingReader>,
) -> Option<IncomingFile> {
    if let Some(reader) = reader {
        if let Some(found) = survey_return(book, &reader.surveys) {
            return Some(IncomingFile::Survey(Box::new(found)));
        }
        let referentiel = reader.surveys.referentiel;
        if let Some(found) = cct_reviews(book, reader.reviews, referentiel) {
            return Some(IncomingFile::Reviews(found));
        }
    }
    if let Some(table) = schools_table(book) {
        return Some(IncomingFile::Schools(table));
    }
    if let Some(table) = pocket_table(book) {
        return Some(IncomingFile::Pocket(table));
    }
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
            Self::Survey(_) => "réponses d’enquête",
            Self::Reviews(_) => "bilan CCT",
            Self::Pocket(_) => "CTG dans ma poche",
            Self::Schools(_) => "effectifs des écoles",
        }
    }

    /// Lines that it says something of.
    pub(in crate::convention) fn lines(&self) -> usize {
        match self {
            Self::Attendance(lists) => lists.iter().map(|l| l.lines.len()).sum(),
            Self::Calendar(file) => file.events.len(),
            Self::Survey(found) => found.responses.len(),
            Self::Reviews(file) => file.reviews.len(),
            Self::Pocket(table) => table.lines.len(),
            Self::Schools(table) => table.lines(),
        }
    }
}
