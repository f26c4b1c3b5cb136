//! Where do we stand, and since last time? One row per axe or critère on the scale 1 to 4.

use super::canvas::{Anchor, Canvas, Ink};
use super::chart::{ChartResult, ChartWords, figures};
use super::chart_layout::{ChartLayout, Placed};
use super::style::{ACCENT, INK, RULE, SECONDARY, SMALL, WHITE};
use crate::base::tabular::Table;
use crate::base::text::{Datum, printed_level};

/// One row of a profile.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProfileRow {
    /// Axe or critère, in full.
    pub label: String,
    /// Level 1..4.
    pub value: Option<f64>,
    /// Level at the campaign before.
    pub previous: Option<f64>,
    /// Target.
    pub target: Option<f64>,
    /// Words in place of a value.
    pub note: String,
    /// What it rests on: « 3 critères ».
    pub under: String,
}

const GUTTER: f64 = 250.0;
const RIGHT: f64 = 164.0;
/// The same on a phone, for the values alone.
const ON_PHONE: f64 = 96.0;
const TOP: f64 = 34.0;
const SIZE: f64 = 14.0;

/// The campaigns of a profile.
#[derive(Debug, Clone, Copy)]
pub struct ProfileLegend<'a> {
    /// The campaign shown.
    pub current: &'a str,
    /// The one before, when it is shown too.
    pub previous: Option<&'a str>,
}

/// Dot plot of the axes or critères.
pub fn profile(title: &str, legend: ProfileLegend, rows: &[ProfileRow]) -> ChartResult {
    let said = ChartWords {
        title: title.to_owned(),
        table: table(title, legend, rows),
    };
    ChartLayout::page(GUTTER, RIGHT).both(said, |sheet| draw(sheet, legend, rows))
}

fn draw(sheet: ChartLayout, legend: ProfileLegend, rows: &[ProfileRow]) -> Canvas {
    // On a phone what a row rests on follows its name; on a page it stands at the right.
    let labels: Vec<String> = rows
        .iter()
        .map(|row| match (sheet.above, row.under.as_str()) {
            (true, under) if !under.is_empty() => format!("{} · {under}", row.label),
            _ => row.label.clone(),
        })
        .collect();
    let sheet = ChartLayout {
        right: if sheet.above { ON_PHONE } else { sheet.right },
        ..sheet
    };
    let placed = sheet.place(labels.iter().map(String::as_str), SIZE, TOP, 30.0);
    let bottom = placed.end.max(TOP + 30.0);
    let mut canvas = Canvas::new(sheet.width, bottom + 40.0);
    scale(&mut canvas, sheet, bottom);
    for (row, place) in rows.iter().zip(&placed.rows) {
        draw_row(&mut canvas, sheet, row, place);
    }
    if rows.is_empty() {
        let ink = Ink {
            size: SIZE,
            colour: SECONDARY,
            bold: false,
        };
        let at = (sheet.gutter, TOP + 15.0);
        canvas.text("Aucune donnée", at, Anchor::Start, ink);
    }
    key(&mut canvas, sheet, legend, bottom + 22.0);
    canvas
}

/// Where a level stands.
pub(super) fn x(sheet: ChartLayout, level: f64) -> f64 {
    let room = sheet.width - sheet.gutter - sheet.right;
    sheet.gutter + (level.clamp(1.0, 4.0) - 1.0) / 3.0 * room
}

/// The four levels as vertical rules with their digits.
pub(super) fn scale(canvas: &mut Canvas, sheet: ChartLayout, bottom: f64) {
    let ink = Ink {
        size: SMALL,
        colour: SECONDARY,
        bold: false,
    };
    for level in 1..=4 {
        let at = x(sheet, f64::from(level));
        canvas.line((at, TOP - 8.0), (at, bottom), 1.0, RULE);
        canvas.text(&level.to_string(), (at, TOP - 18.0), Anchor::Middle, ink);
    }
}

fn draw_row(canvas: &mut Canvas, sheet: ChartLayout, row: &ProfileRow, place: &Placed) {
    let (y, x) = (place.y, |level| x(sheet, level));
    let ink = Ink {
        size: SIZE,
        colour: INK,
        bold: false,
    };
    place.label(canvas, ink);
    if let Some(target) = row.target {
        canvas.line((x(target), y - 9.0), (x(target), y + 9.0), 2.0, INK);
    }
    let value = row.value.filter(|v| v.is_finite());
    let previous = row.previous.filter(|v| v.is_finite());
    if let (Some(v), Some(p)) = (value, previous) {
        canvas.line((x(p), y), (x(v), y), 2.0, ACCENT);
    }
    if let Some(p) = previous {
        canvas.disc((x(p), y), 5.5, ACCENT, Some(WHITE));
    }
    let bold = Ink { bold: true, ..ink };
    let right = sheet.width - sheet.right + 18.0;
    if !sheet.above {
        let small = Ink {
            size: SMALL,
            colour: SECONDARY,
            bold: false,
        };
        canvas.text(&row.under, (sheet.width, y), Anchor::End, small);
    }
    if let Some(v) = value {
        canvas.disc((x(v), y), 6.5, ACCENT, None);
        canvas.text(&printed_level(v), (right, y), Anchor::Start, bold);
        if let Some(p) = previous {
            let grey = Ink {
                colour: SECONDARY,
                ..ink
            };
            canvas.text(
                &format!("({})", printed_level(p)),
                (right + 32.0, y),
                Anchor::Start,
                grey,
            );
        }
    } else {
        let grey = Ink {
            size: 13.0,
            colour: SECONDARY,
            bold: false,
        };
        // Over the hairlines, which would cross the words.
        let (left, room) = (x(1.0) + 10.0, super::style::width(&row.note, 13.0, false));
        canvas.rect((left - 3.0, y - 9.0), (left + room + 3.0, y + 9.0), WHITE);
        canvas.text(&row.note, (left, y), Anchor::Start, grey);
    }
}

fn key(canvas: &mut Canvas, sheet: ChartLayout, legend: ProfileLegend, y: f64) {
    let ink = Ink {
        size: SMALL,
        colour: SECONDARY,
        bold: false,
    };
    canvas.disc((sheet.gutter + 6.0, y), 5.5, ACCENT, None);
    canvas.text(legend.current, (sheet.gutter + 18.0, y), Anchor::Start, ink);
    let mut left = sheet.gutter + 34.0 + super::style::width(legend.current, SMALL, false);
    if let Some(before) = legend.previous {
        canvas.disc((left, y), 5.0, ACCENT, Some(WHITE));
        canvas.text(before, (left + 12.0, y), Anchor::Start, ink);
        left += 28.0 + super::style::width(before, SMALL, false);
    }
    canvas.line((left, y - 7.0), (left, y + 7.0), 2.0, INK);
    canvas.text("objectif", (left + 8.0, y), Anchor::Start, ink);
}

fn table(title: &str, legend: ProfileLegend, rows: &[ProfileRow]) -> Table<Datum> {
    let mut headers = vec!["Intitulé".to_owned(), legend.current.to_owned()];
    headers.extend(legend.previous.map(str::to_owned));
    headers.push("Objectif".to_owned());
    let rests = rows.iter().any(|r| !r.under.is_empty());
    if rests {
        headers.push("Sur quoi".to_owned());
    }
    let cell = |v: Option<f64>| v.map_or_else(Datum::none, Datum::printed_level);
    let rows = rows
        .iter()
        .map(|r| {
            let value = r
                .value
                .map_or_else(|| Datum::words(&r.note), Datum::printed_level);
            let mut row = vec![Datum::words(&r.label), value];
            if legend.previous.is_some() {
                row.push(cell(r.previous));
            }
            row.push(cell(r.target));
            if rests {
                row.push(Datum::words(&r.under));
            }
            row
        })
        .collect();
    figures(title, headers, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_says_everything_in_words_too() {
        let rows = [
            ProfileRow {
                label: "Relations et place de l’enfant".into(),
                value: Some(3.25),
                previous: Some(2.8),
                target: Some(3.0),
                ..ProfileRow::default()
            },
            ProfileRow {
                label: "Inclusion".into(),
                note: "non publiable".into(),
                ..ProfileRow::default()
            },
        ];
        let legend = ProfileLegend {
            current: "C2",
            previous: Some("C1"),
        };
        let alone = ProfileLegend {
            current: "C1",
            previous: None,
        };
        let chart = profile("Les relations progressent", legend, &rows).expect("drawn");
        assert!(chart.svg.contains("role=\"img\"") && chart.svg.contains("non publiable"));
        assert!(chart.svg.contains("(2,8)") && chart.alt.chars().count() <= 200);
        assert_eq!(
            chart,
            profile("Les relations progressent", legend, &rows).expect("drawn")
        );
        assert!(
            profile("Rien", alone, &[])
                .expect("drawn")
                .svg
                .contains("Aucune donnée")
        );
    }
}
