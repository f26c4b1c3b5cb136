//! Whose figure.

use crate::base::text::SharedText;

/// Whose figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigurePlace {
    /// One site, by code.
    Site(SharedText),
    /// One sector, by name.
    Sector(String),
    /// The whole territory.
    Territory,
}

impl FigurePlace {
    /// What a person reads.
    pub fn words(&self) -> String {
        match self {
            Self::Site(code) => code.to_string(),
            Self::Sector(name) => format!("secteur {name}"),
            Self::Territory => "territoire".to_owned(),
        }
    }
}
