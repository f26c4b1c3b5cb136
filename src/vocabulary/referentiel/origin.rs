//! Where an élément comes from: a text of law, or the référentiel alone. A critère impératif fails on the former only.

use serde::{Deserialize, Serialize};

/// Where an élément comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ElementOrigin {
    /// A text asks for it: « CASF R.227-12 ».
    Law(String),
    /// Good practice.
    Framework,
}

impl ElementOrigin {
    /// The article, when a text asks for it.
    pub fn article(&self) -> Option<&str> {
        match self {
            Self::Law(article) => Some(article),
            Self::Framework => None,
        }
    }
}

/// Whom a question to children is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AgeBand {
    /// Read aloud to them.
    #[serde(rename = "4-7")]
    Young,
    /// They read it.
    #[serde(rename = "8-11")]
    Older,
}

impl AgeBand {
    /// « 4-7 ».
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Young => "4-7",
            Self::Older => "8-11",
        }
    }
}

/// A question that says whom others are for: « Mon enfant a des besoins particuliers ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Name by which éléments cite it.
    pub code: String,
    /// The question.
    pub label: String,
}

/// What a référentiel is for, in its own words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Purpose {
    /// What it is for.
    pub objet: String,
    /// Ages that it is written for.
    pub ages: String,
    /// What it leaves out.
    pub leaves_out: Vec<String>,
    /// Who may change what.
    pub changes: Vec<String>,
    /// What to do before a grave fact, on the first page of every instrument.
    pub protocol: Vec<String>,
}
