//! What a change of a critère is told of: the sources that both campaigns have, activity data that changed
//! left out. Who counted the answers knows which there were.

use std::collections::BTreeMap;

use observatoire::figures::{FigureStatus, Level};
use observatoire::vocabulary::referentiel::{Critere, SourceCode};

use super::knowledge::Knowledge;
use super::worlds::Campaign;

/// Sources that enter a critère, with their weights.
pub fn used(campaign: &Campaign, site: &str, critere: &Critere) -> BTreeMap<SourceCode, f64> {
    let figure = |source| {
        let own = &campaign.indicators;
        own.get_source(site, Level::Source, &critere.code, Some(source))
    };
    let unseen = figure(SourceCode::Obs).is_some_and(|f| f.status == FigureStatus::Absent);
    let stands_in = unseen && campaign.referentiel.rules.auto_remplace_obs;
    let weight = |source: SourceCode| {
        let own = critere.source_weights[source as usize];
        let observation = critere.source_weights[SourceCode::Obs as usize];
        own + if source == SourceCode::Aut && stands_in {
            observation
        } else {
            0.0
        }
    };
    let all = SourceCode::ALL.into_iter();
    all.filter(|s| weight(*s) > 0.0 && figure(*s).is_some_and(|f| f.value.is_some()))
        .map(|s| (s, weight(s)))
        .collect()
}

/// What is compared of a critère.
pub enum Compared {
    /// All of it.
    Whole,
    /// These sources, with their weights.
    Sources(BTreeMap<SourceCode, f64>),
    /// Nothing.
    Nothing,
}

pub fn compared(campaigns: [&Campaign; 2], site: &str, code: &str) -> Compared {
    let r = &campaigns[1].referentiel;
    let critere = &r.criteres[r.critere(code).expect("a critère")];
    let [first, second] = campaigns.map(|campaign| used(campaign, site, critere));
    let mut kept = second.clone();
    kept.retain(|source, _| first.contains_key(source));
    let levels = |campaign: &Campaign| -> Vec<Option<f64>> {
        let elements = critere.elements.iter().map(|e| &r.elements[*e]);
        let data = elements.filter(|e| e.source == SourceCode::Don);
        data.map(|e| {
            let own = &campaign.indicators;
            own.get_source(site, Level::Element, &e.code, Some(e.source))?
                .value
        })
        .collect()
    };
    if levels(campaigns[0]) != levels(campaigns[1]) {
        kept.remove(&SourceCode::Don);
    }
    if kept.is_empty() {
        Compared::Nothing
    } else if kept.len() == first.len() && kept.len() == second.len() {
        Compared::Whole
    } else {
        Compared::Sources(kept)
    }
}

impl Knowledge {
    /// The unknown that a change of a critère is told of, in one campaign.
    pub fn compared_level(
        &mut self,
        campaigns: [&Campaign; 2],
        site: &str,
        code: &str,
        era: &str,
    ) -> Option<usize> {
        match compared(campaigns, site, code) {
            Compared::Nothing => None,
            Compared::Whole => Some(self.solver.level(&format!("L|{era}|{site}|{code}"))),
            Compared::Sources(kept) => {
                let mean = self.solver.level(&format!("T|{era}|{site}|{code}"));
                let parts: Vec<(usize, f64)> = kept
                    .iter()
                    .map(|(source, weight)| {
                        let name = format!("S|{era}|{site}|{code}|{source}");
                        (self.solver.level(&name), *weight)
                    })
                    .collect();
                self.solver.mean(mean, &parts);
                Some(mean)
            }
        }
    }
}
