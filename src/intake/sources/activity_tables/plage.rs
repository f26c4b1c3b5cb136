//! What the words of a plage say: its hours, the part of the day, what is its own (a group, a rank). People
//! write one plage in several ways: « Matin », « matin (7h30-8h30) », « Accueil du matin ».

use std::collections::BTreeSet;

use crate::base::text::fold;

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DayPart {
    Morning,
    Noon,
    Afternoon,
    Evening,
    /// All of it.
    Day,
}

/// A plage, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Plage {
    /// Minutes since midnight at which it begins and ends.
    span: Option<(u32, u32)>,
    /// The only part of the day that it names.
    part: Option<DayPart>,
    /// Words that no other plage need bear: « maternelle », « 2 ».
    own: BTreeSet<String>,
    /// Whether it says several days: a week, a month.
    long: bool,
}

const PARTS: [(&str, DayPart); 13] = [
    ("matin", DayPart::Morning),
    ("matinee", DayPart::Morning),
    ("matins", DayPart::Morning),
    ("midi", DayPart::Noon),
    ("meridien", DayPart::Noon),
    ("meridienne", DayPart::Noon),
    ("cantine", DayPart::Noon),
    ("aprem", DayPart::Afternoon),
    ("soir", DayPart::Evening),
    ("soiree", DayPart::Evening),
    ("soirs", DayPart::Evening),
    ("journee", DayPart::Day),
    ("jour", DayPart::Day),
];
/// Words that any plage may bear.
const COMMON: [&str; 22] = [
    "accueil",
    "accueils",
    "du",
    "de",
    "des",
    "d",
    "le",
    "la",
    "les",
    "l",
    "au",
    "a",
    "en",
    "et",
    "temps",
    "plage",
    "creneau",
    "horaire",
    "horaires",
    "periscolaire",
    "peri",
    "garderie",
];
/// Words that say several days.
const LONG: [&str; 10] = [
    "semaine",
    "semaines",
    "hebdo",
    "hebdomadaire",
    "mois",
    "mensuel",
    "trimestre",
    "annee",
    "annuel",
    "cumul",
];

impl Plage {
    /// What the words of a plage say.
    pub(crate) fn read(written: &str) -> Self {
        let folded = fold(written)
            .replace("apres midi", "aprem")
            .replace("pause meridienne", "meridienne");
        let is_time = |word: &str| clock(word).is_some();
        let words = folded.split(|c: char| !(c.is_alphanumeric() || c == ':'));
        let words = words.filter(|w| !w.is_empty() && !is_time(w));
        let (mut parts, mut plage) = (BTreeSet::new(), Self::default());
        plage.span = span(written);
        for word in words {
            plage.long |= LONG.contains(&word);
            match PARTS.iter().find(|(name, _)| *name == word) {
                Some((_, part)) => {
                    parts.insert(*part);
                }
                None if COMMON.contains(&word) => {}
                // The hour of a range that needs no « h »: « 16h30-18 ».
                None if plage.span.is_some() && word.parse::<u32>().is_ok_and(|n| n <= 24) => {}
                None => {
                    plage.own.insert(word.to_owned());
                }
            }
        }
        plage.part = parts.first().copied().filter(|_| parts.len() == 1);
        if parts.len() > 1 {
            plage.own.insert("plusieurs".to_owned());
        }
        plage
    }

    /// Its length, by its hours.
    pub(crate) fn hours(&self) -> Option<f64> {
        let (from, to) = self.span?;
        Some(f64::from(to - from) / 60.0)
    }

    /// The part of the day that it names.
    pub(crate) fn part(&self) -> Option<DayPart> {
        self.part
    }

    /// Whether it says several days.
    pub(crate) fn is_long(&self) -> bool {
        self.long
    }

    /// The part of the day that it names, or that its hours fall in.
    fn seeming_part(&self) -> Option<DayPart> {
        let by_hours = || {
            let (from, to) = self.span?;
            Some(match (from / 60, to / 60) {
                (..=10, ..=12) => DayPart::Morning,
                (11..=13, ..=15) => DayPart::Noon,
                (14..=15, ..=18) | (13, 16..=18) => DayPart::Afternoon,
                (16.., _) => DayPart::Evening,
                _ => return None,
            })
        };
        self.part.or_else(by_hours)
    }

    /// Whether two plages of one day may be one, or hold each other: neither bears words of its own against
    /// the other’s, and their hours, else the parts of the day that they name, meet.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        let are_groups = !self.own.is_empty() && !other.own.is_empty() && self.own != other.own;
        if are_groups {
            return false;
        }
        if let (Some(one), Some(two)) = (self.span, other.span) {
            return one.0 < two.1 && two.0 < one.1;
        }
        let parts = self.seeming_part().zip(other.seeming_part());
        parts.map_or_else(
            || !self.own.is_empty() && self.own == other.own,
            |(one, two)| one == two,
        )
    }
}

/// Minutes between which a plage stands: « 7h30–8h30 », « de 16:30 à 18:45 », « 16h30-18 »; none when it holds
/// anything but two times, the later after the sooner.
fn span(written: &str) -> Option<(u32, u32)> {
    let plain = written.to_lowercase();
    let parts = plain.split(|c: char| !(c.is_ascii_digit() || c == 'h' || c == ':'));
    let parts: Vec<&str> = parts.filter(|p| !p.is_empty()).collect();
    let times: Vec<u32> = parts.iter().filter_map(|p| clock(p)).collect();
    match times.as_slice() {
        [from, to] if to > from => Some((*from, *to)),
        // One of the two may be a bare hour, right beside the other.
        [one] => {
            let at = parts.iter().position(|p| clock(p).is_some())?;
            let joined = |next: &str| {
                let between = between(&plain, parts[at], next);
                between.is_some_and(|b| ["-", "–", "—", "à", "a"].contains(&b.trim()))
            };
            let hour = |p: &&str| p.parse::<u32>().ok().filter(|h| *h <= 24).map(|h| h * 60);
            let after = parts.get(at + 1).filter(|p| joined(p)).and_then(hour);
            let before = at.checked_sub(1).and_then(|b| {
                let reversed = between(&plain, parts[b], parts[at])?;
                let is_joined = ["-", "–", "—", "à", "a"].contains(&reversed.trim());
                parts.get(b).filter(|_| is_joined).and_then(hour)
            });
            match (before, after) {
                (None, Some(to)) if to > *one => Some((*one, to)),
                (Some(from), None) if from < *one => Some((from, *one)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// What stands between two pieces of a text, the second after the first.
fn between<'a>(text: &'a str, one: &str, two: &str) -> Option<&'a str> {
    let from = text.find(one)? + one.len();
    let rest = text.get(from..)?;
    rest.get(..rest.find(two)?)
}

/// Minutes since midnight of `7h30`, `7h`, `16:45`; none for anything else.
fn clock(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(['h', ':'])?;
    let hour: u32 = hour.parse().ok().filter(|h| *h < 24)?;
    let minute: u32 = match minute {
        "" => 0,
        minute if minute.len() == 2 => minute.parse().ok().filter(|m| *m < 60)?,
        _ => return None,
    };
    Some(60 * hour + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(one: &str, two: &str) -> bool {
        let (one, two) = (Plage::read(one), Plage::read(two));
        assert_eq!(one.meets(&two), two.meets(&one));
        one.meets(&two)
    }

    #[test]
    fn a_length_is_read_in_hours_and_nowhere_else() {
        let cases = [
            ("7h30–8h30", Some(1.0)),
            ("de 16:30 à 18:45", Some(2.25)),
            ("Matin (7H30-8H20)", Some(50.0 / 60.0)),
            ("12h - 13h30", Some(1.5)),
            ("16h30-18", Some(1.5)),
            ("7-8h30", Some(1.5)),
            ("Matin", None),
            ("18h30-16h30", None),
            ("7h30-8h30-9h", None),
            ("Groupe 7", None),
            ("Groupe 2, 16h30", None),
            ("25h-26h", None),
        ];
        for (written, expected) in cases {
            assert_eq!(Plage::read(written).hours(), expected, "{written}");
        }
    }

    #[test]
    fn one_plage_is_known_under_its_spellings() {
        for (one, two) in [
            ("Matin", "Accueil du matin"),
            ("Matin", "matin (7h30-8h30)"),
            ("7h30-8h30", "07:30 - 8:30"),
            ("7h30-8h30", "7h30-8h00"),
            ("7h30-8h30", "Matin"),
            ("Matin", "Matin maternelle"),
            ("Groupe A", "groupe  a"),
        ] {
            assert!(meet(one, two), "{one} / {two}");
        }
        for (one, two) in [
            ("Matin", "Soir"),
            ("7h30-8h30", "16h30-18h30"),
            ("Matin 1", "Matin 2"),
            ("Matin maternelle", "Matin élémentaire"),
            ("7h30-8h20", "8h20-8h50"),
            ("Matin", "Journée"),
            ("Groupe A", "Groupe B"),
        ] {
            assert!(!meet(one, two), "{one} / {two}");
        }
    }

    #[test]
    fn a_week_is_no_session() {
        assert!(Plage::read("semaine 23").is_long());
        assert!(!Plage::read("Soir").is_long());
    }
}
