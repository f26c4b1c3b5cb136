//! Élément codes in headings, as every tool bends them: without hyphens, in brackets, behind a
//! group's path, before the question.

use super::heading::{asked_why, comment_stem};
use crate::base::text::fold;
use crate::intake::sources::shown_title;
use crate::vocabulary::referentiel::{Element, Referentiel};

/// The code that a heading carries: `REL-1-FAM-1`, `REL1FAM1`, `FAM[REL1FAM1]`, `FAM_REL1FAM1`,
/// or a code followed by a separator and the question.
pub(super) fn element_code(heading: &str, referentiel: &Referentiel) -> Option<usize> {
    let heading = heading.trim();
    if let Some(found) = referentiel.element(heading).filter(|_| heading.len() <= 20) {
        return Some(found);
    }
    let bracketed = heading
        .split_once('[')
        .and_then(|(_, rest)| rest.split_once(']'))
        .map(|(code, _)| code);
    let prefixed = heading.rsplit_once('_').map(|(_, code)| code);
    let first = heading.split([' ', '.', ':', '\u{a0}', '\n', '[']).next();
    // A group's path before the name: `visite/REL1OBS2` (Kobo), `visite-REL1OBS2` (ODK).
    let grouped = heading.rsplit(['/', '-']).next();
    let path = heading.rsplit_once('/').map(|(_, name)| name);
    let found = [bracketed, prefixed, first, path, grouped]
        .into_iter()
        .flatten()
        .filter(|c| c.len() >= 7 && c.len() <= 20)
        .find_map(|code| Some((code, referentiel.element(code)?)));
    let (code, element) = found?;
    (!qualifies(heading, code)).then_some(element)
}

/// « INC-4-FAM-2 (recodé) », « REL-1-FAM-1 avant », « REL-1-FAM-1.1 »: a word or two after a code make it a
/// column made from another, or of something else; the words of a question are more.
fn qualifies(heading: &str, code: &str) -> bool {
    const FEW: usize = 2;
    const USUAL: [&str; 9] = [
        "obligatoire",
        "imperatif",
        "note",
        "reponse",
        "response",
        "valeur",
        "niveau",
        "x",
        "obs",
    ];
    let Some((before, after)) = heading.split_once(code) else {
        return false;
    };
    let after = fold(after);
    let words: Vec<&str> = after
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let is_usual = words.iter().all(|w| USUAL.contains(w));
    before.trim().is_empty() && !words.is_empty() && words.len() <= FEW && !is_usual
}

/// Whether a text has the shape of an élément's code, `AAA-1-BBB-2`, known or not.
pub(super) fn looks_like_code(text: &str) -> bool {
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let bytes = plain.as_bytes();
    let shape = |i: usize, digit: bool| {
        bytes.get(i).is_some_and(|b| {
            if digit {
                b.is_ascii_digit()
            } else {
                b.is_ascii_alphabetic()
            }
        })
    };
    text.len() <= 14
        && (8..=10).contains(&bytes.len())
        && (0..3).all(|i| shape(i, false))
        && shape(3, true)
        && shape(bytes.len() - 1, true)
        && plain.chars().filter(char::is_ascii_alphabetic).count() == 6
}

/// Whether a heading is a comment on an élément, and on which.
pub(super) fn comment_code(heading: &str, referentiel: &Referentiel) -> Option<usize> {
    if let Some(found) = asked_why(heading).and_then(|code| referentiel.element(code)) {
        return Some(found);
    }
    let stem = comment_stem(heading)?;
    let last = last_part(&stem);
    let dashed = last.replace(' ', "-");
    [stem.as_str(), last, &dashed]
        .into_iter()
        .find_map(|text| element_code(text, referentiel))
}

/// What is said where a code stands beside the words of another élément.
pub(super) fn contradicted(code: &str, words: &Element) -> String {
    format!(
        "le code {code} est à côté des mots de {} : « {} ».",
        words.code,
        shown_title(&words.label)
    )
}

/// A group's path before a name: « visite/structure », « g1/structure ».
pub(super) fn last_part(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key).trim()
}

#[cfg(test)]
mod tests {
    use super::{looks_like_code, qualifies};

    #[test]
    fn a_word_after_a_code_makes_it_another_column() {
        let code = "REL-1-FAM-1";
        for heading in [
            "REL-1-FAM-1 (recodé)",
            "REL-1-FAM-1 rec",
            "REL-1-FAM-1.1",
            "REL-1-FAM-1 avant",
            "REL-1-FAM-1 A06",
        ] {
            assert!(qualifies(heading, code), "{heading}");
        }
        for heading in [
            "REL-1-FAM-1",
            "REL-1-FAM-1 Mon enfant est attendu et salué",
            "REL-1-FAM-1 *",
            "REL-1-FAM-1 (obligatoire)",
        ] {
            assert!(!qualifies(heading, code), "{heading}");
        }
    }

    #[test]
    fn the_shape_of_a_code() {
        for text in ["REL-9-OBS-1", "rel9obs12", "ZZZ-1-FAM-3"] {
            assert!(looks_like_code(text), "{text}");
        }
        for text in ["Structure", "REL-2", "Accueil 2026", "Q1"] {
            assert!(!looks_like_code(text), "{text}");
        }
    }
}
