//! Which accueil a title names: its code, or the words of its name that no other need bear. They are cut once a run,
//! and found by their first word: names of files and lines of forms come by the thousand, and so may accueils.

use std::collections::{BTreeSet, HashMap};

use super::title_lexicon::GENERIC;
use super::title_words::{stands, words};
use crate::vocabulary::config::{Registry, Structure};

/// Letters that a name needs to be told from an ordinary word.
const LETTERS: usize = 5;

/// One accueil, as titles may name it.
struct SiteWords {
    code: String,
    /// Its code where it holds a digit, and its names.
    called: Vec<Vec<String>>,
    /// A commune named in a title is a place, and no accueil that bears its name.
    is_commune: bool,
}

/// Every accueil of a registry, in its order.
pub(crate) struct PlaceWords {
    sites: Vec<SiteWords>,
    by_code: HashMap<String, usize>,
    by_first_word: HashMap<String, Vec<usize>>,
}

impl PlaceWords {
    /// Cuts the names of a registry.
    pub(crate) fn of(registry: &Registry) -> Self {
        let communes: BTreeSet<Vec<String>> =
            registry.all().iter().map(|s| words(&s.commune)).collect();
        let sites: Vec<SiteWords> = registry
            .all()
            .iter()
            .map(|s| SiteWords {
                code: s.code.clone(),
                called: called(s),
                is_commune: communes.contains(&own_words(&s.nom)),
            })
            .collect();
        let mut by_first_word: HashMap<String, Vec<usize>> = HashMap::new();
        for (position, site) in sites.iter().enumerate() {
            let firsts: BTreeSet<&String> = site.called.iter().filter_map(|w| w.first()).collect();
            for first in firsts {
                by_first_word
                    .entry(first.clone())
                    .or_default()
                    .push(position);
            }
        }
        let by_code = sites.iter().enumerate();
        Self {
            by_code: by_code.map(|(i, s)| (s.code.clone(), i)).collect(),
            sites,
            by_first_word,
        }
    }

    /// Code of another accueil that a title names, where it does not name its own.
    pub(super) fn other_than(&self, own: &str, title: &str) -> Option<&str> {
        let written = words(title);
        let own = *self.by_code.get(own)?;
        if self.sites[own].is_named(&written) {
            return None;
        }
        let candidates: BTreeSet<usize> = written
            .iter()
            .filter_map(|w| self.by_first_word.get(w))
            .flatten()
            .copied()
            .collect();
        let other = candidates
            .into_iter()
            .map(|position| &self.sites[position])
            .find(|site| !site.is_commune && site.is_named(&written))?;
        Some(&other.code)
    }
}

impl SiteWords {
    fn is_named(&self, title: &[String]) -> bool {
        self.called.iter().any(|own| stands(own, title))
    }
}

/// What stands for an accueil in a title.
fn called(structure: &Structure) -> Vec<Vec<String>> {
    let has_digit = structure.code.chars().any(|c| c.is_ascii_digit());
    let code = has_digit.then(|| words(&structure.code));
    let names = std::iter::once(&structure.nom).chain(&structure.alias);
    let names = names.map(|name| own_words(name)).filter(|own| {
        let letters: usize = own.iter().map(|w| w.chars().count()).sum();
        letters >= LETTERS
    });
    code.into_iter().chain(names).collect()
}

/// The words of a name that no other accueil need bear.
fn own_words(name: &str) -> Vec<String> {
    let mut own = words(name);
    own.retain(|w| !GENERIC.contains(&w.as_str()));
    own
}
