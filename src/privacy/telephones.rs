//! Telephones: a cell that holds one, a text of a plan that tells one.

/// Ten digits that begin with 0, or eleven with 33.
fn is_french_number(digits: &str) -> bool {
    let national = digits.len() == 10 && digits.starts_with('0');
    national || (digits.len() == 11 && digits.starts_with("33"))
}

/// Whether a text is one French telephone and nothing else.
pub(crate) fn is_telephone(text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_bare = text
        .chars()
        .all(|c| c.is_ascii_digit() || " .-+()\u{a0}".contains(c));
    is_bare && is_french_number(&digits)
}

/// Whether a French telephone stands in a text, spaces, dots and hyphens aside.
pub(crate) fn holds_telephone(text: &str) -> bool {
    let mut digits = String::new();
    for c in text.chars().chain(['\n']) {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '.' | '-' | '\u{a0}' | '\u{202f}' | '+' => {}
            _ => {
                if is_french_number(&digits) {
                    return true;
                }
                digits.clear();
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephones_are_told_from_days_and_counts() {
        assert!(is_telephone("06 12 34 56 78") && is_telephone("+33 6 12 34 56 78"));
        assert!(!is_telephone("12/05/2026"));
        assert!(holds_telephone("Appeler le 06 12 34 56 78"));
        assert!(!holds_telephone("0 à 6 ans : 10 places, 2026-2027"));
    }
}
