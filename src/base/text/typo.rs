//! French typography: no-break spaces, typographic apostrophes.

use std::borrow::Cow;

/// Longest word, in characters, that a page can hold; French has none longer.
pub const LONGEST_WORD: usize = 40;

/// No-break spaces before ; : ! ? » % and after «, ’ for '.
pub fn nbsp(text: &str) -> Cow<'_, str> {
    // By bytes, « and » by the one that both begin with: every text of every report goes through here.
    let is_set = |b: u8| matches!(b, b';' | b':' | b'!' | b'?' | b'%' | b'\'' | 0xc2);
    if !text.bytes().any(is_set) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ' ' if matches!(chars.peek(), Some(';' | ':' | '!' | '?' | '»' | '%')) => {
                out.push('\u{a0}');
            }
            '«' => {
                out.push('«');
                if chars.peek() == Some(&' ') {
                    chars.next();
                    out.push('\u{a0}');
                }
            }
            '\'' => out.push('’'),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::nbsp;

    #[test]
    fn spaces_do_not_break() {
        assert_eq!(
            nbsp("« l'enfant » : 42 % !"),
            "«\u{a0}l’enfant\u{a0}»\u{a0}: 42\u{a0}%\u{a0}!"
        );
    }
}
