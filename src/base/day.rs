//! A day of the calendar: whole days in tables, ISO where people and the contract read it.

use std::fmt;
use std::str::FromStr;

use jiff::SignedDuration;
use jiff::civil::Date;

const EPOCH: Date = Date::constant(1970, 1, 1);
const SECONDS: i64 = 86_400;

/// A day; kept in tables as whole days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Day(Date);

impl Day {
    /// Days since 1970-01-01.
    pub(crate) fn number(self) -> i32 {
        (self.0.duration_since(EPOCH).as_secs() / SECONDS) as i32
    }

    /// The day of a number of days since 1970-01-01; none outside the calendar.
    pub(crate) fn from_number(days: i32) -> Option<Self> {
        let since = SignedDuration::from_secs(i64::from(days) * SECONDS);
        EPOCH.checked_add(since).ok().map(Self)
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

#[cfg(test)]
mod tests {
    use super::Day;

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
        assert_eq!(Day::from_number(i32::MAX), None);
        assert!("2026-02-30".parse::<Day>().is_err());
    }
}
