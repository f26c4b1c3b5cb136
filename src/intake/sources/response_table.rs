//! A table of responses whose header was read, and the responses that the lines of a repeated group
//! belong to.

use std::collections::HashMap;

use super::dialect::{RepeatedGroup, TableFrame};
use super::header::Header;
use super::questions::Question;
use super::response_dates::Dates;
use crate::base::sheets::{Row, Sheet};
use crate::vocabulary::referentiel::SourceCode;

/// A sheet whose header was read.
pub(super) struct ResponseTable<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) frame: TableFrame,
    pub(super) header: Header,
    pub(super) questions: Vec<Question>,
    pub(super) dates: Dates,
    /// Who speaks in a response that asks nothing itself: what it says in its own words is kept under the
    /// source of its repeated groups.
    pub(super) speaks: Option<SourceCode>,
    /// Whether its sheet bears the name of the accueil: one of several that say it nowhere else.
    pub(super) is_place: bool,
}

/// The responses that the lines of a repeated group belong to.
pub(super) struct RootResponses<'t> {
    main: &'t ResponseTable<'t>,
    link: Option<u32>,
    by_name: HashMap<String, &'t Row>,
}

impl<'t> RootResponses<'t> {
    pub(super) fn new(
        main: &'t ResponseTable<'t>,
        lines: &ResponseTable,
        repeat: &RepeatedGroup,
    ) -> Self {
        let named = main.header.heading(repeat.root);
        let rows = main
            .sheet
            .rows
            .iter()
            .filter(|r| r.index >= main.frame.data);
        let by_name = named.map(|col| rows.map(|r| (r.text(col), r)).collect());
        Self {
            main,
            link: lines.header.heading(repeat.link),
            by_name: by_name.unwrap_or_default(),
        }
    }

    /// A repeat inside a repeat is named after its response, then its place in it.
    pub(super) fn of(&self, line: &Row) -> Option<(&'t ResponseTable<'t>, &'t Row)> {
        let written = line.text(self.link?);
        let root = written.split('/').next().unwrap_or("");
        Some((self.main, *self.by_name.get(root)?))
    }
}
