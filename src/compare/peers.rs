//! Like with like: the nearest centres of the same type (statistics.md 6.5).

use std::collections::BTreeMap;

use crate::stats::composite::{Trait, gower};
use crate::vocabulary::config::Structure;

/// Structure code → codes of its nearest centres of the same type, in order of code.
pub type Peers = BTreeMap<String, Vec<String>>;

/// How many centres are looked at.
const NEAREST: usize = 5;

/// The five nearest centres of the same type by Gower's distance over places, days open, PEDT and
/// sector; neighbours are sought within a type only.
pub fn peers(structures: &[&Structure]) -> Peers {
    let mut found = Peers::new();
    let mut kinds: BTreeMap<&str, Vec<&Structure>> = BTreeMap::new();
    for structure in structures {
        let alike = kinds.entry(structure.kind.as_str()).or_default();
        alike.push(structure);
    }
    for alike in kinds.values() {
        let traits: Vec<Vec<Trait>> = alike.iter().map(|s| traits(s)).collect();
        let distances = gower(&traits);
        for (i, own) in alike.iter().enumerate() {
            let mut others: Vec<(f64, &str)> = (0..alike.len())
                .filter(|j| *j != i)
                .filter_map(|j| Some((distances[i][j]?, alike[j].code.as_str())))
                .collect();
            others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
            let mut codes: Vec<String> = others
                .iter()
                .take(NEAREST)
                .map(|o| o.1.to_owned())
                .collect();
            codes.sort();
            found.insert(own.code.clone(), codes);
        }
    }
    found
}

fn traits(s: &Structure) -> Vec<Trait> {
    let number = |n: Option<u32>| n.map_or(Trait::Missing, |n| Trait::Number(f64::from(n)));
    let kind = |text: &str| match text {
        "" => Trait::Missing,
        text => Trait::Kind(text.to_owned()),
    };
    vec![
        number(s.capacite_moins6),
        number(s.capacite_6plus),
        number(s.jours_an),
        kind(if s.pedt { "pedt" } else { "sans" }),
        kind(&s.secteur),
    ]
}
