//! What is read on the pages, by the attacker's own eyes: rows of tables, words without tags.

/// A line of a table of indicators.
pub struct Told {
    pub code: String,
    /// `2026-T2`, `2026`.
    pub period: String,
    pub value: String,
    pub noted: String,
}

/// Lines of tables whose first cell begins with « G » and two digits.
pub fn read(page: &str) -> Vec<Told> {
    let mut told = Vec::new();
    for line in page.split("<tr").skip(1) {
        let line = line.split("</tr>").next().unwrap_or_default();
        let cells: Vec<String> = (line.split("<t").skip(1))
            .filter(|cell| cell.starts_with('d') || cell.starts_with('h'))
            .map(|cell| words(cell.split_once('>').map_or("", |(_, rest)| rest)))
            .collect();
        let code = cells.first().and_then(|first| first.split(' ').next());
        let is_code = |c: &&str| {
            c.len() == 3 && c.starts_with('G') && c[1..].bytes().all(|b| b.is_ascii_digit())
        };
        if let (Some(code), Some(period), Some(value), Some(noted)) = (
            code.filter(is_code),
            cells.get(1),
            cells.get(3),
            cells.get(5),
        ) {
            told.push(Told {
                code: code.to_owned(),
                period: plain_period(period),
                value: value.clone(),
                noted: noted.clone(),
            });
        }
    }
    told
}

/// « 4e trimestre 2026 ».
fn plain_period(text: &str) -> String {
    match text.split_once(" trimestre ") {
        Some((rank, year)) => format!("{year}-T{}", &rank[..1]),
        None => text.to_owned(),
    }
}

/// Text without tags, entities nor no-break spaces.
pub fn words(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            '\u{a0}' | '\u{202f}' => text.push(' '),
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text = text.replace("&#x2f;", "/").replace("&#x27;", "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A share as the documentation says that it is told: the attacker's own reading of it.
pub fn shown(n: usize, of: usize) -> Option<String> {
    if of < 5 {
        return None;
    }
    let near = ((of - 2) * 10 / of).min(9);
    Some(if n * 10 >= near * of {
        format!("{} % ou plus", near * 10)
    } else if n * 10 <= (10 - near) * of {
        format!("{} % ou moins", (10 - near) * 10)
    } else if of < 10 {
        format!("{} sur 5", (n as f64 * 5.0 / of as f64).round())
    } else {
        format!("environ {} %", (n as f64 * 10.0 / of as f64).round() * 10.0)
    })
}

/// Counts, out of so many, that would be told in these words: the least and the most.
pub fn counts(told: &str, of: usize, most: usize) -> Option<(i64, i64)> {
    let mut fits = (0..=most).filter(|n| shown(*n, of).is_some_and(|t| t == told));
    let least = fits.next()? as i64;
    Some((least, fits.next_back().map_or(least, |n| n as i64)))
}

fn number(text: &str) -> Option<i64> {
    text.replace(' ', "").parse().ok()
}

/// « participants : 10 à 14 ».
pub fn persons(noted: &str) -> Option<(i64, i64)> {
    let told = noted.split("participants : ").nth(1)?;
    let told = told.split(" ;").next()?.trim();
    if told == "moins de 5" {
        return Some((0, 4));
    }
    if let Some(n) = told.strip_prefix("environ ") {
        let n = number(n)?;
        return Some((n, n + 4));
    }
    range(told)
}

/// « 3 », « 3 ou plus », « 4 à 6 », of at most so many.
pub fn collaborations(told: &str, most: i64) -> Option<(i64, i64)> {
    if let Some(n) = told.strip_suffix(" ou plus") {
        return Some((number(n)?, most));
    }
    range(told).or_else(|| number(told).map(|n| (n, n)))
}

fn range(told: &str) -> Option<(i64, i64)> {
    let (a, b) = told.split_once(" à ")?;
    Some((number(a)?, number(b)?))
}

/// How many of those that could come did, out of so many listed: exact, or « un au plus ».
pub fn at_least_once(told: &str, listed: usize, could: usize) -> Option<(i64, i64)> {
    if told == "un au plus" {
        return Some((0, 1));
    }
    let words = |n: usize| {
        let percent = (n as f64 * 100.0 / listed.max(1) as f64).round();
        told == n.to_string() || told == format!("{percent} %")
    };
    let mut fits = (0..=could).filter(|n| words(*n));
    let least = fits.next()? as i64;
    Some((least, fits.next_back().map_or(least, |n| n as i64)))
}
