//! Findings put right since they were made: one dated line each, beside the grid, which it does not replace.

use std::sync::Arc;

use super::element_codes::element_code;
use crate::base::diagnostics::{CellRef, Code, Diagnostic};
use crate::base::sheets::{Sheet, Workbook};
use crate::base::text::{iso_date, suggest};
use crate::intake::sources::answers::{Answer, Located, Record};
use crate::intake::sources::source::Context;
use crate::vocabulary::referentiel::{Element, SourceCode};

/// First word of the identity of such a line: « correction SEC-7-OBS-1 ».
pub(crate) const CORRECTION: &str = "correction";
/// What it holds: the day on which the finding was put right.
pub(crate) const PUT_RIGHT: &str = "corrige_le";

/// The élément that a line beside the grids says was put right.
pub(crate) fn corrected_element(id: &str) -> Option<&str> {
    id.strip_prefix(CORRECTION)?.strip_prefix(' ')
}

/// What a line holds in a column, by its name.
pub(super) type CellOf<'a> = dyn Fn(&str) -> Option<(CellRef, String)> + 'a;

/// One line being read.
pub(super) struct CorrectionLine<'a> {
    pub(super) book: &'a Workbook,
    pub(super) sheet: &'a Sheet,
    pub(super) context: &'a Context<'a>,
    pub(super) cell: &'a CellOf<'a>,
    /// Where the line stands.
    pub(super) at: CellRef,
}

impl CorrectionLine<'_> {
    /// What it says was put right; none when it says nothing of it, or what it says is refused.
    pub(super) fn read(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<Record> {
        let (day, proof) = ((self.cell)("corrige_le"), (self.cell)("preuve"));
        if day.is_none() && proof.is_none() {
            return None;
        }
        let element = self.element(diagnostics);
        let day = self.day(day, diagnostics);
        let (element, (at, day)) = element.zip(day)?;
        let structure = (self.cell)("structure");
        Some(Record {
            source: SourceCode::Don,
            also: None,
            structure: structure.map(|(cell, text)| Located { text, cell }),
            visit: format!("{CORRECTION} {}", element.code),
            observer: String::new(),
            observer_at: None,
            respondent: String::new(),
            date: day.clone(),
            sheet: self.sheet.name.clone(),
            at: self.at,
            answers: vec![Answer {
                element: Arc::from(PUT_RIGHT),
                raw: day,
                written: None,
                comment: proof.map(|p| p.1).unwrap_or_default(),
                cell: at,
            }],
        })
    }

    fn refuse(&self, code: Code, at: CellRef, message: String) -> Diagnostic {
        Diagnostic::new(code, self.book.at(self.sheet, at), message)
    }

    fn element(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<&Element> {
        let r = self.context.referentiel;
        let Some((at, written)) = (self.cell)("element") else {
            let message = "la ligne dit une correction sans dire de quel élément.".to_owned();
            diagnostics.push(self.refuse(Code::NotCorrectable, self.at, message));
            return None;
        };
        let Some(found) = element_code(&written, r) else {
            let codes = r.elements.iter().map(|e| e.code.as_str());
            let near = suggest(&written.to_uppercase(), codes);
            let message = format!(
                "« {written} » n’est pas un élément du référentiel.{}",
                near.code_sentence()
            );
            diagnostics.push(self.refuse(Code::ElementUnknown, at, message));
            return None;
        };
        let element = &r.elements[found];
        if let Some(why) = r.why_not_correctable(element) {
            let message = format!("{} : {why}", element.code);
            diagnostics.push(self.refuse(Code::NotCorrectable, at, message));
            return None;
        }
        Some(element)
    }

    fn day(
        &self,
        written: Option<(CellRef, String)>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(CellRef, String)> {
        let Some((at, written)) = written else {
            let message = "la ligne dit une correction sans dire de quel jour.".to_owned();
            diagnostics.push(self.refuse(Code::DateUnreadable, self.at, message));
            return None;
        };
        let Some(day) = iso_date(&written) else {
            let message = format!("« {written} » n’est pas une date.");
            diagnostics.push(self.refuse(Code::DateUnreadable, at, message));
            return None;
        };
        Some((at, day))
    }
}
