//! Marks within what was typed: `**gras**`, `*italique*`, `__gras__`, `_italique_`, « [à compléter] ». A mark that is not
//! closed, or that stands inside a word (`nom_de_fichier`), is what was typed. `\*` is a star.

use super::written_text::WrittenSpan;
use crate::base::text::fold;

/// Longest words between two marks, in characters.
const LONGEST: usize = 2_000;
/// What begins a place that is still to be written.
const MISSING: &str = "a completer";

/// Words of a line or of several, by their looks.
pub(super) fn read_marks(typed: &str) -> Vec<WrittenSpan> {
    let mut reader = MarkReader {
        chars: typed.chars().collect(),
        spans: Vec::new(),
    };
    reader.read(0, reader.chars.len(), false, false);
    reader.spans
}

struct MarkReader {
    chars: Vec<char>,
    spans: Vec<WrittenSpan>,
}

impl MarkReader {
    /// Reads from a place to another, in a look.
    fn read(&mut self, from: usize, to: usize, bold: bool, italic: bool) {
        let mut at = from;
        while at < to {
            let c = self.chars[at];
            if c == '\\' && self.chars.get(at + 1) == Some(&'*') && at + 1 < to {
                self.push('*', bold, italic);
                at += 2;
                continue;
            }
            if let Some(end) = (c == '[').then(|| self.missing_end(at, to)).flatten() {
                let text: String = self.chars[at..end].iter().collect();
                self.spans.push(WrittenSpan {
                    text,
                    bold,
                    italic,
                    missing: true,
                });
                at = end;
                continue;
            }
            if let Some(marked) = self.marked(at, to) {
                let bold = bold || marked.width >= 2;
                let italic = italic || marked.width != 2;
                self.read(at + marked.width, marked.close, bold, italic);
                at = marked.close + marked.width;
                continue;
            }
            // A run of marks that opens nothing is read whole: `** ` is no `*` twice.
            let run = if matches!(c, '*' | '_') {
                self.run(at, to)
            } else {
                1
            };
            for _ in 0..run {
                self.push(c, bold, italic);
            }
            at += run;
        }
    }

    fn push(&mut self, c: char, bold: bool, italic: bool) {
        match self.spans.last_mut() {
            Some(last) if !last.missing && last.bold == bold && last.italic == italic => {
                last.text.push(c);
            }
            _ => self.spans.push(WrittenSpan {
                text: c.to_string(),
                bold,
                italic,
                missing: false,
            }),
        }
    }

    /// How many of the same mark follow each other.
    fn run(&self, at: usize, to: usize) -> usize {
        let mark = self.chars[at];
        self.chars[at..to]
            .iter()
            .take_while(|c| **c == mark)
            .count()
    }

    /// What a mark opens: the same mark closes it, after something that is no space and before no letter.
    fn marked(&self, at: usize, to: usize) -> Option<MarkedWords> {
        let mark = self.chars[at];
        if !matches!(mark, '*' | '_') {
            return None;
        }
        let width = self.run(at, to);
        let after = self.chars.get(at + width)?;
        let is_inside = mark == '_' && at > 0 && self.chars[at - 1].is_alphanumeric();
        if width > 3 || at + width >= to || after.is_whitespace() || is_inside {
            return None;
        }
        let to = to.min(at + LONGEST);
        let mut close = at + width;
        while close < to {
            if self.chars[close] == '\\' {
                close += 2;
                continue;
            }
            if self.chars[close] != mark {
                close += 1;
                continue;
            }
            let run = self.run(close, to);
            let is_before_letter = mark == '_'
                && self
                    .chars
                    .get(close + run)
                    .is_some_and(|c| c.is_alphanumeric());
            let follows_space = self.chars[close - 1].is_whitespace();
            if run == width && !follows_space && !is_before_letter {
                return Some(MarkedWords { width, close });
            }
            close += run;
        }
        None
    }

    /// Where « [à compléter…] » ends, whatever its accents and its case.
    fn missing_end(&self, at: usize, to: usize) -> Option<usize> {
        let to = to.min(at + LONGEST);
        let close = self.chars[at..to].iter().position(|c| *c == ']')? + at;
        let said: String = self.chars[at + 1..close].iter().collect();
        let is_one_line = !said.contains('\n');
        (is_one_line && fold(&said).starts_with(MISSING)).then_some(close + 1)
    }
}

/// Words between two marks.
struct MarkedWords {
    /// Marks on each side.
    width: usize,
    /// Where the closing ones begin.
    close: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(typed: &str) -> String {
        let spans = read_marks(typed);
        let look = |s: &WrittenSpan| match (s.missing, s.bold, s.italic) {
            (true, ..) => format!("?{}?", s.text),
            (_, true, true) => format!("BI({})", s.text),
            (_, true, _) => format!("B({})", s.text),
            (_, _, true) => format!("I({})", s.text),
            _ => s.text.clone(),
        };
        spans.iter().map(look).collect()
    }

    #[test]
    fn marks_that_close_are_looks_and_others_are_what_was_typed() {
        let cases = [
            ("du **gras** ici", "du B(gras) ici"),
            ("de l’*italique*.", "de l’I(italique)."),
            ("__gras__ et _italique_", "B(gras) et I(italique)"),
            ("***les deux***", "BI(les deux)"),
            (
                "**gras et *italique* dedans**",
                "B(gras et )BI(italique)B( dedans)",
            ),
            ("3 * 4 * 5", "3 * 4 * 5"),
            ("**non fermé", "**non fermé"),
            ("** espace **", "** espace **"),
            ("un_nom_de_fichier.txt", "un_nom_de_fichier.txt"),
            ("C:\\dossier\\*", "C:\\dossier*"),
            ("\\*pas d’italique\\*", "*pas d’italique*"),
            ("a*b", "a*b"),
            ("****", "****"),
            (
                "[un lien](https://exemple.fr)",
                "[un lien](https://exemple.fr)",
            ),
            ("<b>balise</b> & reste", "<b>balise</b> & reste"),
        ];
        for (typed, wanted) in cases {
            assert_eq!(told(typed), wanted, "{typed}");
        }
    }

    #[test]
    fn what_is_left_to_write_is_told_whatever_its_accents() {
        assert_eq!(told("a été [à compléter]."), "a été ?[à compléter]?.");
        assert_eq!(
            told("[A COMPLETER : le nombre]"),
            "?[A COMPLETER : le nombre]?"
        );
        assert_eq!(told("[à compléter"), "[à compléter");
        assert_eq!(told("**[À compléter]**"), "?[À compléter]?");
    }
}
