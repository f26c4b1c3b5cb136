//! Do we see ourselves as others see us? Paired marks per critère, in the order given.

use super::canvas::{Anchor, Canvas, Ink};
use super::chart::{ChartResult, ChartWords, figures};
use super::chart_layout::{ChartLayout, Placed};
use super::profile::{scale, x};
use super::style::{ACCENT, INK, SECONDARY, SMALL, WHITE};
use crate::base::tabular::Table;
use crate::base::text::{Datum, decimal1, rounded};

/// One critère seen twice.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// Critère, in full.
    pub label: String,
    /// Self-assessment.
    pub own: f64,
    /// Observation.
    pub other: f64,
}

const GUTTER: f64 = 300.0;
const RIGHT: f64 = 60.0;
const TOP: f64 = 34.0;
const SIZE: f64 = 13.0;

/// Draws the pairs.
pub fn gaps(title: &str, rows: &[Gap]) -> ChartResult {
    let said = ChartWords {
        title: title.to_owned(),
        table: table(title, rows),
    };
    ChartLayout::page(GUTTER, RIGHT).both(said, |sheet| draw(sheet, rows))
}

fn draw(sheet: ChartLayout, rows: &[Gap]) -> Canvas {
    let labels = rows.iter().map(|r| r.label.as_str());
    let placed = sheet.place(labels, SIZE, TOP, 28.0);
    let bottom = placed.end;
    let mut canvas = Canvas::new(sheet.width, bottom + 36.0);
    scale(&mut canvas, sheet, bottom);
    for (row, place) in rows.iter().zip(&placed.rows) {
        draw_row(&mut canvas, sheet, row, place);
    }
    key(&mut canvas, sheet, bottom + 18.0);
    canvas
}

fn draw_row(canvas: &mut Canvas, sheet: ChartLayout, row: &Gap, place: &Placed) {
    let ink = Ink {
        size: SIZE,
        colour: INK,
        bold: false,
    };
    place.label(canvas, ink);
    let (own, other) = ((x(sheet, row.own), place.y), (x(sheet, row.other), place.y));
    canvas.line(own, other, 2.0, ACCENT);
    canvas.disc(own, 5.5, ACCENT, Some(WHITE));
    canvas.disc(other, 5.5, ACCENT, None);
    let gap = row.own - row.other;
    let sign = if gap > 0.0 { "+" } else { "" };
    let at = (sheet.width - sheet.right + 14.0, place.y);
    let bold = Ink { bold: true, ..ink };
    canvas.text(&format!("{sign}{}", decimal1(gap)), at, Anchor::Start, bold);
}

fn key(canvas: &mut Canvas, sheet: ChartLayout, y: f64) {
    let ink = Ink {
        size: SMALL,
        colour: SECONDARY,
        bold: false,
    };
    let (team, outside) = ("regard de l’équipe", "regard extérieur");
    canvas.disc((sheet.gutter, y), 5.5, ACCENT, Some(WHITE));
    canvas.text(team, (sheet.gutter + 12.0, y), Anchor::Start, ink);
    let left = sheet.gutter + 30.0 + super::style::width(team, SMALL, false);
    canvas.disc((left, y), 5.5, ACCENT, None);
    canvas.text(outside, (left + 12.0, y), Anchor::Start, ink);
}

fn table(title: &str, rows: &[Gap]) -> Table<Datum> {
    let headers = ["Critère", "Regard de l’équipe", "Regard extérieur", "Écart"]
        .map(str::to_owned)
        .to_vec();
    let table = rows
        .iter()
        .map(|r| {
            vec![
                Datum::words(&r.label),
                Datum::level(r.own),
                Datum::level(r.other),
                Datum::change(rounded(r.own, 1) - rounded(r.other, 1)),
            ]
        })
        .collect();
    figures(title, headers, table)
}
