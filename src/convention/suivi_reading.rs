//! A filled workbook of the follow-up → located lines, each cell as it would be kept. What cannot be read is said
//! with its cell; nothing is guessed.

use std::collections::BTreeMap;

use super::column_kinds::RegisterHolds;
use super::register_columns::{
    ActionsColumn, DecisionsColumn, PresencesColumn, Register, RegisterColumn, RelevesColumn,
    SuiviField, TempsColumn,
};
use super::suivi_cells::{CellReader, RefusedCell};
use super::suivi_columns::SheetColumns;
use super::suivi_layout::{LOOKED_AT, SHEET_MISSING, SUIVI_BASE};
use crate::base::day::Day;
use crate::base::diagnostics::{CellRef, Code, Diagnostic, Location};
use crate::base::sheets::own_form_layout::SHEET_README;
use crate::base::sheets::{Format, Row, Sheet, Workbook};
use crate::base::text::fold;
use crate::privacy::{is_a_person, names_someone};

/// Columns that wait for functions, never for persons.
fn is_function(field: SuiviField) -> bool {
    [
        ActionsColumn::Responsable.field(),
        ActionsColumn::Appui.field(),
        TempsColumn::AnimePar.field(),
        PresencesColumn::Service.field(),
        PresencesColumn::Fonction.field(),
        DecisionsColumn::Responsable.field(),
    ]
    .contains(&field)
}

/// A cell as it would be kept, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SuiviCell {
    pub text: String,
    pub at: CellRef,
}

/// A line of a register that says something.
#[derive(Debug, Clone)]
pub(super) struct SuiviLine {
    pub register: Register,
    /// Sheet that it stands in, as it is named.
    pub sheet: String,
    /// Zero-based row.
    pub row: u32,
    /// Column of its id.
    pub id_column: u32,
    /// Empty on a new line.
    pub id: String,
    /// Every column that the sheet has, emptied ones included; computed ones left out.
    pub cells: BTreeMap<SuiviField, SuiviCell>,
    /// Cells that could not be read: each was told.
    pub refused: Vec<SuiviField>,
}

/// What a workbook says.
#[derive(Debug, Default)]
pub(super) struct SuiviSheets {
    /// Import that the workbook was written from; empty when unknown.
    pub base: String,
    /// Lines, register after register.
    pub lines: Vec<SuiviLine>,
    /// Whether a sheet is a register.
    pub is_recognised: bool,
    pub diagnostics: Vec<Diagnostic>,
}

impl SuiviSheets {
    /// Lines that come from elsewhere than a workbook of the follow-up.
    pub(super) fn of_lines(lines: Vec<SuiviLine>) -> Self {
        Self {
            lines,
            is_recognised: true,
            ..Self::default()
        }
    }
}

/// Reads the registers of a workbook.
pub(super) fn read(book: &Workbook, cells: &CellReader) -> SuiviSheets {
    let mut sheets = SuiviSheets {
        base: base(book),
        ..SuiviSheets::default()
    };
    let mut found = false;
    let mut read: Vec<(SheetColumns, &Sheet)> = Vec::new();
    for sheet in book.sheets.iter().filter(|s| !is_ours(s)) {
        if let Some(columns) = SheetColumns::find(sheet) {
            found = true;
            sheets.diagnostics.extend(columns.remarks(book, sheet));
            if sheet.hidden {
                let message =
                    "la feuille est masquée, et lue : ce qu’elle dit entre comme le reste.";
                let told = Diagnostic::new(Code::SuiviHiddenSheet, book.at_sheet(sheet), message);
                sheets.diagnostics.push(told);
            }
            read.push((columns, sheet));
        } else if book.format != Format::Document && !sheet.rows.is_empty() && !sheet.hidden {
            let message = "aucun registre du suivi n’y est reconnu : rien n’en est lu.";
            let told = Diagnostic::new(Code::SheetUnread, book.at_sheet(sheet), message);
            sheets.diagnostics.push(told);
        }
    }
    if !found {
        let message = "aucune feuille ne porte les titres d’un registre du suivi (Actions, Temps, Présences…).";
        let at = Location::file(&book.file);
        sheets.diagnostics = vec![Diagnostic::new(Code::SuiviUnrecognised, at, message)];
        return sheets;
    }
    sheets.is_recognised = true;
    if let Some(day) = sheets.base.strip_prefix(LOOKED_AT) {
        let day = day.trim();
        let day = day.parse().map_or_else(|_| day.to_owned(), Day::short);
        let message = format!(
            "ce classeur montre le suivi tel qu’il était connu le {day} : il ne se rend pas."
        );
        let at = Location::file(&book.file);
        sheets.diagnostics = vec![Diagnostic::new(Code::SuiviLookedAt, at, message)];
        return sheets;
    }
    read.sort_by_key(|(columns, _)| columns.register);
    for (columns, sheet) in read {
        let mut reading = RegisterReading {
            book,
            sheet,
            cells,
            columns: &columns,
            told: Vec::new(),
        };
        let rows = sheet.rows.iter().filter(|r| r.index > columns.header);
        let lines: Vec<SuiviLine> = rows.filter_map(|row| reading.line(row)).collect();
        sheets.lines.extend(lines);
        sheets.diagnostics.append(&mut reading.told);
    }
    sheets
}

/// Sheets that hold no register.
fn is_ours(sheet: &Sheet) -> bool {
    [SHEET_README, SHEET_MISSING]
        .iter()
        .any(|name| fold(name) == fold(&sheet.name))
}

/// The import named in `Lisez-moi`.
fn base(book: &Workbook) -> String {
    let readme = book.sheet(SHEET_README);
    let rows = readme.into_iter().flat_map(|s| &s.rows);
    let mut said = rows.filter(|r| fold(&r.text(0)) == fold(SUIVI_BASE));
    said.next().map(|r| r.text(1)).unwrap_or_default()
}

struct RegisterReading<'a> {
    book: &'a Workbook,
    sheet: &'a Sheet,
    cells: &'a CellReader<'a>,
    columns: &'a SheetColumns,
    told: Vec<Diagnostic>,
}

impl RegisterReading<'_> {
    fn tell(&mut self, code: Code, at: CellRef, message: String) -> &mut Diagnostic {
        let place = self.book.at(self.sheet, at);
        self.told.push(Diagnostic::new(code, place, message));
        let last = self.told.len() - 1;
        &mut self.told[last]
    }

    /// A line; none when it is blank.
    fn line(&mut self, row: &Row) -> Option<SuiviLine> {
        let id = self.columns.id.map(|col| row.text(col)).unwrap_or_default();
        let blank = |(field, col): &(SuiviField, u32)| {
            row.get(*col).is_none() || field.spec().holds == RegisterHolds::Computed
        };
        if id.is_empty() && self.columns.fields.iter().all(blank) {
            return None;
        }
        // A compte rendu is handed out with its meeting on every line: one left blank says no more than that.
        let is_prepared = |(field, col): &(SuiviField, u32)| {
            field.spec().holds == RegisterHolds::Temps || row.get(*col).is_none()
        };
        let is_document = self.book.format == Format::Document;
        if is_document && id.is_empty() && self.columns.fields.iter().all(is_prepared) {
            return None;
        }
        let mut line = SuiviLine {
            register: self.columns.register,
            sheet: self.sheet.name.to_string(),
            row: row.index,
            id_column: self.columns.id.unwrap_or(0),
            id,
            cells: BTreeMap::new(),
            refused: Vec::new(),
        };
        for (field, col) in &self.columns.fields {
            if field.spec().holds != RegisterHolds::Computed {
                self.cell(row, *field, *col, &mut line);
            }
        }
        self.share(&mut line);
        Some(line)
    }

    /// A share that is declared as so many percents would be told a hundred times too large.
    fn share(&mut self, line: &mut SuiviLine) {
        let text = |column: RelevesColumn| line.cells.get(&column.field());
        let Some(value) = text(RelevesColumn::Valeur) else {
            return;
        };
        let code = text(RelevesColumn::Indicateur).map_or("", |cell| cell.text.as_str());
        let mut declared = self.cells.convention.indicators.iter();
        let is_share = declared.any(|i| i.code == code && i.is_share());
        // More than was planned may be spent; more than twice is a percent.
        let is_percents = value.text.parse::<f64>().is_ok_and(|value| value > 2.0);
        if is_share && is_percents {
            let (at, said) = (value.at, value.text.replace('.', ","));
            let message = format!("{code} est un taux : « {said} » vaudrait plus de 200 %.");
            let told = self.tell(Code::NumberUnreadable, at, message);
            told.remedy = format!("Écrivez « {said} % », ou un nombre entre 0 et 1.").into();
            line.refused.push(RelevesColumn::Valeur.field());
        }
    }

    fn cell(&mut self, row: &Row, field: SuiviField, col: u32, line: &mut SuiviLine) {
        let at = CellRef::new(row.index, col);
        let kept = match row.get(col) {
            None => Ok((String::new(), None)),
            Some(value) => self.cells.kept(field, value),
        };
        match kept {
            Ok((text, noticed)) => {
                if let Some((code, message)) = noticed {
                    self.tell(code, at, message);
                }
                let is_free = field.spec().holds == RegisterHolds::Text;
                let is_person = names_someone(&text) || is_function(field) && is_a_person(&text);
                if is_free && is_person {
                    let heading = field.spec().heading;
                    let message = format!(
                        "la colonne « {heading} » semble désigner ou joindre une personne."
                    );
                    self.tell(Code::SuiviPerson, at, message);
                }
                line.cells.insert(field, SuiviCell { text, at });
            }
            Err(RefusedCell {
                code,
                message,
                remedy,
            }) => {
                let told = self.tell(code, at, message);
                if let Some(remedy) = remedy {
                    told.remedy = remedy.into();
                }
                line.refused.push(field);
            }
        }
    }
}
