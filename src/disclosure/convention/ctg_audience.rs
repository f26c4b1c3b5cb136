//! Who reads a document of the convention.

/// Who will read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum CtgAudience {
    /// Those who carry the convention day after day.
    EquipeProjet,
    /// The steering committee: elected people, the Caf, partners.
    Copil,
    /// The caisse d’allocations familiales.
    Caf,
    /// The comité départemental des services aux familles: early childhood alone.
    Cdsf,
    /// Everybody.
    Habitants,
}

impl CtgAudience {
    /// All of them, in the order of the command line.
    pub const ALL: [Self; 5] = [
        Self::EquipeProjet,
        Self::Copil,
        Self::Caf,
        Self::Cdsf,
        Self::Habitants,
    ];

    /// Word of the command line and of the log.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whom it is for, on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::EquipeProjet => "équipe projet",
            Self::Copil => "comité de pilotage",
            Self::Caf => "Caf",
            Self::Cdsf => "comité départemental des services aux familles",
            Self::Habitants => "habitantes et habitants",
        }
    }

    /// Whether exact figures of few persons, and functions by their title, are its own: those who type them.
    pub fn reads_all(self) -> bool {
        self == Self::EquipeProjet
    }

    /// Whether actions, decisions and figures are shown to it; who lives there reads what was done, what changed.
    pub fn reads_follow_up(self) -> bool {
        self != Self::Habitants
    }

    /// Whether words of people are shown to it. The Caf and the comité départemental have none without an agreed
    /// exchange of data.
    pub fn reads_words(self) -> bool {
        !matches!(self, Self::Caf | Self::Cdsf)
    }

    /// Whether it is told how many lines a figure rests on.
    pub fn reads_row_counts(self) -> bool {
        matches!(self, Self::EquipeProjet | Self::Caf)
    }

    /// The only field of fiches that it reads.
    pub(super) fn only_field(self) -> Option<&'static str> {
        (self == Self::Cdsf).then_some("petite_enfance")
    }

    /// Whether a delivery to it is logged, so that a later one gives nobody back by difference.
    pub fn is_logged(self) -> bool {
        !self.reads_all()
    }
}
