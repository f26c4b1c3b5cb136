//! Telephones, e-mails and accounts in a text: written in figures, in words, or with letters for
//! figures.

use super::addresses::is_address;
use super::vocabulary::{Class, Seen};
use super::word_tokens::Token;

/// Digits enough to reach someone.
const REACHING: usize = 8;
/// Numbers in words, one after the other, that make a telephone.
const SPOKEN: usize = 5;

/// Whether a text reaches someone.
pub(super) fn reaches(text: &str, tokens: &[Token], seen: &[Seen]) -> bool {
    text.split_whitespace().any(is_reaching)
        || holds_digits(text)
        || holds_plate(text)
        || is_disguised_address(text)
        || is_spoken(tokens, seen)
}

/// An address, an account (« lolo_du_59 », « LulaSlime8ans ») or a plate.
fn is_reaching(piece: &str) -> bool {
    let bare = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '@' && c != '_');
    is_address(piece) || is_account(bare) || is_plate(bare) || has_written_sign(piece)
}

fn has_written_sign(piece: &str) -> bool {
    let lower = piece.to_lowercase();
    [
        "[at]", "(at)", "[point]", "(point)", "[dot]", "(dot)", "{at}",
    ]
    .iter()
    .any(|sign| lower.contains(sign))
}

/// « atelier.lune (a) fournisseur . fr »: a sign for @ alone, and what ends a domain.
fn is_disguised_address(text: &str) -> bool {
    let lower: String = text.to_lowercase().replace(" .", ".").replace(". ", ".");
    let is_signed = ["(a)", "[a]", "{a}", "(arobase)"]
        .iter()
        .any(|sign| lower.contains(sign));
    is_signed
        && [".fr", ".com", ".net", ".org", ".eu"]
            .iter()
            .any(|end| lower.contains(end))
}

/// Letters tied by an underscore, or capitals and figures mixed inside one word.
fn is_account(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters >= 3 && word.trim_matches('_').contains('_') {
        return true;
    }
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let humps = word
        .chars()
        .zip(word.chars().skip(1))
        .filter(|pair| pair.0.is_lowercase() && pair.1.is_uppercase())
        .count();
    let plain = word.chars().all(char::is_alphanumeric);
    plain && letters >= 4 && digits >= 1 && (humps >= 1 || digits >= 2)
}

/// « AB-123-CD », in any case.
fn is_plate(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let two = |p: &str| p.len() == 2 && p.chars().all(|c| c.is_ascii_alphabetic());
    matches!(parts.as_slice(), [a, b, c] if two(a) && is_number(b, 3..=3) && two(c))
}

/// « AB 123 CD », and « 1234 AB 59 » of before 2009, in capitals.
fn holds_plate(text: &str) -> bool {
    let pieces = text.split(|c: char| !c.is_alphanumeric());
    let pieces: Vec<&str> = pieces.filter(|p| !p.is_empty()).collect();
    let capitals = |p: &str, most: usize| {
        (2..=most).contains(&p.len()) && p.chars().all(|c| c.is_ascii_uppercase())
    };
    pieces.windows(3).any(|three| {
        let recent = capitals(three[0], 2) && is_number(three[1], 3..=3) && capitals(three[2], 2);
        let former =
            is_number(three[0], 3..=4) && capitals(three[1], 3) && is_number(three[2], 2..=2);
        recent || former
    })
}

fn is_number(word: &str, digits: std::ops::RangeInclusive<usize>) -> bool {
    digits.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// A run of digits and of the signs and letters that stand for them (« O4 65 7I 22 18 »); dates,
/// hours and sums aside.
fn holds_digits(text: &str) -> bool {
    let mut run = Run::default();
    for piece in text.split_whitespace() {
        if is_date(piece) {
            run = Run::default();
            continue;
        }
        for part in piece.split_inclusive(['.', '-', '/', '(', ')', '+', ',', ':']) {
            if run.push(part) {
                return true;
            }
        }
    }
    false
}

fn is_date(piece: &str) -> bool {
    let bare = piece.trim_matches(|c: char| !c.is_ascii_digit());
    let parts: Vec<&str> = bare.split(['/', '-', '.']).collect();
    let short = |p: &&str| p.len() <= 2 && !p.is_empty();
    let year = |p: &&str| p.len() == 4 && (p.starts_with("19") || p.starts_with("20"));
    if parts.len() == 2 && parts.iter().all(year) {
        return true;
    }
    parts.len() == 3
        && (short(&parts[0]) && short(&parts[1]) && parts[2].len() == 4
            || parts[0].len() == 4 && short(&parts[1]) && short(&parts[2]))
}

#[derive(Default)]
struct Run {
    digits: usize,
    /// Pieces of three figures: a sum is written so.
    threes: usize,
    pieces: usize,
}

impl Run {
    /// Adds a piece; whether a number is there.
    fn push(&mut self, part: &str) -> bool {
        let bare = part.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            return false;
        }
        let figure = |c: char| c.is_numeric() || "OoIl".contains(c);
        let digits = bare.chars().filter(|c| c.is_numeric()).count();
        if digits == 0 || !bare.chars().all(figure) {
            *self = Self::default();
            return false;
        }
        let size = bare.chars().count();
        self.digits += size;
        self.pieces += 1;
        self.threes += usize::from(size == 3 && self.pieces > 1);
        let sum = self.pieces > 1 && self.threes + 1 == self.pieces;
        self.digits >= REACHING && !sum
    }
}

/// Numbers said one after the other: « zéro six trente neuf ».
fn is_spoken(tokens: &[Token], seen: &[Seen]) -> bool {
    let (mut run, mut zero) = (0_usize, false);
    for (token, word) in tokens.iter().zip(seen) {
        if word.classes & Class::Number.bit() != 0 || token.number() {
            run += 1;
            zero |= token.fold.starts_with("zero") || token.fold.starts_with('0');
            if run >= SPOKEN + 2 || zero && run >= SPOKEN {
                return true;
            }
        } else if token.fold != "et" {
            (run, zero) = (0, false);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_seen_however_they_are_written() {
        for text in [
            "06 39 98 14 27",
            "0639984410",
            "02.61.91.03.58",
            "O4 65 7I 22 18",
            "+33 (0)6.12.34.56.78",
            "٠٦١٢٣٤٥٦٧٨",
        ] {
            assert!(holds_digits(text), "{text}");
        }
        for text in [
            "le 12/05/2026 à 17h30",
            "14 000 euros en 2025",
            "de 7 h 15 à 7 h 30, 24 places",
            "2025-2026",
            "1 250 000 euros",
        ] {
            assert!(!holds_digits(text), "{text}");
        }
    }

    #[test]
    fn accounts_are_told_from_words() {
        for word in ["lolo_du_59", "LulaSlime8ans", "AB-123-CD", "enzo2015"] {
            assert!(is_reaching(word), "{word}");
        }
        for word in ["CM2", "17h30", "10min", "R01", "aujourd’hui", "3ans"] {
            assert!(!is_reaching(word), "{word}");
        }
    }
}
