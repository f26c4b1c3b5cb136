//! The same chart for a page and for a phone: labels beside the drawing, or above each row.

use super::canvas::{Anchor, Canvas, Ink};
use super::chart::{Chart, ChartError, ChartResult, ChartWords};
use super::style::{WHITE, width, wrap};

/// Room that a chart has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ChartLayout {
    /// Whole width, in CSS pixels.
    pub width: f64,
    /// Where the drawing begins.
    pub gutter: f64,
    /// Room kept at the right for values.
    pub right: f64,
    /// Labels stand above their row.
    pub above: bool,
}

/// Width on a page.
pub(super) const PAGE: f64 = 720.0;
/// Width on a phone.
pub(super) const PHONE: f64 = 350.0;

/// A row placed on the sheet.
pub(super) struct Placed {
    lines: Vec<String>,
    label_y: f64,
    /// Middle of the marks.
    pub y: f64,
    /// Height of the marks.
    pub height: f64,
}

/// Rows placed under each other.
pub(super) struct PlacedRows {
    pub rows: Vec<Placed>,
    /// Where the last one ends.
    pub end: f64,
}

impl ChartLayout {
    /// The room of a page.
    pub(super) fn page(gutter: f64, right: f64) -> Self {
        Self {
            width: PAGE,
            gutter,
            right,
            above: false,
        }
    }

    /// Draws a chart in this room, that of a page, and in that of a phone.
    pub(super) fn both(self, said: ChartWords, draw: impl Fn(Self) -> Canvas) -> ChartResult {
        let phone = Self {
            width: PHONE,
            gutter: 8.0,
            above: true,
            ..self
        };
        let (wide, narrow) = (draw(self), draw(phone));
        Ok(Chart {
            svg: wide.svg(&said.title, &said.alt).map_err(ChartError)?,
            narrow: narrow.svg(&said.title, &said.alt).map_err(ChartError)?,
            print: wide.print().map_err(ChartError)?,
            title: said.title,
            alt: said.alt,
            table: said.table,
        })
    }

    /// Places labelled rows of at least a height under `top`; gives them and where they end.
    pub(super) fn place<'a>(
        self,
        labels: impl Iterator<Item = &'a str>,
        size: f64,
        top: f64,
        least: f64,
    ) -> PlacedRows {
        let room = if self.above {
            self.width
        } else {
            self.gutter - 16.0
        };
        let mut y = top;
        let mut rows = Vec::new();
        for label in labels {
            let lines = wrap(label, size, room);
            let text = lines.len() as f64 * size * 1.25;
            let row = if self.above {
                let marks = least.min(32.0);
                let row = Placed {
                    lines,
                    label_y: y + 6.0 + text / 2.0,
                    y: y + 6.0 + text + marks / 2.0,
                    height: marks,
                };
                y += 6.0 + text + marks;
                row
            } else {
                let height = (text + 12.0).max(least);
                let row = Placed {
                    lines,
                    label_y: y + height / 2.0,
                    y: y + height / 2.0,
                    height,
                };
                y += height;
                row
            };
            rows.push(row);
        }
        PlacedRows { rows, end: y }
    }
}

impl Placed {
    /// Writes the label, over the hairlines that would cross it.
    pub(super) fn label(&self, canvas: &mut Canvas, ink: Ink) {
        let widths = self.lines.iter().map(|l| width(l, ink.size, ink.bold));
        let room = widths.fold(0.0, f64::max);
        let half = self.lines.len() as f64 * ink.size * 1.25 / 2.0;
        canvas.rect(
            (0.0, self.label_y - half),
            (room, self.label_y + half),
            WHITE,
        );
        canvas.lines(&self.lines, (0.0, self.label_y), Anchor::Start, ink);
    }
}
