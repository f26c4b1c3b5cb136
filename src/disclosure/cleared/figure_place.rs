//! Whose figure.

/// Whose figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigurePlace {
    /// One site, by code.
    Site(String),
    /// One sector, by name.
    Sector(String),
    /// The whole territory.
    Territory,
}

impl FigurePlace {
    /// What a person reads.
    pub fn words(&self) -> String {
        match self {
            Self::Site(code) => code.clone(),
            Self::Sector(name) => format!("secteur {name}"),
            Self::Territory => "territoire".to_owned(),
        }
    }
}
