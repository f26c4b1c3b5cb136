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

use serde::Serialize;

use crate::base::text::Datum;

/// A chart ready to be placed in a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The drawing, `role="img"` with title and description.
    pub svg: String,
    /// The same for a phone: narrow, labels above their rows.
    pub narrow: String,
    /// The same for paper.
    pub print: Print,
    /// The one idea, as a sentence.
    pub title: String,
    /// One sentence with the figures, for who cannot see the drawing.
    pub alt: String,
    /// The figures.
    pub table: Table,
}

/// A drawing for paper: lines and surfaces apart from the words, which the page sets in its own
/// type: they stay whole words for who searches or copies, where a drawing's become glyphs.
/// Fields bear the names under which templates read them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Print {
    /// Lines and surfaces, as SVG.
    #[serde(skip)]
    pub svg: String,
    /// Width, in CSS pixels.
    pub large: f64,
    /// Height, in CSS pixels.
    pub haut: f64,
    /// What is written on it.
    pub mots: Vec<Word>,
}

/// A text on a drawing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Word {
    /// The text, on one line.
    pub texte: String,
    /// Where it hangs from, in CSS pixels from the left.
    pub x: f64,
    /// Its vertical middle, in CSS pixels from the top.
    pub y: f64,
    /// What of it stands at `x`: `debut`, `milieu` or `fin`.
    pub ancre: &'static str,
    /// Size, in CSS pixels.
    pub taille: f64,
    /// Bold or not.
    pub gras: bool,
    /// `#RRGGBB`.
    pub couleur: String,
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
