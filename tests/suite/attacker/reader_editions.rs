//! Who keeps every edition that they were given, theirs and those of other audiences, knows their own
//! answer and counted who came and went in between: what changed from one to the next tells nobody's
//! answer, and what was hidden stays so.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::atelier::on;
use observatoire::disclosure::{
    Audience, ClearedDelivery, ClearedDistribution, DeliveryLog, Mask, Repeats, Shown, ToldEdition,
};

use observatoire::figures::{Distribution, Level};
use observatoire::vocabulary::config::Thresholds;
use observatoire::vocabulary::referentiel::SourceCode;

use super::editions::{Printed, printed};
use super::keepers::{Keeper, NAMES};
use super::knowledge::Knowledge;
use super::own_asked::asked_of;
use super::published::Published;
use super::readers::{Findings, Held, blank, curious, look, worlds};
use super::truth::{Bar, Era, Reader, Secret, Truth, is_few};
use super::worlds::Campaign;

const AUDIENCES: [Audience; 3] = [Audience::Equipe, Audience::Elus, Audience::Familles];
/// So few who came or went are somebody.
const FEW: usize = 5;
/// Territories of the suite. In the first, a late respondent gives an answer that nobody had given by the first
/// edition.
const SEEDS: Range<u64> = 624..626;
/// Others, by what gave an answer back there: a total told to families and not, of the same edition, to élus; the level
/// of a site that rests on its questionnaire alone, beside the totals of its questions.
const ONCE_FOUND: [u64; 2] = [198, 84];

/// What each audience was given of an edition, in the order of [`AUDIENCES`].
type Given = [ClearedDelivery; 3];

/// Editions delivered one after the other, each to all audiences at once or to one after the other, after the log has
/// read those before.
fn delivered(editions: &[Campaign; 3], at_once: bool) -> Vec<Given> {
    let folder = tempfile::tempdir().expect("a folder");
    let given = editions.each_ref().map(|edition| {
        let serve = |audiences: &[Audience]| {
            let mut log = DeliveryLog::begin(folder.path()).expect("a log");
            let mut all = ToldEdition::default();
            let told = audiences.iter().map(|a| edition.told(*a, &log, &mut all));
            let told: Vec<(ClearedDelivery, Repeats)> = told.collect();
            for (delivery, repeats) in &told {
                log.record(delivery, repeats, on("2026-06-01"))
                    .expect("kept");
            }
            drop(log.save().expect("saved"));
            told.into_iter().map(|(delivery, _)| delivery)
        };
        let given: Vec<ClearedDelivery> = if at_once {
            serve(&AUDIENCES).collect()
        } else {
            AUDIENCES.iter().flat_map(|a| serve(&[*a])).collect()
        };
        Given::try_from(given).expect("a delivery for each")
    });
    given.into()
}

/// Every question of a delivery, with its place.
fn questions(delivery: &mut ClearedDelivery) -> Vec<(String, &mut ClearedDistribution)> {
    let mut all = Vec::new();
    for site in &mut delivery.sites {
        let own = site.outside.iter_mut();
        let here = site.distributions.values_mut().flatten().chain(own);
        all.extend(here.map(|q| (site.structure.clone(), q)));
    }
    for sector in &mut delivery.sectors {
        let here = sector.distributions.values_mut().flatten();
        all.extend(here.map(|q| (format!("secteur {}", sector.secteur), q)));
    }
    let own = delivery.territory.outside.iter_mut();
    let whole = delivery.territory.distributions.values_mut().flatten();
    all.extend(whole.chain(own).map(|q| ("territoire".to_owned(), q)));
    all
}

/// What is surely of the day of an edition, as one audience has it: whatever was said before, to
/// whomever, may be said again, and a total told to a reader for the first time may mix days.
fn of_the_day(editions: &[Given], edition: usize, audience: usize) -> ClearedDelivery {
    let mut delivery = editions[edition][audience].clone();
    let earlier = &editions[..edition];
    let said: Vec<[Printed; 3]> = earlier.iter().map(|g| g.each_ref().map(printed)).collect();
    for (place, q) in questions(&mut delivery) {
        let is_site = earlier.iter().any(|g| g[audience].site(&place).is_some());
        let key = (place, q.code.to_string());
        let before = |a: usize| said.iter().filter_map(move |given| given[a].get(&key));
        let is_known =
            (0..AUDIENCES.len()).any(|a| before.clone()(a).any(|told| *told == q.shares));
        let is_first = edition > 0 && !is_site && before(audience).all(Result::is_err);
        if q.shares.is_ok() && (is_known || is_first) {
            q.shares = Err(Mask::TooFew);
        }
    }
    for site in &mut delivery.sites {
        let same = earlier
            .iter()
            .flatten()
            .filter_map(|d| d.site(&site.structure));
        let same: Vec<_> = same
            .flat_map(|s| s.criteres.iter().chain(&s.axes))
            .collect();
        for figure in site.criteres.iter_mut().chain(&mut site.axes) {
            let told = same
                .iter()
                .any(|f| f.code == figure.code && f.value == figure.value);
            if told && matches!(figure.value, Some(Shown::Value(_))) {
                figure.value = Some(Shown::Masked(Mask::TooFew));
            }
        }
    }
    delivery
}

impl Knowledge {
    /// Between two editions, nobody leaves while others come, nor the reverse; and what observers,
    /// teams and documents say stays. To be said before anything is read.
    fn between(&mut self, old: &Era, new: &Era) -> Vec<Secret> {
        let mut secrets = Vec::new();
        let r = &new.campaign.referentiel;
        let both = old.truth.answers.iter().chain(&new.truth.answers);
        let questions: BTreeSet<&(String, String)> = both.map(|(question, _)| question).collect();
        let none = Distribution::default();
        for key in questions {
            let (site, code) = key;
            let element = r.element(code).map(|e| &r.elements[e]);
            if element.is_some_and(|e| !e.source.is_questionnaire()) {
                continue;
            }
            let [before, answers] =
                [old, new].map(|era| era.truth.answers.get(key).unwrap_or(&none));
            let n = before.total();
            let modalities = element.map_or_else(
                || before.counts.len().max(answers.counts.len()),
                |e| r.scales[e.scale].modalities.len(),
            );
            let question = format!("{site}|{code}");
            // Who counted also knows where nobody answered.
            for (era, given) in [(old, before), (new, answers)] {
                for m in 0..modalities {
                    if given.total() == 0 {
                        let count = format!("c|{}|{question}|{m}", era.name);
                        let count = self.solver.number(&count);
                        self.solver.learn(count, 0.0, 0.0);
                    }
                }
            }
            if n + answers.total() == 0 {
                continue;
            }
            if n == answers.total() {
                for m in 0..modalities {
                    let at = |era: &Era| format!("c|{}|{question}|{m}", era.name);
                    let known = self.solver.number(&at(old));
                    self.solver.same(&at(new), known);
                }
                let at = |kind: &str, era: &Era| format!("{kind}|{}|{question}", era.name);
                let (total, mean) = (at("N", old), at("M", old));
                let (total, mean) = (self.solver.number(&total), self.solver.level(&mean));
                self.solver.same(&at("N", new), total);
                self.solver.same(&at("M", new), mean);
                continue;
            }
            let people = n.abs_diff(answers.total());
            let sign = if answers.total() < n { -1.0 } else { 1.0 };
            for m in 0..modalities {
                let at = |era: &Era| format!("c|{}|{question}|{m}", era.name);
                let (first, last) = (self.solver.number(&at(old)), self.solver.number(&at(new)));
                let name = format!("d|{}|{}|{question}|{m}", old.name, new.name);
                let change = self.solver.unknown(&name, 0.0, people as f64, true);
                self.solver.sum(last, &[(first, 1.0), (change, sign)]);
                if people < FEW {
                    let (width, own) = (0.5, 0.0);
                    secrets.push(Secret::Count { name, width, own });
                }
            }
        }
        for figure in new.campaign.indicators.figures() {
            let source = figure.source.filter(|s| !s.is_questionnaire());
            let (site, code) = (&figure.structure, &figure.code);
            let earlier = &old.campaign.indicators;
            let before = earlier.get_source(site, figure.level, code, figure.source);
            // Who knows that it stays is right: data may change too.
            let stays = figure.value.is_some() && before.is_some_and(|b| b.value == figure.value);
            if let (Level::Source, Some(source), true) = (figure.level, source, stays) {
                let of = format!("{}|{}|{source}", figure.structure, figure.code);
                let known = self.solver.level(&format!("S|{}|{of}", old.name));
                self.solver.same(&format!("S|{}|{of}", new.name), known);
            }
        }
        secrets
    }
}

/// Whether a figure of a site was told in an earlier edition, under the threshold of that day, and is the
/// same: who raises a threshold takes nothing back from those who kept what they were given.
fn was_told(name: &str, eras: &[Era], thresholds: &dyn Fn(&Campaign, &str) -> Thresholds) -> bool {
    let parts: Vec<&str> = name.split('|').collect();
    let [kind, era, site, code, ..] = parts[..] else {
        return false;
    };
    let Some(now) = eras.iter().position(|e| e.name == era) else {
        return false;
    };
    let answers = |era: &Era, code: &str| {
        let key = (site.to_owned(), code.to_owned());
        era.truth.answers.get(&key).cloned().unwrap_or_default()
    };
    eras[..now].iter().any(|then| {
        let (r, t) = (&then.campaign.referentiel, thresholds(then.campaign, site));
        match kind {
            "M" | "c" => {
                let source = asked_of(code).or_else(|| Some(r.elements[r.element(code)?].source));
                let least = t.per_site(source.expect("a question"));
                let given = answers(then, code);
                least > 0 && given.total() >= least && given == answers(&eras[now], code)
            }
            "S" => {
                let source: SourceCode = parts[4].parse().expect("a source");
                let few = is_few(then.campaign, site, source, code, t.per_site(source));
                let critere = &r.criteres[r.critere(code).expect("a critère")];
                let asked = critere.elements.iter().map(|e| &r.elements[*e]);
                let mut asked = asked.filter(|e| e.source == source);
                !few && asked.all(|e| answers(then, &e.code) == answers(&eras[now], &e.code))
            }
            _ => false,
        }
    })
}

/// What somebody who keeps all editions finds.
fn attack(
    editions: &[Campaign; 3],
    given: &[Given],
    truths: &[Truth; 3],
    keeper: Keeper,
) -> Findings {
    let team = keeper.team();
    let eras = [0, 1, 2].map(|e| Era {
        name: NAMES[e],
        campaign: &editions[e],
        truth: &truths[e],
    });
    let reads = |shown: &dyn Fn(usize, usize) -> ClearedDelivery| {
        let mut knowledge = Knowledge {
            exact: true,
            ..Knowledge::default()
        };
        let mut secrets = Vec::new();
        for pair in eras.windows(2) {
            secrets.extend(knowledge.between(&pair[0], &pair[1]));
        }
        for (e, era) in eras.iter().enumerate() {
            knowledge.read(era.campaign, &shown(e, 1), era.name);
            knowledge.read(era.campaign, &shown(e, 2), era.name);
            if let Some(site) = team {
                let own = Held::only_of(shown(e, 0), site);
                knowledge.read(era.campaign, &own, era.name);
            }
        }
        knowledge.turnout(&eras);
        let own = keeper.own(&mut knowledge, &eras);
        for secret in &mut secrets {
            if let Secret::Count {
                name, own: theirs, ..
            } = secret
            {
                *theirs = own.get(name).copied().unwrap_or(0.0);
            }
        }
        knowledge.think(&eras);
        knowledge.solver.close();
        (knowledge, own, secrets)
    };
    let (knowledge, own, changes) = reads(&|e, a| of_the_day(given, e, a));
    let (alone, ..) = reads(&|e, a| blank(&given[e][a]));
    let reader = Reader {
        thresholds: &|campaign, site| {
            let audience = if team == Some(site) {
                Audience::Equipe
            } else {
                Audience::Elus
            };
            campaign.thresholds[audience]
        },
        own: &own,
        bar: Some(Bar {
            mean: 0.5,
            count: 0.5,
        }),
    };
    let mut secrets = reader.secrets(&knowledge, &eras);
    let told = |secret: &Secret| was_told(secret.name(), &eras, reader.thresholds);
    secrets.all.retain(|secret| !told(secret));
    secrets.hidden += changes.len();
    secrets.all.extend(changes);
    look(&knowledge, &alone, &secrets)
}

/// Editions of one territory, and whoever keeps them.
struct World {
    editions: [Campaign; 3],
    truths: [Truth; 3],
    site: Option<String>,
}

impl World {
    fn of(seed: u64, thresholds: [Option<usize>; 3]) -> Self {
        let mut editions = Campaign::small_editions(seed);
        for (edition, threshold) in editions.iter_mut().zip(thresholds) {
            let own = &mut edition.thresholds[Audience::Elus];
            own.repondants = threshold.unwrap_or(own.repondants);
        }
        let truths = editions.each_ref().map(Truth::of);
        let site = curious(&editions[2]).pop();
        Self {
            editions,
            truths,
            site,
        }
    }

    fn keepers(&self) -> Vec<Keeper<'_>> {
        let mut all = vec![Keeper::Elsewhere];
        if let Some(site) = self.site.as_deref() {
            all.extend([Keeper::There(site), Keeper::Late(site)]);
        }
        all
    }

    fn attack(&self, given: &[Given], keeper: Keeper) -> Findings {
        attack(&self.editions, given, &self.truths, keeper)
    }
}

/// One more respondent, an import cancelled, then a threshold lowered and raised meanwhile. Each territory is long
/// to solve: two here, as many as `OBSERVATOIRE_MONDES` says.
#[test]
fn who_keeps_every_edition_finds_nothing() {
    let asked = std::env::var("OBSERVATOIRE_MONDES").is_ok();
    let seeds: Vec<u64> = if asked {
        worlds(20).collect()
    } else {
        SEEDS.chain(ONCE_FOUND).collect()
    };
    let (mut found, mut hidden, mut published) = (Vec::new(), 0, Published::default());
    for seed in seeds {
        for thresholds in [[None; 3], [None, Some(5), Some(14)]] {
            let world = World::of(seed, thresholds);
            let given = delivered(&world.editions, seed % 2 == 0);
            given.iter().flatten().for_each(|d| published.add(d));
            for keeper in world.keepers() {
                let findings = world.attack(&given, keeper);
                hidden += findings.hidden;
                let named = findings.found.into_iter();
                found.extend(
                    named.map(|f| format!("graine {seed}, {thresholds:?}, {keeper:?} : {f}")),
                );
            }
        }
    }
    let share = 100.0 * published.shown as f64 / published.all as f64;
    println!(
        "éditions : {hidden} cachés, {} retrouvés ; {} chiffres publiés sur {} ({share:.1} %)",
        found.len(),
        published.shown,
        published.all
    );
    for found in &found {
        println!("TROUVÉ {found}");
    }
    assert!(hidden > 1_000, "{hidden}");
    let some = &found[..found.len().min(12)];
    assert!(found.is_empty(), "{} trouvés, dont {some:#?}", found.len());
}

/// The same keepers do find, where each edition is made as if it were the first.
#[test]
fn who_keeps_editions_made_without_a_log_finds() {
    let mut by_keeper = [0; 3];
    for seed in SEEDS {
        let world = World::of(seed, [None; 3]);
        let editions = world.editions.iter();
        let given: Vec<Given> = editions
            .map(|edition| AUDIENCES.map(|audience| edition.deliver(audience, None)))
            .collect();
        for (found, keeper) in by_keeper.iter_mut().zip(world.keepers()) {
            *found += world.attack(&given, keeper).found.len();
        }
    }
    assert!(by_keeper.iter().all(|found| *found > 0), "{by_keeper:?}");
}
