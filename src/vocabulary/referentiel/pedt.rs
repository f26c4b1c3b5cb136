//! The projet éducatif territorial (PEDT) of an accueil: from when to when, and which times of the day it covers.
//! Its ratios and what it says of those who take part (CASF R.227-16 II, R.227-20) hold then and there only.

use jiff::civil::Weekday;

use crate::base::day::Day;
use crate::base::text::fold;

/// A time of the day or of the week that a PEDT may cover.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Deserialize,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::VariantArray,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum PedtTime {
    /// Before school.
    Matin,
    /// The break at noon.
    Midi,
    /// After school.
    Soir,
    /// All of a Wednesday.
    Mercredi,
}

impl PedtTime {
    /// All of them, in order.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// What a person reads and writes.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The time of a session, by its day and the words of its plage; none when neither says.
    pub fn of(day: Option<Day>, plage: &str) -> Option<Self> {
        if day.is_some_and(|day| day.date().weekday() == Weekday::Wednesday) {
            return Some(Self::Mercredi);
        }
        let words = fold(plage);
        let names = |all: &[&str]| all.iter().any(|w| words.contains(w));
        if names(&["mercredi"]) {
            Some(Self::Mercredi)
        } else if names(&["apres midi"]) {
            None
        } else if names(&["matin", "avant l ecole", "avant ecole"]) {
            Some(Self::Matin)
        } else if names(&["midi", "meridien", "cantine"]) {
            Some(Self::Midi)
        } else if names(&["soir", "apres l ecole", "apres ecole", "gouter"]) {
            Some(Self::Soir)
        } else {
            Self::of_hour(&words)
        }
    }

    /// « 7h30 – 8h30 », « 16:30 »: the hour at which it begins.
    fn of_hour(words: &str) -> Option<Self> {
        let digits: String = words.chars().take_while(char::is_ascii_digit).collect();
        let rest = words[digits.len()..].trim_start();
        if !rest.starts_with(['h', ':']) {
            return None;
        }
        match digits.parse::<u32>().ok()? {
            5..=9 => Some(Self::Matin),
            11..=13 => Some(Self::Midi),
            15..=19 => Some(Self::Soir),
            _ => None,
        }
    }
}

/// The PEDT of an accueil.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pedt {
    /// Whether there is one; none while nobody said it.
    pub declared: Option<bool>,
    /// First day; none when it has always been.
    pub debut: Option<Day>,
    /// Last day; none when it goes on.
    pub fin: Option<Day>,
    /// Times that it covers; none for all of them.
    pub temps: Vec<PedtTime>,
}

impl Pedt {
    /// Whether somebody said that there is one.
    pub fn is_declared(&self) -> bool {
        self.declared == Some(true)
    }

    /// Its times as the registry writes them: « matin / soir », without the sign that separates the columns of a
    /// file.
    pub fn times(&self) -> String {
        let times: Vec<&str> = self.temps.iter().map(|t| t.as_str()).collect();
        times.join(" / ")
    }

    /// Whether it covers a session; none when its days or times are limited, and the session does not say its own.
    pub fn covers(&self, day: Option<Day>, time: Option<PedtTime>) -> Option<bool> {
        // Not said, the rates without a PEDT are asked: they are the stricter ones (`docs/domain.md` §2).
        if !self.is_declared() {
            return Some(false);
        }
        let is_dated = self.debut.is_some() || self.fin.is_some();
        if is_dated {
            let day = day?;
            let inside = self.debut.is_none_or(|d| d <= day) && self.fin.is_none_or(|f| day <= f);
            if !inside {
                return Some(false);
            }
        }
        if self.temps.is_empty() {
            return Some(true);
        }
        time.map(|time| self.temps.contains(&time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(iso: &str) -> Option<Day> {
        iso.parse().ok()
    }

    #[test]
    fn the_time_of_a_session_is_what_its_plage_says() {
        let tuesday = day("2026-05-12");
        let of = |plage| PedtTime::of(tuesday, plage);
        assert_eq!(of("Matin"), Some(PedtTime::Matin));
        assert_eq!(of("pause méridienne"), Some(PedtTime::Midi));
        assert_eq!(of("accueil du soir"), Some(PedtTime::Soir));
        assert_eq!(of("7h30 – 8h30"), Some(PedtTime::Matin));
        assert_eq!(of("16:30"), Some(PedtTime::Soir));
        for unsaid in ["", "journée", "après-midi", "10 enfants"] {
            assert_eq!(of(unsaid), None, "{unsaid}");
        }
        assert_eq!(
            PedtTime::of(day("2026-05-13"), "matin"),
            Some(PedtTime::Mercredi)
        );
    }

    #[test]
    fn a_pedt_covers_its_days_and_times_and_guesses_none() {
        let pedt = Pedt {
            declared: Some(true),
            debut: day("2025-09-01"),
            fin: day("2026-08-31"),
            temps: vec![PedtTime::Soir],
        };
        let inside = day("2026-05-12");
        assert_eq!(pedt.covers(inside, Some(PedtTime::Soir)), Some(true));
        assert_eq!(pedt.covers(inside, Some(PedtTime::Matin)), Some(false));
        assert_eq!(pedt.covers(inside, None), None);
        assert_eq!(pedt.covers(None, Some(PedtTime::Soir)), None);
        assert_eq!(pedt.covers(day("2026-09-01"), None), Some(false));
        assert_eq!(Pedt::default().covers(None, None), Some(false));
        let whole = Pedt {
            declared: Some(true),
            ..Pedt::default()
        };
        assert_eq!(whole.covers(None, None), Some(true));
    }
}
