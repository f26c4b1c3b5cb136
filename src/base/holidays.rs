//! Public holidays of metropolitan France (code du travail, article L3133-1); those of Alsace-Moselle and
//! overseas are their own.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::day::Day;

/// Easter Sunday of a year, by the anonymous Gregorian rule (Meeus, « Astronomical Algorithms », ch. 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, month as i8, day as i8).ok()
}

/// Name of the public holiday that a day is.
fn holiday(day: Date) -> Option<&'static str> {
    let fixed = match (day.month(), day.day()) {
        (1, 1) => "jour de l’an",
        (5, 1) => "1er mai",
        (5, 8) => "8 mai",
        (7, 14) => "14 juillet",
        (8, 15) => "Assomption",
        (11, 1) => "Toussaint",
        (11, 11) => "11 novembre",
        (12, 25) => "Noël",
        _ => "",
    };
    if !fixed.is_empty() {
        return Some(fixed);
    }
    let easter = easter(day.year())?;
    let moving = [
        (1, "lundi de Pâques"),
        (39, "Ascension"),
        (50, "lundi de Pentecôte"),
    ];
    let found = moving
        .into_iter()
        .find(|(days, _)| easter.checked_add(Span::new().days(*days)).ok() == Some(day));
    found.map(|(_, name)| name)
}

impl Day {
    /// Why nearly every accueil is closed that day: « dimanche », the name of a public holiday.
    pub(crate) fn closed_everywhere(self) -> Option<&'static str> {
        let day = self.date();
        let sunday = (day.weekday() == Weekday::Sunday).then_some("dimanche");
        holiday(day).or(sunday)
    }

    /// So many working days later: neither week-ends nor public holidays count; none outside the calendar.
    pub(crate) fn working_days_after(self, days: u16) -> Option<Self> {
        (0..days).try_fold(self, |day, _| day.after(1).map(Self::or_working_day))
    }

    /// That day, or the first after it that is neither of a week-end nor a public holiday.
    pub(crate) fn or_working_day(self) -> Self {
        let mut day = self;
        while day.closed_everywhere().is_some() || day.date().weekday() == Weekday::Saturday {
            match day.after(1) {
                Some(next) => day = next,
                None => return self,
            }
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Easter Sundays of the almanac.
    #[test]
    fn easter_is_that_of_the_almanac() {
        for (year, month, day) in [
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(year), Some(date(year, month, day)), "{year}");
        }
    }

    #[test]
    fn holidays_and_sundays_are_named() {
        let of = |iso: &str| iso.parse::<Day>().expect(iso).closed_everywhere();
        assert_eq!(of("2026-04-06"), Some("lundi de Pâques"));
        assert_eq!(of("2026-05-14"), Some("Ascension"));
        assert_eq!(of("2026-05-25"), Some("lundi de Pentecôte"));
        assert_eq!(of("2026-11-11"), Some("11 novembre"));
        assert_eq!(of("2026-05-10"), Some("dimanche"));
        assert_eq!(of("2026-05-12"), None);
        assert_eq!(of("2026-05-09"), None, "a Saturday");
        let next = |iso: &str| iso.parse::<Day>().expect(iso).or_working_day().to_string();
        assert_eq!(next("2026-05-08"), "2026-05-11");
        assert_eq!(next("2026-05-12"), "2026-05-12");
        let later = |iso: &str, days| {
            let day: Day = iso.parse().expect(iso);
            day.working_days_after(days).expect("a day").to_string()
        };
        // Two week-ends, the 8th of May and Ascension day between.
        assert_eq!(later("2026-05-04", 10), "2026-05-20");
        assert_eq!(later("2026-12-18", 10), "2027-01-05");
        assert_eq!(later("2026-05-04", 0), "2026-05-04");
    }
}
