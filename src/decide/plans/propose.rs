//! Actions proposed from a campaign: one per impératif that is not met, what protects the child
//! first, then the priorities of the site. Everything is a draft: the team decides.

use super::action::{Action, Integration, Questions};
use super::action_words::{Status, Urgency};
use super::calendar::deadline;
use super::wording::{Evidence, Finding, NAMED};
use crate::base::day::Day;
use crate::base::text::decimal1;
use crate::decide::priorities::{Advice, Priorities, PriorityKind};
use crate::figures::{FigureStatus, Indicators, Level, OUTSIDE, leaves_the_tool};
use crate::vocabulary::AskedWordings;
use crate::vocabulary::config::{Campaign, PlanDelays};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// What actions are proposed from.
pub struct ProposalGround<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// The campaign after it, if one is planned.
    pub next: Option<&'a Campaign>,
    /// Its référentiel.
    pub referentiel: &'a Referentiel,
    /// Its figures.
    pub indicators: &'a Indicators,
    /// In which words its forms asked, where these are not the référentiel's.
    pub wordings: &'a AskedWordings,
    /// What comes first in each structure.
    pub priorities: &'a Priorities,
    /// Day on which they are proposed: deadlines count from it.
    pub day: Day,
    /// Deadlines to propose.
    pub delays: PlanDelays,
}

/// Actions proposed for every structure, by code, numbered from 1 in each. They exist once
/// [`super::Plans::propose`] keeps them. The finding names éléments of observation, interview and
/// activity data with their levels: it is written for the team of the site.
pub fn propose(ground: &ProposalGround) -> Vec<Action> {
    let sites = ground.priorities.sites.iter();
    sites
        .flat_map(|(structure, advice)| ground.site(structure, advice))
        .collect()
}

impl ProposalGround<'_> {
    fn site(&self, structure: &str, advice: &Advice) -> Vec<Action> {
        let r = self.referentiel;
        let mut missed: Vec<usize> = (0..r.criteres.len())
            .filter(|c| self.is_missed(structure, *c))
            .collect();
        missed.sort_by_key(|c| !r.criteres[*c].protection);
        let gaps = advice
            .priorities
            .iter()
            .filter(|p| p.kind == PriorityKind::Gap);
        let gaps = gaps.map(|p| {
            let urgency = if p.certain {
                Urgency::Haute
            } else {
                Urgency::Moyenne
            };
            (p.critere, urgency)
        });
        let musts = missed.into_iter().map(|c| (c, Urgency::Imperatif));
        musts
            .chain(gaps)
            .enumerate()
            .map(|(i, (critere, urgency))| self.action(structure, critere, urgency, i + 1))
            .collect()
    }

    fn is_missed(&self, structure: &str, critere: usize) -> bool {
        let code = &self.referentiel.criteres[critere].code;
        let figure = self.indicators.get(structure, Level::Imperatif, code);
        figure.is_some_and(|f| f.status == FigureStatus::NonAtteint)
    }

    fn action(&self, structure: &str, critere: usize, urgency: Urgency, rank: usize) -> Action {
        let finding = self.finding(structure, critere);
        let critere = finding.critere;
        let outside = leaves_the_tool(self.referentiel, &critere.code, finding.level);
        let text = |words: String| if outside { String::new() } else { words };
        let next = self.next.map(|c| c.debut);
        let due = deadline(self.day, next, urgency, self.delays);
        Action {
            id: identifier(structure, &self.campaign.id, rank),
            structure: structure.to_owned(),
            campagne: self.campaign.id.clone(),
            issued: self.day,
            is_proposed: true,
            is_draft: true,
            criteres: vec![critere.code.clone()],
            priorite: urgency,
            constat: if outside {
                OUTSIDE.to_owned()
            } else {
                finding.sentences()
            },
            objectif: text(finding.aim().to_owned()),
            action: text(finding.first_step()),
            kind: critere.action.filter(|_| !outside),
            responsable: String::new(),
            appui: text(critere.help.clone()),
            cout: None,
            debut: None,
            echeance: due.filter(|_| !outside),
            indicateur: text(finding.indicator()),
            cible: text(if urgency == Urgency::Imperatif {
                "conforme".to_owned()
            } else {
                decimal1(critere.cible)
            }),
            statut: Status::ToLaunch,
            close: None,
            raison: String::new(),
            integration: Integration::default(),
            questions: Questions::default(),
        }
    }

    fn finding(&self, structure: &str, critere: usize) -> Finding<'_> {
        let code = &self.referentiel.criteres[critere].code;
        let figure = self.indicators.get(structure, Level::Critere, code);
        let scores = self.indicators.scores(structure);
        let seen = scores.and_then(|s| s.source(code, SourceCode::Obs));
        Finding {
            critere: &self.referentiel.criteres[critere],
            is_missed: self.is_missed(structure, critere),
            level: figure.and_then(|f| f.value),
            visits: match seen.and_then(|s| s.value) {
                Some(_) => self.visits(structure),
                None => Vec::new(),
            },
            evidence: self.evidence(structure, critere),
        }
    }

    /// Days of the visits, in order.
    fn visits(&self, structure: &str) -> Vec<Day> {
        let grids = self.indicators.collected.grids(structure, SourceCode::Obs);
        let days = grids.iter().filter_map(|grid| grid.date);
        let mut days: Vec<Day> = days.collect();
        days.sort();
        days.dedup();
        days
    }

    /// The lowest éléments that are seen, shown or measured. Questionnaires stay out: a level of
    /// few respondents is nobody's to read.
    fn evidence(&self, structure: &str, critere: usize) -> Vec<Evidence> {
        let r = self.referentiel;
        // A missed rule is explained by what makes it one, and by nothing else.
        let is_missed = self.is_missed(structure, critere);
        let critere = &r.criteres[critere];
        let scores = self.indicators.scores(structure);
        let bar = if is_missed { 4.0 } else { critere.cible };
        let mut found: Vec<Evidence> = critere
            .elements
            .iter()
            .map(|&e| &r.elements[e])
            .filter(|e| {
                if is_missed {
                    e.must
                } else {
                    e.source.counts_for_imperatif()
                }
            })
            .filter_map(|e| {
                let scored = scores?.element(&e.code, e.source)?;
                let level = scored.value.filter(|v| *v < bar - 1e-9)?;
                Some(Evidence {
                    source: e.source,
                    label: e.label.to_string(),
                    level,
                    is_reworded: !self
                        .wordings
                        .asked(&e.code, |code| code == structure)
                        .is_reference(),
                })
            })
            .collect();
        found.sort_by(|a, b| a.level.total_cmp(&b.level));
        found.truncate(NAMED);
        found
    }
}

/// The id of an action, `R01-C1-02`: structure, campaign of origin, rank from 1.
pub fn identifier(structure: &str, campaign: &str, rank: usize) -> String {
    format!("{structure}-{campaign}-{rank:02}")
}
