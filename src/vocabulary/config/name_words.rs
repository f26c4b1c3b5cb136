//! Words of the names of structures: how a name that is nobody's finds those that it may be.

use std::collections::{BTreeSet, HashMap};

use crate::base::text::fold;

/// Words that any accueil may bear, and that tell none from another.
const COMMON: [&str; 34] = [
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
    "perisco",
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
    /// How each of these names sounds.
    sounds: Vec<Vec<String>>,
}

/// What an accueil is called, and where it is.
pub(super) struct PlaceNames<'a> {
    pub(super) names: Vec<&'a str>,
    pub(super) commune: &'a str,
}

/// What tells a name from others: its words, but those that all share.
fn telling(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|w| w.chars().count() > 1 || w.chars().all(|c| c.is_ascii_digit()));
    let words = words.filter(|w| !w.is_empty() && !COMMON.contains(w));
    words.map(|word| singular(word).to_owned()).collect()
}

/// What tells an accueil from others of its commune: the words of its name, but those that all share, its commune’s and
/// what stands in brackets.
pub(crate) fn telling_words(name: &str, commune: &str) -> BTreeSet<String> {
    let mut depth = 0_u32;
    let outside = name.chars().filter(|c| {
        let inside = depth > 0;
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => return !inside,
        }
        false
    });
    let own = telling(&outside.collect::<String>());
    own.difference(&telling(commune)).cloned().collect()
}

/// How a name sounds, the words that all share aside: « Ptits loup » as « Les P’tits Loups ».
fn sound(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|w| !w.is_empty() && !COMMON.contains(w));
    let mut plain: String = words.map(singular).collect();
    for (written, heard) in [
        ("eau", "o"),
        ("au", "o"),
        ("ph", "f"),
        ("qu", "k"),
        ("ai", "e"),
        ("ei", "e"),
        ("y", "i"),
        ("ck", "k"),
        ("ce", "se"),
        ("ci", "si"),
        ("c", "k"),
        ("h", ""),
    ] {
        plain = plain.replace(written, heard);
    }
    let mut letters: Vec<char> = plain.chars().collect();
    letters.dedup_by(|a, b| a.is_alphabetic() && a == b);
    letters.into_iter().collect()
}

/// Letters of the shortest names that are compared by ear, and of the words that one slip may spoil.
const HEARD: usize = 5;

/// Whether two names sound nearly the same: one slip, or one in eight letters.
fn sound_alike(a: &str, b: &str) -> bool {
    let longest = a.chars().count().max(b.chars().count());
    let shortest = a.chars().count().min(b.chars().count());
    let slips = (longest / 8).max(1);
    shortest >= HEARD && longest - shortest <= slips && strsim::damerau_levenshtein(a, b) <= slips
}

/// Parts of a cell that says more than a name: « Bourg – groupe des grands », « Bourg (le soir) ».
fn name_parts(written: &str) -> impl Iterator<Item = &str> {
    let parts = written.split(['–', '—', '(', ')', ',', ';', '/', '|']);
    let parts = parts.flat_map(|part| part.split(" - "));
    parts.map(str::trim).filter(|part| !part.is_empty())
}

/// « Les Lins » and « Le Lin » share their word.
fn singular(word: &str) -> &str {
    let long = word.chars().count() > 3;
    let plural = word.strip_suffix(['s', 'x']);
    plural.filter(|_| long).unwrap_or(word)
}

impl NameWords {
    pub(super) fn of<'a>(places: impl Iterator<Item = PlaceNames<'a>>) -> Self {
        let mut all = Self::default();
        for (i, place) in places.enumerate() {
            let names = place.names.iter();
            let names: Vec<BTreeSet<String>> = names.map(|n| telling(n)).collect();
            let mut words: BTreeSet<String> = names.iter().flatten().cloned().collect();
            words.extend(telling(place.commune));
            for word in words {
                all.by_word.entry(word).or_default().push(i);
            }
            all.names.push(names);
            all.sounds
                .push(place.names.iter().map(|n| sound(n)).collect());
        }
        all
    }

    /// Positions of the structures that a name may be: those that bear its words, else those of one of its
    /// parts, else those that sound alike; none when there are too many to choose from.
    pub(super) fn neighbours(&self, written: &str) -> Vec<usize> {
        let bearers = self.bearers(written);
        if !bearers.is_empty() {
            return bearers;
        }
        let mut found: Vec<usize> = name_parts(written)
            .flat_map(|part| self.bearers(part))
            .collect();
        if found.is_empty() {
            found = std::iter::once(written)
                .chain(name_parts(written))
                .flat_map(|part| self.heard(part))
                .collect();
        }
        found.sort_unstable();
        found.dedup();
        if found.len() > MOST {
            Vec::new()
        } else {
            found
        }
    }

    /// Positions of the structures whose name, or whose words one by one, sound as what is written.
    fn heard(&self, written: &str) -> Vec<usize> {
        let own = sound(written);
        let words: Vec<String> = telling(written).iter().map(|word| sound(word)).collect();
        let long = words.iter().all(|word| word.chars().count() >= HEARD);
        let by_words = |i: usize| {
            let names = self.names[i].iter();
            let heard = |name: &BTreeSet<String>| -> Vec<String> {
                name.iter().map(|word| sound(word)).collect()
            };
            let mut names = names.map(heard);
            long && !words.is_empty()
                && names.any(|name| {
                    let near = |word: &String| name.iter().any(|w| sound_alike(w, word));
                    words.iter().all(near)
                })
        };
        let whole = |i: usize| self.sounds[i].iter().any(|name| sound_alike(name, &own));
        (0..self.names.len())
            .filter(|i| whole(*i) || by_words(*i))
            .collect()
    }

    /// Positions of the structures that bear all the words written, or all of whose words are written;
    /// none when there are too many to choose from.
    fn bearers(&self, written: &str) -> Vec<usize> {
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
        let mut bearers: Vec<(usize, usize)> = shared
            .into_iter()
            .filter(|&(i, n)| n == wanted.len() || is_within(i))
            .collect();
        // Who bears the most of the words comes first.
        bearers.sort_unstable_by_key(|&(i, n)| (std::cmp::Reverse(n), i));
        let found: Vec<usize> = bearers.into_iter().map(|(i, _)| i).collect();
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
    fn a_name_heard_or_said_with_more_finds_its_accueil() {
        let text = "code,nom,type,commune,alias\n\
                    A01,Périscolaire Jean Moulin,periscolaire,Aubac,\n\
                    A02,Les P'tits Loups,mercredi,Le Bourg,\n\
                    A03,École du Bourg (périsco),periscolaire,Le Bourg,\n\
                    A04,ALSH Les Colombages,mixte,Cadelac,\n\
                    A05,Philippe Gérard,mixte,Cadelac,\n";
        let read = parse_registry(Path::new("structures.csv"), text.as_bytes());
        let registry = read.expect("a registry");
        let codes = |written: &str| -> Vec<String> {
            let found = registry.neighbours(written).into_iter();
            found.map(|s| s.code.clone()).collect()
        };
        for (written, expected) in [
            ("ptits loups", vec!["A02"]),
            ("Les Ptit Loup", vec!["A02"]),
            ("périsco Moulin", vec!["A01"]),
            ("colonbages", vec!["A04"]),
            ("Filipe Gérar", vec!["A05"]),
            ("Moulin – groupe des grands", vec!["A01"]),
            ("Colombages (le soir)", vec!["A04"]),
            ("Bourg", vec!["A02", "A03"]),
            ("Moulins-sur-Allier", vec![]),
            ("Les Acacias", vec![]),
        ] {
            assert_eq!(codes(written), expected, "{written}");
        }
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
