//! The cells of a delimited text by their bytes: what is written into one leaves every other as it stands,
//! separators, quotes, encoding and line ends included.

use encoding_rs::WINDOWS_1252;

/// How letters are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoded {
    Utf8,
    /// What Excel writes in France when it is not told otherwise.
    Windows,
}

impl Encoded {
    /// Those that a file may take more letters in, the likeliest first: Excel opens a text without an
    /// accent and without a mark as Windows writes it.
    pub(super) fn all(bytes: &[u8]) -> Vec<Self> {
        match std::str::from_utf8(bytes) {
            Ok(text) if text.is_ascii() => vec![Self::Windows, Self::Utf8],
            Ok(_) => vec![Self::Utf8],
            Err(_) => vec![Self::Windows],
        }
    }

    /// A field as the file writes it; none when a letter has no place in the encoding.
    pub(super) fn field(self, text: &str, delimiter: u8) -> Option<Vec<u8>> {
        let is_cut = |b: u8| [delimiter, b'"', b'\n', b'\r', b';', b','].contains(&b);
        let text = if text.bytes().any(is_cut) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        };
        match self {
            Self::Utf8 => Some(text.into_bytes()),
            Self::Windows => {
                let (bytes, _, lost) = WINDOWS_1252.encode(&text);
                (!lost).then(|| bytes.into_owned())
            }
        }
    }
}

/// Bytes to put in place of others.
pub(super) struct ByteEdit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: Vec<u8>,
}

/// The fields of one line, by their bytes.
pub(super) struct TextLine {
    pub(super) fields: Vec<std::ops::Range<usize>>,
}

impl TextLine {
    /// A field of the line, put in place of the one that stands there or after empty ones.
    pub(super) fn with(&self, col: u32, field: Vec<u8>, delimiter: u8) -> ByteEdit {
        let col = col as usize;
        if let Some(own) = self.fields.get(col) {
            return ByteEdit {
                start: own.start,
                end: own.end,
                text: field,
            };
        }
        let end = self.fields.last().map_or(0, |f| f.end);
        let mut text = vec![delimiter; col + 1 - self.fields.len()];
        text.extend(field);
        ByteEdit {
            start: end,
            end,
            text,
        }
    }
}

/// The lines of a text, numbered as Excel does, blank ones counted.
pub(super) struct TextLines {
    lines: Vec<TextLine>,
}

impl TextLines {
    pub(super) fn of(bytes: &[u8], delimiter: u8) -> Self {
        let mut lines = Vec::new();
        let mut at = if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
            3
        } else {
            0
        };
        while at < bytes.len() {
            let mut fields = Vec::new();
            let mut start = at;
            let mut is_quoted = false;
            while let Some(&byte) = bytes.get(at) {
                match byte {
                    b'"' if is_quoted || at == start => is_quoted = !is_quoted,
                    b'"' if bytes[at - 1] == b'"' => is_quoted = !is_quoted,
                    b if b == delimiter && !is_quoted => {
                        fields.push(start..at);
                        start = at + 1;
                    }
                    b'\n' | b'\r' if !is_quoted => break,
                    _ => {}
                }
                at += 1;
            }
            fields.push(start..at);
            lines.push(TextLine { fields });
            at += if bytes[at..].starts_with(b"\r\n") {
                2
            } else {
                1
            };
        }
        Self { lines }
    }

    pub(super) fn get(&self, row: u32) -> Option<&TextLine> {
        self.lines.get(row as usize)
    }

    /// How its lines end.
    pub(super) fn line_end<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        let first = self.lines.first().and_then(|l| l.fields.last());
        let end = first.map_or(0, |f| f.end);
        match bytes.get(end..).unwrap_or_default() {
            [b'\r', b'\n', ..] => &bytes[end..end + 2],
            [_, ..] => &bytes[end..=end],
            [] => b"\r\n",
        }
    }
}
