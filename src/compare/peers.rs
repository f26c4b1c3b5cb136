//! Like with like: the nearest centres of the same type (`docs/statistics.md` §6.5).

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::figures::neighbourhoods;
use crate::stats::composite::{Gower, Trait};
use crate::vocabulary::config::Structure;

/// Structure code → codes of its nearest centres of the same type, in order of code.
pub type Peers = BTreeMap<String, Vec<String>>;

/// How many centres are looked at.
const NEAREST: usize = 5;

/// The five nearest centres of the same type by Gower's distance over places, days open, PEDT and
/// sector; neighbours are sought within a type, and within a neighbourhood.
pub fn peers(structures: &[&Structure]) -> Peers {
    let mut kinds: BTreeMap<(usize, &str), Vec<&Structure>> = BTreeMap::new();
    for (place, near) in neighbourhoods(structures).into_iter().enumerate() {
        for structure in near {
            let alike = kinds.entry((place, structure.kind.as_str())).or_default();
            alike.push(structure);
        }
    }
    let alike: Vec<Vec<&Structure>> = kinds.into_values().collect();
    let nearest = alike.par_iter().flat_map_iter(|alike| of_type(alike));
    nearest.collect()
}

fn of_type(alike: &[&Structure]) -> Vec<(String, Vec<String>)> {
    let traits: Vec<Vec<Trait>> = alike.iter().map(|s| traits(s)).collect();
    let distances = Gower::of(&traits);
    let nearest = (0..alike.len()).map(|own| {
        let mut nearest = Nearest::of(own, alike, &distances);
        (0..alike.len()).for_each(|position| nearest.look_at(position));
        (alike[own].code.clone(), nearest.codes())
    });
    nearest.collect()
}

/// The nearest centres met so far, the nearest first.
struct Nearest<'a> {
    own: usize,
    alike: &'a [&'a Structure],
    distances: &'a Gower<'a>,
    found: Vec<Neighbour<'a>>,
}

/// A centre and how far it is.
#[derive(Clone, Copy)]
struct Neighbour<'a> {
    distance: f64,
    code: &'a str,
}

impl Neighbour<'_> {
    /// The nearer first, by code when as near.
    fn order(&self, other: &Self) -> Ordering {
        let distance = self.distance.total_cmp(&other.distance);
        distance.then_with(|| self.code.cmp(other.code))
    }
}

impl<'a> Nearest<'a> {
    fn of(own: usize, alike: &'a [&'a Structure], distances: &'a Gower<'a>) -> Self {
        Self {
            own,
            alike,
            distances,
            found: Vec::with_capacity(NEAREST + 1),
        }
    }

    fn look_at(&mut self, position: usize) {
        let distance = (position != self.own).then(|| self.distances.distance(self.own, position));
        let Some(distance) = distance.flatten() else {
            return;
        };
        let neighbour = Neighbour {
            distance,
            code: &self.alike[position].code,
        };
        let place = self.found.partition_point(|n| n.order(&neighbour).is_lt());
        if place < NEAREST {
            self.found.insert(place, neighbour);
            self.found.truncate(NEAREST);
        }
    }

    fn codes(&self) -> Vec<String> {
        let mut codes: Vec<String> = self.found.iter().map(|n| n.code.to_owned()).collect();
        codes.sort();
        codes
    }
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
        kind((s.pedt.declared).map_or("", |there| if there { "pedt" } else { "sans" })),
        kind(&s.secteur),
    ]
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::figures::neighbours;
    use crate::vocabulary::config::parse_registry;

    /// Two hundred centres, some without sector or size; then twice as many, each with those of its
    /// sector.
    #[test]
    fn the_nearest_of_the_type_and_of_the_neighbourhood() {
        for count in [200, 400] {
            let mut text = String::from("code,nom,type,pedt,secteur,capacite_6plus,jours_an\n");
            for i in 0..count {
                let sector = ["Nord", "Sud", "Est", ""][(i / 3 % 4) as usize];
                let pedt = ["oui", "non"][(i / 7 % 2) as usize];
                let places = if i % 11 == 0 {
                    String::new()
                } else {
                    (10 + i * 37 % 91).to_string()
                };
                let days = 20 + i * 53 % 160;
                let row = format!("A{i:03},Accueil {i},mixte,{pedt},{sector},{places},{days}\n");
                text.push_str(&row);
            }
            let registry = parse_registry(Path::new("structures.csv"), text.as_bytes());
            let registry = registry.expect("a registry");
            let all: Vec<&Structure> = registry.all().iter().collect();
            let found = peers(&all);
            for structure in &all {
                let alike = neighbours(&all, structure);
                let traits: Vec<Vec<Trait>> = alike.iter().map(|s| traits(s)).collect();
                let distances = Gower::of(&traits);
                let own = alike.iter().position(|s| s.code == structure.code);
                let own = own.expect("itself");
                let mut others: Vec<(f64, &str)> = (0..alike.len())
                    .filter(|other| *other != own)
                    .filter_map(|other| {
                        Some((distances.distance(own, other)?, alike[other].code.as_str()))
                    })
                    .collect();
                others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
                let mut expected: Vec<&str> = others.iter().take(NEAREST).map(|o| o.1).collect();
                expected.sort_unstable();
                assert_eq!(found[&structure.code], expected, "{}", structure.code);
            }
        }
    }
}
