//! Who reads.

/// Who will read a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Audience {
    /// The team of one accueil.
    Equipe,
    /// Elected people and the steering committee.
    Elus,
    /// Families, hence everybody.
    Familles,
    /// Elected people and partners, to renew conventions.
    Renouvellement,
    /// Every team: the booklet of good practices.
    Pratiques,
    /// Those who add up several territories: aggregates that may leave, and no report.
    Departement,
}

impl Audience {
    /// All of them, in the order of the command line.
    pub const ALL: [Self; 6] = [
        Self::Equipe,
        Self::Elus,
        Self::Familles,
        Self::Renouvellement,
        Self::Pratiques,
        Self::Departement,
    ];

    /// Whether reports are written for it.
    pub fn reads_reports(self) -> bool {
        self != Self::Departement
    }

    /// Word of the command line and of `observatoire.toml`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whom it is for, after « à ».
    pub fn to_whom(self) -> &'static str {
        match self {
            Self::Equipe => "aux équipes",
            Self::Elus => "aux élus",
            Self::Familles => "aux familles",
            Self::Renouvellement => "aux élus et partenaires",
            Self::Pratiques => "à toutes les équipes",
            Self::Departement => "au département",
        }
    }

    /// Whether a delivery to it is logged, so that a later one repeats what differs by too few
    /// answers (`docs/confidentiality.md`). The booklet of practices holds no answer of anyone.
    pub fn is_logged(self) -> bool {
        self != Self::Pratiques
    }

    /// Other audiences whose readers also read this delivery, those who see most of one site first:
    /// a team reads what elected people are given, and both read what families, partners and the
    /// département are.
    /// Together, their deliveries must not give back more than one.
    pub fn also_read_by(self) -> &'static [Self] {
        match self {
            Self::Elus => &[Self::Equipe],
            Self::Familles | Self::Renouvellement | Self::Departement => {
                &[Self::Equipe, Self::Elus]
            }
            Self::Equipe | Self::Pratiques => &[],
        }
    }

    /// Whether several sites are read side by side: what one site hides, the others and the
    /// total must not give back.
    pub fn reads_all_sites(self) -> bool {
        self != Self::Equipe
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_by_audience_is_found_by_its_rank() {
        for (rank, audience) in Audience::ALL.into_iter().enumerate() {
            assert_eq!(audience as usize, rank, "{audience:?}");
        }
    }
}
