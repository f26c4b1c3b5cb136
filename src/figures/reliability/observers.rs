//! Visits scored by several observers: do they agree, on what do they not, who is more severe
//! (`docs/statistics.md` §3).

use crate::stats::interval::Interval;
use std::collections::{BTreeMap, BTreeSet};

use super::{LEAST_ELEMENTS, LEAST_VISITS, RatedAnswer};
use crate::stats::agreement::{Agreement, gwet_ac2, percent};
use crate::stats::average::t_interval;
use crate::stats::icc::{Icc, icc};
use crate::stats::krippendorff::{Alpha, krippendorff, krippendorff_interval};
use crate::stats::{Reason, Stat};
use crate::vocabulary::referentiel::Referentiel;

/// The declared scale of observations.
pub(super) const LEVELS: [f64; 4] = [1.0, 2.0, 3.0, 4.0];
/// Éléments listed as most disputed.
const LISTED: usize = 10;

/// Agreement over the visits scored by several observers.
#[derive(Debug, Clone)]
pub struct Observers {
    /// Visits in all.
    pub visits: usize,
    /// Those scored by several observers.
    pub visited_by_several: usize,
    /// Of them, those where one élément at least was rated by two.
    pub rated_by_several: usize,
    /// Agreement per axe in the order of the référentiel, then over all (empty code).
    pub axes: Vec<AxeAgreement>,
    /// Share of éléments where observers agree that it applies.
    pub applicability: Stat<f64>,
    /// Scores of critères by two observers of a visit: ICC(1), one-way, since observers change
    /// from a visit to another.
    pub critere_icc: Stat<Icc>,
    /// Éléments that observers rate most differently, the most disputed first.
    pub disputed: Vec<Disputed>,
    /// Each observer against the others of the same visits, by code.
    pub severities: Vec<ObserverSeverity>,
}

/// Agreement on the éléments of an axe.
#[derive(Debug, Clone)]
pub struct AxeAgreement {
    /// Axe code; empty for all axes.
    pub axe: String,
    /// Éléments × visits rated by several observers.
    pub units: usize,
    /// Share of pairs that agree exactly.
    pub exact: Stat<f64>,
    /// Share of pairs within one level: chance alone gives 62 to 88 %.
    pub within_one: Stat<f64>,
    /// Gwet's AC2, quadratic weights.
    pub ac2: Stat<Agreement>,
    /// Krippendorff's ordinal alpha.
    pub alpha: Stat<Alpha>,
    ratings: Vec<Vec<Option<f64>>>,
}

impl Observers {
    /// Whether agreement rests on enough to say of the observers what is seen of these visits
    /// (`docs/statistics.md` §3.7).
    pub fn is_enough(&self) -> bool {
        let rated = self.axes.last().map_or(0, |all| all.units);
        rated >= LEAST_ELEMENTS && self.rated_by_several >= LEAST_VISITS
    }
}

impl AxeAgreement {
    /// 95 % interval of alpha, by resampling the éléments rated; found only when asked for.
    pub fn alpha_interval(&self) -> Stat<Interval> {
        krippendorff_interval(&self.ratings, 0.95)
    }
}

/// An élément that observers rate differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Disputed {
    /// Position of the élément.
    pub element: usize,
    /// Visits where several observers rated it.
    pub visits: usize,
    /// Mean distance between two of its ratings, in levels.
    pub gap: f64,
    /// Visits where one says that it does not apply and another rates it.
    pub applicability: usize,
}

/// How an observer rates compared with the others of the same visits.
#[derive(Debug, Clone, PartialEq)]
pub struct ObserverSeverity {
    /// Observer's code.
    pub observer: String,
    /// Ratings in common with others.
    pub n: usize,
    /// Mean difference from the others, in levels; negative: more severe.
    pub bias: f64,
    /// 95 % interval.
    pub interval: Option<Interval>,
}

impl ObserverSeverity {
    /// A quarter of a level or more, and not by chance.
    pub fn is_marked(&self) -> bool {
        self.bias.abs() >= 0.25 && self.interval.is_some_and(|i| i.tells_a_sign())
    }
}

/// Structure and visit.
type SiteVisit<'a> = (&'a str, &'a str);

/// What several observers gave to one élément of one visit.
struct RatedUnit<'a> {
    visit: SiteVisit<'a>,
    element: usize,
    answers: Vec<&'a RatedAnswer>,
}

impl RatedUnit<'_> {
    fn levels(&self) -> Vec<f64> {
        self.answers.iter().filter_map(|a| a.level).collect()
    }

    /// Numbers against « non concerné »; none when fewer than two observers say either.
    fn applies(&self) -> Option<bool> {
        let rated = self.answers.iter().filter(|a| a.level.is_some()).count();
        let nc = self.answers.iter().filter(|a| a.nc).count();
        (rated + nc >= 2).then_some(rated == 0 || nc == 0)
    }
}

/// Agreement of the observers of one campaign.
pub fn observers(answers: &[RatedAnswer], referentiel: &Referentiel) -> Observers {
    let mut visits: BTreeMap<SiteVisit, BTreeSet<&str>> = BTreeMap::new();
    let mut groups: BTreeMap<(SiteVisit, usize), Vec<&RatedAnswer>> = BTreeMap::new();
    for answer in answers {
        let visit = (answer.structure.as_str(), answer.visite.as_str());
        visits.entry(visit).or_default().insert(&answer.who);
        groups
            .entry((visit, answer.element))
            .or_default()
            .push(answer);
    }
    let units: Vec<RatedUnit> = groups
        .into_iter()
        .filter(|(_, answers)| answers.len() >= 2)
        .map(|((visit, element), answers)| RatedUnit {
            visit,
            element,
            answers,
        })
        .collect();
    let twice = visits.values().filter(|w| w.len() >= 2).count();
    let applies: Vec<bool> = units.iter().filter_map(RatedUnit::applies).collect();
    let rated = units.iter().filter(|u| u.levels().len() >= 2);
    let agreeing = applies.iter().filter(|a| **a).count();
    Observers {
        visits: visits.len(),
        visited_by_several: twice,
        rated_by_several: rated.map(|u| u.visit).collect::<BTreeSet<_>>().len(),
        axes: axes(&units, referentiel),
        applicability: if applies.is_empty() {
            Err(Reason::NoPairableUnit)
        } else {
            Ok(agreeing as f64 / applies.len() as f64)
        },
        critere_icc: critere_icc(&units, referentiel),
        disputed: disputed(&units),
        severities: severities(&units),
    }
}

fn axes(units: &[RatedUnit], r: &Referentiel) -> Vec<AxeAgreement> {
    let of = |axe: Option<usize>| {
        let ratings: Vec<Vec<Option<f64>>> = units
            .iter()
            .filter(|u| axe.is_none_or(|a| r.criteres[r.elements[u.element].critere].axe == a))
            .map(|u| u.levels().into_iter().map(Some).collect())
            .filter(|levels: &Vec<Option<f64>>| levels.len() >= 2)
            .collect();
        let pooled = |tolerance| percent(&ratings, tolerance).map(|p| p.pooled);
        AxeAgreement {
            axe: axe.map_or(String::new(), |a| r.axes[a].code.clone()),
            units: ratings.len(),
            exact: pooled(0.0),
            within_one: pooled(1.0),
            ac2: gwet_ac2(&ratings, &LEVELS, 0.95),
            alpha: krippendorff(&ratings),
            ratings,
        }
    };
    let each = (0..r.axes.len()).map(|a| of(Some(a)));
    let rated = each.filter(|a| a.units > 0);
    rated.chain([of(None)]).collect()
}

/// Mean of each critère by the first two observers of a visit, on the éléments both rated.
fn critere_icc(units: &[RatedUnit], r: &Referentiel) -> Stat<Icc> {
    let mut scores: BTreeMap<(SiteVisit, usize), Vec<(f64, f64)>> = BTreeMap::new();
    for unit in units {
        if let [a, b, ..] = unit.levels().as_slice() {
            let key = (unit.visit, r.elements[unit.element].critere);
            scores.entry(key).or_default().push((*a, *b));
        }
    }
    let rows: Vec<Vec<Option<f64>>> = scores
        .values()
        .map(|pairs| {
            let n = pairs.len() as f64;
            let mean = |f: fn(&(f64, f64)) -> f64| Some(pairs.iter().map(f).sum::<f64>() / n);
            vec![mean(|p| p.0), mean(|p| p.1)]
        })
        .collect();
    icc(&rows, 0.95)
}

/// What observers gave to one élément, over the visits.
#[derive(Default)]
struct Dispute {
    gaps: Vec<f64>,
    /// Visits where several rated it.
    visits: usize,
    applicability: usize,
}

fn disputed(units: &[RatedUnit]) -> Vec<Disputed> {
    let mut disputes: BTreeMap<usize, Dispute> = BTreeMap::new();
    for unit in units {
        let dispute = disputes.entry(unit.element).or_default();
        let levels = unit.levels();
        for (i, a) in levels.iter().enumerate() {
            let others = levels[i + 1..].iter();
            dispute.gaps.extend(others.map(|b| (a - b).abs()));
        }
        dispute.visits += usize::from(levels.len() >= 2);
        dispute.applicability += usize::from(unit.applies() == Some(false));
    }
    let mut all: Vec<Disputed> = disputes
        .into_iter()
        .map(|(element, dispute)| Disputed {
            element,
            visits: dispute.visits,
            gap: dispute.gaps.iter().sum::<f64>() / dispute.gaps.len().max(1) as f64,
            applicability: dispute.applicability,
        })
        .filter(|d| d.gap > 0.0 || d.applicability > 0)
        .collect();
    all.sort_by(|a, b| {
        let by_gap = b.gap.total_cmp(&a.gap);
        by_gap
            .then(b.applicability.cmp(&a.applicability))
            .then(a.element.cmp(&b.element))
    });
    all.truncate(LISTED);
    all
}

fn severities(units: &[RatedUnit]) -> Vec<ObserverSeverity> {
    let mut gaps: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for unit in units {
        for (i, answer) in unit.answers.iter().enumerate() {
            let others: Vec<f64> = unit
                .answers
                .iter()
                .enumerate()
                .filter(|(j, _)| *j != i)
                .filter_map(|(_, a)| a.level)
                .collect();
            if let (Some(own), false) = (answer.level, others.is_empty()) {
                let mean = others.iter().sum::<f64>() / others.len() as f64;
                gaps.entry(&answer.who).or_default().push(own - mean);
            }
        }
    }
    gaps.into_iter()
        .map(|(observer, gaps)| ObserverSeverity {
            observer: observer.to_owned(),
            n: gaps.len(),
            bias: gaps.iter().sum::<f64>() / gaps.len() as f64,
            interval: t_interval(&gaps, 0.95).ok().and_then(|t| t.interval),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    fn answer(visite: &str, who: &str, element: usize, level: Option<f64>) -> RatedAnswer {
        RatedAnswer {
            structure: "R01".into(),
            visite: visite.into(),
            who: who.into(),
            element,
            level,
            nc: level.is_none(),
        }
    }

    /// By hand: three common ratings, two alike, one a level apart; O2 a third of a level above.
    #[test]
    fn two_observers_of_one_visit() {
        let r = &parse("v1", embedded_v1()).expect("the référentiel");
        let obs: Vec<usize> = (0..r.elements.len())
            .filter(|e| r.elements[*e].source.as_str() == "OBS")
            .collect();
        let rated = [(3.0, 3.0), (2.0, 3.0), (4.0, 4.0)];
        let mut answers = Vec::new();
        for (e, (a, b)) in obs.iter().zip(rated) {
            answers.push(answer("V1", "O1", *e, Some(a)));
            answers.push(answer("V1", "O2", *e, Some(b)));
        }
        answers.push(answer("V1", "O1", obs[3], None));
        answers.push(answer("V1", "O2", obs[3], Some(2.0)));
        answers.push(answer("V2", "O1", obs[0], Some(2.0)));
        let found = observers(&answers, r);
        assert_eq!((found.visits, found.visited_by_several), (2, 1));
        let all = found.axes.last().expect("over all");
        assert_eq!((all.units, all.exact), (3, Ok(2.0 / 3.0)));
        assert_eq!(all.within_one, Ok(1.0));
        assert_eq!(found.applicability, Ok(0.75));
        assert_eq!(found.disputed[0].element, obs[1]);
        assert_eq!(found.disputed.len(), 2);
        let o2 = &found.severities[1];
        assert_eq!((o2.observer.as_str(), o2.n), ("O2", 3));
        assert!((o2.bias - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn observers_who_never_meet_are_not_compared() {
        let r = &parse("v1", embedded_v1()).expect("the référentiel");
        let answers = [
            answer("V1", "O1", 0, Some(3.0)),
            answer("V2", "O2", 0, Some(3.0)),
        ];
        let found = observers(&answers, r);
        assert_eq!(found.applicability, Err(Reason::NoPairableUnit));
        assert!(
            found
                .axes
                .iter()
                .all(|a| a.exact.is_err() && a.ac2.is_err())
        );
        assert!(found.severities.is_empty() && found.critere_icc.is_err());
    }
}
