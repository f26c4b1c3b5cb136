//! In which words a file asks the éléments that it is read as; which titles these are: `title_wordings`.

use std::collections::{BTreeMap, BTreeSet};

/// Code of an élément → the words that it is asked in, where they are not the référentiel's.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct FileWordings(BTreeMap<String, BTreeSet<String>>);

impl FileWordings {
    /// Adds that an élément is asked, in words of its own or in the référentiel's.
    pub(super) fn add(&mut self, code: &str, words: Option<String>) {
        let all = self.0.entry(code.to_owned()).or_default();
        all.extend(words);
    }

    /// What is kept of it: nothing where all of it is worded as the référentiel, and an empty text in the place
    /// of words that `may` not be.
    pub(crate) fn kept(&self, may: impl Fn(&str) -> bool) -> BTreeMap<String, Vec<String>> {
        if self.0.values().all(BTreeSet::is_empty) {
            return BTreeMap::new();
        }
        let all = self.0.iter().map(|(code, words)| {
            let kept: BTreeSet<String> = words
                .iter()
                .map(|w| if may(w) { w.clone() } else { String::new() })
                .collect();
            (code.clone(), kept.into_iter().collect())
        });
        all.collect()
    }
}
