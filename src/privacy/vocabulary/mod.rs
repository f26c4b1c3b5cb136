//! The words and turns that the screen looks for, and the small language they are written in.
//!
//! A pattern is a row of words: `coup* de poing|pied`. A star ends a stem, a bar parts alternatives,
//! `_` lets one word pass or none, `__` up to three, `___` six, `@enfant` is any word of a class, `^` begins a sentence. Everything is
//! folded; doubled letters count as one, in patterns and texts alike.
//!
//! | question | file |
//! |---|---|
//! | someone is said to have done wrong | `allegations` |
//! | blows, threats, abuse | `violence` |
//! | health, disability, care | `health` |
//! | someone told by a tie, a look, a function | `ties` |
//! | what points at one person, or speaks of all | `persons` |
//! | turns that reach someone (« appelez-moi ») | `contacts` |
//! | turns that look guilty and are not: games, idioms | `spared` |
//! | classes of words (`@enfant`): kin, child, staff | `classes` |
//! | the language of patterns: how one is written | `language` |
//! | the language of patterns: how one is read and found | `pattern` |
//! | words and stems in one tree | `trie` |

mod allegations;
mod classes;
mod contacts;
mod health;
mod language;
mod pattern;
mod persons;
mod spared;
mod ties;
mod trie;
mod violence;

use std::sync::LazyLock;

use super::motif::Motif;
use super::word_tokens::fold_word;
pub(super) use language::{About, Class, PatternMeaning, single};
use pattern::WordChoice;
pub(super) use pattern::{Pattern, Seen, mixed};
use trie::Trie;

/// Every pattern, in families.
const FAMILIES: &[(PatternMeaning, &[&str])] = &[
    (PatternMeaning::Spared, spared::SPARED),
    (PatternMeaning::About(About::Someone), persons::POINTING),
    (PatternMeaning::About(About::SheOrHe), persons::SOMEONE),
    (PatternMeaning::About(About::Adult), persons::ADULT),
    (PatternMeaning::About(About::Benign), persons::BENIGN),
    (PatternMeaning::About(About::One), persons::ONE),
    (PatternMeaning::About(About::Cheerful), persons::CHEERFUL),
    (PatternMeaning::About(About::General), persons::GENERAL),
    (PatternMeaning::Stops(Motif::Nom), ties::TIES),
    (PatternMeaning::Stops(Motif::Contact), contacts::REACHING),
    (PatternMeaning::Guarded(Motif::Violence), violence::STRONG),
    (PatternMeaning::Weak(Motif::Violence), violence::WEAK),
    (
        PatternMeaning::Stops(Motif::Allegation),
        allegations::STRONG,
    ),
    (
        PatternMeaning::Guarded(Motif::Allegation),
        allegations::GUARDED,
    ),
    (PatternMeaning::Weak(Motif::Allegation), allegations::WEAK),
    (PatternMeaning::Guarded(Motif::Sante), health::STRONG),
    (PatternMeaning::Weak(Motif::Sante), health::WEAK),
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
                WordChoice::Word(word) => self.trie.entry(word, false).patterns.push(rank),
                WordChoice::Stem(stem) => self.trie.entry(stem, true).patterns.push(rank),
                WordChoice::Class(_) => classed = true,
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
