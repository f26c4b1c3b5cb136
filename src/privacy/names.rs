//! Whether a text names someone: a name of the lists, in any case; one that is a word too, where what
//! is around says so; an initial; a capital that nothing explains.

use super::common_words::{ACRONYMS, PROPER};
use super::given_names::NameLists;
use super::vocabulary::{Class, Seen};
use super::word_tokens::{Token, fold_word};

/// Words that a letter follows without being somebody: « groupe B », « salle C ».
const LETTERED: &[&str] = &[
    "groupe",
    "salle",
    "plan",
    "batiment",
    "classe",
    "niveau",
    "option",
    "zone",
    "bus",
    "ligne",
    "annexe",
    "vitamine",
    "type",
    "format",
    "hepatite",
    "point",
    "serie",
    "porte",
    "bac",
    "code",
    "categorie",
    "tableau",
    "tome",
    "lettre",
    "ce",
    "cm",
    "cp",
    "escalier",
    "hall",
    "volet",
    "axe",
];

/// After these, a name that is a word too is a name.
const WITH: &[&str] = &["avec", "chez", "dixit", "merci", "bravo", "signe", "selon"];

/// Before a subject: « que rose a perdu ».
const BEFORE_SUBJECT: &[&str] = &[
    "que", "qu", "et", "quand", "car", "mais", "parce", "si", "or", "donc",
];

/// Of the names that are words too, those that begin a sentence as words.
const HEAD_WORDS: &[&str] = &[
    "ben",
    "max",
    "noel",
    "grace",
    "avril",
    "france",
    "clair",
    "junior",
    "harmonie",
    "just",
    "esperance",
    "don",
    "jean",
    "desire",
];

/// Titles after which a name may be in lower case.
const COURTESY: &[&str] = &[
    "mme",
    "mlle",
    "mr",
    "monsieur",
    "madame",
    "mademoiselle",
    "m",
    "tata",
    "tatie",
    "tonton",
    "dr",
    "docteur",
    "papy",
    "papi",
    "mamie",
    "maitre",
    "mam",
];

/// What links a place to its name.
const LINKS: &[&str] = &[
    "de", "d", "du", "la", "le", "l", "les", "des", "saint", "st", "ste", "sainte",
];

/// Words written as names are, one text at a time.
pub(super) struct NameReading<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) seen: &'a [Seen],
    /// Most words are in capitals, or begin with one: capitals say nothing.
    pub(super) capitals_say_nothing: bool,
}

impl NameReading<'_> {
    /// Whether someone is named. `known` says whether a folded word is one of the language.
    pub(super) fn names_someone(&self, known: impl Fn(&str) -> bool + Copy) -> bool {
        self.is_spelt() || (0..self.tokens.len()).any(|at| self.is_name(at, known))
    }

    /// Four letters one by one: « b a s t i e n ».
    fn is_spelt(&self) -> bool {
        let letter = |t: &Token| t.fold.chars().count() == 1 && !t.number() && !t.tied();
        self.tokens.windows(4).any(|four| four.iter().all(letter))
    }

    fn is_name(&self, at: usize, known: impl Fn(&str) -> bool + Copy) -> bool {
        let token = &self.tokens[at];
        if token.number() || self.seen[at].spared {
            return false;
        }
        if token.fold.chars().count() == 1 {
            return self.is_initial(at);
        }
        let lists = NameLists::get();
        if self.is_place(at) {
            return false;
        }
        lists.is_given(&token.fold)
            || (lists.is_surname(&token.fold) && (token.capital() || self.follows_name(at)))
            || self.is_titled(at, known)
            || (lists.is_given_and_word(&token.fold) && self.is_name_here(at))
            || self.is_unexplained(at, known)
    }

    fn before(&self, at: usize, back: usize) -> Option<&Token> {
        let token = self.tokens.get(at.checked_sub(back)?)?;
        (token.sentence == self.tokens[at].sentence).then_some(token)
    }

    fn before_is(&self, at: usize, back: usize, words: &[&str]) -> bool {
        self.before(at, back)
            .is_some_and(|t| words.contains(&t.fold.as_str()))
    }

    fn class_before(&self, at: usize, back: usize) -> u32 {
        match self.before(at, back) {
            Some(_) => self.seen[at - back].classes,
            None => 0,
        }
    }

    fn next(&self, at: usize) -> Option<&Token> {
        let next = self.tokens.get(at + 1)?;
        (next.sentence == self.tokens[at].sentence).then_some(next)
    }

    fn follows_name(&self, at: usize) -> bool {
        let bits = Class::Given.bit() | Class::Title.bit();
        self.class_before(at, 1) & bits != 0
    }

    /// « J. », « Mme D », « le petit t. »; not « groupe B » nor « l’ ».
    fn is_initial(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let elided = self.tokens.get(at + 1).is_some_and(Token::tied);
        if elided && !token.dotted() || self.before_is(at, 1, LETTERED) {
            return false;
        }
        let person =
            Class::Title.bit() | Class::Child.bit() | Class::Kin.bit() | Class::Given.bit();
        let announced = self.class_before(at, 1) & person != 0
            || (self.before_is(at, 1, &["de", "d"]) && self.class_before(at, 2) & person != 0);
        let vowel = ["a", "y", "o"].contains(&token.fold.as_str());
        if token.dotted() && (token.capital() || announced && !vowel) {
            return !self.before_is(at, 1, &["n", "p"]);
        }
        token.capital() && announced && !self.capitals_say_nothing && !vowel
    }

    /// The name of a place, not of a person: « salle Rosa-Parks », « rue de l’Abbé-Grégoire », « à Lyon »
    /// after « sortie ».
    fn is_place(&self, at: usize) -> bool {
        let place = Class::Place.bit();
        let token = &self.tokens[at];
        if self.class_before(at, 1) & place != 0 {
            return token.capital()
                || self.before_is(
                    at,
                    1,
                    &["rue", "salle", "ecole", "saint", "st", "sainte", "ste"],
                );
        }
        if !token.capital() {
            return false;
        }
        let given = NameLists::get().is_given(&token.fold);
        for back in 1..=4 {
            let Some(word) = self.before(at, back) else {
                return false;
            };
            let here = at - back;
            if self.seen[here].classes & place != 0 {
                return !(given && self.before_is(at, 1, &["de", "d"]));
            }
            let linked = LINKS.contains(&word.fold.as_str()) || (word.capital() && !word.head());
            if !linked {
                break;
            }
        }
        if given || !self.before_is(at, 1, &["a", "en", "de", "d", "vers", "sur", "pour", "au"]) {
            return false;
        }
        let of = self.before_is(at, 1, &["de", "d"]);
        let going = place | if of { 0 } else { Class::Move.bit() };
        (2..=5).any(|back| self.class_before(at, back) & going != 0)
    }

    /// « Mme dupont », « tata Nadia »; not « madame la directrice ».
    fn is_titled(&self, at: usize, known: impl Fn(&str) -> bool) -> bool {
        let Some(title) = self.before(at, 1) else {
            return false;
        };
        let titled = self.class_before(at, 1) & Class::Title.bit() != 0;
        let token = &self.tokens[at];
        if !titled || token.apart() || token.tied() {
            return false;
        }
        match title.fold.as_str() {
            "m" if !title.dotted() => token.capital() && title.capital(),
            _ => {
                token.capital() && !known(&token.fold)
                    || !known(&token.fold) && COURTESY.contains(&title.fold.as_str())
            }
        }
    }

    /// Whether what is around says that a word which may be a name is one.
    fn is_name_here(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let person =
            Class::Title.bit() | Class::Kin.bit() | Class::Naming.bit() | Class::Given.bit();
        let child = Class::Child.bit();
        if self.class_before(at, 1) & person != 0 && !token.apart() {
            return true;
        }
        if self.class_before(at, 1) & child != 0 && !token.apart() {
            return true;
        }
        let of_someone = self.before_is(at, 1, &["de", "d"])
            && self.class_before(at, 2) & (Class::Kin.bit() | child) != 0;
        if of_someone || self.before_is(at, 1, WITH) {
            return true;
        }
        if self.before_is(at, 1, &["a"])
            && self.before_is(at, 2, &["merci", "bravo", "dites", "dire", "donner"])
        {
            return true;
        }
        if token.capital() && !token.head() && !self.capitals_say_nothing {
            return token.fold != "noel" && token.fold != "france";
        }
        let heads = token.head() || self.before_is(at, 1, BEFORE_SUBJECT);
        if !heads || HEAD_WORDS.contains(&token.fold.as_str()) {
            return false;
        }
        let next = self.next(at);
        next.is_some_and(|n| {
            self.seen[at + 1].classes & Class::Acts.bit() != 0 && !n.apart() && !n.accented()
        })
    }

    /// A capital inside a sentence that nothing explains; at the head, only before a verb.
    fn is_unexplained(&self, at: usize, known: impl Fn(&str) -> bool) -> bool {
        let token = &self.tokens[at];
        let explained = !token.capital()
            || self.capitals_say_nothing
            || known(&token.fold)
            || PROPER.contains(&token.fold.as_str())
            || (token.shouted()
                && (token.fold.len() <= 5 || ACRONYMS.contains(&token.fold.as_str())));
        if explained || token.tied() && self.before(at, 1).is_some_and(Token::number) {
            return false;
        }
        if !token.head() {
            return true;
        }
        let acts = self.next(at).is_some()
            && self.seen[at + 1].classes & Class::Acts.bit() != 0
            && !self.tokens[at + 1].apart()
            && !self.tokens[at + 1].accented();
        let ends = ["ment", "tion", "er", "ir", "re", "s", "x"];
        let word = ends.iter().any(|e| token.fold.ends_with(e));
        let after_colon = token.apart() && self.next(at).is_some_and(Token::apart);
        !word && (acts || after_colon && at > 0)
    }
}

/// Whether a piece hides a given name behind signs: « K€vin », « L3a ».
pub(super) fn is_disguised(piece: &str) -> bool {
    let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
    let signs = |c: char| "€$@!|0134579".contains(c);
    let mixed = bare.chars().any(signs) && bare.chars().any(char::is_alphabetic);
    if !mixed || bare.chars().count() < 4 {
        return false;
    }
    let open: String = bare
        .chars()
        .map(|c| match c {
            '€' | '3' => 'e',
            '@' | '4' => 'a',
            '0' => 'o',
            '1' | '!' | '|' => 'i',
            '5' | '$' => 's',
            '7' => 't',
            c => c,
        })
        .collect();
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && NameLists::get().is_given(&fold_word(&open))
}
