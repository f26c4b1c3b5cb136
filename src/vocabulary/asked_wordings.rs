//! In which words people were asked an élément, where another questionnaire or grid was read as it: the words of
//! the file stand beside the référentiel's own.

use std::collections::{BTreeMap, BTreeSet};

/// In which words an élément was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskedWording {
    /// Words of files, other than the référentiel's.
    pub own: BTreeSet<String>,
    /// Whether it was asked in the référentiel's words, too.
    pub reference: bool,
    /// Whether it was asked in other words that are not kept: they may point at a person, their time is over,
    /// or they were read before words were kept.
    pub lost: bool,
}

impl AskedWording {
    /// Both together.
    fn add(&mut self, other: &Self) {
        self.own.extend(other.own.iter().cloned());
        self.reference |= other.reference;
        self.lost |= other.lost;
    }

    /// The only words that it was asked in, where they are not the référentiel's.
    pub fn only(&self) -> Option<&str> {
        let alone = self.own.len() == 1 && !self.reference && !self.lost;
        self.own.first().filter(|_| alone).map(String::as_str)
    }

    /// Under how many wordings it was asked, those that are not kept as one.
    pub fn count(&self) -> usize {
        self.own.len() + usize::from(self.reference) + usize::from(self.lost)
    }

    /// Whether it was asked in the référentiel's words alone, as far as is known.
    pub fn is_reference(&self) -> bool {
        self.own.is_empty() && !self.lost
    }
}

/// Those of a campaign: only éléments that were asked in other words somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskedWordings {
    /// Élément → structure → words; an empty structure stands for any.
    all: BTreeMap<String, BTreeMap<String, AskedWording>>,
}

impl AskedWordings {
    /// Adds in which words a structure was asked an élément; an empty structure stands for any.
    pub fn add(&mut self, element: &str, structure: &str, asked: &AskedWording) {
        let structures = self.all.entry(element.to_owned()).or_default();
        let known = structures.entry(structure.to_owned()).or_default();
        known.add(asked);
    }

    /// In which words the structures that `among` keeps were asked an élément.
    pub fn asked(&self, element: &str, among: impl Fn(&str) -> bool) -> AskedWording {
        let mut all = AskedWording::default();
        let structures = self.all.get(element).into_iter().flatten();
        for (_, asked) in structures.filter(|(code, _)| code.is_empty() || among(code)) {
            all.add(asked);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wording_is_printed_and_several_are_counted() {
        let own = |words: &str| AskedWording {
            own: BTreeSet::from([words.to_owned()]),
            ..AskedWording::default()
        };
        let mut all = AskedWordings::default();
        all.add("SEC-1-FAM-1", "R01", &own("Je suis tranquille"));
        all.add("SEC-1-FAM-1", "R02", &own("Je pars rassurée"));
        let at = |code: &'static str| all.asked("SEC-1-FAM-1", move |s| s == code);
        assert_eq!(at("R01").only(), Some("Je suis tranquille"));
        assert!(at("R03").is_reference() && at("R03").count() == 0);
        let whole = all.asked("SEC-1-FAM-1", |_| true);
        assert_eq!((whole.only(), whole.count()), (None, 2));
        let lost = AskedWording {
            lost: true,
            ..AskedWording::default()
        };
        all.add("SEC-1-FAM-1", "", &lost);
        let now = all.asked("SEC-1-FAM-1", |s| s == "R01");
        assert_eq!((now.only(), now.count()), (None, 2));
    }
}
