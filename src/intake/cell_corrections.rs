//! Values that a person typed in the place of what cells of a file hold: the file is untouched, each is told and
//! traced, and they are for the very bytes that were looked at.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::base::day::Day;
use crate::base::diagnostics::{CellRef, Code, Diagnostic, Location};
use crate::base::sheets::{Format, Value, Workbook};
use crate::base::text::{fold, iso_date};
use crate::vocabulary::config::Registry;
use crate::vocabulary::referentiel::Referentiel;

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
    /// What the file says in it; empty where it says nothing, or where it answers nothing and is not kept.
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

    /// The same as it is kept: numbers, days and words that answer a question; any other word may be a person’s name,
    /// which no list of names would know.
    fn kept(&self, answers: &AnswerWords) -> Self {
        let kept = |text: &str| match text.trim() {
            "" => String::new(),
            trimmed if answers.say(trimmed) => text.to_owned(),
            _ => NOT_KEPT.to_owned(),
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

/// Words that a cell may answer with: those of scales and their statuts, accueils.
pub(crate) struct AnswerWords(BTreeSet<String>);

/// « Non concerné », « non observé », « ne sait pas », a cross.
const STATUSES: [&str; 9] = [
    "nc",
    "so",
    "no",
    "nv",
    "nsp",
    "x",
    "oui",
    "non",
    "non concerné",
];
/// Digits of what is no telephone number.
const DIGITS: usize = 6;

impl AnswerWords {
    /// Those of a référentiel and of a registry.
    pub(crate) fn of(referentiel: &Referentiel, registry: &Registry) -> Self {
        let modalities = referentiel.scales.iter().flat_map(|s| &s.modalities);
        let said = modalities.flat_map(|m| m.alias.iter().chain([&m.code, &m.label]));
        let statuses = referentiel
            .scales
            .iter()
            .filter_map(|s| s.no_label.as_ref());
        let places = registry.all().iter();
        let places = places.flat_map(|s| s.alias.iter().chain([&s.code, &s.nom]));
        let words = said.chain(statuses).chain(places).map(String::as_str);
        Self(words.chain(STATUSES).map(fold).collect())
    }

    /// Whether a text is a number, a day without a word, or one of them.
    fn say(&self, text: &str) -> bool {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let mut others = text.chars().filter(|c| !c.is_ascii_digit());
        let is_number = digits > 0
            && digits <= DIGITS
            && others.clone().count() <= 2
            && others.all(|c| matches!(c, ',' | '.' | '-' | '%' | ' ' | '\u{a0}'));
        let is_day = iso_date(text).is_some() && !text.chars().any(char::is_alphabetic);
        is_number || is_day || self.0.contains(&fold(text))
    }
}

/// Written in the place of what is not kept.
const NOT_KEPT: &str = "non conservé";

/// Lays corrections on a workbook. Says each, and gives those that hold as they are kept.
pub(super) fn lay_corrections(
    book: &mut Workbook,
    corrections: &[CellCorrection],
    answers: &AnswerWords,
) -> (Vec<CellCorrection>, Vec<Diagnostic>) {
    let (mut kept, mut said) = (Vec::new(), Vec::new());
    for correction in corrections {
        let Some(cell) = lay(book, correction) else {
            continue;
        };
        let at = Location::cell(&book.file, &correction.sheet, cell);
        let own = correction.kept(answers);
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
    fn what_answers_nothing_is_not_kept_whoever_it_names() {
        let referentiel = crate::vocabulary::referentiel::parse(
            "referentiel-v2.toml",
            crate::vocabulary::referentiel::embedded(),
        );
        let referentiel = referentiel.expect("a référentiel");
        let answers = AnswerWords::of(&referentiel, &Registry::default());
        let label = &referentiel.scales[0].modalities[0].label;
        for kept in ["7", "2,5", "-4", "12/05/2026", "NC", "x", label.as_str()] {
            assert!(answers.say(kept), "{kept}");
        }
        for named in [
            "Kervella",
            "Léa",
            "02 61 91 00 12",
            "0261910012",
            "3 Kervella",
            "12 mai Kervella 2026",
        ] {
            assert!(!answers.say(named), "{named}");
        }
    }

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
