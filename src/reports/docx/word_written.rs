//! What people wrote by hand, in a word processor: their headings are Titre 2 and 3, their lists are lists, and a comment
//! stands wherever something is left to write. Its author is the program: no person wrote it.

use std::fmt::Write;

use super::word_numbering::{FIRST_NUMBERED, NumberedList};
use super::word_styles::id;
use super::word_text::{escaped, looking, paragraph, run, runs_with};
use crate::base::palette::{PANEL, SECOND};
use crate::base::written::{HandwrittenList, WrittenBlock, WrittenSpan};
use crate::reports::writing_box::WritingBox;

/// Who comments.
const AUTHOR: &str = "observatoire";
/// What boxes need beside the paragraphs of the document.
#[derive(Default)]
pub(super) struct WrittenParts {
    /// Texts of comments, in the order of their numbers.
    comments: Vec<String>,
    /// Lists that are numbered, in order.
    pub numbered: Vec<NumberedList>,
}

/// A box being written.
struct WrittenBody<'a> {
    parts: &'a mut WrittenParts,
    /// What its first comment says; later ones only point at their place.
    comment: Option<String>,
    /// Properties of each of its paragraphs.
    look: String,
    xml: String,
}

impl WrittenParts {
    /// The paragraphs of a box.
    pub(super) fn write(&mut self, own: &WritingBox) -> String {
        let look = if own.is_complete() {
            String::new()
        } else {
            format!(
                "<w:pBdr><w:left w:val=\"dashed\" w:sz=\"18\" w:space=\"8\" w:color=\"{SECOND:06X}\"/></w:pBdr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{PANEL:06X}\"/>"
            )
        };
        let mut body = WrittenBody {
            parts: self,
            comment: own.comment(),
            look,
            xml: String::new(),
        };
        if !own.is_complete() {
            let has_places = own.text.missing() > 0;
            let left = run(&own.left);
            let left = if has_places {
                left
            } else {
                body.commented(&left)
            };
            body.paragraph("Second", "", &left);
        }
        for block in &own.text.blocks {
            body.block(block);
        }
        body.xml
    }

    /// Whether some box is left to write.
    pub(super) fn has_comments(&self) -> bool {
        !self.comments.is_empty()
    }

    /// `word/comments.xml`, of a day written AAAA-MM-JJ.
    pub(super) fn comments_part(&self, namespace: &str, day: &str) -> String {
        let dated = if day.is_empty() {
            String::new()
        } else {
            format!(" w:date=\"{}T00:00:00Z\"", escaped(day))
        };
        let mut out = format!("<w:comments xmlns:w=\"{namespace}\">");
        for (number, text) in self.comments.iter().enumerate() {
            let said = paragraph(id("Commentaire"), text);
            let _ = write!(
                out,
                "<w:comment w:id=\"{number}\" w:author=\"{AUTHOR}\"{dated} w:initials=\"obs\">{said}</w:comment>"
            );
        }
        out.push_str("</w:comments>");
        out
    }
}

impl WrittenBody<'_> {
    fn block(&mut self, block: &WrittenBlock) {
        match block {
            WrittenBlock::Heading { depth, spans } => {
                let style = if *depth == 1 { "Titre 2" } else { "Titre 3" };
                let said = self.words(spans);
                self.paragraph(style, "", &said);
            }
            WrittenBlock::Paragraph { spans } => {
                let said = self.words(spans);
                self.paragraph("Normal", "", &said);
            }
            WrittenBlock::List(list) => self.list(list, 0),
        }
    }

    fn list(&mut self, list: &HandwrittenList, depth: usize) {
        let (style, numbering) = match list.first {
            None if depth == 0 => ("Puce", String::new()),
            None => ("Puce 2", String::new()),
            Some(first) => {
                let number = FIRST_NUMBERED + self.parts.numbered.len();
                self.parts.numbered.push(NumberedList { first, depth });
                let own = format!(
                    "<w:numPr><w:ilvl w:val=\"{depth}\"/><w:numId w:val=\"{number}\"/></w:numPr>"
                );
                ("Numéro", own)
            }
        };
        for item in &list.items {
            let said = self.words(&item.spans);
            self.paragraph(style, &numbering, &said);
            for under in &item.under {
                self.list(under, depth + 1);
            }
        }
    }

    fn paragraph(&mut self, style: &str, numbering: &str, said: &str) {
        let properties = format!("{numbering}{}", self.look);
        let written = runs_with(id(style), &properties, said);
        self.xml.push_str(&written);
    }

    fn words(&mut self, spans: &[WrittenSpan]) -> String {
        let mut said = String::new();
        for span in spans {
            let mut look = String::new();
            if span.bold || span.missing {
                look.push_str("<w:b/>");
            }
            if span.italic {
                look.push_str("<w:i/>");
            }
            if span.missing {
                look.push_str("<w:highlight w:val=\"yellow\"/>");
                let place = looking(&span.text, &look);
                said.push_str(&self.commented(&place));
            } else {
                said.push_str(&looking(&span.text, &look));
            }
        }
        said
    }

    /// Runs with a comment over them.
    fn commented(&mut self, runs: &str) -> String {
        let number = self.parts.comments.len();
        let text = self
            .comment
            .take()
            .unwrap_or_else(|| "À compléter.".to_owned());
        self.parts.comments.push(text);
        format!(
            "<w:commentRangeStart w:id=\"{number}\"/>{runs}<w:commentRangeEnd w:id=\"{number}\"/><w:r><w:commentReference w:id=\"{number}\"/></w:r>"
        )
    }
}
