//! A figure as it is read, and as a workbook keeps it: never more digits than what is printed.

use serde::Serialize;

use super::number::{decimal1, decimals, integer, percent, printed_level, rounded, share_of};

/// What a number counts, for formats that have types.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum Unit {
    /// No number.
    #[default]
    #[serde(rename = "mots")]
    Words,
    /// A level 1..4, or a difference of levels: one decimal.
    #[serde(rename = "niveau")]
    Level,
    /// A share 0..1 shown in whole percents.
    #[serde(rename = "part")]
    Share,
    /// So many of five: « 2 sur 5 ».
    #[serde(rename = "cinquiemes")]
    Fifths,
    /// So many of ten: « 4 sur 10 ».
    #[serde(rename = "dixiemes")]
    Tenths,
    /// A whole number.
    #[serde(rename = "entier")]
    Whole,
    /// Euros, whole.
    #[serde(rename = "euros")]
    Euros,
    /// Any other number, as its text shows it.
    #[serde(rename = "nombre")]
    Number,
}

/// A cell of a table that people read. Templates read the French names.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Datum {
    /// What is read.
    #[serde(rename = "texte")]
    pub text: String,
    /// The number read, rounded as it is printed.
    #[serde(rename = "nombre")]
    pub number: Option<f64>,
    /// What the number counts.
    #[serde(rename = "unite")]
    pub unit: Unit,
    /// Style of the cell, may be empty: atteint, non-atteint, non-evalue, hors, sans-objet, n1…n4.
    #[serde(rename = "classe")]
    pub class: String,
    /// Key by which « expliquer » tells where the figure comes from (`C2/R01/REL-2`); may be empty.
    #[serde(rename = "cle")]
    pub key: String,
    /// Where on a page this cell is, for links; may be empty.
    #[serde(rename = "ancre", skip_serializing_if = "String::is_empty")]
    pub anchor: String,
    /// The anchor that it leads to on a page; may be empty.
    #[serde(rename = "lien", skip_serializing_if = "String::is_empty")]
    pub link: String,
}

impl Datum {
    /// Words.
    pub fn words(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A dash: nothing to show here.
    pub fn none() -> Self {
        Self::words("–")
    }

    /// A level, one decimal.
    pub fn level(value: f64) -> Self {
        Self::number(decimal1(value), rounded(value, 1), Unit::Level)
    }

    /// A level that was rounded for print already.
    pub fn printed_level(value: f64) -> Self {
        Self::number(printed_level(value), rounded(value, 2), Unit::Level)
    }

    /// A change in levels with its sign.
    pub fn change(value: f64) -> Self {
        let sign = if rounded(value, 1) > 0.0 { "+" } else { "" };
        let text = format!("{sign}{}", decimal1(value));
        Self::number(text, rounded(value, 1), Unit::Level)
    }

    /// A share, whole percents.
    pub fn share(value: f64) -> Self {
        Self::number(percent(value), rounded(value, 2), Unit::Share)
    }

    /// A share 0..1 as it is told of a hundred, of ten or of five answers ([`share_of`]).
    pub fn share_of(value: f64, out_of: usize) -> Self {
        let unit = match out_of {
            5 => Unit::Fifths,
            10 => Unit::Tenths,
            _ => return Self::share(value),
        };
        let parts = rounded(value * out_of as f64, 0);
        Self::number(share_of(value, out_of), parts, unit)
    }

    /// A whole number.
    pub fn count(value: usize) -> Self {
        Self::number(integer(value as i64), value as f64, Unit::Whole)
    }

    /// An amount in whole euros.
    pub fn euros(value: f64) -> Self {
        let text = format!("{}\u{a0}€", decimals(value, 0));
        Self::number(text, rounded(value, 0), Unit::Euros)
    }

    fn number(text: String, number: f64, unit: Unit) -> Self {
        Self {
            text,
            number: Some(number),
            unit,
            ..Self::default()
        }
    }

    /// The same with the key that explains it.
    #[must_use]
    pub fn keyed(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// The same with the anchor that it leads to.
    #[must_use]
    pub fn linked(mut self, link: impl Into<String>) -> Self {
        self.link = link.into();
        self
    }

    /// The same as a place that links lead to.
    #[must_use]
    pub fn anchored(mut self, anchor: impl Into<String>) -> Self {
        self.anchor = anchor.into();
        self
    }

    /// The same with a style.
    #[must_use]
    pub fn styled(mut self, class: impl Into<String>) -> Self {
        self.class = class.into();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_says_no_more_than_its_text() {
        let level = Datum::level(2.949_999);
        assert_eq!((level.text.as_str(), level.number), ("2,9", Some(2.9)));
        let share = Datum::share(0.4249);
        assert_eq!(
            (share.text.as_str(), share.number),
            ("42\u{a0}%", Some(0.42))
        );
        assert_eq!(Datum::change(0.04).text, "0,0");
        assert_eq!(Datum::change(0.26).text, "+0,3");
        assert_eq!(Datum::change(-0.26).text, "−0,3");
    }
}
