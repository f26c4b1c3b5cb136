//! Kinds of figures, from one answered question up to an axe.

/// What kind of figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the words of the contract")]
pub enum Level {
    Element,
    Source,
    Critere,
    Axe,
    Imperatif,
    Activite,
    Enquete,
    Regle,
}

impl Level {
    /// Every kind, in the order of the contract.
    pub const ALL: [Self; 8] = [
        Self::Element,
        Self::Source,
        Self::Critere,
        Self::Axe,
        Self::Imperatif,
        Self::Activite,
        Self::Enquete,
        Self::Regle,
    ];

    /// Word of the contract.
    pub fn as_str(self) -> &'static str {
        [
            "element",
            "source",
            "critere",
            "axe",
            "imperatif",
            "activite",
            "enquete",
            "regle",
        ][self as usize]
    }
}
