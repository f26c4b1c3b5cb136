//! What a line is called: a session by its day, plage and site, a post by its rank; and its dates.

use super::expected_columns::TableKind;
use super::table_reading::ActivityReading;
use crate::base::diagnostics::Code;
use crate::base::sheets::Row;
use crate::base::text::{fold, iso_date};
use crate::intake::observations::SITE_MARK;
use crate::intake::sources::cell_fate::{Fate, ReadCells};

impl ActivityReading<'_> {
    fn text(&self, row: &Row, name: &str) -> String {
        let col = self.col(name);
        col.map(|c| {
            row.claim(c, Fate::Identity);
            self.sheet.column_text(row.index, c)
        })
        .unwrap_or_default()
    }

    /// A session by its day, plage and site; a post by its rank; one line of denominators.
    pub(super) fn line_id(&mut self, row: &Row, structure: &str, date: &str) -> String {
        let base = match self.kind {
            TableKind::Sessions => {
                let parts = ["seance", date, &self.text(row, "plage")];
                let told = parts.into_iter().filter(|p| !p.is_empty());
                let moment = told.collect::<Vec<_>>().join(" ");
                match self.text(row, "site").as_str() {
                    "" => moment,
                    site => format!("{moment}{SITE_MARK}{site}"),
                }
            }
            TableKind::Posts => "poste".to_owned(),
            TableKind::Denominators => return "denominateurs".to_owned(),
        };
        let rank = self
            .seen
            .entry(format!("{}|{base}", fold(structure)))
            .or_default();
        *rank += 1;
        match (self.kind, *rank) {
            (TableKind::Posts, rank) => format!("poste {rank:03}"),
            (_, 1) => base,
            (_, rank) => format!("{base} ({rank})"),
        }
    }

    /// The day of a line, which a session cannot lack.
    pub(super) fn session_date(&mut self, row: &Row) -> String {
        let Some(col) = self.col("date") else {
            return String::new();
        };
        row.claim(col, Fate::Answer);
        // One cell may head several sessions of a day.
        let written = self.sheet.column_text(row.index, col);
        if written.is_empty() && self.kind == TableKind::Sessions {
            let message = "la date de la séance manque.".to_owned();
            self.report(Code::DateUnreadable, row.index, col, message);
        }
        self.date(row, col, &written)
    }

    pub(super) fn date(&mut self, row: &Row, col: u32, written: &str) -> String {
        if written.is_empty() {
            return String::new();
        }
        iso_date(written).unwrap_or_else(|| {
            let message = format!("« {written} » n’est pas une date.");
            self.report(Code::DateUnreadable, row.index, col, message);
            String::new()
        })
    }
}
