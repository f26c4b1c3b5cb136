//! Lines of an activity table that are no session, post or structure: totals, and « Fait le 30/06/2026 » under the
//! table. What is set aside is told; a total that sums up nothing of the table is asked, since it may be all that
//! there is.

use super::expected_columns::TableKind;
use super::table_header::is_counted;
use super::table_reading::{ActivityReading, TotalLine};
use crate::base::diagnostics::{CellRef, Code, Diagnostic};
use crate::base::sheets::{Cell, Row};
use crate::base::text::{fold, iso_date};
use crate::intake::sources::answers::{GridTitle, Located, Record};
use crate::intake::sources::cell_fate::{Fate, ReadCells, announces_total};
use crate::intake::sources::shown_title;

/// In place of a site, a plage, a fonction: all of them.
const WHOLES: [&str; 3] = ["ensemble", "effectif", "tous"];
/// First words of a line that stands under a table.
const FOOTERS: [&str; 9] = [
    "fait le",
    "fait a",
    "edite le",
    "imprime le",
    "export",
    "source",
    "signature",
    "nb",
    "remarque",
];

/// Why a line is set aside.
pub(super) enum Aside {
    /// It sums up others, and says so in a cell.
    Total(u32, String),
    /// It stands under the table.
    Footer(String),
}

impl ActivityReading<'_> {
    /// Why a line is no line of the table; none when it is.
    pub(super) fn aside(&self, row: &Row) -> Option<Aside> {
        let structure_col = self.col("structure").unwrap_or(0);
        let structure = self.sheet.column_text(row.index, structure_col);
        let first = row.cells.first().map(|c| c.value.text());
        let first = first.unwrap_or_default();
        if announces_total(&structure) || (structure.is_empty() && announces_total(&first)) {
            return Some(Aside::Total(structure_col, first));
        }
        if self.is_footer(row, structure_col) {
            return Some(Aside::Footer(structure));
        }
        let names = ["site", "plage", "fonction", "diplome"];
        let mut cols = names.into_iter().filter_map(|name| self.col(name));
        cols.find_map(|col| {
            let text = row.text(col);
            let is_whole = WHOLES.contains(&fold(&text).as_str()) || announces_total(&text);
            is_whole.then_some(Aside::Total(col, text))
        })
    }

    pub(super) fn is_set_aside(&self, row: &Row) -> bool {
        self.aside(row).is_some()
    }

    /// Whether a line holds words alone where an accueil is named: nothing is counted in it.
    fn is_footer(&self, row: &Row, structure_col: u32) -> bool {
        let text = row.text(structure_col);
        let is_filled = |c: &&Cell| !c.value.text().is_empty();
        let is_alone = row.cells.iter().filter(is_filled).count() == 1;
        let mut counted = self.columns.iter().filter(|c| is_counted(&c.name));
        let counts = counted.any(|c| !row.text(c.col).is_empty());
        let folded = fold(&text);
        let is_said = FOOTERS.iter().any(|first| folded.starts_with(first));
        let is_sentence = text.trim().contains(' ');
        !text.is_empty() && is_sentence && !counts && (is_alone || is_said)
    }

    /// Says that a line is left, and keeps what it says that it sums up.
    pub(super) fn leave(&mut self, row: &Row, aside: Aside) {
        let structure_col = self.col("structure").unwrap_or(0);
        match aside {
            Aside::Footer(text) => {
                row.claim_rest(Fate::Legend);
                let shown = shown_title(&text);
                let message = format!("ligne « {shown} » ignorée : elle ne compte rien.");
                self.report(Code::LineIgnored, row.index, structure_col, message);
            }
            Aside::Total(_, text) if self.context.leaves_out(&text) => {
                row.claim_rest(Fate::LeftOut);
            }
            Aside::Total(col, text) => {
                row.claim_rest(Fate::Total);
                let structure = self.sheet.column_text(row.index, structure_col);
                let date = self.col("date").map(|c| row.text(c)).unwrap_or_default();
                self.totals.push(TotalLine {
                    at: CellRef::new(row.index, col),
                    structure: if col == structure_col || self.col("structure").is_none() {
                        String::new()
                    } else {
                        structure
                    },
                    date: iso_date(&date).unwrap_or_default(),
                    text,
                });
            }
        }
    }

    /// Lines that sum up what the table holds are told; those of an accueil, or a day, that it holds nothing
    /// else of are asked.
    pub(super) fn sums(&mut self, records: &[Record]) {
        for total in std::mem::take(&mut self.totals) {
            let place = |r: &Record| r.structure.as_ref().map(|s| fold(&s.text));
            let is_summed = |r: &Record| {
                let is_of_day = total.date.is_empty() || r.date == total.date;
                let own = fold(&total.structure);
                own.is_empty() || (place(r).is_some_and(|text| text == own) && is_of_day)
            };
            let CellRef { row, col } = total.at;
            let shown = shown_title(&total.text);
            if records.iter().any(is_summed) || self.kind == TableKind::Denominators {
                let message = format!("ligne « {shown} » ignorée : elle résume les autres.");
                self.report(Code::LineIgnored, row, col, message);
                continue;
            }
            let message = format!(
                "la ligne « {shown} » dit qu’elle résume les autres, et le tableau n’en tient aucune autre de {}{}.",
                if total.structure.is_empty() {
                    "cet accueil"
                } else {
                    &total.structure
                },
                if total.date.is_empty() {
                    ""
                } else {
                    " ce jour-là"
                },
            );
            let at = self.book.at(self.sheet, total.at);
            let said = Diagnostic::new(Code::LineNotUnderstood, at, message);
            self.diagnostics.push(said.with_remedy(format!(
                "Si elle compte, videz la case « {shown} » (elle vaut alors pour tout l’accueil) ; sinon, relancez avec --ignorer \"{shown}\"."
            )));
        }
    }

    /// What stands above the table, and the name of its sheet.
    pub(super) fn titles(&self) -> Vec<GridTitle> {
        let above = self.sheet.rows.iter().take_while(|r| r.index < self.header);
        let texts = above.filter_map(|row| {
            let texts = row.cells.iter().map(|c| c.value.text());
            let texts: Vec<String> = texts.filter(|t| !t.is_empty()).collect();
            let col = row.cells.first()?.col;
            Some((CellRef::new(row.index, col), texts.join(" ")))
        });
        let name = (CellRef::new(0, 0), self.sheet.name.to_string());
        let all = std::iter::once(name).chain(texts);
        all.filter(|(_, text)| !text.is_empty())
            .map(|(cell, text)| GridTitle {
                sheet: self.sheet.name.clone(),
                title: Located { text, cell },
            })
            .collect()
    }
}
