//! Charts in workbooks: the picture that the report prints, with its alternative. Excel would draw another chart,
//! which neither the caption nor the message of the report tells of.

use rust_xlsxwriter::{Image, XlsxError};

use crate::base::error::Result;
use crate::base::text::nbsp;
use crate::reports::charts::picture;
use crate::reports::document::{Drawing, DrawnFigure};

/// Pixels of the picture for one of the sheet: sharp in print.
const DENSITY: u32 = 2;
/// Longest alternative that Excel accepts; the table above the chart has every figure.
const ALT: usize = 255;
/// Widest chart, in pixels.
pub(super) const WIDEST: u32 = 720;
/// Points in a pixel of a sheet.
pub(super) const POINTS: f64 = 0.75;

/// A chart and its size on the sheet, in pixels.
pub(super) struct ChartImage {
    png: Vec<u8>,
    alternative: String,
    pub width: u32,
    pub height: u32,
}

impl ChartImage {
    /// The picture of a figure, no wider than `room` pixels; none for a matrix, whose table has the same shades, nor
    /// in a program built without the rasteriser.
    ///
    /// # Errors
    ///
    /// A chart that cannot be drawn: always a bug.
    pub(super) fn of(figure: &DrawnFigure, room: u32) -> Result<Option<Self>> {
        if figure.drawing == Drawing::Matrix {
            return Ok(None);
        }
        let width = room.min(WIDEST);
        let drawn = picture(&figure.svg, width * DENSITY)?;
        Ok(drawn.map(|drawn| Self {
            png: drawn.png,
            alternative: nbsp(&figure.alt).chars().take(ALT).collect(),
            width,
            height: drawn.height / DENSITY,
        }))
    }

    /// The same no taller than so many pixels.
    pub(super) fn within(mut self, tallest: u32) -> Self {
        if self.height > tallest {
            self.width = self.width * tallest / self.height;
            self.height = tallest;
        }
        self
    }

    /// What a sheet takes.
    pub(super) fn image(&self) -> std::result::Result<Image, XlsxError> {
        let image = Image::new_from_buffer(&self.png)?;
        Ok(image
            .set_scale_to_size(self.width, self.height, true)
            .set_alt_text(&self.alternative))
    }
}
