//! One delivery as its file keeps it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::kept_activities::KeptActivities;
use super::kept_answers::KeptAnswers;
use super::kept_levels::{KeptFigure, KeptSite};
use crate::disclosure::convention::KeptConvention;

/// Version of what a file of the log holds.
pub(crate) const FORMAT: u32 = 1;

/// One delivery made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivered {
    /// Day of the edition, ISO.
    pub date: String,
    /// Audience.
    pub public: String,
    /// Campaign id.
    pub campagne: String,
    /// Accueils whose team was given its report; empty for other audiences, and before this was noted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub structures: Vec<String>,
    /// Figures masked.
    pub masques: usize,
    /// Figures that repeat an earlier edition.
    pub repris: usize,
}

/// What a delivery printed of a campaign, beyond what it repeats.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptCampaign {
    /// Who was told.
    #[serde(default)]
    pub(crate) publics: Vec<String>,
    /// « place/question » → answers and what was printed of them.
    #[serde(default)]
    pub(crate) reponses: BTreeMap<String, KeptAnswers>,
    /// Site → levels.
    #[serde(default)]
    pub(crate) niveaux: BTreeMap<String, KeptSite>,
    /// Axe → its change over the territory.
    #[serde(default)]
    pub(crate) territoire: BTreeMap<String, KeptFigure>,
    /// Site → indicators that tell of respondents; empty before this was noted.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) activites: BTreeMap<String, KeptActivities>,
    /// Names what its decisions rested on; empty before this was noted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) fondement: String,
}

/// A file of the log. Its name ends with the fingerprint of its bytes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeliveryRecord {
    pub(crate) format: u32,
    /// Comes after all deliveries of a lower rank.
    pub(crate) rang: usize,
    /// Files that were there when it was written: whichever is missing now was lost.
    pub(crate) precedentes: Vec<String>,
    /// What tells the key of its fingerprints from another; empty before this was noted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) cle: String,
    /// The delivery; several for what the former log held.
    pub(crate) livraisons: Vec<Delivered>,
    /// By id.
    pub(crate) campagnes: BTreeMap<String, Arc<KeptCampaign>>,
    /// What a document of the convention printed of persons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) convention: Option<KeptConvention>,
}
