//! The faces of documents, and what to write when they lack a character.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use unicode_normalization::UnicodeNormalization;

/// Family that templates set; the others only come where it has no glyph.
#[cfg(test)]
pub(super) const FAMILY: &str = "Atkinson Hyperlegible Next";

/// The files of the faces, the family that templates set first.
pub(crate) const FACES: [&[u8]; 4] = [
    include_bytes!("../../../reports/modeles/polices/atkinson-next-400.ttf"),
    include_bytes!("../../../reports/modeles/polices/atkinson-next-700.ttf"),
    include_bytes!("../../../reports/modeles/polices/noto-math-extrait.ttf"),
    include_bytes!("../../../reports/modeles/polices/noto-symboles-extrait.ttf"),
];

/// Faces, read once.
pub(super) struct Fonts {
    /// In the order of the book.
    pub(super) faces: Vec<Font>,
    /// Who has which character.
    pub(super) book: LazyHash<FontBook>,
}

/// The embedded faces.
pub(super) fn fonts() -> &'static Fonts {
    static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
        let faces: Vec<Font> = FACES
            .into_iter()
            .flat_map(|file| Font::iter(Bytes::new(file)))
            .collect();
        let book = LazyHash::new(FontBook::from_fonts(&faces));
        Fonts { faces, book }
    });
    &FONTS
}

/// Every ASCII character is: asking the faces for each one takes longer than writing it.
fn drawn(c: char) -> bool {
    let faces = &fonts().faces;
    c.is_ascii() || faces.iter().any(|f| f.info().coverage.contains(c as u32))
}

/// The text with what no face can draw replaced: an accessible document refuses a character
/// without a glyph, and one emoji in a remark must not cost the report.
pub(super) fn legible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| !b.is_ascii()) {
        // Runs of ASCII are most of a document: they pass as they are.
        let (plain, other) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = other.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        match c {
            // The text face decides for spaces and hyphens: other faces are not asked for them.
            '\u{202f}' | '\u{2007}' => out.push('\u{a0}'),
            '\u{2000}'..='\u{200a}' | '\u{3000}' => out.push(' '),
            '\u{2010}'..='\u{2012}' | '\u{2015}' => out.push('-'),
            '\u{200b}'..='\u{200f}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{ad}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{1f3fb}'..='\u{1f3ff}' => {}
            c if drawn(c) => out.push(c),
            c => {
                let plain: String = std::iter::once(c).nfkd().filter(|c| drawn(*c)).collect();
                let bare = plain.chars().any(char::is_alphanumeric);
                out.push_str(if bare { &plain } else { "□" });
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_are_there_in_two_weights_and_draw_french_and_marks() {
        let weights: Vec<u16> = fonts()
            .faces
            .iter()
            .filter(|f| f.info().family == FAMILY)
            .map(|f| f.info().variant.weight.to_number())
            .collect();
        assert_eq!(weights, [400, 700]);
        let text = "Éà œ Œ ’ « » … – ✓ ✕ □ ≥ → 1 234,5 €";
        assert_eq!(legible(text), text);
        let all = |c: char| fonts().faces[0].info().coverage.contains(c as u32);
        assert!((' '..='~').all(all));
    }

    #[test]
    fn what_cannot_be_drawn_leaves_a_trace() {
        assert_eq!(legible("1\u{202f}234 a\u{2011}b"), "1\u{a0}234 a-b");
        assert_eq!(legible("super 🎉\u{fe0f}"), "super □");
        assert_eq!(legible("ſ ő ﬁ"), "s o fi");
    }
}
