//! A text as the name of a file that any system takes, and as a part of an address.

use std::fmt::Write;

use super::visible::acts;

/// Names that Windows keeps for itself, whatever follows a dot.
const RESERVED: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// A text as a part of a file name, so many UTF-16 units at most: what Windows refuses becomes a hyphen; no
/// space or dot at either end, no name that it reserves, never empty: `instead` then stands for it, and before
/// a reserved name.
pub(crate) fn safe_file_name(name: &str, longest: usize, instead: &str) -> String {
    let refused = |c: char| "<>:\"/\\|?*".contains(c) || c.is_control() || acts(c);
    let plain: String = name
        .chars()
        .map(|c| match c {
            c if c.is_whitespace() => ' ',
            c if refused(c) => '-',
            c => c,
        })
        .collect();
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    let whole = words.join(" ");
    let mut units = 0;
    let cut: String = trimmed(&whole)
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= longest
        })
        .collect();
    let kept = trimmed(&cut);
    if !kept.chars().any(char::is_alphanumeric) {
        return instead.to_owned();
    }
    let base = kept.split('.').next().unwrap_or(kept).trim();
    if is_reserved(base) {
        return format!("{instead} {kept}");
    }
    kept.to_owned()
}

fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '.'])
}

/// `con`, `COM1`, `LPT¹`.
fn is_reserved(base: &str) -> bool {
    let base = base.to_uppercase();
    let port = base.strip_prefix("COM").or(base.strip_prefix("LPT"));
    let is_port = port.is_some_and(|rank| {
        let mut chars = rank.chars();
        let is_rank = |c: char| c.is_ascii_digit() || "¹²³".contains(c);
        chars.next().is_some_and(is_rank) && chars.next().is_none()
    });
    is_port || RESERVED.contains(&base.as_str())
}

/// A text in an address: what an address gives a meaning to is escaped, but for what is `kept`.
pub(crate) fn in_address(text: &str, kept: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for byte in text.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
        if is_plain || kept.as_bytes().contains(&byte) {
            written.push(char::from(byte));
        } else {
            let _ = write!(written, "%{byte:02X}");
        }
    }
    written
}
