//! The same chart for a page and for a phone: labels beside the drawing, or above each row.

use super::canvas::{Anchor, Canvas, Ink};
use super::style::{WHITE, width, wrap};
use super::{Chart, ChartError, ChartResult, Table};

/// Room that a chart has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sheet {
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

impl Sheet {
    /// Draws a chart for both widths; `gutter` and `right` are those of the page.
    pub(super) fn both(
        (gutter, right): (f64, f64),
        (title, alt, table): (&str, &str, Table),
        draw: impl Fn(Self) -> Canvas,
    ) -> ChartResult {
        let page = Self {
            width: PAGE,
            gutter,
            right,
            above: false,
        };
        let phone = Self {
            width: PHONE,
            gutter: 8.0,
            above: true,
            ..page
        };
        let (wide, narrow) = (draw(page), draw(phone));
        let drawn = |canvas: &Canvas| canvas.svg(title, alt).map_err(ChartError);
        Ok(Chart {
            svg: drawn(&wide)?,
            narrow: drawn(&narrow)?,
            print: wide.print().map_err(ChartError)?,
            title: title.to_owned(),
            alt: alt.to_owned(),
            table,
        })
    }

    /// Places labelled rows under `top`; gives them and where they end.
    pub(super) fn place<'a>(
        self,
        labels: impl Iterator<Item = &'a str>,
        size: f64,
        (top, least): (f64, f64),
    ) -> (Vec<Placed>, f64) {
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
        (rows, y)
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
