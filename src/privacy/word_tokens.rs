//! A text as words to look at: folded, with what their writing says (a capital, the head of a
//! sentence, a dot behind).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What the writing of a word says.
#[derive(Debug, Clone, Copy)]
enum Mark {
    /// Digits only.
    Number,
    /// It begins with a capital.
    Capital,
    /// Two letters or more, all capitals.
    Shouted,
    /// It begins a sentence, a line or a quotation.
    Head,
    /// A dot, a star or dots of suspension stand right behind.
    Dotted,
    /// It is tied to the one before: « l’animatrice », « Jean-Marc ».
    Tied,
    /// A comma, a bracket or a dash stands before.
    Apart,
    /// It bears an accent: « à » is no « a ».
    Accented,
}

/// A word or a number of a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Token {
    /// Lower case, without accents; digits for a number.
    pub(super) fold: String,
    /// Rank of its sentence.
    pub(super) sentence: usize,
    marks: u8,
}

impl Token {
    fn has(&self, mark: Mark) -> bool {
        self.marks & (1 << mark as u8) != 0
    }

    fn set(&mut self, mark: Mark, is: bool) {
        self.marks |= u8::from(is) << mark as u8;
    }

    /// Digits only.
    pub(super) fn number(&self) -> bool {
        self.has(Mark::Number)
    }

    /// It begins with a capital.
    pub(super) fn capital(&self) -> bool {
        self.has(Mark::Capital)
    }

    /// Two letters or more, all capitals.
    pub(super) fn shouted(&self) -> bool {
        self.has(Mark::Shouted)
    }

    /// It begins a sentence, a line or a quotation.
    pub(super) fn head(&self) -> bool {
        self.has(Mark::Head)
    }

    /// A dot, a star or dots of suspension stand right behind.
    pub(super) fn dotted(&self) -> bool {
        self.has(Mark::Dotted)
    }

    /// It is tied to the one before: « l’animatrice », « Jean-Marc ».
    pub(super) fn tied(&self) -> bool {
        self.has(Mark::Tied)
    }

    /// It bears an accent: « à » is no « a ».
    pub(super) fn accented(&self) -> bool {
        self.has(Mark::Accented)
    }

    /// A comma, a bracket or a dash stands before.
    pub(super) fn apart(&self) -> bool {
        self.has(Mark::Apart)
    }
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
            if self.letters > 0 && self.word.number() != digit {
                self.end_word();
                self.tied = true;
            }
            if self.letters == 0 {
                self.begin(c, digit);
            }
            self.letters += 1;
            self.capitals += usize::from(c.is_uppercase());
            self.word.set(Mark::Accented, !c.is_ascii());
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
            sentence: self.sentence,
            ..Token::default()
        };
        self.word.set(Mark::Number, digit);
        self.word.set(Mark::Capital, c.is_uppercase());
        self.word.set(Mark::Head, self.head);
        self.word.set(Mark::Tied, self.tied);
        self.word.set(Mark::Apart, self.apart);
        (self.head, self.tied, self.apart) = (false, false, false);
    }

    /// What stands between two words.
    fn mark(&mut self, c: char, after_word: bool) {
        match c {
            '\'' | '’' | 'ʼ' | '`' | '´' | '-' | '‑' | '‐' | '_' if after_word => {
                self.tied = true;
            }
            '.' | '…' | '*' => {
                if let Some(last) = self.done.last_mut().filter(|_| after_word) {
                    last.set(Mark::Dotted, true);
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
        let shouted = self.letters > 1 && self.capitals == self.letters;
        self.word.set(Mark::Shouted, shouted);
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
        assert!(found[1].tied() && !found[1].capital() && found[2].head() && found[2].capital());
        assert!(found[3].dotted() && !found[4].head() && found[7].tied() && found[8].head());
        assert!(found[9].shouted() && found[10].number() && found[10].tied());
        assert_eq!(found[8].sentence, 1);
    }
}
