//! A figure as it is read, and as a workbook keeps it: never more digits than what is printed.

use serde::Serialize;

use super::number::{decimal1, decimals, integer, percent, rounded};

/// What a number counts, for formats that have types.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// No number.
    #[default]
    Mots,
    /// A level 1..4, or a difference of levels: one decimal.
    Niveau,
    /// A share 0..1 shown in whole percents.
    Part,
    /// A whole number.
    Entier,
    /// Euros, whole.
    Euros,
    /// Any other number, as its text shows it.
    Nombre,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Datum {
    /// What is read.
    pub texte: String,
    /// The number read, rounded as it is printed.
    pub nombre: Option<f64>,
    /// What the number counts.
    pub unite: Unit,
    /// Style of the cell, may be empty: atteint, non-atteint, non-evalue, hors, sans-objet, n1…n4.
    pub classe: String,
}

impl Datum {
    /// Words.
    pub fn words(text: impl Into<String>) -> Self {
        Self {
            texte: text.into(),
            ..Self::default()
        }
    }

    /// A dash: nothing to show here.
    pub fn none() -> Self {
        Self::words("–")
    }

    /// A level, one decimal.
    pub fn level(value: f64) -> Self {
        Self::number(decimal1(value), rounded(value, 1), Unit::Niveau)
    }

    /// A change in levels with its sign.
    pub fn change(value: f64) -> Self {
        let sign = if rounded(value, 1) > 0.0 { "+" } else { "" };
        let text = format!("{sign}{}", decimal1(value));
        Self::number(text, rounded(value, 1), Unit::Niveau)
    }

    /// A share, whole percents.
    pub fn share(value: f64) -> Self {
        Self::number(percent(value), rounded(value, 2), Unit::Part)
    }

    /// A whole number.
    pub fn count(value: usize) -> Self {
        Self::number(integer(value as i64), value as f64, Unit::Entier)
    }

    /// An amount in whole euros.
    pub fn euros(value: f64) -> Self {
        let text = format!("{}\u{a0}€", decimals(value, 0));
        Self::number(text, rounded(value, 0), Unit::Euros)
    }

    fn number(texte: String, nombre: f64, unite: Unit) -> Self {
        Self {
            texte,
            nombre: Some(nombre),
            unite,
            ..Self::default()
        }
    }

    /// The same with a style.
    #[must_use]
    pub fn styled(mut self, classe: impl Into<String>) -> Self {
        self.classe = classe.into();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_says_no_more_than_its_text() {
        let level = Datum::level(2.949_999);
        assert_eq!((level.texte.as_str(), level.nombre), ("2,9", Some(2.9)));
        let share = Datum::share(0.4249);
        assert_eq!(
            (share.texte.as_str(), share.nombre),
            ("42\u{a0}%", Some(0.42))
        );
        assert_eq!(Datum::change(0.04).texte, "0,0");
        assert_eq!(Datum::change(0.26).texte, "+0,3");
        assert_eq!(Datum::change(-0.26).texte, "−0,3");
    }
}
