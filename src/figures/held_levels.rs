//! Which figures of structures are held once they are computed: a vast territory has millions of those that nobody
//! looks at one by one.

use super::figure_level::Level;

/// Which figures of structures are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeldLevels {
    /// All of them.
    All,
    /// Those that reports print: of éléments and sources what they are worth alone is held.
    Printed,
    /// Of a campaign that printed figures are set against: the same, without the rules of law.
    Earlier,
    /// Those that are set side by side.
    SideBySide,
    /// None.
    Nothing,
}

impl HeldLevels {
    /// Whether figures of a level are held.
    pub(crate) fn keeps(self, level: Level) -> bool {
        match self {
            Self::All => true,
            Self::Printed => !matches!(level, Level::Element | Level::Source | Level::Enquete),
            Self::Earlier => level != Level::Regle && Self::Printed.keeps(level),
            Self::SideBySide => matches!(level, Level::Axe | Level::Critere | Level::Enquete),
            Self::Nothing => false,
        }
    }

    /// What is held of the campaign before.
    pub(crate) fn before(self) -> Self {
        match self {
            Self::Printed => Self::Earlier,
            other => other,
        }
    }

    /// Whether what éléments and sources are worth is.
    pub(super) fn scores(self) -> bool {
        matches!(self, Self::All | Self::Printed | Self::Earlier)
    }
}
