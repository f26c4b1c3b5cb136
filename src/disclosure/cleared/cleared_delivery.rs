//! Everything that one audience may read of a campaign.

use super::cleared_sector::ClearedSector;
use super::cleared_site::ClearedSite;
use super::cleared_territory::ClearedTerritory;
use super::exact_answers::ExactAnswers;
use crate::vocabulary::Audience;

/// Everything that one audience may read of one campaign.
#[derive(Debug, Clone)]
pub struct ClearedDelivery {
    /// Who reads.
    pub audience: Audience,
    /// Campaign id.
    pub campagne: String,
    /// Every site, in order of code.
    pub sites: Vec<ClearedSite>,
    /// Every sector by name, for elected people and partners.
    pub sectors: Vec<ClearedSector>,
    /// The territory; empty of figures for a team, which reads its own site alone.
    pub territory: ClearedTerritory,
    /// What it rests on, for the log of deliveries alone.
    pub(in crate::disclosure) exact: ExactAnswers,
}

impl ClearedDelivery {
    /// A site by its code.
    pub fn site(&self, code: &str) -> Option<&ClearedSite> {
        self.sites.iter().find(|s| s.structure == code)
    }

    /// What documents are made of: not what it rests on, which the log has by then, and which takes as much room as all the
    /// rest.
    pub(crate) fn for_documents(self) -> Self {
        Self {
            exact: ExactAnswers::default(),
            ..self
        }
    }
}
