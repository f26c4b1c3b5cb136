//! Readers who hold more than one delivery: elected people read what families are given, and who
//! works at one accueil reads its own report besides, and knows their own answer. They also counted
//! how many answered everywhere. Everything is solved at once, with another model than the program's.

use std::collections::BTreeMap;

use observatoire::disclosure::{
    Audience, ClearedDelivery, ClearedTerritory, Mask, Respondents, Shares,
};
use observatoire::vocabulary::referentiel::SourceCode;

use super::knowledge::Knowledge;
use super::published::Published;
use super::truth::{Bar, Era, Reader, Secret, Secrets, Truth, eras};
use super::worlds::{Campaign, Campaigns};

/// Times that solutions are looked for in all directions at once, before each secret by itself.
const ROUNDS: u64 = 2;

/// Deliveries of both campaigns to one audience.
pub struct Held {
    audience: Audience,
    deliveries: [ClearedDelivery; 2],
}

impl Knowledge {
    /// Reads the deliveries of both campaigns, once each was passed through `shown`.
    pub fn holds(
        &mut self,
        campaigns: &Campaigns,
        held: &Held,
        shown: impl Fn(&ClearedDelivery) -> ClearedDelivery,
    ) {
        let [then, now] = [0, 1].map(|k| shown(&held.deliveries[k]));
        self.read(&campaigns.before, &then, "1");
        self.read(&campaigns.after, &now, "2");
        self.compare(&campaigns.before, &campaigns.after, &now);
        self.panel(&campaigns.before, &campaigns.after, &now);
    }
}

impl Held {
    pub fn of(campaigns: &Campaigns, audience: Audience) -> Self {
        let then = campaigns.before.deliver(audience, None);
        let now = campaigns.after.deliver(audience, Some(&campaigns.before));
        Self {
            audience,
            deliveries: [then, now],
        }
    }

    /// The report of one team.
    fn only(&self, site: &str) -> Self {
        Self {
            audience: self.audience,
            deliveries: self.deliveries.clone().map(|d| Self::only_of(d, site)),
        }
    }

    /// What one team is given of a delivery.
    pub fn only_of(mut delivery: ClearedDelivery, site: &str) -> ClearedDelivery {
        delivery.sites.retain(|s| s.structure == site);
        delivery.sectors.clear();
        delivery.territory = ClearedTerritory::default();
        delivery
    }
}

/// Somebody who holds deliveries, and works at a site or at none.
struct Holder<'a> {
    held: Vec<&'a Held>,
    team: Option<&'a str>,
}

/// What somebody can say.
pub struct Findings {
    pub found: Vec<String>,
    pub hidden: usize,
    /// Programmes without an answer: what rings would have told then stays unknown.
    pub unsolved: usize,
}

impl Holder<'_> {
    /// What the deliveries add to what they know by themselves: a figure that follows from the
    /// turnout and from their own answer was not found in what they hold.
    fn attack(&self, campaigns: &Campaigns, truths: &[Truth; 2]) -> Findings {
        let (knowledge, own) = self.knowledge(campaigns, truths, Clone::clone);
        let (alone, _) = self.knowledge(campaigns, truths, blank);
        let reader = Reader {
            thresholds: &|campaign, site| {
                let is_own = self.team == Some(site);
                let audience = if is_own {
                    Audience::Equipe
                } else {
                    self.held[0].audience
                };
                campaign.thresholds[audience]
            },
            own: &own,
            bar: Some(Bar {
                mean: 0.5,
                count: 0.5,
            }),
        };
        let secrets = reader.secrets(&knowledge, &eras(campaigns, truths));
        look(&knowledge, &alone, &secrets)
    }

    /// All that is read, once each delivery was passed through `shown`, and known besides; the
    /// answers that are their own.
    fn knowledge(
        &self,
        campaigns: &Campaigns,
        truths: &[Truth; 2],
        shown: impl Fn(&ClearedDelivery) -> ClearedDelivery,
    ) -> (Knowledge, BTreeMap<String, f64>) {
        let mut knowledge = Knowledge {
            exact: true,
            ..Knowledge::default()
        };
        for held in &self.held {
            knowledge.holds(campaigns, held, &shown);
        }
        let eras = eras(campaigns, truths);
        knowledge.turnout(&eras);
        let own = self.team.map_or_else(BTreeMap::new, |site| {
            own_answers(&mut knowledge, &eras, site)
        });
        knowledge.think(&eras);
        knowledge.solver.close();
        (knowledge, own)
    }
}

/// What is found of some secrets, and was not known before anything was read.
pub fn look(knowledge: &Knowledge, alone: &Knowledge, secrets: &Secrets) -> Findings {
    let names = secrets.all.iter().map(Secret::name);
    knowledge.solver.spread(names, ROUNDS);
    let found = secrets.all.iter().filter_map(|secret| {
        let found = secret.found(knowledge)?;
        secret.found(alone).is_none().then_some(found)
    });
    Findings {
        found: found.collect(),
        hidden: secrets.hidden,
        unsolved: knowledge.solver.unsolved.get(),
    }
}

/// The same delivery with nothing in it: which sites there are, and how they are grouped.
pub fn blank(delivery: &ClearedDelivery) -> ClearedDelivery {
    let mut blank = delivery.clone();
    for site in &mut blank.sites {
        site.axes.clear();
        site.criteres.clear();
        site.gaps.clear();
        site.imperatifs.clear();
        site.activities.clear();
        site.distributions.clear();
        site.outside.clear();
        site.returns.clear();
    }
    blank.sectors.clear();
    blank.territory = ClearedTerritory::default();
    blank
}

/// Somebody of the site knows what they answered to each question.
pub fn own_answers(knowledge: &mut Knowledge, eras: &[Era], site: &str) -> BTreeMap<String, f64> {
    let mut own = BTreeMap::new();
    for era in eras {
        let here = era.truth.answers.iter().filter(|((s, _), _)| s == site);
        for ((_, code), answers) in here {
            let Some(m) = answers.counts.iter().position(|c| *c > 0) else {
                continue;
            };
            let name = format!("c|{}|{site}|{code}|{m}", era.name);
            let count = knowledge.solver.number(&name);
            knowledge.solver.learn(count, 1.0, 10_000.0);
            own.insert(name, 1.0);
        }
    }
    own
}

/// Sites whose teams read most beyond what others do: the smallest that teams are shown.
pub fn curious(campaign: &Campaign) -> Vec<String> {
    let collected = &campaign.indicators.collected;
    let codes = campaign.structures.iter().map(|s| s.code.clone());
    let mut sites: Vec<(usize, String)> = codes
        .map(|code| (collected.respondents(&code, SourceCode::Fam), code))
        .filter(|(n, _)| *n > 0)
        .collect();
    sites.sort();
    let (small, others): (Vec<_>, Vec<_>) = sites.into_iter().partition(|(n, _)| *n < 5);
    let chosen = small.into_iter().take(1).chain(others.into_iter().take(1));
    chosen.map(|(_, code)| code).collect()
}

/// What readers find, world after world, what is hidden from them, and what is published.
#[derive(Default)]
struct Totals {
    found: Vec<String>,
    hidden: BTreeMap<&'static str, usize>,
    unsolved: usize,
    published: BTreeMap<&'static str, Published>,
}

impl Totals {
    /// Adds what is found in one world, reader by reader.
    fn audit(&mut self, campaigns: &Campaigns, name: &str) {
        let truths = [Truth::of(&campaigns.before), Truth::of(&campaigns.after)];
        let audiences = [Audience::Elus, Audience::Familles, Audience::Equipe];
        let [elected, families, teams] = audiences.map(|audience| Held::of(campaigns, audience));
        for held in [&elected, &families, &teams] {
            let published = self.published.entry(held.audience.as_str()).or_default();
            held.deliveries.iter().for_each(|d| published.add(d));
        }
        let holder = Holder {
            held: vec![&elected, &families],
            team: None,
        };
        let world = (campaigns, &truths);
        self.add("élus", name, world, holder.attack(campaigns, &truths));
        for site in curious(&campaigns.after) {
            let own = teams.only(&site);
            let holder = Holder {
                held: vec![&elected, &families, &own],
                team: Some(&site),
            };
            let place = format!("{name}, {site}");
            self.add("équipe", &place, world, holder.attack(campaigns, &truths));
        }
    }

    fn add(
        &mut self,
        reader: &'static str,
        place: &str,
        (campaigns, truths): (&Campaigns, &[Truth; 2]),
        findings: Findings,
    ) {
        *self.hidden.entry(reader).or_default() += findings.hidden;
        self.unsolved += findings.unsolved;
        let found = findings.found.into_iter();
        self.found.extend(found.map(|f| {
            let counted = counted(campaigns, truths, &f);
            format!("{place}, {reader} : {f} ; {counted}")
        }));
    }

    fn check(&self, what: &str, least: usize) {
        for (audience, p) in &self.published {
            let share = |n: usize| 100.0 * n as f64 / p.all as f64;
            println!(
                "{what}, {audience} : {} chiffres publiés sur {} ({:.1} %, dont {:.1} % « n % ou plus ») ; \
                 les seuils seuls en publieraient {:.1} %",
                p.shown,
                p.all,
                share(p.shown),
                share(p.blurred),
                share(p.shown + p.for_others)
            );
        }
        println!(
            "{what} : cachés {:?}, retrouvés {} ; programmes sans réponse {}",
            self.hidden,
            self.found.len(),
            self.unsolved
        );
        for found in &self.found {
            println!("TROUVÉ {found}");
        }
        assert!(self.unsolved < 10, "{}", self.unsolved);
        assert!(self.found.is_empty(), "{:#?}", self.found);
        for reader in ["élus", "équipe"] {
            assert!(self.hidden[reader] > least, "{:?}", self.hidden);
        }
    }
}

/// What was truly answered to the questions that something found is about, site by site.
fn counted(campaigns: &Campaigns, truths: &[Truth; 2], found: &str) -> String {
    let parts: Vec<&str> = found.split([' ', '|']).collect();
    let [era, site, code] = [parts[1], parts[2], parts[3]];
    let k = usize::from(era == "2");
    let r = &[&campaigns.before, &campaigns.after][k].referentiel;
    let is_of = |e: &str| {
        let Some(element) = r.element(e).map(|e| &r.elements[e]) else {
            return e == code;
        };
        let asked = r.criteres[element.critere].code == code
            && parts.get(4).is_some_and(|s| *s == element.source.as_str());
        e == code || asked
    };
    let all = truths[k].answers.iter().filter(|((_, e), _)| is_of(e));
    let all = all.map(|((s, e), d)| {
        let sector = campaigns.after.structures.iter().find(|x| x.code == *s);
        let sector = sector.map_or("", |s| s.secteur.as_str());
        let here = if s == site { "→" } else { "" };
        format!("{here}{s} {sector} {e} {:?}", d.counts)
    });
    all.collect::<Vec<_>>().join(", ")
}

/// As many territories as `OBSERVATOIRE_MONDES` says.
#[test]
fn who_holds_several_deliveries_finds_nothing_in_random_territories() {
    let mut all = Totals::default();
    let seeds = worlds(40);
    let count = seeds.end - seeds.start;
    for seed in seeds {
        all.audit(&Campaigns::small(seed), &format!("graine {seed}"));
    }
    let what = format!("{count} territoires de petits accueils");
    all.check(&what, 40 * count as usize);
}

#[test]
fn who_holds_several_deliveries_finds_nothing_in_the_example() {
    let atelier = crate::atelier::Atelier::demo();
    let mut all = Totals::default();
    all.audit(&super::example::campaigns(&atelier), "exemple");
    all.check("exemple", 500);
}

/// The same reader does find, once what protects others is shown again.
#[test]
fn who_holds_a_leaking_delivery_finds_it() {
    let mut noticed = 0;
    for seed in 0..40 {
        let campaigns = Campaigns::small(seed);
        let truths = [Truth::of(&campaigns.before), Truth::of(&campaigns.after)];
        let mut elected = Held::of(&campaigns, Audience::Elus);
        let families = Held::of(&campaigns, Audience::Familles);
        let mut shown = 0;
        for (delivery, truth) in elected.deliveries.iter_mut().zip(&truths) {
            shown += truth.show_again(delivery, Mask::Derivable);
        }
        let holder = Holder {
            held: vec![&elected, &families],
            team: None,
        };
        let found = holder.attack(&campaigns, &truths).found;
        noticed += usize::from(shown > 0 && !found.is_empty());
    }
    assert!(noticed >= 5, "{noticed}");
}

/// « 80 % ou plus » of six who were counted, to the one who answered otherwise.
#[test]
fn who_alone_answered_otherwise_finds_what_too_high_a_floor_tells() {
    let pinned = |at_least: f64| {
        let mut knowledge = Knowledge {
            exact: true,
            ..Knowledge::default()
        };
        let told = Shares {
            parts: Vec::new(),
            favourable: 0.0,
            n: 5,
            out_of: 5,
            respondents: Respondents::Between(5, 9),
            nsp: 0.0,
            unanimous: Some(2),
            at_least,
        };
        knowledge.shares("1|A|Q", 3, &told);
        let solver = &mut knowledge.solver;
        let (n, own) = (solver.number("N|1|A|Q"), solver.number("c|1|A|Q|0"));
        solver.learn(n, 6.0, 6.0);
        solver.learn(own, 1.0, 10_000.0);
        solver.tighten();
        solver.close();
        knowledge.pinned("c|1|A|Q|2", "N|1|A|Q").is_some()
    };
    assert!(pinned(0.8) && !pinned(0.6));
}

/// Seeds of the territories: so many, or what `OBSERVATOIRE_MONDES` says, « 200 » or « 18-18 ».
pub fn worlds(usual: u64) -> std::ops::Range<u64> {
    let Ok(asked) = std::env::var("OBSERVATOIRE_MONDES") else {
        return 0..usual;
    };
    let seed = |said: &str| said.parse::<u64>().expect("une graine");
    match asked.split_once('-') {
        Some((first, last)) => seed(first)..seed(last) + 1,
        None => 0..seed(&asked),
    }
}
