//! A quarter of a year, as the convention asks for its follow-up: `2026-T4`.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::base::day::Day;

/// A quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    year: i16,
    /// 1 to 4.
    rank: i8,
}

impl Quarter {
    /// The quarter of a day.
    pub fn of(day: Day) -> Self {
        let date = day.date();
        Self {
            year: date.year(),
            rank: (date.month() - 1) / 3 + 1,
        }
    }

    /// Its last day; the calendar's for a quarter that begins beyond it.
    pub fn last_day(self) -> Day {
        let month = Date::new(self.year, 3 * self.rank, 1);
        Day::from(month.map_or(Date::MAX, Date::last_of_month))
    }

    /// The one after.
    #[must_use]
    pub fn next(self) -> Self {
        if self.rank == 4 {
            Self {
                year: self.year + 1,
                rank: 1,
            }
        } else {
            Self {
                rank: self.rank + 1,
                ..self
            }
        }
    }

    /// « 4e trimestre 2026 ».
    pub fn label(self) -> String {
        let rank = if self.rank == 1 {
            "1er".to_owned()
        } else {
            format!("{}e", self.rank)
        };
        format!("{rank} trimestre {}", self.year)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-T{}", self.year, self.rank)
    }
}

impl FromStr for Quarter {
    type Err = ();

    /// `2026-T4`, `2026T4`, `2026-t4`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let plain = text.trim().to_uppercase().replace('-', "");
        let (year, rank) = plain.split_once('T').ok_or(())?;
        let (year, rank) = (year.parse().map_err(|_| ())?, rank.parse().map_err(|_| ())?);
        let known = (1..=4).contains(&rank) && (2000..2200).contains(&year);
        known.then_some(Self { year, rank }).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_read_print_and_follow_each_other() {
        let fourth: Quarter = "2026-T4".parse().expect("a quarter");
        assert_eq!(fourth.last_day().to_string(), "2026-12-31");
        let ends = ["2028-T1", "2028-T2", "2028-T3"].map(|text| {
            let quarter: Quarter = text.parse().expect("a quarter");
            quarter.last_day().to_string()
        });
        assert_eq!(ends, ["2028-03-31", "2028-06-30", "2028-09-30"]);
        assert_eq!(fourth.next().to_string(), "2027-T1");
        assert_eq!(fourth.next().label(), "1er trimestre 2027");
        let november: Day = "2026-11-02".parse().expect("a day");
        assert_eq!(Quarter::of(november), fourth);
        assert_eq!("2026t4".parse(), Ok(fourth));
        for wrong in ["2026-T5", "T4", "2026", "26-T4"] {
            assert_eq!(wrong.parse::<Quarter>(), Err(()), "{wrong}");
        }
    }
}
