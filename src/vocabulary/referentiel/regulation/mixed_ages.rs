//! Two readings of the ratio where ages mix in one group, and which of them holds. No text settles it: until the
//! State has answered, a session that passes under one of them alone is neither met nor failed.

use serde::Deserialize;

/// A way of rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgesReading {
    /// Rounded up per age group.
    Strict,
    /// Rounded up once for the group.
    Global,
}

/// What is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MixedAges {
    /// The State answered: per age group.
    Strict,
    /// The State answered: once for the group.
    Global,
    /// Nobody has answered.
    AVerifier,
}

impl MixedAges {
    /// The reading by which sessions are counted: the more demanding one as long as nobody answered.
    pub fn counted(self) -> AgesReading {
        match self {
            Self::Strict | Self::AVerifier => AgesReading::Strict,
            Self::Global => AgesReading::Global,
        }
    }

    /// The other one.
    pub fn other(self) -> AgesReading {
        match self.counted() {
            AgesReading::Strict => AgesReading::Global,
            AgesReading::Global => AgesReading::Strict,
        }
    }

    /// Whether somebody answered.
    pub fn is_settled(self) -> bool {
        self != Self::AVerifier
    }
}
