//! What moved, and is it more than noise? Per axe, both campaigns on the scale 1 to 4, and beside them the difference
//! with its interval over the band of what is too small to count.

use super::canvas::{Anchor, Canvas, Ink};
use super::chart::{ChartResult, ChartWords, figures};
use super::chart_layout::{ChartLayout, Placed};
use super::style::{ACCENT, INK, MARK_GREY, RULE, SECONDARY, SMALL, WHITE, width};
use crate::base::tabular::Table;
use crate::base::text::{Datum, decimal1, printed_level, signed};

/// One axe between two campaigns.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Axe, in full.
    pub label: String,
    /// Level before.
    pub before: f64,
    /// Level after.
    pub after: f64,
    /// Their difference, in levels, rounded apart from them.
    pub delta: f64,
    /// Half of its interval, in levels; none where it is not told.
    pub margin: Option<f64>,
    /// Whether the change is said to be one; others are grey.
    pub emphasis: bool,
    /// What is said of it: « en hausse ».
    pub words: String,
}

/// The campaigns compared, and the smallest difference that counts, in levels.
#[derive(Debug, Clone, Copy)]
pub struct DifferenceFrame<'a> {
    /// The campaign before.
    pub before: &'a str,
    /// The campaign reported.
    pub after: &'a str,
    /// Smallest difference that counts.
    pub least: f64,
}

const GUTTER: f64 = 215.0;
const TOP: f64 = 42.0;
const SIZE: f64 = 13.0;
/// Room for the words at the right of a page.
const WORDS: f64 = 140.0;
/// Between the two drawings.
const BETWEEN: f64 = 46.0;

/// Draws the levels and their differences.
pub fn differences(title: &str, frame: DifferenceFrame, rows: &[Difference]) -> ChartResult {
    let said = ChartWords {
        title: title.to_owned(),
        table: table(title, frame, rows),
    };
    let far = farthest(frame, rows);
    ChartLayout::page(GUTTER, WORDS).both(said, |sheet| draw(sheet, frame, far, rows))
}

/// How far the drawing of differences goes on either side: what holds every interval, in halves of a level.
fn farthest(frame: DifferenceFrame, rows: &[Difference]) -> f64 {
    let ends = rows
        .iter()
        .map(|row| row.delta.abs() + row.margin.unwrap_or(0.0));
    let farthest = ends.fold(frame.least * 1.5, f64::max);
    (farthest * 2.0 - 1e-9).ceil() / 2.0
}

/// Where both drawings stand on a sheet.
struct DifferencePlaces {
    /// From level 1 to level 4.
    levels: (f64, f64),
    /// From the farthest fall to the farthest rise.
    changes: (f64, f64),
    far: f64,
}

impl DifferencePlaces {
    fn new(sheet: ChartLayout, far: f64) -> Self {
        let (left, right) = if sheet.above {
            (30.0, sheet.width - 8.0)
        } else {
            (sheet.gutter + 14.0, sheet.width - sheet.right)
        };
        let room = (right - left - BETWEEN) / 2.0;
        Self {
            levels: (left, left + room),
            changes: (right - room, right),
            far,
        }
    }

    fn level(&self, level: f64) -> f64 {
        let (left, right) = self.levels;
        left + (level.clamp(1.0, 4.0) - 1.0) / 3.0 * (right - left)
    }

    fn change(&self, change: f64) -> f64 {
        let (left, right) = self.changes;
        let share = (change.clamp(-self.far, self.far) + self.far) / (2.0 * self.far);
        left + share * (right - left)
    }
}

fn small(bold: bool) -> Ink {
    Ink {
        size: SMALL,
        colour: SECONDARY,
        bold,
    }
}

fn draw(sheet: ChartLayout, frame: DifferenceFrame, far: f64, rows: &[Difference]) -> Canvas {
    // On a phone the words follow the name.
    let labels: Vec<String> = rows
        .iter()
        .map(|row| {
            if sheet.above {
                format!("{} · {}", row.label, row.words)
            } else {
                row.label.clone()
            }
        })
        .collect();
    let placed = sheet.place(labels.iter().map(String::as_str), SIZE, TOP, 30.0);
    let bottom = placed.end.max(TOP + 30.0);
    let places = DifferencePlaces::new(sheet, far);
    let mut canvas = Canvas::new(sheet.width, bottom + if sheet.above { 58.0 } else { 38.0 });
    ground(&mut canvas, &places, frame, bottom);
    for (row, place) in rows.iter().zip(&placed.rows) {
        let ink = Ink {
            size: SIZE,
            colour: INK,
            bold: row.emphasis,
        };
        place.label(&mut canvas, ink);
        levels(&mut canvas, &places, row, place);
        change(&mut canvas, &places, row, place);
        if !sheet.above {
            let at = sheet.width - sheet.right + 10.0;
            let lines = super::style::wrap(&row.words, SMALL, sheet.right - 10.0);
            let ink = Ink {
                colour: INK,
                ..small(row.emphasis)
            };
            canvas.lines(&lines, (at, place.y), Anchor::Start, ink);
        }
    }
    key(&mut canvas, sheet, frame, bottom + 22.0);
    canvas
}

/// The scales of both drawings, and the band of what does not count.
fn ground(canvas: &mut Canvas, places: &DifferencePlaces, frame: DifferenceFrame, bottom: f64) {
    let least = frame.least;
    canvas.rect(
        (places.change(-least), TOP - 8.0),
        (places.change(least), bottom),
        RULE,
    );
    let zero = places.change(0.0);
    canvas.line((zero, TOP - 8.0), (zero, bottom), 1.5, INK);
    for (at, text) in [
        (-places.far, signed(-places.far, 1)),
        (0.0, "0".to_owned()),
        (places.far, signed(places.far, 1)),
    ] {
        let x = places.change(at);
        canvas.text(&text, (x, TOP - 16.0), Anchor::Middle, small(false));
    }
    for level in 1..=4 {
        let x = places.level(f64::from(level));
        canvas.line((x, TOP - 8.0), (x, bottom), 1.0, RULE);
        let text = level.to_string();
        canvas.text(&text, (x, TOP - 16.0), Anchor::Middle, small(false));
    }
    for (of, text) in [(places.levels, "niveaux"), (places.changes, "différence")] {
        let middle = f64::midpoint(of.0, of.1);
        canvas.text(text, (middle, TOP - 33.0), Anchor::Middle, small(true));
    }
}

/// Hollow: before; filled: after; each with its number on its outer side.
fn levels(canvas: &mut Canvas, places: &DifferencePlaces, row: &Difference, place: &Placed) {
    let (y, from, to) = (place.y, places.level(row.before), places.level(row.after));
    canvas.line((from, y), (to, y), 2.0, ACCENT);
    canvas.disc((from, y), 5.0, ACCENT, Some(WHITE));
    canvas.disc((to, y), 5.5, ACCENT, None);
    let sides = if row.after >= row.before {
        [(row.before, from, false), (row.after, to, true)]
    } else {
        [(row.after, to, true), (row.before, from, false)]
    };
    for ((value, x, now), (anchor, way)) in sides
        .into_iter()
        .zip([(Anchor::End, -9.0), (Anchor::Start, 9.0)])
    {
        let ink = Ink {
            colour: if now { INK } else { SECONDARY },
            ..small(now)
        };
        canvas.text(&printed_level(value), (x + way, y), anchor, ink);
    }
}

/// The difference and its interval.
fn change(canvas: &mut Canvas, places: &DifferencePlaces, row: &Difference, place: &Placed) {
    let colour = if row.emphasis { ACCENT } else { MARK_GREY };
    if let Some(margin) = row.margin {
        let (low, high) = (row.delta - margin, row.delta + margin);
        let ends = (places.change(low), places.change(high));
        canvas.line((ends.0, place.y), (ends.1, place.y), 2.0, SECONDARY);
        for end in [ends.0, ends.1] {
            canvas.line((end, place.y - 4.0), (end, place.y + 4.0), 2.0, SECONDARY);
        }
    }
    canvas.disc((places.change(row.delta), place.y), 5.5, colour, None);
}

fn key(canvas: &mut Canvas, sheet: ChartLayout, frame: DifferenceFrame, y: f64) {
    let ink = small(false);
    let left = if sheet.above { 0.0 } else { sheet.gutter };
    let mut x = left;
    for (inside, name) in [(Some(WHITE), frame.before), (None, frame.after)] {
        canvas.disc((x + 6.0, y), 5.0, ACCENT, inside);
        canvas.text(name, (x + 16.0, y), Anchor::Start, ink);
        x += 32.0 + width(name, SMALL, false);
    }
    let at = if sheet.above {
        (left, y + 20.0)
    } else {
        (x, y)
    };
    canvas.rect((at.0, at.1 - 7.0), (at.0 + 16.0, at.1 + 7.0), RULE);
    let small = format!(
        "moins de {} : trop petit pour compter",
        decimal1(frame.least)
    );
    let small = crate::base::text::nbsp(&small).into_owned();
    canvas.text(&small, (at.0 + 22.0, at.1), Anchor::Start, ink);
}

fn table(title: &str, frame: DifferenceFrame, rows: &[Difference]) -> Table<Datum> {
    let headings = [
        "Axe",
        frame.before,
        frame.after,
        "Différence",
        "Marge (±)",
        "Lecture",
    ];
    let rows = rows.iter().map(|row| {
        vec![
            Datum::words(&row.label),
            Datum::printed_level(row.before),
            Datum::printed_level(row.after),
            Datum::change(row.delta),
            row.margin.map_or_else(Datum::none, Datum::level),
            Datum::words(&row.words),
        ]
    });
    figures(title, headings.map(str::to_owned).to_vec(), rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_and_band_stay_in_the_drawing() {
        let row = |delta: f64, margin| Difference {
            label: "Inclusion".to_owned(),
            before: 3.0,
            after: 3.0 + delta,
            delta,
            margin,
            emphasis: false,
            words: "stable".to_owned(),
        };
        let frame = DifferenceFrame {
            before: "printemps 2026",
            after: "automne 2026",
            least: 0.3,
        };
        assert!((farthest(frame, &[]) - 0.5).abs() < 1e-9);
        let rows = [row(-0.4, Some(0.7)), row(0.2, None)];
        let far = farthest(frame, &rows);
        assert!((far - 1.5).abs() < 1e-9, "{far}");
        let places = DifferencePlaces::new(ChartLayout::page(GUTTER, WORDS), far);
        assert!(places.change(-1.1) > places.changes.0 && places.levels.1 < places.changes.0);
        let drawn = differences("Rien ne bouge", frame, &rows).expect("drawn");
        assert_eq!(drawn.table.rows[1][4].text, "–");
    }
}
