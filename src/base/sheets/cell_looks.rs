//! What a sheet shows of a cell, where that is not what it holds: « 75 % » for 0.75, « 3/10 » for 3, words that
//! were struck out. Whoever reads the sheet on a screen reads those; a note must be what was read.

use super::cells::Value;

/// What a format adds to a number.
#[derive(Debug, Clone, PartialEq)]
enum ShownUnit {
    Percent,
    /// « /10 », « sur 5 ».
    After(String),
    /// Words in place of numbers, each with the number that they stand for; none for all others.
    Words(Vec<(Option<f64>, String)>),
}

/// How a style shows its cells.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct CellLook {
    unit: Option<ShownUnit>,
    struck: bool,
}

/// In place of a value that was struck out.
pub(super) const STRUCK: &str = " (barré)";

impl CellLook {
    /// How a format and a font show a cell; none where that is the value itself.
    pub(super) fn of(format: &str, code: &str, struck: bool) -> Option<Self> {
        let look = Self {
            unit: unit(format, code),
            struck,
        };
        (!look.is_plain()).then_some(look)
    }

    fn is_plain(&self) -> bool {
        self.unit.is_none() && !self.struck
    }

    /// What a person reads of a value; none where it is the value itself.
    pub(super) fn shown(&self, value: &Value) -> Option<Value> {
        let text = match (value, &self.unit) {
            (Value::Number(n), Some(ShownUnit::Percent)) => {
                format!("{} %", (n * 10_000.0).round() / 100.0)
            }
            (Value::Number(_), Some(ShownUnit::After(unit))) => format!("{}{unit}", value.text()),
            (Value::Number(n), Some(ShownUnit::Words(all))) => {
                let fits = |number: &Option<f64>| number.is_none_or(|w| (w - n).abs() < 1e-9);
                all.iter().find(|(number, _)| fits(number))?.1.clone()
            }
            (Value::Number(_) | Value::Text(_), _) if self.struck => value.text(),
            _ => return None,
        };
        let struck = if self.struck { STRUCK } else { "" };
        Some(Value::Text(format!("{text}{struck}")))
    }
}

/// What a format adds to a number: 9 and 10 are percents wherever they come from (ECMA-376, 18.8.30).
fn unit(id: &str, code: &str) -> Option<ShownUnit> {
    if id == "9" || id == "10" {
        return Some(ShownUnit::Percent);
    }
    if let Some(words) = worded(code) {
        return Some(words);
    }
    let first = code.split(';').next().unwrap_or("");
    let (mut literal, mut bare) = (String::new(), String::new());
    let (mut quoted, mut escaped) = (false, false);
    for c in first.chars() {
        match c {
            _ if escaped => {
                literal.push(c);
                escaped = false;
            }
            '"' => quoted = !quoted,
            '\\' if !quoted => escaped = true,
            _ if quoted => literal.push(c),
            _ => bare.push(c),
        }
    }
    if bare.contains('%') || literal.contains('%') {
        return Some(ShownUnit::Percent)
            .filter(|_| bare.contains('%'))
            .or(Some(ShownUnit::After(literal)));
    }
    let is_share = literal.contains('/') || literal.to_lowercase().contains("sur");
    // The whole may stand outside the quotes: 0"/"10.
    let digits: String = bare
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .skip(1)
        .collect();
    let whole: String = digits.chars().filter(|c| ('1'..='9').contains(c)).collect();
    let says_whole = literal.chars().any(|c| c.is_ascii_digit()) || !whole.is_empty();
    if !is_share || !says_whole {
        return None;
    }
    let shown = if literal.chars().any(|c| c.is_ascii_digit()) {
        literal
    } else {
        format!("{literal}{digits}")
    };
    Some(ShownUnit::After(shown))
}

/// `[=1]"Tout à fait";[=2]"Plutôt";"Pas"`: words in place of numbers.
fn worded(code: &str) -> Option<ShownUnit> {
    if !code.contains("[=") {
        return None;
    }
    let mut all = Vec::new();
    for section in code.split(';') {
        let (number, rest) = match section.trim().strip_prefix("[=") {
            Some(conditioned) => {
                let (number, rest) = conditioned.split_once(']')?;
                (Some(number.parse::<f64>().ok()?), rest)
            }
            None => (None, section.trim()),
        };
        let words = rest
            .trim()
            .strip_prefix('"')
            .and_then(|r| r.strip_suffix('"'));
        // « 0 » shows the number itself.
        all.extend(words.map(|w| (number, w.to_owned())));
    }
    (!all.is_empty()).then_some(ShownUnit::Words(all))
}

/// Whether a shown number is a share of another: « 3/10 », « 3 sur 10 ».
pub(super) fn is_share(shown: &str) -> bool {
    let parts = shown.split_once('/').or_else(|| shown.split_once(" sur "));
    let is_number = |text: &str| {
        let text = text.trim();
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
    };
    parts.is_some_and(|(own, whole)| is_number(own) && is_number(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_say_more_than_the_number_are_known() {
        assert_eq!(unit("9", ""), Some(ShownUnit::Percent));
        assert_eq!(unit("164", "0.0%"), Some(ShownUnit::Percent));
        let after = |text: &str| Some(ShownUnit::After(text.to_owned()));
        assert_eq!(unit("164", "0\"/10\""), after("/10"));
        assert_eq!(unit("164", "0\\/\\5"), after("/5"));
        assert_eq!(unit("164", "0\" sur 10\""), after(" sur 10"));
        for plain in [
            "General",
            "0.00",
            "dd/mm/yyyy",
            "# ?/4",
            "0\" enfants\"",
            "#,##0",
        ] {
            assert_eq!(unit("164", plain), None, "{plain}");
        }
    }

    #[test]
    fn a_share_is_told_from_a_date_and_a_fraction() {
        assert!(is_share("3/10") && is_share("2,5 / 5") && is_share("3 sur 4"));
        assert!(
            !is_share("12/05/2026") && !is_share("3 1/4") && !is_share("sur 4") && !is_share("3")
        );
    }
}
