//! The page from which every report opens.

use serde::{Serialize, Serializer};

use super::document::Head;

/// A report in one format; templates read it as a pair.
#[derive(Debug, Clone, Default)]
pub struct IndexLink {
    /// Format in capitals.
    pub format: String,
    /// Address relative to the index.
    pub address: String,
}

impl Serialize for IndexLink {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.format, &self.address).serialize(serializer)
    }
}

/// The reports of an audience; templates read them as a pair.
#[derive(Debug, Clone, Default)]
pub struct IndexGroup {
    /// Heading.
    pub heading: String,
    /// Its reports.
    pub entries: Vec<IndexEntry>,
}

impl Serialize for IndexGroup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.heading, &self.entries).serialize(serializer)
    }
}

/// A report in the index.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IndexEntry {
    /// What it opens.
    #[serde(rename = "titre")]
    pub title: String,
    /// One line about it.
    pub description: String,
    /// One per format.
    #[serde(rename = "liens")]
    pub links: Vec<IndexLink>,
}

/// The page from which every report opens.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IndexPage {
    /// First band.
    #[serde(rename = "tete")]
    pub head: Head,
    /// One per audience.
    #[serde(rename = "groupes")]
    pub groups: Vec<IndexGroup>,
    /// How many figures were masked, and why; may be empty.
    #[serde(rename = "masques")]
    pub masked: Vec<String>,
}
