//! What an incoming file becomes: lines of registers, for the same merge as a workbook of the follow-up.

use super::incoming_file::IncomingFile;
use super::made_lines::{IncomingSetting, MadeLines};
use super::{attendance_lines, calendar_lines, pocket_table, sphinx_lines};

impl IncomingFile {
    /// Its lines.
    pub(in crate::convention) fn made(&self, setting: &IncomingSetting) -> MadeLines {
        match self {
            Self::Attendance(lists) => {
                let mut made = MadeLines::default();
                for list in lists {
                    made.add(attendance_lines::lines(setting, list));
                }
                made
            }
            Self::Calendar(file) => calendar_lines::lines(setting, file),
            Self::Reviews(file) => sphinx_lines::lines(setting, file),
            Self::Pocket(table) => pocket_table::lines(setting, table),
            // Responses and schools are no line of a register.
            Self::Survey(_) | Self::Schools(_) => MadeLines::default(),
        }
    }
}
