//! Who reads.

use clap::ValueEnum;

/// Who will read a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum)]
pub enum Audience {
    /// L’équipe d’un accueil
    Equipe,
    /// Les élus et le comité de pilotage
    Elus,
    /// Les familles, et donc tout le monde
    Familles,
    /// Les élus et les partenaires, pour renouveler les conventions
    Renouvellement,
    /// Toutes les équipes : le livret des bonnes pratiques
    Pratiques,
}

impl Audience {
    /// All of them, in the order of the command line.
    pub const ALL: [Self; 5] = [
        Self::Equipe,
        Self::Elus,
        Self::Familles,
        Self::Renouvellement,
        Self::Pratiques,
    ];

    /// Word of the command line and of `observatoire.toml`.
    pub fn as_str(self) -> &'static str {
        ["equipe", "elus", "familles", "renouvellement", "pratiques"][self as usize]
    }

    /// Whom it is for, after « à ».
    pub fn to_whom(self) -> &'static str {
        [
            "aux équipes",
            "aux élus",
            "aux familles",
            "aux élus et partenaires",
            "à toutes les équipes",
        ][self as usize]
    }

    /// Whether a delivery to it is logged, so that a later one repeats what differs by too few
    /// answers (`design.md` section 5).
    pub fn is_logged(self) -> bool {
        matches!(self, Self::Elus | Self::Familles | Self::Renouvellement)
    }

    /// Another audience whose readers also read this delivery: elected people read what families
    /// and partners are given. Together, both deliveries must not give back more than one.
    pub fn also_read_by(self) -> Option<Self> {
        matches!(self, Self::Familles | Self::Renouvellement).then_some(Self::Elus)
    }

    /// Whether several sites are read side by side: what one site hides, the others and the
    /// total must not give back.
    pub fn reads_all_sites(self) -> bool {
        self != Self::Equipe
    }
}
