//! A text cut into what says something of notes: lone numbers and letters, words, signs.

use crate::base::text::fold;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ScalePiece {
    /// One or two digits that stand alone.
    Number(String),
    /// A capital letter that stands alone.
    Letter(String),
    /// Words, folded, as far as they go.
    Words(String),
    /// `=` (also `→`), `:`, `–` (any dash), `(`, `)`, `/`, `%`, `…`, `>` and what else stands between.
    Sign(char),
}

impl ScalePiece {
    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }
}

/// Characters of the longest text that is read: a legend is no chapter.
const LONGEST: usize = 600;

/// « 1=++ », « 4 = -- »: signs after an equality say which way a level goes.
fn signed(text: &str) -> String {
    const SIGNS: [(&str, &str); 4] = [
        ("=++", "= très bien "),
        ("=+", "= bien "),
        ("=--", "= très mal "),
        ("=-", "= mal "),
    ];
    if !text.contains('=') {
        return text.to_owned();
    }
    let mut said = text.replace("= +", "=+").replace("= -", "=-");
    for (sign, words) in SIGNS {
        // « => », « =-> » are arrows.
        if !said.contains("->") {
            said = said.replace(sign, words);
        }
    }
    said
}

/// A face says which way a level goes.
fn faced(c: char) -> Vec<char> {
    let words = match c {
        '😀' | '😃' | '😄' | '😁' | '🙂' | '😊' | '☺' | '😍' | '👍' | '✅' => {
            " bien "
        }
        '🙁' | '☹' | '😞' | '😟' | '😠' | '😡' | '😢' | '😣' | '👎' | '❌' => {
            " mal "
        }
        _ => return vec![c],
    };
    words.chars().collect()
}

/// The pieces of a text. Dates, hours and decimal numbers are signs `?`: nothing is said by them.
pub(super) fn tokens(text: &str) -> Vec<ScalePiece> {
    let signed = signed(text);
    let chars: Vec<char> = signed.chars().take(LONGEST).flat_map(faced).collect();
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let end = match c {
            c if c.is_ascii_digit() => numeric_end(&chars, at),
            c if c.is_alphabetic() => words_end(&chars, at),
            _ => at + 1,
        };
        let piece: String = chars[at..end].iter().collect();
        match c {
            c if c.is_ascii_digit() && is_glued(&chars, at, end) => {
                marks.push(ScalePiece::Sign('?'));
            }
            c if c.is_ascii_digit() => numeric(&piece, &mut marks),
            c if c.is_alphabetic() => marks.extend(worded(&piece)),
            c if c.is_whitespace() => {}
            '→' | '⇒' => marks.push(ScalePiece::Sign('=')),
            '-' | '=' if chars.get(end) == Some(&'>') => {
                marks.push(ScalePiece::Sign('='));
                at = end + 1;
                continue;
            }
            '-' | '—' | '‑' | '–' => marks.push(ScalePiece::Sign('–')),
            '[' => marks.push(ScalePiece::Sign('(')),
            ']' => marks.push(ScalePiece::Sign(')')),
            c => marks.push(ScalePiece::Sign(c)),
        }
        at = end;
    }
    marks
}

/// Whether a number belongs to a code or a rank: « REL1FAM1 », « REL-1 », « 2e ».
fn is_glued(chars: &[char], from: usize, end: usize) -> bool {
    let before = |back: usize| from.checked_sub(back).and_then(|i| chars.get(i));
    let is_letter = |c: Option<&char>| c.is_some_and(|c| c.is_alphabetic());
    let is_joined = before(1) == Some(&'-') && is_letter(before(2));
    let after: String = chars[end..]
        .iter()
        .take_while(|c| c.is_alphabetic())
        .collect();
    // « 1er = le mieux » ranks a level.
    let is_rank = ["er", "re", "e", "eme", "ème"].contains(&after.as_str());
    is_letter(before(1)) || is_joined || is_letter(chars.get(end)) && !is_rank
}

/// Where a number ends, with what is written into it: « 12/05/2026 », « 8h30 », « 2,5 ».
fn numeric_end(chars: &[char], from: usize) -> usize {
    let mut end = from;
    while let Some(&c) = chars.get(end) {
        let joins = || {
            let joined = matches!(c, '.' | ',' | ':' | '/' | '-' | 'h' | '–');
            joined && chars.get(end + 1).is_some_and(char::is_ascii_digit)
        };
        if !c.is_ascii_digit() && !joins() {
            break;
        }
        end += 1;
    }
    end
}

/// Where words end: at the next number or sign; apostrophes and hyphens within words belong to them.
fn words_end(chars: &[char], from: usize) -> usize {
    let mut end = from;
    while let Some(&c) = chars.get(end) {
        let next = chars.get(end + 1);
        let goes_on = match c {
            c if c.is_alphabetic() => true,
            ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’' | '-' => {
                let is_word = next.is_some_and(|c| c.is_alphabetic());
                // A letter that stands for a level begins something else: « A = acquis B = en cours ».
                is_word && !(c.is_whitespace() && is_lone_letter(chars, end + 1))
            }
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// Whether a capital letter stands alone before an equality.
fn is_lone_letter(chars: &[char], at: usize) -> bool {
    let is_capital = chars.get(at).is_some_and(char::is_ascii_uppercase);
    let mut rest = chars[at + 1..].iter().skip_while(|c| c.is_whitespace());
    is_capital && matches!(rest.next(), Some('=' | '→' | ':'))
}

fn worded(piece: &str) -> Option<ScalePiece> {
    const ROMANS: [&str; 4] = ["I", "II", "III", "IV"];
    if ["er", "re", "e", "eme", "ème"].contains(&piece) {
        return None;
    }
    if let Some(rank) = ROMANS.iter().position(|roman| *roman == piece) {
        return Some(ScalePiece::Number((rank + 1).to_string()));
    }
    let is_letter = piece.chars().count() == 1 && piece.chars().all(|c| c.is_ascii_uppercase());
    Some(if is_letter {
        ScalePiece::Letter(piece.to_owned())
    } else {
        let folded = fold(piece);
        ScalePiece::Words(unverbed(&folded).to_owned())
    })
}

/// Without the verb by which a text says what a number is: « est la meilleure note ».
fn unverbed(words: &str) -> &str {
    const VERBS: [&str; 9] = [
        "veut dire ",
        "est ",
        "etant ",
        "pour ",
        "signifie ",
        "vaut ",
        "correspond a ",
        "equivaut a ",
        "c est ",
    ];
    VERBS
        .iter()
        .find_map(|verb| words.strip_prefix(verb))
        .unwrap_or(words)
}

/// A number of a text: alone, a range (« 0-10 »), a share (« 3/5 », of which the whole counts), or a date.
fn numeric(piece: &str, marks: &mut Vec<ScalePiece>) {
    let is_short = |text: &str| text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    if is_short(piece) {
        marks.push(ScalePiece::Number(piece.to_owned()));
        return;
    }
    if let Some((low, high)) = piece.split_once(['-', '–'])
        && is_short(low)
        && is_short(high)
    {
        marks.push(ScalePiece::Number(low.to_owned()));
        marks.push(ScalePiece::Sign('–'));
        marks.push(ScalePiece::Number(high.to_owned()));
        return;
    }
    marks.push(ScalePiece::Sign('?'));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_what_speaks_of_notes() {
        let number = |n: &str| ScalePiece::Number(n.to_owned());
        let words = |w: &str| ScalePiece::Words(w.to_owned());
        assert_eq!(
            tokens("1 = Tout à fait d’accord ; 4->KO"),
            [
                number("1"),
                ScalePiece::Sign('='),
                words("tout a fait d accord"),
                ScalePiece::Sign(';'),
                number("4"),
                ScalePiece::Sign('='),
                words("ko"),
            ]
        );
        assert_eq!(
            tokens("12/05/2026 8h30 2,5"),
            vec![ScalePiece::Sign('?'); 3]
        );
        assert_eq!(
            tokens("A = acquis B = en cours"),
            [
                ScalePiece::Letter("A".to_owned()),
                ScalePiece::Sign('='),
                words("acquis"),
                ScalePiece::Letter("B".to_owned()),
                ScalePiece::Sign('='),
                words("en cours"),
            ]
        );
        assert_eq!(
            tokens("0-10"),
            [number("0"), ScalePiece::Sign('–'), number("10")]
        );
    }
}
