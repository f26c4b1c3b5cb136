//! The hidden quality behind every answer: a site, its axes, critères and éléments, what a
//! campaign improved, and how observers and visits blur it.

use super::dice::WordDice;
use super::scenario::{DemoScenario, DemoSite};
use crate::vocabulary::referentiel::{Element, MICRO, Modality, Referentiel, Scale, SourceCode};

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
        if element.must {
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

    /// Rating of a grid as its scale writes it, or NO now and then; what fails in the example, fails.
    pub(super) fn rating(
        &self,
        site: &DemoSite,
        element: &Element,
        k: usize,
        level: f64,
        visit: &str,
    ) -> String {
        let scale = &self.referentiel.scales[element.scale];
        if element.must {
            let is_short =
                level < 2.6 || (self.plan.exemple && fails(&site.code, &element.code, k));
            let top = scale.modalities.len() - 1;
            // One step below the top is enough to fail.
            return scale.modalities[top - usize::from(is_short)].code.clone();
        }
        let campaign = &self.plan.campaigns[k].id;
        let words = ["no", &site.code, campaign, visit, &element.code];
        if element.source == SourceCode::Obs && WordDice::new(self.plan.seed, &words).chance(0.03) {
            return "NO".to_owned();
        }
        nearest(scale, level)
    }
}

/// Code of the modality nearest to a level, the highest of those that are.
fn nearest(scale: &Scale, level: f64) -> String {
    let far = |m: &Modality| {
        let own = m.micro.unwrap_or_default() as f64 / MICRO as f64;
        (own - level.clamp(1.0, 4.0)).abs()
    };
    let all = scale.modalities.iter().rev();
    let best = all.min_by(|a, b| far(a).total_cmp(&far(b)));
    best.map_or_else(String::new, |m| m.code.clone())
}

/// Impératifs not met: some mended by the second campaign, one that lasts, one that comes.
fn fails(site: &str, element: &str, k: usize) -> bool {
    match (site, element) {
        ("R04", "SEC-3-OBS-4")
        | ("P06", "SEC-7-OBS-1")
        | ("P02", "SEC-4-OBS-4")
        | ("P10", "SEC-5-OBS-4") => k == 0,
        ("R03", "PRO-1-DIR-1") => true,
        ("P05", "SEC-4-DIR-3") => k > 0,
        _ => false,
    }
}
