//! What patterns say of a text, and what that comes to.

use super::motif::{Motif, Motifs};
use super::vocabulary::{About, Pattern, PatternMeaning, Seen, Vocabulary};
use super::word_tokens::Token;

/// Whom a text is about, as far as who wrote it goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SaidOf {
    /// Someone wrote it of what they live: « ma fille » is one child, whom people there know.
    Somebody,
    /// It was put to everybody in the same words.
    Everybody,
}

/// A text, as it was looked at.
pub(super) struct Looked {
    pub(super) tokens: Vec<Token>,
    pub(super) seen: Vec<Seen>,
    /// Words of the référentiel's own sentences, and of places.
    pub(super) own: Vec<bool>,
    pub(super) found: Findings,
}

/// What patterns said of a text.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) sure: Motifs,
    pub(super) guarded: Motifs,
    pub(super) weak: Motifs,
    /// What the text is about: a bit for each meaning of the kind.
    pub(super) about: u8,
    /// Patterns that were found, by their keys.
    pub(super) patterns: Vec<u32>,
}

impl Findings {
    fn add(&mut self, pattern: &Pattern) {
        if pattern.meaning != PatternMeaning::Spared {
            self.patterns.push(pattern.key);
        }
        match pattern.meaning {
            PatternMeaning::Stops(motif) => self.sure.add(motif),
            PatternMeaning::Guarded(motif) => self.guarded.add(motif),
            PatternMeaning::Weak(motif) => self.weak.add(motif),
            PatternMeaning::Spared => {}
            PatternMeaning::About(about) => self.about |= 1 << about as u8,
        }
    }

    fn is_about(&self, about: About) -> bool {
        self.about & (1 << about as u8) != 0
    }

    /// Someone told by a tie or a look, or reached: sure by its words alone.
    pub(super) fn named(&self) -> Motifs {
        let mut named = Motifs::default();
        let sure = [Motif::Nom, Motif::Contact].into_iter();
        for motif in sure.filter(|m| self.sure.has(*m)) {
            named.add(motif);
        }
        named
    }

    /// A general text that points at nobody speaks of no one's health, of nobody's wrongs.
    pub(super) fn motifs(&self, whom: SaidOf) -> Motifs {
        let mut all = self.sure;
        let [points, general] = [About::Someone, About::General].map(|a| self.is_about(a));
        let of_adult = self.is_about(About::SheOrHe) && !general;
        let guarded = self.guarded.iter().filter(|_| points || !general);
        let weak = self.weak.iter().filter(|motif| match motif {
            Motif::Allegation => of_adult,
            _ => points,
        });
        // What is told of one adult stops, unless it is plainly what one expects of them.
        if self.is_about(About::Adult) && !self.is_about(About::Benign) && !general {
            all.add(Motif::Allegation);
        }
        // So does what is told of one person, unless all goes well: who it is, people there know.
        let adult_at_work = self.is_about(About::Adult) && self.is_about(About::Benign);
        let cheerful = self.is_about(About::Cheerful) || adult_at_work;
        let one = self.is_about(About::One) && whom == SaidOf::Somebody;
        if one && !cheerful && !general {
            all.add(Motif::Nom);
        }
        for motif in guarded.chain(weak) {
            all.add(motif);
        }
        all
    }
}

/// Looks for patterns; in the first pass, for those that spare words, in the second for the others.
pub(super) fn find(seen: &mut [Seen], sparing: bool, found: &mut Findings) {
    let vocabulary = Vocabulary::get();
    for at in 0..seen.len() {
        if seen[at].spared {
            continue;
        }
        let mut spared = 0;
        for pattern in vocabulary.beginning(&seen[at]) {
            if (pattern.meaning == PatternMeaning::Spared) != sparing {
                continue;
            }
            if let Some(length) = pattern.found(seen, at) {
                spared = spared.max(if sparing { length } else { 0 });
                found.add(pattern);
            }
        }
        for word in &mut seen[at..at + spared] {
            word.spared = true;
        }
    }
}
