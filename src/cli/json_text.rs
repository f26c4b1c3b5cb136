//! JSON as it is printed: what acts on a terminal is escaped, and reads back the same.

use std::borrow::Cow;

use crate::base::text::acts;

/// JSON in which what acts on a terminal is escaped.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 64);
    for c in text.chars() {
        if acts(c) {
            let code = u32::from(c);
            let _ = std::fmt::Write::write_fmt(&mut escaped, format_args!("\\u{code:04x}"));
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}
