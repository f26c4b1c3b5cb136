//! Agreement in number and gender.

use std::fmt::Display;

use super::number::integer;

/// « 0 critère », « 1 critère », « 2 critères »: in French the plural begins at two.
pub fn count(n: usize, one: &str, many: &str) -> String {
    let word = if n < 2 { one } else { many };
    format!("{}\u{a0}{word}", integer(n as i64))
}

/// A number in running text: in letters up to ten, in digits beyond.
pub fn number_word(n: usize, feminine: bool) -> String {
    const WORDS: [&str; 11] = [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
    ];
    match (n, feminine) {
        (1, true) => "une".to_owned(),
        (n, _) if n <= 10 => WORDS[n].to_owned(),
        (n, _) => integer(n as i64),
    }
}

/// « aucun » or « aucune ».
pub fn none(feminine: bool) -> &'static str {
    if feminine { "aucune" } else { "aucun" }
}

/// « a », « a et b », « a, b et c ».
pub fn list<T: Display>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.to_string(),
        [head @ .., last] => {
            let head: Vec<String> = head.iter().map(ToString::to_string).collect();
            format!("{} et {last}", head.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement() {
        assert_eq!(count(0, "critère", "critères"), "0\u{a0}critère");
        assert_eq!(count(2, "critère", "critères"), "2\u{a0}critères");
        assert_eq!(number_word(1, true), "une");
        assert_eq!(number_word(11, false), "11");
        assert_eq!(list(&["a", "b", "c"]), "a, b et c");
    }
}
