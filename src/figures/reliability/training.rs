//! Training: trainees against a master rating of the same visits (`docs/statistics.md` §3.7).

use std::collections::{BTreeMap, BTreeSet};

use super::observers::LEVELS;
use super::{LEAST_ELEMENTS, LEAST_VISITS, RatedAnswer};
use crate::stats::Stat;
use crate::stats::calibration::{Calibration, Standard, calibrate};

/// A trainee against the master.
#[derive(Debug, Clone)]
pub struct Trainee {
    /// Observer's code.
    pub observer: String,
    /// Visits in common with the master.
    pub visits: usize,
    /// Agreement, or why there is none.
    pub calibration: Stat<Calibration>,
    /// Éléments rated otherwise than the master, what weighs most first.
    pub missed: Vec<Missed>,
}

/// An élément that a trainee rates otherwise than the master.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Missed {
    /// Position of the élément.
    pub element: usize,
    /// Trainee's mean minus master's, in levels, where they differ.
    pub gap: f64,
    /// How many times they differ.
    pub times: usize,
}

impl Trainee {
    /// Both shares reached on enough éléments and visits to mean something.
    pub fn is_certified(&self) -> bool {
        self.calibration
            .as_ref()
            .is_ok_and(|c| c.pass && c.n >= LEAST_ELEMENTS)
            && self.visits >= LEAST_VISITS
    }
}

/// Every observer who scored a visit that the master scored too, by code.
pub fn train(answers: &[RatedAnswer], master: &str, standard: Standard) -> Vec<Trainee> {
    let mut units: BTreeMap<(&str, &str, usize), BTreeMap<&str, &RatedAnswer>> = BTreeMap::new();
    for a in answers {
        let unit = units
            .entry((&a.structure, &a.visite, a.element))
            .or_default();
        unit.insert(&a.who, a);
    }
    let names: BTreeSet<&str> = units
        .values()
        .filter(|u| u.contains_key(master))
        .flat_map(|u| u.keys().copied())
        .filter(|who| *who != master)
        .collect();
    names
        .into_iter()
        .map(|who| trainee(&units, who, master, standard))
        .collect()
}

type TraineeUnits<'a> = BTreeMap<(&'a str, &'a str, usize), BTreeMap<&'a str, &'a RatedAnswer>>;

fn trainee(units: &TraineeUnits, who: &str, master: &str, standard: Standard) -> Trainee {
    let mut visits = BTreeSet::new();
    let mut pairs = Vec::new();
    let mut missed: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    for ((structure, visit, element), unit) in units {
        let (Some(own), Some(key)) = (unit.get(who), unit.get(master)) else {
            continue;
        };
        // What neither rated nor judged out of scope says nothing of either.
        let said = |a: &RatedAnswer| a.level.is_some() || a.nc;
        if !said(own) || !said(key) {
            continue;
        }
        visits.insert((structure, visit));
        pairs.push((own.level, key.level));
        if let (Some(a), Some(b)) = (own.level, key.level)
            && (a - b).abs() > 1e-9
        {
            let entry = missed.entry(*element).or_default();
            entry.0 += a - b;
            entry.1 += 1;
        }
    }
    let mut missed: Vec<Missed> = missed
        .into_iter()
        .map(|(element, (sum, times))| Missed {
            element,
            gap: sum / times as f64,
            times,
        })
        .collect();
    missed.sort_by(|a, b| {
        let far = |m: &Missed| m.gap.abs() * m.times as f64;
        far(b).total_cmp(&far(a)).then(a.element.cmp(&b.element))
    });
    Trainee {
        observer: who.to_owned(),
        visits: visits.len(),
        calibration: calibrate(&pairs, &LEVELS, standard, 0.95),
        missed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Reason;

    const STANDARD: Standard = Standard {
        exact: 0.8,
        within_one: 0.95,
    };

    fn answer(visite: &str, who: &str, element: usize, level: f64) -> RatedAnswer {
        RatedAnswer {
            structure: "R01".into(),
            visite: visite.into(),
            who: who.into(),
            element,
            level: Some(level),
            nc: false,
        }
    }

    /// 3 visits × 20 éléments, 51 of 60 exact: 85 %, certified; on two visits it would not be.
    #[test]
    fn a_pass_needs_enough_elements_and_visits() {
        let sitting = |visits: &[&str]| {
            let mut all = Vec::new();
            for visit in visits {
                for e in 0..20 {
                    all.push(answer(visit, "M", e, 3.0));
                    let own = if e < 3 { 2.0 } else { 3.0 };
                    all.push(answer(visit, "O1", e, own));
                }
            }
            train(&all, "M", STANDARD)
        };
        let three = sitting(&["V1", "V2", "V3"]);
        assert!(three[0].is_certified());
        let missed = three[0].missed[0];
        assert_eq!((missed.element, missed.gap, missed.times), (0, -1.0, 3));
        let two = sitting(&["V1", "V2"]);
        assert!(two[0].calibration.as_ref().expect("a share").pass && !two[0].is_certified());
    }

    #[test]
    fn who_never_met_the_master_is_not_judged() {
        let answers = [answer("V1", "M", 0, 3.0), answer("V2", "O1", 0, 3.0)];
        assert!(train(&answers, "M", STANDARD).is_empty());
        let other = [answer("V1", "M", 0, 3.0), answer("V1", "O1", 1, 3.0)];
        let found = train(&other, "M", STANDARD);
        assert!(found.is_empty() || found[0].calibration.err() == Some(Reason::NoPairableUnit));
    }
}
