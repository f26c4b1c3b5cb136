//! One delivery as its file keeps it: written whole, read in two parts. Its head says what it is and what it rests on;
//! what it told is read figure by figure, when an edition is to be compared with it.

use std::collections::BTreeMap;

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
#[derive(Debug, Clone, Serialize)]
pub(crate) struct KeptCampaign {
    /// Who was told.
    pub(crate) publics: Vec<String>,
    /// « place/question » → answers and what was printed of them.
    pub(crate) reponses: BTreeMap<String, KeptAnswers>,
    /// Site → levels.
    pub(crate) niveaux: BTreeMap<String, KeptSite>,
    /// Axe → its change over the territory.
    pub(crate) territoire: BTreeMap<String, KeptFigure>,
    /// Site → indicators that tell of respondents; empty before this was noted.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) activites: BTreeMap<String, KeptActivities>,
    /// Names what its decisions rested on; empty before this was noted.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) fondement: String,
}

/// A file of the log. Its name ends with the fingerprint of its bytes. `C` is what is kept of a campaign.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DeliveryRecord<C = KeptCampaign> {
    pub(crate) format: u32,
    /// Comes after all deliveries of a lower rank.
    pub(crate) rang: usize,
    /// Files that were there when it was written: whichever is missing now was lost.
    pub(crate) precedentes: Vec<String>,
    /// What tells the key of its fingerprints from another; empty before this was noted.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) cle: String,
    /// The delivery; several for what the former log held.
    pub(crate) livraisons: Vec<Delivered>,
    /// By id.
    pub(crate) campagnes: BTreeMap<String, C>,
    /// What a document of the convention printed of persons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) convention: Option<KeptConvention>,
}

/// The head of a file of the log: all of it but what campaigns were told.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordHead {
    pub(crate) format: u32,
    pub(crate) rang: usize,
    pub(crate) precedentes: Vec<String>,
    #[serde(default)]
    pub(crate) cle: String,
    pub(crate) livraisons: Vec<Delivered>,
    pub(crate) campagnes: BTreeMap<String, CampaignHead>,
    #[serde(default)]
    pub(crate) convention: Option<KeptConvention>,
}

/// What a file of the log says of a campaign, but for what it was told.
#[derive(Debug, Deserialize)]
pub(crate) struct CampaignHead {
    #[serde(default)]
    pub(crate) publics: Vec<String>,
    #[serde(default)]
    pub(crate) fondement: String,
}

/// One thing that a delivery told of a campaign.
#[derive(Debug)]
pub(crate) enum KeptEntry {
    /// Of a question at a place, by its key.
    Answers(String, KeptAnswers),
    /// Of a site.
    Levels(String, KeptSite),
    /// Of the territory, all of it.
    Territory(BTreeMap<String, KeptFigure>),
    /// Of indicators of a site that tell of respondents.
    Activities(String, KeptActivities),
}

impl DeliveryRecord {
    /// Its head.
    pub(crate) fn head(&self) -> RecordHead {
        let campaigns = self.campagnes.iter().map(|(id, kept)| {
            let head = CampaignHead {
                publics: kept.publics.clone(),
                fondement: kept.fondement.clone(),
            };
            (id.clone(), head)
        });
        RecordHead {
            format: self.format,
            rang: self.rang,
            precedentes: self.precedentes.clone(),
            cle: self.cle.clone(),
            livraisons: self.livraisons.clone(),
            campagnes: campaigns.collect(),
            convention: self.convention.clone(),
        }
    }
}
