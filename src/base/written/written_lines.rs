//! Lines that were typed, as headings, lists and paragraphs.
//!
//! A blank line parts two paragraphs; a line within one stays a line, as it was seen when it was typed. `#` and `##` are a
//! heading, `###` and more one under it. `-`, `*`, `+` or `•` and a space begin an item, as one or two digits with `.` or
//! `)` do; an item further right stands under the one before it. Tables, quotes, links, code and tags are no part of it:
//! they stay as they were typed.

use super::written_marks::read_marks;
use super::written_text::{HandwrittenList, WrittenBlock, WrittenItem, WrittenText};

impl WrittenText {
    /// Reads what was typed.
    pub fn read(typed: &str) -> Self {
        Self {
            blocks: read_lines(typed),
        }
    }
}

/// Blocks of what was typed.
pub(super) fn read_lines(typed: &str) -> Vec<WrittenBlock> {
    let mut reader = TypedLines::default();
    let mut rest = typed;
    while !rest.is_empty() {
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        reader.line(&rest[..end]);
        let ended = &rest[end..];
        let skipped = if ended.starts_with("\r\n") {
            2
        } else {
            ended.len().min(1)
        };
        rest = &ended[skipped..];
    }
    reader.close();
    reader.blocks
}

#[derive(Default)]
struct TypedLines {
    blocks: Vec<WrittenBlock>,
    /// Lines of the paragraph in the making.
    paragraph: Vec<String>,
    /// Items of the list in the making.
    items: Vec<TypedItem>,
    /// Whether a blank line came since the last item.
    is_parted: bool,
    /// Whether a heading of rank 1 came.
    has_heading: bool,
}

/// An item as it was typed.
struct TypedItem {
    /// Columns before it.
    indent: usize,
    /// Its number; none for a bullet.
    number: Option<u32>,
    /// Its lines.
    text: String,
}

impl TypedLines {
    fn line(&mut self, line: &str) {
        let line = line.trim_end();
        if line.is_empty() {
            self.end_paragraph();
            self.is_parted = true;
            return;
        }
        if let Some((depth, words)) = heading(line) {
            self.close();
            // A heading of rank 2 stands under one of rank 1.
            let depth = if self.has_heading { depth } else { 1 };
            self.has_heading = true;
            let spans = read_marks(words);
            self.blocks.push(WrittenBlock::Heading { depth, spans });
            return;
        }
        if let Some(item) = item(line) {
            self.end_paragraph();
            self.items.push(item);
            self.is_parted = false;
            return;
        }
        let goes_on = line.starts_with([' ', '\t']) && !self.is_parted;
        if let Some(last) = self.items.last_mut().filter(|_| goes_on) {
            last.text.push('\n');
            last.text.push_str(line.trim_start());
        } else {
            self.end_list();
            self.paragraph.push(unescaped(line).to_owned());
        }
    }

    fn close(&mut self) {
        self.end_paragraph();
        self.end_list();
    }

    fn end_paragraph(&mut self) {
        if !self.paragraph.is_empty() {
            let spans = read_marks(&self.paragraph.join("\n"));
            self.blocks.push(WrittenBlock::Paragraph { spans });
            self.paragraph.clear();
        }
    }

    fn end_list(&mut self) {
        let items = std::mem::take(&mut self.items);
        let mut lists: Vec<HandwrittenList> = Vec::new();
        let margin = items.first().map_or(0, |item| item.indent);
        for typed in items {
            let is_under = typed.indent >= margin + 2;
            let above = lists.last_mut().and_then(|list| list.items.last_mut());
            match above.filter(|_| is_under) {
                Some(above) => put(&mut above.under, &typed),
                None => put(&mut lists, &typed),
            }
        }
        self.blocks
            .extend(lists.into_iter().map(WrittenBlock::List));
        self.is_parted = false;
    }
}

/// Puts an item at the end of the last list, or begins one: of another kind, or whose number does not follow.
fn put(lists: &mut Vec<HandwrittenList>, typed: &TypedItem) {
    let item = WrittenItem {
        spans: read_marks(&typed.text),
        under: Vec::new(),
    };
    let follows = |list: &HandwrittenList| match (list.first, typed.number) {
        (None, None) => true,
        // « 1. 1. 1. » is numbered by who reads it.
        (Some(first), Some(number)) => {
            number == first + list.items.len() as u32 || (first, number) == (1, 1)
        }
        _ => false,
    };
    match lists.last_mut().filter(|list| follows(list)) {
        Some(list) => list.items.push(item),
        None => lists.push(HandwrittenList {
            first: typed.number,
            items: vec![item],
        }),
    }
}

/// The rank of a heading and its words.
fn heading(line: &str) -> Option<(u8, &str)> {
    let marks = line.bytes().take_while(|b| *b == b'#').count();
    let words = line.get(marks..)?.strip_prefix([' ', '\t'])?.trim();
    let bare = words.trim_end_matches('#');
    // « # Titre # » closes; « C# » is a word.
    let words = if bare.ends_with(' ') {
        bare.trim_end()
    } else {
        words
    };
    let is_heading = (1..=6).contains(&marks) && !words.is_empty();
    is_heading.then_some((if marks <= 2 { 1 } else { 2 }, words))
}

fn item(line: &str) -> Option<TypedItem> {
    let words = line.trim_start_matches([' ', '\t', '\u{a0}']);
    let before = &line[..line.len() - words.len()];
    let indent = before.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let (number, rest) = match words.strip_prefix(['-', '*', '+', '•', '–']) {
        Some(rest) => (None, rest),
        None => numbered(words)?,
    };
    let text = rest.strip_prefix([' ', '\t', '\u{a0}'])?.trim();
    (!text.is_empty()).then(|| TypedItem {
        indent,
        number,
        text: text.to_owned(),
    })
}

/// « 3. » or « 12) »: a year is no number of a list.
fn numbered(words: &str) -> Option<(Option<u32>, &str)> {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let number = words.get(..digits).filter(|_| (1..=2).contains(&digits))?;
    let rest = words[digits..].strip_prefix(['.', ')'])?;
    Some((number.parse().ok(), rest))
}

/// A line that would begin an item or a heading, written so that it does not.
fn unescaped(line: &str) -> &str {
    let rest = line.strip_prefix('\\');
    rest.filter(|r| r.starts_with("- ") || r.starts_with('#'))
        .unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::super::written_text::WrittenSpan;
    use super::*;

    fn said(spans: &[WrittenSpan]) -> String {
        spans.iter().map(|s| s.text.replace('\n', "/")).collect()
    }

    fn told_list(list: &HandwrittenList) -> String {
        let items = list.items.iter().map(|item| {
            let under: String = item.under.iter().map(told_list).collect();
            format!("{}{under}", said(&item.spans))
        });
        let first = list.first.map_or("•".to_owned(), |n| n.to_string());
        format!("{first}[{}]", items.collect::<Vec<_>>().join("|"))
    }

    fn told(typed: &str) -> String {
        let blocks = read_lines(typed);
        let one = |block: &WrittenBlock| match block {
            WrittenBlock::Heading { depth, spans } => format!("h{depth}({})", said(spans)),
            WrittenBlock::Paragraph { spans } => format!("p({})", said(spans)),
            WrittenBlock::List(list) => told_list(list),
        };
        blocks.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_small_part_of_markdown_is_read_and_the_rest_is_kept() {
        let cases = [
            ("un\ndeux\n\ntrois", "p(un/deux) p(trois)"),
            ("un\r\ndeux\r\n\r\ntrois\r\n", "p(un/deux) p(trois)"),
            ("un\rdeux", "p(un/deux)"),
            ("# A\n### B\ntexte", "h1(A) h2(B) p(texte)"),
            ("### B\n## C\n#### D", "h1(B) h1(C) h2(D)"),
            ("#hashtag", "p(#hashtag)"),
            (
                "- un\n- deux\n  suite\n    - sous\n- trois",
                "•[un|deux/suite•[sous]|trois]",
            ),
            (
                "texte :\n- un\n\n- deux\nfin",
                "p(texte :) •[un|deux] p(fin)",
            ),
            ("1. un\n2. deux\n5. cinq", "1[un|deux] 5[cinq]"),
            ("1) un\n1) deux", "1[un|deux]"),
            ("2026. Une année", "p(2026. Une année)"),
            ("- un\n1. deux", "•[un] 1[deux]"),
            ("-5 °C ce matin", "p(-5 °C ce matin)"),
            (
                "| a | b |\n|---|---|\n| 1 | 2 |",
                "p(| a | b |/|---|---|/| 1 | 2 |)",
            ),
            ("> cité\n---", "p(> cité/---)"),
            (
                "\\- pas une liste\n\\# ni un titre",
                "p(- pas une liste/# ni un titre)",
            ),
            ("", ""),
            ("\n\n \n", ""),
            ("-\n#", "p(-/#)"),
        ];
        for (typed, wanted) in cases {
            assert_eq!(told(typed), wanted, "{typed:?}");
        }
    }

    /// Every letter and every figure that was typed is read, in order, whatever stands around it.
    #[test]
    fn no_word_is_lost_whatever_is_typed() {
        let pieces = [
            "a1 ",
            "*b2* ",
            "**",
            "_",
            "# ",
            "- ",
            "\n",
            "\r\n",
            "  - ",
            "7. ",
            "\\*",
            "[à compléter]",
            "|",
            "\t",
            "<x>",
            "[",
        ];
        let mut seed = 7_u64;
        for _ in 0..3_000 {
            let mut typed = String::new();
            for _ in 0..12 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                typed.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            }
            // The number of an item is kept as a number, not in its words.
            let kept = |text: &str| -> String {
                let words = text
                    .chars()
                    .filter(|c| c.is_alphabetic() || matches!(c, '1' | '2'));
                words.collect()
            };
            let read = WrittenText::read(&typed);
            let words: String = read
                .blocks
                .iter()
                .flat_map(WrittenBlock::spans)
                .map(|s| s.text.as_str())
                .collect();
            assert_eq!(kept(&words), kept(&typed), "{typed:?}");
        }
    }
}
