//! The words and turns that the screen looks for, and the small language they are written in.
//!
//! A pattern is a row of words: `coup* de poing|pied`. A star ends a stem, a bar parts alternatives,
//! `_` lets one word pass or none, `__` up to three, `___` six, `@enfant` is any word of a class, `^` begins a sentence. Everything is
//! folded; doubled letters count as one, in patterns and texts alike.

mod allegations;
mod classes;
mod contacts;
mod health;
mod pattern;
mod persons;
mod spared;
mod ties;
mod trie;
mod violence;

use std::sync::LazyLock;

use super::motif::Motif;
use super::word_tokens::fold_word;
use pattern::Choice;
pub(super) use pattern::{Pattern, Seen};
use trie::Trie;

/// A class of words, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Kin,
    Child,
    Staff,
    Other,
    Title,
    Naming,
    Possessive,
    Definite,
    Article,
    Pronoun,
    Number,
    Day,
    Place,
    Move,
    Looks,
    Acts,
    /// Found in the lists of names.
    Given,
    Surname,
    /// In figures.
    Figures,
}

impl Class {
    /// Its bit.
    pub(super) const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// How patterns write it.
    fn named(name: &str) -> Option<u32> {
        let one = |class: Self| Some(class.bit());
        match name {
            "parente" => one(Self::Kin),
            "enfant" => one(Self::Child),
            "adulte" => one(Self::Staff),
            "quelquun" => {
                Some(Self::Kin.bit() | Self::Child.bit() | Self::Staff.bit() | Self::Other.bit())
            }
            "titre" => one(Self::Title),
            "a-moi" => one(Self::Possessive),
            "le" => one(Self::Definite),
            "article" => one(Self::Article),
            "il" => one(Self::Pronoun),
            "nombre" => one(Self::Number),
            "jour" => one(Self::Day),
            "lieu" => one(Self::Place),
            "signe" => one(Self::Looks),
            "prenom" => one(Self::Given),
            "nom" => Some(Self::Given.bit() | Self::Surname.bit()),
            "chiffre" => one(Self::Figures),
            _ => None,
        }
    }
}

/// What a pattern found means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Stops, whatever is around.
    Stops(Motif),
    /// Stops unless the text is general (a training, a protocol) and points at nobody.
    Guarded(Motif),
    /// Stops when the text points at someone (an allegation: at an adult, at him, her or them).
    Weak(Motif),
    /// Its words mean nothing of what they look like.
    Spared,
    /// What the text is about.
    About(About),
}

/// What a text is about, which decides of words that are guilty of some and innocent of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// It points at one person, child or adult.
    Someone,
    /// It speaks of an adult, or of someone as he, she or they: of whom a wrong may be said.
    SheOrHe,
    /// It speaks of adults of the place.
    Adult,
    /// What is done is what one expects of them.
    Benign,
    /// It speaks in general: a training, a rule, a menu.
    General,
}

/// Every pattern, in families.
const FAMILIES: &[(Meaning, &[&str])] = &[
    (Meaning::Spared, spared::SPARED),
    (Meaning::About(About::Someone), persons::POINTING),
    (Meaning::About(About::SheOrHe), persons::SOMEONE),
    (Meaning::About(About::Adult), persons::ADULT),
    (Meaning::About(About::Benign), persons::BENIGN),
    (Meaning::About(About::General), persons::GENERAL),
    (Meaning::Stops(Motif::Nom), ties::TIES),
    (Meaning::Stops(Motif::Contact), contacts::REACHING),
    (Meaning::Guarded(Motif::Violence), violence::STRONG),
    (Meaning::Weak(Motif::Violence), violence::WEAK),
    (Meaning::Stops(Motif::Allegation), allegations::STRONG),
    (Meaning::Guarded(Motif::Allegation), allegations::GUARDED),
    (Meaning::Weak(Motif::Allegation), allegations::WEAK),
    (Meaning::Guarded(Motif::Sante), health::STRONG),
    (Meaning::Weak(Motif::Sante), health::WEAK),
];

/// The vocabulary, indexed once for the process.
pub(super) struct Vocabulary {
    trie: Trie,
    patterns: Vec<Pattern>,
    /// Those that begin with a class.
    by_class: Vec<usize>,
}

impl Vocabulary {
    /// The one of the program.
    pub(super) fn get() -> &'static Self {
        static ALL: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::build);
        &ALL
    }

    fn build() -> Self {
        let mut all = Self {
            trie: Trie::new(),
            patterns: Vec::new(),
            by_class: Vec::new(),
        };
        for (class, words) in classes::CLASSES {
            for word in words.split_whitespace() {
                let stem = word.strip_suffix('*');
                let key = single(&fold_word(stem.unwrap_or(word)));
                all.trie.entry(&key, stem.is_some()).classes |= class.bit();
            }
        }
        for (meaning, texts) in FAMILIES {
            for text in *texts {
                all.add(Pattern::parse(text, *meaning));
            }
        }
        all
    }

    fn add(&mut self, pattern: Pattern) {
        let rank = self.patterns.len();
        let mut classed = false;
        for first in pattern.first() {
            match first {
                Choice::Word(word) => self.trie.entry(word, false).patterns.push(rank),
                Choice::Stem(stem) => self.trie.entry(stem, true).patterns.push(rank),
                Choice::Class(_) => classed = true,
            }
        }
        if classed {
            self.by_class.push(rank);
        }
        self.patterns.push(pattern);
    }

    /// Classes of a word, as bits.
    pub(super) fn classes(&self, key: &str) -> u32 {
        let mut classes = 0;
        self.trie.walk(key, |entry| classes |= entry.classes);
        classes
    }

    /// A word as patterns see it; `more` are classes known otherwise.
    pub(super) fn see(&'static self, key: String, more: u32, sentence: usize) -> Seen {
        let (mut classes, mut entries) = (more, Vec::new());
        self.trie.walk(&key, |entry| {
            classes |= entry.classes;
            if !entry.patterns.is_empty() {
                entries.push(entry);
            }
        });
        Seen {
            key,
            classes,
            sentence,
            entries,
            spared: false,
        }
    }

    /// Patterns that a word may begin.
    pub(super) fn beginning(&'static self, seen: &Seen) -> impl Iterator<Item = &'static Pattern> {
        let classed: &[usize] = if seen.classes == 0 {
            &[]
        } else {
            &self.by_class
        };
        let own = seen.entries.iter().flat_map(|entry| &entry.patterns);
        own.chain(classed).map(|rank| &self.patterns[*rank])
    }
}

/// The word with doubled letters once.
pub(super) fn single(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !out.ends_with(c) || c.is_ascii_digit() {
            out.push(c);
        }
    }
    out
}
