//! Which answers this audience may see, question by question and place by place.

use std::collections::BTreeMap;

use super::ground::Ground;
use super::tree::{Node, Plan, Question, Rules, State};
use crate::figures::Distribution;
use crate::vocabulary::config::Thresholds;
use crate::vocabulary::referentiel::{Element, MICRO, Referentiel, SourceCode};

/// Questionnaires whose distributions are printed.
pub(super) const SHOWN: [SourceCode; 3] = [SourceCode::Fam, SourceCode::Enf, SourceCode::Eqp];

/// Each site's sector and answers to one question.
type Sites = Vec<(Option<usize>, Distribution)>;

/// Decisions on all questions, and on the numbers of respondents.
pub(super) struct Answers {
    questions: BTreeMap<usize, (Sites, Plan)>,
    returns: BTreeMap<SourceCode, (Sites, Plan)>,
}

/// Level of each modality of a question, least favourable first; empty when never converted.
pub(super) fn levels(r: &Referentiel, element: &Element) -> Vec<f64> {
    let modalities = &r.scales[element.scale].modalities;
    let known: Option<Vec<f64>> = modalities
        .iter()
        .map(|m| m.micro.map(|micro| micro as f64 / MICRO as f64))
        .collect();
    let mut levels = known.unwrap_or_default();
    if element.negative {
        levels = levels.iter().rev().map(|level| 5.0 - level).collect();
    }
    levels
}

impl Answers {
    /// Decides everything; `base` is what readers of this delivery get elsewhere.
    pub fn of(ground: &Ground, thresholds: &Thresholds, base: Option<&Self>) -> Self {
        let r = ground.material.referentiel;
        let mut questions = BTreeMap::new();
        for (position, element) in r.elements.iter().enumerate() {
            if !SHOWN.contains(&element.source) {
                continue;
            }
            let collected = &ground.material.indicators.collected;
            let sites = sites(ground, |code| {
                collected.distribution(code, position).unwrap_or_default()
            });
            let rules = rules(ground, thresholds, element.source, levels(r, element));
            let earlier = base.and_then(|b| b.questions.get(&position));
            let plan = plan(ground, &sites, rules, earlier.map(|e| &e.1));
            questions.insert(position, (sites, plan));
        }
        let returns = SHOWN.into_iter().chain([SourceCode::Ens]).map(|source| {
            let collected = &ground.material.indicators.collected;
            let sites = sites(ground, |code| Distribution {
                counts: vec![collected.respondents(code, source)],
                nsp: 0,
            });
            let mut rules = rules(ground, thresholds, source, Vec::new());
            rules.opinions = false;
            let earlier = base.and_then(|b| b.returns.get(&source));
            let plan = plan(ground, &sites, rules, earlier.map(|e| &e.1));
            (source, (sites, plan))
        });
        let returns = returns.collect();
        Self { questions, returns }
    }

    /// What may be shown of a question at a place.
    pub fn state(&self, element: usize, node: Node) -> State {
        let found = self.questions.get(&element);
        found.map_or(State::Empty, |(_, plan)| plan.state(node))
    }

    /// Sites that a masked place of a question protects.
    pub fn protects(&self, element: usize, node: Node) -> &[usize] {
        let found = self.questions.get(&element);
        found.map_or(&[], |(_, plan)| plan.protected_by(node))
    }

    /// Sites that a masked number of respondents protects.
    pub fn return_protects(&self, source: SourceCode, node: Node) -> &[usize] {
        let found = self.returns.get(&source);
        found.map_or(&[], |(_, plan)| plan.protected_by(node))
    }

    /// Levels between which the mean of a site's hidden answers must lie, from the totals shown.
    pub fn room(&self, element: usize, site: usize) -> Option<(f64, f64)> {
        self.questions.get(&element)?.1.rooms[site]
    }

    /// Answers to a question at a place.
    pub fn answers(&self, element: usize, node: Node) -> Distribution {
        let found = self.questions.get(&element);
        found.map_or_else(Distribution::default, |(sites, _)| sum_at(sites, node))
    }

    /// What may be said of the number of respondents at a place, and that number.
    pub fn returns(&self, source: SourceCode, node: Node) -> (State, usize) {
        let Some((sites, plan)) = self.returns.get(&source) else {
            return (State::Empty, 0);
        };
        (plan.state(node), sum_at(sites, node).total())
    }
}

fn sites(ground: &Ground, answers: impl Fn(&str) -> Distribution) -> Sites {
    let one = |s: &&crate::vocabulary::config::Structure| (ground.sector_of(s), answers(&s.code));
    ground.structures.iter().map(one).collect()
}

fn sum_at(sites: &Sites, node: Node) -> Distribution {
    let all = |wanted: &dyn Fn(Option<usize>) -> bool| {
        let inside = sites.iter().filter(|(sector, _)| wanted(*sector));
        super::tree::sum(inside.map(|(_, d)| d))
    };
    match node {
        Node::Site(site) => sites[site].1.clone(),
        Node::Sector(wanted) => all(&|sector| sector == Some(wanted)),
        Node::Territory => all(&|_| true),
    }
}

fn rules(ground: &Ground, t: &Thresholds, source: SourceCode, levels: Vec<f64>) -> Rules {
    // A public that never gets answers of a site at all gets those of the territory from its own
    // threshold on; families of the whole territory count as many as those of one site.
    let territory = match source {
        SourceCode::Eqp | SourceCode::Ens => t.territoire,
        _ if t.territoire == 0 => 0,
        _ => t.territoire.max(t.repondants),
    };
    Rules {
        site: t.per_site(source),
        sector: t.territoire,
        territory,
        levels,
        margin: t.marge_niveau,
        opinions: true,
        together: ground.material.audience.reads_all_sites(),
    }
}

fn plan(ground: &Ground, sites: &Sites, rules: Rules, base: Option<&Plan>) -> Plan {
    Question::new(sites, ground.sectors.len(), rules).plan(base)
}
