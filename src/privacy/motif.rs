//! Why a text may not be quoted.

/// What a text may say that keeps it from being quoted (`docs/confidentiality.md` §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Motif {
    /// It names someone, or tells who by a tie, an initial or a function.
    Nom,
    /// It reaches someone: telephone, e-mail, account, address.
    Contact,
    /// It accuses someone.
    Allegation,
    /// It tells of violence.
    Violence,
    /// It tells of someone's health or disability.
    Sante,
    /// Nothing of all that was recognised; its words together resemble what may not be quoted.
    Prudence,
}

impl Motif {
    /// All, in the order that they are said.
    pub(crate) const ALL: [Self; 6] = [
        Self::Nom,
        Self::Contact,
        Self::Allegation,
        Self::Violence,
        Self::Sante,
        Self::Prudence,
    ];

    /// In a word, for who publishes.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Nom => "nom",
            Self::Contact => "contact",
            Self::Allegation => "allégation",
            Self::Violence => "violence",
            Self::Sante => "santé",
            Self::Prudence => "par prudence",
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The reasons found in one text; none, and it may be quoted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Motifs {
    bits: u8,
}

impl Motifs {
    /// One alone.
    pub(super) fn of(motif: Motif) -> Self {
        Self { bits: motif.bit() }
    }

    /// Violence and health alone.
    pub(super) fn of_bodies(self) -> Self {
        let bodies = Motif::Violence.bit() | Motif::Sante.bit();
        Self {
            bits: self.bits & bodies,
        }
    }

    /// Those of both.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            bits: self.bits | other.bits,
        }
    }

    /// Adds one.
    pub(super) fn add(&mut self, motif: Motif) {
        self.bits |= motif.bit();
    }

    /// Whether the text may be quoted.
    pub(crate) fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Whether one is among them.
    pub(crate) fn has(self, motif: Motif) -> bool {
        self.bits & motif.bit() != 0
    }

    /// Those found, in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = Motif> {
        Motif::ALL.into_iter().filter(move |m| self.has(*m))
    }
}
