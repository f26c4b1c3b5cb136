//! An observer’s count of children and adults, which the program reads against the ratio: nobody is asked to know it.
//! « 16h45 : 12 + 20 / 3 » is 12 children under six, 20 of six and over, 3 members of the team.

use crate::base::day::Day;
use crate::base::text::count;
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::regulation::{AgesReading, Regulation, Situation};
use crate::vocabulary::referentiel::{PedtTime, StructureType};

/// No accueil has more children than that (R.227-1), nor more adults than children by far.
const MOST: u32 = 300;

/// A count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Headcount<'a> {
    /// « 16h45 »; empty when nobody wrote it.
    hour: &'a str,
    under6: u32,
    over6: u32,
    adults: u32,
}

/// What a count says of the ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadcountFinding {
    /// Enough adults, however the rule is read.
    Enough,
    /// Too few, however it is read.
    Short,
    /// It depends on what the count does not say, or on a reading that nobody has settled: from so many adults required
    /// to so many.
    Unclear(u32, u32),
}

impl<'a> Headcount<'a> {
    /// Reads a count; none when the text is no count, or one that cannot be.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (hour, counts) = match text.rsplit_once(':') {
            Some((hour, counts)) if counts.contains('+') => (hour.trim(), counts),
            _ => ("", text),
        };
        let (children, adults) = counts.split_once('/')?;
        let (under6, over6) = children.split_once('+')?;
        let number = |text: &str| text.trim().parse::<u32>().ok().filter(|n| *n <= MOST);
        let count = Self {
            hour,
            under6: number(under6)?,
            over6: number(over6)?,
            adults: number(adults)?,
        };
        let is_hour = hour.is_empty() || is_clock(hour);
        (is_hour && count.under6 + count.over6 > 0).then_some(count)
    }

    /// Reads it against the ratios that may hold there on that day.
    pub(crate) fn finding(
        &self,
        structure: &Structure,
        law: &Regulation,
        day: Option<Day>,
    ) -> HeadcountFinding {
        let (least, most) = self.required(structure, law, day);
        if self.adults >= most {
            HeadcountFinding::Enough
        } else if self.adults < least {
            HeadcountFinding::Short
        } else {
            HeadcountFinding::Unclear(least, most)
        }
    }

    /// Adults required, the fewest and the most that the readings left open give.
    fn required(&self, structure: &Structure, law: &Regulation, day: Option<Day>) -> (u32, u32) {
        let situations = self.situations(structure, day).into_iter();
        let numbers = situations.flat_map(|situation| {
            let required = law.required(situation, self.under6, self.over6);
            match (law.mixed_ages.is_settled(), law.mixed_ages.counted()) {
                (false, _) => [required.strict, required.global],
                (true, AgesReading::Strict) => [required.strict; 2],
                (true, AgesReading::Global) => [required.global; 2],
            }
        });
        numbers.fold((u32::MAX, 0), |(least, most), n| {
            (least.min(n), most.max(n))
        })
    }

    /// « 3 adultes comptés pour 12 enfants de moins de six ans et 20 de six ans et plus ; il en faut 4 ».
    pub(crate) fn said(&self, structure: &Structure, law: &Regulation, day: Option<Day>) -> String {
        let (least, most) = self.required(structure, law, day);
        let needed = if least == most {
            least.to_string()
        } else {
            format!("{least} ou {most}, selon la lecture de la règle")
        };
        format!(
            "{} pour {} de moins de six ans et {} de six ans et plus ; il en faut {needed} ({})",
            count(self.adults as usize, "adulte compté", "adultes comptés"),
            count(self.under6 as usize, "enfant", "enfants"),
            self.over6,
            law.dated()
        )
    }

    /// Situations that the kind of accueil, the day and the hour leave open.
    fn situations(&self, structure: &Structure, day: Option<Day>) -> Vec<Situation> {
        let is_wednesday = day.map(|d| PedtTime::of(Some(d), "") == Some(PedtTime::Mercredi));
        let (holidays, long): (&[bool], &[bool]) = match (structure.kind, is_wednesday) {
            (StructureType::Extrascolaire, _) | (StructureType::Mixte, Some(false)) => {
                (&[true], &[false])
            }
            // A Wednesday may be one of the holidays.
            (StructureType::Mixte, _) => (&[true, false], &[true, false]),
            (StructureType::Mercredi, _) | (_, Some(true) | None) => (&[false], &[true, false]),
            _ => (&[false], &[false]),
        };
        let time = PedtTime::of(day, self.hour);
        let pedt: Vec<bool> = match structure.pedt.covers(day, time) {
            Some(covered) => vec![covered],
            None => vec![true, false],
        };
        let mut all = Vec::new();
        for &extrascolaire in holidays {
            for &long in long {
                all.extend(pedt.iter().map(|&pedt| Situation {
                    extrascolaire,
                    pedt,
                    time,
                    // On either side of any duration that a text calls long.
                    hours: if long { 24.0 } else { 0.0 },
                    travel: false,
                }));
            }
        }
        all
    }
}

/// « 16h45 », « 16 h 45 », « 16:45 », « 16h ».
fn is_clock(text: &str) -> bool {
    let plain = text.replace(' ', "").replace(':', "h");
    let Some((hours, minutes)) = plain.split_once(['h', 'H']) else {
        return false;
    };
    let is = |text: &str, below: u32| text.parse::<u32>().is_ok_and(|n| n < below);
    is(hours, 24) && (minutes.is_empty() || is(minutes, 60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::regulation::{FILE_NAME, embedded};

    fn structure(kind: StructureType) -> Structure {
        Structure {
            code: "R01".to_owned(),
            nom: String::new(),
            alias: Vec::new(),
            kind,
            secteur: String::new(),
            commune: String::new(),
            insee: String::new(),
            pedt: crate::vocabulary::referentiel::Pedt::default(),
            capacite_moins6: None,
            capacite_6plus: None,
            jours_an: None,
            latitude: None,
            longitude: None,
            ouverture: None,
            fermeture: None,
            told: crate::vocabulary::config::ToldByAccueil::default(),
        }
    }

    fn found(kind: StructureType, day: &str, text: &str) -> Option<HeadcountFinding> {
        let law = Regulation::parse(FILE_NAME, embedded()).expect("the shipped parameters");
        let count = Headcount::parse(text)?;
        Some(count.finding(&structure(kind), &law, day.parse().ok()))
    }

    /// R.227-15: one for 8 under six, one for 12 from six on; R.227-16 I: 10 and 14.
    #[test]
    fn a_count_is_read_against_the_ratio_of_its_day() {
        use HeadcountFinding::{Enough, Short, Unclear};
        use StructureType::{Extrascolaire, Mercredi, Mixte, Periscolaire};
        let tuesday = "2026-05-12";
        let wednesday = "2026-05-13";
        for (kind, day, text, expected) in [
            (Extrascolaire, tuesday, "16h45 : 8 + 12 / 2", Enough),
            (Extrascolaire, tuesday, "9 + 12 / 2", Short),
            (Periscolaire, tuesday, "17 h : 10 + 14 / 2", Enough),
            (Periscolaire, tuesday, "0 + 29 / 2", Short),
            (Mixte, tuesday, "0 + 13 / 1", Short),
            // Ages rounded apart or together.
            (Extrascolaire, tuesday, "4 + 6 / 1", Unclear(1, 2)),
            // More than five hours, or not.
            (Mercredi, wednesday, "0 + 13 / 1", Unclear(1, 2)),
            (Mixte, wednesday, "0 + 14 / 1", Unclear(1, 2)),
        ] {
            assert_eq!(found(kind, day, text), Some(expected), "{kind:?} {text}");
        }
    }

    #[test]
    fn what_is_no_count_is_none() {
        for text in [
            "12/20/3",
            "12 + 20",
            "+ 20 / 3",
            "12 + 20 / trois",
            "0 + 0 / 2",
            "12,5 + 20 / 3",
            "301 + 0 / 9",
            "25h : 1 + 1 / 1",
            "mardi : 12 + 20 / 3",
            "",
            "conforme",
        ] {
            assert_eq!(Headcount::parse(text), None, "{text}");
        }
        for text in ["16:45 : 12 + 20 / 3", "12+20/3", "16h : 12 + 0 / 1"] {
            assert!(Headcount::parse(text).is_some(), "{text}");
        }
    }
}
