//! Texts cut to a width: in a terminal's column, quoted in a message.

/// A text on one line, of that many characters at most; « … » says that some are left out.
pub(crate) fn short(text: &str, width: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= width {
        return line;
    }
    let cut: String = line.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}
