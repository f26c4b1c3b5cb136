//! Dates: ISO inside, 12/05/2026 in tables, « 12 mai 2026 » in text.

use jiff::civil::Date;

use super::fold::fold;

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// 12/05/2026; what is no ISO date is left as it is.
pub fn date_short(iso: &str) -> String {
    match iso.get(..10).and_then(|d| d.parse::<Date>().ok()) {
        Some(d) => format!("{:02}/{:02}/{}", d.day(), d.month(), d.year()),
        None => iso.to_owned(),
    }
}

/// ISO dates that a text names among other words: « Visite du 14 mai 2026 », « vu le 12/05/2026 ».
pub fn dates_in(text: &str) -> Vec<String> {
    let words: Vec<&str> = text
        .split([' ', '\u{a0}', '\u{202f}', '(', ')', ',', ';'])
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|w| !w.is_empty())
        .collect();
    let alone = words.iter().filter_map(|word| {
        let is_date = word.matches(['/', '.', '-']).count() == 2;
        iso_date(word).filter(|_| is_date)
    });
    let spelt = words
        .windows(3)
        .filter_map(|three| written(&three.join(" ")));
    alone.chain(spelt.map(|d| d.to_string())).collect()
}

/// « 12 mai 2026 », « 1er juin 2026 »; what is no ISO date is left as it is.
pub fn date_long(iso: &str) -> String {
    let Some(d) = iso.get(..10).and_then(|d| d.parse::<Date>().ok()) else {
        return iso.to_owned();
    };
    let day = if d.day() == 1 {
        "1er".to_owned()
    } else {
        d.day().to_string()
    };
    let month = MONTHS[usize::from(d.month().unsigned_abs()) - 1];
    format!("{day}\u{a0}{month} {}", d.year())
}

/// An ISO date as a year and its fraction, to place campaigns in time; 0 for what is no date.
pub fn years(iso: &str) -> f64 {
    let date = iso.get(..10).and_then(|d| d.parse::<Date>().ok());
    date.map_or(0.0, |d| {
        let day = f64::from(d.day_of_year()) - 1.0;
        f64::from(d.year()) + day / f64::from(d.days_in_year())
    })
}

/// ISO date of what a French user writes: 2026-05-12, 2026-05-12 14:30, 12/05/2026, 12/05/26,
/// 12.05.2026, 12 mai 2026. None for anything else, impossible days included.
pub fn iso_date(text: &str) -> Option<String> {
    let text = text.trim();
    if is_range(text) {
        return None;
    }
    // « mardi 12/05/2026 »: the day of the week must be that of the date.
    if let Some((first, rest)) = text.split_once(' ')
        && WEEKDAYS.contains(&fold(first).as_str())
        && rest.starts_with(|c: char| c.is_ascii_digit())
    {
        return iso_date(rest).filter(|iso| !weekday_contradicts(text, iso));
    }
    let head: &str = text.get(..10).unwrap_or(text);
    if let Ok(date) = head.parse::<Date>() {
        return Some(date.to_string());
    }
    let word = text.split([' ', 'T', ',']).next().unwrap_or("");
    let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
    let built = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => {
            Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
        }
        [day, month, year] if year.len() == 4 || year.len() == 2 => {
            let year: i16 = year
                .parse()
                .ok()
                .map(|y: i16| if y < 100 { 2000 + y } else { y })?;
            Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
        }
        _ => written(text),
    };
    built.map(|d| d.to_string())
}

/// Whether a text names two days: « 04/05/2026 au 08/05/2026 », « 12/05 et 14/05/2026 ».
fn is_range(text: &str) -> bool {
    let days = text.split([' ', 'T', ',']).filter(|word| {
        let marks = word.matches(['/', '.']).count();
        marks > 0
            && word
                .bytes()
                .all(|b| b.is_ascii_digit() || b == b'/' || b == b'.')
    });
    days.count() > 1
}

/// Whether a cell of a workbook can hold an ISO day, and a person have meant it: Excel counts from 1900.
pub fn fits_a_workbook(iso: &str) -> bool {
    let year = iso.get(..4).and_then(|year| year.parse::<u16>().ok());
    year.is_some_and(|year| (1901..=2099).contains(&year))
}

/// ISO date of what an American spreadsheet writes: 5/12/2026 for 12 May; what names its month or
/// starts with the year reads as everywhere.
pub fn iso_date_month_first(text: &str) -> Option<String> {
    let text = text.trim();
    let (head, rest) = text.split_once([' ', ',']).unwrap_or((text, ""));
    match head.split('/').collect::<Vec<_>>().as_slice() {
        [month, day, year] if month.len() <= 2 => iso_date(&format!("{day}/{month}/{year} {rest}")),
        _ => iso_date(text),
    }
}

/// « 12 mai 2026 », « 1er juin 2026 », « mardi 12 mai 2026 ».
fn written(text: &str) -> Option<Date> {
    let folded = fold(text);
    let mut words: Vec<&str> = folded.split(' ').collect();
    if words.len() == 4 && words[0].ends_with("di") || words.first() == Some(&"dimanche") {
        words.remove(0);
    }
    let [day, month, year] = words.as_slice() else {
        return None;
    };
    let month = MONTHS.iter().position(|m| fold(m) == *month)? + 1;
    let day: i8 = day.trim_end_matches("er").parse().ok()?;
    Date::new(year.parse().ok()?, month as i8, day).ok()
}

const WEEKDAYS: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];

/// Rank of the month that a folded word names, from 1.
pub fn month_rank(word: &str) -> Option<usize> {
    MONTHS
        .iter()
        .position(|month| fold(month) == word)
        .map(|at| at + 1)
}

/// Whether a folded word is a month.
pub fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|month| fold(month) == word)
}

/// Whether a text names another day of the week than that of an ISO date.
pub fn weekday_contradicts(text: &str, iso: &str) -> bool {
    let folded = fold(text);
    let first = folded.split(' ').find_map(|word| {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
        WEEKDAYS.iter().position(|day| *day == plain)
    });
    let date = iso.parse::<Date>().ok();
    let told = date.map(|date| date.weekday().to_monday_zero_offset() as usize);
    first.zip(told).is_some_and(|(said, is)| said != is)
}

/// ISO date of a day and a month alone (« 2 juin », « 2/6 », « mercredi 2 juin »), where two ISO days give
/// it its year: the only year between them, else the only one in which it falls between them. None when
/// several fit, or when the day of the week is another.
pub fn date_within(text: &str, first: &str, last: &str) -> Option<String> {
    let (first, last) = (first.parse::<Date>().ok()?, last.parse::<Date>().ok()?);
    let folded = fold(text);
    let mut words: Vec<&str> = folded.split(' ').collect();
    if WEEKDAYS.contains(words.first()?) {
        words.remove(0);
    }
    let (day, month) = match words.as_slice() {
        [day, month] => {
            let month = MONTHS.iter().position(|m| fold(m) == *month)? + 1;
            (day.trim_end_matches("er"), month)
        }
        [both] => {
            let (day, month) = both.split_once('/')?;
            (day, month.parse::<usize>().ok()?)
        }
        _ => return None,
    };
    let (day, month): (i8, i8) = (day.parse().ok()?, i8::try_from(month).ok()?);
    let years = first.year()..=last.year();
    let single = first.year() == last.year();
    let dates = years.filter_map(|year| Date::new(year, month, day).ok());
    let mut fitting = dates.filter(|date| single || (first..=last).contains(date));
    let found = fitting.next()?;
    let iso = found.to_string();
    (fitting.next().is_none() && !weekday_contradicts(text, &iso)).then_some(iso)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_its_year_takes_that_of_the_campaign_or_none() {
        let spring = |text: &str| date_within(text, "2026-04-27", "2026-07-03");
        for text in ["2 juin", "2/6", "02/06", "mardi 2 juin"] {
            assert_eq!(spring(text).as_deref(), Some("2026-06-02"), "{text}");
        }
        assert_eq!(spring("1er mai").as_deref(), Some("2026-05-01"));
        for text in [
            "mercredi 2 juin",
            "31/6",
            "juin",
            "2 juin 2025",
            "12",
            "2/6/3",
        ] {
            assert_eq!(spring(text), None, "{text}");
        }
        let winter = |text: &str| date_within(text, "2025-11-01", "2026-02-28");
        assert_eq!(winter("3 janvier").as_deref(), Some("2026-01-03"));
        assert_eq!(winter("3 juin"), None, "neither year");
        assert_eq!(
            date_within("3 juin", "2025-01-01", "2026-12-31"),
            None,
            "both"
        );
        assert!(weekday_contradicts("mercredi 2 juin 2026", "2026-06-02"));
        assert!(!weekday_contradicts("mardi 2 juin 2026", "2026-06-02"));
    }

    #[test]
    fn dates_read_and_print() {
        for text in [
            "2026-05-12",
            "2026-05-12T08:30:00",
            "12/05/2026",
            "12/05/26",
            "12.05.2026 14:30",
            "12 mai 2026",
            "mardi 12 mai 2026",
            "2026/05/12 11:07:29 AM AST",
        ] {
            assert_eq!(iso_date(text).as_deref(), Some("2026-05-12"), "{text}");
        }
        for text in ["5/12/2026 14:55:21", "05/12/26", "2026-05-12"] {
            assert_eq!(
                iso_date_month_first(text).as_deref(),
                Some("2026-05-12"),
                "{text}"
            );
        }
        assert_eq!(iso_date_month_first("25/05/2026"), None);
        assert_eq!(iso_date("31/02/2026"), None);
        assert_eq!(iso_date("jj/mm/aaaa"), None);
        assert_eq!(date_short("2026-05-12"), "12/05/2026");
        assert_eq!(date_long("2026-06-01"), "1er\u{a0}juin 2026");
    }
}
