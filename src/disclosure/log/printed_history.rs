//! What was printed of a campaign by all its deliveries, in order.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::delivery_record::KeptEntry;
use super::kept_activities::KeptActivities;
use super::kept_levels::KeptFigure;
use super::printed_answers::{PrintedAnswers, add_answers};
use super::printed_levels::{LevelCodes, PrintedLevels, add_levels};
use super::told_level::ToldLevel;
use crate::vocabulary::Audience;

/// What was printed of a campaign.
#[derive(Debug, Default)]
pub(crate) struct PrintedHistory {
    /// « place/question » → answers it had, oldest first.
    answers: FxHashMap<Box<str>, Vec<PrintedAnswers>>,
    /// Site → answers behind its levels.
    levels: BTreeMap<String, Vec<PrintedLevels>>,
    /// Changes of the axes of the territory, as last printed.
    territory: BTreeMap<Audience, BTreeMap<String, ToldLevel>>,
    /// By site: indicators that tell of respondents.
    activities: BTreeMap<Audience, BTreeMap<String, KeptActivities>>,
    codes: LevelCodes,
}

impl PrintedHistory {
    /// Adds what a delivery, of which the rank is given, kept.
    pub(crate) fn add(&mut self, kept: KeptEntry, moment: usize, audiences: &[Audience]) {
        match kept {
            KeptEntry::Answers(key, answers) => {
                let states = self.answers.entry(key.into()).or_default();
                add_answers(states, &answers.told(), moment, audiences);
            }
            KeptEntry::Levels(site, levels) => {
                let states = self.levels.entry(site).or_default();
                add_levels(states, &levels.told(&mut self.codes), audiences);
            }
            KeptEntry::Territory(figures) => self.add_territory(figures, audiences),
            KeptEntry::Activities(site, activities) => {
                for audience in audiences {
                    let sites = self.activities.entry(*audience).or_default();
                    sites.entry(site.clone()).or_default().add(&activities);
                }
            }
        }
    }

    fn add_territory(&mut self, figures: BTreeMap<String, KeptFigure>, audiences: &[Audience]) {
        if figures.is_empty() {
            return;
        }
        let figures = figures.into_iter();
        let told: BTreeMap<_, _> = figures.map(|(code, kept)| (code, kept.told())).collect();
        for audience in audiences {
            self.territory.insert(*audience, told.clone());
        }
    }

    /// Answers to a question at a place, oldest first.
    pub(crate) fn answers(&self, key: &str) -> &[PrintedAnswers] {
        self.answers.get(key).map_or(&[], Vec::as_slice)
    }

    /// Answers behind the levels of a site.
    pub(crate) fn levels(&self, site: &str) -> &[PrintedLevels] {
        self.levels.get(site).map_or(&[], Vec::as_slice)
    }

    /// Changes of the axes of the territory, as an audience was last told them.
    pub(crate) fn territory(&self, audience: Audience) -> Option<&BTreeMap<String, ToldLevel>> {
        self.territory.get(&audience)
    }

    /// What an audience was told of indicators of respondents, by site.
    pub(crate) fn activities(
        &self,
        audience: Audience,
    ) -> Option<&BTreeMap<String, KeptActivities>> {
        self.activities.get(&audience)
    }
}
