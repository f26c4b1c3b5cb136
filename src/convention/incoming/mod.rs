//! What comes in besides the workbook of the follow-up, told apart by what it holds: attendance lists, calendars, the
//! annual bilan of the CCT, tables of « CTG dans ma poche ». Each becomes lines of the registers, which enter by the
//! same merge and the same journal; names, e-mails, telephones and signatures are dropped while reading.
//!
//! | question | file |
//! |---|---|
//! | which kind of file is it | `incoming_file`; what a person may say of it: `incoming_choices` |
//! | what a kind becomes: lines of registers, what is told | `incoming_lines`; how they are made: `made_lines` |
//! | attendance lists: what a heading announces | `attendance_headings` |
//! | – what a cell says of who came | `attendance_marks` |
//! | – the table of a sheet, its persons without their names | `attendance_table` |
//! | – of which meeting is it? | `attendance_meeting` |
//! | – services counted, against those already there | `attendance_lines` |
//! | calendars: the events of a `.ics` | `calendar_file`; its moments: `calendar_moments`; what repeats: `calendar_rules` |
//! | – meetings proposed | `calendar_lines` |
//! | a table of « CTG dans ma poche » | `pocket_table` |
//! | the annual bilan of the CCT (Sphinx): columns wanted | `sphinx_review`; what becomes of them: `sphinx_lines` |
//! | does a title or a sentence of another tool name someone? | `title_screen` |

mod attendance_headings;
mod attendance_lines;
mod attendance_marks;
mod attendance_meeting;
mod attendance_table;
mod calendar_file;
mod calendar_lines;
mod calendar_moments;
mod calendar_rules;
mod incoming_choices;
mod incoming_file;
mod incoming_lines;
mod made_lines;
mod pocket_table;
mod sphinx_lines;
mod sphinx_review;
mod title_screen;

pub(super) use attendance_table::AttendanceList;
pub use incoming_choices::IncomingChoices;
pub(super) use incoming_file::{IncomingFile, IncomingReader, recognised_bytes, recognised_sheets};
pub(super) use made_lines::IncomingSetting;
pub(super) use pocket_table::POCKET;
pub(super) use sphinx_review::ReviewCorrespondences;
