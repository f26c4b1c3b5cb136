//! What a reader of a delivery knows: every printed figure as an interval, every sum and mean of
//! the observatory as an equation.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use observatoire::disclosure::{
    AskedAs, ClearedDelivery, ClearedDistribution, ClearedFigure, ClearedSite, Respondents, Shares,
    Shown,
};
use observatoire::figures::{Level, SiteActivity};
use observatoire::vocabulary::referentiel::{Element, MICRO, Referentiel, SourceCode};

use super::common_sources::{Compared, compared, used};
use super::solver::Solver;
use super::truth::Era;
use super::worlds::Campaign;

#[derive(Default)]
pub struct Knowledge {
    pub solver: Solver,
    /// Question → the answer of which only « ou plus » is printed.
    pub blurred: BTreeMap<String, usize>,
    /// Figures read in files.
    pub facts: usize,
    /// Whether all equations are solved at once.
    pub exact: bool,
}

/// What a printed level can be: one decimal, or two where it stands close to its target.
pub fn printed(value: f64) -> (f64, f64) {
    let tenths = value * 10.0;
    if (tenths - tenths.round()).abs() < 1e-6 {
        (value - 0.05, value + 0.05)
    } else {
        (value - 0.01, value + 0.01)
    }
}

fn range(n: Respondents) -> (usize, usize) {
    match n {
        Respondents::Under(k) => (1, k - 1),
        Respondents::Between(a, b) => (a, b),
        Respondents::Exactly(n) => (n, n),
        Respondents::Untold => (0, 10_000),
    }
}

/// A number of answers, and between what its counts may be.
type Candidate = (usize, Vec<(f64, f64)>);

/// Numbers of answers and counts that round to these percents, or are told in these parts.
fn candidates(s: &Shares) -> Vec<Candidate> {
    if s.out_of != 100 {
        return counted(s);
    }
    let (first, last) = range(s.respondents);
    (first..=last)
        .filter_map(|n| {
            let at = |p: &f64| {
                let p = p * 100.0;
                let low = ((p - 0.5) * n as f64 / 100.0 - 1e-9).ceil().max(0.0);
                (low, ((p + 0.5) * n as f64 / 100.0 + 1e-9).floor())
            };
            let counts: Vec<(f64, f64)> = s.parts.iter().map(at).collect();
            let low: f64 = counts.iter().map(|c| c.0).sum();
            let high: f64 = counts.iter().map(|c| c.1).sum();
            let whole = counts.iter().all(|c| c.0 <= c.1);
            (whole && low <= n as f64 && n as f64 <= high).then_some((n, counts))
        })
        .collect()
}

/// Parts, what they are told of, and between how many answers.
type Told = (Vec<usize>, usize, (usize, usize));

thread_local! {
    /// What was counted already, by what was told.
    static COUNTED: RefCell<HashMap<Told, Vec<Candidate>>> = RefCell::default();
}

/// Every way of answering that gives the parts that are told, tried one by one.
fn counted(s: &Shares) -> Vec<Candidate> {
    let parts: Vec<usize> = (s.parts.iter())
        .map(|p| (p * s.out_of as f64).round() as usize)
        .collect();
    let key = (parts.clone(), s.out_of, range(s.respondents));
    if let Some(known) = COUNTED.with_borrow(|known| known.get(&key).cloned()) {
        return known;
    }
    let (first, last) = range(s.respondents);
    let found: Vec<Candidate> = (first..=last)
        .filter_map(|n| {
            let mut ends: Option<Vec<(f64, f64)>> = None;
            each_way(parts.len(), n, &mut Vec::new(), &mut |counts| {
                if in_parts(counts, s.out_of) != parts {
                    return;
                }
                let now = counts.iter().map(|c| (*c as f64, *c as f64)).collect();
                let old = ends.take().unwrap_or_else(|| Vec::clone(&now));
                let both = old.iter().zip(&now);
                ends = Some(both.map(|(a, b)| (a.0.min(b.0), a.1.max(b.1))).collect());
            });
            ends.map(|ends| (n, ends))
        })
        .collect();
    COUNTED.with_borrow_mut(|known| known.insert(key, found.clone()));
    found
}

/// Every way of sharing so many answers between modalities.
fn each_way(left: usize, n: usize, counts: &mut Vec<usize>, to: &mut impl FnMut(&[usize])) {
    if left == 1 {
        counts.push(n);
        to(counts);
        counts.pop();
        return;
    }
    for k in 0..=n {
        counts.push(k);
        each_way(left - 1, n - k, counts, to);
        counts.pop();
    }
}

/// The rule that the docs give (largest remainders, the least favourable first), written from them.
fn in_parts(counts: &[usize], out_of: usize) -> Vec<usize> {
    let n: usize = counts.iter().sum();
    let exact: Vec<f64> = (counts.iter())
        .map(|c| (c * out_of) as f64 / n.max(1) as f64)
        .collect();
    let mut given: Vec<usize> = exact.iter().map(|x| (x + 1e-9).floor() as usize).collect();
    while given.iter().sum::<usize>() < out_of {
        let rest = |m: usize| exact[m] - given[m] as f64;
        let mut next = 0;
        for m in 1..counts.len() {
            if rest(m) > rest(next) + 1e-9 {
                next = m;
            }
        }
        given[next] += 1;
    }
    given
}

pub fn levels(r: &Referentiel, element: &Element) -> Vec<f64> {
    let modalities = &r.scales[element.scale].modalities;
    let levels = modalities
        .iter()
        .filter_map(|m| Some(m.micro? as f64 / MICRO as f64));
    let mut levels: Vec<f64> = levels.collect();
    if element.negative {
        levels = levels.iter().rev().map(|l| 5.0 - l).collect();
    }
    levels
}

impl Knowledge {
    /// Reads a delivery of one campaign.
    pub fn read(&mut self, campaign: &Campaign, delivery: &ClearedDelivery, era: &str) {
        for site in &delivery.sites {
            for q in site.distributions.values().flatten() {
                self.distribution(&format!("{era}|{}|{}", site.structure, q.code), q);
            }
            for q in &site.outside {
                self.distribution(&format!("{era}|{}|{}", site.structure, q.code), q);
                self.answered(site, q, era);
            }
            self.levels(campaign, site, era);
            self.returns(campaign, site, era);
        }
        for sector in &delivery.sectors {
            let place = format!("secteur {}", sector.secteur);
            for q in sector.distributions.values().flatten() {
                self.distribution(&format!("{era}|{place}|{}", q.code), q);
                self.total(era, &place, q, &sector.structures);
            }
        }
        self.organiser(campaign, &delivery.territory.organiser, era);
        let all: Vec<String> = delivery.sites.iter().map(|s| s.structure.clone()).collect();
        for q in &delivery.territory.outside {
            self.distribution(&format!("{era}|territoire|{}", q.code), q);
            self.total(era, "territoire", q, &all);
        }
        for q in delivery.territory.distributions.values().flatten() {
            self.distribution(&format!("{era}|territoire|{}", q.code), q);
            self.total(era, "territoire", q, &all);
            let mut parts: Vec<String> = Vec::new();
            let inside: Vec<&String> = delivery
                .sectors
                .iter()
                .flat_map(|s| &s.structures)
                .collect();
            for sector in &delivery.sectors {
                let place = format!("secteur {}", sector.secteur);
                self.total(era, &place, q, &sector.structures);
                parts.push(place);
            }
            parts.extend(all.iter().filter(|s| !inside.contains(s)).cloned());
            self.total(era, "territoire", q, &parts);
        }
        for (source, told) in &delivery.territory.returns {
            let total = self.solver.number(&format!("R|{era}|tous|{source}"));
            let (low, high) = range(*told);
            self.solver.learn(total, low as f64, high as f64);
            let sites = campaign.structures.iter();
            let parts: Vec<(usize, f64)> = sites
                .map(|s| {
                    let site = format!("R|{era}|{}|{source}", s.code);
                    (self.solver.number(&site), 1.0)
                })
                .collect();
            self.solver.sum(total, &parts);
        }
        for (code, source) in [("I16", SourceCode::Fam), ("I12b", SourceCode::Eqp)] {
            if let Some(received) = delivery.territory.participation.get(code) {
                self.participation(campaign, era, (code, source), received.n);
            }
        }
    }

    /// Learns a printed level.
    pub fn learn_level(&mut self, name: &str, value: f64) {
        let unknown = self.solver.level(name);
        let (low, high) = printed(value);
        self.solver.learn(unknown, low, high);
        self.facts += 1;
    }

    fn distribution(&mut self, name: &str, q: &ClearedDistribution) {
        let (counts, n) = self.counts(name, q.modalities.len());
        if let Ok(shares) = &q.shares {
            self.learn_shares(name, (&counts, n), shares, q.asked == AskedAs::Outside);
        }
    }

    /// Nobody answers a question who did not answer its questionnaire.
    fn answered(&mut self, site: &ClearedSite, q: &ClearedDistribution, era: &str) {
        let asked = format!("N|{era}|{}|{}", site.structure, q.code);
        let asked = self.solver.number(&asked);
        let people = format!("R|{era}|{}|{}", site.structure, q.source);
        let people = self.solver.number(&people);
        self.solver.at_most(vec![(asked, 1.0), (people, -1.0)]);
    }

    /// Learns shares read in a file.
    pub fn shares(&mut self, name: &str, modalities: usize, shares: &Shares) {
        let (counts, n) = self.counts(name, modalities);
        self.learn_shares(name, (&counts, n), shares, false);
        self.facts += 1;
    }

    /// Counts of a question at a place, and their sum.
    fn counts(&mut self, name: &str, modalities: usize) -> (Vec<usize>, usize) {
        let counts: Vec<usize> = (0..modalities)
            .map(|m| self.solver.number(&format!("c|{name}|{m}")))
            .collect();
        let n = self.solver.number(&format!("N|{name}"));
        let parts: Vec<(usize, f64)> = counts.iter().map(|c| (*c, 1.0)).collect();
        self.solver.sum(n, &parts);
        (counts, n)
    }

    /// `outside`: no answer is favourable.
    fn learn_shares(
        &mut self,
        name: &str,
        (counts, n): (&[usize], usize),
        shares: &Shares,
        outside: bool,
    ) {
        if let Some(m) = shares.unanimous {
            let (low, high) = range(shares.respondents);
            self.solver.learn(n, low as f64, high as f64);
            let least = (shares.at_least * low as f64 - 1e-9).ceil();
            self.solver.learn(counts[m], least, high as f64);
            self.solver
                .at_most(vec![(n, shares.at_least), (counts[m], -1.0)]);
            self.blurred.insert(name.to_owned(), m);
            return;
        }
        let possible = candidates(shares);
        assert!(!possible.is_empty(), "{name}: {shares:?}");
        let ends = |of: &dyn Fn(&Candidate) -> (f64, f64)| {
            let all = possible.iter().map(of);
            all.fold((f64::INFINITY, 0.0_f64), |s, x| {
                (s.0.min(x.0), s.1.max(x.1))
            })
        };
        let (low, high) = ends(&|p| (p.0 as f64, p.0 as f64));
        self.solver.learn(n, low, high);
        for (m, count) in counts.iter().enumerate() {
            let (low, high) = ends(&|p| p.1[m]);
            self.solver.learn(*count, low, high);
            let part = shares.parts[m];
            let half = if shares.out_of == 100 {
                0.005
            } else {
                1.0 / shares.out_of as f64
            };
            self.solver.at_most(vec![(*count, 1.0), (n, -part - half)]);
            self.solver.at_most(vec![(*count, -1.0), (n, part - half)]);
        }
        if outside {
            return;
        }
        let top = if counts.len() <= 3 { 1 } else { 2 };
        let favourable = counts.iter().rev().take(top);
        let (more, less): (Vec<_>, Vec<_>) = favourable.map(|c| ((*c, 1.0), (*c, -1.0))).unzip();
        // In parts, it is the sum of those that are told.
        if shares.out_of == 100 && shares.favourable.is_finite() {
            let part = shares.favourable;
            self.solver
                .at_most([more, vec![(n, -part - 0.005)]].concat());
            self.solver
                .at_most([less, vec![(n, part - 0.005)]].concat());
        }
    }

    /// A total is the sum of its sites, whether they are shown or not.
    fn total(&mut self, era: &str, place: &str, q: &ClearedDistribution, sites: &[String]) {
        let names =
            (0..q.modalities.len()).map(|m| (format!("c|{era}|"), format!("|{}|{m}", q.code)));
        for (head, tail) in names.chain([(format!("N|{era}|"), format!("|{}", q.code))]) {
            let whole = self.solver.number(&format!("{head}{place}{tail}"));
            let parts: Vec<(usize, f64)> = sites
                .iter()
                .map(|s| (self.solver.number(&format!("{head}{s}{tail}")), 1.0))
                .collect();
            self.solver.sum(whole, &parts);
        }
    }

    /// Respondents of a site, from its band and its response rate, whose denominator is public.
    fn returns(&mut self, campaign: &Campaign, site: &ClearedSite, era: &str) {
        for (source, told) in &site.returns {
            let unknown = self
                .solver
                .number(&format!("R|{era}|{}|{source}", site.structure));
            if !matches!(told, Respondents::Under(_) | Respondents::Untold) {
                let (low, high) = range(*told);
                self.solver.learn(unknown, low as f64, high as f64);
            }
            // Nobody answers one question who did not answer the questionnaire.
            for q in site.distributions.get(source).into_iter().flatten() {
                let asked = format!("N|{era}|{}|{}", site.structure, q.code);
                let asked = self.solver.number(&asked);
                self.solver.at_most(vec![(asked, 1.0), (unknown, -1.0)]);
            }
        }
        for (code, source) in [("I16", SourceCode::Fam), ("I12b", SourceCode::Eqp)] {
            let shown = site.activities.iter().find(|a| a.code == code);
            let figure = campaign
                .indicators
                .get(&site.structure, Level::Activite, code);
            if let (Some(Some(Shown::Value(v))), Some(f)) = (shown.map(|a| a.value), figure) {
                let unknown = self
                    .solver
                    .number(&format!("R|{era}|{}|{source}", site.structure));
                let all = f.expected as f64;
                self.solver
                    .learn(unknown, (v - 0.005) * all, (v + 0.005) * all);
            }
        }
    }

    fn participation(
        &mut self,
        campaign: &Campaign,
        era: &str,
        (code, source): (&str, SourceCode),
        received: usize,
    ) {
        let total = self.solver.number(&format!("R|{era}|territoire|{source}"));
        self.solver.learn(total, received as f64, received as f64);
        let mut parts = Vec::new();
        for s in &campaign.structures {
            let figure = campaign.indicators.get(&s.code, Level::Activite, code);
            if figure.is_some_and(|f| f.value.is_some() && f.expected > 0) {
                parts.push((
                    self.solver.number(&format!("R|{era}|{}|{source}", s.code)),
                    1.0,
                ));
            }
        }
        self.solver.sum(total, &parts);
    }

    /// Axes from critères, critères from sources, sources from éléments, as the rules say.
    fn levels(&mut self, campaign: &Campaign, site: &ClearedSite, era: &str) {
        let r = &campaign.referentiel;
        let figures: Vec<&ClearedFigure> = site.criteres.iter().chain(&site.axes).collect();
        let name = |kind: &str, code: &str| format!("{kind}|{era}|{}|{code}", site.structure);
        for figure in figures {
            if let Some(Shown::Value(v)) = figure.value {
                let unknown = self.solver.level(&name("L", &figure.code));
                let (low, high) = printed(v);
                self.solver.learn(unknown, low, high);
            }
        }
        let value = |level, code: &str, source| {
            let found = campaign
                .indicators
                .get_source(&site.structure, level, code, source);
            found.and_then(|f| f.value)
        };
        for axe in &r.axes {
            let mut parts = Vec::new();
            for &c in &axe.criteres {
                let critere = &r.criteres[c];
                if value(Level::Critere, &critere.code, None).is_some() {
                    let unknown = self.solver.level(&name("L", &critere.code));
                    parts.push((unknown, critere.weight));
                    self.critere(campaign, site, era, c);
                }
            }
            if value(Level::Axe, &axe.code, None).is_some() {
                let unknown = self.solver.level(&name("L", &axe.code));
                self.solver.mean(unknown, &parts);
            }
        }
        for gap in &site.gaps {
            for (source, v) in [("AUT", gap.aut), ("OBS", gap.obs)] {
                let unknown = self
                    .solver
                    .level(&name("S", &format!("{}|{source}", gap.code)));
                self.solver.learn(unknown, v - 0.05, v + 0.05);
            }
        }
    }

    fn critere(&mut self, campaign: &Campaign, site: &ClearedSite, era: &str, position: usize) {
        let r = &campaign.referentiel;
        let critere = &r.criteres[position];
        let code = &critere.code;
        let mut parts: Vec<(usize, f64)> = Vec::new();
        for (source, weight) in used(campaign, &site.structure, critere) {
            let name = format!("S|{era}|{}|{code}|{source}", site.structure);
            parts.push((self.solver.level(&name), weight));
            self.source(campaign, site, era, (position, source));
        }
        let unknown = self
            .solver
            .level(&format!("L|{era}|{}|{code}", site.structure));
        self.solver.mean(unknown, &parts);
    }

    fn source(
        &mut self,
        campaign: &Campaign,
        site: &ClearedSite,
        era: &str,
        (position, source): (usize, SourceCode),
    ) {
        let r = &campaign.referentiel;
        let critere = &r.criteres[position];
        let must = site.imperatifs.iter().find(|i| i.code == critere.code);
        let told = must.is_some_and(|i| matches!(i.status, Shown::Value(_)));
        let mut parts = Vec::new();
        for &e in &critere.elements {
            let element = &r.elements[e];
            let own = &campaign.indicators;
            let figure =
                own.get_source(&site.structure, Level::Element, &element.code, Some(source));
            let Some(value) = figure
                .and_then(|f| f.value)
                .filter(|_| element.source == source)
            else {
                continue;
            };
            let unknown = self
                .solver
                .level(&format!("M|{era}|{}|{}", site.structure, element.code));
            parts.push((unknown, element.weight));
            // The page of impératifs says which éléments are not at the top.
            let top = told && element.must && value >= 4.0 - 1e-9;
            let rating = site.ratings.iter().find(|x| x.element == element.code);
            if let Some(rating) = rating {
                self.solver
                    .learn(unknown, rating.level - 0.05, rating.level + 0.05);
            }
            if top
                || element
                    .don
                    .as_ref()
                    .is_some_and(|d| is_told(site, &d.measure))
            {
                self.solver.learn(unknown, value, value);
            }
        }
        let whole = format!("S|{era}|{}|{}|{source}", site.structure, critere.code);
        let whole = self.solver.level(&whole);
        self.solver.mean(whole, &parts);
    }

    /// What the second delivery says of the first campaign and of the change.
    pub fn compare(&mut self, before: &Campaign, after: &Campaign, delivery: &ClearedDelivery) {
        for own in &delivery.territory.organiser {
            let [first, second] = [(before, "1"), (after, "2")]
                .map(|(campaign, era)| self.organiser_whole(campaign, &own.figure.code, era));
            if own.figure.previous.is_some() {
                self.change(&own.figure, first, second);
            }
        }
        for site in &delivery.sites {
            let r = &after.referentiel;
            let valued = |c: &Campaign, code: &str| {
                let figure = c.indicators.get(&site.structure, Level::Critere, code);
                figure.is_some_and(|f| f.value.is_some())
            };
            for f in &site.criteres {
                let both = ["1", "2"]
                    .map(|era| self.compared_level([before, after], &site.structure, &f.code, era));
                // What is printed of the campaign before is its whole level.
                let whole = self
                    .solver
                    .level(&format!("L|1|{}|{}", site.structure, f.code));
                self.earlier(f, whole);
                if let [Some(first), Some(second)] = both {
                    self.moved(f, first, second);
                }
            }
            for f in &site.axes {
                let Some(axe) = r.axes.iter().find(|a| a.code == f.code) else {
                    continue;
                };
                let common: Vec<&str> = axe
                    .criteres
                    .iter()
                    .map(|c| r.criteres[*c].code.as_str())
                    .filter(|c| valued(before, c) && valued(after, c))
                    .filter(|c| {
                        let compared = compared([before, after], &site.structure, c);
                        !matches!(compared, Compared::Nothing)
                    })
                    .collect();
                if f.evolution.as_ref().and_then(|e| e.delta).is_none() || common.is_empty() {
                    continue;
                }
                let mut means = [0, 0];
                for (era, mean) in ["1", "2"].iter().zip(&mut means) {
                    *mean = self
                        .solver
                        .level(&format!("K|{era}|{}|{}", site.structure, f.code));
                    let mut parts: Vec<(usize, f64)> = Vec::new();
                    for c in &common {
                        let weight = r.criteres[r.critere(c).expect("known")].weight;
                        let level = self.compared_level([before, after], &site.structure, c, era);
                        parts.extend(level.map(|level| (level, weight)));
                    }
                    self.solver.mean(*mean, &parts);
                }
                let is_whole = |c: &&str| {
                    let compared = compared([before, after], &site.structure, c);
                    matches!(compared, Compared::Whole)
                };
                if common.iter().all(is_whole) {
                    self.split(
                        after,
                        site,
                        axe.criteres.as_slice(),
                        (&common, means[1]),
                        &f.code,
                    );
                }
                self.change(f, means[0], means[1]);
            }
        }
    }

    /// The axe of all critères is also the mean of the common ones and of the rest.
    fn split(
        &mut self,
        after: &Campaign,
        site: &ClearedSite,
        criteres: &[usize],
        (common, mean): (&[&str], usize),
        axe: &str,
    ) {
        let r = &after.referentiel;
        let mut weight = 0.0;
        let mut parts = Vec::new();
        for &c in criteres {
            let critere = &r.criteres[c];
            let figure = after
                .indicators
                .get(&site.structure, Level::Critere, &critere.code);
            if common.contains(&critere.code.as_str()) {
                weight += critere.weight;
            } else if figure.is_some_and(|f| f.value.is_some()) {
                let name = format!("L|2|{}|{}", site.structure, critere.code);
                parts.push((self.solver.level(&name), critere.weight));
            }
        }
        parts.push((mean, weight));
        let figure = after.indicators.get(&site.structure, Level::Axe, axe);
        if figure.is_some_and(|f| f.value.is_some()) {
            let whole = self.solver.level(&format!("L|2|{}|{axe}", site.structure));
            self.solver.mean(whole, &parts);
        }
    }

    pub(super) fn change(&mut self, f: &ClearedFigure, first: usize, second: usize) {
        self.earlier(f, first);
        self.moved(f, first, second);
    }

    fn earlier(&mut self, f: &ClearedFigure, first: usize) {
        if let Some(v) = f.previous {
            let (low, high) = printed(v);
            self.solver.learn(first, low, high);
        }
    }

    fn moved(&mut self, f: &ClearedFigure, first: usize, second: usize) {
        if let Some(delta) = f.evolution.as_ref().and_then(|e| e.delta) {
            let name = format!("D|{first}|{second}");
            let moved = self
                .solver
                .unknown(&name, delta - 0.05, delta + 0.05, false);
            self.solver.sum(second, &[(first, 1.0), (moved, 1.0)]);
        }
    }

    /// Somebody counted who answered: a mean is then a sum of counts.
    pub fn turnout(&mut self, eras: &[Era]) {
        for era in eras {
            let r = &era.campaign.referentiel;
            for ((site, code), answers) in &era.truth.answers {
                let name = format!("{}|{site}|{code}", era.name);
                // A question outside the référentiel has no level.
                let element = r.element(code).map(|e| &r.elements[e]);
                if element.is_some_and(|e| !e.source.is_questionnaire()) {
                    continue;
                }
                let levels = element.map_or_else(Vec::new, |e| levels(r, e));
                let n = answers.total() as f64;
                let (counts, total) = self.counts(&name, answers.counts.len());
                self.solver.learn(total, n, n);
                if levels.len() == counts.len() && n > 0.0 {
                    let mean = self.solver.level(&format!("M|{name}"));
                    let parts = counts.iter().zip(&levels);
                    let parts: Vec<(usize, f64)> = parts.map(|(c, l)| (*c, l / n)).collect();
                    self.solver.sum(mean, &parts);
                }
            }
        }
    }

    /// Tightens, turns bounds of counts into bounds of means, and tightens again.
    pub fn think(&mut self, eras: &[Era]) {
        self.solver.tighten();
        for era in eras {
            let r = &era.campaign.referentiel;
            for (site, e) in era.campaign.indicators.collected.distributed() {
                let name = format!("{}|{site}|{}", era.name, r.elements[e].code);
                let levels = levels(r, &r.elements[e]);
                let counts = (0..levels.len()).map(|m| self.solver.find(&format!("c|{name}|{m}")));
                let counts: Option<Vec<(f64, f64)>> = counts.collect();
                if let (Some(counts), Some(_)) = (counts, self.solver.find(&format!("M|{name}"))) {
                    let (low, high) = mean_of(&levels, &counts);
                    let unknown = self.solver.level(&format!("M|{name}"));
                    // Nobody may have an opinion.
                    if low <= high {
                        self.solver.learn(unknown, low, high);
                    }
                }
            }
        }
        self.solver.tighten();
    }

    /// Bounds of an unknown: all equations at once where one after the other leaves enough.
    fn bounds(&self, name: &str) -> Option<(f64, f64)> {
        if self.exact {
            self.solver.exact(name)
        } else {
            self.solver.find(name)
        }
    }

    /// `attainable`: the means that the answers can have, when they are that few.
    pub fn mean_found(&self, name: &str, margin: f64, attainable: &[f64]) -> Option<String> {
        let within = |(low, high): (f64, f64)| {
            let inside = |mean: &&f64| (low - 1e-4..=high + 1e-4).contains(*mean);
            let (first, last) = (
                attainable.iter().find(inside),
                attainable.iter().rfind(inside),
            );
            match (first, last) {
                (Some(first), Some(last)) => (*first, *last),
                _ => (low, high),
            }
        };
        let is_open = |bounds| {
            let (low, high) = within(bounds);
            high - low >= margin - 1e-4
        };
        if self.solver.seen(name).is_some_and(is_open) {
            return None;
        }
        let bounds = self.bounds(name)?;
        let (low, high) = within(bounds);
        (!is_open(bounds)).then(|| format!("{name} entre {low:.3} et {high:.3}"))
    }

    /// `own` answers among them are the reader's.
    pub fn count_found(&self, name: &str, width: f64, own: f64) -> Option<String> {
        if self.solver.is_seen_apart(name, width.max(1.0)) {
            return None;
        }
        let (low, high) = self.bounds(name)?;
        (low - own >= 1.0 && high - low < width).then(|| format!("{name} entre {low} et {high}"))
    }

    /// That all answered alike, or all but one, who then knows it.
    pub fn pinned(&self, count: &str, total: &str) -> Option<String> {
        let (low, _) = self.bounds(count)?;
        let (_, most) = self.bounds(total)?;
        (low + 1.0 >= most).then(|| format!("{count} ≥ {low} sur {most}"))
    }
}

/// Least and greatest mean of answers whose counts lie between bounds.
fn mean_of(levels: &[f64], counts: &[(f64, f64)]) -> (f64, f64) {
    let at = |split: usize, low_first: bool| {
        let pick = |m: usize, c: &(f64, f64)| if (m < split) == low_first { c.1 } else { c.0 };
        let picked = counts.iter().enumerate().map(|(m, c)| pick(m, c));
        let picked: Vec<f64> = picked.collect();
        let n: f64 = picked.iter().sum();
        let sum: f64 = picked.iter().zip(levels).map(|(c, l)| c * l).sum();
        (n > 0.0).then(|| sum / n)
    };
    let ends = |low_first: bool| (0..=levels.len()).filter_map(move |s| at(s, low_first));
    (
        ends(true).fold(4.0, f64::min).max(1.0),
        ends(false).fold(1.0, f64::max).min(4.0),
    )
}

/// Whether the site's activity page prints a measure, by its code or by the columns it divides.
fn is_told(site: &ClearedSite, measure: &str) -> bool {
    let columns: Vec<&str> = measure.split('/').collect();
    site.activities.iter().any(|a| {
        matches!(a.value, Some(Shown::Value(_)))
            && (a.code == measure || SiteActivity::columns(a.code) == columns)
    })
}
