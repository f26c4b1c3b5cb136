//! What people wrote, screened: e-mails, telephones and what looks like a person's name become
//! « […] » before anything is quoted (`domain.md` section 7).

use std::collections::BTreeSet;

use crate::referentiel::Referentiel;
use crate::stats::words::STOP_WORDS;

/// Printed in place of what could name or reach someone.
pub const HIDDEN: &str = "[…]";
/// Longest quotation, in characters.
const LONGEST: usize = 240;
/// First words of sentences that are no names, beside those seen in lower case.
const STARTERS: [&str; 24] = [
    "merci",
    "bravo",
    "bonjour",
    "super",
    "rien",
    "rassurant",
    "équipe",
    "horaires",
    "parfait",
    "parfaits",
    "dommage",
    "continuez",
    "attention",
    "beaucoup",
    "jamais",
    "souvent",
    "parfois",
    "certains",
    "certaines",
    "chaque",
    "dans",
    "depuis",
    "pendant",
    "j'aimerais",
];

/// Words known not to be names.
pub struct Screen {
    known: BTreeSet<String>,
}

impl Screen {
    /// A screen that knows the référentiel's words and every word written in lower case somewhere.
    pub fn new<'a>(referentiel: &Referentiel, corpus: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known: BTreeSet<String> = STOP_WORDS.iter().map(|w| (*w).to_owned()).collect();
        known.extend(STARTERS.map(str::to_owned));
        let criteres = referentiel.criteres.iter();
        let texts = criteres.flat_map(|c| [&c.label].into_iter().chain(&c.descripteurs));
        let labels = referentiel.elements.iter().map(|e| &e.label);
        for text in texts.chain(labels) {
            known.extend(words(text).map(str::to_lowercase));
        }
        for text in corpus {
            // An address in lower case teaches no word: it may hold a name.
            let pieces = text.split_whitespace();
            let pieces = pieces.filter(|p| !p.contains('@') && !p.contains("://"));
            let plain = pieces.flat_map(words);
            let lower = plain.filter(|w| w.chars().next().is_some_and(char::is_lowercase));
            known.extend(lower.map(str::to_owned));
        }
        Self { known }
    }

    /// The text without what names or reaches a person, cut when long.
    pub fn clean(&self, text: &str) -> String {
        let mut out: Vec<String> = Vec::new();
        for piece in without_telephones(text).split_whitespace() {
            let cleaned = self.piece(piece);
            // Several hidden pieces in a row read as one.
            let again = cleaned == HIDDEN && out.last().is_some_and(|l| l == HIDDEN);
            if !again {
                out.push(cleaned);
            }
        }
        cut(&out.join(" "))
    }

    fn piece(&self, piece: &str) -> String {
        if piece == HIDDEN {
            return HIDDEN.to_owned();
        }
        if piece.contains('@') || piece.contains("://") || piece.to_lowercase().starts_with("www.")
        {
            return HIDDEN.to_owned();
        }
        let mut out = String::new();
        let mut rest = piece;
        while let Some(start) = rest.find(char::is_alphabetic) {
            let (before, tail) = rest.split_at(start);
            let end = tail
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(tail.len());
            let (word, after) = tail.split_at(end);
            out.push_str(before);
            out.push_str(if self.is_name(word) { HIDDEN } else { word });
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// A capital and no trace of the word elsewhere; short acronyms are no names.
    fn is_name(&self, word: &str) -> bool {
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let acronym = word.chars().count() <= 5 && word.chars().all(char::is_uppercase);
        capital && !acronym && !self.known.contains(&word.to_lowercase())
    }
}

/// Digits enough to reach someone.
const TELEPHONE: usize = 8;

/// Runs of digits, with the signs that telephones are written with, become « […] »; hours, years
/// and counts stay.
fn without_telephones(text: &str) -> String {
    let (mut out, mut run) = (String::new(), String::new());
    let flush = |run: &mut String, out: &mut String| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        if digits >= TELEPHONE {
            let spaces = &run[run.trim_end().len()..];
            out.push_str(HIDDEN);
            out.push_str(spaces);
        } else {
            out.push_str(run);
        }
        run.clear();
    };
    for c in text.chars() {
        let inside = !run.is_empty() && " .-/()\u{a0}\u{202f}".contains(c);
        if c.is_ascii_digit() || c == '+' || inside {
            run.push(c);
        } else {
            flush(&mut run, &mut out);
            out.push(c);
        }
    }
    flush(&mut run, &mut out);
    out
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let head: String = text.chars().take(LONGEST).collect();
    let whole = head.rsplit_once(' ').map_or(head.as_str(), |(h, _)| h);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::referentiel::{embedded_v1, parse};

    fn screen() -> Screen {
        let referentiel = parse("v1", embedded_v1()).expect("the référentiel");
        Screen::new(
            &referentiel,
            ["mon fils y va avec plaisir", "le bruit du soir"],
        )
    }

    #[test]
    fn persons_never_come_through() {
        let screen = screen();
        for (text, expected) in [
            ("Merci à Sandrine", "Merci à […]"),
            ("Léa et Enzo se disputent", "[…] et […] se disputent"),
            ("appelez le 06 12 34 56 78", "appelez le […]"),
            ("appelez le 0612345678 !", "appelez le […] !"),
            ("écrire à a.b@mairie.fr", "écrire à […]"),
            ("Jean-Baptiste crie", "[…]-[…] crie"),
            ("fermeture à 17h30, 2 fois", "fermeture à 17h30, 2 fois"),
            ("l'ALSH et le PEDT", "l'ALSH et le PEDT"),
        ] {
            assert_eq!(screen.clean(text), expected, "{text}");
        }
    }

    #[test]
    fn a_very_long_text_is_cut_between_words() {
        let long = "bruit ".repeat(2000);
        let said = screen().clean(&long);
        assert!(said.chars().count() <= LONGEST + 1 && said.ends_with("bruit…"));
    }
}
