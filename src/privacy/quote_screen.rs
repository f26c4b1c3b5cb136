//! One place decides whether what someone wrote may be quoted, for every channel and audience
//! (`docs/confidentiality.md` §4). A text is let through whole or not at all: hiding one word of it
//! would leave what is around. Rather one sentence too few than one too many.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use super::clauses::clauses;
use super::common_words::{PARTNERS, STARTERS};
use super::contact_signs;
use super::findings::{Findings, Looked, SaidOf, find};
use super::given_names::NameLists;
use super::likeness;
use super::motif::{Motif, Motifs};
use super::names::{NameReading, is_disguised};
use super::plain_text::plain;
use super::quotation::Quotation;
use super::vocabulary::{Class, Seen, Vocabulary, single};
use super::word_tokens::{Token, fold_word, tokens};
use crate::stats::words::STOP_WORDS;
use crate::vocabulary::referentiel::Referentiel;

/// Longest quotation, in characters.
const LONGEST: usize = 240;
/// Longest text of a plan.
const LONGEST_PLAN: usize = 600;
/// Texts in which an unlisted word must stand in lower case to be one of the language.
const COMMON: usize = 2;
/// Words of a clause from which it says something by itself: « elle a rouvert depuis » is about whatever stands before it.
const CLAUSE: usize = 5;
/// Words enough for a sentence of the référentiel to be its own wherever it stands.
const SENTENCE: usize = 4;

/// Decides what may be quoted.
pub(crate) struct QuoteScreen {
    /// Words of the language, folded: those of the référentiel, and those written in lower case in
    /// several texts.
    known: HashSet<String>,
    /// Names of accueils and communes, and the référentiel's own sentences: folded, word by word, by
    /// their first word. They say nothing of anybody.
    own: HashMap<String, Vec<Vec<String>>>,
    /// What was found of texts already seen: the same action is read by one audience after another.
    seen: Mutex<HashMap<String, Motifs>>,
}

impl QuoteScreen {
    /// A screen that knows the référentiel's words and the names of places, and learns from all that
    /// was written.
    pub(crate) fn new<'a>(
        referentiel: &Referentiel,
        places: impl IntoIterator<Item = &'a str>,
        corpus: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut known: HashSet<String> = [STOP_WORDS, &STARTERS, PARTNERS]
            .concat()
            .into_iter()
            .map(fold_word)
            .collect();
        let criteres = referentiel.criteres.iter();
        let texts = criteres.flat_map(|c| {
            let more = c.descripteurs.iter().chain(&c.first_steps);
            let told = std::iter::once(&c.proofs).chain(more);
            std::iter::once(c.label.as_str()).chain(told.map(String::as_str))
        });
        let labels = referentiel.elements.iter().map(|e| e.label.as_str());
        let sentences: Vec<Vec<String>> = texts.chain(labels).map(words).collect();
        known.extend(sentences.iter().flatten().cloned());
        known.extend(learnt(corpus));
        let long = sentences.into_iter().filter(|s| s.len() >= SENTENCE);
        let mut own: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        // A commune or a secteur called as a person is spares that name to nobody.
        let lists = NameLists::get();
        let telling = |row: &Vec<String>| match row.as_slice() {
            [word] => {
                !lists.is_given(word) && !lists.is_given_and_word(word) && !lists.is_surname(word)
            }
            _ => true,
        };
        let places = places.into_iter().map(words).filter(telling);
        for row in places.chain(long) {
            if let Some(first) = row.first() {
                own.entry(first.clone()).or_default().push(row);
            }
        }
        Self {
            known,
            own,
            seen: Mutex::default(),
        }
    }

    /// Why a text may not be quoted; nothing when it may. The only decision of the kind.
    pub(crate) fn motifs(&self, text: &str) -> Motifs {
        let lock = || self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(text).copied();
        known.unwrap_or_else(|| {
            let found = self.find_motifs(text);
            lock().insert(text.to_owned(), found);
            found
        })
    }

    fn find_motifs(&self, text: &str) -> Motifs {
        self.find_said_of(text, SaidOf::Somebody)
    }

    fn find_said_of(&self, text: &str, whom: SaidOf) -> Motifs {
        let looked = self.look(text);
        let turns = looked.found.motifs(whom);
        let named = self.named(text, &looked);
        let sum = match whom {
            SaidOf::Somebody => likeness::worst(&self.weighed(text, &looked)),
            SaidOf::Everybody => None,
        };
        let all = named.and(turns);
        match sum {
            Some(sum) if sum < likeness::SURELY_PLAIN => named,
            Some(sum) if sum < likeness::PLAIN => named.and(turns.of_bodies()),
            Some(sum) if sum > likeness::PRUDENCE && all.is_empty() => Motifs::of(Motif::Prudence),
            _ => all,
        }
    }

    /// Traits of a text and of each of its clauses.
    pub(super) fn weighed(&self, text: &str, whole: &Looked) -> Vec<Vec<usize>> {
        let mut parts: Vec<Looked> = clauses(text).iter().map(|c| self.look(c)).collect();
        // Part of a sentence of the référentiel is the référentiel's, though it no longer has all its words.
        let words: usize = parts.iter().map(|part| part.own.len()).sum();
        if words == whole.own.len() {
            let own = parts.iter_mut().flat_map(|part| &mut part.own);
            own.zip(&whole.own).for_each(|(part, all)| *part |= all);
        }
        let parts = parts.iter().filter(|part| part.own.len() >= CLAUSE);
        std::iter::once(whole)
            .chain(parts)
            .filter_map(likeness::weighable)
            .collect()
    }

    /// Names and contacts: what stops, whatever the text resembles.
    pub(super) fn named(&self, text: &str, looked: &Looked) -> Motifs {
        let (tokens, seen) = (&looked.tokens, &looked.seen);
        let mut motifs = looked.found.named();
        let text = plain(text);
        if contact_signs::reaches(&text, tokens, seen) {
            motifs.add(Motif::Contact);
        }
        let reading = NameReading {
            tokens,
            seen,
            capitals_say_nothing: capitals_say_nothing(tokens),
        };
        let known = |word: &str| self.is_known(word);
        if reading.names_someone(known) || text.split_whitespace().any(is_disguised) {
            motifs.add(Motif::Nom);
        }
        motifs
    }

    /// A text as patterns see it, and what they found.
    pub(super) fn look(&self, text: &str) -> Looked {
        let tokens = tokens(&plain(text));
        let mut seen = self.see(&tokens);
        let own = seen.iter().map(|word| word.spared).collect();
        let mut found = Findings::default();
        find(&mut seen, true, &mut found);
        find(&mut seen, false, &mut found);
        Looked {
            tokens,
            seen,
            own,
            found,
        }
    }

    /// The text in plain characters, cut when long; nothing when it may not be quoted.
    pub(crate) fn quote(&self, text: &str) -> Option<Quotation> {
        self.let_through(text, LONGEST)
    }

    /// The same for the longer texts of plans and practices.
    pub(crate) fn quote_plan(&self, text: &str) -> Option<Quotation> {
        self.let_through(text, LONGEST_PLAN)
    }

    /// The same for the title of a question and for the answers that it offers: put to everybody, they accuse nobody
    /// and tell of nobody's health, and « votre enfant » is every reader's. A name or a contact stops them.
    pub(crate) fn quote_title(&self, text: &str) -> Option<Quotation> {
        let motifs = self.find_said_of(text, SaidOf::Everybody);
        let may = !motifs.has(Motif::Nom) && !motifs.has(Motif::Contact);
        may.then(|| Quotation::new(cut(&plain(text), LONGEST_PLAN)))
    }

    fn let_through(&self, text: &str, longest: usize) -> Option<Quotation> {
        let may = self.motifs(text).is_empty();
        may.then(|| Quotation::new(cut(&plain(text), longest)))
    }

    /// Whether a word counted over many answers may be printed alone: one that is of the language and
    /// points at nothing.
    pub(crate) fn is_plain_word(&self, word: &str) -> bool {
        let fold = fold_word(word);
        self.is_known(&fold) && self.motifs(&fold).is_empty()
    }

    fn is_known(&self, fold: &str) -> bool {
        self.known.contains(fold) || Vocabulary::get().classes(&single(fold)) != 0
    }

    /// Words as patterns see them, those of the name of a place spared.
    fn see(&self, tokens: &[Token]) -> Vec<Seen> {
        let (vocabulary, lists) = (Vocabulary::get(), NameLists::get());
        let mut seen: Vec<Seen> = tokens
            .iter()
            .map(|token| {
                let listed = if token.number() {
                    Class::Figures.bit()
                } else if lists.is_given(&token.fold) {
                    Class::Given.bit()
                } else if lists.is_surname(&token.fold) {
                    Class::Surname.bit()
                } else {
                    0
                };
                vocabulary.see(single(&token.fold), listed, token.sentence)
            })
            .collect();
        for at in 0..seen.len() {
            let rows = self.own.get(&tokens[at].fold).into_iter().flatten();
            let longest = rows
                .filter(|row| begins(&tokens[at..], row))
                .map(Vec::len)
                .max();
            for word in &mut seen[at..at + longest.unwrap_or(0)] {
                word.spared = true;
            }
        }
        seen
    }
}

/// Whether words begin with a row.
fn begins(tokens: &[Token], row: &[String]) -> bool {
    tokens.len() >= row.len()
        && tokens
            .iter()
            .zip(row)
            .all(|(token, word)| token.fold == *word)
}

/// Words of a text, folded.
fn words(text: &str) -> Vec<String> {
    tokens(&plain(text)).into_iter().map(|t| t.fold).collect()
}

/// Whether most words are in capitals, or begin with one.
fn capitals_say_nothing(tokens: &[Token]) -> bool {
    let words = || tokens.iter().filter(|t| !t.number() && t.fold.len() > 1);
    let capitals = words().filter(|t| t.capital()).count();
    let all = words().count();
    all >= 3 && capitals * 3 > all * 2
}

/// Words that several texts hold in lower case.
fn learnt<'a>(corpus: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = String> {
    let mut times: HashMap<String, usize> = HashMap::new();
    for text in corpus {
        let words = tokens(&plain(text)).into_iter();
        let lower = words.filter(|t| !t.capital() && !t.number() && t.fold.len() > 1);
        let once: HashSet<String> = lower.map(|t| t.fold).collect();
        for word in once {
            *times.entry(word).or_default() += 1;
        }
    }
    times
        .into_iter()
        .filter(|(_, n)| *n >= COMMON)
        .map(|(word, _)| word)
}

fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let head: String = text.chars().take(longest).collect();
    let whole = head.rsplit_once(' ').map_or(head.as_str(), |(h, _)| h);
    format!("{whole}…")
}

#[cfg(test)]
#[path = "corpus_tests.rs"]
pub(super) mod corpus_tests;
