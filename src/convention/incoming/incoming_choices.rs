//! What a person may say that a file does not.

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
