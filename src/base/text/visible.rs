//! Characters that command a terminal, or reverse the order of reading, shown instead of obeyed.

use std::borrow::Cow;
use std::fmt::Write;

/// The text with what would act on a terminal or on the order of reading made visible: « ␛ » for an
/// escape, « ‹U+202E› » for a reversal. Line ends and tabulations stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !has_acting(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(shown(text, acts))
}

/// Whether any character acts, by its bytes: every text of every report goes through here. By blocks first,
/// since most hold no byte that could begin such a character.
fn has_acting(bytes: &[u8]) -> bool {
    let may_begin = |b: u8| (b < 0x20 && !is_line(b)) || matches!(b, 0x7f | 0xc2 | 0xd8 | 0xe2);
    let blocks = bytes.chunks(BLOCK).enumerate();
    let mut suspect = blocks.filter(|(_, block)| {
        let of_block = block.iter().map(|b| may_begin(*b));
        of_block.fold(false, |any, may| any | may)
    });
    suspect.any(|(i, block)| {
        let start = i * BLOCK;
        (start..start + block.len()).any(|at| acts_at(bytes, at))
    })
}

/// Bytes looked at together.
const BLOCK: usize = 64;

fn is_line(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r' | b'\t')
}

/// Whether a character that acts begins at a byte.
fn acts_at(bytes: &[u8], i: usize) -> bool {
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    match bytes[i] {
        b if is_line(b) => false,
        ..0x20 | 0x7f => true,
        0xc2 => at(i + 1) < 0xa0,
        0xd8 => at(i + 1) == 0x9c,
        0xe2 => matches!(
            (at(i + 1), at(i + 2)),
            (0x80, 0x8e | 0x8f | 0xa8..=0xae) | (0x81, 0xa6..=0xa9)
        ),
        _ => false,
    }
}

/// The same on one line: what comes from a file could otherwise write a line of its own under ours.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    let acts = |c: char| acts(c) || matches!(c, '\n' | '\r' | '\t');
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(shown(text, acts))
}

/// The same in every text of a value.
pub fn make_visible(value: &mut serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::String(text) => *text = visible(text).into_owned(),
        Value::Array(all) => all.iter_mut().for_each(make_visible),
        Value::Object(all) => all.values_mut().for_each(make_visible),
        _ => {}
    }
}

/// Whether a character acts rather than shows: controls of both ranges, line and paragraph separators,
/// marks, embeddings, overrides and isolates of direction.
pub fn acts(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            true
        }
        c => c.is_control(),
    }
}

fn shown(text: &str, acts: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match u32::from(c) {
            _ if !acts(c) => out.push(c),
            // Unicode draws each control of ASCII, in order, from here on.
            code @ ..0x20 => out.extend(char::from_u32(0x2400 + code)),
            0x7f => out.push('␡'),
            code => {
                let _ = write!(out, "‹U+{code:04X}›");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of a character say of it what the character says.
    #[test]
    fn bytes_tell_what_characters_tell() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            let text = format!("é{c}«");
            assert_eq!(has_acting(text.as_bytes()), acts(c), "{:04X}", u32::from(c));
        }
    }

    #[test]
    fn what_acts_is_shown_and_the_rest_stays() {
        let hostile = "a\u{1b}[31mb\u{9b}2Jc\u{202e}fdp.exe\u{7f}\u{0}\u{2028}";
        let plain = visible(hostile);
        assert_eq!(plain, "a␛[31mb‹U+009B›2Jc‹U+202E›fdp.exe␡␀‹U+2028›");
        assert!(!plain.chars().any(acts));
        let french = "L’« été » à\tCœur\r\n😀 e\u{301}\u{a0}\u{202f}!";
        assert!(matches!(visible(french), Cow::Borrowed(same) if same == french));
    }

    #[test]
    fn a_name_cannot_write_a_line_of_its_own() {
        assert_eq!(visible_line("a.csv\nErreur : b\r\t"), "a.csv␊Erreur : b␍␉");
        assert!(matches!(visible_line("a.csv"), Cow::Borrowed("a.csv")));
    }
}
