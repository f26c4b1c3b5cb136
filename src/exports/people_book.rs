//! The tables of the contract as workbooks for people: a sheet with French headings, names beside codes, words for
//! the words of the contract, days and numbers typed; then « Données », the columns of the contract as CSV has them.
//!
//! | question | file |
//! |---|---|
//! | how the workbook is put together; what is said of its use; what is read back as it stands | this file |
//! | which columns people see, in which order, and how each is read | `column_reading` |
//! | a cell in words | `cell_reading` |
//! | the name behind a code of accueil, critère, élément, indicator | `code_names` |

mod cell_reading;
mod code_names;
mod column_reading;

use self::cell_reading::RowReading;
use self::code_names::CodeNames;
use self::column_reading::{ColumnReading, ShownColumn, kept_in_sight, shown_columns};
use super::workbook_columns::workbook_words_of;
use crate::base::error::Result;
use crate::base::people_sheet::{PeopleSheet, PrintedPage, ReadCell, sheet_name};
use crate::base::table_files::people_workbook;
use crate::base::tabular::{Field, FileFormat, Heading, Table};
use crate::vocabulary::config::Observatory;

/// Table that a folder reads back as its registry: it keeps its shape, and has one sheet.
const READ_BACK: &str = "Structures";

/// Tables that tell of no accueil and of no answer; all others are complete, hence for the service alone.
const FOR_EVERYONE: [&str; 2] = ["Référentiel", "Registre"];

/// A table that people are to read.
#[derive(Debug, Clone)]
pub(crate) struct PeopleTable {
    /// The table of the contract.
    pub table: Table,
    /// Headings that say more here than they do elsewhere, by name of column.
    pub headings: Vec<(&'static str, String)>,
    /// Columns of values that hold changes here.
    pub changes: &'static [&'static str],
    /// Printed at the head of its pages; its title where empty.
    pub caption: String,
    /// Sentences under its rows.
    pub notes: Vec<String>,
}

impl From<Table> for PeopleTable {
    fn from(table: Table) -> Self {
        Self {
            table,
            headings: Vec::new(),
            changes: &[],
            caption: String::new(),
            notes: Vec::new(),
        }
    }
}

impl PeopleTable {
    fn is_for_everyone(&self) -> bool {
        FOR_EVERYONE.contains(&self.table.title.as_str())
    }
}

/// What workbooks for people are made with: the names behind codes, what stands on each page.
pub(crate) struct PeopleBook<'a> {
    names: CodeNames<'a>,
    territory: &'a str,
    fictitious: bool,
}

impl<'a> PeopleBook<'a> {
    /// The names of an observatory.
    pub(crate) fn of(observatory: &'a Observatory) -> Self {
        let territory = &observatory.settings.territory;
        Self {
            names: CodeNames::of(observatory),
            territory: &territory.nom,
            fictitious: territory.donnees_fictives,
        }
    }

    /// The workbook of one table or several.
    ///
    /// # Errors
    ///
    /// A table that Excel cannot hold.
    pub(crate) fn write(&self, tables: &[PeopleTable]) -> Result<Vec<u8>> {
        if let [one] = tables
            && one.table.title == READ_BACK
        {
            return one.table.write(FileFormat::Xlsx);
        }
        let sheets: Vec<(PeopleSheet, &Table)> = tables
            .iter()
            .map(|told| (self.sheet(told), &told.table))
            .collect();
        let inside = !tables.iter().all(PeopleTable::is_for_everyone);
        let title = sheets.first().map_or("", |(sheet, _)| &sheet.caption);
        people_workbook(title, &sheets, &self.page(inside))
    }

    fn page(&self, inside: bool) -> PrintedPage {
        let warnings = [
            (self.fictitious, "DONNÉES FICTIVES"),
            (inside, "Pour le service : ne pas diffuser"),
        ];
        let said = warnings.iter().filter(|(holds, _)| *holds).map(|(_, w)| *w);
        PrintedPage {
            territory: self.territory.to_owned(),
            warning: said.collect::<Vec<_>>().join(" · "),
        }
    }

    fn sheet(&self, told: &PeopleTable) -> PeopleSheet {
        let table = &told.table;
        let mut shown = shown_columns(table);
        for column in &mut shown {
            if told.changes.contains(&column.name) {
                column.reading = ColumnReading::RowGap;
            }
        }
        // What no row says is no column for people.
        let holds = |row: &[Field], at: usize| {
            let field = row.get(at);
            field.is_some_and(|f| *f != Field::Empty && f.as_text() != Some(""))
        };
        let says = |row: &Vec<Field>, column: &ShownColumn| {
            column.reading == ColumnReading::Place
                || holds(row, column.at)
                || column.named_at.is_some_and(|at| holds(row, at))
        };
        let is_said = |column: &ShownColumn| {
            table.rows.is_empty() || table.rows.iter().any(|row| says(row, column))
        };
        shown.retain(is_said);
        let columns = shown.iter().map(|column| heading(told, column)).collect();
        let rows = table.rows.iter().map(|row| self.row(table, &shown, row));
        PeopleSheet {
            name: sheet_name(&table.title),
            caption: if told.caption.is_empty() {
                table.title.clone()
            } else {
                told.caption.clone()
            },
            columns,
            rows: rows.collect(),
            kept: kept_in_sight(&shown),
            notes: told.notes.clone(),
        }
    }

    fn row(&self, table: &Table, shown: &[ShownColumn], row: &[Field]) -> Vec<ReadCell> {
        let reading = RowReading::of(&self.names, table, row);
        shown.iter().map(|column| reading.cell(column)).collect()
    }
}

/// What a person calls a column, and what it holds.
fn heading(told: &PeopleTable, column: &ShownColumn) -> Heading {
    let title = &told.table.title;
    let own = told.headings.iter().find(|(name, _)| *name == column.name);
    let known = workbook_words_of(title, column.name);
    let name = match (own, known) {
        (Some((_, said)), _) => said.clone(),
        (None, Some(words)) => words.title.to_owned(),
        (None, None) => column.name.to_owned(),
    };
    Heading::text(&name).meaning(known.map_or("", |words| words.description))
}
