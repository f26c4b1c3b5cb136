//! Numbers as a French reader writes them: decimal comma, thin no-break spaces, one rounding.

/// Thin no-break space between thousands.
const THIN: char = '\u{202f}';
/// No-break space before a sign.
const NBSP: char = '\u{a0}';

/// With so many decimals, half away from zero on the decimal value (`docs/statistics.md` §1.11):
/// 2.675 gives « 2,68 » although its binary value is a hair under.
pub fn decimals(value: f64, digits: usize) -> String {
    let shown = rounded(value, digits);
    let sign = if shown < 0.0 { "−" } else { "" };
    let text = format!("{:.digits$}", shown.abs()).replace('.', ",");
    match text.split_once(',') {
        Some((whole, rest)) => format!("{sign}{},{rest}", grouped(whole)),
        None => format!("{sign}{}", grouped(&text)),
    }
}

/// The value that a reader sees: the same rounding as [`decimals`], as a number. What is handed
/// out as a number must not say more than what is printed.
pub fn rounded(value: f64, digits: usize) -> f64 {
    let scale = 10_f64.powi(digits as i32);
    let scaled = value.abs() * scale;
    let whole = (scaled + 0.5 + scaled.max(1.0) * 1e-9).floor();
    // Adding zero turns −0 into 0.
    (whole / scale).copysign(value) * f64::from(whole > 0.0) + 0.0
}

/// One decimal, as every level is shown.
pub fn decimal1(value: f64) -> String {
    decimals(value, 1)
}

/// Size of a file: « 12,4 Mo ».
pub fn megabytes(bytes: u64) -> String {
    format!("{} Mo", decimal1(bytes as f64 / 1e6))
}

/// A level that was rounded for print already: as many decimals as it kept, one or two, so that a
/// dot and the number beside it say the same.
pub fn printed_level(value: f64) -> String {
    let tenths = value * 10.0;
    let digits = if (tenths - tenths.round()).abs() < 1e-6 {
        1
    } else {
        2
    };
    decimals(value, digits)
}

/// A difference with its sign: « +0,25 », « −0,10 »; no sign when it rounds to nothing.
pub fn signed(value: f64, digits: usize) -> String {
    let size = decimals(value.abs(), digits);
    let nothing = !size.contains(|c: char| ('1'..='9').contains(&c));
    match (nothing, value < 0.0) {
        (true, _) => size,
        (_, true) => format!("−{size}"),
        _ => format!("+{size}"),
    }
}

/// A share 0..1 as whole percents: « 42 % ».
pub fn percent(share: f64) -> String {
    format!("{}{NBSP}%", decimals(share * 100.0, 0))
}

/// A share 0..1 as it is told of so many: whole percents of a hundred (« 42 % »), else « 2 sur 5 ».
pub fn share_of(share: f64, out_of: usize) -> String {
    if out_of == 100 {
        return percent(share);
    }
    format!("{} sur\u{a0}{out_of}", decimals(share * out_of as f64, 0))
}

/// A whole number: « 1 234 ».
pub fn integer(value: i64) -> String {
    let sign = if value < 0 { "−" } else { "" };
    format!("{sign}{}", grouped(&value.unsigned_abs().to_string()))
}

fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(THIN);
        }
        out.push(c);
    }
    out
}

/// « 3,0 » → « 3 »: a whole number that a spreadsheet wrote with decimals; anything else as it is.
pub fn whole(written: &str) -> &str {
    match written.split_once([',', '.']) {
        Some((whole, zeros))
            if !whole.is_empty()
                && !zeros.is_empty()
                && whole.bytes().all(|b| b.is_ascii_digit())
                && zeros.bytes().all(|b| b == b'0') =>
        {
            whole
        }
        _ => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors of `docs/statistics.md` §1.11.
    #[test]
    fn rounding_is_half_away_from_zero_on_the_decimal_value() {
        assert_eq!(decimals(2.675, 2), "2,68");
        assert_eq!(decimals(0.125, 2), "0,13");
        assert_eq!(decimals(-2.5, 0), "−3");
        assert_eq!(decimal1(2.95), "3,0");
        assert_eq!(decimal1(-0.04), "0,0");
        assert_eq!(decimals(1234.5, 1), "1\u{202f}234,5");
    }

    #[test]
    fn differences_carry_their_sign() {
        assert_eq!(signed(0.25, 2), "+0,25");
        assert_eq!(signed(-0.1, 1), "−0,1");
        assert_eq!(signed(-0.004, 2), "0,00");
    }

    #[test]
    fn percents_and_thousands() {
        assert_eq!(percent(0.425), "43\u{a0}%");
        assert_eq!(integer(-1_234_567), "−1\u{202f}234\u{202f}567");
    }

    #[test]
    fn whole_numbers_lose_their_zeros_only() {
        let read = ["3,0", "4.00", "3,5", "1.", "a,0"].map(super::whole);
        assert_eq!(read, ["3", "4", "3,5", "1.", "a,0"]);
    }
}
