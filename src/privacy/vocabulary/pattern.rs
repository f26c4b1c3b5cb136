//! A row of words to find.

use super::language::{Class, PatternMeaning, single};
use super::trie::WordEntry;
use crate::privacy::word_tokens::fold_word;

/// A word that looks as the row wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::privacy) enum WordChoice {
    Word(String),
    Stem(String),
    Class(u32),
}

#[derive(Debug, Clone)]
enum PatternStep {
    /// One of these.
    OneOf(Vec<WordChoice>),
    /// Up to so many words, whatever they are.
    Gap(usize),
}

/// A row of words, and what it means when it is found.
#[derive(Debug, Clone)]
pub(in crate::privacy) struct Pattern {
    /// It begins a sentence.
    heads: bool,
    steps: Vec<PatternStep>,
    /// What tells it from the others, whatever their order.
    pub(in crate::privacy) key: u32,
    pub(in crate::privacy) meaning: PatternMeaning,
}

/// A word of a text, as patterns see it.
#[derive(Debug, Clone, Default)]
pub(in crate::privacy) struct Seen {
    /// Folded, doubled letters once.
    pub(in crate::privacy) key: String,
    /// Its classes.
    pub(in crate::privacy) classes: u32,
    /// Its sentence.
    pub(in crate::privacy) sentence: usize,
    /// What the vocabulary has of it.
    pub(in crate::privacy) entries: Vec<&'static WordEntry>,
    /// It means nothing of what it looks like.
    pub(in crate::privacy) spared: bool,
}

impl Pattern {
    /// Reads one.
    pub(super) fn parse(text: &str, meaning: PatternMeaning) -> Self {
        let key = mixed(text);
        let (heads, text) = match text.strip_prefix('^') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        Self {
            heads,
            key,
            steps: text.split_whitespace().map(step).collect(),
            meaning,
        }
    }

    /// What its first word may be.
    pub(super) fn first(&self) -> &[WordChoice] {
        match self.steps.first() {
            Some(PatternStep::OneOf(choices)) => choices,
            _ => &[],
        }
    }

    /// How many words it takes from `at`, when it is there; all in one sentence.
    pub(in crate::privacy) fn found(&self, words: &[Seen], at: usize) -> Option<usize> {
        let sentence = words.get(at)?.sentence;
        let inside = at > 0 && words[at - 1].sentence == sentence;
        if self.heads && inside {
            return None;
        }
        let end = matches(&self.steps, words, at, sentence)?;
        Some(end - at)
    }
}

/// A number of a text, the same on every machine (FNV-1a).
pub(in crate::privacy) fn mixed(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum, byte| {
        (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

fn matches(steps: &[PatternStep], words: &[Seen], at: usize, sentence: usize) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else {
        return Some(at);
    };
    match step {
        PatternStep::Gap(most) => (0..=*most).find_map(|n| matches(rest, words, at + n, sentence)),
        PatternStep::OneOf(choices) => {
            let word = words.get(at)?;
            let here = word.sentence == sentence && !word.spared;
            if here && choices.iter().any(|c| c.is(word)) {
                return matches(rest, words, at + 1, sentence);
            }
            None
        }
    }
}

impl WordChoice {
    fn is(&self, word: &Seen) -> bool {
        match self {
            Self::Word(w) => *w == word.key,
            Self::Stem(stem) => word.key.starts_with(stem.as_str()),
            Self::Class(bits) => word.classes & bits != 0,
        }
    }
}

fn step(text: &str) -> PatternStep {
    match text {
        "_" => return PatternStep::Gap(1),
        "__" => return PatternStep::Gap(3),
        "___" => return PatternStep::Gap(6),
        _ => {}
    }
    PatternStep::OneOf(text.split('|').map(choice).collect())
}

fn choice(text: &str) -> WordChoice {
    if let Some(bits) = text.strip_prefix('@').and_then(Class::named) {
        return WordChoice::Class(bits);
    }
    match text.strip_suffix('*') {
        Some(stem) => WordChoice::Stem(single(&fold_word(stem))),
        None => WordChoice::Word(single(&fold_word(text))),
    }
}
