//! Quotes of a delimited text that open and are not closed: they swallow the lines that follow.

/// Where a quote opens, counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OpenQuote {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The first quote that opens a field, goes over several lines, and is closed by nothing, or by a quote
/// that ends no field: the one of a field further down. Line ends are `\n`.
pub(super) fn unclosed(text: &str, delimiter: u8) -> Option<OpenQuote> {
    let bytes = text.as_bytes();
    let (mut line, mut column, mut at) = (1, 1, 0);
    let mut starts = true;
    // Found once: a line may be as long as the text.
    let usual = usual_delimiters(text, delimiter);
    while at < bytes.len() {
        match bytes[at] {
            b'"' if starts => {
                let open = OpenQuote { line, column };
                let end = closing(bytes, at + 1);
                let over = text[at..end].matches('\n').count();
                let next = bytes.get(end + 1);
                let ends = next.is_none_or(|b| *b == b'\n' || *b == delimiter);
                let swallows = over > 0 && swallows_lines(&text[at..end], usual, delimiter);
                if end == bytes.len() || (over > 0 && !ends) || swallows {
                    return Some(open);
                }
                line += over;
                at = end;
                starts = false;
            }
            b'\n' => {
                (line, column) = (line + 1, 1);
                starts = true;
            }
            b if b == delimiter => {
                column += 1;
                starts = true;
            }
            _ => starts = false,
        }
        at += 1;
    }
    None
}

/// Delimiters of the first lines: as many as the fullest has.
fn usual_delimiters(text: &str, delimiter: u8) -> usize {
    let lines = text.lines().take(8);
    lines
        .map(|line| delimiters(line, delimiter))
        .max()
        .unwrap_or(0)
}

fn delimiters(line: &str, delimiter: u8) -> usize {
    line.bytes().filter(|b| *b == delimiter).count()
}

/// Whether a field over several lines holds whole lines of the table: as many delimiters as the first lines have.
fn swallows_lines(field: &str, usual: usize, delimiter: u8) -> bool {
    const FEWEST: usize = 2;
    let inner: Vec<&str> = field.split('\n').skip(1).collect();
    let whole = inner.split_last().map_or(&[][..], |(_, whole)| whole);
    usual >= FEWEST
        && whole
            .iter()
            .any(|line| delimiters(line, delimiter) == usual)
}

/// The quote that closes a field, two in a row being one of its letters; the end when there is none.
fn closing(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        if bytes[at] == b'"' {
            if bytes.get(at + 1) != Some(&b'"') {
                return at;
            }
            at += 1;
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_followed_to_where_they_close() {
        let found = |text: &str| unclosed(text, b';').map(|q| (q.line, q.column));
        assert_eq!(found("a;b\n1;\"x ; \"\"y\"\"\nz\"\n2;3\n"), None);
        assert_eq!(found("a;b\n1;\"Le \"petit\" train\"\n"), None);
        assert_eq!(found("a;b\n1;2\n3;\"oups\n4;5\n"), Some((3, 2)));
        assert_eq!(found("a;b\n1;\"oups\n4;\"bien\"\n"), Some((2, 2)));
        assert_eq!(found("a;b\n1;12\" de large\n"), None);
        assert_eq!(found("a;b\n1;\"\"\n"), None);
        let swallowed = "a;b;c\n1;2;\"oups\n3;4;5\n6;7;\"\n";
        assert_eq!(found(swallowed), Some((2, 3)));
        assert_eq!(found("a;b;c\n1;2;\"x\ny ; z\nt\"\n"), None);
    }
}
