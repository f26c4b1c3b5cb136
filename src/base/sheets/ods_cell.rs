//! One cell of an `OpenDocument` table: what it holds, what it covers, the comment laid on it.

use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::annotate::without_own_words;
use super::cell_looks::{CellLook, is_share};
use super::cell_values::{text_value, typed_error};
use super::cells::Value;
use super::opened::{MAX_TEXT, Opened};
use crate::base::diagnostics::Diagnostic;

/// A cell, as often as it is repeated in its row.
pub(super) struct OdsCell {
    pub(super) value: Option<Value>,
    /// Under a merged area: it keeps what it held before, which nobody sees any more.
    pub(super) covered: bool,
    pub(super) repeat: u64,
    /// Columns and rows that it spans.
    pub(super) across: u64,
    pub(super) down: u64,
    pub(super) comment: Option<String>,
    style: Option<String>,
}

impl OdsCell {
    /// What a person reads in it, where its style strikes it out.
    pub(super) fn struck_by(mut self, struck: &HashSet<String>) -> Self {
        let is_struck = self.style.as_ref().is_some_and(|s| struck.contains(s));
        if let Some(look) = CellLook::of("", "", is_struck) {
            let shown = self.value.as_ref().and_then(|value| look.shown(value));
            self.value = shown.or(self.value);
        }
        self
    }

    /// A cell without content, by its attributes.
    pub(super) fn of(tag: &BytesStart) -> Self {
        Self::with(tag, "", None)
    }

    fn with(tag: &BytesStart, text: &str, comment: Option<String>) -> Self {
        Self {
            value: value(tag, text),
            covered: tag.name().as_ref() == "table:covered-table-cell",
            repeat: repeated(tag, "table:number-columns-repeated"),
            across: repeated(tag, "table:number-columns-spanned"),
            down: repeated(tag, "table:number-rows-spanned"),
            comment,
            style: attribute(tag, "table:style-name"),
        }
    }
}

/// An attribute by its full name, entities read.
pub(super) fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag
        .attributes()
        .flatten()
        .find(|a| a.key.as_ref() == name)?;
    Some(htmlize::unescape_attribute(&*found.value).into_owned())
}

/// How often something is repeated: once when nothing is said.
pub(super) fn repeated(tag: &BytesStart, name: &str) -> u64 {
    let said = attribute(tag, name).and_then(|t| t.parse().ok());
    said.unwrap_or(1_u64).max(1)
}

/// What the attributes say, else the text that is shown. An error is stored as text, or as nothing.
fn value(tag: &BytesStart, text: &str) -> Option<Value> {
    let said = |name: &str| attribute(tag, name);
    if said("calcext:value-type").is_some_and(|t| t == "error") {
        return Some(typed_error(text));
    }
    let number = |text: String| match text.trim().parse::<f64>() {
        Ok(number) => Some(Value::Number(number)),
        Err(_) => text_value(&text),
    };
    match said("office:value-type").unwrap_or_default().as_str() {
        // « 75 % » is what is read, and no note of 0.75.
        "percentage" => text_value(text),
        "float" if is_share(text.trim()) => text_value(text),
        "float" | "currency" => match said("office:value") {
            Some(written) => number(written),
            None => text_value(text),
        },
        "date" => match said("office:date-value") {
            Some(day) => Some(Value::Date(day.trim_end_matches("T00:00:00").to_owned())),
            None => text_value(text),
        },
        "time" => text_value(&said("office:time-value").unwrap_or_else(|| text.to_owned())),
        "boolean" => match said("office:boolean-value") {
            Some(word) => Some(Value::Bool(word.eq_ignore_ascii_case("true"))),
            None => text_value(text),
        },
        _ => match said("office:string-value").filter(|t| !t.is_empty()) {
            Some(written) => text_value(&written),
            None => text_value(text),
        },
    }
}

/// The content of a cell that was opened, until its end.
pub(super) fn read_cell(
    file: &Opened,
    reader: &mut Reader<&[u8]>,
    tag: &BytesStart,
) -> Result<OdsCell, Diagnostic> {
    let damaged = || file.unreadable("le contenu du classeur est abîmé");
    let mut shown = ShownText::default();
    let mut noted = ShownText::default();
    let (mut depth, mut in_note) = (0_usize, false);
    loop {
        let into = if in_note { &mut noted } else { &mut shown };
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(inner) => {
                depth += 1;
                match inner.name().as_ref() {
                    "office:annotation" => in_note = true,
                    name => into.open(name, &inner),
                }
            }
            Event::Empty(inner) => into.mark(inner.name().as_ref(), &inner),
            Event::Text(text) => into.push(&text.xml10_content()),
            Event::CData(text) => into.push(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                into.push_raw(&htmlize::unescape(format!("&{};", &*entity)));
            }
            Event::End(_) if depth == 0 => {
                let comment = without_own_words(&noted.line()).to_owned();
                let comment = (!comment.is_empty()).then_some(comment);
                return Ok(OdsCell::with(tag, &shown.text, comment));
            }
            Event::End(inner) => {
                depth -= 1;
                match inner.name().as_ref() {
                    "office:annotation" => in_note = false,
                    "text:p" => into.paragraphs = into.paragraphs.saturating_sub(1),
                    _ => {}
                }
            }
            Event::Eof => return Err(file.unreadable("le contenu du classeur est tronqué")),
            _ => {}
        }
    }
}

/// The paragraphs of a cell, or of a comment: what stands between them is only how the file is laid out.
#[derive(Default)]
struct ShownText {
    text: String,
    /// Paragraphs that are open.
    paragraphs: usize,
}

impl ShownText {
    fn open(&mut self, name: &str, tag: &BytesStart) {
        if name == "text:p" {
            if !self.text.is_empty() {
                self.push_raw("\n");
            }
            self.paragraphs += 1;
        } else {
            self.mark(name, tag);
        }
    }

    /// Blanks that the format writes as tags.
    fn mark(&mut self, name: &str, tag: &BytesStart) {
        if self.paragraphs == 0 {
            return;
        }
        match name {
            "text:s" => {
                let blanks = repeated(tag, "text:c").min(MAX_TEXT as u64) as usize;
                self.push_raw(&" ".repeat(blanks));
            }
            "text:tab" => self.push_raw("\t"),
            "text:line-break" => self.push_raw("\n"),
            _ => {}
        }
    }

    /// Text of a paragraph, its blanks as the format counts them: several are one, none comes first.
    fn push(&mut self, text: &str) {
        if self.paragraphs == 0 {
            return;
        }
        for letter in text.chars() {
            if !matches!(letter, ' ' | '\t' | '\n' | '\r') {
                self.text.push(letter);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
                self.text.push(' ');
            }
        }
    }

    /// Text as it is. A cell that holds too much is refused where it is placed.
    fn push_raw(&mut self, text: &str) {
        if self.paragraphs > 0 || text == "\n" {
            let room = (2 * MAX_TEXT).saturating_sub(self.text.len());
            self.text.push_str(&text[..text.floor_char_boundary(room)]);
        }
    }

    /// In one line.
    fn line(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::sheets::ods;

    fn cells(row: &str) -> Vec<(u32, Value)> {
        let xml = format!(
            "<o:d><table:table table:name=\"L&apos;A\">\n  <table:table-row>\n    {row}\n  </table:table-row>\n</table:table></o:d>"
        );
        let file = Opened {
            name: "a.ods".into(),
        };
        let sheets = ods::read(&file, xml.as_bytes()).expect("read");
        assert_eq!(&*sheets[0].name, "L'A");
        let rows = sheets.iter().flat_map(|s| &s.rows);
        rows.flat_map(|r| r.cells.iter().map(|c| (c.col, c.value.clone())))
            .collect()
    }

    #[test]
    fn what_is_indented_is_read_as_what_is_not() {
        let indented = "<table:table-cell office:value-type=\"string\">\n  <text:p>\n    R01\n  </text:p>\n\
             </table:table-cell>\n  <!-- rien -->\n  <table:table-cell office:value-type=\"float\" office:value=\"3\">\n\
             <text:p>3,0</text:p>\n</table:table-cell>";
        let text = |t: &str| Value::Text(t.to_owned());
        let found: Vec<_> = cells(indented)
            .into_iter()
            .map(|(col, value)| (col, if col == 0 { text(&value.text()) } else { value }))
            .collect();
        assert_eq!(found, [(0, text("R01")), (1, Value::Number(3.0))]);
    }

    #[test]
    fn blanks_entities_and_paragraphs_are_those_that_are_shown() {
        let cell = |content: &str| {
            let all = cells(&format!(
                "<table:table-cell office:value-type=\"string\">{content}</table:table-cell>"
            ));
            all.into_iter().next().map(|c| c.1)
        };
        let text = |t: &str| Some(Value::Text(t.to_owned()));
        assert_eq!(
            cell("<text:p>a<text:s text:c=\"2\"/>b &amp; c</text:p><text:p>d</text:p>"),
            text("a  b & c\nd")
        );
        assert_eq!(
            cell("<text:p>a <text:span>b</text:span></text:p>"),
            text("a b")
        );
        let noted = "<office:annotation><dc:creator>Jeanne</dc:creator><text:p>vu</text:p></office:annotation>";
        assert_eq!(cell(&format!("{noted}<text:p>3</text:p>")), text("3"));
        assert_eq!(cell(noted), None);
        assert_eq!(
            cell("<text:p>#REF!</text:p>"),
            Some(Value::Error("#REF!".to_owned()))
        );
    }
}
