//! A text as words to look at: folded, with what their writing says (a capital, the head of a
//! sentence, a dot behind).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word or a number of a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Token {
    /// Lower case, without accents; digits for a number.
    pub(super) fold: String,
    /// Digits only.
    pub(super) number: bool,
    /// It begins with a capital.
    pub(super) capital: bool,
    /// Two letters or more, all capitals.
    pub(super) shouted: bool,
    /// It begins a sentence, a line or a quotation.
    pub(super) head: bool,
    /// A dot, a star or dots of suspension stand right behind.
    pub(super) dotted: bool,
    /// It is tied to the one before: « l’animatrice », « Jean-Marc ».
    pub(super) tied: bool,
    /// A comma, a bracket or a dash stands before.
    pub(super) apart: bool,
    /// Rank of its sentence.
    pub(super) sentence: usize,
}

/// Words and numbers of a text that `plain` has made plain.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader {
        head: true,
        ..Reader::default()
    };
    for c in text.chars() {
        reader.push(c);
    }
    reader.end_word();
    reader.done
}

/// Lower case, without accents, ligatures opened.
pub(super) fn fold_word(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        push_folded(c, &mut out);
    }
    out
}

fn push_folded(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    match c {
        'œ' | 'Œ' => out.push_str("oe"),
        'æ' | 'Æ' => out.push_str("ae"),
        c => {
            let base = c.nfd().filter(|c| !is_combining_mark(*c));
            out.extend(base.flat_map(char::to_lowercase));
        }
    }
}

#[derive(Default)]
struct Reader {
    done: Vec<Token>,
    word: Token,
    letters: usize,
    capitals: usize,
    head: bool,
    tied: bool,
    apart: bool,
    sentence: usize,
}

impl Reader {
    fn push(&mut self, c: char) {
        let digit = c.is_numeric();
        if c.is_alphabetic() || digit {
            if self.letters > 0 && self.word.number != digit {
                self.end_word();
                self.tied = true;
            }
            if self.letters == 0 {
                self.begin(c, digit);
            }
            self.letters += 1;
            self.capitals += usize::from(c.is_uppercase());
            push_folded(c, &mut self.word.fold);
            return;
        }
        // An accent alone belongs to the letter before.
        if is_combining_mark(c) {
            return;
        }
        let was_word = self.letters > 0;
        self.end_word();
        self.mark(c, was_word);
    }

    fn begin(&mut self, c: char, digit: bool) {
        self.word = Token {
            number: digit,
            capital: c.is_uppercase(),
            head: self.head,
            tied: self.tied,
            apart: self.apart,
            sentence: self.sentence,
            ..Token::default()
        };
        (self.head, self.tied, self.apart) = (false, false, false);
    }

    /// What stands between two words.
    fn mark(&mut self, c: char, after_word: bool) {
        match c {
            '\'' | '’' | 'ʼ' | '`' | '´' | '-' | '‑' | '‐' | '_' if after_word => {
                self.tied = true
            }
            '.' | '…' | '*' => {
                if let Some(last) = self.done.last_mut().filter(|_| after_word) {
                    last.dotted = true;
                }
                let short = self.done.last().is_none_or(is_shortened);
                if !(c == '*' || after_word && short) {
                    self.end_sentence();
                }
                self.tied = false;
            }
            '!' | '?' | ';' | '\n' => self.end_sentence(),
            ':' | '«' | '“' | '"' | '(' | '[' | '•' | '–' | '—' | '-' => {
                (self.head, self.apart, self.tied) = (true, true, false);
            }
            ',' | ')' | '/' | '»' | '”' => (self.apart, self.tied) = (true, false),
            _ => self.tied = false,
        }
    }

    fn end_sentence(&mut self) {
        self.sentence += 1;
        (self.head, self.apart, self.tied) = (true, true, false);
    }

    fn end_word(&mut self) {
        if self.letters == 0 {
            return;
        }
        self.word.shouted = self.letters > 1 && self.capitals == self.letters;
        self.done.push(std::mem::take(&mut self.word));
        (self.letters, self.capitals) = (0, 0);
    }
}

/// A dot behind these ends no sentence: « M. », « Mme. », « le petit T. ».
fn is_shortened(token: &Token) -> bool {
    let short = [
        "mr", "mme", "mlle", "mm", "dr", "me", "st", "ste", "av", "bd", "tel",
    ];
    token.fold.chars().count() == 1 || short.contains(&token.fold.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_their_writing_kept() {
        let found = tokens("L’été, « Théo » M. est à Jean-Marc. Ok CM2");
        let words: Vec<&str> = found.iter().map(|t| t.fold.as_str()).collect();
        assert_eq!(
            words,
            [
                "l", "ete", "theo", "m", "est", "a", "jean", "marc", "ok", "cm", "2"
            ]
        );
        assert!(found[1].tied && !found[1].capital && found[2].head && found[2].capital);
        assert!(found[3].dotted && !found[4].head && found[7].tied && found[8].head);
        assert!(found[9].shouted && found[10].number && found[10].tied);
        assert_eq!(found[8].sentence, 1);
    }
}
