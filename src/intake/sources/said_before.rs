//! What people said once of the answers of a form, held against each file that comes in that form: the same
//! questions may be asked again on another scale, and what is kept by form must not be taken for it.

use std::collections::BTreeMap;

use super::correspondence::{Correspondence, MappedWord};
use super::level_definitions::definitions;
use super::level_words::{half, side};
use super::other_numbers::{is_number, is_of_another_scale};
use super::said_tokens::tokens;
use crate::base::sheets::Sheet;
use crate::base::text::fold;
use crate::vocabulary::referentiel::Scale;

/// Digits of a file from which a scale whose best nobody chose is doubtful.
const MANY: usize = 12;

/// Whether a text says of a code the contrary of what people said of it: « A = très bien », where A was said to
/// be the lowest.
pub(super) fn contradicts(text: &str, kept: &Correspondence, scale: &Scale) -> bool {
    let worth = |code: &str| {
        let own = kept
            .words
            .iter()
            .filter(|w| w.confirmed && w.question.is_empty() && w.is_of_scale(&scale.code));
        let mut own = own.filter(|w| fold(&w.written) == fold(code));
        let said = own.next()?;
        let at = scale.modalities.iter().position(|m| m.code == said.worth)?;
        half(scale, at)
    };
    let differs = |code: &str, words: &str| {
        let (said, kept) = (side(words), worth(code));
        said.is_some() && kept.is_some() && said != kept
    };
    let folded = format!(" {} ", fold(text));
    let worded = kept
        .words
        .iter()
        .filter(|w| w.confirmed && w.question.is_empty() && w.is_of_scale(&scale.code));
    let mut worded = worded.filter_map(|w| Some((w, said_of(&folded, &fold(&w.written))?)));
    if worded.any(|(w, words)| differs(&w.written, &words)) {
        return true;
    }
    let defined = definitions(&tokens(text), true);
    defined.iter().any(|d| differs(&d.code, &d.words))
        || bracketed(text).any(|(code, words)| differs(code, words))
}

/// What a text says of a word: « Oui = à améliorer », « répondre oui si vous n’êtes pas d’accord ».
fn said_of(folded: &str, word: &str) -> Option<String> {
    const MARKS: [&str; 5] = ["=", " =", " :", ":", " si "];
    let after = MARKS.iter().find_map(|mark| {
        let (_, after) = folded.split_once(&format!(" {word}{mark}"))?;
        Some(after)
    })?;
    let words = after.split([',', ';', '.', '/']).next()?.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

/// « A (le mieux) à D (le moins bien) »: what stands before each parenthesis, and in it.
fn bracketed(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts = text.split('(').zip(text.split('(').skip(1));
    parts.filter_map(|(before, inside)| {
        let code = before.split_whitespace().next_back()?;
        Some((code, inside.split(')').next()?))
    })
}

/// Codes that stand beside what they mean, one a line, on a sheet of its own.
pub(super) fn codes_beside(sheet: &Sheet) -> Vec<String> {
    const LONGEST: usize = 2;
    let pairs = sheet.rows.iter().flat_map(|r| r.cells.windows(2));
    let pairs = pairs.map(|two| (two[0].value.text(), two[1].value.text()));
    pairs
        .filter(|(code, words)| code.chars().count() <= LONGEST && words.chars().count() > LONGEST)
        .map(|(code, words)| format!("{code} = {words}"))
        .collect()
}

/// Whether a word is one that people said the worth of, and no number.
pub(super) fn is_said_code(word: &str, kept: &Correspondence) -> bool {
    const LONGEST: usize = 2;
    !is_number(word)
        && word.chars().count() <= LONGEST
        && kept
            .words
            .iter()
            .any(|w| w.confirmed && fold(&w.written) == fold(word))
}

/// The question under which the digits of a file are to be said again, where what was said of this form is said
/// of others: some of its digits never were, or all are of the scale while those that were went beyond.
///
/// `digits`: how often each stands in the file; `unsaid`: whether a digit is said of none of its columns.
pub(super) fn other_range(
    digits: &BTreeMap<&String, usize>,
    kept: &Correspondence,
    unsaid: &dyn Fn(&str) -> bool,
    scale: &Scale,
) -> Option<String> {
    let said = digits.keys().filter(|d| !unsaid(d));
    let plain = |d: &str| kept.worth("", d).is_none_or(|worth| worth == d);
    let is_turned = |d: &str| kept.words.iter().any(|w| turns_digit(w, d));
    // What is worth itself says nothing of the others.
    let is_turned = digits.keys().any(|d| is_turned(d));
    if !is_turned && (said.clone().count() == 0 || said.clone().all(|d| plain(d))) {
        return None;
    }
    let has_new = is_turned || digits.keys().any(|d| unsaid(d));
    let of_others = |d: &str| is_of_another_scale(d, scale);
    let went_beyond =
        (kept.words.iter()).any(|w| w.confirmed && is_number(&w.written) && of_others(&w.written));
    let stays = !digits.keys().any(|d| of_others(d));
    let many = digits.values().sum::<usize>() >= MANY;
    let is_other = has_new || went_beyond && stays && many;
    if !is_other {
        return None;
    }
    let mut values: Vec<(f64, &str)> = (digits.keys())
        .filter_map(|d| Some((d.replace(',', ".").parse().ok()?, d.as_str())))
        .collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (least, most) = (values.first()?.1, values.last()?.1);
    Some(format!("réponses de {least} à {most}"))
}

/// « 4 - Pas du tout d’accord », said to be worth 1: a bare 4 beside it is worth what nobody said.
fn turns_digit(said: &MappedWord, digit: &str) -> bool {
    let rest = said.written.trim().strip_prefix(digit);
    let follows = rest.map(|r| {
        r.trim_start()
            .starts_with(['-', '–', '—', ':', '.', ')', '='])
    });
    let is_worded = rest.is_some_and(|r| r.chars().any(char::is_alphabetic));
    said.confirmed && follows == Some(true) && is_worded && said.worth != digit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    fn kept(words: &[(&str, &str)]) -> Correspondence {
        let said = words.iter().map(|(written, worth)| MappedWord {
            worth: (*worth).to_owned(),
            confirmed: true,
            ..MappedWord::awaited("", (*written).to_owned())
        });
        Correspondence {
            words: said.collect(),
            ..Correspondence::default()
        }
    }

    fn range(file: &[&str], kept: &Correspondence) -> Option<String> {
        let r = parse("v1", embedded_v1()).expect("the référentiel");
        let scale = &r.scales[r.elements[r.element("REL-1-FAM-1").expect("one")].scale];
        let all: Vec<String> = file.iter().map(|d| (*d).to_owned()).collect();
        let digits = all.iter().map(|d| (d, 5)).collect();
        other_range(&digits, kept, &|d| kept.worth("", d).is_none(), scale)
    }

    #[test]
    fn what_was_said_of_ten_levels_is_not_said_of_four() {
        let ten = kept(&[("0", "1"), ("3", "2"), ("7", "3"), ("10", "4")]);
        assert_eq!(range(&["0", "3", "7", "10"], &ten), None);
        let again = Some("réponses de 1 à 4".to_owned());
        assert_eq!(range(&["1", "2", "3", "4"], &ten), again);
        let five = kept(&[("1", "1"), ("2", "2"), ("3", "NSP"), ("4", "3"), ("5", "4")]);
        assert_eq!(range(&["1", "2", "3", "4", "5"], &five), None);
        assert_eq!(range(&["1", "2", "3", "4"], &five), again);
        // What is worth itself may be beside anything.
        assert_eq!(range(&["1", "2", "4"], &kept(&[("1", "1")])), None);
        let worded = kept(&[("4 - Pas du tout d’accord", "1")]);
        assert_eq!(range(&["1", "2", "3", "4"], &worded), again);
    }

    #[test]
    fn a_legend_against_what_was_said_of_letters_is_seen() {
        let r = parse("v1", embedded_v1()).expect("the référentiel");
        let scale = &r.scales[r.elements[r.element("REL-1-FAM-1").expect("one")].scale];
        let low = kept(&[("A", "1"), ("D", "4")]);
        let text = "A = très bien, B = bien, C = moyen, D = mauvais";
        assert!(contradicts(text, &low, scale));
        assert!(contradicts("A (le mieux) à D (le moins bien)", &low, scale));
        assert!(!contradicts(text, &kept(&[("A", "4"), ("D", "1")]), scale));
        let yes = kept(&[("Oui", "4"), ("Non", "1")]);
        assert!(contradicts(
            "Oui = à améliorer, Non = rien à changer",
            &yes,
            scale
        ));
        assert!(contradicts(
            "Répondre oui si vous n’êtes pas d’accord",
            &yes,
            scale
        ));
        assert!(!contradicts(
            "Oui : tout à fait, Non : pas du tout",
            &yes,
            scale
        ));
        assert!(!contradicts(
            "Merci de répondre avant le 4 juin",
            &low,
            scale
        ));
    }
}
