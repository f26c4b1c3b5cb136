//! A day of the calendar: whole days in tables, ISO where people and the contract read it.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::{SignedDuration, Span};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::base::text::{date_long, date_short, years};

const EPOCH: Date = Date::constant(1970, 1, 1);
const SECONDS: i64 = 86_400;

/// A day; kept in tables as whole days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    /// Days since 1970-01-01.
    pub fn number(self) -> i32 {
        (self.0.duration_since(EPOCH).as_secs() / SECONDS) as i32
    }

    /// The day of a number of days since 1970-01-01; none outside the calendar.
    pub fn from_number(days: i32) -> Option<Self> {
        let since = SignedDuration::from_secs(i64::from(days) * SECONDS);
        EPOCH.checked_add(since).ok().map(Self)
    }

    /// As the calendar has it.
    pub(crate) fn date(self) -> Date {
        self.0
    }

    /// « 12/05/2026 ».
    pub fn short(self) -> String {
        date_short(&self.to_string())
    }

    /// « 12 mai 2026 ».
    pub fn long(self) -> String {
        date_long(&self.to_string())
    }

    /// In years, as a number: 2026.36.
    pub fn years(self) -> f64 {
        years(&self.to_string())
    }

    /// So many days later; none outside the calendar.
    pub fn after(self, days: u16) -> Option<Self> {
        let later = self.0.checked_add(Span::new().days(i32::from(days)));
        later.ok().map(Self)
    }

    /// First day of its month.
    #[must_use]
    pub fn month(self) -> Self {
        Self(self.0.first_of_month())
    }

    /// So many months later, the last day of a shorter month; none outside the calendar.
    pub fn months_after(self, months: u32) -> Option<Self> {
        let later = self.0.checked_add(Span::new().months(i64::from(months)));
        later.ok().map(Self)
    }

    /// The day before; none outside the calendar.
    pub fn eve(self) -> Option<Self> {
        self.0.yesterday().ok().map(Self)
    }

    /// The same day of the year before; none outside the calendar.
    pub fn year_before(self) -> Option<Self> {
        self.0.checked_sub(Span::new().years(1)).ok().map(Self)
    }
}

/// « 12/05/2026 »; empty where there is no day.
pub(crate) fn short_day(day: Option<Day>) -> String {
    day.map_or_else(String::new, Day::short)
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for Day {
    type Err = jiff::Error;

    /// Reads an ISO day, `2026-05-12`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|_| de::Error::custom(format!("« {text} » n’est pas une date (AAAA-MM-JJ)")))
    }
}

/// A day of a test.
#[cfg(test)]
pub(crate) fn on(iso: &str) -> Day {
    iso.parse().expect("a day")
}

#[cfg(test)]
mod tests {
    use super::{Day, on};

    #[test]
    fn days_are_counted_from_1970_and_read_back() {
        for (iso, number) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-03-01", 11_017),
            ("2026-05-12", 20_585),
        ] {
            let day: Day = iso.parse().expect(iso);
            assert_eq!(day.number(), number, "{iso}");
            assert_eq!(Day::from_number(number), Some(day));
            assert_eq!(day.to_string(), iso);
        }
        assert_eq!(on("2026-05-31").month(), on("2026-05-01"));
        assert_eq!(Day::from_number(i32::MAX), None);
        assert!("2026-02-30".parse::<Day>().is_err());
    }
}
