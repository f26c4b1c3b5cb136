//! Two editions of the same campaign, a few answers apart: comparing them tells nobody's.

use std::collections::BTreeMap;

use crate::atelier::on;
use observatoire::disclosure::{
    Audience, ClearedDelivery, ClearedDistribution, DeliveryLog, Mask, Shares, ToldEdition,
};
use observatoire::figures::Distribution;

use super::truth::Truth;
use super::worlds::Campaign;

/// What is printed of a question at a place.
pub type Printed = BTreeMap<(String, String), Result<Box<Shares>, Mask>>;

pub fn printed(d: &ClearedDelivery) -> Printed {
    let mut all = Printed::new();
    let mut add = |place: &str, q: &ClearedDistribution| {
        all.insert((place.to_owned(), q.code.to_string()), q.shares.clone());
    };
    for s in &d.sites {
        let here = s.distributions.values().flatten();
        here.chain(&s.outside).for_each(|q| add(&s.structure, q));
    }
    for s in &d.sectors {
        s.distributions
            .values()
            .flatten()
            .for_each(|q| add(&format!("secteur {}", s.secteur), q));
    }
    let whole = d.territory.distributions.values().flatten();
    whole
        .chain(&d.territory.outside)
        .for_each(|q| add("territoire", q));
    all
}

fn sites_of(d: &ClearedDelivery, place: &str) -> Vec<String> {
    let sector = d
        .sectors
        .iter()
        .find(|s| format!("secteur {}", s.secteur) == place);
    match (place, sector) {
        ("territoire", _) => d.sites.iter().map(|s| s.structure.clone()).collect(),
        (_, Some(sector)) => sector.structures.clone(),
        _ => vec![place.to_owned()],
    }
}

/// Counts of some sites together.
fn counted(truth: &Truth, sites: &[String], code: &str) -> Vec<i64> {
    let mut sum = Vec::new();
    for site in sites {
        let none = Distribution::default();
        let d = truth
            .answers
            .get(&(site.clone(), code.to_owned()))
            .unwrap_or(&none);
        sum.resize(d.counts.len().max(sum.len()), 0);
        for (sum, count) in sum.iter_mut().zip(&d.counts) {
            *sum += *count as i64;
        }
    }
    sum
}

fn subtract(rest: &mut Vec<i64>, less: &[i64]) {
    rest.resize(rest.len().max(less.len()), 0);
    for (r, l) in rest.iter_mut().zip(less) {
        *r -= l;
    }
}

/// Editions in order: what each printed, and what was true when it was made.
struct Editions<'a> {
    printed: Vec<Printed>,
    truths: &'a [Truth],
    last: &'a ClearedDelivery,
}

impl Editions<'_> {
    /// What was true of a figure of an edition: when it was first printed so.
    fn true_counts(&self, edition: usize, place: &str, code: &str) -> Vec<i64> {
        let key = (place.to_owned(), code.to_owned());
        let said = self.printed[edition].get(&key);
        let first = (0..=edition).find(|e| self.printed[*e].get(&key) == said);
        let truth = &self.truths[first.unwrap_or(edition)];
        counted(truth, &sites_of(self.last, place), code)
    }

    fn change(&self, [old, new]: [usize; 2], place: &str, code: &str) -> Vec<i64> {
        let mut change = self.true_counts(new, place, code);
        subtract(&mut change, &self.true_counts(old, place, code));
        change
    }

    /// Groups of too few people whose answers are the difference of what two editions print: of a
    /// figure printed anew, less its parts printed anew.
    fn differences(&self, pair: [usize; 2], least: i64) -> Vec<String> {
        let (old, new) = (&self.printed[pair[0]], &self.printed[pair[1]]);
        let is_new = |place: &str, code: &str| {
            let key = (place.to_owned(), code.to_owned());
            matches!((old.get(&key), new.get(&key)), (Some(Ok(a)), Some(Ok(b))) if a != b)
        };
        let mut found = Vec::new();
        for (place, code) in new.keys().filter(|(place, code)| is_new(place, code)) {
            let mut rest = self.change(pair, place, code);
            if place.starts_with("secteur ") || place == "territoire" {
                let members = sites_of(self.last, place);
                for part in members.iter().filter(|s| is_new(s, code)) {
                    subtract(&mut rest, &self.change(pair, part, code));
                }
            }
            let people: i64 = rest.iter().sum();
            if rest.iter().any(|r| *r != 0) && people.abs() < least {
                found.push(format!("{pair:?} {place} {code} : {rest:?}"));
            }
        }
        found
    }
}

/// Editions of one campaign for an audience, each after the log has read the ones before; and what
/// each would have been without a log.
fn deliver(editions: &[Campaign], audience: Audience) -> [Vec<ClearedDelivery>; 2] {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut kept, mut raw) = (Vec::new(), Vec::new());
    for edition in editions {
        let mut log = DeliveryLog::begin(folder.path()).expect("a log");
        raw.push(edition.deliver(audience, None));
        let (delivery, repeats) = edition.told(audience, &log, &mut ToldEdition::default());
        log.record(&delivery, &repeats, on("2026-06-01"))
            .expect("kept");
        drop(log.save().expect("saved"));
        kept.push(delivery);
    }
    let log = DeliveryLog::open(folder.path()).expect("a log");
    assert_eq!(log.deliveries().len(), editions.len());
    [kept, raw]
}

/// Differences that tell few people's answers, with the log and without it; figures refreshed.
/// `thresholds` are those of each edition, where they are not the usual ones.
fn compared(
    seed: u64,
    audience: Audience,
    thresholds: [Option<usize>; 3],
) -> (Vec<String>, usize, usize) {
    let mut editions = Campaign::editions(seed);
    for (edition, threshold) in editions.iter_mut().zip(thresholds) {
        let own = &mut edition.thresholds[audience];
        own.repondants = threshold.unwrap_or(own.repondants);
    }
    let truths: Vec<Truth> = editions.iter().map(Truth::of).collect();
    let [kept, raw] = deliver(&editions, audience);
    let of = |deliveries: &[ClearedDelivery]| {
        let all = Editions {
            printed: deliveries.iter().map(printed).collect(),
            truths: &truths,
            last: &deliveries[2],
        };
        let pairs = [[0, 1], [0, 2], [1, 2]].into_iter();
        let found = pairs.flat_map(|pair| all.differences(pair, 5));
        (found.collect::<Vec<String>>(), all.printed)
    };
    let (found, says) = of(&kept);
    let refreshed = says[1].iter().filter(|(k, v)| says[0].get(*k) != Some(v));
    (found, of(&raw).0.len(), refreshed.count())
}

/// One more respondent, then an import cancelled: comparing any two editions tells nobody's answer.
#[test]
fn editions_of_a_campaign_tell_no_few_answers_apart() {
    for audience in [Audience::Elus, Audience::Equipe] {
        let (mut careless, mut refreshed) = (0, 0);
        for seed in 0..40 {
            let (found, without, fresh) = compared(seed, audience, [None; 3]);
            assert!(found.is_empty(), "{audience:?} graine {seed} : {found:#?}");
            careless += without;
            refreshed += fresh;
        }
        println!(
            "{audience:?} : 0 différence, {careless} sans journal, {refreshed} chiffres neufs"
        );
        // Without the log, differences are there to be found; with it, figures still move.
        assert!(careless > 20 && refreshed > 50, "{careless} {refreshed}");
    }
}

/// Lowered, then raised, while answers come in and go.
#[test]
fn a_threshold_that_changes_tells_no_few_answers_apart() {
    let mut refreshed = 0;
    for seed in 0..20 {
        let (found, _, fresh) = compared(seed, Audience::Elus, [None, Some(5), Some(14)]);
        assert!(found.is_empty(), "graine {seed} : {found:#?}");
        refreshed += fresh;
    }
    assert!(refreshed > 20, "{refreshed}");
}

#[test]
fn an_edition_with_nothing_new_repeats_the_one_before() {
    for seed in 0..10 {
        let [first, second, _] = Campaign::editions(seed);
        let [kept, _] = deliver(&[first, second], Audience::Elus);
        let [_, again, _] = Campaign::editions(seed);
        let [first, second, _] = Campaign::editions(seed);
        let [three, _] = deliver(&[first, second, again], Audience::Elus);
        let (second, third) = (printed(&kept[1]), printed(&three[2]));
        let moved: Vec<_> = second
            .iter()
            .filter(|(k, v)| third.get(*k) != Some(v))
            .collect();
        assert!(moved.is_empty(), "graine {seed} : {moved:?}");
    }
}

/// A team that was told the figures of one day, then elected people told those of a later one.
#[test]
fn what_teams_were_told_counts_when_elected_people_are() {
    for seed in 0..20 {
        let [first, second, _] = Campaign::editions(seed);
        let truths = [Truth::of(&first), Truth::of(&second)];
        let folder = tempfile::tempdir().expect("a folder");
        let mut log = DeliveryLog::begin(folder.path()).expect("a log");
        let alone = &mut ToldEdition::default();
        let (team, repeats) = first.told(Audience::Equipe, &log, alone);
        log.record(&team, &repeats, on("2026-06-01")).expect("kept");
        drop(log.save().expect("saved"));
        let log = DeliveryLog::open(folder.path()).expect("a log");
        let alone = &mut ToldEdition::default();
        let (elected, _) = second.told(Audience::Elus, &log, alone);
        let (team, elected) = (printed(&team), printed(&elected));
        for ((place, code), said) in &elected {
            let key = (place.clone(), code.clone());
            let (Some(Ok(before)), Ok(now)) = (team.get(&key), said) else {
                continue;
            };
            let here = [place.clone()];
            let [old, new] = [0, 1].map(|e| counted(&truths[e], &here, code).iter().sum::<i64>());
            let few = (new - old).abs() < 5 && old != new;
            assert!(!few || before == now, "graine {seed} : {place} {code}");
        }
    }
}

#[test]
fn a_damaged_log_stops_the_delivery() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("data")).expect("a folder");
    std::fs::write(folder.path().join("data/livraisons.json"), "{").expect("written");
    let refused = DeliveryLog::open(folder.path())
        .expect_err("damaged")
        .to_string();
    assert!(refused.contains("livraisons.json"), "{refused}");
}
