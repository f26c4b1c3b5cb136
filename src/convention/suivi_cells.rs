//! One cell of a register, as it would be kept: dates in ISO, words as their labels, codes that exist.

use super::column_kinds::{RegisterHolds, WordList};
use super::convention_model::Convention;

use super::register_columns::SuiviField;
use super::registers::listed;
use super::same_code::same_code;
use crate::base::diagnostics::Code;
use crate::base::sheets::Value;
use crate::base::text::{Suggestion, fits_a_workbook, iso_date, list, suggest};
use crate::vocabulary::config::{Observatory, Resolution};

/// Why a cell cannot be kept.
#[derive(Debug)]
pub(super) struct RefusedCell {
    pub code: Code,
    pub message: String,
    pub remedy: Option<String>,
}

impl RefusedCell {
    pub(super) fn new(code: Code, message: String) -> Self {
        Self {
            code,
            message,
            remedy: None,
        }
    }

    /// The same with the names that resemble what was written.
    pub(super) fn near(mut self, near: &Suggestion) -> Self {
        let question = near.question();
        self.remedy = (!question.is_empty())
            .then(|| format!("{} Corrigez la cellule.", question.trim_start()));
        self
    }
}

/// A cell as kept, and what is to be said of it.
pub(super) type ReadSuiviCell = Result<(String, Option<(Code, String)>), RefusedCell>;

/// What cells are read against.
pub(super) struct CellReader<'a> {
    pub convention: &'a Convention,
    pub observatory: &'a Observatory,
}

impl CellReader<'_> {
    /// What a cell holds, as it would be kept.
    pub(super) fn kept(&self, field: SuiviField, value: &Value) -> ReadSuiviCell {
        let text = value.text().replace("\r\n", "\n");
        if let Value::Error(_) = value {
            let message = format!("« {text} » est une erreur de calcul, pas un texte.");
            return Err(RefusedCell::new(Code::SuiviWord, message));
        }
        let plain = |text: String| (text, None);
        match field.spec().holds {
            RegisterHolds::Text | RegisterHolds::Temps | RegisterHolds::Computed => Ok(plain(text)),
            RegisterHolds::Day => date(value),
            RegisterHolds::Number => number(value).map(plain),
            RegisterHolds::Word(words) => word(words, &text).map(|w| plain(w.to_owned())),
            RegisterHolds::Words(words) => {
                let each = listed(&text).into_iter().map(|part| word(words, part));
                let each: Vec<&str> = each.collect::<Result<_, _>>()?;
                Ok(plain(each.join(", ")))
            }
            RegisterHolds::Fiches => {
                let fiches = self.convention.fiches.iter().map(|f| f.code.as_str());
                codes(&text, &fiches.collect::<Vec<_>>(), "la fiche").map(plain)
            }
            RegisterHolds::Experiment => {
                let all = self.convention.experiments.iter().map(|e| e.code.as_str());
                codes(&text, &all.collect::<Vec<_>>(), "l’expérimentation").map(plain)
            }
            RegisterHolds::Indicator => {
                let all = self.convention.indicators.iter().map(|i| i.code.as_str());
                codes(&text, &all.collect::<Vec<_>>(), "l’indicateur").map(plain)
            }
            RegisterHolds::Structures => {
                let each = listed(&text).into_iter().map(|part| self.structure(part));
                let each: Vec<String> = each.collect::<Result<_, _>>()?;
                Ok(plain(each.join(", ")))
            }
        }
    }

    fn structure(&self, text: &str) -> Result<String, RefusedCell> {
        let registry = &self.observatory.registry;
        match registry.resolve(text) {
            Resolution::Code(i) | Resolution::Name(i) => Ok(registry.all()[i].code.clone()),
            Resolution::Ambiguous(all) => {
                let message = format!("« {text} » est le nom de {}.", list(&all));
                Err(RefusedCell::new(Code::SuiviReference, message))
            }
            Resolution::Unknown(near) => {
                let message = format!("« {text} » n’est pas au registre des structures.");
                Err(RefusedCell::new(Code::SuiviReference, message).near(&near))
            }
        }
    }
}

/// Codes between commas, each one of those known, as they are known.
fn codes(text: &str, known: &[&str], what: &str) -> Result<String, RefusedCell> {
    let mut kept: Vec<&str> = Vec::new();
    for part in listed(text) {
        let Some(code) = known.iter().find(|k| same_code(k, part)) else {
            let message = format!("{what} « {part} » n’existe pas dans la convention.");
            let near = suggest(part, known.iter().copied());
            return Err(RefusedCell::new(Code::SuiviReference, message).near(&near));
        };
        if !kept.contains(code) {
            kept.push(code);
        }
    }
    Ok(kept.join(", "))
}

fn word(words: WordList, text: &str) -> Result<&'static str, RefusedCell> {
    words.read(text).ok_or_else(|| {
        let labels = words.labels();
        let near = suggest(text, labels.iter().copied());
        let mut refused =
            RefusedCell::new(Code::SuiviWord, format!("« {text} » n’est pas admis ici."));
        refused.remedy = Some(match near.best() {
            Some(_) => format!("{} Corrigez la cellule.", near.question().trim_start()),
            None => format!("Choisissez dans la liste : {}.", labels.join(", ")),
        });
        refused
    })
}

fn date(value: &Value) -> ReadSuiviCell {
    let text = value.text();
    let day = match value {
        Value::Date(_) | Value::Text(_) => iso_date(&text),
        _ => None,
    };
    let Some(day) = day else {
        let message = format!("« {text} » n’est pas une date.");
        return Err(RefusedCell::new(Code::DateUnreadable, message));
    };
    if !fits_a_workbook(&day) {
        let message = format!("« {text} » : une date se situe entre 1901 et 2099.");
        return Err(RefusedCell::new(Code::DateUnreadable, message));
    }
    let noticed = matches!(value, Value::Text(_)).then(|| {
        (
            Code::SuiviDateText,
            format!("« {text} », lu comme le {day}."),
        )
    });
    Ok((day, noticed))
}

/// « 1,5 », « 1 200,50 », « 300 € », « 45 % » (0.45, as a cell of Excel that shows it holds it).
fn number(value: &Value) -> Result<String, RefusedCell> {
    let text = value.text();
    let read = match value {
        Value::Number(number) => Some(*number),
        Value::Text(_) => {
            let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let (plain, of) = match plain.strip_suffix('%') {
                Some(percents) => (percents, 100.0),
                None => (plain.trim_end_matches(['€', 'h']), 1.0),
            };
            let number: Option<f64> = plain.replace(',', ".").parse().ok();
            number.map(|number| number / of)
        }
        _ => None,
    };
    let kept = read.filter(|n: &f64| n.is_finite() && *n >= 0.0);
    kept.map(|n| n.to_string()).ok_or_else(|| {
        let message = format!("« {text} » n’est pas un nombre.");
        RefusedCell::new(Code::NumberUnreadable, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        let read = |text: &str| number(&Value::Text(text.to_owned())).ok();
        assert_eq!(read("1 200,50 €").as_deref(), Some("1200.5"));
        assert_eq!(read("1,5 h").as_deref(), Some("1.5"));
        assert_eq!(read("45 %").as_deref(), Some("0.45"));
        for wrong in ["-3", "un peu", "NaN", "45 %%", "%"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
