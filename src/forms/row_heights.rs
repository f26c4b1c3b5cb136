//! Heights of rows that show every text: LibreOffice, tablets and printers do not find them by themselves.

use rust_xlsxwriter::{Worksheet, XlsxError};

/// Height of one line of text, in points.
pub(super) const TEXT_LINE: f64 = 15.0;
/// That of a title.
pub(super) const TITLE_LINE: f64 = 20.0;
/// The highest row that Excel shows, in points.
const HIGHEST: f64 = 409.0;

/// A text and the width of its column, in characters.
pub(super) struct WrappedText<'a> {
    pub(super) text: &'a str,
    pub(super) width: f64,
}

/// Lines that a text takes, words kept whole.
pub(super) fn lines(wrapped: &WrappedText) -> usize {
    let width = (wrapped.width - 1.0).max(1.0);
    let of = |line: &str| {
        let (mut count, mut filled) = (1, 0.0);
        for word in line.split(' ') {
            let length = word.chars().count() as f64;
            if filled > 0.0 && filled + 1.0 + length > width {
                count += 1;
                filled = length;
            } else {
                filled += length + if filled > 0.0 { 1.0 } else { 0.0 };
            }
            // A word longer than its column is cut.
            while filled > width {
                count += 1;
                filled -= width;
            }
        }
        count
    };
    wrapped.text.lines().map(of).sum::<usize>().max(1)
}

/// Sets the height of a row that holds these texts, so many lines at least.
pub(super) fn fit(
    sheet: &mut Worksheet,
    row: u32,
    least: usize,
    texts: &[WrappedText],
) -> Result<(), XlsxError> {
    let most = texts.iter().map(lines).max().unwrap_or(1).max(least);
    sheet.set_row_height(row, (TEXT_LINE * most as f64 + 2.0).min(HIGHEST))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_whole() {
        let count = |text, width| lines(&WrappedText { text, width });
        assert_eq!(count("", 10.0), 1);
        assert_eq!(count("un deux trois", 9.0), 2);
        assert_eq!(count("un\ndeux", 9.0), 2);
        assert_eq!(count("anticonstitutionnellement", 11.0), 3);
    }
}
