//! Dated regulatory parameters (`grids/reglement-2026.toml`): staffing ratios (CASF R.227-15 and
//! R.227-16), qualification (R.227-12), direction (R.227-14, R.227-17). Amounts and ratios live
//! in the file; only their arithmetic is here.

use serde::Deserialize;

use crate::base::error::{Error, Result};
use crate::base::toml_error::toml_message;

/// Name of the parameter file in `grids/`.
pub const FILE_NAME: &str = "reglement-2026.toml";

/// Text of the parameters as shipped.
pub fn embedded() -> &'static str {
    include_str!("../../../grids/reglement-2026.toml")
}

/// How ages that mix in one group are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MixedAges {
    /// Rounded up per age group.
    Strict,
    /// Rounded up once for the group.
    Global,
}

/// Children per animateur in one situation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// Situation, as [`Regulation::ratio`] names them.
    pub situation: String,
    /// Children under six per animateur.
    pub moins6: u32,
    /// Children of six and over per animateur.
    pub plus6: u32,
    /// Article of the code.
    pub article: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Qualification {
    qualifies_min: String,
    non_qualifies_max: String,
    non_qualifies_exception: Vec<u32>,
}

/// DirectionThresholds thresholds (R.227-14).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectionThresholds {
    /// More than this many days…
    pub jours: u32,
    /// …and more than this many minors: a professional qualification is required.
    pub mineurs: u32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRegulation {
    version: String,
    en_vigueur: String,
    ages_melanges: MixedAges,
    directeur_compte_jusqua: u32,
    duree_longue_h: f64,
    encadrement: Vec<Ratio>,
    qualification: Qualification,
    direction: DirectionThresholds,
    caf: toml::Table,
}

/// The parameters, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Regulation {
    /// Version of the file.
    pub version: String,
    /// ISO date from which they hold.
    pub en_vigueur: String,
    /// The reading chosen for mixed ages.
    pub mixed_ages: MixedAges,
    /// The director counts up to this many minors.
    pub director_counts_up_to: u32,
    /// DirectionThresholds thresholds.
    pub direction: DirectionThresholds,
    /// Caf parameters, shown as they are.
    pub caf: toml::Table,
    long_hours: f64,
    ratios: Vec<Ratio>,
    qualified_min: (u32, u32),
    unqualified_max: (u32, u32),
    unqualified_exception: Vec<u32>,
}

/// When and where a session takes place, for its ratio.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Situation {
    /// Holidays, Saturdays without school, Sundays.
    pub extrascolaire: bool,
    /// Covered by a PEDT.
    pub pedt: bool,
    /// Consecutive hours.
    pub hours: f64,
    /// Journey between school and other premises.
    pub travel: bool,
}

/// Animateurs required under the two readings of the mixed-age rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Required {
    /// Rounded up per age group.
    pub strict: u32,
    /// Rounded up once.
    pub global: u32,
}

impl Regulation {
    /// Reads and checks the file.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let raw: RawRegulation =
            toml::from_str(text).map_err(|e| Error::Config(toml_message(name, text, &e)))?;
        let bad = |what: &str| Error::Config(format!("{name} : {what}."));
        for situation in SITUATIONS {
            let found = raw
                .encadrement
                .iter()
                .filter(|r| r.situation == situation)
                .count();
            if found != 1 {
                return Err(bad(&format!(
                    "la situation « {situation} » doit figurer une fois, elle y est {found} fois"
                )));
            }
        }
        if let Some(r) = raw
            .encadrement
            .iter()
            .find(|r| !SITUATIONS.contains(&r.situation.as_str()))
        {
            return Err(bad(&format!("situation « {} » inconnue", r.situation)));
        }
        if raw
            .encadrement
            .iter()
            .any(|r| r.moins6 == 0 || r.plus6 == 0)
        {
            return Err(bad("un taux d’encadrement ne peut pas être nul"));
        }
        let part = |text: &str| {
            fraction(text)
                .ok_or_else(|| bad(&format!("« {text} » n’est pas une fraction comme « 1/2 »")))
        };
        Ok(Self {
            qualified_min: part(&raw.qualification.qualifies_min)?,
            unqualified_max: part(&raw.qualification.non_qualifies_max)?,
            unqualified_exception: raw.qualification.non_qualifies_exception,
            version: raw.version,
            en_vigueur: raw.en_vigueur,
            mixed_ages: raw.ages_melanges,
            director_counts_up_to: raw.directeur_compte_jusqua,
            direction: raw.direction,
            caf: raw.caf,
            long_hours: raw.duree_longue_h,
            ratios: raw.encadrement,
        })
    }

    /// Whether a session is a long one.
    pub fn is_long(&self, hours: f64) -> bool {
        hours > self.long_hours + 1e-9
    }

    /// Ratio of a situation (CASF R.227-15, R.227-16).
    pub fn ratio(&self, s: Situation) -> &Ratio {
        let long = self.is_long(s.hours);
        let name = match (s.extrascolaire, s.pedt, s.travel, long) {
            (true, ..) => "extrascolaire",
            (_, false, _, true) => "periscolaire_sans_pedt_long",
            (_, false, _, false) => "periscolaire_sans_pedt",
            (_, true, true, _) => "periscolaire_pedt_trajet",
            (_, true, false, true) => "periscolaire_pedt_long",
            (_, true, false, false) => "periscolaire_pedt",
        };
        let position = self
            .ratios
            .iter()
            .position(|r| r.situation == name)
            .unwrap_or(0);
        &self.ratios[position]
    }

    /// Animateurs required for the children present, under both readings.
    pub fn required(&self, s: Situation, under6: u32, over6: u32) -> Required {
        let r = self.ratio(s);
        let (a, b) = (u64::from(under6), u64::from(over6));
        let (x, y) = (u64::from(r.moins6), u64::from(r.plus6));
        Required {
            strict: (a.div_ceil(x) + b.div_ceil(y)) as u32,
            global: (a * y + b * x).div_ceil(x * y) as u32,
        }
    }

    /// The reading that the parameter chooses.
    pub fn chosen(&self, required: Required) -> u32 {
        match self.mixed_ages {
            MixedAges::Strict => required.strict,
            MixedAges::Global => required.global,
        }
    }

    /// Least number of qualified animateurs among the number required (R.227-12).
    pub fn qualified_min(&self, required: u32) -> u32 {
        (required * self.qualified_min.0).div_ceil(self.qualified_min.1)
    }

    /// Most animateurs neither qualified nor trainee among the number required (R.227-12).
    pub fn unqualified_max(&self, required: u32) -> u32 {
        let share = required * self.unqualified_max.0 / self.unqualified_max.1;
        if self.unqualified_exception.contains(&required) {
            share.max(1)
        } else {
            share
        }
    }
}

const SITUATIONS: [&str; 6] = [
    "extrascolaire",
    "periscolaire_sans_pedt_long",
    "periscolaire_sans_pedt",
    "periscolaire_pedt_long",
    "periscolaire_pedt",
    "periscolaire_pedt_trajet",
];

fn fraction(text: &str) -> Option<(u32, u32)> {
    let (top, bottom) = text.split_once('/')?;
    let (top, bottom): (u32, u32) = (top.trim().parse().ok()?, bottom.trim().parse().ok()?);
    (bottom > 0 && top <= bottom).then_some((top, bottom))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Regulation {
        Regulation::parse(FILE_NAME, embedded()).expect("the shipped parameters are valid")
    }

    fn situation(extrascolaire: bool, pedt: bool, hours: f64, travel: bool) -> Situation {
        Situation {
            extrascolaire,
            pedt,
            hours,
            travel,
        }
    }

    /// The six rows of the table of CASF R.227-15 and R.227-16.
    #[test]
    fn ratios_follow_the_code() {
        let r = shipped();
        let pair = |s| (r.ratio(s).moins6, r.ratio(s).plus6);
        assert_eq!(pair(situation(true, true, 3.0, true)), (8, 12));
        assert_eq!(pair(situation(true, false, 9.0, false)), (8, 12));
        assert_eq!(pair(situation(false, false, 5.5, false)), (8, 12));
        assert_eq!(pair(situation(false, false, 5.0, false)), (10, 14));
        assert_eq!(pair(situation(false, true, 9.0, false)), (10, 14));
        assert_eq!(pair(situation(false, true, 5.0, false)), (14, 18));
        assert_eq!(pair(situation(false, true, 2.0, true)), (10, 14));
    }

    /// 10 + 20 and 9 + 13 children in holidays: 4 or 3 animateurs according to the reading.
    #[test]
    fn the_two_readings_of_mixed_ages_differ() {
        let r = shipped();
        let holidays = situation(true, false, 9.0, false);
        assert_eq!(
            r.required(holidays, 10, 20),
            Required {
                strict: 4,
                global: 3
            }
        );
        assert_eq!(
            r.required(holidays, 9, 13),
            Required {
                strict: 4,
                global: 3
            }
        );
        assert_eq!(
            r.required(holidays, 8, 12),
            Required {
                strict: 2,
                global: 2
            }
        );
        assert_eq!(
            r.required(holidays, 0, 0),
            Required {
                strict: 0,
                global: 0
            }
        );
    }

    /// Table of R.227-12 for 1 to 12 required animateurs.
    #[test]
    fn qualification_follows_the_code() {
        let r = shipped();
        let qualified: Vec<u32> = (1..=12).map(|n| r.qualified_min(n)).collect();
        let unqualified: Vec<u32> = (1..=12).map(|n| r.unqualified_max(n)).collect();
        assert_eq!(qualified, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]);
        assert_eq!(unqualified, [0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2]);
    }
}
