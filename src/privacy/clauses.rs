//! The clauses of a text, each to be weighed by itself: what is hostile in one is drowned by harmless ones around it
//! (« tout est très bien, les repas aussi, mais … »). They are cut on what parts lines and sentences, and before the words that
//! add or except something. Before « que » and « qui » it was tried and stops no more: what follows them alone has lost whom
//! it is about.

use super::plain_text::plain;
use super::word_tokens::fold_word;

/// Words before which a clause ends.
const JOINING: [&str; 6] = ["mais", "sauf", "car", "hormis", "dommage", "et"];

/// The clauses of a text, when it has several.
pub(super) fn clauses(text: &str) -> Vec<String> {
    let lines: Vec<String> = text.lines().map(plain).collect();
    let parts = lines.iter().flat_map(|line| parted(line));
    let all: Vec<String> = parts.flat_map(joined).collect();
    if all.len() > 1 { all } else { Vec::new() }
}

/// Cut on marks, but those of a number (« 8,50 »).
fn parted(line: &str) -> Vec<&str> {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let ends = line.char_indices().filter(|(at, c)| {
        let [before, after] = [
            line[..*at].chars().last(),
            line[*at + c.len_utf8()..].chars().next(),
        ];
        is_mark(*c) && !(is_digit(before) && is_digit(after))
    });
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, c) in ends.chain([(line.len(), ' ')]) {
        parts.push(line[from..at].trim());
        from = (at + c.len_utf8()).min(line.len());
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | ',' | ';' | ':' | '(' | ')' | '–' | '—'
    )
}

fn joined(part: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut clause: Vec<&str> = Vec::new();
    for word in part.split_whitespace() {
        if !clause.is_empty() && JOINING.contains(&fold_word(word).as_str()) {
            all.push(clause.join(" "));
            clause.clear();
        }
        clause.push(word);
    }
    all.push(clause.join(" "));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_on_marks_and_joining_words() {
        assert_eq!(
            clauses("Très bien, les repas (8,50 €) aussi. MAIS on crie\net on rit"),
            [
                "Très bien",
                "les repas",
                "8,50 €",
                "aussi",
                "MAIS on crie",
                "et on rit"
            ]
        );
        assert!(clauses("Les enfants mangent bien.").is_empty());
    }
}
