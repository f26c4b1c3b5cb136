//! Cells of a CSV that a spreadsheet would compute: what people wrote must stay words.

use std::borrow::Cow;

/// The text with an apostrophe before whatever a spreadsheet would take for the beginning of a formula.
///
/// A cell begins where the text does; and where the text is cut by a spreadsheet that takes semicolons
/// for its separator, as the French one does with our commas: after a semicolon, a tabulation, a line
/// end. Numbers stay numbers.
pub fn without_formula(text: &str) -> Cow<'_, str> {
    if !starts_formula(text) && !text.contains([';', '\t', '\n', '\r']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 4);
    let mut begins = true;
    for (at, c) in text.char_indices() {
        let skipped = at == 0 && matches!(c, '\t' | '\r' | '\n');
        if skipped || begins && starts_formula(&text[at..]) {
            out.push('\'');
        }
        out.push(c);
        begins = matches!(c, ';' | '\t' | '\n' | '\r');
    }
    Cow::Owned(out)
}

/// Whether a cell that holds this is computed: « = + - @ ». A sign before a number is a number, alone it is a dash, and no formula begins by « -) ».
fn starts_formula(cell: &str) -> bool {
    let end = cell.find([';', '\t', '\n', '\r']).unwrap_or(cell.len());
    match cell.chars().next() {
        Some('=' | '@') => true,
        Some('+' | '-') => {
            let (alone, smile) = (end == 1, cell.starts_with("-)"));
            !(alone || smile || is_number(&cell[..end]) || is_sentence(&cell[..end]))
        }
        _ => false,
    }
}

/// A number, then words: « +0,3 par rapport à ses pairs » is no formula for anybody.
fn is_sentence(text: &str) -> bool {
    text.split_once(' ')
        .is_some_and(|(first, rest)| is_number(first) && rest.starts_with(char::is_alphabetic))
}

/// Digits with one sign, one separator of decimals, as people and programs write them.
fn is_number(text: &str) -> bool {
    text.replacen(',', ".", 1).trim_end().parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_computed_is_words_again() {
        for (written, kept) in [
            ("=1+1", "'=1+1"),
            ("+33 6 12", "'+33 6 12"),
            ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t'=1"),
            ("\r=1", "'\r'=1"),
            ("bien;=1+1", "bien;'=1+1"),
            ("bien\n=1+1", "bien\n'=1+1"),
            ("- un\n- deux", "'- un\n'- deux"),
            ("un\r\n\r\n=deux", "un\r\n\r\n'=deux"),
        ] {
            assert_eq!(without_formula(written), kept, "{written:?}");
        }
    }

    #[test]
    fn numbers_dashes_and_smiles_stay() {
        for plain in [
            "",
            "-3",
            "-1,5",
            "+2.25",
            "-",
            "a=b",
            "+0,3 par rapport à ses pairs",
            "oui ;-) non",
            "a;b",
            "1e3",
            "R01",
        ] {
            assert_eq!(without_formula(plain), plain);
        }
    }
}
