//! Names borne in France: given names, and the most borne family names (`names/`, Insee, licence
//! ouverte, 1900–2018). Those that are words too stand apart: only what is around tells.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::vocabulary::single;

const GIVEN: &str = include_str!("names/prenoms.txt");
const SURNAMES: &str = include_str!("names/noms.txt");

/// Given names that are words as well: « rose », « pierre », « victoire ».
const WORDS_TOO: &str = "adonis agate allia amande amaryllis anemone ange angel anis anise arcade archange ari aria \
    asia aveline aviva avril batiste baya bella ben benoite blanche brune calypso camelia candie \
    cannelle carene carline carmine cattleya cerise chaina chelsea christ clair claire clairette \
    colline colombe colombine constance corneille dahlia dakota dauphine desire dune eglantine \
    emeraude epiphane eros esperance eve ferial fleur fleurette flore floreal florence florin \
    france germain gitane grace gracia harmonie hope hortensia india iris israel jacinthe jasmin \
    jean jesus jordan junior kali kenya kim leonarde liane lilas lissa lorraine loup louve ludo \
    lys magnolia manuel marguerite marin marine marjolaine martial max melisse melodie milan \
    mirabelle myrtille nancy narcisse nene nine noel ocean olive olivette olivier olympe ondine \
    opale opaline palma paquerette pepin perle pervenche pia pierre pierrot prune prunelle rama \
    richarde romaine roman romance rosa rose rosette rubis sabra sahel samba saphir sauveur \
    savannah silene stella sultan sydney vanille vera victoire violette zephyr";

/// What given names are cut down to by those who know the person, unless it is a word too.
const SHORT: &str = "adri alexou anto aurel caro cath clem cricri domi fanfan fanou fred fredo gaby gege \
    greg guigui gwen isa jeannot jeff jerem jojo juju karo manu mathou maxou michou momo mumu nath nico \
    ninou patou philou raph seb steph stephie tatave valou vero virg xav zaza";

/// Shortest name whose doubled letters may be wrong: under it, « Anne » would be « âne ».
const LONG: usize = 6;

/// The lists, made once for the process; every name folded.
pub(super) struct NameLists {
    given: HashSet<&'static str>,
    /// Given names with doubled letters once.
    single: HashSet<String>,
    surnames: HashSet<&'static str>,
    words_too: HashSet<&'static str>,
}

impl NameLists {
    /// Those of the program.
    pub(super) fn get() -> &'static Self {
        static ALL: LazyLock<NameLists> = LazyLock::new(NameLists::build);
        &ALL
    }

    fn build() -> Self {
        let lines = |text: &'static str| text.lines().filter(|l| !l.starts_with('#'));
        let given: HashSet<&str> = lines(GIVEN).chain(SHORT.split_whitespace()).collect();
        let long = given.iter().filter(|n| n.len() >= LONG);
        Self {
            single: long.map(|n| single(n)).collect(),
            given,
            surnames: lines(SURNAMES).collect(),
            words_too: WORDS_TOO.split_whitespace().collect(),
        }
    }

    /// Whether a folded word is a given name and nothing else; a doubled letter may be wrong.
    pub(super) fn is_given(&self, fold: &str) -> bool {
        self.given.contains(fold)
            || (fold.len() >= LONG && {
                let once = single(fold);
                once.len() < fold.len() && once.len() + 1 >= LONG && self.single.contains(&once)
            })
    }

    /// Whether a folded word is a given name among other things.
    pub(super) fn is_given_and_word(&self, fold: &str) -> bool {
        self.words_too.contains(fold)
    }

    /// Whether a folded word is a family name and nothing else.
    pub(super) fn is_surname(&self, fold: &str) -> bool {
        self.surnames.contains(fold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_whatever_their_writing() {
        let lists = NameLists::get();
        for name in ["theo", "kylian", "oceanne", "fatoumata", "mathis", "jade"] {
            assert!(lists.is_given(name), "{name}");
        }
        for word in ["rose", "pierre", "merci", "ane", "jaime", "cantine"] {
            assert!(!lists.is_given(word), "{word}");
        }
        assert!(lists.is_given_and_word("rose") && lists.is_surname("dupont"));
    }
}
