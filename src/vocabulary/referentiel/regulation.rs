//! Dated regulatory parameters (`grids/reglement-2026.toml`): staffing ratios (CASF R.227-15 and
//! R.227-16), who counts (R.227-17, R.227-20), qualification (R.227-12), direction (R.227-14), the most
//! minors (R.227-1). Amounts and ratios live in the file; only their arithmetic is here.
//!
//! | question | file |
//! |---|---|
//! | the file as written | `raw_regulation` |
//! | which file is refused, and why | `regulation_checks` |
//! | which reading of mixed ages counts, and whether anybody said so | `mixed_ages` |

mod mixed_ages;
mod raw_regulation;
mod regulation_checks;

pub use mixed_ages::{AgesReading, MixedAges};
pub use raw_regulation::HowRead;

use super::PedtTime;
use super::ids::TypeSet;

/// Name of the parameter file in `grids/`.
pub const FILE_NAME: &str = "reglement-2026.toml";

/// Text of the parameters as shipped.
pub fn embedded() -> &'static str {
    include_str!("../../../grids/reglement-2026.toml")
}

/// Children per animateur in one situation.
#[derive(Debug, Clone, PartialEq)]
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

/// A ratio that a PEDT asks for at one time: more adults than the code does, never fewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalRatio {
    /// When.
    pub time: PedtTime,
    /// Children under six per animateur.
    pub moins6: u32,
    /// Children of six and over per animateur.
    pub plus6: u32,
}

/// Above which size a professional qualification is required to direct (R.227-14).
#[derive(Debug, Clone, PartialEq)]
pub struct DirectionThresholds {
    /// More than this many days…
    pub jours: u32,
    /// …and more than this many minors.
    pub mineurs: u32,
    /// Diplomas that are professional without a question, as they are written, folded.
    pub diplomas: Vec<String>,
}

/// What makes an accueil de loisirs (R.227-1), below which none need be declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// Minors, at least.
    pub mineurs: u32,
    /// Days a year, at least.
    pub jours: u32,
    /// Hours a day, at least.
    pub heures: u32,
    /// The same under a PEDT.
    pub heures_pedt: u32,
}

/// Children per adult while bathing, besides who watches (arrêté of 25/04/2012).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bathing {
    /// Under six.
    pub moins6: u32,
    /// Six and over.
    pub plus6: u32,
}

/// An article that the référentiel cites, or that the program applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawArticle {
    /// As the référentiel writes it: « CASF R.227-12 ».
    pub article: String,
    /// What it is about.
    pub objet: String,
    /// Accueils that it concerns.
    pub types: TypeSet,
    /// Where it is read.
    pub source: String,
    /// How it was read.
    pub read: HowRead,
    /// ISO day of that reading; empty when nobody read it.
    pub verified: String,
}

impl LawArticle {
    /// Whether somebody read it, or what a guide says of it, on a day that is known.
    pub fn is_read(&self) -> bool {
        !self.verified.is_empty() && self.read != HowRead::Memoire
    }
}

/// The parameters, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Regulation {
    /// Version of the file.
    pub version: String,
    /// ISO date from which they hold.
    pub en_vigueur: String,
    /// ISO day of the last reading of the whole.
    pub verified: String,
    /// What is known of mixed ages.
    pub mixed_ages: MixedAges,
    /// ISO day on which the State answered about them; empty when it has not.
    pub mixed_ages_answered: String,
    /// The director counts in an accueil organised for so many minors at most.
    pub director_counts_up_to: u32,
    /// Animateurs beside whom those who take part under a PEDT count (R.227-20).
    pub animateurs_beside_speakers: u32,
    /// Minors that no accueil may exceed (R.227-1).
    pub most_minors: u32,
    /// Above which size a professional qualification is required.
    pub direction: DirectionThresholds,
    /// What makes an accueil de loisirs.
    pub definition: Definition,
    /// Bathing.
    pub bathing: Bathing,
    /// Every text, in the order of the file.
    pub articles: Vec<LawArticle>,
    long_hours: f64,
    ratios: Vec<Ratio>,
    local: Vec<LocalRatio>,
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
    /// Time of the day, when the session says it.
    pub time: Option<PedtTime>,
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

/// Whether who directs has the diploma that the size of the accueil asks for (R.227-14).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectionFinding {
    /// No professional diploma is required, or it is there.
    Conforms,
    /// It is required, and another one is there.
    Short,
    /// Days, places or diploma are not known.
    Unknown,
}

impl DirectionFinding {
    /// Whether it is met; none when that is not known.
    pub fn is_enough(self) -> Option<bool> {
        match self {
            Self::Conforms => Some(true),
            Self::Short => Some(false),
            Self::Unknown => None,
        }
    }
}

impl Regulation {
    /// Hours beyond which a session is a long one.
    pub fn long_hours(&self) -> f64 {
        self.long_hours
    }

    /// Ratios that PEDT ask for beyond the code, by time.
    pub fn local_ratios(&self) -> &[LocalRatio] {
        &self.local
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

    /// Animateurs required for the children present, under both readings. A PEDT that asks for more at that
    /// time is held to it.
    pub fn required(&self, s: Situation, under6: u32, over6: u32) -> Required {
        let r = self.ratio(s);
        let local = self.local.iter().find(|local| s.time == Some(local.time));
        let local = local.filter(|_| s.pedt && !s.extrascolaire);
        let least =
            |legal: u32, local: Option<u32>| u64::from(local.map_or(legal, |l| l.min(legal)));
        let (a, b) = (u64::from(under6), u64::from(over6));
        let x = least(r.moins6, local.map(|l| l.moins6));
        let y = least(r.plus6, local.map(|l| l.plus6));
        Required {
            strict: (a.div_ceil(x) + b.div_ceil(y)) as u32,
            global: (a * y + b * x).div_ceil(x * y) as u32,
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

    /// Whether who directs an accueil open so many days for so many minors has the diploma that R.227-14 asks for.
    pub fn direction_finding(
        &self,
        days: Option<u32>,
        places: Option<u32>,
        diploma: Option<&str>,
    ) -> DirectionFinding {
        let law = &self.direction;
        let is_above = |known: Option<u32>, most: u32| known.map(|n| n > most);
        match (is_above(days, law.jours), is_above(places, law.mineurs)) {
            (Some(false), _) | (_, Some(false)) => return DirectionFinding::Conforms,
            (Some(true), Some(true)) => {}
            _ => return DirectionFinding::Unknown,
        }
        let Some(diploma) = diploma else {
            return DirectionFinding::Unknown;
        };
        let folded = crate::base::text::fold(diploma);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
        let is_professional = law.diplomas.iter().any(|d| words.contains(&d.as_str()));
        // Other listed diplomas exist: only what is known not to be one falls short.
        let is_none = ["bafd", "bafa", "aucun", "stagiaire"];
        if is_professional {
            DirectionFinding::Conforms
        } else if is_none.iter().any(|d| words.contains(d)) {
            DirectionFinding::Short
        } else {
            DirectionFinding::Unknown
        }
    }

    /// The text that a référentiel cites: « CASF R.227-15 ou R.227-16 » is the first of them.
    pub fn article(&self, cited: &str) -> Option<&LawArticle> {
        self.articles.iter().find(|a| a.article == cited)
    }

    /// « Règles au 01/01/2026, vérifiées le 27/11/2026, sauf 2 textes cités de mémoire »: the oldest of the days on
    /// which what was read was read.
    pub fn dated(&self) -> String {
        let short = crate::base::text::date_short;
        let (read, known): (Vec<&LawArticle>, Vec<&LawArticle>) =
            self.articles.iter().partition(|a| a.is_read());
        let days = read.iter().map(|a| a.verified.as_str());
        let rules = format!("Règles au {}", short(&self.en_vigueur));
        let Some(oldest) = days
            .chain([self.verified.as_str()])
            .min()
            .filter(|d| !d.is_empty())
        else {
            return format!("{rules}, non vérifiées");
        };
        let verified = format!("{rules}, vérifiées le {}", short(oldest));
        if known.is_empty() {
            return verified;
        }
        let texts = crate::base::text::count(
            known.len(),
            "texte cité de mémoire",
            "textes cités de mémoire",
        );
        format!("{verified}, sauf {texts}")
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
            time: None,
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
        let required = |a, b| {
            let Required { strict, global } = r.required(holidays, a, b);
            [strict, global]
        };
        assert_eq!(required(10, 20), [4, 3]);
        assert_eq!(required(9, 13), [4, 3]);
        assert_eq!(required(8, 12), [2, 2]);
        assert_eq!(required(0, 0), [0, 0]);
        // One adult for 4 under six and 6 above, in holidays: one if rounded on the group, two by age.
        assert_eq!(required(4, 6), [2, 1]);
        assert!(!r.mixed_ages.is_settled());
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

    /// R.227-14 from its own numbers: more than 80 days and more than 80 minors.
    #[test]
    fn who_directs_a_large_accueil_has_a_professional_diploma() {
        use DirectionFinding::{Conforms, Short, Unknown};
        let r = shipped();
        let of = |days, places, diploma| r.direction_finding(days, places, diploma);
        assert_eq!(of(Some(80), Some(200), Some("BAFA")), Conforms);
        assert_eq!(of(Some(81), Some(80), None), Conforms);
        assert_eq!(of(Some(81), Some(81), Some("BPJEPS LTP")), Conforms);
        assert_eq!(of(Some(81), Some(81), Some("BAFD")), Short);
        assert_eq!(of(Some(81), Some(81), Some("licence pro")), Unknown);
        assert_eq!(of(Some(81), Some(81), None), Unknown);
        assert_eq!(of(None, Some(81), Some("BPJEPS")), Unknown);
    }

    /// A PEDT may ask for more adults than the code at a time, and is refused when it asks for fewer.
    #[test]
    fn a_local_ratio_is_only_ever_stricter() {
        let local = |numbers: &str| {
            format!(
                "{}\n[[pedt.taux_local]]\ntemps = \"soir\"\n{numbers}\n",
                embedded()
            )
        };
        let stricter = Regulation::parse(FILE_NAME, &local("moins6 = 12\nplus6 = 16"))
            .expect("stricter than the code");
        let evening = Situation {
            time: Some(PedtTime::Soir),
            ..situation(false, true, 2.0, false)
        };
        let of = |s| stricter.required(s, 13, 0).strict;
        assert_eq!(of(evening), 2);
        let morning = Some(PedtTime::Matin);
        assert_eq!(
            of(Situation {
                time: morning,
                ..evening
            }),
            1
        );
        assert_eq!(
            of(Situation {
                pedt: false,
                ..evening
            }),
            2
        );
        let laxer = Regulation::parse(FILE_NAME, &local("moins6 = 15\nplus6 = 18"));
        assert!(laxer.is_err());
    }
}
