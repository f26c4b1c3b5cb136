//! The workbook of what is to be corrected: the remarks by cause, then one sheet for each kind of
//! question that can be answered once for all files.

use std::fmt::Write;

use rust_xlsxwriter::{DataValidation, DocProperties, Workbook, Worksheet, XlsxError};

use super::found_causes::{CorrectionList, ListedCause, NamedOften};
use super::list_answers::{
    CHOSEN, FIRST_ROW, HEADINGS_ROW, IMPORT_COLUMN, IMPORT_ROW, LIST_MARK, NAMES_MARK, NAMES_SHEET,
    OBSERVER, STRUCTURE,
};
use crate::base::diagnostics::{AskedKind, Severity};
use crate::base::error::{Error, Result};
use crate::base::looks::{FormLooks, fitting, fixed_workbook, row_height};
use crate::base::text::count;
use crate::intake::correspondence_workbook::add_sheets;
use crate::vocabulary::config::Registry;
use crate::vocabulary::referentiel::Referentiel;

/// Sheet of the remarks.
const REMARKS_SHEET: &str = "Remarques";
/// Sheet of the accueils to choose from.
const REGISTRY_SHEET: &str = "Accueils";
/// Places printed behind a cause.
const PLACES: usize = 40;
/// Causes listed: Excel opens more, nobody reads them.
const CAUSES: usize = 20_000;

impl CorrectionList {
    /// Its workbook.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub(crate) fn workbook(
        &self,
        registry: &Registry,
        referentiel: &Referentiel,
    ) -> Result<Vec<u8>> {
        let making = ListMaking {
            list: self,
            registry,
            looks: FormLooks::new(),
        };
        making.write(referentiel)
    }
}

struct ListMaking<'a> {
    list: &'a CorrectionList,
    registry: &'a Registry,
    looks: FormLooks,
}

impl ListMaking<'_> {
    fn write(&self, referentiel: &Referentiel) -> Result<Vec<u8>> {
        let build = || {
            let titled = DocProperties::new().set_title("À corriger");
            let mut book = fixed_workbook(16, titled)?;
            self.remarks(book.add_worksheet())?;
            if !self.list.names.is_empty() {
                self.names(&mut book)?;
            }
            for (rank, form) in (1..).zip(&self.list.forms) {
                add_sheets(&mut book, form, referentiel, rank)?;
            }
            book.save_to_buffer()
        };
        build().map_err(|e: XlsxError| {
            Error::Render(format!(
                "La liste à corriger ne peut pas être écrite ({e})."
            ))
        })
    }

    fn head(
        &self,
        sheet: &mut Worksheet,
        mark: &str,
        what: &str,
        headings: &[(&str, f64)],
    ) -> Result<(), XlsxError> {
        sheet.write_string_with_format(0, 0, mark, &self.looks.title)?;
        sheet.write_string(1, 0, what)?;
        for (column, (heading, width)) in (0..).zip(headings) {
            sheet.write_string_with_format(HEADINGS_ROW, column, *heading, &self.looks.heading)?;
            sheet.set_column_width(column, *width)?;
        }
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(HEADINGS_ROW, HEADINGS_ROW)?;
        sheet.set_freeze_panes(FIRST_ROW, 1)?;
        Ok(())
    }

    fn remarks(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(REMARKS_SHEET)?;
        let what = "Une ligne par cause, les erreurs d’abord. Ce qui se répond une fois pour tous les fichiers a sa feuille dans ce classeur ; le reste se corrige dans les fichiers, aux cellules dites.";
        let headings = [
            ("Gravité", 10.0),
            ("Code", 10.0),
            ("Ce qui ne va pas", 70.0),
            ("Combien de fois", 12.0),
            ("Où", 60.0),
            ("Que faire", 70.0),
        ];
        self.head(sheet, LIST_MARK, what, &headings)?;
        sheet.write_string_with_format(IMPORT_ROW, 0, "Import", &self.looks.label)?;
        sheet.write_string(IMPORT_ROW, IMPORT_COLUMN, self.list.import.join("\n"))?;
        let causes = &self.list.causes;
        for (row, cause) in (FIRST_ROW..).zip(causes.iter().take(CAUSES)) {
            self.cause(sheet, row, cause)?;
        }
        if let Some(more) = causes.len().checked_sub(CAUSES).filter(|more| *more > 0) {
            let row = FIRST_ROW + CAUSES as u32;
            let said = format!(
                "Et {} : corrigez d’abord celles-ci.",
                count(more, "autre cause", "autres causes")
            );
            sheet.write_string(row, 2, said)?;
        }
        let last = FIRST_ROW + causes.len().clamp(1, CAUSES) as u32 - 1;
        sheet.autofilter(HEADINGS_ROW, 0, last, headings.len() as u16 - 1)?;
        Ok(())
    }

    fn cause(&self, sheet: &mut Worksheet, row: u32, cause: &ListedCause) -> Result<(), XlsxError> {
        let severity = match cause.severity {
            Severity::Error => "erreur",
            Severity::Warning => "alerte",
            Severity::Info => "à savoir",
        };
        let told = cause.places.iter().take(PLACES).map(String::as_str);
        let mut places = told.collect::<Vec<&str>>().join("\n");
        if cause.places.len() > PLACES {
            let _ = write!(
                places,
                "\net {}",
                count(cause.places.len() - PLACES, "autre", "autres")
            );
        }
        let text = &self.looks.text;
        sheet.write_string_with_format(row, 0, severity, text)?;
        sheet.write_string_with_format(row, 1, cause.code, text)?;
        sheet.write_string_with_format(row, 2, fitting(&cause.message), text)?;
        sheet.write_number_with_format(row, 3, cause.places.len() as f64, text)?;
        sheet.write_string_with_format(row, 4, fitting(&places), text)?;
        sheet.write_string_with_format(row, 5, fitting(&cause.remedy), text)?;
        let cells = [
            (cause.message.as_str(), 70.0),
            (places.as_str(), 60.0),
            (cause.remedy.as_str(), 70.0),
        ];
        sheet.set_row_height(row, row_height(&cells))?;
        Ok(())
    }

    fn names(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        let sheet = book.add_worksheet();
        sheet.set_name(NAMES_SHEET)?;
        let what = "Pour chaque nom, choisissez qui il désigne ; laissez vide ce que vous ne savez pas. Enregistrez, fermez, puis : observatoire corriger, suivi du nom de ce classeur. Il peut porter des noms de personnes : gardez-le sur ce poste.";
        let headings = [
            ("Écrit dans les fichiers", 46.0),
            ("Désigne un", 14.0),
            ("Fois", 8.0),
            ("Fichiers", 9.0),
            ("Proposition 1", 36.0),
            ("Proposition 2", 36.0),
            ("Proposition 3", 36.0),
            (CHOSEN, 40.0),
        ];
        self.head(sheet, NAMES_MARK, what, &headings)?;
        for (row, name) in (FIRST_ROW..).zip(&self.list.names) {
            self.name(sheet, row, name)?;
        }
        let last = FIRST_ROW + self.list.names.len().max(1) as u32 - 1;
        sheet.autofilter(HEADINGS_ROW, 0, last, headings.len() as u16 - 1)?;
        self.accueils(book)
    }

    fn name(&self, sheet: &mut Worksheet, row: u32, often: &NamedOften) -> Result<(), XlsxError> {
        let name = &often.name;
        let kind = match name.kind {
            AskedKind::Structure => STRUCTURE,
            AskedKind::Observer => OBSERVER,
        };
        sheet.write_string_with_format(row, 0, fitting(&name.written), &self.looks.locked)?;
        sheet.write_string_with_format(row, 1, kind, &self.looks.locked)?;
        sheet.write_number_with_format(row, 2, often.times as f64, &self.looks.text)?;
        sheet.write_number_with_format(row, 3, often.files as f64, &self.looks.text)?;
        for rank in 0..3 {
            let shown = name.near.get(rank).map(|code| self.shown(code));
            let column = rank as u16 + 4;
            sheet.write_string_with_format(
                row,
                column,
                shown.unwrap_or_default(),
                &self.looks.text,
            )?;
        }
        sheet.write_string_with_format(row, 7, "", &self.looks.open)?;
        let near: Vec<String> = name.near.iter().map(|code| self.shown(code)).collect();
        let mut cells: Vec<(&str, f64)> = near.iter().map(|n| (n.as_str(), 36.0)).collect();
        cells.push((&name.written, 46.0));
        sheet.set_row_height(row, row_height(&cells))?;
        if name.kind == AskedKind::Structure {
            let last = self.registry.all().len().max(1);
            let range = format!("={REGISTRY_SHEET}!$A$1:$A${last}");
            // The list helps, it does not forbid: a code alone is read too.
            let choice = DataValidation::new()
                .allow_list_formula(range.as_str().into())
                .show_error_message(false);
            sheet.add_data_validation(row, 7, row, 7, &choice)?;
        }
        Ok(())
    }

    /// « P01 — Périscolaire Jean Moulin »; an observer has a code alone.
    fn shown(&self, code: &str) -> String {
        let known = self.registry.get(code);
        known.map_or_else(|| code.to_owned(), |s| format!("{} — {}", s.code, s.nom))
    }

    fn accueils(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        let sheet = book.add_worksheet();
        sheet.set_name(REGISTRY_SHEET)?;
        for (row, structure) in (0..).zip(self.registry.all()) {
            sheet.write_string(row, 0, format!("{} — {}", structure.code, structure.nom))?;
        }
        sheet.set_column_width(0, 50.0)?;
        Ok(())
    }
}
