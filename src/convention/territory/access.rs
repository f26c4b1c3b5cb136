//! T01–T03, commune by commune, then added up over the territory: whether its children have an accueil there, one near, and
//! how many places.

use super::access_measure::{AccessMeasure, AccessTime};
use super::communes_file::CommuneLine;
use super::great_circle::{PlaceOnEarth, kilometres};
use super::open_sites::{OpenSite, open_sites};
use crate::base::day::Day;
use crate::vocabulary::config::Registry;

/// A measure of access on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct AccessFigure {
    /// Children who have it, or places.
    pub numerator: f64,
    /// Children.
    pub denominator: f64,
    /// Commune by commune, in the order of the file.
    pub communes: Vec<CommuneAccess>,
    /// Accueils that count.
    pub sites: Vec<OpenSite>,
    /// Codes of accueils that lack what the measure needs: places, coordinates, a commune of the territory.
    pub lacking: Vec<String>,
}

/// A measure of access in a commune.
#[derive(Debug, Clone, PartialEq)]
pub struct CommuneAccess {
    /// INSEE code.
    pub insee: String,
    /// Name.
    pub name: String,
    /// Children aged 3 to 11.
    pub children: u32,
    /// T01, T02: whether it has it (1 or 0); T03: places.
    pub amount: f64,
    /// T02: kilometres to the nearest accueil; none when there is none.
    pub distance: Option<f64>,
}

impl AccessFigure {
    /// The share, or places for a hundred children; none without children.
    pub fn value(&self, measure: AccessMeasure) -> Option<f64> {
        let factor = if measure == AccessMeasure::Places {
            100.0
        } else {
            1.0
        };
        (self.denominator > 0.0).then(|| factor * self.numerator / self.denominator)
    }
}

/// Computes T01, T02 or T03 on a day; any other measure is not of the map and has no commune.
pub fn access(
    measure: AccessMeasure,
    registry: &Registry,
    communes: &[&CommuneLine],
    day: Day,
    time: Option<AccessTime>,
    distance_km: f64,
) -> AccessFigure {
    let sites = open_sites(registry, communes, day, time);
    let lacks = |s: &&OpenSite| match measure {
        AccessMeasure::Near => s.at.is_none(),
        AccessMeasure::Places => s.places.is_none() || s.commune.is_none(),
        _ => s.commune.is_none(),
    };
    let lacking = sites.iter().filter(lacks).map(|s| s.code.clone()).collect();
    let lines: Vec<CommuneAccess> = (communes.iter())
        .map(|c| commune(measure, c, &sites, distance_km))
        .collect();
    let children = |c: &CommuneAccess| f64::from(c.children);
    let numerator = match measure {
        // Places of an accueil whose commune is not told would be those of no commune.
        AccessMeasure::Places => lines.iter().map(|c| c.amount).sum(),
        _ => lines.iter().map(|c| c.amount * children(c)).sum(),
    };
    AccessFigure {
        numerator,
        denominator: lines.iter().map(children).sum(),
        communes: lines,
        sites,
        lacking,
    }
}

fn commune(
    measure: AccessMeasure,
    line: &CommuneLine,
    sites: &[OpenSite],
    distance_km: f64,
) -> CommuneAccess {
    let own = || {
        sites
            .iter()
            .filter(|s| s.commune.as_deref() == Some(&*line.insee))
    };
    let centre = PlaceOnEarth {
        north: line.north,
        east: line.east,
    };
    let nearest = sites
        .iter()
        .filter_map(|s| s.at)
        .map(|at| kilometres(centre, at));
    let distance = nearest.min_by(f64::total_cmp);
    let amount = match measure {
        AccessMeasure::Near => f64::from(u8::from(distance.is_some_and(|d| d < distance_km))),
        AccessMeasure::Places => own().filter_map(|s| s.places).map(f64::from).sum(),
        _ => f64::from(u8::from(own().next().is_some())),
    };
    CommuneAccess {
        insee: line.insee.clone(),
        name: line.name.clone(),
        children: line.children_3_11,
        amount,
        distance: distance.filter(|_| measure == AccessMeasure::Near),
    }
}
