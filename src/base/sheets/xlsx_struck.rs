//! Words of an XLSX cell that a person struck out while leaving others: « ~~2~~ 3 » is read as « 3 » on the
//! screen, and as « 23 » by who joins the runs.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cell_looks::STRUCK;
use super::xml_names::{attribute, local};
use crate::base::diagnostics::CellRef;

/// A cell of which some words are struck out, with what a person reads in it: « 2 (barré) 3 ».
pub(super) struct StruckCell {
    pub(super) at: CellRef,
    pub(super) shown: String,
}

/// Whether anything in a part may be struck out: nearly no workbook has any.
pub(super) fn strikes(part: &[u8]) -> bool {
    const TAG: &[u8] = b"strike";
    part.windows(TAG.len()).any(|w| w == TAG)
}

/// Texts that cells share and of which some words are struck out, by rank (ECMA-376, 18.4.8).
pub(super) fn struck_texts(strings: &[u8]) -> HashMap<usize, String> {
    let mut found = HashMap::new();
    if !strikes(strings) {
        return found;
    }
    let (mut reader, mut runs, mut rank) =
        (Reader::from_reader(strings), TextRuns::default(), 0_usize);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if local(&tag) == "si" => runs = TextRuns::default(),
            Ok(Event::Empty(tag)) if local(&tag) == "si" => rank += 1,
            Ok(Event::End(tag)) if last(tag.name().as_ref()) == "si" => {
                found.extend(std::mem::take(&mut runs).shown().map(|text| (rank, text)));
                rank += 1;
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(event) => runs.see(&event),
        }
    }
}

/// Cells of a sheet that show one of those texts, or hold one of their own.
pub(super) fn struck_cells(sheet: &[u8], texts: &HashMap<usize, String>) -> Vec<StruckCell> {
    let mut found = Vec::new();
    if texts.is_empty() && !strikes(sheet) {
        return found;
    }
    let (mut reader, mut runs) = (Reader::from_reader(sheet), TextRuns::default());
    let (mut at, mut is_shared, mut in_value) = (None, false, false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if local(&tag) == "c" => {
                at = attribute(&tag, "r").and_then(|r| r.parse::<CellRef>().ok());
                is_shared = attribute(&tag, "t").is_some_and(|t| t == "s");
                runs = TextRuns::default();
            }
            Ok(Event::Start(tag)) if local(&tag) == "v" => in_value = true,
            Ok(Event::Text(rank)) if in_value && is_shared => {
                let text = rank
                    .trim()
                    .parse::<usize>()
                    .ok()
                    .and_then(|r| texts.get(&r));
                found.extend(at.zip(text).map(|(at, shown)| StruckCell {
                    at,
                    shown: shown.clone(),
                }));
            }
            Ok(Event::End(tag)) if last(tag.name().as_ref()) == "v" => in_value = false,
            Ok(Event::End(tag)) if last(tag.name().as_ref()) == "c" => {
                let own = std::mem::take(&mut runs).shown();
                found.extend(
                    at.take()
                        .zip(own)
                        .map(|(at, shown)| StruckCell { at, shown }),
                );
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(event) => runs.see(&event),
        }
    }
}

fn last(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The runs of a text, with which are struck out.
#[derive(Default)]
struct TextRuns {
    all: Vec<TextRun>,
    in_text: bool,
    /// Inside how the text sounds, which is not shown.
    in_sound: bool,
}

#[derive(Default)]
struct TextRun {
    text: String,
    struck: bool,
}

impl TextRuns {
    fn see(&mut self, event: &Event) {
        match event {
            Event::Start(tag) => self.open(tag, true),
            Event::Empty(tag) => self.open(tag, false),
            Event::Text(text) if self.in_text && !self.in_sound => {
                if let Some(run) = self.all.last_mut() {
                    run.text.push_str(text);
                }
            }
            Event::GeneralRef(entity) if self.in_text && !self.in_sound => {
                if let Some(run) = self.all.last_mut() {
                    run.text
                        .push_str(&htmlize::unescape(format!("&{};", &**entity)));
                }
            }
            Event::End(tag) => match last(tag.name().as_ref()) {
                "t" => self.in_text = false,
                "rPh" => self.in_sound = false,
                _ => {}
            },
            _ => {}
        }
    }

    fn open(&mut self, tag: &BytesStart, has_content: bool) {
        match local(tag) {
            "r" => self.all.push(TextRun::default()),
            "rPh" => self.in_sound = has_content,
            "t" => {
                self.in_text = has_content;
                if self.all.is_empty() {
                    self.all.push(TextRun::default());
                }
            }
            "strike" | "dstrike" => {
                let is_off = attribute(tag, "val").is_some_and(|v| v == "0" || v == "false");
                if let Some(run) = self.all.last_mut() {
                    run.struck = !is_off;
                }
            }
            _ => {}
        }
    }

    /// What a person reads, where some of it is struck out.
    fn shown(self) -> Option<String> {
        let is_struck = |run: &TextRun| run.struck && !run.text.trim().is_empty();
        if !self.all.iter().any(is_struck) {
            return None;
        }
        let parts = self.all.iter().map(|run| {
            let mark = if is_struck(run) { STRUCK } else { "" };
            format!("{}{mark}", run.text.trim())
        });
        let parts: Vec<String> = parts.filter(|p| !p.is_empty()).collect();
        Some(parts.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn struck_words_of_a_text_are_shown_as_such() {
        let strings = b"<sst><si><t>2</t></si><si/><si><r><rPr><strike/></rPr><t>2</t></r><r><t xml:space=\"preserve\"> 3 &amp; plus</t></r></si>\
            <si><r><rPr><strike val=\"0\"/></rPr><t>4</t></r></si></sst>";
        let texts = struck_texts(strings);
        let known: Vec<(usize, &str)> = texts.iter().map(|(r, t)| (*r, t.as_str())).collect();
        assert_eq!(known, [(2, "2 (barré) 3 & plus")]);
        let sheet = b"<row><c r=\"B2\" t=\"s\"><v>2</v></c><c r=\"B3\"><v>2</v></c>\
            <c r=\"B4\" t=\"inlineStr\"><is><r><rPr><strike/></rPr><t>1</t></r></is></c></row>";
        let cells = struck_cells(sheet, &texts);
        let seen: Vec<String> = (cells.iter())
            .map(|c| format!("{} {}", c.at, c.shown))
            .collect();
        assert_eq!(seen, ["B2 2 (barré) 3 & plus", "B4 1 (barré)"]);
    }
}
