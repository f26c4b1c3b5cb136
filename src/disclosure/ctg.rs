//! The indicators of the convention territoriale globale, cleared: territory campaign after
//! campaign, then sites by code.

use std::collections::BTreeMap;

use super::Material;
use super::Shown;
use super::site::ClearedSite;
use crate::decide::ctg::{Ctg, Part};
use crate::vocabulary::referentiel::ActivityCode;

/// Numerator and denominator, or what is printed instead.
pub type Told = Result<(usize, usize), &'static str>;

/// One indicator over time and per site.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClearedCtg {
    /// `I11`, `I12a`, `I20`…
    pub code: String,
    /// Label.
    pub label: String,
    /// What is divided by what.
    pub formule: String,
    /// Campaigns in order: id, and numerator and denominator of the territory when known.
    pub campagnes: Vec<(String, Option<(usize, usize)>)>,
    /// Sites by code, this campaign.
    pub sites: Vec<(String, Told)>,
}

/// Code, and where the part stands.
type Reader = (&'static str, fn(&Ctg) -> Part);
/// Trainings, self-assessments, staff who answered, recommendations.
const READ: [Reader; 4] = [
    ("I11", |c| c.formations),
    ("I12a", |c| c.equipes),
    ("I12b", |c| c.animateurs),
    ("I20", |c| c.recommandations),
];
/// Counts people who answered: told for this campaign alone, as `participation` has cleared it.
const ANSWERED: &str = "I12b";

/// Clears them; `participation` holds what may be said of the territory at this campaign.
pub(super) fn clear(
    material: &Material,
    sites: &[ClearedSite],
    participation: &BTreeMap<String, (usize, usize)>,
) -> Vec<ClearedCtg> {
    READ.iter()
        .map(|(code, read)| one(material, sites, participation, (code, *read)))
        .collect()
}

fn one(
    material: &Material,
    sites: &[ClearedSite],
    participation: &BTreeMap<String, (usize, usize)>,
    (code, read): Reader,
) -> ClearedCtg {
    let about = code.parse::<ActivityCode>().ok();
    let (label, formule) = about.map_or(("", ""), |a| (a.label(), a.formula()));
    let now = material.indicators.campagne.as_str();
    let known = |part: Part| (part.of > 0).then_some((part.n, part.of));
    let campagnes = (material.ctg.iter())
        .map(|moment| {
            let part = match (moment.campagne == now, code) {
                (true, "I20") => known(read(&moment.territoire)),
                (true, _) => participation.get(code).copied(),
                (false, ANSWERED) => None,
                (false, _) => known(read(&moment.territoire)),
            };
            (moment.campagne.clone(), part)
        })
        .collect();
    let current = material.ctg.iter().find(|m| m.campagne == now);
    let own = |site: &str| {
        let sites = &current?.sites;
        sites.iter().find(|(s, _)| s == site).map(|(_, c)| read(c))
    };
    let told = |site: &ClearedSite| {
        let activity = site.activities.iter().find(|a| a.code == code);
        match activity.and_then(|a| a.value) {
            Some(Shown::Value(_)) => match own(&site.structure).and_then(known) {
                Some(part) => Ok(part),
                None => Err(UNKNOWN),
            },
            Some(Shown::Masked(mask)) => Err(mask.words()),
            None => Err(UNKNOWN),
        }
    };
    ClearedCtg {
        code: code.to_owned(),
        label: label.to_owned(),
        formule: formule.to_owned(),
        campagnes,
        sites: (sites.iter())
            .map(|s| (s.structure.clone(), told(s)))
            .collect(),
    }
}

/// Printed where a denominator is missing.
const UNKNOWN: &str = "non calculable";
