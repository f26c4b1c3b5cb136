//! Words of the names of structures: how a name that is nobody's finds those that it may be.

use std::collections::{BTreeSet, HashMap};

use super::registry::Structure;
use crate::base::text::fold;

/// Words that any accueil may bear, and that tell none from another.
const COMMON: [&str; 33] = [
    "accueil",
    "accueils",
    "acm",
    "al",
    "alae",
    "alp",
    "alsh",
    "au",
    "aux",
    "centre",
    "clae",
    "clsh",
    "de",
    "des",
    "du",
    "ecole",
    "elementaire",
    "en",
    "et",
    "extrascolaire",
    "garderie",
    "groupe",
    "la",
    "le",
    "les",
    "loisir",
    "loisirs",
    "maternelle",
    "mercredi",
    "periscolaire",
    "primaire",
    "scolaire",
    "structure",
];

/// Most structures that are proposed; beyond, the words tell nothing.
const MOST: usize = 12;

/// Structures by the words of their names and commune.
#[derive(Debug, Clone, Default)]
pub(super) struct NameWords {
    by_word: HashMap<String, Vec<usize>>,
    /// Words of each name of each structure, by position.
    names: Vec<Vec<BTreeSet<String>>>,
}

/// What tells a name from others: its words, but those that all share.
fn telling(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|w| w.chars().count() > 1 || w.chars().all(|c| c.is_ascii_digit()));
    let words = words.filter(|w| !w.is_empty() && !COMMON.contains(w));
    words.map(|word| singular(word).to_owned()).collect()
}

/// « Les Lins » and « Le Lin » share their word.
fn singular(word: &str) -> &str {
    let long = word.chars().count() > 3;
    let plural = word.strip_suffix(['s', 'x']);
    plural.filter(|_| long).unwrap_or(word)
}

impl NameWords {
    pub(super) fn of(structures: &[Structure]) -> Self {
        let mut all = Self::default();
        for (i, s) in structures.iter().enumerate() {
            let names = std::iter::once(&s.nom).chain(&s.alias);
            let names: Vec<BTreeSet<String>> = names.map(|n| telling(n)).collect();
            let mut words: BTreeSet<String> = names.iter().flatten().cloned().collect();
            words.extend(telling(&s.commune));
            for word in words {
                all.by_word.entry(word).or_default().push(i);
            }
            all.names.push(names);
        }
        all
    }

    /// Positions of the structures that bear all the words written, or all of whose words are written;
    /// none when there are too many to choose from.
    pub(super) fn neighbours(&self, written: &str) -> Vec<usize> {
        let wanted = telling(written);
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for bearers in wanted.iter().filter_map(|w| self.by_word.get(w)) {
            for &i in bearers {
                *shared.entry(i).or_default() += 1;
            }
        }
        let is_within = |i: usize| {
            let mut names = self.names[i].iter();
            names.any(|name| !name.is_empty() && name.is_subset(&wanted))
        };
        let mut found: Vec<usize> = shared
            .into_iter()
            .filter(|&(i, n)| n == wanted.len() || is_within(i))
            .map(|(i, _)| i)
            .collect();
        found.sort_unstable();
        if found.len() > MOST {
            Vec::new()
        } else {
            found
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::vocabulary::config::{Registry, Resolution, parse_registry};

    fn registry() -> Registry {
        let text = "code,nom,type,commune,alias\n\
                    P01,Périscolaire Jean Moulin,periscolaire,Aubac,École J. Moulin ; Moulin matin\n\
                    P02,Périscolaire Jean Jaurès,periscolaire,Aubac,\n\
                    R01,ALSH Jean Jaurès,extrascolaire,Brugnac,\n\
                    R02,Les Pins,mixte,Cadelac,\n";
        parse_registry(Path::new("structures.csv"), text.as_bytes()).expect("a registry")
    }

    fn codes(written: &str) -> Vec<String> {
        let registry = registry();
        let found = registry.neighbours(written).into_iter();
        found.map(|s| s.code.clone()).collect()
    }

    #[test]
    fn a_name_finds_those_that_share_its_words() {
        assert_eq!(codes("Jean Moulin"), ["P01"]);
        assert_eq!(codes("Centre Jean-Moulin (Aubac)"), ["P01"]);
        assert_eq!(codes("Jean Jaurès"), ["P02", "R01"]);
        assert_eq!(codes("accueil Les Pins de la forêt"), ["R02"]);
        assert_eq!(codes("Centre de Cadelac"), ["R02"]);
        assert_eq!(codes("Le Pin"), ["R02"], "a plural");
        for nobody in ["Centre de loisirs", "", "Jean", "Moulinet"] {
            let found = codes(nobody);
            assert!(found.is_empty() || nobody == "Jean", "{nobody} : {found:?}");
        }
        assert_eq!(codes("Jean"), ["P01", "P02", "R01"]);
    }

    #[test]
    fn an_alias_is_a_name() {
        let registry = registry();
        assert_eq!(registry.resolve("ecole j. moulin"), Resolution::Name(0));
        assert_eq!(registry.resolve("MOULIN-MATIN"), Resolution::Name(0));
        assert!(matches!(
            registry.resolve("Jean Moulin"),
            Resolution::Unknown(_)
        ));
    }
}
