//! What tells one tool from another: where its table stands, its own columns, and which of its rows
//! are no finished response.

use crate::base::sheets::{Sheet, Workbook};
use crate::intake::sources::source::{Confidence, Context};

/// The rows that hold the headings of a table, one or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HeaderRows {
    /// The highest.
    pub first: u32,
    /// The lowest, right above the responses or what the tool puts before them.
    pub last: u32,
}

/// Where a table stands in a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TableFrame {
    /// How sure.
    pub confidence: Confidence,
    /// Its header rows.
    pub header: HeaderRows,
    /// First row of responses.
    pub data: u32,
}

impl TableFrame {
    /// One header row and responses right under it.
    pub(super) fn under(confidence: Confidence, row: u32) -> Self {
        Self {
            confidence,
            header: HeaderRows {
                first: row,
                last: row,
            },
            data: row + 1,
        }
    }
}

/// The cell of a row under a folded heading.
pub(super) type CellNamed<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Why a response is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SetAside {
    /// Started, never sent.
    Unsent,
    /// Refused by whoever checks the responses in the tool.
    Rejected,
    /// Written while trying the form.
    Trial,
    /// Encrypted, its content is elsewhere.
    Encrypted,
}

impl SetAside {
    pub(super) fn sentence(self, n: usize) -> String {
        let (one, many) = match self {
            Self::Unsent => (
                "réponse non envoyée, laissée de côté",
                "réponses non envoyées, laissées de côté",
            ),
            Self::Rejected => (
                "réponse refusée à la validation, laissée de côté",
                "réponses refusées à la validation, laissées de côté",
            ),
            Self::Trial => (
                "réponse d’essai, laissée de côté",
                "réponses d’essai, laissées de côté",
            ),
            Self::Encrypted => (
                "réponse chiffrée, laissée de côté",
                "réponses chiffrées, laissées de côté",
            ),
        };
        format!("{}.", crate::base::text::count(n, one, many))
    }
}

/// Where the rows of a repeated group stand, and what ties them to their response.
pub(super) struct RepeatedGroup {
    /// The table.
    pub frame: TableFrame,
    /// Folded heading of the column that names the response.
    pub link: &'static str,
    /// Folded heading of the same name in the main table.
    pub root: &'static str,
}

/// What one tool writes around its answers. Headings are compared folded (no case, no accents).
pub(super) struct Dialect {
    /// Name for `--outil`.
    pub name: &'static str,
    /// What a person reads.
    pub label: &'static str,
    /// Finds the table of a sheet, when the sheet is this tool's.
    pub frame: fn(&Sheet, &Context) -> Option<TableFrame>,
    /// Finds the table of a repeated group.
    pub repeat: fn(&Sheet) -> Option<RepeatedGroup>,
    /// What joins a group's name and a question's.
    pub path: &'static [char],
    /// Whether people choose what joins them.
    pub any_path: bool,
    /// Columns of the tool that carry nothing for us.
    pub silent: &'static [&'static str],
    /// Beginnings of such columns.
    pub silent_prefixes: &'static [&'static str],
    /// The tool's own response id.
    pub respondent: &'static [&'static str],
    /// When the response was given.
    pub date: &'static [&'static str],
    /// Answers that mean that the question was not asked, as written.
    pub blank: &'static [&'static str],
    /// Whether a row is no finished response; what the columns hold is given by heading.
    pub aside: fn(&CellNamed) -> Option<SetAside>,
    /// Why a delimited text of this tool may hold no question that is known, and what to do.
    pub alone: Option<&'static str>,
    /// Whether only the first sheet with answers counts.
    pub one_sheet: bool,
}

impl Dialect {
    /// A tool with nothing of its own.
    pub(super) const PLAIN: Self = Self {
        name: "",
        label: "",
        frame: |_, _| None,
        repeat: |_| None,
        path: &['/'],
        any_path: false,
        silent: &[],
        silent_prefixes: &[],
        respondent: &[],
        date: &[],
        blank: &[],
        aside: |_| None,
        alone: None,
        one_sheet: true,
    };

    pub(super) fn tables<'a>(
        &self,
        book: &'a Workbook,
        context: &Context,
    ) -> Vec<(&'a Sheet, TableFrame)> {
        let visible = book.sheets.iter().filter(|s| !s.hidden);
        let found = visible.filter_map(|s| Some((s, (self.frame)(s, context)?)));
        let limit = if self.one_sheet { 1 } else { usize::MAX };
        found.take(limit).collect()
    }
}
