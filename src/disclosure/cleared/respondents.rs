//! Numbers of respondents as they may be printed.

use crate::base::text::{count, integer};

/// A number of respondents as it may be printed: bands under twenty (`docs/domain.md` §7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Respondents {
    /// Too few to be told.
    Under(usize),
    /// Between two numbers.
    Between(usize, usize),
    /// Exactly.
    Exactly(usize),
    /// Not for this audience.
    Untold,
}

impl Respondents {
    /// Bands of five, then ten, then the number itself.
    pub(crate) fn of(n: usize) -> Self {
        match n {
            0..=4 => Self::Under(5),
            5..=9 => Self::Between(5, 9),
            10..=19 => Self::Between(10, 19),
            n => Self::Exactly(n),
        }
    }

    /// « moins de 5 réponses », « 5 à 9 réponses », « 34 réponses ».
    pub fn words(self, one: &str, many: &str) -> String {
        match self {
            Self::Under(n) => format!("moins de {n}\u{a0}{many}"),
            Self::Between(a, b) => format!("{a} à {b}\u{a0}{many}"),
            Self::Exactly(n) => count(n, one, many),
            Self::Untold => "non diffusé à cette échelle".to_owned(),
        }
    }

    /// « 5 à 9 », « 34 ».
    pub fn number(self) -> String {
        match self {
            Self::Under(n) => format!("moins de {n}"),
            Self::Between(a, b) => format!("{a} à {b}"),
            Self::Exactly(n) => integer(n as i64),
            Self::Untold => "–".to_owned(),
        }
    }

    /// The least that it can be.
    pub fn least(self) -> usize {
        match self {
            Self::Under(_) | Self::Untold => 0,
            Self::Between(a, _) => a,
            Self::Exactly(n) => n,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Respondents;

    #[test]
    fn numbers_under_twenty_are_bands() {
        assert_eq!(
            Respondents::of(7).words("réponse", "réponses"),
            "5 à 9\u{a0}réponses"
        );
        assert_eq!(
            Respondents::of(23).words("réponse", "réponses"),
            "23\u{a0}réponses"
        );
        assert_eq!(Respondents::of(3).number(), "moins de 5");
    }
}
