//! Moments and durations as calendars write them: `20260512T140000Z`, `TZID=…:20260512T140000`, `PT1H30M`.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

/// A moment, on the clock of the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CalendarMoment {
    pub at: DateTime,
    /// Whether only the day is said.
    pub is_day: bool,
}

/// A moment as a calendar writes it. What is in universal time is put on the French clock; a moment with the name of
/// a zone is left on the clock of that zone, where the meeting stands.
pub(super) fn moment(text: &str) -> Option<CalendarMoment> {
    let text = text.trim();
    let date = |digits: &str| {
        let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
        Date::new(number(0..4)?, number(4..6)? as i8, number(6..8)? as i8).ok()
    };
    let Some((day, time)) = text.split_once('T') else {
        return Some(CalendarMoment {
            at: date(text)
                .filter(|_| text.len() == 8)?
                .to_datetime(jiff::civil::Time::midnight()),
            is_day: true,
        });
    };
    let is_universal = time.ends_with('Z');
    let time = time.trim_end_matches('Z');
    let number = |range: std::ops::Range<usize>| time.get(range)?.parse::<i8>().ok();
    let clock = jiff::civil::Time::new(number(0..2)?, number(2..4)?, 0, 0).ok()?;
    let at = date(day)?.to_datetime(clock);
    let at = if is_universal { french_clock(at)? } else { at };
    Some(CalendarMoment { at, is_day: false })
}

/// Universal time on the French clock: an hour more, two from the last Sunday of March to the last of October.
fn french_clock(at: DateTime) -> Option<DateTime> {
    let turn = |month: i8| {
        let last = Date::new(at.year(), month, 31).ok()?;
        let back = last.weekday().to_sunday_zero_offset();
        Some(
            last.checked_sub(i64::from(back).days())
                .ok()?
                .at(1, 0, 0, 0),
        )
    };
    let is_summer = turn(3)? <= at && at < turn(10)?;
    at.checked_add((if is_summer { 2 } else { 1 }).hours()).ok()
}

/// Hours of `PT1H30M`, `P1DT2H`; none for anything else.
pub(super) fn hours(text: &str) -> Option<f64> {
    let rest = text.trim().strip_prefix('P')?;
    let (mut hours, mut number) = (0.0, String::new());
    for c in rest.chars() {
        match c {
            '0'..='9' => number.push(c),
            'T' => {}
            _ => {
                let read: f64 = number.parse().ok()?;
                number.clear();
                hours += read
                    * match c {
                        'W' => 168.0,
                        'D' => 24.0,
                        'H' => 1.0,
                        'M' => 1.0 / 60.0,
                        'S' => 1.0 / 3600.0,
                        _ => return None,
                    };
            }
        }
    }
    number.is_empty().then_some(hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_stand_on_the_french_clock() {
        let read = |text: &str| moment(text).map(|m| (m.at.to_string(), m.is_day));
        for (text, wanted) in [
            ("20260512T140000Z", ("2026-05-12T16:00:00", false)),
            ("20260112T233000Z", ("2026-01-13T00:30:00", false)),
            ("20261025T005900Z", ("2026-10-25T02:59:00", false)),
            ("20260512T140000", ("2026-05-12T14:00:00", false)),
            ("20260512", ("2026-05-12T00:00:00", true)),
        ] {
            assert_eq!(read(text), Some((wanted.0.to_owned(), wanted.1)), "{text}");
        }
        assert!(moment("demain").is_none() && moment("20261340").is_none());
        assert_eq!(hours("PT1H30M"), Some(1.5));
        assert_eq!(hours("P1DT2H"), Some(26.0));
        assert_eq!(hours("1H"), None);
    }
}
