//! The bytes of a text written by hand: UTF-8, with or without its mark, whatever ends its lines. Anything else is told
//! with its place, and never guessed: a wrong guess would print « Ã© » under a signature.

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotText {
    /// UTF-16, that « Unicode » means in old editors.
    Utf16,
    /// Not UTF-8 from this line and this character on, from 1.
    OtherEncoding {
        /// Line.
        line: usize,
        /// Character of that line.
        column: usize,
    },
    /// A byte of value 0 in this line: no text at all.
    Binary {
        /// Line.
        line: usize,
    },
}

/// Bytes as the text that they are, its mark of encoding left out.
///
/// # Errors
///
/// Bytes that are no UTF-8.
pub(crate) fn text_of(bytes: &[u8]) -> Result<&str, NotText> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(NotText::Utf16);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let sound = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let line = sound.matches('\n').count() + 1;
        let last = sound.rsplit('\n').next().unwrap_or_default();
        NotText::OtherEncoding {
            line,
            column: last.trim_start_matches('\u{feff}').chars().count() + 1,
        }
    })?;
    if let Some(at) = text.find('\0') {
        let line = text[..at].matches('\n').count() + 1;
        return Err(NotText::Binary { line });
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_encodings_are_told_with_their_place() {
        assert_eq!(text_of(b"\xef\xbb\xbfabc\r\n"), Ok("abc\r\n"));
        assert_eq!(text_of("été".as_bytes()), Ok("été"));
        let wrong = NotText::OtherEncoding { line: 2, column: 3 };
        assert_eq!(text_of(b"un\r\nd\xc3\xa9\xe9j\xe0"), Err(wrong));
        assert_eq!(text_of(b"\xff\xfea\0"), Err(NotText::Utf16));
        assert_eq!(text_of(b"a\nb\0"), Err(NotText::Binary { line: 2 }));
    }
}
