//! A finished chart as a picture, for what draws no SVG: a word processor. The same drawing gives the same bytes.

use crate::base::error::Result;

/// A picture of a chart.
#[cfg_attr(
    not(feature = "pdf"),
    allow(dead_code, reason = "the rasteriser alone makes one")
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChartPicture {
    /// PNG, opaque on white.
    pub png: Vec<u8>,
    /// Width, in pixels.
    pub width: u32,
    /// Height, in pixels.
    pub height: u32,
}

/// The drawing of a chart, so many pixels wide; none in a program built without the rasteriser (`pdf`).
///
/// # Errors
///
/// A drawing that is no SVG: always a bug.
#[cfg(not(feature = "pdf"))]
pub(crate) fn picture(_svg: &str, _width: u32) -> Result<Option<ChartPicture>> {
    Ok(None)
}

/// The drawing of a chart, so many pixels wide.
///
/// # Errors
///
/// A drawing that is no SVG: always a bug.
#[cfg(feature = "pdf")]
pub(crate) fn picture(svg: &str, width: u32) -> Result<Option<ChartPicture>> {
    use crate::base::error::Error;

    let drawn = rasterised::drawn(svg, width);
    let lost = |e| Error::Render(format!("Un graphique ne peut pas devenir une image ({e})."));
    drawn.map(Some).map_err(lost)
}

#[cfg(feature = "pdf")]
mod rasterised {
    use std::sync::{Arc, LazyLock};

    use resvg::tiny_skia::{Color, Pixmap, Transform};
    use resvg::usvg::{Options, Tree, fontdb::Database};

    use super::ChartPicture;
    use crate::base::typeset::FACES;
    use crate::reports::charts::style::FAMILY;

    /// The embedded faces alone: the same picture on every machine.
    static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut known = Database::new();
        for face in FACES {
            known.load_font_data(face.to_vec());
        }
        Arc::new(known)
    });

    pub(super) fn drawn(svg: &str, width: u32) -> Result<ChartPicture, String> {
        let options = Options {
            font_family: FAMILY.to_owned(),
            fontdb: Arc::clone(&FONTS),
            ..Options::default()
        };
        let tree = Tree::from_str(svg, &options).map_err(|e| e.to_string())?;
        let size = tree.size();
        let scale = width as f32 / size.width();
        let height = (size.height() * scale).round().max(1.0) as u32;
        let mut page = Pixmap::new(width, height).ok_or("taille nulle")?;
        page.fill(Color::WHITE);
        resvg::render(
            &tree,
            Transform::from_scale(scale, scale),
            &mut page.as_mut(),
        );
        let png = page.encode_png().map_err(|e| e.to_string())?;
        Ok(ChartPicture { png, width, height })
    }
}

#[cfg(all(test, feature = "pdf"))]
mod tests {
    use super::*;

    #[test]
    fn a_chart_has_the_same_picture_twice_with_its_words_on_it() {
        let svg = |words: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 100\" width=\"400\" height=\"100\"><text x=\"10\" y=\"50\" font-size=\"20\" font-family=\"'Atkinson Hyperlegible Next', sans-serif\">{words}</text></svg>"
            )
        };
        let made = |words: &str| {
            picture(&svg(words), 800)
                .expect("drawn")
                .expect("a picture")
        };
        let one = made("Relations ✓");
        assert_eq!((one.width, one.height), (800, 200));
        assert_eq!(one, made("Relations ✓"));
        assert!(one.png != made("").png && made("✓").png != made("").png);
        assert!(picture("rien", 800).is_err());
    }
}
