//! Text that a page can hold: no control, direction or invisible character, no word or pile of
//! accents so long that it breaks a page.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::base::text::LONGEST_WORD;

/// Accents that one letter may bear.
const MARKS: usize = 2;

/// The text in plain characters, words apart by one space. Compatibility forms (full-width or
/// mathematical letters and digits) become the plain ones, so that no screen is walked around.
pub(crate) fn plain(text: &str) -> String {
    let mut marks = 0;
    let kept: String = text
        .nfkc()
        .filter_map(|c| match c {
            _ if c.is_whitespace() => Some(' '),
            _ if is_hidden(c) => None,
            _ => Some(c),
        })
        .filter(|c| {
            marks = if is_combining_mark(*c) { marks + 1 } else { 0 };
            marks <= MARKS
        })
        .collect();
    let words: Vec<String> = kept.split_whitespace().map(shortened).collect();
    words.join(" ")
}

fn shortened(word: &str) -> String {
    if word.chars().count() <= LONGEST_WORD {
        return word.to_owned();
    }
    let head: String = word.chars().take(LONGEST_WORD).collect();
    format!("{head}…")
}

/// Characters that show nothing and change what is around: controls, direction marks and
/// overrides, joiners and zero-width spaces, tags, private and unassigned ones.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{ffff}' | '\u{1d173}'..='\u{1d17a}' | '\u{e000}'..='\u{f8ff}'
            | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_invisible_passes() {
        for (text, expected) in [
            ("bruit\u{202e}tiurb\u{202c} du soir", "bruittiurb du soir"),
            ("a\u{0}b\u{7}c\u{1b}[31m", "abc[31m"),
            ("mer\u{200b}ci\u{feff}", "merci"),
            ("ligne\r\nsuivante\ttab", "ligne suivante tab"),
            ("\u{2066}שלום\u{2069} merci 🎉", "שלום merci 🎉"),
            ("０６ １２", "06 12"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn a_word_without_end_and_piled_accents_are_cut() {
        assert_eq!(plain(&"a".repeat(10_000)).chars().count(), LONGEST_WORD + 1);
        let piled = format!("z{}", "\u{301}".repeat(50));
        assert!(plain(&piled).chars().count() <= 1 + MARKS);
    }
}
