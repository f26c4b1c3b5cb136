//! What people wrote by hand, as lines of a sheet: a paragraph, an item or a heading each.

use rust_xlsxwriter::Format;

use crate::base::palette::INK;
use crate::base::text::{nbsp, visible};
use crate::base::written::{HandwrittenList, WrittenBlock, WrittenSpan, WrittenText};

/// A line of a sheet.
pub(super) struct WrittenLine {
    /// What stands before its words: a mark, a number.
    before: String,
    spans: Vec<WrittenSpan>,
    is_heading: bool,
}

impl WrittenLine {
    /// Its words.
    pub(super) fn plain(&self) -> String {
        let words = self.spans.iter().map(|s| shown(&s.text));
        self.before.clone() + &words.collect::<String>()
    }

    /// Whether some of them are bold or in italics.
    pub(super) fn has_looks(&self) -> bool {
        let looks = |s: &WrittenSpan| s.bold || s.italic || s.missing;
        self.is_heading || self.spans.iter().any(looks)
    }

    /// Its words by their looks; none is empty.
    pub(super) fn parts(&self) -> Vec<(Format, String)> {
        let before = WrittenSpan {
            text: self.before.clone(),
            ..WrittenSpan::default()
        };
        let all = std::iter::once(&before).chain(&self.spans);
        let parts = all.filter(|span| !span.text.is_empty()).map(|span| {
            let mut format = Format::new().set_font_size(11.0).set_font_color(INK);
            if span.bold || span.missing || self.is_heading {
                format = format.set_bold();
            }
            if span.italic {
                format = format.set_italic();
            }
            (format, shown(&span.text))
        });
        parts.collect()
    }
}

/// The lines of a text.
pub(super) fn written_lines(text: &WrittenText) -> Vec<WrittenLine> {
    let mut lines = Vec::new();
    for block in &text.blocks {
        match block {
            WrittenBlock::Heading { spans, .. } => lines.push(line("", spans, true)),
            WrittenBlock::Paragraph { spans } => lines.push(line("", spans, false)),
            WrittenBlock::List(list) => items(list, "", &mut lines),
        }
    }
    lines
}

fn items(list: &HandwrittenList, indent: &str, lines: &mut Vec<WrittenLine>) {
    for (rank, item) in list.items.iter().enumerate() {
        let before = match list.first {
            Some(first) => format!("{indent}{}. ", first as usize + rank),
            None => format!("{indent}• "),
        };
        lines.push(line(&before, &item.spans, false));
        for under in &item.under {
            items(under, "      ", lines);
        }
    }
}

fn line(before: &str, spans: &[WrittenSpan], is_heading: bool) -> WrittenLine {
    WrittenLine {
        before: before.to_owned(),
        spans: spans.to_vec(),
        is_heading,
    }
}

fn shown(text: &str) -> String {
    nbsp(&visible(text)).into_owned()
}
