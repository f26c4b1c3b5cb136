//! What was printed of a campaign by all its deliveries, in order.

use std::collections::BTreeMap;

use super::delivery_record::KeptCampaign;
use super::kept_activities::KeptActivities;
use super::kept_answers::add_answers;
use super::kept_levels::{KeptFigure, PrintedLevels, add_levels};
use super::repeated_answers::AnswerHistory;

/// What was printed of a campaign.
#[derive(Debug, Default)]
pub(crate) struct PrintedHistory {
    /// « place/question » → answers it had.
    pub(crate) answers: AnswerHistory,
    /// Site → answers behind its levels.
    pub(crate) levels: BTreeMap<String, Vec<PrintedLevels>>,
    /// Audience → changes of the axes of the territory, as last printed.
    pub(crate) territory: BTreeMap<String, BTreeMap<String, KeptFigure>>,
    /// Audience → site → indicators that tell of respondents.
    pub(crate) activities: BTreeMap<String, BTreeMap<String, KeptActivities>>,
}

impl PrintedHistory {
    /// Adds a delivery, by its rank.
    pub(crate) fn add(&mut self, kept: &KeptCampaign, moment: usize) {
        for (key, answers) in &kept.reponses {
            let states = self.answers.entry(key.clone()).or_default();
            add_answers(states, answers, moment, &kept.publics);
        }
        for (site, levels) in &kept.niveaux {
            let states = self.levels.entry(site.clone()).or_default();
            add_levels(states, levels, &kept.publics);
        }
        for audience in &kept.publics {
            let sites = self.activities.entry(audience.clone()).or_default();
            for (site, activities) in &kept.activites {
                sites.entry(site.clone()).or_default().add(activities);
            }
        }
        if !kept.territoire.is_empty() {
            for audience in &kept.publics {
                let told = kept.territoire.clone();
                self.territory.insert(audience.clone(), told);
            }
        }
    }
}
