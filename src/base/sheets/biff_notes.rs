//! The comments laid on the cells of an old workbook: a note says which cell and which object, the object
//! comes before the text that it shows ([MS-XLS] 2.4.179, 2.4.181, 2.4.329).

use std::collections::HashMap;

use super::biff_records::{BOF, BOUND_SHEET, BiffRecord, EOF, records};
use super::cells::CellComment;
use super::comment_words::unsigned;
use crate::base::diagnostics::CellRef;

const NOTE: u16 = 0x001C;
const OBJECT: u16 = 0x005D;
const TEXT: u16 = 0x01B6;
const CONTINUE: u16 = 0x003C;
/// Most comments of a sheet.
const MAX_COMMENTS: usize = 10_000;
/// Sheets that are looked through.
const MAX_SHEETS: usize = 1_000;

/// A sheet that the workbook announces.
pub(super) struct AnnouncedSheet {
    pub(super) name: String,
    /// Where its records begin.
    pub(super) start: usize,
}

/// The sheets of a workbook.
pub(super) fn bound_sheets(content: &[u8]) -> Vec<AnnouncedSheet> {
    let bound = records(content, 0).filter(|r| r.kind == BOUND_SHEET);
    let sheet = |record: BiffRecord| {
        let body = &content[record.body];
        let start = body
            .first_chunk()
            .map(|p| u32::from_le_bytes(*p) as usize)?;
        let (length, rest) = body.get(6..)?.split_first()?;
        let name = text_of(rest, usize::from(*length))?;
        Some(AnnouncedSheet { name, start })
    };
    bound.take(MAX_SHEETS).filter_map(sheet).collect()
}

/// The comments of each sheet that has some, by its name.
pub(super) fn notes(content: &[u8]) -> HashMap<String, Vec<CellComment>> {
    let mut all = HashMap::new();
    for sheet in bound_sheets(content) {
        let found = sheet_notes(content, sheet.start);
        if !found.is_empty() {
            all.insert(sheet.name, found);
        }
    }
    all
}

/// A text: whether its letters take one byte or two, then its letters.
pub(super) fn text_of(bytes: &[u8], letters: usize) -> Option<String> {
    let (flags, rest) = bytes.split_first()?;
    if flags & 1 == 0 {
        let (text, _, _) = encoding_rs::WINDOWS_1252.decode(rest.get(..letters)?);
        return Some(text.into_owned());
    }
    let (text, _, _) = encoding_rs::UTF_16LE.decode(rest.get(..letters.checked_mul(2)?)?);
    Some(text.into_owned())
}

fn sheet_notes(content: &[u8], start: usize) -> Vec<CellComment> {
    let word = |record: &BiffRecord, at: usize| {
        let pair = content[record.body.clone()].get(at..)?.first_chunk()?;
        Some(u16::from_le_bytes(*pair))
    };
    let mut texts: HashMap<u16, String> = HashMap::new();
    let (mut object, mut letters) = (None, 0);
    let mut found = Vec::new();
    // What is nested in the sheet (charts) has no comment, but ends of its own.
    let mut depth = 0_usize;
    for record in records(content, start) {
        match record.kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            _ if depth > 1 => {}
            OBJECT => object = word(&record, 6),
            TEXT => letters = usize::from(word(&record, 10).unwrap_or(0)),
            CONTINUE if letters > 0 => {
                let text = text_of(&content[record.body], letters);
                if let (Some(object), Some(text)) = (object.take(), text) {
                    texts.insert(object, text);
                }
                letters = 0;
            }
            NOTE if found.len() < MAX_COMMENTS => {
                let cell = word(&record, 0).zip(word(&record, 2));
                let said = word(&record, 6).and_then(|id| texts.get(&id));
                if let (Some((row, col)), Some(said)) = (cell, said) {
                    let author = author(&content[record.body]);
                    let at = CellRef::new(u32::from(row), u32::from(col));
                    let said = unsigned(said, &author);
                    if !said.is_empty() {
                        found.push(CellComment::new(at, said));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Who wrote a note: what it says may begin with the name.
fn author(note: &[u8]) -> String {
    let length = note.get(8..).and_then(|r| r.first_chunk().copied());
    let length = length.map_or(0, |l| usize::from(u16::from_le_bytes(l)));
    let text = note.get(10..).and_then(|rest| text_of(rest, length));
    text.unwrap_or_default()
}
