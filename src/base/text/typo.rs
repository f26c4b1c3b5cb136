//! French typography: no-break spaces, typographic apostrophes.

/// Longest word, in characters, that a page can hold; French has none longer.
pub const LONGEST_WORD: usize = 40;

/// No-break spaces before ; : ! ? » % and after «, ’ for '.
pub fn nbsp(text: &str) -> String {
    if !text.contains([';', ':', '!', '?', '»', '%', '«', '\'']) {
        return text.to_owned();
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
    out
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
