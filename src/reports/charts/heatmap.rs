//! Which centres need what? Sites × axes, by code, the digit in each cell.

use super::canvas::{Anchor, Canvas, Ink};
use super::chart::{ChartResult, ChartWords, figures};
use super::chart_layout::ChartLayout;
use super::style::{
    INK, LEVELS, MARK_GREY, SECONDARY, SMALL, WHITE, ink_on, level_shade, width, wrap,
};
use crate::base::tabular::Table;
use crate::base::text::{Datum, printed_level};

/// A cell of the heatmap.
#[derive(Debug, Clone, PartialEq)]
pub enum HeatmapCell {
    /// Level 1..4.
    Value(f64),
    /// Hatched whatever the reason, which the table says.
    Hatched(String),
    /// Does not concern this site.
    Blank,
}

/// Rows are sites in the order given, columns are axes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Heatmap {
    /// Axes.
    pub columns: Vec<HeatmapColumn>,
    /// Sites.
    pub rows: Vec<HeatmapRow>,
}

/// A column of the heatmap.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HeatmapColumn {
    /// Code, over the column of a phone and of the table.
    pub code: String,
    /// Full label, over the column of a page.
    pub label: String,
    /// Target: what reaches it has a contour.
    pub target: f64,
}

/// A row of the heatmap.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HeatmapRow {
    /// Name of the site.
    pub label: String,
    /// One cell per column.
    pub cells: Vec<HeatmapCell>,
}

/// What is written in a hatched cell, and in the key: what is hidden and what is empty look alike.
const NOT_SHOWN: (&str, &str) = ("n. m.", "non montré (le tableau dit pourquoi)");
const GUTTER: f64 = 150.0;
const TOP: f64 = 30.0;
const SIZE: f64 = 13.0;

/// Draws the heatmap.
pub fn heatmap(title: &str, map: &Heatmap) -> ChartResult {
    let said = ChartWords {
        title: title.to_owned(),
        table: table(title, map),
    };
    ChartLayout::page(GUTTER, 0.0).both(said, |sheet| draw(sheet, map))
}

fn draw(sheet: ChartLayout, map: &Heatmap) -> Canvas {
    let left = if sheet.above { 0.0 } else { sheet.gutter };
    let column = (sheet.width - left) / map.columns.len().max(1) as f64;
    let heads: Vec<Vec<String>> = map
        .columns
        .iter()
        .map(|axe| heading(sheet, axe, column))
        .collect();
    let tallest = heads.iter().map(Vec::len).max().unwrap_or(1);
    let top = TOP + (tallest as f64 - 1.0) * SMALL * 1.25;
    let labels = map.rows.iter().map(|r| r.label.as_str());
    let placed = sheet.place(labels, SIZE, top, 30.0);
    let bottom = placed.end;
    let mut canvas = Canvas::new(sheet.width, bottom + if sheet.above { 80.0 } else { 40.0 });
    let plain = Ink {
        size: SIZE,
        colour: INK,
        bold: false,
    };
    let head = Ink {
        size: SMALL,
        ..plain
    };
    for (c, lines) in heads.iter().enumerate() {
        let middle = top - 8.0 - lines.len() as f64 * SMALL * 1.25 / 2.0;
        let at = (left + column * (c as f64 + 0.5), middle);
        canvas.lines(lines, at, Anchor::Middle, head);
    }
    for (row, place) in map.rows.iter().zip(&placed.rows) {
        place.label(&mut canvas, plain);
        let (top, end) = (place.y - place.height / 2.0, place.y + place.height / 2.0);
        for (c, cell) in row.cells.iter().enumerate() {
            let from = (left + column * c as f64 + 1.0, top + 1.0);
            let target = map.columns.get(c).map_or(4.0, |axe| axe.target);
            let to = (from.0 + column - 2.0, end - 1.0);
            draw_cell(&mut canvas, (cell, target), from, to);
        }
    }
    if map.rows.is_empty() {
        let grey = Ink {
            colour: SECONDARY,
            ..plain
        };
        canvas.text("Aucune donnée", (0.0, top + 8.0), Anchor::Start, grey);
    }
    key(&mut canvas, sheet, left, bottom + 22.0);
    canvas
}

/// The name of an axe on lines that fit its column; its code where a word would not.
fn heading(sheet: ChartLayout, axe: &HeatmapColumn, column: f64) -> Vec<String> {
    let lines = wrap(&axe.label, SMALL, column - 4.0);
    let fits = |line: &String| width(line, SMALL, false) <= column;
    if sheet.above || !lines.iter().all(fits) {
        vec![axe.code.clone()]
    } else {
        lines
    }
}

/// A level with its shade, in a contour where the target is reached.
fn draw_cell(
    canvas: &mut Canvas,
    (cell, target): (&HeatmapCell, f64),
    from: (f64, f64),
    to: (f64, f64),
) {
    let middle = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
    match cell {
        HeatmapCell::Value(v) => {
            let shade = level_shade(*v);
            if *v >= target - 1e-9 {
                contour(canvas, from, to, LEVELS[shade]);
            } else {
                canvas.surface(from, to, LEVELS[shade]);
            }
            let ink = Ink {
                size: SIZE,
                colour: ink_on(shade),
                bold: true,
            };
            canvas.text(&printed_level(*v), middle, Anchor::Middle, ink);
        }
        HeatmapCell::Hatched(_) => {
            canvas.hatch(from, to, MARK_GREY);
            let room = width(NOT_SHOWN.0, SMALL, false) / 2.0 + 2.0;
            canvas.rect(
                (middle.0 - room, middle.1 - 8.0),
                (middle.0 + room, middle.1 + 8.0),
                WHITE,
            );
            let ink = Ink {
                size: SMALL,
                colour: SECONDARY,
                bold: false,
            };
            canvas.text(NOT_SHOWN.0, middle, Anchor::Middle, ink);
        }
        HeatmapCell::Blank => {
            canvas.line(
                (middle.0 - 4.0, middle.1),
                (middle.0 + 4.0, middle.1),
                1.0,
                MARK_GREY,
            );
        }
    }
}

/// A dark line around, and a white one inside, which show on the darkest shade too.
fn contour(
    canvas: &mut Canvas,
    from: (f64, f64),
    to: (f64, f64),
    shade: plotters::style::RGBColor,
) {
    for (inset, colour) in [(0.0, INK), (2.0, WHITE), (3.0, shade)] {
        let from = (from.0 + inset, from.1 + inset);
        canvas.rect(from, (to.0 - inset, to.1 - inset), colour);
    }
}

fn key(canvas: &mut Canvas, sheet: ChartLayout, left: f64, mut y: f64) {
    let ink = Ink {
        size: SMALL,
        colour: SECONDARY,
        bold: false,
    };
    let mut x = left;
    for (shade, words) in ["proche de 1", "de 2", "de 3", "de 4"]
        .into_iter()
        .enumerate()
    {
        canvas.surface((x, y - 7.0), (x + 16.0, y + 7.0), LEVELS[shade]);
        canvas.text(words, (x + 22.0, y), Anchor::Start, ink);
        x += 36.0 + width(words, SMALL, false);
    }
    if sheet.above {
        (x, y) = (left, y + 20.0);
    }
    contour(canvas, (x, y - 8.0), (x + 18.0, y + 8.0), WHITE);
    let reached = "objectif atteint";
    canvas.text(reached, (x + 24.0, y), Anchor::Start, ink);
    x += 38.0 + width(reached, SMALL, false);
    if sheet.above {
        (x, y) = (left, y + 20.0);
    }
    canvas.hatch((x, y - 7.0), (x + 16.0, y + 7.0), MARK_GREY);
    canvas.text(NOT_SHOWN.1, (x + 22.0, y), Anchor::Start, ink);
}

fn table(title: &str, map: &Heatmap) -> Table<Datum> {
    // Names are in the caption: over narrow columns they would be cut.
    let mut headers = vec!["Accueil".to_owned()];
    headers.extend(map.columns.iter().map(|c| c.code.clone()));
    let rows = map
        .rows
        .iter()
        .map(|r| {
            let mut row = vec![Datum::words(&r.label)];
            row.extend(r.cells.iter().map(|c| match c {
                HeatmapCell::Value(v) => {
                    Datum::printed_level(*v).styled(format!("n{}", level_shade(*v) + 1))
                }
                HeatmapCell::Hatched(why) => Datum::words(why),
                HeatmapCell::Blank => Datum::words("sans objet"),
            }));
            row
        })
        .collect();
    figures(title, headers, rows)
}
