//! A quarter of a year, as the convention asks for its follow-up: `2026-T4`.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// A quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    year: i16,
    /// 1 to 4.
    rank: i8,
}

impl Quarter {
    /// The quarter of an ISO day; none for what is no date.
    pub fn of(day: &str) -> Option<Self> {
        let day: Date = day.parse().ok()?;
        Some(Self {
            year: day.year(),
            rank: (day.month() - 1) / 3 + 1,
        })
    }

    /// Its last day, ISO.
    pub fn last_day(self) -> String {
        let end = match self.rank {
            1 => "03-31",
            2 => "06-30",
            3 => "09-30",
            _ => "12-31",
        };
        format!("{}-{end}", self.year)
    }

    /// Its first day, ISO.
    pub fn first_day(self) -> String {
        format!("{}-{:02}-01", self.year, 3 * self.rank - 2)
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
        assert_eq!(
            (fourth.first_day(), fourth.last_day()),
            ("2026-10-01".into(), "2026-12-31".into())
        );
        assert_eq!(fourth.next().to_string(), "2027-T1");
        assert_eq!(fourth.next().label(), "1er trimestre 2027");
        assert_eq!(Quarter::of("2026-11-02"), Some(fourth));
        assert_eq!("2026t4".parse(), Ok(fourth));
        for wrong in ["2026-T5", "T4", "2026", "26-T4"] {
            assert_eq!(wrong.parse::<Quarter>(), Err(()), "{wrong}");
        }
    }
}
