//! Two editions of the same campaign, a few answers apart: comparing them tells nobody's.

use std::collections::BTreeMap;

use observatoire::disclosure::{
    Audience, ClearedDelivery, ClearedDistribution, DeliveryLog, Mask, Shares,
};
use observatoire::figures::Distribution;

use super::truth::Truth;
use super::worlds::Campaigns;

type Printed = BTreeMap<(String, String), Result<Shares, Mask>>;

fn printed(d: &ClearedDelivery) -> Printed {
    let mut all = Printed::new();
    let mut add = |place: &str, q: &ClearedDistribution| {
        all.insert((place.to_owned(), q.code.clone()), q.shares.clone());
    };
    for s in &d.sites {
        s.distributions
            .values()
            .flatten()
            .for_each(|q| add(&s.structure, q));
    }
    for s in &d.sectors {
        s.distributions
            .values()
            .flatten()
            .for_each(|q| add(&format!("secteur {}", s.secteur), q));
    }
    d.territory
        .distributions
        .values()
        .flatten()
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

/// Change of counts at some sites, from one edition to the next.
fn moved(truths: &[Truth; 2], sites: &[String], code: &str) -> Vec<i64> {
    let mut change = Vec::new();
    for (sign, truth) in [-1, 1].into_iter().zip(truths) {
        for site in sites {
            let none = Distribution::default();
            let d = truth
                .answers
                .get(&(site.clone(), code.to_owned()))
                .unwrap_or(&none);
            change.resize(change.len().max(d.counts.len()), 0);
            for (sum, count) in change.iter_mut().zip(&d.counts) {
                *sum += sign * *count as i64;
            }
        }
    }
    change
}

/// Groups of too few people whose answers are the difference of what two editions print: of a
/// figure printed anew, less its parts printed anew.
fn differences(truths: &[Truth; 2], editions: [&ClearedDelivery; 2], least: i64) -> Vec<String> {
    let (old, new) = (printed(editions[0]), printed(editions[1]));
    let is_new = |place: &str, code: &str| {
        let key = (place.to_owned(), code.to_owned());
        matches!((old.get(&key), new.get(&key)), (Some(Ok(a)), Some(Ok(b))) if a != b)
    };
    let mut found = Vec::new();
    for (place, code) in new.keys().filter(|(place, code)| is_new(place, code)) {
        let members = sites_of(editions[1], place);
        let mut rest = moved(truths, &members, code);
        if place.starts_with("secteur ") || place == "territoire" {
            for part in members.iter().filter(|s| is_new(s, code)) {
                let less = moved(truths, std::slice::from_ref(part), code);
                for (r, l) in rest.iter_mut().zip(less) {
                    *r -= l;
                }
            }
        }
        let people: i64 = rest.iter().sum();
        if rest.iter().any(|r| *r != 0) && people.abs() < least {
            found.push(format!("{place} {code} : {rest:?}"));
        }
    }
    found
}

#[test]
fn a_few_late_answers_are_not_told_apart_by_two_editions() {
    let (mut repeats, mut refreshed, mut careless) = (0, 0, 0);
    for seed in 0..40 {
        let editions = Campaigns::editions(seed);
        let truths = [Truth::of(&editions.before), Truth::of(&editions.after)];
        let folder = tempfile::tempdir().expect("a folder");
        let mut log = DeliveryLog::open(folder.path()).expect("a log");
        let mut first = editions.before.deliver(Audience::Elus, None);
        let none = log.apply(&mut first);
        assert_eq!(none.figures, 0);
        log.record(&first, none, "2026-06-01");
        log.save().expect("saved");

        let mut log = DeliveryLog::open(folder.path()).expect("a log");
        let raw = editions.after.deliver(Audience::Elus, None);
        let mut second = raw.clone();
        let again = log.apply(&mut second);
        repeats += again.figures;
        let found = differences(&truths, [&first, &second], 5);
        assert!(found.is_empty(), "graine {seed} : {found:#?}");
        careless += differences(&truths, [&first, &raw], 5).len();
        refreshed += printed(&second)
            .iter()
            .filter(|(k, v)| printed(&first).get(*k) != Some(v))
            .count();

        // A third edition with nothing new repeats the second.
        log.record(&second, again, "2026-06-08");
        let mut third = editions.after.deliver(Audience::Elus, None);
        let _ = log.apply(&mut third);
        let (second, third) = (printed(&second), printed(&third));
        let moved: Vec<_> = second
            .iter()
            .filter(|(k, v)| third.get(*k) != Some(v))
            .collect();
        assert!(moved.is_empty(), "graine {seed} : {moved:?}");
        assert_eq!(log.deliveries().len(), 2);
    }
    // Without the log, differences are there to be found.
    assert!(
        repeats > 100 && refreshed > 50 && careless > 20,
        "{repeats} {refreshed} {careless}"
    );
}

#[test]
fn a_team_reads_the_latest_figures_and_a_damaged_log_stops_the_delivery() {
    let editions = Campaigns::editions(1);
    let folder = tempfile::tempdir().expect("a folder");
    let mut log = DeliveryLog::open(folder.path()).expect("a log");
    let mut first = editions.before.deliver(Audience::Equipe, None);
    let none = log.apply(&mut first);
    log.record(&first, none, "2026-06-01");
    let mut second = editions.after.deliver(Audience::Equipe, None);
    assert_eq!(log.apply(&mut second).figures, 0);
    assert!(log.deliveries().is_empty());
    std::fs::create_dir_all(folder.path().join("data")).expect("a folder");
    std::fs::write(folder.path().join("data/livraisons.json"), "{").expect("written");
    let refused = DeliveryLog::open(folder.path())
        .expect_err("damaged")
        .to_string();
    assert!(refused.contains("livraisons.json"), "{refused}");
}
