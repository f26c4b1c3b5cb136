//! What is hidden, what it truly is, and when an attacker has found it.
//!
//! A hidden mean is found when its bounds lie closer than the audience's margin. A hidden count is
//! found when the bounds prove that someone answered so, and lie closer than the threshold: « at
//! least one, at most four ». That nobody of a showable group answered so is no secret of its parts
//! (Insee: zeros of a frequency table). An answer nearly all gave is found when it is known that all
//! gave it, or all but one, who then knows what each of the others answered.

use std::collections::BTreeMap;

use observatoire::disclosure::{
    Audience, ClearedDelivery, ClearedDistribution, Mask, Respondents, Shares, Shown,
};
use observatoire::figures::{Distribution, Level};
use observatoire::vocabulary::config::Thresholds;
use observatoire::vocabulary::referentiel::SourceCode;

use super::knowledge::{Knowledge, levels};
use super::worlds::{Campaign, Campaigns};

/// True answers and levels of one campaign.
pub struct Truth {
    pub answers: BTreeMap<(String, String), Distribution>,
    levels: BTreeMap<(String, String), f64>,
}

impl Truth {
    pub fn of(campaign: &Campaign) -> Self {
        let r = &campaign.referentiel;
        let collected = &campaign.indicators.collected;
        let outside = super::own_asked::true_answers(&campaign.outside);
        let answers = collected
            .distributed()
            .filter_map(|(site, e)| {
                let key = (site.to_owned(), r.elements[e].code.clone());
                Some((key, collected.distribution(site, e)?))
            })
            .chain(outside)
            .collect();
        let levels = campaign.indicators.figures().iter().filter_map(|f| {
            let wanted = matches!(f.level, Level::Critere | Level::Axe);
            Some((
                (f.structure.to_string(), f.code.to_string()),
                f.value.filter(|_| wanted)?,
            ))
        });
        Self {
            answers,
            levels: levels.collect(),
        }
    }

    fn total(&self, sites: &[&str], code: &str) -> Distribution {
        let mut sum = Distribution::default();
        for site in sites {
            let key = ((*site).to_owned(), code.to_owned());
            let Some(d) = self.answers.get(&key) else {
                continue;
            };
            sum.counts.resize(d.counts.len().max(sum.counts.len()), 0);
            for (s, c) in sum.counts.iter_mut().zip(&d.counts) {
                *s += c;
            }
            sum.nsp += d.nsp;
        }
        sum
    }

    /// Shows again what was masked for this reason: a delivery that leaks. How many figures.
    pub fn show_again(&self, delivery: &mut ClearedDelivery, mask: Mask) -> usize {
        let mut shown = 0;
        let all: Vec<String> = delivery.sites.iter().map(|s| s.structure.clone()).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        for site in &mut delivery.sites {
            let here = [site.structure.as_str()];
            for q in site.distributions.values_mut().flatten() {
                shown += again(q, mask, &self.total(&here, &q.code));
            }
            for q in &mut site.outside {
                shown += again(q, mask, &self.total(&here, &q.code));
            }
            let levels = site.criteres.iter_mut().chain(&mut site.axes);
            for f in levels.filter(|f| f.value == Some(Shown::Masked(mask))) {
                let value = self.levels[&(site.structure.clone(), f.code.clone())];
                f.value = Some(Shown::Value((value * 10.0).round() / 10.0));
                shown += 1;
            }
        }
        for sector in &mut delivery.sectors {
            let inside: Vec<&str> = sector.structures.iter().map(String::as_str).collect();
            for q in sector.distributions.values_mut().flatten() {
                shown += again(q, mask, &self.total(&inside, &q.code));
            }
        }
        for q in delivery.territory.distributions.values_mut().flatten() {
            shown += again(q, mask, &self.total(&all, &q.code));
        }
        for q in &mut delivery.territory.outside {
            shown += again(q, mask, &self.total(&all, &q.code));
        }
        shown
    }
}

/// The shares that masking withheld, rounded like any other.
fn again(q: &mut ClearedDistribution, mask: Mask, d: &Distribution) -> usize {
    if q.shares != Err(mask) {
        return 0;
    }
    let n = d.total();
    let share = |c: &usize| (*c as f64 / n as f64 * 100.0).round() / 100.0;
    q.shares = Ok(Box::new(Shares {
        parts: d.counts.iter().map(share).collect(),
        favourable: {
            let top = if d.counts.len() <= 3 { 1 } else { 2 };
            share(&d.counts.iter().rev().take(top).sum())
        },
        n,
        out_of: 100,
        respondents: Respondents::Exactly(n),
        nsp: 0.0,
        unanimous: None,
        at_least: 0.0,
    }));
    1
}

/// What an attacker finds in the deliveries of two campaigns; how much was hidden.
pub fn found(
    campaigns: &Campaigns,
    audience: Audience,
    deliveries: [&ClearedDelivery; 2],
    truths: &[Truth; 2],
) -> (Vec<String>, usize) {
    found_by(
        Knowledge::default(),
        campaigns,
        audience,
        deliveries,
        truths,
    )
}

/// The same for an attacker who knows something already.
pub fn found_by(
    mut knowledge: Knowledge,
    campaigns: &Campaigns,
    audience: Audience,
    deliveries: [&ClearedDelivery; 2],
    truths: &[Truth; 2],
) -> (Vec<String>, usize) {
    knowledge.read(&campaigns.before, deliveries[0], "1");
    knowledge.read(&campaigns.after, deliveries[1], "2");
    knowledge.compare(&campaigns.before, &campaigns.after, deliveries[1]);
    knowledge.think(&eras(campaigns, truths));
    let reader = Reader {
        thresholds: &|campaign, _| campaign.thresholds[audience],
        own: &BTreeMap::new(),
        bar: None,
    };
    let secrets = reader.secrets(&knowledge, &eras(campaigns, truths));
    let found = secrets.all.iter().filter_map(|s| s.found(&knowledge));
    (found.collect(), secrets.hidden)
}

/// A campaign, or an edition of one, by the name that its unknowns bear.
pub struct Era<'a> {
    pub name: &'static str,
    pub campaign: &'a Campaign,
    pub truth: &'a Truth,
}

/// Both campaigns.
pub fn eras<'a>(campaigns: &'a Campaigns, truths: &'a [Truth; 2]) -> [Era<'a>; 2] {
    let era = |name, campaign, truth| Era {
        name,
        campaign,
        truth,
    };
    [
        era("1", &campaigns.before, &truths[0]),
        era("2", &campaigns.after, &truths[1]),
    ]
}

/// Who looks: what each site hides from them, and the answers that are their own.
pub struct Reader<'a> {
    pub thresholds: &'a dyn Fn(&Campaign, &str) -> Thresholds,
    /// Name of a count → how many of it.
    pub own: &'a BTreeMap<String, f64>,
    /// How close is found, when it is not the audience's margin and threshold.
    pub bar: Option<Bar>,
}

/// How close is found: levels of a mean, width of a count.
#[derive(Clone, Copy)]
pub struct Bar {
    pub mean: f64,
    pub count: f64,
}

/// What is hidden from somebody, and when it is found.
pub enum Secret {
    /// A mean is found between bounds closer than the margin; of few answers that are counted, among
    /// the means that so few can have (empty: any).
    Mean {
        name: String,
        margin: f64,
        attainable: Vec<f64>,
    },
    /// A count is found when somebody else than the reader answered so, within the width.
    Count { name: String, width: f64, own: f64 },
    /// That all, or all but one, gave the answer that nearly all gave.
    Pinned { count: String, total: String },
}

impl Secret {
    /// The unknown that it is about.
    pub fn name(&self) -> &str {
        match self {
            Self::Mean { name, .. } | Self::Count { name, .. } => name,
            Self::Pinned { count, .. } => count,
        }
    }

    /// What somebody who knows so much finds of it.
    pub fn found(&self, knowledge: &Knowledge) -> Option<String> {
        match self {
            Self::Mean {
                name,
                margin,
                attainable,
            } => knowledge.mean_found(name, *margin, attainable),
            Self::Count { name, width, own } => knowledge.count_found(name, *width, *own),
            Self::Pinned { count, total } => knowledge.pinned(count, total),
        }
    }
}

/// All that is hidden from somebody; how many figures that is.
#[derive(Default)]
pub struct Secrets {
    pub all: Vec<Secret>,
    pub hidden: usize,
}

impl Reader<'_> {
    /// What is hidden in these campaigns.
    pub fn secrets(&self, knowledge: &Knowledge, eras: &[Era]) -> Secrets {
        let mut secrets = Secrets::default();
        for era in eras {
            for ((site, code), answers) in &era.truth.answers {
                self.question(knowledge, era, (site, code, answers), &mut secrets);
            }
            self.sources(era, &mut secrets);
        }
        secrets
    }

    fn question(
        &self,
        knowledge: &Knowledge,
        era: &Era,
        (site, code, d): (&str, &str, &Distribution),
        secrets: &mut Secrets,
    ) {
        let r = &era.campaign.referentiel;
        let own = super::own_asked::asked_of(code);
        let element = r.element(code).map(|e| &r.elements[e]);
        let asked = own.or_else(|| element.map(|e| e.source));
        let Some(source) = asked.filter(|s| s.is_questionnaire() && d.total() > 0) else {
            return;
        };
        let t = (self.thresholds)(era.campaign, site);
        let least = t.per_site(source);
        let name = format!("{}|{site}|{code}", era.name);
        if least != 0 && d.total() >= least {
            if let Some(m) = knowledge.blurred.get(&name) {
                secrets.hidden += 1;
                let (count, total) = (format!("c|{name}|{m}"), format!("N|{name}"));
                secrets.all.push(Secret::Pinned { count, total });
            }
            return;
        }
        secrets.hidden += 1;
        // Answers outside the référentiel have no level.
        if let Some(element) = element {
            let levels = levels(r, element);
            secrets.all.push(Secret::Mean {
                name: format!("M|{name}"),
                margin: self.bar.map_or(t.marge_niveau, |b| b.mean),
                attainable: self.attainable(&name, &levels, d.total()),
            });
        }
        let width = if least == 0 { 5 } else { least };
        let counts = (0..d.counts.len()).map(|m| format!("c|{name}|{m}"));
        for name in counts.chain([format!("N|{name}")]) {
            let own = self.own.get(&name).copied().unwrap_or(0.0);
            let width = self.bar.map_or(width as f64, |b| b.count);
            secrets.all.push(Secret::Count { name, width, own });
        }
    }

    /// Means that so few answers can have, for who counted them; their own is one of them.
    fn attainable(&self, name: &str, levels: &[f64], n: usize) -> Vec<f64> {
        if self.bar.is_none() || n > COUNTED || levels.is_empty() {
            return Vec::new();
        }
        let own = (0..levels.len()).find(|m| self.own.contains_key(&format!("c|{name}|{m}")));
        let mut sums = vec![own.map_or(0.0, |m| levels[m])];
        for _ in usize::from(own.is_some())..n {
            sums = sums
                .iter()
                .flat_map(|sum| levels.iter().map(move |level| sum + level))
                .collect();
            sums.sort_by(f64::total_cmp);
            sums.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
        }
        sums.iter().map(|sum| sum / n as f64).collect()
    }

    fn sources(&self, era: &Era, secrets: &mut Secrets) {
        for figure in era.campaign.indicators.figures() {
            let source = figure.source.filter(|s| s.is_questionnaire());
            let (Level::Source, Some(source), Some(_)) = (figure.level, source, figure.value)
            else {
                continue;
            };
            let t = (self.thresholds)(era.campaign, &figure.structure);
            let least = t.per_site(source);
            if is_few(era.campaign, &figure.structure, source, &figure.code, least) {
                secrets.hidden += 1;
                let (era, site) = (era.name, &figure.structure);
                secrets.all.push(Secret::Mean {
                    name: format!("S|{era}|{site}|{}|{source}", figure.code),
                    margin: self.bar.map_or(t.marge_niveau, |b| b.mean),
                    attainable: Vec::new(),
                });
            }
        }
    }
}

/// Up to so many answers, a reader who counted them tries each mean that they can have.
const COUNTED: usize = 4;

/// Whether a questionnaire has fewer respondents to a critère than may be told.
pub fn is_few(
    campaign: &Campaign,
    site: &str,
    source: SourceCode,
    critere: &str,
    least: usize,
) -> bool {
    let position = campaign.referentiel.critere(critere).expect("a critère");
    let collected = &campaign.indicators.collected;
    least == 0 || collected.critere_respondents(site, source, position) < least
}
