//! Kinds of improvement actions (`docs/domain.md` §10): a référentiel may say which one usually
//! mends a critère.

use serde::{Deserialize, Serialize};

/// What an action changes.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum ActionKind {
    /// How the team works.
    Organisation,
    /// What the team learns.
    Formation,
    /// Rooms, furniture, equipment.
    #[serde(rename = "aménagement")]
    #[strum(serialize = "aménagement")]
    Amenagement,
    /// The projet pédagogique or de fonctionnement.
    Projet,
    /// Posts, hours, money.
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
        self.into()
    }
}
