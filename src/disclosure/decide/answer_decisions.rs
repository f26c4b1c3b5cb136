//! Which answers this audience may see, question by question and group by group.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::answer_group::{AnswerGroup, GroupRules, GroupState, SiteAnswers};
use super::answer_sums::without;
use super::campaign_figures::CampaignFigures;
use super::grouped_question::GroupedQuestion;
use super::left_answers::{LeftAnswers, mean_span};
use super::printed_level::LevelRange;
use super::question_groups::GroupSums;
use super::question_plan::{GroupProtection, QuestionPlan};
use super::reading::{PossibleMeans, Reading, member_range, range_elsewhere};
use super::site_answers::{outside_answers, question_answers, respondents};
use crate::figures::Distribution;
use crate::vocabulary::config::Thresholds;
use crate::vocabulary::referentiel::{Element, MICRO, Referentiel, SourceCode};

/// Questionnaires whose distributions are printed.
pub(crate) const PRINTED_SOURCES: [SourceCode; 3] =
    [SourceCode::Fam, SourceCode::Enf, SourceCode::Eqp];

/// Answers that remain from which none of them is close to any team.
const MANY: usize = 500;

/// Answers to one question, and what may be shown of them.
struct DecidedQuestion {
    /// The same for every reader.
    sites: Arc<[SiteAnswers]>,
    sums: GroupSums,
    plan: QuestionPlan,
    rules: GroupRules,
    means: PossibleMeans,
    takers: OnceLock<TakersByRemainder>,
}

/// By where what remains is held, then by what they answered: teams, by position.
type TakersByRemainder = FxHashMap<usize, BTreeMap<Vec<usize>, Vec<usize>>>;

/// A questionnaire of a site that is kept back for the sake of another site: position of the site, of the critère.
pub(crate) type KeptBack = (usize, usize, SourceCode);

/// What subtraction leaves of a total to a question: the sites in it, by position.
pub(crate) struct TotalRemainder {
    pub(crate) element: usize,
    pub(crate) sites: Vec<usize>,
}

/// Decisions on all questions, and on the numbers of respondents.
pub(crate) struct AnswerDecisions {
    /// By position of the élément, then those outside the référentiel.
    questions: BTreeMap<usize, DecidedQuestion>,
    /// Questions that are printed of no place and weigh in levels all the same, by position of the
    /// élément.
    unprinted: BTreeMap<usize, DecidedQuestion>,
    returns: BTreeMap<SourceCode, DecidedQuestion>,
    /// Sites are read side by side, by others than those who work there.
    together: bool,
    /// Questionnaires of sites whose levels would tell those of others beside totals.
    kept_back: BTreeSet<KeptBack>,
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
        let (mut questions, mut unprinted) = (BTreeMap::new(), BTreeMap::new());
        let asked = r.elements.iter().enumerate();
        for (position, element) in asked.filter(|(_, e)| e.source.is_questionnaire()) {
            let rules = GroupRules {
                levels: modality_levels(r, element),
                ..rules(figures, thresholds, team, element.source)
            };
            let known = base.and_then(|b| b.question(position));
            let sites = sites_of(known, || question_answers(figures, position));
            if PRINTED_SOURCES.contains(&element.source) {
                questions.insert(position, decided(figures, sites, rules, known));
            } else {
                let never = rules.never();
                unprinted.insert(position, decided(figures, sites, never, None));
            }
        }
        for (rank, outside) in figures.outside.iter().enumerate() {
            if PRINTED_SOURCES.contains(&outside.source) {
                let position = figures.outside_position(rank);
                let earlier = base.and_then(|b| b.questions.get(&position));
                let rules = rules(figures, thresholds, team, outside.source);
                let sites = sites_of(earlier, || outside_answers(figures, outside));
                questions.insert(position, decided_among(sites, 0, rules, earlier));
            }
        }
        let mut returns = BTreeMap::new();
        for source in PRINTED_SOURCES.into_iter().chain([SourceCode::Ens]) {
            let rules = GroupRules {
                opinions: false,
                ..rules(figures, thresholds, team, source)
            };
            let earlier = base.and_then(|b| b.returns.get(&source));
            let sites = sites_of(earlier, || respondents(figures, source));
            returns.insert(source, decided(figures, sites, rules, earlier));
        }
        Self {
            questions,
            unprinted,
            returns,
            together: figures.audience.reads_all_sites(),
            kept_back: BTreeSet::new(),
        }
    }

    /// Keeps back levels that would tell beside totals what few people of other sites answered.
    pub(crate) fn keep_back(&mut self, kept: BTreeSet<KeptBack>) {
        self.kept_back = kept;
    }

    /// Whether what a questionnaire says of a critère at a site is kept back so.
    pub(crate) fn keeps_back(&self, site: usize, critere: usize, source: SourceCode) -> bool {
        self.kept_back.contains(&(site, critere, source))
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

    /// Levels between which the mean of a site's hidden answers must lie, from the totals shown and
    /// from what a reader knows.
    pub(crate) fn range(
        &self,
        element: usize,
        site: usize,
        reading: Reading,
    ) -> Option<LevelRange> {
        self.question(element)?.range(site, reading)
    }

    /// Means that the hidden answers of a site can have, when they are few.
    pub(crate) fn possible_means(
        &self,
        element: usize,
        site: usize,
        reading: Reading,
    ) -> Option<Arc<[f64]>> {
        let question = self.question(element)?;
        let answers = &question.sites[site].answers;
        question.means.get(&question.rules.levels, answers, reading)
    }

    /// A question, printed somewhere or not.
    fn question(&self, element: usize) -> Option<&DecidedQuestion> {
        let printed = self.questions.get(&element);
        printed.or_else(|| self.unprinted.get(&element))
    }

    /// Readers to whom the hidden answers of a site may be closer than to anyone. Of its own report,
    /// members of the site; of what is told of all sites, members of others, and teams that are shown
    /// theirs among few others: what members of the site make of totals is looked at beside their own
    /// report.
    pub(crate) fn readings(&self, site: usize, margin: f64) -> BTreeSet<Reading> {
        let mut readings = BTreeSet::from([Reading::Anyone]);
        for question in self.questions.values().chain(self.unprinted.values()) {
            if self.together {
                question.add_other_readings(site, margin, &mut readings);
            } else if question.is_unclear(site) {
                readings.extend([Reading::Lowest, Reading::Highest]);
            }
        }
        readings
    }

    /// Whether answers were given to a question at a site that are not told as they are.
    pub(crate) fn is_unclear(&self, element: usize, site: usize) -> bool {
        let question = self.question(element);
        question.is_some_and(|q| q.is_unclear(site))
    }

    /// Whether totals are told beside sites.
    pub(crate) fn are_together(&self) -> bool {
        self.together
    }

    /// Keeps back the total above a site to a question, the next one up where that one is not told; false
    /// where none is.
    pub(crate) fn withhold_above(&mut self, element: usize, site: usize) -> bool {
        let question = self.questions.get_mut(&element);
        question.is_some_and(|q| q.withhold_above(site))
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

/// Answers of each site to a question, held once for all who are told of it.
fn sites_of(
    base: Option<&DecidedQuestion>,
    read: impl FnOnce() -> Vec<SiteAnswers>,
) -> Arc<[SiteAnswers]> {
    base.map_or_else(|| read().into(), |base| Arc::clone(&base.sites))
}

fn decided(
    figures: &CampaignFigures,
    sites: Arc<[SiteAnswers]>,
    rules: GroupRules,
    base: Option<&DecidedQuestion>,
) -> DecidedQuestion {
    decided_among(sites, figures.sectors.len(), rules, base)
}

/// The same among so many sectors.
fn decided_among(
    sites: Arc<[SiteAnswers]>,
    sectors: usize,
    rules: GroupRules,
    base: Option<&DecidedQuestion>,
) -> DecidedQuestion {
    let question = GroupedQuestion::new(&sites, sectors, rules.clone());
    let plan = question.plan(base.map(|b| &b.plan));
    let sums = question.into_sums();
    DecidedQuestion {
        sites,
        sums,
        plan,
        means: PossibleMeans::of(rules.levels.len()),
        takers: OnceLock::new(),
        rules,
    }
}

impl DecidedQuestion {
    fn range(&self, site: usize, reading: Reading) -> Option<LevelRange> {
        let anyone = self.plan.ranges[site];
        match reading {
            Reading::Anyone => anyone,
            Reading::Team(team) => self.range_to_team(site, team).or(anyone),
            Reading::Elsewhere => {
                let left = self.plan.left[site].as_deref();
                left.and_then(|left| {
                    range_elsewhere(&self.rules.levels, left, &self.sites[site].answers)
                })
            }
            Reading::Lowest | Reading::Highest => {
                let left = self.plan.left[site].as_deref();
                let answers = &self.sites[site].answers;
                member_range(&self.rules.levels, left, answers, reading)
            }
        }
    }

    /// Whether answers were given that are not told as they are.
    fn is_unclear(&self, site: usize) -> bool {
        let state = self.plan.sites[site];
        let levels = !self.rules.levels.is_empty() && self.sites[site].answers.total() > 0;
        levels && (state.mask().is_some() || state == GroupState::Blurred)
    }

    fn withhold_above(&mut self, site: usize) -> bool {
        let sector = self.sites[site].sector.map(AnswerGroup::Sector);
        let above = sector.into_iter().chain([AnswerGroup::Territory]);
        let mut told = above.filter(|group| self.plan.state(*group).is_shown());
        let Some(group) = told.next() else {
            return false;
        };
        let protection = GroupProtection {
            group,
            sites: vec![site],
        };
        let question =
            GroupedQuestion::new(&self.sites, self.sums.sectors.len(), self.rules.clone());
        question.withhold(&mut self.plan, protection);
        self.takers = OnceLock::new();
        true
    }

    /// The same once a team has taken away its own answers, which are among those that remain.
    fn range_to_team(&self, site: usize, team: usize) -> Option<LevelRange> {
        let LeftAnswers::Known(answers) = self.plan.left[site].as_deref()? else {
            return None;
        };
        if !self.takes_away(site, team) {
            return None;
        }
        let n = self.sites[site].answers.total();
        let rest = without(answers, &self.sites[team].answers);
        mean_span(&self.rules.levels, &rest, n)
    }

    /// Whether answers that a team is shown are among those that remain around a site.
    fn takes_away(&self, site: usize, team: usize) -> bool {
        let [left, theirs] = [site, team].map(|site| self.plan.left[site].as_ref());
        let is_among = (left.zip(theirs)).is_some_and(|(left, theirs)| Arc::ptr_eq(left, theirs));
        is_among && team != site && self.is_shown(team)
    }

    /// Whether a team is shown its own answers.
    fn is_shown(&self, team: usize) -> bool {
        self.rules.team > 0 && self.sites[team].answers.total() >= self.rules.team
    }

    fn add_other_readings(&self, site: usize, margin: f64, readings: &mut BTreeSet<Reading>) {
        let Some(left) = self.plan.left[site]
            .as_deref()
            .filter(|_| self.is_unclear(site))
        else {
            return;
        };
        readings.insert(Reading::Elsewhere);
        let LeftAnswers::Known(left) = left else {
            return;
        };
        // Among very many nothing is closer to any team.
        let n = self.sites[site].answers.total();
        if left.total() > MANY + n {
            return;
        }
        // Teams that take the same answers away are as close as each other.
        for alike in self.takers(site) {
            let Some(team) = alike.iter().find(|team| **team != site) else {
                continue;
            };
            let range = self.range_to_team(site, *team);
            if range.is_some_and(|range| range.high - range.low < margin) {
                let teams = alike.iter().filter(|team| **team != site);
                readings.extend(teams.copied().map(Reading::Team));
            }
        }
    }

    /// Teams whose answers are among those that remain around a site and are shown to them, by those that
    /// answered alike; the site's own among them.
    fn takers(&self, site: usize) -> impl Iterator<Item = &Vec<usize>> {
        let takers = self.takers.get_or_init(|| {
            let mut takers: TakersByRemainder = FxHashMap::default();
            for team in (0..self.sites.len()).filter(|team| self.is_shown(*team)) {
                if let Some(left) = &self.plan.left[team] {
                    let of_remainder = takers.entry(Arc::as_ptr(left).addr()).or_default();
                    let counts = self.sites[team].answers.counts.clone();
                    of_remainder.entry(counts).or_default().push(team);
                }
            }
            takers
        });
        let left = self.plan.left[site].as_ref();
        let own = left.and_then(|left| takers.get(&Arc::as_ptr(left).addr()));
        own.into_iter().flat_map(BTreeMap::values)
    }

    fn answers(&self, group: AnswerGroup) -> &Distribution {
        match group {
            AnswerGroup::Site(site) => &self.sites[site].answers,
            AnswerGroup::Sector(sector) => &self.sums.sectors[sector].answers,
            AnswerGroup::Territory => &self.sums.territory.answers,
        }
    }
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
