//! A finished chart: its drawings, what says it in words, its figures.

use serde::Serialize;

use crate::base::tabular::{Heading, Table};
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
    /// One sentence, for who cannot see the drawing: its message, and where its figures are.
    pub alt: String,
    /// The figures, under the chart's title.
    pub table: Table<Datum>,
}

/// A drawing for paper: lines and surfaces apart from the words, which the page sets in its own
/// type: they stay whole words for who searches or copies, where a drawing's become glyphs.
/// Templates read the French names.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Print {
    /// Lines and surfaces, as SVG.
    #[serde(skip)]
    pub svg: String,
    /// Width, in CSS pixels.
    #[serde(rename = "large")]
    pub width: f64,
    /// Height, in CSS pixels.
    #[serde(rename = "haut")]
    pub height: f64,
    /// What is written on it.
    #[serde(rename = "mots")]
    pub words: Vec<PrintedWord>,
}

/// A text on a drawing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrintedWord {
    /// The text, on one line.
    #[serde(rename = "texte")]
    pub text: String,
    /// Where it hangs from, in CSS pixels from the left.
    pub x: f64,
    /// Its vertical middle, in CSS pixels from the top.
    pub y: f64,
    /// What of it stands at `x`: `debut`, `milieu` or `fin`.
    #[serde(rename = "ancre")]
    pub anchor: &'static str,
    /// Size, in CSS pixels.
    #[serde(rename = "taille")]
    pub size: f64,
    /// Bold or not.
    #[serde(rename = "gras")]
    pub bold: bool,
    /// `#RRGGBB`.
    #[serde(rename = "couleur")]
    pub colour: String,
}

/// Drawing failed: the library refused a coordinate or the font. Always a bug.
#[derive(Debug, thiserror::Error)]
#[error("chart cannot be drawn: {0}")]
pub struct ChartError(pub(super) String);

/// Result of drawing.
pub type ChartResult = Result<Chart, ChartError>;

/// What says a chart without drawing it.
pub(super) struct ChartWords {
    /// The one idea, as a sentence.
    pub title: String,
    /// The figures.
    pub table: Table<Datum>,
}

/// Characters of an alternative at most.
const LONGEST: usize = 200;
/// Where the figures of a drawing are.
const ELSEWHERE: &str = " Les chiffres sont dans le tableau de même titre.";

impl ChartWords {
    /// The message in a sentence, and where the figures are: a screen reader reads a table better than a list of
    /// all numbers in one breath.
    pub(super) fn alt(&self) -> String {
        let room = LONGEST - ELSEWHERE.chars().count() - 2;
        let title = self.title.trim_end_matches(['.', ' ']);
        let mut said = String::new();
        for word in title.split(' ') {
            if said.chars().count() + word.chars().count() >= room {
                said.push('…');
                break;
            }
            if !said.is_empty() {
                said.push(' ');
            }
            said.push_str(word);
        }
        if !said.ends_with('…') {
            said.push('.');
        }
        said + ELSEWHERE
    }
}

/// The figures of a chart under their headings, the first of which names the rows.
pub(super) fn figures(title: &str, headings: Vec<String>, rows: Vec<Vec<Datum>>) -> Table<Datum> {
    let mut columns = Vec::with_capacity(headings.len());
    for (column, name) in headings.into_iter().enumerate() {
        let cells = rows.iter().filter_map(|r| r.get(column));
        let longest = cells.map(|c| c.text.chars().count()).max();
        columns.push(match (column, longest.unwrap_or_default()) {
            (0, _) => Heading::words(name).wide(4.0),
            // Words rather than a figure.
            (_, 15..) => Heading::figures(name).wide(2.4),
            _ => Heading::figures(name),
        });
    }
    Table::new(title, columns, rows)
}
