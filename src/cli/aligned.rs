//! Aligned columns for a terminal.

use unicode_width::UnicodeWidthStr;

/// Aligned columns; numbers to the right is the caller's choice by padding.
pub(super) fn aligned(headers: &[&str], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = headers.iter().map(|h| h.width()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut text = line(headers.iter().copied(), &widths);
    for row in rows {
        text.push_str(&line(row.iter().map(String::as_str), &widths));
    }
    text
}

fn line<'a>(cells: impl Iterator<Item = &'a str>, widths: &[usize]) -> String {
    let padded: Vec<String> = cells
        .zip(widths)
        .map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width())))
        .collect();
    format!("{}\n", padded.join("  ").trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_what_is_seen() {
        let rows = [
            vec!["e\u{301}té".to_owned(), "1".to_owned()],
            vec!["hiver".to_owned(), "22".to_owned()],
        ];
        let text = aligned(&["Saison", "n"], &rows);
        assert_eq!(text, "Saison  n\ne\u{301}té     1\nhiver   22\n");
    }
}
