//! Words of levels, low and high, as people head their columns and explain their notes.

use crate::base::text::fold;
use crate::vocabulary::referentiel::Scale;

/// Which half of a scale words speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Low,
    High,
}

/// Words of the lowest levels; they are looked for first, since « pas très » is one of them. A word that
/// ends with a star may go on: « insuffisan* ».
const LOW: [&str; 44] = [
    "pas",
    "jamais",
    "non",
    "peu",
    "moins",
    "ko",
    "nul",
    "nulle",
    "pire",
    "mal",
    "rien",
    "rare",
    "rarement",
    "rouge",
    "aucun*",
    "insuffisan*",
    "insatisf*",
    "mauvais*",
    "mediocre*",
    "faible*",
    "absen*",
    "inexistan*",
    "fragile*",
    "critique*",
    "desaccord*",
    "a ameliorer",
    "a revoir",
    "a travailler",
    "a demarrer",
    "a developper",
    "a corriger",
    "a construire",
    "debut",
    "en demarrage",
    "debutant*",
    "negati*",
    "inacceptable*",
    "minimum",
    "bof",
    "alerte",
    "vigilance",
    "a reprendre",
    "point faible",
    "points faibles",
];
/// Words of the highest.
const HIGH: [&str; 46] = [
    "tout a fait",
    "tres",
    "toujours",
    "oui",
    "ok",
    "bon",
    "bonne",
    "bien",
    "fort",
    "forte",
    "vert",
    "mieux",
    "beaucoup",
    "tout",
    "tous",
    "toutes",
    "top",
    "super",
    "excellen*",
    "meilleur*",
    "maitris*",
    "acquis*",
    "satisf*",
    "parfait*",
    "installe*",
    "totalement",
    "entierement",
    "completement",
    "pleinement",
    "optimal*",
    "conforme*",
    "atteint*",
    "systematique*",
    "exemplaire*",
    "remarquable*",
    "positi*",
    "maximum",
    "point fort",
    "en accord",
    "plutot d accord",
    "content*",
    "ras",
    "ca va",
    "verte",
    "au top",
    "plutot fort",
];

fn speaks(words: &[&str], all: &[&str]) -> bool {
    let begins = |at: usize, wanted: &str| {
        let (stem, goes_on) = match wanted.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (wanted, false),
        };
        let parts: Vec<&str> = stem.split(' ').collect();
        let last = parts.len() - 1;
        let mut fits = parts.iter().enumerate().map(|(i, part)| {
            let word = words.get(at + i);
            word.is_some_and(|w| w == part || goes_on && i == last && w.starts_with(part))
        });
        fits.all(|fits| fits)
    };
    (0..words.len()).any(|at| all.iter().any(|wanted| begins(at, wanted)))
}

/// Which half of a scale words speak of; none where nothing tells.
pub(super) fn side(text: &str) -> Option<Side> {
    let signs = text.trim();
    if !signs.is_empty() && signs.chars().all(|c| matches!(c, '+' | '-' | '–' | '−')) {
        return Some(if signs.starts_with('+') {
            Side::High
        } else {
            Side::Low
        });
    }
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|w| !w.is_empty()).collect();
    if speaks(&words, &LOW) {
        return Some(Side::Low);
    }
    // « Bien-être » is no level.
    let is_being = words.windows(2).any(|two| two == ["bien", "etre"]);
    (!is_being && speaks(&words, &HIGH)).then_some(Side::High)
}

/// The half of its scale that a modality is in; none in the middle.
pub(super) fn half(scale: &Scale, position: usize) -> Option<Side> {
    let (from_low, from_high) = (position, scale.modalities.len() - 1 - position);
    match from_low.cmp(&from_high) {
        std::cmp::Ordering::Less => Some(Side::Low),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(Side::High),
    }
}

/// Whether a heading words a level, high or low or between: « Plutôt oui », « Pas du tout », « -- ».
pub(super) fn is_of_a_level(heading: &str) -> bool {
    const BETWEEN: [&str; 6] = [
        "plutot", "moyen*", "parfois", "en cours", "partiel*", "assez",
    ];
    let folded = fold(heading);
    let words: Vec<&str> = folded.split(' ').collect();
    folded.chars().count() <= 30 && (side(heading).is_some() || speaks(&words, &BETWEEN))
}

/// Whether levels named in a row go from the lowest to the highest (`true`), the other way round, or
/// nobody knows: both ends must say so.
pub(super) fn are_ascending(heads: &[String]) -> Option<bool> {
    match (side(heads.first()?)?, side(heads.last()?)?) {
        (Side::Low, Side::High) => Some(true),
        (Side::High, Side::Low) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_levels_are_told_apart() {
        for low in [
            "Pas du tout d’accord",
            "À revoir",
            "non acquis",
            "Peu satisfaisant",
            "Insatisfaisant",
            "très insuffisant",
            "KO",
            "--",
        ] {
            assert_eq!(side(low), Some(Side::Low), "{low}");
        }
        for high in [
            "Tout à fait",
            "OK",
            "bien",
            "Maîtrisé",
            "Conforme",
            "meilleure note",
            "++",
        ] {
            assert_eq!(side(high), Some(Side::High), "{high}");
        }
        for neither in [
            "Moyen",
            "Bientraitance",
            "Bien-être des enfants",
            "Observateur",
            "okapi",
            "",
        ] {
            assert_eq!(side(neither), None, "{neither}");
        }
    }

    #[test]
    fn levels_in_a_row_have_a_direction_where_both_ends_say_so() {
        let heads = |all: &[&str]| all.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            are_ascending(&heads(&["Jamais", "Parfois", "Toujours"])),
            Some(true)
        );
        assert_eq!(
            are_ascending(&heads(&["OK", "À consolider", "KO"])),
            Some(false)
        );
        assert_eq!(are_ascending(&heads(&["A", "B", "C", "D"])), None);
        assert_eq!(are_ascending(&heads(&["Bien", "Moyen", "Autre"])), None);
    }
}
