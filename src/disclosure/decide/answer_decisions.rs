//! Which answers this audience may see, question by question and group by group.

use std::collections::BTreeMap;

use super::answer_group::{AnswerGroup, GroupRules, GroupState, SiteAnswers};
use super::campaign_figures::CampaignFigures;
use super::grouped_question::GroupedQuestion;
use super::printed_level::LevelRange;
use super::question_groups::GroupSums;
use super::question_plan::QuestionPlan;
use crate::figures::Distribution;
use crate::vocabulary::config::Thresholds;
use crate::vocabulary::referentiel::{Element, MICRO, Referentiel, SourceCode};

/// Questionnaires whose distributions are printed.
pub(crate) const PRINTED_SOURCES: [SourceCode; 3] =
    [SourceCode::Fam, SourceCode::Enf, SourceCode::Eqp];

/// Answers to one question, and what may be shown of them.
struct DecidedQuestion {
    sites: Vec<SiteAnswers>,
    sums: GroupSums,
    plan: QuestionPlan,
}

/// What subtraction leaves of a total to a question: the sites in it, by position.
pub(crate) struct TotalRemainder {
    pub(crate) element: usize,
    pub(crate) sites: Vec<usize>,
}

/// Decisions on all questions, and on the numbers of respondents.
pub(crate) struct AnswerDecisions {
    /// By position of the élément.
    questions: BTreeMap<usize, DecidedQuestion>,
    returns: BTreeMap<SourceCode, DecidedQuestion>,
}

/// Level of each modality of a question, least favourable first; empty when never converted.
pub(crate) fn modality_levels(r: &Referentiel, element: &Element) -> Vec<f64> {
    let modalities = &r.scales[element.scale].modalities;
    let converted: Option<Vec<f64>> = modalities
        .iter()
        .map(|m| m.micro.map(|micro| micro as f64 / MICRO as f64))
        .collect();
    let mut levels = converted.unwrap_or_default();
    if element.negative {
        levels = levels.iter().rev().map(|level| 5.0 - level).collect();
    }
    levels
}

impl AnswerDecisions {
    /// Decides everything; `base` is what readers of this delivery get elsewhere, `team` the
    /// thresholds of the teams among them.
    pub(crate) fn of(
        figures: &CampaignFigures,
        thresholds: &Thresholds,
        team: Option<&Thresholds>,
        base: Option<&Self>,
    ) -> Self {
        let r = figures.referentiel;
        let mut questions = BTreeMap::new();
        for (position, element) in r.elements.iter().enumerate() {
            if !PRINTED_SOURCES.contains(&element.source) {
                continue;
            }
            let rules = GroupRules {
                levels: modality_levels(r, element),
                ..rules(figures, thresholds, team, element.source)
            };
            let earlier = base.and_then(|b| b.questions.get(&position));
            let sites = question_answers(figures, position);
            questions.insert(position, decided(figures, sites, rules, earlier));
        }
        let mut returns = BTreeMap::new();
        for source in PRINTED_SOURCES.into_iter().chain([SourceCode::Ens]) {
            let rules = GroupRules {
                opinions: false,
                ..rules(figures, thresholds, team, source)
            };
            let earlier = base.and_then(|b| b.returns.get(&source));
            let sites = respondents(figures, source);
            returns.insert(source, decided(figures, sites, rules, earlier));
        }
        Self { questions, returns }
    }

    /// What may be shown of a question of a group.
    pub(crate) fn state(&self, element: usize, group: AnswerGroup) -> GroupState {
        let question = self.questions.get(&element);
        question.map_or(GroupState::Empty, |q| q.plan.state(group))
    }

    /// Sites that a masked group of a question protects.
    pub(crate) fn protects(&self, element: usize, group: AnswerGroup) -> &[usize] {
        let question = self.questions.get(&element);
        question.map_or(&[], |q| q.plan.protected_by(group))
    }

    /// Sites that a masked number of respondents protects.
    pub(crate) fn return_protects(&self, source: SourceCode, group: AnswerGroup) -> &[usize] {
        let question = self.returns.get(&source);
        question.map_or(&[], |q| q.plan.protected_by(group))
    }

    /// Levels between which the mean of a site's hidden answers must lie, from the totals shown.
    pub(crate) fn range(&self, element: usize, site: usize) -> Option<LevelRange> {
        self.questions.get(&element)?.plan.ranges[site]
    }

    /// Answers of a group to a question.
    pub(crate) fn answers(&self, element: usize, group: AnswerGroup) -> Distribution {
        let question = self.questions.get(&element);
        question.map_or_else(Distribution::default, |q| q.answers(group).clone())
    }

    /// For each question and each total told to the unit, the sites that remain once all that is
    /// shown is taken away.
    pub(crate) fn remainders(&self) -> Vec<TotalRemainder> {
        let mut all = Vec::new();
        for (element, question) in &self.questions {
            let plan = &question.plan;
            let is_hidden = |site: &usize| plan.sites[*site].mask().is_some();
            let sites = 0..question.sites.len();
            let sector = |site: &usize| question.sites[*site].sector;
            for (position, state) in plan.sectors.iter().enumerate() {
                if *state == GroupState::Exact {
                    let members = sites.clone().filter(|s| sector(s) == Some(position));
                    all.push(TotalRemainder {
                        element: *element,
                        sites: members.filter(is_hidden).collect(),
                    });
                }
            }
            if plan.territory == GroupState::Exact {
                let is_told = |s: &usize| sector(s).is_some_and(|p| plan.sectors[p].is_shown());
                let rest = sites.filter(|s| !is_told(s));
                all.push(TotalRemainder {
                    element: *element,
                    sites: rest.filter(is_hidden).collect(),
                });
            }
        }
        all
    }

    /// Answers of a site to a question.
    pub(crate) fn site_answers(&self, element: usize, site: usize) -> Distribution {
        self.answers(element, AnswerGroup::Site(site))
    }

    /// What may be said of the number of respondents of a group.
    pub(crate) fn return_state(&self, source: SourceCode, group: AnswerGroup) -> GroupState {
        let question = self.returns.get(&source);
        question.map_or(GroupState::Empty, |q| q.plan.state(group))
    }

    /// Respondents of a group.
    pub(crate) fn respondents(&self, source: SourceCode, group: AnswerGroup) -> usize {
        let question = self.returns.get(&source);
        question.map_or(0, |q| q.answers(group).total())
    }
}

fn decided(
    figures: &CampaignFigures,
    sites: Vec<SiteAnswers>,
    rules: GroupRules,
    base: Option<&DecidedQuestion>,
) -> DecidedQuestion {
    let question = GroupedQuestion::new(&sites, figures.sectors.len(), rules);
    let plan = question.plan(base.map(|b| &b.plan));
    let sums = question.into_sums();
    DecidedQuestion { sites, sums, plan }
}

impl DecidedQuestion {
    fn answers(&self, group: AnswerGroup) -> &Distribution {
        match group {
            AnswerGroup::Site(site) => &self.sites[site].answers,
            AnswerGroup::Sector(sector) => &self.sums.sectors[sector].answers,
            AnswerGroup::Territory => &self.sums.territory.answers,
        }
    }
}

/// Answers of each site to a question.
fn question_answers(figures: &CampaignFigures, element: usize) -> Vec<SiteAnswers> {
    let collected = &figures.indicators.collected;
    let structures = figures.structures.iter().zip(&figures.sector_of);
    structures
        .map(|(structure, sector)| SiteAnswers {
            sector: *sector,
            answers: collected
                .distribution(&structure.code, element)
                .unwrap_or_default(),
        })
        .collect()
}

/// Respondents of each site to a questionnaire, as one modality that they all chose.
fn respondents(figures: &CampaignFigures, source: SourceCode) -> Vec<SiteAnswers> {
    let collected = &figures.indicators.collected;
    let structures = figures.structures.iter().zip(&figures.sector_of);
    structures
        .map(|(structure, sector)| SiteAnswers {
            sector: *sector,
            answers: Distribution {
                counts: vec![collected.respondents(&structure.code, source)],
                nsp: 0,
            },
        })
        .collect()
}

fn rules(
    figures: &CampaignFigures,
    t: &Thresholds,
    team: Option<&Thresholds>,
    source: SourceCode,
) -> GroupRules {
    // A public that never gets answers of a site at all gets those of the territory from its own
    // threshold on; families of the whole territory count as many as those of one site.
    let territory = match source {
        SourceCode::Eqp | SourceCode::Ens => t.territoire,
        _ if t.territoire == 0 => 0,
        _ => t.territoire.max(t.repondants),
    };
    GroupRules {
        site: t.per_site(source),
        sector: t.territoire,
        territory,
        levels: Vec::new(),
        margin: t.marge_niveau,
        team: team.map_or(0, |t| t.per_site(source)),
        opinions: true,
        together: figures.audience.reads_all_sites(),
    }
}
