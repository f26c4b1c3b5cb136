//! Labels and numbers → SVG, one chart a file. No frames, no domain types; every chart comes with
//! a sentence that says it and the table of its figures.

mod canvas;
mod distribution;
mod evolution;
mod funnel;
mod gaps;
mod heatmap;
mod map;
mod profile;
mod sheet;
mod style;

pub use distribution::{AnswerRow, Answers, distribution};
pub use evolution::{Slope, evolution};
pub use funnel::{Funnel, Point, funnel};
pub use gaps::{Gap, gaps};
pub use heatmap::{Cell, Heatmap, heatmap};
pub use map::{Map, Place, Position, map};
pub use profile::{ProfileRow, profile};

use crate::text::Datum;

/// A chart ready to be placed in a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The drawing, `role="img"` with title and description.
    pub svg: String,
    /// The same for a phone: narrow, labels above their rows.
    pub narrow: String,
    /// The one idea, as a sentence.
    pub title: String,
    /// One sentence with the figures, for who cannot see the drawing.
    pub alt: String,
    /// The figures.
    pub table: Table,
}

/// The figures behind a chart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Column headings.
    pub headers: Vec<String>,
    /// Rows of as many cells.
    pub rows: Vec<Vec<Datum>>,
}

/// Drawing failed: the library refused a coordinate or the font. Always a bug.
#[derive(Debug, thiserror::Error)]
#[error("chart cannot be drawn: {0}")]
pub struct ChartError(String);

/// Result of drawing.
pub type ChartResult = Result<Chart, ChartError>;
