//! Values that a person typed in the place of what cells of a file hold: the file is untouched, each is told and
//! traced, and they are for the very bytes that were looked at.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::day::Day;
use crate::base::diagnostics::{CellRef, Code, Diagnostic, Location};
use crate::base::sheets::{Format, Value, Workbook};
use crate::privacy::QuoteScreen;

/// What a person typed for one cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellCorrection {
    /// Name that the sheet is kept under; empty in a CSV.
    #[serde(rename = "feuille")]
    pub(crate) sheet: String,
    /// The cell, `D14`.
    #[serde(rename = "cellule")]
    pub(crate) cell: String,
    /// What the file says in it; empty where it says nothing, or where it points at a person and is not kept.
    #[serde(rename = "avant")]
    pub(crate) before: String,
    /// What was typed; empty where the cell is read as empty, or as above.
    #[serde(rename = "apres")]
    pub(crate) after: String,
    /// Day when it was typed.
    #[serde(rename = "jour")]
    pub(crate) day: Day,
}

/// Corrections by the SHA-256 of the file that they are for.
pub type FileCorrections = BTreeMap<String, Vec<CellCorrection>>;

impl CellCorrection {
    /// « lue « 3 » et non « 7 », corrigée le 28/11/2026 ».
    pub(crate) fn told(&self) -> String {
        let said = |text: &str| match text {
            "" => "vide".to_owned(),
            text => format!("« {text} »"),
        };
        format!(
            "lue {} au lieu de {}, corrigée à la main le {}",
            said(&self.after),
            said(&self.before),
            self.day.short()
        )
    }

    /// The same as it is kept: without words that point at a person.
    fn kept(&self, screen: &QuoteScreen) -> Self {
        let kept = |text: &str| match screen.quote_title(text) {
            _ if text.is_empty() => String::new(),
            Some(_) => text.to_owned(),
            None => NOT_KEPT.to_owned(),
        };
        Self {
            before: kept(&self.before),
            after: kept(&self.after),
            ..self.clone()
        }
    }

    /// The same once answers were purged: that there was one, and where.
    pub(crate) fn without_words(&self) -> Self {
        Self {
            before: NOT_KEPT.to_owned(),
            after: NOT_KEPT.to_owned(),
            ..self.clone()
        }
    }
}

/// Written in the place of what is not kept.
const NOT_KEPT: &str = "non conservé";

/// Lays corrections on a workbook. Says each, and gives those that hold as they are kept.
pub(super) fn lay_corrections(
    book: &mut Workbook,
    corrections: &[CellCorrection],
    screen: &QuoteScreen,
) -> (Vec<CellCorrection>, Vec<Diagnostic>) {
    let (mut kept, mut said) = (Vec::new(), Vec::new());
    for correction in corrections {
        let Some(cell) = lay(book, correction) else {
            continue;
        };
        let at = Location::cell(&book.file, &correction.sheet, cell);
        let own = correction.kept(screen);
        said.push(Diagnostic::new(
            Code::CellCorrected,
            at,
            format!("cellule {}.", own.told()),
        ));
        kept.push(own);
    }
    (kept, said)
}

/// Lays one correction; gives its cell, none where the workbook has no such sheet.
pub(crate) fn lay(book: &mut Workbook, correction: &CellCorrection) -> Option<CellRef> {
    let is_text = matches!(book.format, Format::Text { .. });
    let mut sheets = book.sheets.iter_mut();
    let sheet = sheets.find(|s| *s.name == *correction.sheet)?;
    let cell = correction.cell.parse::<CellRef>().ok()?;
    sheet.put(cell, typed_value(&correction.after, is_text));
    Some(cell)
}

/// What a cell holds once somebody typed in it, as a spreadsheet takes it; none where it is emptied.
fn typed_value(typed: &str, is_text: bool) -> Option<Value> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let number = typed.replace(',', ".");
    // « 06 12 » and « 007 » are codes, not numbers.
    let digits = number.strip_prefix('-').unwrap_or(&number);
    let leads = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    let plain = digits.chars().all(|c| c.is_ascii_digit() || c == '.') && digits.len() <= 15;
    match number.parse::<f64>() {
        Ok(number) if plain && !leads && !is_text => Some(Value::Number(number)),
        _ => Some(Value::Text(typed.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_taken_as_a_spreadsheet_takes_it() {
        let typed = |text: &str| typed_value(text, false);
        assert_eq!(typed(" 3 "), Some(Value::Number(3.0)));
        assert_eq!(typed("2,5"), Some(Value::Number(2.5)));
        assert_eq!(typed("-4"), Some(Value::Number(-4.0)));
        assert_eq!(typed(""), None);
        for text in [
            "007",
            "NC",
            "1e5",
            "inf",
            "12/05/2026",
            ".",
            "1234567890123456",
        ] {
            assert_eq!(typed(text), Some(Value::Text(text.to_owned())), "{text}");
        }
        assert_eq!(typed_value("3", true), Some(Value::Text("3".to_owned())));
    }
}
