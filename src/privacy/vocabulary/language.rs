//! What the language of patterns is made of: classes of words, meanings, words as they are compared.

use crate::privacy::motif::Motif;

/// A class of words, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::privacy) enum Class {
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
    pub(in crate::privacy) const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// How patterns write it.
    pub(super) fn named(name: &str) -> Option<u32> {
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
pub(in crate::privacy) enum PatternMeaning {
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
pub(in crate::privacy) enum About {
    /// It points at one person, child or adult.
    Someone,
    /// It speaks of an adult, or of someone as he, she or they: of whom a wrong may be said.
    SheOrHe,
    /// It speaks of adults of the place.
    Adult,
    /// What is done is what one expects of them.
    Benign,
    /// It tells of one person.
    One,
    /// What it tells of them is that all goes well.
    Cheerful,
    /// It speaks in general: a training, a rule, a menu.
    General,
}

/// The word with doubled letters once.
pub(in crate::privacy) fn single(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !out.ends_with(c) || c.is_ascii_digit() {
            out.push(c);
        }
    }
    out
}
