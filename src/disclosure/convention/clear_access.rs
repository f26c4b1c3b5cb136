//! The territory for an audience: numbers of children within five, axes from five accueils on, texts by the screen.

use super::ctg_audience::CtgAudience;
use super::ctg_material::CtgMaterial;
use super::ctg_territory::{
    CtgAxePanel, CtgCommune, CtgContribution, CtgMap, CtgMapDay, CtgMapSite,
};
use super::person_figures::{FEW, persons};
use super::typed_texts::WITHHELD;
use crate::base::day::Day;
use crate::base::text::{Datum, Unit, decimals, rounded};
use crate::convention::ClosedWord;
use crate::convention::territory::{
    AccessFigure, AccessMeasure, AccessTime, AxePanel, CommuneLine, Contribution,
};

/// A measure on a day, before it is cleared.
pub(crate) struct DayAccess<'a> {
    /// The day.
    pub day: Day,
    /// Communes as of that year.
    pub communes: Vec<&'a CommuneLine>,
    /// What was computed.
    pub figure: AccessFigure,
}

/// A map of access for an audience.
pub(crate) fn cleared_map(
    measure: AccessMeasure,
    time: Option<AccessTime>,
    distance_km: Option<f64>,
    days: &[DayAccess],
    audience: CtgAudience,
) -> CtgMap {
    CtgMap {
        code: measure.key().to_owned(),
        key: measure.key().to_owned(),
        measure: measure.label().to_owned(),
        time: time.map_or_else(String::new, |t| t.label().to_owned()),
        distance_km,
        days: days.iter().map(|d| day(measure, d, audience)).collect(),
    }
}

fn day(measure: AccessMeasure, of: &DayAccess, audience: CtgAudience) -> CtgMapDay {
    let value = match of.figure.value(measure) {
        None => Datum::none(),
        Some(value) if measure == AccessMeasure::Places => Datum {
            number: Some(rounded(value, 1)),
            unit: Unit::Number,
            ..Datum::words(decimals(value, 1))
        },
        Some(value) => Datum::share(value),
    };
    let communes = of.figure.communes.iter().zip(&of.communes);
    CtgMapDay {
        day: of.day,
        value,
        communes: communes
            .map(|(c, line)| CtgCommune {
                insee: c.insee.clone(),
                name: c.name.clone(),
                north: line.north,
                east: line.east,
                children: persons(c.children as usize, audience),
                amount: c.amount,
                rate: (measure == AccessMeasure::Places && c.children > 0)
                    .then(|| 100.0 * c.amount / f64::from(c.children)),
                distance: c.distance,
            })
            .collect(),
        sites: (of.figure.sites.iter())
            .filter_map(|s| {
                Some(CtgMapSite {
                    code: s.code.clone(),
                    kind: s.kind,
                    north: s.at?.north,
                    east: s.at?.east,
                })
            })
            .collect(),
    }
}

/// Axes for an audience: under five accueils, « all » or « none » would say which.
pub(crate) fn cleared_panels(panels: &[AxePanel], audience: CtgAudience) -> Vec<CtgAxePanel> {
    let told = panels.iter().filter(|p| !p.sites.is_empty());
    told.map(|p| {
        let (before, now) = p.at_target();
        let is_told = audience.reads_all() || p.sites.len() >= FEW;
        CtgAxePanel {
            code: p.code.clone(),
            label: p.label.clone(),
            of: p.sites.len(),
            before: is_told.then_some(before),
            now: is_told.then_some(now),
        }
    })
    .collect()
}

impl CtgMaterial<'_> {
    /// What may have contributed to changes, as its audience may read it.
    pub(crate) fn contributions(
        &self,
        typed: &[Contribution],
        audience: CtgAudience,
    ) -> Vec<CtgContribution> {
        let told = |text: &str| {
            let read = self.texts.title(text, audience);
            read.unwrap_or_else(|| WITHHELD.to_owned())
        };
        let row = |c: &Contribution| CtgContribution {
            cells: [
                &c.change,
                &c.amount,
                &c.fiches,
                &c.evidence,
                &c.otherwise,
                &c.confidence,
            ]
            .map(|text| told(text)),
        };
        typed.iter().map(row).collect()
    }
}
