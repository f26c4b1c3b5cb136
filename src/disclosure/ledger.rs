//! What a delivery rests on, to the unit: kept beside it for the log of deliveries, and out of
//! reach of renderers.

use std::collections::BTreeMap;

use super::delivery::Masks;
use super::ground::Ground;
use super::masking::Place;
use super::tree::{Node, State};
use crate::figures::Distribution;
use crate::vocabulary::referentiel::SourceCode;

/// One question at one place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    pub place: Place,
    pub code: String,
    /// Fewest answers by which a later delivery must differ to be printed.
    pub least: usize,
    pub answers: Distribution,
    pub shown: bool,
}

/// Answers behind the levels of one site.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Behind {
    /// Respondents, by questionnaire.
    pub respondents: BTreeMap<SourceCode, usize>,
    /// Sums of micro-levels and counts of their answers, by questionnaire.
    pub pairs: BTreeMap<SourceCode, Vec<(i64, usize)>>,
}

/// Everything exact of a delivery.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Ledger {
    pub asked: Vec<Asked>,
    pub behind: BTreeMap<String, Behind>,
    /// Sector of each site that has one.
    pub sectors: BTreeMap<String, Place>,
    /// Fewest respondents by which the levels of a site must differ to be printed anew.
    pub least: usize,
}

impl Ledger {
    pub fn of(ground: &Ground, masks: &Masks) -> Self {
        let t = &masks.thresholds;
        let mut ledger = Self {
            least: t.repondants.max(t.equipe).max(t.territoire),
            ..Self::default()
        };
        for (position, structure) in ground.structures.iter().enumerate() {
            ledger.questions(
                ground,
                masks,
                &Place::Site(structure.code.clone()),
                Node::Site(position),
            );
            ledger
                .behind
                .insert(structure.code.clone(), behind(ground, &structure.code));
            if !structure.secteur.is_empty() {
                let sector = Place::Sector(structure.secteur.clone());
                ledger.sectors.insert(structure.code.clone(), sector);
            }
        }
        for (position, name) in ground.sectors.iter().enumerate() {
            ledger.questions(
                ground,
                masks,
                &Place::Sector((*name).to_owned()),
                Node::Sector(position),
            );
        }
        ledger.questions(ground, masks, &Place::Territory, Node::Territory);
        ledger
    }

    /// Sector of a site.
    pub fn sector_of(&self, site: &Place) -> Option<&Place> {
        match site {
            Place::Site(code) => self.sectors.get(code),
            _ => None,
        }
    }

    fn questions(&mut self, ground: &Ground, masks: &Masks, place: &Place, node: Node) {
        for (position, element) in ground.material.referentiel.elements.iter().enumerate() {
            let state = masks.answers.state(position, node);
            if state == State::Empty {
                continue;
            }
            let least = match node {
                Node::Site(_) => masks.thresholds.per_site(element.source),
                _ => masks.thresholds.territoire,
            };
            self.asked.push(Asked {
                place: place.clone(),
                code: element.code.clone(),
                // A figure never shown at this place still has neighbours to protect.
                least: least.max(masks.thresholds.territoire),
                answers: masks.answers.answers(position, node),
                shown: state.mask().is_none(),
            });
        }
    }
}

fn behind(ground: &Ground, structure: &str) -> Behind {
    let collected = &ground.material.indicators.collected;
    let mut found = Behind::default();
    for source in SourceCode::ALL.into_iter().filter(|s| s.is_questionnaire()) {
        let n = collected.respondents(structure, source);
        if n > 0 {
            found.respondents.insert(source, n);
        }
    }
    for (position, element) in ground.material.referentiel.elements.iter().enumerate() {
        if !element.source.is_questionnaire() {
            continue;
        }
        let tallies = collected.visits(structure, position).map(|v| v.observers);
        let pair = tallies.fold((0, 0), |sum, t| (sum.0 + t.sum, sum.1 + t.levels as usize));
        if pair.1 > 0 {
            found.pairs.entry(element.source).or_default().push(pair);
        }
    }
    found
}
