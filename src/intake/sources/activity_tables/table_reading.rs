//! An activity table while it is read: which column is which, and which are left out.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::expected_columns::{CellReading, TableKind, known, measured_as, reads};
use super::table_header::TableHeader;
use super::table_marks::Sureness;
use crate::base::diagnostics::{CellRef, Code, Diagnostic};
use crate::base::sheets::{Row, Sheet, Workbook};
use crate::base::text::list;
use crate::intake::sources::answers::AnswerArea;
use crate::intake::sources::cell_fate::{Fate, ReadCells};
use crate::intake::sources::correspondence::{Correspondence, MappedColumn};
use crate::intake::sources::shown_title;
use crate::intake::sources::source::Context;
use crate::privacy::FileNames;
use crate::vocabulary::referentiel::measured_columns;

/// A table being read: its columns, the lines met, what is noticed on the way.
pub(super) struct ActivityReading<'a> {
    pub(super) book: &'a Workbook,
    pub(super) sheet: &'a Sheet,
    pub(super) kind: TableKind,
    pub(super) columns: Vec<ActivityColumn>,
    pub(super) seen: HashMap<String, usize>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Row of the headings.
    pub(super) header: u32,
    /// What a person said of this form.
    pub(super) mapping: Option<&'a Correspondence>,
    pub(super) context: &'a Context<'a>,
    /// What words of posts are screened against.
    pub(super) names: FileNames,
    /// Lines that say that they sum up others.
    pub(super) totals: Vec<TotalLine>,
    /// Columns that no number of theirs fits, and what they may hold instead.
    doubts: BTreeMap<u32, &'static str>,
    form: String,
}

/// A line that says that it sums up others.
pub(super) struct TotalLine {
    pub(super) at: CellRef,
    /// « Total », « tous ».
    pub(super) text: String,
    /// Of whom, and of which day: as written.
    pub(super) structure: String,
    pub(super) date: String,
}

/// A column, its name whatever the words of its heading, and how its cells are read.
#[derive(Clone)]
pub(super) struct ActivityColumn {
    pub(super) col: u32,
    pub(super) name: Arc<str>,
    pub(super) reads: CellReading,
    heading: String,
}

impl<'a> ActivityReading<'a> {
    /// What only resembles is read once a person agreed, or said once for all that she does.
    pub(super) fn new(
        book: &'a Workbook,
        sheet: &'a Sheet,
        header: &TableHeader<'a>,
        context: &'a Context<'a>,
    ) -> Self {
        let (kind, accept_near) = (header.kind, context.accept_near);
        let measured = measured_columns(Some(context.referentiel));
        let columns = (header.columns.iter())
            .map(|column| ActivityColumn {
                col: column.col,
                reads: match column.sureness {
                    Sureness::LeftOut => CellReading::LeftOut,
                    _ if context.names_out(&column.heading) => CellReading::LeftOut,
                    Sureness::Guessed if !accept_near => CellReading::Awaited,
                    _ => {
                        let place = (sheet, header.row, column.col);
                        reads(kind, &column.name, place, &measured)
                    }
                },
                name: Arc::from(measured_as(&column.name)),
                heading: column.heading.clone(),
            })
            .collect();
        Self {
            header: header.row.index,
            mapping: header.mapping,
            form: header.form.clone(),
            book,
            sheet,
            kind,
            columns,
            seen: HashMap::new(),
            diagnostics: Vec::new(),
            context,
            names: FileNames::default(),
            totals: Vec::new(),
            doubts: BTreeMap::new(),
        }
    }

    pub(super) fn report(&mut self, code: Code, row: u32, col: u32, message: String) {
        let at = self.book.at(self.sheet, CellRef::new(row, col));
        self.diagnostics.push(Diagnostic::new(code, at, message));
    }

    pub(super) fn report_with(
        &mut self,
        code: Code,
        row: u32,
        col: u32,
        message: String,
        remedy: &'static str,
    ) {
        let at = self.book.at(self.sheet, CellRef::new(row, col));
        let said = Diagnostic::new(code, at, message);
        self.diagnostics.push(said.with_remedy(remedy));
    }

    /// Notes that a column may hold something else than what its heading says.
    pub(super) fn doubt(&mut self, col: u32, instead: &'static str) {
        self.doubts.insert(col, instead);
    }

    /// What columns may hold instead of what their headings say, for a person to agree.
    pub(super) fn doubted(&self) -> Vec<MappedColumn> {
        let doubts = self.doubts.iter();
        doubts
            .map(|(col, instead)| MappedColumn::new(self.heading(*col), instead, false))
            .collect()
    }

    pub(super) fn col(&self, name: &str) -> Option<u32> {
        let column = self.columns.iter().find(|c| *c.name == *name)?;
        Some(column.col)
    }

    /// Heading of a column.
    pub(super) fn heading(&self, col: u32) -> &str {
        let column = self.columns.iter().find(|c| c.col == col);
        column.map_or("", |c| c.heading.as_str())
    }

    /// Says which columns only resemble, and what they would be read as.
    pub(super) fn guesses(&mut self, accept_near: bool, header: &TableHeader) {
        let guessed = header.columns.iter();
        for column in guessed.filter(|c| c.sureness == Sureness::Guessed) {
            let shown = shown_title(&column.heading);
            let (code, message) = if accept_near {
                let message = format!("« {shown} » lue comme « {} ».", column.name);
                (Code::LabelAssumed, message)
            } else {
                let message = format!("« {shown} » ressemble à « {} ».", column.name);
                (Code::LabelToConfirm, message)
            };
            self.report(code, header.row.index, column.col, message);
        }
    }

    /// Two columns of one measure would count for one of them: which, or their sum, is a person's to say.
    pub(super) fn repeated(&mut self, header: &Row) {
        let is_read = |c: &&ActivityColumn| {
            use CellReading as R;
            let aside = [
                R::Elsewhere,
                R::Personal,
                R::Unknown,
                R::Awaited,
                R::LeftOut,
            ];
            !aside.contains(&c.reads)
        };
        let mut by_name: BTreeMap<Arc<str>, Vec<ActivityColumn>> = BTreeMap::new();
        for column in self.columns.iter().filter(is_read) {
            let alike = by_name.entry(Arc::clone(&column.name)).or_default();
            alike.push(column.clone());
        }
        for alike in by_name.into_values().filter(|alike| alike.len() > 1) {
            let titles: Vec<String> = alike
                .iter()
                .map(|c| format!("« {} »", shown_title(&c.heading)))
                .collect();
            let message = format!(
                "{} disent la même mesure ({}) : une seule des colonnes compterait.",
                list(&titles),
                alike[0].name
            );
            let at = self
                .book
                .at(self.sheet, CellRef::new(header.index, alike[0].col));
            let said = Diagnostic::new(Code::ColumnAmbiguous, at, message);
            self.diagnostics.push(said.with_remedy(
                "Réunissez-les en une seule colonne du fichier (leur somme, pour des enfants comptés par groupe), puis relancez ; une colonne qui ne compte pas se laisse de côté avec --ignorer suivi de son titre.",
            ));
        }
    }

    /// Says once what is left out, and where.
    pub(super) fn headings(&mut self, header: &Row) {
        header.claim_rest(Fate::Identity);
        let above = self
            .sheet
            .rows
            .iter()
            .take_while(|r| r.index < header.index);
        // A title stands alone above the headings.
        above
            .filter(|r| r.cells.len() == 1)
            .for_each(|r| r.claim_rest(Fate::Identity));
        let columns = self.columns.clone();
        let dropped = columns.iter().filter(|c| c.reads == CellReading::Personal);
        for ActivityColumn { col, .. } in dropped {
            let shown = shown_title(&header.text(*col));
            let message = format!("colonne « {shown} » écartée : elle peut désigner une personne.");
            self.report(Code::PersonalColumn, header.index, *col, message);
        }
    }

    /// Where the lines stand.
    pub(super) fn block(&self, header: &Row) -> AnswerArea {
        let cols = || self.columns.iter().map(|c| c.col);
        AnswerArea {
            answer_columns: Vec::new(),
            names: Vec::new(),
            sheet: self.sheet.name.clone(),
            headings: Some(header.index),
            first_row: header.index + 1,
            first_col: cols().min().unwrap_or(0),
            last_col: cols().max().unwrap_or(0),
            shape: self.form.clone(),
            expected: known(self.kind),
        }
    }
}
