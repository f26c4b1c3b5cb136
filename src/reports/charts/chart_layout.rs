//! The same chart for a page, for a phone and for paper: labels beside the drawing, or above each row; on paper a
//! pixel is three quarters of a point, so that no word is under nine points.

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
    /// Rows are as close as print allows.
    pub tight: bool,
    /// Whole width on paper.
    pub paper: f64,
}

/// Width on a page.
pub(super) const PAGE: f64 = 720.0;
/// Width on a phone.
pub(super) const PHONE: f64 = 350.0;
/// Width of the text on paper: 176 mm at three quarters of a point.
pub(super) const PAPER: f64 = 665.0;

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
            tight: false,
            paper: PAPER,
        }
    }

    /// The same, narrower on paper than the text.
    pub(super) fn on_paper(self, paper: f64) -> Self {
        Self { paper, ..self }
    }

    /// Draws a chart in this room, that of a page, in that of a phone and in that of paper.
    pub(super) fn both(self, said: ChartWords, draw: impl Fn(Self) -> Canvas) -> ChartResult {
        let phone = Self {
            width: PHONE,
            gutter: 8.0,
            above: true,
            ..self
        };
        let paper = Self {
            width: self.paper,
            tight: true,
            ..self
        };
        let (wide, narrow, paper) = (draw(self), draw(phone), draw(paper));
        let alt = said.alt();
        Ok(Chart {
            svg: wide.svg(&said.title, &alt).map_err(ChartError)?,
            narrow: narrow.svg(&said.title, &alt).map_err(ChartError)?,
            print: paper.print().map_err(ChartError)?,
            title: said.title,
            alt,
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
        let (least, around) = if self.tight {
            (least * 0.8, 6.0)
        } else {
            (least, 12.0)
        };
        let mut y = top;
        let mut rows = Vec::new();
        for label in labels {
            let lines = wrap(label, size, room);
            let text = lines.len() as f64 * size * 1.25;
            let (label_y, middle, height) = if self.above {
                let marks = least.min(32.0);
                (y + 6.0 + text / 2.0, y + 6.0 + text + marks / 2.0, marks)
            } else {
                let height = (text + around).max(least);
                (y + height / 2.0, y + height / 2.0, height)
            };
            y = middle + height / 2.0;
            rows.push(Placed {
                lines,
                label_y,
                y: middle,
                height,
            });
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
