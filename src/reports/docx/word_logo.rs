//! The logo of the collectivité in a word processor: PNG or JPEG, whose size their first bytes give. One drawn as
//! SVG is left out: it would need a picture beside it.

use super::word_picture::{DrawingName, DrawnSize, drawing};
use crate::vocabulary::config::Logo;

/// Height at which it is drawn, in the units of drawings: 18 mm at 36 000 a millimetre.
const HEIGHT: u64 = 18 * 36_000;
/// Greatest width: 80 mm.
const WIDEST: u64 = 80 * 36_000;

/// A logo that a word processor draws.
pub(super) struct LogoPicture<'a> {
    /// `png` or `jpeg`: the end of its name.
    pub extension: &'static str,
    /// Its content.
    pub bytes: &'a [u8],
    /// Width over height, in pixels.
    size: PixelSize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PixelSize {
    width: u64,
    height: u64,
}

impl<'a> LogoPicture<'a> {
    /// The logo, when a word processor can draw it.
    pub(super) fn read(logo: &'a Logo) -> Option<Self> {
        let bytes = &logo.bytes;
        let (extension, size) = match logo.extension.as_str() {
            "png" => ("png", png_size(bytes)?),
            "jpg" | "jpeg" => ("jpeg", jpeg_size(bytes)?),
            _ => return None,
        };
        (size.width > 0 && size.height > 0).then_some(Self {
            extension,
            bytes,
            size,
        })
    }
}

/// Width and height of the IHDR chunk, which comes first (PNG specification, 11.2.2).
fn png_size(bytes: &[u8]) -> Option<PixelSize> {
    let number = |at: usize| {
        let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u64::from(u32::from_be_bytes(four)))
    };
    (bytes.get(12..16)? == b"IHDR").then_some(())?;
    Some(PixelSize {
        width: number(16)?,
        height: number(20)?,
    })
}

/// Those of the first frame header (ITU-T T.81, B.2.2): segments follow each other, each with its length.
fn jpeg_size(bytes: &[u8]) -> Option<PixelSize> {
    let number = |at: usize| {
        let two: [u8; 2] = bytes.get(at..at + 2)?.try_into().ok()?;
        Some(u64::from(u16::from_be_bytes(two)))
    };
    let mut at = 2;
    loop {
        let [0xFF, marker] = *bytes.get(at..at + 2)? else {
            return None;
        };
        let is_frame = matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC);
        if is_frame {
            return Some(PixelSize {
                height: number(at + 5)?,
                width: number(at + 7)?,
            });
        }
        at += 2 + number(at + 2)? as usize;
    }
}

/// The paragraph that draws it, at the right of the first page.
pub(super) fn drawn(logo: &LogoPicture, territory: &str) -> String {
    let PixelSize { width, height } = logo.size;
    let wide = (HEIGHT * width / height).min(WIDEST);
    let said = DrawingName {
        number: 1,
        relation: "logo",
        name: "Logo",
        alternative: territory,
    };
    let size = DrawnSize {
        wide,
        high: wide * height / width,
    };
    format!(
        "<w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr>{}</w:p>",
        drawing(&said, size)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_of_the_first_bytes() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x2c\0\0\0\x64rest";
        let jpeg = b"\xff\xd8\xff\xe0\0\x04xx\xff\xc0\0\x0b\x08\0\x64\x01\x2crest";
        let wanted = PixelSize {
            width: 300,
            height: 100,
        };
        assert_eq!(png_size(png), Some(wanted));
        assert_eq!(jpeg_size(jpeg), Some(wanted));
        assert_eq!(png_size(&png[..20]), None);
        assert_eq!(jpeg_size(&jpeg[..12]), None);
        assert_eq!(jpeg_size(b"\xff\xd8no"), None);
    }
}
