//! What of a text is weighed: its words, their parts (misspelt, they have most of them), which follow which, which turns
//! were found, whom it is about. Each trait is a place in a table; two that share one are weighed together.

use super::findings::Looked;
use super::motif::{Motif, Motifs};
use super::vocabulary::{Class, Seen, mixed};

/// Places in the table.
pub(super) const TRAITS: usize = 1 << 16;
/// Longest part of a word, in letters; the shortest is three.
const PART: usize = 5;
/// Letters of a word that has parts.
const PARTED: usize = 4;
/// Words told together, and longer texts too.
const FIVES: usize = 6;

/// The traits of a text, each once, in order.
pub(super) fn traits(said: &Looked) -> Vec<usize> {
    let own = said.seen.iter().zip(&said.own).filter(|(_, own)| !**own);
    let words: Vec<&Seen> = own.map(|(word, _)| word).collect();
    let names: Vec<&str> = words.iter().map(|word| name(word)).collect();
    let mut all = Vec::new();
    let mut add = |text: &str| all.push(mixed(text) as usize % TRAITS);
    for (word, name) in words.iter().zip(&names) {
        if name.starts_with('@') {
            add(name);
        }
        if *name != "@nommé" && *name != "@chiffre" {
            add(&format!("mot {}", word.key));
            parts(&word.key, &mut add);
        }
    }
    for pair in names.windows(2) {
        add(&format!("suite {} {}", pair[0], pair[1]));
    }
    for three in names.windows(3) {
        add(&format!("saut {} {}", three[0], three[2]));
    }
    if let Some(first) = names.first() {
        add(&format!("tête {first}"));
    }
    add(&format!("longueur {}", (names.len() / 5).min(FIVES)));
    turns(said, &mut add);
    all.sort_unstable();
    all.dedup();
    all
}

/// What patterns found.
fn turns(said: &Looked, add: &mut impl FnMut(&str)) {
    let found = &said.found;
    for key in &found.patterns {
        add(&format!("tournure {key}"));
    }
    let told = [
        ("sûr", found.sure),
        ("gardé", found.guarded),
        ("faible", found.weak),
    ];
    for (how, motifs) in told {
        for motif in kinds(motifs) {
            add(&format!("{how} {}", motif.label()));
        }
    }
    for bit in (0..u8::BITS).filter(|bit| found.about >> bit & 1 == 1) {
        add(&format!("propos {bit}"));
    }
    add(&format!("propos ensemble {}", found.about));
}

/// A name or a contact says nothing of what is told.
fn kinds(motifs: Motifs) -> impl Iterator<Item = Motif> {
    motifs
        .iter()
        .filter(|m| !matches!(m, Motif::Nom | Motif::Contact))
}

/// A word in what is told: whom it stands for, where it is one of many.
fn name(word: &Seen) -> &str {
    let is = |class: Class| word.classes & class.bit() != 0;
    match () {
        () if is(Class::Figures) => "@chiffre",
        () if is(Class::Staff) => "@adulte",
        () if is(Class::Kin) => "@parenté",
        () if is(Class::Child) => "@enfant",
        () if is(Class::Given) => "@nommé",
        () => &word.key,
    }
}

/// Every run of three to five letters, the ends of the word among them.
fn parts(word: &str, add: &mut impl FnMut(&str)) {
    let letters: Vec<char> = format!("_{word}_").chars().collect();
    if letters.len() < PARTED + 2 {
        return;
    }
    for length in 3..=PART {
        for part in letters.windows(length) {
            let part: String = part.iter().collect();
            add(&format!("part {part}"));
        }
    }
}
