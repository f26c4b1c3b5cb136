//! What the attacker believes is true: each bound that it read and each equation that it holds is checked against what
//! was rated. An attacker that believes something false finds nothing, or finds what is not there.

use std::collections::{BTreeMap, HashMap};

use observatoire::disclosure::Audience;
use observatoire::figures::Level;

use super::knowledge::{Knowledge, levels};
use super::readers::{Held, worlds};
use super::solver::Solver;
use super::truth::{Era, Truth, eras};
use super::worlds::Campaigns;

/// How far an equation of means may be from the truth.
const NEAR: f64 = 1e-5;

/// True values of the attacker's unknowns, by their names.
fn true_values(eras: &[Era]) -> BTreeMap<String, f64> {
    let mut all = BTreeMap::new();
    for Era {
        name,
        campaign,
        truth,
    } in eras
    {
        let r = &campaign.referentiel;
        for ((site, code), answers) in &truth.answers {
            let n = answers.total() as f64;
            let key = format!("{name}|{site}|{code}");
            for (m, count) in answers.counts.iter().enumerate() {
                all.insert(format!("c|{key}|{m}"), *count as f64);
            }
            all.insert(format!("N|{key}"), n);
            if let Some(e) = r.element(code).filter(|_| n > 0.0) {
                let levels = levels(r, &r.elements[e]);
                let weighed = answers.counts.iter().zip(&levels);
                let sum: f64 = weighed.map(|(count, level)| *count as f64 * level).sum();
                all.insert(format!("M|{key}"), sum / n);
            }
        }
        for f in campaign.indicators.figures() {
            let kind = match (f.level, f.source) {
                (Level::Critere | Level::Axe, None) => "L",
                (Level::Element, Some(_)) => "M",
                _ => continue,
            };
            if let Some(value) = f.value {
                all.insert(format!("{kind}|{name}|{}|{}", f.structure, f.code), value);
            }
        }
    }
    all
}

/// Gives a value to what an equation leaves alone, until none does.
fn completed(
    solver: &Solver,
    names: &HashMap<usize, &String>,
    mut all: BTreeMap<String, f64>,
) -> BTreeMap<String, f64> {
    loop {
        let before = all.len();
        for terms in &solver.sums {
            let mut left = terms.iter().filter(|(x, _)| !all.contains_key(names[x]));
            let (Some((x, a)), None) = (left.next(), left.next()) else {
                continue;
            };
            let others = terms.iter().filter(|(y, _)| y != x);
            let sum: f64 = others.map(|(y, b)| b * all[names[y]]).sum();
            all.insert(names[x].clone(), -sum / a);
        }
        if all.len() == before {
            return all;
        }
    }
}

/// What the attacker holds and is false.
fn false_beliefs(knowledge: &Knowledge, eras: &[Era]) -> (Vec<String>, usize) {
    let solver = &knowledge.solver;
    let names: HashMap<usize, &String> = solver.names.iter().map(|(n, x)| (*x, n)).collect();
    let all = completed(solver, &names, true_values(eras));
    let mut told = Vec::new();
    let mut checked = 0;
    for (x, name) in &names {
        let Some(value) = all.get(*name) else {
            continue;
        };
        checked += 1;
        if *value < solver.low[*x] - NEAR || *value > solver.high[*x] + NEAR {
            let (low, high) = (solver.low[*x], solver.high[*x]);
            told.push(format!("{name} is {value}, believed in [{low}, {high}]"));
        }
    }
    let off = |terms: &[(usize, f64)]| -> Option<f64> {
        let each = terms.iter().map(|(x, a)| Some(a * all.get(names[x])?));
        each.sum()
    };
    let said = |terms: &[(usize, f64)]| {
        let each = terms.iter().map(|(x, a)| format!("{a:.3} × {}", names[x]));
        each.collect::<Vec<_>>().join(" + ")
    };
    let equal = solver
        .sums
        .iter()
        .filter(|t| off(t).is_some_and(|s| s.abs() > NEAR));
    told.extend(equal.map(|terms| format!("not 0: {}", said(terms))));
    let most = solver
        .at_most
        .iter()
        .filter(|t| off(t).is_some_and(|s| s > NEAR));
    told.extend(most.map(|terms| format!("above 0: {}", said(terms))));
    (told, checked)
}

/// In small territories, everything that elected people and families are given, both campaigns.
#[test]
fn the_attacker_believes_nothing_that_is_false() {
    let mut checked = 0;
    for seed in worlds(80) {
        let campaigns = Campaigns::small(seed);
        let truths = [Truth::of(&campaigns.before), Truth::of(&campaigns.after)];
        let mut knowledge = Knowledge::default();
        for audience in [Audience::Elus, Audience::Familles, Audience::Equipe] {
            knowledge.holds(&campaigns, &Held::of(&campaigns, audience), Clone::clone);
        }
        let eras = eras(&campaigns, &truths);
        knowledge.turnout(&eras);
        let (told, n) = false_beliefs(&knowledge, &eras);
        assert!(told.is_empty(), "graine {seed} : {told:#?}");
        checked += n;
    }
    assert!(checked > 10_000, "{checked}");
}
