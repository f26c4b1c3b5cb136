//! What was printed of a campaign by all its deliveries, in order.

use std::collections::BTreeMap;
use std::sync::Arc;

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

/// Deliveries of a campaign, oldest first, each with its rank.
#[derive(Debug, Default)]
pub(crate) struct PrintedDeliveries(Vec<(usize, Arc<KeptCampaign>)>);

impl PrintedDeliveries {
    pub(crate) fn add(&mut self, kept: Arc<KeptCampaign>, moment: usize) {
        self.0.push((moment, kept));
    }

    /// Whether anything was printed before the edition that rests on these grounds.
    pub(crate) fn is_before(&self, grounds: &str) -> bool {
        self.last_before(grounds).is_some()
    }

    /// What was printed before the edition that rests on these grounds; none where nothing was.
    ///
    /// The last deliveries, if they rest on the very same answers, accueils and settings, are of that edition: elected
    /// people’s first, teams’ the day after, say what one delivery to all would have said. Decisions take all readers into
    /// account whoever is served first, so that what one was not told keeps nothing from another. Once anything else was
    /// delivered in between, it is an edition like others.
    pub(crate) fn before(&self, grounds: &str) -> Option<PrintedHistory> {
        let last = self.last_before(grounds)?;
        let mut history = PrintedHistory::default();
        for (moment, kept) in &self.0[..=last] {
            history.add(kept, *moment);
        }
        Some(history)
    }

    /// The last delivery that is of another edition.
    fn last_before(&self, grounds: &str) -> Option<usize> {
        let is_other = |kept: &KeptCampaign| grounds.is_empty() || kept.fondement != grounds;
        self.0.iter().rposition(|(_, kept)| is_other(kept))
    }
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
