//! Why a figure is not shown, and a figure that is shown or not.

use crate::figures::OUTSIDE;

/// Why something is not shown. As a word: that of exports and of the log.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    strum::EnumString,
    strum::IntoStaticStr,
)]
pub enum Mask {
    /// Fewer answers than the audience's threshold.
    #[strum(serialize = "effectif")]
    TooFew,
    /// Fewer than five events.
    #[strum(serialize = "rare")]
    Rare,
    /// Never shown to this audience at this scale.
    #[strum(serialize = "public")]
    NotForAudience,
    /// A serious finding leaves the tool.
    #[strum(serialize = "hors")]
    Outside,
    /// Would give back another figure that is masked.
    #[strum(serialize = "deduction")]
    Derivable,
}

impl Mask {
    /// What is printed instead.
    pub fn words(self) -> &'static str {
        match self {
            Self::TooFew => "effectif trop faible",
            Self::Rare => "< 5",
            Self::NotForAudience => "non diffusé à cette échelle",
            Self::Outside => OUTSIDE,
            Self::Derivable => "non diffusé : permettrait d’en retrouver un autre",
        }
    }

    /// Word of exports and of the log.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Reads the word back; a word that is not known says that something is hidden all the same.
    pub(crate) fn parse(word: &str) -> Self {
        word.parse().unwrap_or(Self::Derivable)
    }

    /// Why, where masked figures are counted.
    pub fn reason(self) -> &'static str {
        match self {
            Self::TooFew => "effectif trop faible",
            Self::Rare => "moins de cinq cas",
            Self::NotForAudience => "non diffusé à cette échelle",
            Self::Outside => "à traiter hors de l’observatoire",
            Self::Derivable => "permettrait d’en retrouver un autre",
        }
    }
}

/// A figure that may be printed, or the reason why not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shown<T> {
    /// May be printed.
    Value(T),
    /// May not.
    Masked(Mask),
}

impl<T: Copy> Shown<T> {
    /// The value, if it may be printed.
    pub fn value(&self) -> Option<T> {
        match self {
            Self::Value(value) => Some(*value),
            Self::Masked(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_log_are_read_back() {
        for mask in [
            Mask::TooFew,
            Mask::Rare,
            Mask::NotForAudience,
            Mask::Outside,
            Mask::Derivable,
        ] {
            assert_eq!(Mask::parse(mask.as_str()), mask);
        }
        assert_eq!(Mask::TooFew.as_str(), "effectif");
        assert_eq!(Mask::parse("inconnu"), Mask::Derivable);
    }
}
