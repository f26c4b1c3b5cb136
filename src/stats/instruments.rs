//! Scoring rules of two published families of observation scales, for who brings such data; none
//! of their text is used here (`statistics.md` 1.3 and 1.4).

use std::collections::BTreeMap;

use super::describe::mean;
use super::{Reason, Stat};

/// Answer to a yes/no indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indicator {
    /// Seen.
    Yes,
    /// Not seen.
    No,
    /// Does not apply.
    NotApplicable,
    /// Left empty.
    Empty,
}

/// Stop-scoring of an item from its indicators at levels 1, 3, 5 and 7 (1.3). None when every
/// indicator is not applicable.
///
/// # Errors
///
/// An empty indicator at a level that must be examined.
pub fn ers_item(levels: &[Vec<Indicator>; 4]) -> Stat<Option<u8>> {
    let applicable = |level: &[Indicator]| -> Vec<Indicator> {
        let kept = level.iter().filter(|i| **i != Indicator::NotApplicable);
        kept.copied().collect()
    };
    let kept: Vec<Vec<Indicator>> = levels.iter().map(|l| applicable(l)).collect();
    if kept.iter().all(Vec::is_empty) {
        return Ok(None);
    }
    if kept[0].contains(&Indicator::Yes) {
        return Ok(Some(1));
    }
    if kept[0].contains(&Indicator::Empty) {
        return Err(Reason::NoData);
    }
    let mut score = 1;
    for (level, indicators) in [3, 5, 7].into_iter().zip(&kept[1..]) {
        if indicators.contains(&Indicator::Empty) {
            return Err(Reason::NoData);
        }
        let yes = indicators.iter().filter(|i| **i == Indicator::Yes).count();
        if yes == indicators.len() {
            score = level;
        } else {
            return Ok(Some(if 2 * yes >= indicators.len() {
                level - 1
            } else {
                score
            }));
        }
    }
    Ok(Some(score))
}

/// Means of subscales, of all items, and of the subscales' means.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaleMeans {
    /// Mean of each subscale's scored items.
    pub subscales: BTreeMap<String, Option<f64>>,
    /// Mean of all scored items: the total of this family.
    pub total: Option<f64>,
    /// Mean of the subscales' means, for comparison only.
    pub mean_of_subscales: Option<f64>,
}

/// Means of subscales (1.3).
pub fn ers_scales(subscales: &BTreeMap<String, Vec<Option<f64>>>) -> ScaleMeans {
    let scored = |items: &[Option<f64>]| items.iter().flatten().copied().collect::<Vec<f64>>();
    let means: BTreeMap<String, Option<f64>> = subscales
        .iter()
        .map(|(name, items)| (name.clone(), mean(&scored(items))))
        .collect();
    let all: Vec<f64> = subscales.values().flat_map(|items| scored(items)).collect();
    let known: Vec<f64> = means.values().flatten().copied().collect();
    ScaleMeans {
        total: mean(&all),
        mean_of_subscales: mean(&known),
        subscales: means,
    }
}

/// domain → scale → items.
pub type Domains = BTreeMap<String, BTreeMap<String, Vec<Option<f64>>>>;

/// Means of scales, domains and the total of chosen domains; items are 1, 3 or 5 (1.4).
#[derive(Debug, Clone, PartialEq)]
pub struct DomainMeans {
    /// `domain/scale` → mean of its rated items.
    pub scales: BTreeMap<String, f64>,
    /// Mean of the scales' means.
    pub domains: BTreeMap<String, f64>,
    /// Mean of the chosen domains.
    pub total: Option<f64>,
}

/// Scores of the 1/3/5 family.
///
/// # Errors
///
/// An item that is not 1, 3 or 5.
pub fn pqa(domains: &Domains, chosen: &[String]) -> Stat<DomainMeans> {
    let (mut scales, mut means) = (BTreeMap::new(), BTreeMap::new());
    for (domain, own) in domains {
        let mut of_domain = Vec::new();
        for (scale, items) in own {
            let rated: Vec<f64> = items.iter().flatten().copied().collect();
            if rated.iter().any(|v| ![1.0, 3.0, 5.0].contains(v)) {
                return Err(Reason::BadValue);
            }
            if let Some(value) = mean(&rated) {
                scales.insert(format!("{domain}/{scale}"), value);
                of_domain.push(value);
            }
        }
        if let Some(value) = mean(&of_domain) {
            means.insert(domain.clone(), value);
        }
    }
    let total: Vec<f64> = chosen
        .iter()
        .filter_map(|d| means.get(d).copied())
        .collect();
    Ok(DomainMeans {
        total: mean(&total),
        scales,
        domains: means,
    })
}
