//! Sections of a bilan in which people write.

/// A section in which people write.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextPart {
    /// Five sentences beside five messages.
    Essentials,
    /// Means of the cooperation.
    Means,
    /// What a fiche met and what is kept of it, by its code.
    Fiche(String),
    /// What changed for those who live here.
    Changes,
    /// What an experiment taught, by its code.
    Experiment(String),
    /// What partners say of the governance.
    Governance,
    /// What is heard in what people say.
    Words,
    /// What worked, what was heavy.
    Approach,
    /// What is to become of each fiche.
    Next,
}
