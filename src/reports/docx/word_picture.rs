//! Pictures of a word processor: where one is drawn, how large, what it says to who cannot see it. Charts are as
//! wide as the text; the part that holds each is named by `word_package`.

use super::word_styles::{TEXT_WIDTH, id};
use super::word_text::{escaped, runs_with};
use crate::base::error::Result;
use crate::reports::charts::{ChartPicture, picture};
use crate::reports::document::DrawnFigure;

/// Width of a chart, in pixels: 200 for each inch of the text (174 mm).
const PIXELS: u32 = 1_370;
/// Units of drawings in a twentieth of a point (ECMA-376, part 1, 20.1.10.16).
const UNITS: u64 = 635;
/// Tallest chart, in those units: what a page holds beside its heading and its caption, 215 mm.
const TALLEST: u64 = 215 * 36_000;

/// A chart that the document draws.
pub(super) struct WordPicture {
    /// Its rank in the document, from 1: parts and relations are named by it.
    pub rank: usize,
    /// PNG.
    pub drawn: ChartPicture,
}

/// How large something is drawn, in the units of drawings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DrawnSize {
    pub wide: u64,
    pub high: u64,
}

/// What a drawing is called, and what it says.
pub(super) struct DrawingName<'a> {
    /// Number of the drawing in the document.
    pub number: usize,
    /// Its relation.
    pub relation: &'a str,
    /// Its name in the list of drawings.
    pub name: &'a str,
    /// Its alternative.
    pub alternative: &'a str,
}

impl WordPicture {
    /// The picture of a chart; none in a program built without the rasteriser.
    ///
    /// # Errors
    ///
    /// A chart that cannot be drawn: always a bug.
    pub(super) fn of(figure: &DrawnFigure, rank: usize) -> Result<Option<Self>> {
        let drawn = picture(&figure.svg, PIXELS)?;
        Ok(drawn.map(|drawn| Self { rank, drawn }))
    }

    /// Its relation.
    pub(super) fn relation(&self) -> String {
        format!("figure{}", self.rank)
    }

    /// Its part, under `word/`.
    pub(super) fn target(&self) -> String {
        format!("media/figure{}.png", self.rank)
    }

    /// The paragraph that draws it, kept with what follows when a caption does.
    pub(super) fn paragraph(&self, figure: &DrawnFigure) -> String {
        let relation = self.relation();
        let name = format!("Graphique {}", self.rank);
        let said = DrawingName {
            // The logo is the first drawing.
            number: self.rank + 1,
            relation: &relation,
            name: &name,
            alternative: &figure.alt,
        };
        let kept = if figure.caption.is_empty() {
            ""
        } else {
            "<w:keepNext/>"
        };
        runs_with(id("Figure"), kept, &drawing(&said, self.size()))
    }

    fn size(&self) -> DrawnSize {
        let (width, height) = (u64::from(self.drawn.width), u64::from(self.drawn.height));
        let wide = TEXT_WIDTH as u64 * UNITS;
        let high = wide * height / width;
        if high <= TALLEST {
            return DrawnSize { wide, high };
        }
        DrawnSize {
            wide: TALLEST * width / height,
            high: TALLEST,
        }
    }
}

/// The run of a drawing in the line.
pub(super) fn drawing(said: &DrawingName, size: DrawnSize) -> String {
    let DrawnSize { wide, high } = size;
    let (number, relation) = (said.number, said.relation);
    let (name, alternative) = (escaped(said.name), escaped(said.alternative));
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{alternative}\"/><wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" noChangeAspect=\"1\"/></wp:cNvGraphicFramePr><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"{name}\" descr=\"{alternative}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}
