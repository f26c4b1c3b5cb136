//! The hidden quality behind every answer: a site, its axes, critères and éléments, what a
//! campaign improved, and how observers and visits blur it.

use super::dice::WordDice;
use super::scenario::{DemoScenario, DemoSite};
use crate::vocabulary::referentiel::{Element, Referentiel, SourceCode};

/// Élément noise and visit effect, standard deviations in levels.
pub(super) const ELEMENT_SD: f64 = 0.45;
pub(super) const VISIT_SD: f64 = 0.1;

/// Quality of sites as a function of élément and campaign.
pub(super) struct Quality<'a> {
    pub plan: &'a DemoScenario,
    pub referentiel: &'a Referentiel,
}

impl Quality<'_> {
    /// Latent level of an élément at a site in the k-th campaign.
    pub(super) fn latent(&self, site: &DemoSite, element: &Element, k: usize) -> f64 {
        let r = self.referentiel;
        let critere = &r.criteres[element.critere];
        let axe = &r.axes[critere.axe];
        let draw = |words: &[&str], sd: f64| WordDice::new(self.plan.seed, words).normal() * sd;
        let mut level = site.quality
            + draw(&["axe", &site.code, &axe.code], 0.3)
            + draw(&["critere", &site.code, &critere.code], 0.3)
            + draw(&["difficulte", &element.code], 0.2);
        if critere.imperatif {
            // What the law demands is nearly always met.
            level += 1.6;
        }
        level + self.progress(site, &axe.code) * k as f64
    }

    /// What a campaign changes on an axe: a site in two works on it and gains a good half level.
    fn progress(&self, site: &DemoSite, axe: &str) -> f64 {
        let mut dice = WordDice::new(self.plan.seed, &["progres", &site.code, axe]);
        if dice.chance(0.4) {
            0.35 + 0.35 * dice.uniform()
        } else {
            0.12 * dice.normal()
        }
    }

    /// What an observer writes for an élément during a visit.
    pub(super) fn observed(
        &self,
        site: &DemoSite,
        element: &Element,
        k: usize,
        visit: &str,
        observer: &str,
    ) -> f64 {
        let campaign = &self.plan.campaigns[k].id;
        let severity = WordDice::new(self.plan.seed, &["severite", observer]).normal() * 0.12;
        let day = WordDice::new(self.plan.seed, &["visite", &site.code, campaign, visit]).normal()
            * VISIT_SD;
        let words = ["obs", &site.code, campaign, visit, observer, &element.code];
        let noise = WordDice::new(self.plan.seed, &words).normal() * ELEMENT_SD;
        self.latent(site, element, k) + severity + day + noise
    }

    /// What another source says: the same quality, seen with its own leniency.
    pub(super) fn said(
        &self,
        site: &DemoSite,
        element: &Element,
        k: usize,
        who: &str,
        leniency: f64,
        sd: f64,
    ) -> f64 {
        let campaign = &self.plan.campaigns[k].id;
        let words = ["dit", &site.code, campaign, who, &element.code];
        let noise = WordDice::new(self.plan.seed, &words).normal() * sd;
        self.latent(site, element, k) + leniency + noise
    }

    /// Rating of a grid, 1 to 4, or NO now and then; `must` marks what fails in the example.
    pub(super) fn rating(
        &self,
        site: &DemoSite,
        element: &Element,
        k: usize,
        level: f64,
        visit: &str,
    ) -> String {
        let critere = &self.referentiel.criteres[element.critere];
        if self.plan.exemple && k == 0 && fails(&site.code, &element.code) {
            return "3".to_owned();
        }
        if critere.imperatif && element.source != SourceCode::Aut {
            return if level < 2.6 { "3" } else { "4" }.to_owned();
        }
        let campaign = &self.plan.campaigns[k].id;
        let words = ["no", &site.code, campaign, visit, &element.code];
        if element.source == SourceCode::Obs && WordDice::new(self.plan.seed, &words).chance(0.03) {
            return "NO".to_owned();
        }
        (level.round().clamp(1.0, 4.0) as i64).to_string()
    }
}

/// Impératifs not met at the first campaign of the example, and mended by the second.
fn fails(site: &str, element: &str) -> bool {
    matches!(
        (site, element),
        ("P04", "SEC-1-OBS-2")
            | ("R04", "SEC-3-OBS-1")
            | ("P06", "SEC-7-DIR-2")
            | ("P10", "SEC-5-DIR-1")
            | ("P02", "SEC-6-OBS-1")
            | ("R03", "PRO-1-OBS-1")
    )
}
