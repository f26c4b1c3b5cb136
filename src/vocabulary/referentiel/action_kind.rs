//! Kinds of improvement actions (`domain.md` section 10): a référentiel may say which one usually
//! mends a critère.

use serde::{Deserialize, Serialize};

/// What an action changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ActionKind {
    /// How the team works.
    #[serde(rename = "organisation")]
    Organisation,
    /// What the team learns.
    #[serde(rename = "formation")]
    Formation,
    /// Rooms, furniture, equipment.
    #[serde(rename = "aménagement")]
    Amenagement,
    /// The projet pédagogique or de fonctionnement.
    #[serde(rename = "projet")]
    Projet,
    /// Posts, hours, money.
    #[serde(rename = "moyens")]
    Moyens,
}

impl ActionKind {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [
        Self::Organisation,
        Self::Formation,
        Self::Amenagement,
        Self::Projet,
        Self::Moyens,
    ];

    /// What a person reads and writes.
    pub fn label(self) -> &'static str {
        [
            "organisation",
            "formation",
            "aménagement",
            "projet",
            "moyens",
        ][self as usize]
    }
}
