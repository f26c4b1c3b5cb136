//! In which words a file asks the éléments that it is read as: the titles of columns, the lines of a grid.

use std::collections::{BTreeMap, BTreeSet};

use super::element_codes::element_code;
use super::labels::Labels;
use crate::base::text::plain_words;
use crate::vocabulary::referentiel::Referentiel;

/// Characters kept of a wording.
const LONGEST: usize = 300;

/// Code of an élément → the words that it is asked in, where they are not the référentiel's.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct FileWordings(BTreeMap<String, BTreeSet<String>>);

impl FileWordings {
    /// Notes that a column or a line is read as an élément, and what it says.
    pub(super) fn note(&mut self, r: &Referentiel, code: &str, title: Option<&str>) {
        let words = self.0.entry(code.to_owned()).or_default();
        let Some(e) = r.element(code) else {
            return;
        };
        let Some(title) = title.map(one_line).filter(|t| !t.is_empty()) else {
            return;
        };
        // A code says the référentiel's own question, whatever stands beside it.
        let is_code = element_code(&title, r).is_some();
        let is_own = || {
            let element = &r.elements[e];
            plain_words(&element.label) == plain_words(&title)
                || Labels::new(r, Some(element.source)).exact(&title) == Some(e)
        };
        if !is_code && !is_own() {
            words.insert(title);
        }
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

/// A title on one line, without the characters that show nothing.
fn one_line(title: &str) -> String {
    let shown: String = title
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let words: Vec<&str> = shown.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST).collect()
}
