//! What repeats in a calendar (`RRULE`): told, and expanded only when it ends.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::calendar_moments::moment;

/// Most days that a rule gives: two years of a weekly meeting.
const MOST: usize = 110;

/// What a rule gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Repeated {
    /// Every day of it, the first included.
    Days(Vec<Date>),
    /// It never ends: only its first day is known.
    Endless,
    /// It is of a kind that is not read.
    Unread,
}

struct Rule {
    frequency: String,
    step: i64,
    count: Option<usize>,
    until: Option<Date>,
    weekdays: Vec<(i8, Weekday)>,
    month_days: Vec<i8>,
}

/// The days of a rule that begins on a day.
pub(super) fn repeated(rule: &str, first: Date) -> Repeated {
    let Some(rule) = read(rule) else {
        return Repeated::Unread;
    };
    if rule.count.is_none() && rule.until.is_none() {
        return Repeated::Endless;
    }
    match days(&rule, first) {
        Some(days) if days.len() <= MOST => Repeated::Days(days),
        _ => Repeated::Unread,
    }
}

fn read(text: &str) -> Option<Rule> {
    let mut rule = Rule {
        frequency: String::new(),
        step: 1,
        count: None,
        until: None,
        weekdays: Vec::new(),
        month_days: Vec::new(),
    };
    for part in text.split(';').filter(|p| !p.trim().is_empty()) {
        let (key, value) = part.split_once('=')?;
        match key.trim().to_ascii_uppercase().as_str() {
            "FREQ" => rule.frequency = value.to_ascii_uppercase(),
            "INTERVAL" => rule.step = value.parse().ok().filter(|n| *n > 0)?,
            "COUNT" => rule.count = Some(value.parse().ok()?),
            "UNTIL" => rule.until = Some(moment(value)?.at.date()),
            "BYDAY" => rule.weekdays = value.split(',').map(weekday).collect::<Option<_>>()?,
            "BYMONTHDAY" => {
                rule.month_days = value
                    .split(',')
                    .map(|d| d.parse().ok().filter(|d| *d > 0))
                    .collect::<Option<_>>()?;
            }
            "WKST" => {}
            _ => return None,
        }
    }
    Some(rule)
}

/// « 2TU »: the second Tuesday; « MO »: every Monday.
fn weekday(text: &str) -> Option<(i8, Weekday)> {
    let text = text.trim();
    let letters = text.trim_start_matches(|c: char| c == '-' || c == '+' || c.is_ascii_digit());
    let number = text.strip_suffix(letters)?;
    let rank = if number.is_empty() {
        0
    } else {
        number.parse().ok()?
    };
    let day = match letters {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    };
    Some((rank, day))
}

/// Every day, in order; none for a kind that is not read.
fn days(rule: &Rule, first: Date) -> Option<Vec<Date>> {
    let mut days: Vec<Date> = Vec::new();
    for turn in 0..=(MOST as i64 * 8) {
        let step = turn * rule.step;
        let mut own = match rule.frequency.as_str() {
            "DAILY" if rule.weekdays.is_empty() && rule.month_days.is_empty() => {
                vec![first.checked_add(step.days()).ok()?]
            }
            "WEEKLY" if rule.month_days.is_empty() => {
                week(rule, first.checked_add(step.weeks()).ok()?)?
            }
            "MONTHLY" => month(
                rule,
                first,
                first.first_of_month().checked_add(step.months()).ok()?,
            )?,
            "YEARLY" if rule.weekdays.is_empty() && rule.month_days.is_empty() => {
                vec![first.checked_add(step.years()).ok()?]
            }
            _ => return None,
        };
        own.sort_unstable();
        for day in own.into_iter().filter(|day| *day >= first) {
            let is_over = rule.until.is_some_and(|until| day > until)
                || rule.count.is_some_and(|n| days.len() >= n);
            if is_over || days.len() > MOST {
                return Some(days);
            }
            days.push(day);
        }
    }
    Some(days)
}

fn week(rule: &Rule, of: Date) -> Option<Vec<Date>> {
    if rule.weekdays.is_empty() {
        return Some(vec![of]);
    }
    let monday = of
        .checked_sub(i64::from(of.weekday().to_monday_zero_offset()).days())
        .ok()?;
    let named = rule.weekdays.iter().map(|(rank, day)| {
        let next = monday.checked_add(i64::from(day.to_monday_zero_offset()).days());
        next.ok().filter(|_| *rank == 0)
    });
    named.collect()
}

fn month(rule: &Rule, first: Date, of: Date) -> Option<Vec<Date>> {
    let of_day = |day: i8| Date::new(of.year(), of.month(), day).ok();
    if !rule.month_days.is_empty() {
        return rule
            .weekdays
            .is_empty()
            .then(|| rule.month_days.iter().filter_map(|d| of_day(*d)).collect());
    }
    if rule.weekdays.is_empty() {
        return Some(of_day(first.day()).into_iter().collect());
    }
    let mut found = Vec::new();
    for (rank, day) in &rule.weekdays {
        if *rank == 0 {
            return None;
        }
        // A month without a fifth Friday has no meeting.
        found.extend(of.nth_weekday_of_month(*rank, *day).ok());
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rule: &str, first: &str) -> Vec<String> {
        match repeated(rule, first.parse().expect("a day")) {
            Repeated::Days(days) => days.iter().map(Date::to_string).collect(),
            other => vec![format!("{other:?}")],
        }
    }

    #[test]
    fn rules_that_end_give_their_days() {
        assert_eq!(
            of("FREQ=WEEKLY;COUNT=3;BYDAY=TU", "2026-05-12"),
            ["2026-05-12", "2026-05-19", "2026-05-26"]
        );
        assert_eq!(
            of(
                "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260610T000000Z;BYDAY=MO,WE",
                "2026-05-13"
            ),
            [
                "2026-05-13",
                "2026-05-25",
                "2026-05-27",
                "2026-06-08",
                "2026-06-10"
            ]
        );
        assert_eq!(
            of("FREQ=MONTHLY;BYDAY=2TU;COUNT=2", "2026-05-12"),
            ["2026-05-12", "2026-06-09"]
        );
        assert_eq!(
            of("FREQ=MONTHLY;COUNT=3", "2026-01-31"),
            ["2026-01-31", "2026-03-31", "2026-05-31"]
        );
        assert_eq!(
            of("FREQ=DAILY;COUNT=2", "2026-12-31"),
            ["2026-12-31", "2027-01-01"]
        );
    }

    #[test]
    fn others_are_told() {
        assert_eq!(of("FREQ=WEEKLY;BYDAY=TU", "2026-05-12"), ["Endless"]);
        assert_eq!(
            of("FREQ=MONTHLY;BYSETPOS=-1;BYDAY=FR;COUNT=2", "2026-05-12"),
            ["Unread"]
        );
        assert_eq!(of("FREQ=DAILY;COUNT=5000", "2026-05-12"), ["Unread"]);
    }
}
