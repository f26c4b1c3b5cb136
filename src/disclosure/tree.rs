//! One question over sites, sectors and the territory. The rule: whatever subtraction gives back
//! must itself be a group that could be shown.
//!
//! Totals and their parts form a tree, so all that subtraction can isolate is, under each total
//! shown, what remains of it once its shown parts are taken away. That remainder is taken as known
//! to the unit, whatever percents were rounded: protection owes nothing to rounding. It must be
//! empty, or come from at least two sites and enough people, and not lean to one answer so much
//! that everyone's is known (Insee, *Manuel de protection des données tabulées*: three units,
//! 85 % dominance; statistics.md 9.1 and 9.2: « refuse a subgroup whose complement is below k »).

use super::Mask;
use crate::figures::Distribution;

/// Sites that must answer for a total to be shown (Insee: three units).
const SITES_MIN: usize = 3;
/// Sites among which what was subtracted stays undecided.
const UNDECIDED: usize = 2;

/// What may be shown of one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Nobody was asked.
    Empty,
    /// Its distribution.
    Exact,
    /// Only that nearly all gave the same answer.
    Blurred,
    /// Nothing.
    Masked(Mask),
}

impl State {
    pub(super) fn mask(self) -> Option<Mask> {
        match self {
            Self::Masked(mask) => Some(mask),
            _ => None,
        }
    }

    fn is_shown(self) -> bool {
        matches!(self, Self::Exact | Self::Blurred)
    }
}

/// From how many answers on, and how far apart they must lie.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    /// Least number at a site, a sector, the territory; 0 means never.
    pub site: usize,
    /// Of a sector.
    pub sector: usize,
    /// Of the territory.
    pub territory: usize,
    /// Level of each modality, empty when answers are no levels.
    pub levels: Vec<f64>,
    /// Least distance in levels between the answers of what remains.
    pub margin: f64,
    /// Answers are opinions: near unanimity tells everyone's.
    pub opinions: bool,
    /// Sites are read side by side, with their totals.
    pub together: bool,
}

/// What a figure masked to protect others protects.
pub(super) type Protected = Vec<usize>;

/// States of one question.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    /// In the order of the sites.
    pub sites: Vec<State>,
    /// In the order of the sectors.
    pub sectors: Vec<State>,
    /// Of the whole.
    pub territory: State,
    /// Place masked for the sake of others, with the sites that it protects.
    pub protects: Vec<(Node, Protected)>,
    /// Lowest and highest level that subtraction leaves possible at each site.
    pub rooms: Vec<Option<(f64, f64)>>,
}

/// A place of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// A site by position.
    Site(usize),
    /// A sector by position.
    Sector(usize),
    /// The whole.
    Territory,
}

/// One question: each site's sector and answers.
pub(super) struct Question<'a> {
    sites: &'a [(Option<usize>, Distribution)],
    /// Sites of each sector.
    sectors: Vec<Vec<usize>>,
    rules: Rules,
}

/// What remains of a total once its shown parts are taken away.
#[derive(Debug, Clone, Default)]
struct Rest {
    /// Answers of what is masked, and how many sites gave some.
    hidden: Distribution,
    sites: usize,
    /// The same with what is blurred.
    unclear: Distribution,
    /// Answers of what is shown exactly.
    exact: usize,
}

impl Rest {
    fn hide(&mut self, answers: &Distribution, sites: usize) {
        self.hidden = sum([&self.hidden, answers].into_iter());
        self.unclear = sum([&self.unclear, answers].into_iter());
        self.sites += sites;
    }
}

/// From this share on, one answer is so common that everyone's is nearly known: only « n % ou plus »
/// is printed. Fewer than ten people need a lower floor, or the words would say « all ».
pub(super) fn floor(n: usize) -> f64 {
    if n < 10 { 0.8 } else { 0.9 }
}

/// The answer that nearly all gave, if there is one.
pub(super) fn dominant(d: &Distribution) -> Option<usize> {
    let n = d.total();
    let least = floor(n) * n as f64 - 1e-9;
    let (modality, most) = d.counts.iter().enumerate().max_by_key(|(_, c)| **c)?;
    (n > 0 && *most as f64 >= least).then_some(modality)
}

/// Sum of distributions of the same question.
pub(super) fn sum<'a>(all: impl Iterator<Item = &'a Distribution>) -> Distribution {
    let mut total = Distribution::default();
    for one in all {
        if total.counts.len() < one.counts.len() {
            total.counts.resize(one.counts.len(), 0);
        }
        for (sum, count) in total.counts.iter_mut().zip(&one.counts) {
            *sum += count;
        }
        total.nsp += one.nsp;
    }
    total
}

/// A distribution without one of its parts.
fn less(all: &Distribution, part: &Distribution) -> Distribution {
    let mut rest = all.clone();
    for (r, p) in rest.counts.iter_mut().zip(&part.counts) {
        *r -= p;
    }
    rest.nsp -= part.nsp;
    rest
}

impl<'a> Question<'a> {
    /// A question asked at sites, each in a sector (by position) or none.
    pub fn new(sites: &'a [(Option<usize>, Distribution)], sectors: usize, rules: Rules) -> Self {
        let mut members = vec![Vec::new(); sectors];
        for (site, (sector, _)) in sites.iter().enumerate() {
            if let Some(sector) = sector {
                members[*sector].push(site);
            }
        }
        Self {
            sites,
            sectors: members,
            rules,
        }
    }

    /// Decides on every place. `base` holds what other readers of this delivery are already not
    /// shown: it stays masked.
    pub fn plan(&self, base: Option<&Plan>) -> Plan {
        let mut plan = self.primary();
        if let Some(base) = base {
            keep_masked(&mut plan, base);
        }
        if self.rules.together {
            while let Some((node, protects)) = self.next_unsafe(&plan) {
                *plan.state_mut(node) = State::Masked(Mask::Derivable);
                plan.protects.push((node, protects));
            }
            plan.rooms = (0..self.sites.len()).map(|s| self.room(&plan, s)).collect();
        } else {
            plan.sectors.fill(State::Masked(Mask::NotForAudience));
            plan.territory = State::Masked(Mask::NotForAudience);
        }
        plan
    }

    fn primary(&self) -> Plan {
        let state = |d: &Distribution, least: usize, sites: usize, sites_min: usize| {
            if d.total() + d.nsp == 0 {
                State::Empty
            } else if least == 0 {
                State::Masked(Mask::NotForAudience)
            } else if d.total() < least || sites < sites_min {
                State::Masked(Mask::TooFew)
            } else if self.rules.opinions && dominant(d).is_some() {
                State::Blurred
            } else {
                State::Exact
            }
        };
        let total = |node: Node, least: usize| {
            let members = self.members(node);
            let answered = self.answered(&members);
            state(&self.answers(&members), least, answered, SITES_MIN)
        };
        Plan {
            sites: self
                .sites
                .iter()
                .map(|(_, d)| state(d, self.rules.site, 1, 1))
                .collect(),
            sectors: (0..self.sectors.len())
                .map(|s| total(Node::Sector(s), self.rules.sector))
                .collect(),
            territory: total(Node::Territory, self.rules.territory),
            protects: Vec::new(),
            rooms: vec![None; self.sites.len()],
        }
    }

    fn members(&self, node: Node) -> Vec<usize> {
        match node {
            Node::Site(site) => vec![site],
            Node::Sector(sector) => self.sectors[sector].clone(),
            Node::Territory => (0..self.sites.len()).collect(),
        }
    }

    /// Answers of some sites together.
    fn answers(&self, members: &[usize]) -> Distribution {
        sum(members.iter().map(|s| &self.sites[*s].1))
    }

    /// Parts that a total is made of, as far as they are shown: sectors shown as such, else the
    /// sites in them.
    fn parts(&self, plan: &Plan, total: Node) -> Vec<Node> {
        let sites = |members: Vec<usize>| members.into_iter().map(Node::Site);
        if total != Node::Territory {
            return sites(self.members(total)).collect();
        }
        let mut parts: Vec<Node> = Vec::new();
        for sector in 0..self.sectors.len() {
            if plan.sectors[sector].is_shown() {
                parts.push(Node::Sector(sector));
            } else {
                parts.extend(sites(self.members(Node::Sector(sector))));
            }
        }
        let alone = (0..self.sites.len()).filter(|s| self.sites[*s].0.is_none());
        parts.extend(alone.map(Node::Site));
        parts
    }

    /// The first total that gives something back, and the place to mask for it: the smallest part
    /// whose masking is enough, else the smallest part, else the total itself.
    fn next_unsafe(&self, plan: &Plan) -> Option<(Node, Protected)> {
        let sectors = (0..self.sectors.len()).map(Node::Sector);
        for total in sectors.chain([Node::Territory]) {
            if !plan.state(total).is_shown() || self.is_safe(plan, total) {
                continue;
            }
            let protects = self.hidden(plan, total);
            let rest = self.rest(plan, total);
            let parts = self.parts(plan, total).into_iter();
            let mut shown: Vec<(usize, Node)> = parts
                .filter(|p| plan.state(*p).is_shown())
                .map(|p| (self.answers(&self.members(p)).total(), p))
                .collect();
            shown.sort_unstable();
            let enough = shown.iter().find(|(_, part)| {
                let members = self.members(*part);
                let answers = self.answers(&members);
                let mut tried = rest.clone();
                match plan.state(*part) {
                    State::Exact => tried.exact -= answers.total(),
                    _ => tried.unclear = less(&tried.unclear, &answers),
                }
                tried.hide(&answers, self.answered(&members));
                self.leaves_enough(&tried, total, plan.state(total))
            });
            let chosen = enough.or(shown.first()).map_or(total, |(_, part)| *part);
            return Some((chosen, protects));
        }
        None
    }

    fn hidden(&self, plan: &Plan, total: Node) -> Protected {
        let inside = self.members(total).into_iter();
        inside
            .filter(|s| matches!(plan.sites[*s], State::Masked(_) | State::Blurred))
            .collect()
    }

    /// Whether nothing but showable groups can be had from a total by subtraction.
    fn is_safe(&self, plan: &Plan, total: Node) -> bool {
        self.leaves_enough(&self.rest(plan, total), total, plan.state(total))
    }

    fn rest(&self, plan: &Plan, total: Node) -> Rest {
        let mut rest = Rest::default();
        for part in self.parts(plan, total) {
            let members = self.members(part);
            let answers = self.answers(&members);
            match plan.state(part) {
                State::Masked(_) => rest.hide(&answers, self.answered(&members)),
                State::Blurred => rest.unclear = sum([&rest.unclear, &answers].into_iter()),
                _ => rest.exact += answers.total(),
            }
        }
        rest
    }

    fn answered(&self, members: &[usize]) -> usize {
        let answered = members.iter().filter(|s| self.sites[**s].1.total() > 0);
        answered.count()
    }

    fn leaves_enough(&self, rest: &Rest, total: Node, state: State) -> bool {
        let least = match total {
            Node::Sector(_) => self.rules.sector,
            _ => self.rules.territory,
        };
        let told = if state == State::Exact {
            self.are_mixed(&rest.hidden) && !self.leans(&rest.unclear)
        } else {
            // « 90 % ou plus » of a total, less a part that is more divided, would say more of
            // what remains.
            rest.unclear.total() == 0 || rest.exact == 0
        };
        let hidden = rest.hidden.total();
        let nobody = hidden + rest.hidden.nsp == 0;
        told && (nobody || (rest.sites >= UNDECIDED && hidden >= least))
    }

    /// Levels of the answers among which those of a hidden site are, once shown parts are taken
    /// away from the total above it.
    fn room(&self, plan: &Plan, site: usize) -> Option<(f64, f64)> {
        plan.sites[site].mask()?;
        let sector = self.sites[site].0.map(Node::Sector);
        let above = sector
            .filter(|s| plan.state(*s).is_shown())
            .unwrap_or(Node::Territory);
        if plan.state(above) != State::Exact {
            return None;
        }
        let parts = self.parts(plan, above).into_iter();
        let hidden = parts.filter(|p| plan.state(*p).mask().is_some());
        let members: Vec<usize> = hidden.flat_map(|p| self.members(p)).collect();
        self.span(&self.answers(&members))
    }

    fn leans(&self, answers: &Distribution) -> bool {
        self.rules.opinions && dominant(answers).is_some()
    }

    /// Whether these answers may be known to the unit: not nearly all alike, and far enough apart
    /// for the mean of a part of them to stay unknown.
    fn are_mixed(&self, all: &Distribution) -> bool {
        let apart = |(low, high): (f64, f64)| high - low >= self.rules.margin - 1e-9;
        let wide = self.rules.levels.is_empty() || self.span(all).is_none_or(apart);
        !self.leans(all) && wide
    }

    /// Lowest and highest level answered.
    fn span(&self, d: &Distribution) -> Option<(f64, f64)> {
        let pairs = d.counts.iter().zip(&self.rules.levels);
        let mut used = pairs
            .filter(|(count, _)| **count > 0)
            .map(|(_, level)| *level);
        let first = used.next()?;
        Some((first, used.next_back().unwrap_or(first)))
    }
}

/// What is masked there stays masked here.
fn keep_masked(plan: &mut Plan, base: &Plan) {
    let own = plan.sites.iter_mut().chain(&mut plan.sectors);
    let other = base.sites.iter().chain(&base.sectors);
    for (state, earlier) in own.zip(other) {
        if state.is_shown() && earlier.mask().is_some() {
            *state = *earlier;
        }
    }
    if plan.territory.is_shown() && base.territory.mask().is_some() {
        plan.territory = base.territory;
    }
    plan.protects.clone_from(&base.protects);
}

impl Plan {
    /// State of a place.
    pub fn state(&self, node: Node) -> State {
        match node {
            Node::Site(i) => self.sites[i],
            Node::Sector(i) => self.sectors[i],
            Node::Territory => self.territory,
        }
    }

    fn state_mut(&mut self, node: Node) -> &mut State {
        match node {
            Node::Site(i) => &mut self.sites[i],
            Node::Sector(i) => &mut self.sectors[i],
            Node::Territory => &mut self.territory,
        }
    }

    /// Sites that a masked place protects.
    pub fn protected_by(&self, node: Node) -> &[usize] {
        let found = self.protects.iter().find(|(n, _)| *n == node);
        found.map_or(&[], |(_, sites)| sites)
    }
}
