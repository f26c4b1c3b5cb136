//! What is hidden, what it truly is, and when an attacker has found it.
//!
//! A hidden mean is found when its bounds lie closer than the audience's margin. A hidden count is
//! found when the bounds prove that someone answered so, and lie closer than the threshold: « at
//! least one, at most four ». That nobody of a showable group answered so is no secret of its parts
//! (Insee: zeros of a frequency table). An answer nearly all gave is found when its count is
//! pinned, unanimity being what « ou plus » hides.

use std::collections::BTreeMap;

use observatoire::disclosure::{
    Audience, ClearedDelivery, ClearedDistribution, Mask, Respondents, Shares, Shown,
};
use observatoire::figures::{Distribution, Level};
use observatoire::vocabulary::config::Thresholds;
use observatoire::vocabulary::referentiel::SourceCode;

use super::knowledge::Knowledge;
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
        let answers = collected
            .distributed()
            .filter_map(|(site, e)| {
                let key = (site.to_owned(), r.elements[e].code.clone());
                Some((key, collected.distribution(site, e)?))
            })
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
    q.shares = Ok(Shares {
        parts: d.counts.iter().map(share).collect(),
        n,
        respondents: Respondents::Exactly(n),
        nsp: 0.0,
        unanimous: None,
        at_least: 0.0,
    });
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
    knowledge.think(&[&campaigns.before, &campaigns.after]);
    let reader = Reader {
        thresholds: &|campaign, _| campaign.thresholds[audience],
        own: &BTreeMap::new(),
        bar: None,
    };
    reader.collect(&knowledge, campaigns, truths)
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

impl Reader<'_> {
    /// What is found of what is hidden; how much is hidden.
    pub fn collect(
        &self,
        knowledge: &Knowledge,
        campaigns: &Campaigns,
        truths: &[Truth; 2],
    ) -> (Vec<String>, usize) {
        let mut found = Vec::new();
        let mut hidden = 0;
        let both = [&campaigns.before, &campaigns.after];
        for (k, campaign) in both.into_iter().enumerate() {
            let era = ["1", "2"][k];
            for ((site, code), d) in &truths[k].answers {
                let r = &campaign.referentiel;
                let element = &r.elements[r.element(code).expect("an élément")];
                if !element.source.is_questionnaire() || d.total() == 0 {
                    continue;
                }
                let t = (self.thresholds)(campaign, site);
                let least = t.per_site(element.source);
                let few = least == 0 || d.total() < least;
                hidden += usize::from(few);
                let name = format!("{era}|{site}|{code}");
                if few {
                    found.extend(knowledge.mean_found(
                        &format!("M|{name}"),
                        self.bar.map_or(t.marge_niveau, |b| b.mean),
                    ));
                    let width = if least == 0 { 5 } else { least };
                    let counts = (0..d.counts.len()).map(|m| format!("c|{name}|{m}"));
                    for count in counts.chain([format!("N|{name}")]) {
                        let own = self.own.get(&count).copied().unwrap_or(0.0);
                        let width = self.bar.map_or(width as f64, |b| b.count);
                        found.extend(knowledge.count_found(&count, width, own));
                    }
                } else if let Some(m) = knowledge.blurred.get(&name) {
                    hidden += 1;
                    found.extend(knowledge.pinned(&format!("c|{name}|{m}"), &format!("N|{name}")));
                }
            }
            for figure in campaign.indicators.figures() {
                let source = figure.source.filter(|s| s.is_questionnaire());
                let (Level::Source, Some(source), Some(_)) = (figure.level, source, figure.value)
                else {
                    continue;
                };
                let t = (self.thresholds)(campaign, &figure.structure);
                if is_few(
                    campaign,
                    &figure.structure,
                    source,
                    &figure.code,
                    t.per_site(source),
                ) {
                    hidden += 1;
                    let name = format!("S|{era}|{}|{}|{source}", figure.structure, figure.code);
                    found.extend(
                        knowledge.mean_found(&name, self.bar.map_or(t.marge_niveau, |b| b.mean)),
                    );
                }
            }
        }
        (found, hidden)
    }
}

fn is_few(
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
