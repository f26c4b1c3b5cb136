//! Colours, the embedded face, and how wide a text is.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use plotters::style::{FontDesc, FontFamily, FontStyle, RGBColor, register_font};

use crate::base::palette;

/// Family registered with the chart library and embedded in pages.
pub(super) const FAMILY: &str = "Atkinson Hyperlegible Next";

pub(super) const INK: RGBColor = rgb(palette::INK);
pub(super) const SECONDARY: RGBColor = rgb(palette::SECOND);
pub(super) const RULE: RGBColor = rgb(palette::RULE);
pub(super) const MARK_GREY: RGBColor = rgb(palette::MARK);
pub(super) const ACCENT: RGBColor = rgb(palette::ACCENT);
pub(super) const WHITE: RGBColor = rgb(palette::WHITE);

/// Smallest size of a word, in CSS pixels: nine points on paper.
pub(super) const SMALL: f64 = 12.0;

/// Levels 1 to 4, light to dark, one hue.
pub(super) const LEVELS: [RGBColor; 4] = [
    rgb(palette::LEVELS[0]),
    rgb(palette::LEVELS[1]),
    rgb(palette::LEVELS[2]),
    rgb(palette::LEVELS[3]),
];

/// A colour of the palette as the library wants it.
const fn rgb(colour: u32) -> RGBColor {
    let [_, red, green, blue] = colour.to_be_bytes();
    RGBColor(red, green, blue)
}

/// Shade of a level: the nearest of the four.
pub(super) fn level_shade(value: f64) -> usize {
    (value.round().clamp(1.0, 4.0) as usize) - 1
}

/// Ink that reads on a shade of [`LEVELS`]: at least 4.5:1.
pub(super) fn ink_on(shade: usize) -> RGBColor {
    if shade >= 3 { WHITE } else { INK }
}

/// Five shades that stay apart in grey, each of which one of the two inks reads on at 4.5:1.
const FIVE: [RGBColor; 5] = [
    LEVELS[0],
    rgb(palette::BETWEEN[0]),
    rgb(palette::BETWEEN[1]),
    LEVELS[2],
    LEVELS[3],
];

/// `n` shades from light to dark for modalities in order, no two alike up to five.
pub(super) fn shades(n: usize) -> Vec<RGBColor> {
    match n {
        0 => Vec::new(),
        1 => vec![LEVELS[3]],
        2..=4 => {
            let place = |i: usize| (i * 3 + (n - 1) / 2) / (n - 1);
            (0..n).map(|i| LEVELS[place(i)]).collect()
        }
        n => (0..n).map(|i| FIVE[i * 4 / (n - 1)]).collect(),
    }
}

/// The ink that reads best on a shade.
pub(super) fn ink_over(shade: RGBColor) -> RGBColor {
    if contrast(INK, shade) >= contrast(WHITE, shade) {
        INK
    } else {
        WHITE
    }
}

/// Whether a surface does not stand out from paper by itself (3:1, WCAG 2.2, criterion 1.4.11).
pub(super) fn is_light(colour: RGBColor) -> bool {
    contrast(colour, WHITE) < 3.0
}

/// Contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance).
fn contrast(a: RGBColor, b: RGBColor) -> f64 {
    let linear = |c: u8| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    };
    let light = |c: RGBColor| 0.2126 * linear(c.0) + 0.7152 * linear(c.1) + 0.0722 * linear(c.2);
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn register() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let regular = include_bytes!("../../../reports/modeles/polices/atkinson-next-400.ttf");
        let bold = include_bytes!("../../../reports/modeles/polices/atkinson-next-700.ttf");
        // The two files are embedded and known to be valid; drawing says so if they are not.
        let _ = register_font(FAMILY, FontStyle::Normal, regular);
        let _ = register_font(FAMILY, FontStyle::Bold, bold);
    });
}

/// Widths of texts by face: the same questions come back in every report of a delivery.
type Widths = HashMap<(u64, bool), HashMap<String, f64>>;

/// Texts whose width is kept, per face.
const MEASURED: usize = 4096;

thread_local! {
    static WIDTHS: RefCell<Widths> = RefCell::default();
}

/// The face at a size in drawing units.
pub(super) fn font(size: f64, bold: bool) -> FontDesc<'static> {
    register();
    let style = if bold {
        FontStyle::Bold
    } else {
        FontStyle::Normal
    };
    FontDesc::new(FontFamily::Name(FAMILY), size * 1.24, style)
}

/// Width of a text in drawing units, a little over the truth: a label may never be cut.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    WIDTHS.with_borrow_mut(|known| {
        let face = known.entry((size.to_bits(), bold)).or_default();
        if let Some(width) = face.get(text) {
            return *width;
        }
        let measured = font(size, bold).box_size(text).map_or(0, |(w, _)| w);
        let width = f64::from(measured) * 1.06;
        if face.len() >= MEASURED {
            face.clear();
        }
        face.insert(text.to_owned(), width);
        width
    })
}

/// Lines of a text that fit a width; a word longer than the line stands alone.
pub(super) fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut current = String::new();
    for word in text.split(' ') {
        let candidate = if current.is_empty() {
            word.to_owned()
        } else {
            format!("{current} {word}")
        };
        if !current.is_empty() && width(&candidate, size, false) > room {
            lines.push(std::mem::replace(&mut current, word.to_owned()));
        } else {
            current = candidate;
        }
    }
    lines.push(current);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_differ_and_their_ink_reads() {
        for n in 1..=5 {
            let all = shades(n);
            assert_eq!(all.len(), n);
            for pair in all.windows(2) {
                assert!(contrast(pair[0], pair[1]) > 1.25, "{n}: {pair:?}");
            }
            for shade in all {
                assert!(contrast(ink_over(shade), shade) >= 4.5, "{shade:?}");
            }
        }
        for (level, shade) in LEVELS.into_iter().enumerate() {
            assert!(contrast(ink_on(level), shade) >= 4.5, "{level}");
        }
        for grey in [INK, SECONDARY, ACCENT] {
            assert!(contrast(grey, WHITE) >= 4.5);
        }
        assert!(contrast(MARK_GREY, WHITE) >= 3.0);
    }
}
