//! What people wrote, screened: addresses, telephones and what looks like a person's name become
//! « […] » before anything is quoted (`docs/domain.md` §7). Rather one word too many than one too
//! few.

use std::collections::{BTreeMap, BTreeSet};

use super::HIDDEN;
use super::addresses::is_address;
use super::announcing_words::ANNOUNCE;
use super::common_words::{ACRONYMS, FOLLOW, PARTNERS, STARTERS};
use super::given_names::GIVEN;
use super::plain_text::plain;
use super::telephones::without_telephones;
use crate::stats::words::STOP_WORDS;
use crate::vocabulary::referentiel::Referentiel;

/// Longest quotation, in characters.
const LONGEST: usize = 240;
/// Longest text of a plan.
const LONGEST_PLAN: usize = 600;
/// Texts in which a word must stand in lower case, nobody being announced, to be a common one.
const COMMON: usize = 3;

/// Words known not to be names, and words known to be.
pub(crate) struct NameScreen {
    /// Written in lower case somewhere, or words of the référentiel.
    known: BTreeSet<String>,
    /// Common even after « ma fille ».
    common: BTreeSet<String>,
    /// Written with a capital after « ma fille »: names wherever they stand.
    names: BTreeSet<String>,
}

impl NameScreen {
    /// A screen that knows the référentiel's words and learns from all that was written.
    pub(crate) fn new<'a>(
        referentiel: &Referentiel,
        corpus: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut common: BTreeSet<String> = STOP_WORDS.iter().map(|w| (*w).to_owned()).collect();
        common.extend(
            STARTERS
                .iter()
                .chain(FOLLOW)
                .chain(PARTNERS)
                .chain(ANNOUNCE)
                .map(|w| (*w).to_owned()),
        );
        let criteres = referentiel.criteres.iter();
        let texts = criteres.flat_map(|c| [&c.label].into_iter().chain(&c.descripteurs));
        let labels = referentiel.elements.iter().map(|e| &e.label);
        for text in texts.chain(labels) {
            common.extend(words(text).map(str::to_lowercase));
        }
        let mut screen = Self {
            known: common.clone(),
            common,
            names: BTreeSet::new(),
        };
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for text in corpus {
            screen.learn(&plain(text), &mut seen);
        }
        let often = seen.into_iter().filter(|(_, n)| *n >= COMMON);
        screen.common.extend(often.map(|(word, _)| word));
        screen
    }

    /// An address teaches no word: it may hold a name.
    fn learn(&mut self, text: &str, seen: &mut BTreeMap<String, usize>) {
        let mut fresh: BTreeSet<String> = BTreeSet::new();
        let mut announced = false;
        for word in text
            .split_whitespace()
            .filter(|p| !is_address(p))
            .flat_map(words)
        {
            let (lower, capital) = (word.to_lowercase(), starts_upper(word));
            if announced && capital && !self.common.contains(&lower) {
                self.names.insert(lower.clone());
            }
            if !capital {
                self.known.insert(lower.clone());
                if !announced {
                    fresh.insert(lower.clone());
                }
            }
            announced = ANNOUNCE.contains(&lower.as_str());
        }
        for word in fresh {
            *seen.entry(word).or_default() += 1;
        }
    }

    /// The text without what names or reaches a person, nor any character that shows nothing; cut
    /// when long.
    pub(crate) fn clean(&self, text: &str) -> String {
        cut(&self.hide(text, false), LONGEST)
    }

    /// The same for the texts of a plan, which were refused at import when they named someone with
    /// a title, an address or a telephone: there, the capital that begins a sentence is the
    /// sentence's own, unless the word is a given name.
    pub(crate) fn clean_plan(&self, text: &str) -> String {
        cut(&self.hide(text, true), LONGEST_PLAN)
    }

    fn hide(&self, text: &str, sentences: bool) -> String {
        let mut out: Vec<String> = Vec::new();
        let mut announced = false;
        let mut head = sentences;
        for piece in without_telephones(&plain(text)).split_whitespace() {
            let begins = head && !is_given(piece);
            head = sentences && piece.ends_with(['.', '!', '?', ':', '«', '(', ';']);
            let cleaned = if begins && !announced && !is_address(piece) {
                piece.to_owned()
            } else {
                self.piece(piece, &mut announced)
            };
            if begins {
                announced = words(piece)
                    .last()
                    .is_some_and(|w| ANNOUNCE.contains(&w.to_lowercase().as_str()));
            }
            // Several hidden pieces in a row read as one.
            let again = cleaned == HIDDEN && out.last().is_some_and(|l| l == HIDDEN);
            if !again {
                out.push(cleaned);
            }
        }
        out.join(" ")
    }

    /// Whether a word counted over many answers may be printed alone: one that nobody wrote in
    /// lower case, or that was announced as a name, may be one.
    pub(crate) fn is_plain_word(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        !self.names.contains(&lower) && self.known.contains(&lower) && !is_address(word)
    }

    /// A piece of text between spaces, its names hidden; `announced` says whether the word before
    /// announces a name.
    fn piece(&self, piece: &str, announced: &mut bool) -> String {
        if piece == HIDDEN || is_address(piece) {
            *announced = false;
            return HIDDEN.to_owned();
        }
        let mut out = String::new();
        let mut rest = piece;
        while let Some(start) = rest.find(char::is_alphabetic) {
            let (before, tail) = rest.split_at(start);
            let end = tail
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(tail.len());
            let (word, after) = tail.split_at(end);
            out.push_str(before);
            let hidden = self.is_name(word, *announced);
            out.push_str(if hidden { HIDDEN } else { word });
            let lower = word.to_lowercase();
            // A first name is often followed by another.
            *announced = ANNOUNCE.contains(&lower.as_str()) || (hidden && *announced);
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// A capital and no trace of the word elsewhere; after « ma fille », any word that is not
    /// common.
    fn is_name(&self, word: &str, announced: bool) -> bool {
        let lower = word.to_lowercase();
        if self.names.contains(&lower) || (announced && !self.common.contains(&lower)) {
            return true;
        }
        let acronym = word.chars().all(char::is_uppercase) && ACRONYMS.contains(&lower.as_str());
        starts_upper(word) && !acronym && !self.known.contains(&lower)
    }
}

fn is_given(piece: &str) -> bool {
    words(piece).any(|w| GIVEN.contains(&w.to_lowercase().as_str()))
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
}

fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let head: String = text.chars().take(longest).collect();
    let whole = head.rsplit_once(' ').map_or(head.as_str(), |(h, _)| h);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    fn screen() -> NameScreen {
        let referentiel = parse("v1", embedded_v1()).expect("the référentiel");
        NameScreen::new(
            &referentiel,
            [
                "mon fils y va avec plaisir",
                "le bruit du soir",
                "la cantine, le script alert",
                "où est équipe mairie voir",
            ],
        )
    }

    #[test]
    fn persons_never_come_through() {
        let screen = screen();
        for (text, expected) in [
            ("Merci à Sandrine", "Merci à […]"),
            ("Léa et Enzo se disputent", "[…] et […] se disputent"),
            ("appelez le 06 12 34 56 78", "appelez le […]"),
            ("appelez le 0612345678 !", "appelez le […] !"),
            ("écrire à a.b@mairie.fr", "écrire à […]"),
            ("Jean-Baptiste crie", "[…]-[…] crie"),
            ("fermeture à 17h30, 2 fois", "fermeture à 17h30, 2 fois"),
            ("l'ALSH et le PEDT", "l'ALSH et le PEDT"),
            ("ma fille Léa pleure", "ma fille […] pleure"),
            ("ma fille léa pleure", "ma fille […] pleure"),
            ("mon fils lucas martin y va", "mon fils […] y va"),
            ("la petite lola dort", "la petite […] dort"),
            ("le petit déjeuner", "le petit déjeuner"),
            ("mon fils adore la cantine", "mon fils adore la cantine"),
            (
                "Mme dupont crie, M. MARTIN aussi",
                "Mme […] crie, M. […] aussi",
            ),
            ("LÉA et ENZO", "[…] et […]"),
            (
                "voir mairie-bourg.fr/equipe ou www.a.org",
                "voir […] ou […]",
            ),
            ("sandrine (at) mairie.fr", "sandrine […]"),
            ("+33 (0)6.12.34.56.78", "[…]"),
            ("٠٦١٢٣٤٥٦٧٨", "[…]"),
            (
                "<script>alert(1)</script> le bruit",
                "<script>alert(1)</script> le bruit",
            ),
            ("=HYPERLINK(\"http://x.fr\";\"le bruit\")", "[…] bruit\")"),
            ("plaisir\u{202e} 🎉 \u{7}!", "plaisir 🎉 !"),
        ] {
            assert_eq!(screen.clean(text), expected, "{text}");
        }
    }

    #[test]
    fn a_plan_keeps_its_verbs_and_no_name() {
        let screen = screen();
        for (text, expected) in [
            (
                "Décider qui fait quoi. Afficher la liste.",
                "Décider qui fait quoi. Afficher la liste.",
            ),
            (
                "Former l’équipe avec les CEMÉA",
                "Former l’équipe avec les CEMÉA",
            ),
            ("Sandrine fera le point", "[…] fera le point"),
            ("Voir avec Lenoir avant juin", "Voir avec […] avant juin"),
            ("Rencontrer Mme Durand", "Rencontrer Mme […]"),
            (
                "Impératif non atteint : niveau 3,0.",
                "Impératif non atteint : niveau 3,0.",
            ),
        ] {
            assert_eq!(screen.clean_plan(text), expected, "{text}");
        }
    }

    #[test]
    fn a_very_long_text_is_cut_between_words() {
        let long = "bruit ".repeat(2000);
        let said = screen().clean(&long);
        assert!(said.chars().count() <= LONGEST + 1 && said.ends_with("bruit…"));
    }
}
