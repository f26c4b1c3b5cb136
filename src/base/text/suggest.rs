//! « Vouliez-vous dire »: the names that resemble what someone wrote, and the sentences that offer
//! them. Only what resembles is offered; nothing is ever replaced by a guess.

use super::fold::{fold, plain_words};

/// Under this likeness (0..1) two names are not taken for each other.
const ALIKE: f64 = 0.75;
/// Likeness of two names that one slip of a character tells apart.
const ONE_SLIP: f64 = 0.9;
/// Longest name compared, in bytes: work grows with the product of both lengths, and a file may hold a
/// word of any length.
const LONGEST: usize = 1000;
/// Most names that are offered.
const OFFERED: usize = 3;

/// Names that resemble what was written, at most three, the best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    names: Vec<String>,
}

/// The candidates that resemble what was written, case and accents aside.
pub fn suggest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Suggestion {
    let wanted = fold(written);
    let mut alike: Vec<Candidate> = candidates
        .into_iter()
        .map(|name| Candidate {
            likeness: likeness(&wanted, &fold(name)),
            name,
        })
        .filter(|candidate| candidate.likeness >= ALIKE)
        .collect();
    alike.sort_by(|a, b| {
        let by_name = || a.name.cmp(b.name);
        b.likeness.total_cmp(&a.likeness).then_with(by_name)
    });
    alike.dedup_by_key(|candidate| candidate.name);
    let best = alike.into_iter().take(OFFERED);
    Suggestion {
        names: best.map(|candidate| candidate.name.to_owned()).collect(),
    }
}

/// A name, and how much it resembles what was written.
struct Candidate<'a> {
    likeness: f64,
    name: &'a str,
}

/// How near two sentences are, 0..1, case, accents and punctuation aside: what share of their letters stays.
pub fn nearness(a: &str, b: &str) -> f64 {
    let (a, b) = (plain_words(a), plain_words(b));
    if a.len().max(b.len()) > LONGEST || a.is_empty() || b.is_empty() {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(&a, &b)
}

/// Jaro-Winkler suits names; a slip of one character in a short code (« R1 ») escapes it.
fn likeness(a: &str, b: &str) -> f64 {
    if a.len().max(b.len()) > LONGEST {
        return 0.0;
    }
    let slip = a.len().abs_diff(b.len()) <= 4 && strsim::damerau_levenshtein(a, b) <= 1;
    strsim::jaro_winkler(a, b).max(if slip { ONE_SLIP } else { 0.0 })
}

impl Suggestion {
    /// The name that resembles most.
    pub fn best(&self) -> Option<&str> {
        self.names.first().map(String::as_str)
    }

    /// Whether one of two names of a thing is among those that resemble.
    pub fn names(&self, one: &str, other: &str) -> bool {
        self.names.iter().any(|name| name == one || name == other)
    }

    /// « a, b, c »; empty when nothing resembles.
    fn listed(&self) -> String {
        self.names.join(", ")
    }

    /// The names that resemble, else all that there are: « a, b, c ».
    pub fn listed_or(&self, all: &[&str]) -> String {
        if self.names.is_empty() {
            all.join(", ")
        } else {
            self.listed()
        }
    }

    /// After a sentence: « Vouliez-vous dire a ou b ? », a space before; empty when nothing resembles.
    pub fn question(&self) -> String {
        if self.names.is_empty() {
            return String::new();
        }
        format!(" Vouliez-vous dire {} ?", self.names.join(" ou "))
    }

    fn which(&self, one: &'static str, many: &'static str) -> &'static str {
        if self.names.len() == 1 { one } else { many }
    }

    /// After a sentence: « Les plus proches : a, b. », a space before; empty when nothing resembles.
    pub fn sentence(&self) -> String {
        self.between(
            self.which(" Le plus proche : ", " Les plus proches : "),
            ".",
        )
    }

    /// After a sentence on a code: « Les plus proches : a, b. », else that none resembles; a space before.
    pub fn code_sentence(&self) -> String {
        if self.names.is_empty() {
            return " Aucun code connu ne lui ressemble.".to_owned();
        }
        self.sentence()
    }

    /// Inside a sentence: « ; les plus proches : a, b »; empty when nothing resembles.
    pub fn clause(&self) -> String {
        self.between(
            self.which(" ; le plus proche : ", " ; les plus proches : "),
            "",
        )
    }

    /// Inside a sentence: « ; le plus proche est « a » »; empty when nothing resembles.
    pub fn best_clause(&self) -> String {
        self.best_clause_as(" ; le plus proche est")
    }

    /// The same in other words: « ; la plus proche des colonnes attendues est « a » ».
    pub fn best_clause_as(&self, words: &str) -> String {
        match self.best() {
            Some(name) => format!("{words} « {name} »"),
            None => String::new(),
        }
    }

    fn between(&self, before: &str, after: &str) -> String {
        if self.names.is_empty() {
            return String::new();
        }
        format!("{before}{}{after}", self.listed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first() {
        assert_eq!(suggest("R1", ["R01", "P07"]).names, ["R01"]);
        assert_eq!(suggest("poid", ["poids", "axe"]).names, ["poids"]);
        assert!(suggest("zzz", ["poids", "axe"]).names.is_empty());
        let many = ["REL-5", "REL-2", "REL-1", "REL-3", "REL-2"];
        assert_eq!(suggest("rel-1", many).names, ["REL-1", "REL-2", "REL-3"]);
    }

    #[test]
    fn nothing_is_said_when_nothing_resembles() {
        let nothing = suggest("zzz", ["poids", "axe"]);
        assert_eq!(nothing.question(), "");
        assert_eq!(nothing.sentence(), "");
        assert_eq!(nothing.best_clause(), "");
        assert_eq!(
            nothing.code_sentence(),
            " Aucun code connu ne lui ressemble."
        );
        assert_eq!(nothing.listed_or(&["poids", "axe"]), "poids, axe");
        let two = suggest("REL-9", ["REL-1", "REL-2", "SEC-7"]);
        assert_eq!(two.question(), " Vouliez-vous dire REL-1 ou REL-2 ?");
        assert_eq!(two.sentence(), " Les plus proches : REL-1, REL-2.");
        assert_eq!(two.code_sentence(), two.sentence());
        assert_eq!(two.clause(), " ; les plus proches : REL-1, REL-2");
        assert_eq!(two.best_clause(), " ; le plus proche est « REL-1 »");
        let one = suggest("poid", ["poids", "axe"]);
        assert_eq!(one.sentence(), " Le plus proche : poids.");
        assert_eq!(one.clause(), " ; le plus proche : poids");
    }
}
