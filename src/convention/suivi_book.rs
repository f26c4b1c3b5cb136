//! What the workbook of the follow-up holds: lines, whole or of one fiche, computed columns, what is missing.

use super::action_standing::{Sequel, days_late};
use super::convention_model::{Convention, ConventionDeadline};
use super::convention_words::ClosedWord;
use super::register_columns::SuiviField;
use super::register_columns::{
    ActionsColumn, DecisionsColumn, DocumentsColumn, PratiquesColumn, PresencesColumn, Register,
    RegisterColumn, TempsColumn,
};
use super::registers::{RegisterRow, Registers};
use super::suivi_layout::SUIVI_FIRST;
use super::to_complete::{MissingCell, missing_cells};
use crate::base::day::Day;
use crate::base::diagnostics::CellRef;
use crate::base::text::count;

/// The workbook of the follow-up.
pub struct SuiviBook<'a> {
    /// Title of the convention.
    pub title: String,
    /// Import that it is written from.
    pub version: String,
    /// Day of edition.
    pub date: Day,
    /// Whether every page says so.
    pub fictitious: bool,
    /// What is missing, in lines that it holds.
    pub missing: Vec<MissingCell>,
    /// What the sheet of what is missing is called.
    pub missing_title: String,
    /// Sheets that it has, those that are computed aside.
    pub(super) sheets: Vec<Register>,
    registers: &'a Registers,
    fiche: Option<String>,
}

impl<'a> SuiviBook<'a> {
    /// The whole follow-up, or what concerns one fiche.
    pub fn new(
        convention: &Convention,
        registers: &'a Registers,
        fiche: Option<&str>,
        date: Day,
        fictitious: bool,
    ) -> Self {
        let mut book = Self {
            title: convention.title.clone(),
            version: registers.version().to_owned(),
            date,
            fictitious,
            missing: Vec::new(),
            missing_title: String::new(),
            sheets: Register::ALL.to_vec(),
            registers,
            fiche: fiche.map(str::to_owned),
        };
        let missing = missing_cells(convention, registers, date).into_iter();
        book.missing = missing.filter(|m| book.place(m).is_some()).collect();
        let next = convention.deadlines.iter().find(|d| d.date >= date);
        book.missing_title = title(book.missing.len(), next);
        book
    }

    /// The same with some sheets alone: what is missing in others is not said.
    #[must_use]
    pub fn with_sheets(mut self, sheets: &[Register]) -> Self {
        self.sheets = sheets.to_vec();
        self.missing.retain(|m| sheets.contains(&m.register));
        self.missing_title = title(self.missing.len(), None);
        self
    }

    /// Lines of a register that it holds.
    pub(super) fn rows(&self, register: Register) -> Vec<&'a RegisterRow> {
        if !self.sheets.contains(&register) {
            return Vec::new();
        }
        let rows = self.registers.rows(register).iter();
        rows.filter(|row| self.holds(register, row)).collect()
    }

    /// How many lines it holds.
    pub fn lines(&self) -> usize {
        Register::ALL.iter().map(|r| self.rows(*r).len()).sum()
    }

    fn holds(&self, register: Register, row: &RegisterRow) -> bool {
        let Some(fiche) = &self.fiche else {
            return true;
        };
        let of_meeting = |id: &str| {
            let meeting = self.registers.row(Register::Temps, id);
            meeting.is_some_and(|m| m.list(TempsColumn::Fiches).contains(&fiche.as_str()))
        };
        let of = |column: SuiviField| {
            super::registers::listed(row.held(column)).contains(&fiche.as_str())
        };
        match register {
            Register::Actions => of(ActionsColumn::Fiche.field()),
            Register::Temps => of(TempsColumn::Fiches.field()),
            Register::Presences => of_meeting(row.text(PresencesColumn::Temps)),
            Register::Documents => {
                of(DocumentsColumn::Fiches.field()) || of_meeting(row.text(DocumentsColumn::Temps))
            }
            Register::Decisions => {
                of(DecisionsColumn::Fiche.field()) || of_meeting(row.text(DecisionsColumn::Temps))
            }
            Register::Pratiques => of(PratiquesColumn::Fiche.field()),
            Register::Partenaires | Register::Fonctions => true,
            Register::Releves | Register::Paroles => false,
        }
    }

    /// What a cell shows: what is kept, or what the program computes.
    pub(super) fn shown(&self, register: Register, row: &RegisterRow, field: SuiviField) -> String {
        if register == Register::Actions && field == ActionsColumn::Retard.field() {
            let late = days_late(row, self.date);
            return late.map_or_else(String::new, |d| count(d as usize, "jour", "jours"));
        }
        if register == Register::Actions && field == ActionsColumn::MiseAJour.field() {
            return row.updated.map_or_else(String::new, Day::short);
        }
        if register == Register::Decisions && field == DecisionsColumn::Suite.field() {
            return Sequel::of(row, self.date).words().to_owned();
        }
        row.held(field).to_owned()
    }

    /// The cell to go to, none when the line is not in this workbook.
    pub fn place(&self, told: &MissingCell) -> Option<CellRef> {
        let rows = self.rows(told.register);
        let row = rows.iter().position(|r| r.id == told.id)? as u32;
        let columns = told.register.columns();
        let column = columns.iter().position(|c| c.heading == told.column)? as u32;
        Some(CellRef::new(SUIVI_FIRST + row, column + 1))
    }
}

/// « Il vous reste 4 choses à compléter avant le bilan final du 30/11/2026 ».
fn title(missing: usize, next: Option<&ConventionDeadline>) -> String {
    let due = next.map_or_else(String::new, |d| {
        format!(
            " ; prochaine échéance : {}, le {}",
            d.kind.label(),
            d.date.short()
        )
    });
    if missing == 0 {
        format!("Rien à compléter{due}")
    } else {
        format!(
            "Il vous reste {} à compléter{due}",
            count(missing, "chose", "choses")
        )
    }
}
