//! The cells of an old workbook whose format or font shows something else than what they hold ([MS-XLS] 2.4.122
//! for fonts, 2.4.126 for formats, 2.4.353 for how both are joined).

use std::collections::HashMap;

use super::biff_notes::{self, text_of};
use super::biff_records::{BOF, BiffRecord, EOF, records};
use super::cell_looks::CellLook;
use crate::base::diagnostics::CellRef;

const FONT: u16 = 0x0031;
const FORMAT: u16 = 0x041E;
const STYLE: u16 = 0x00E0;
/// Numbers of several cells of a row.
const RUN: u16 = 0x00BD;
/// Records of one cell: its row, its column, its style.
const CELLS: [u16; 6] = [0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD];
/// Mark of a font that strikes out.
const STRUCK: u16 = 0x0008;
/// The number that no font bears.
const NO_FONT: u16 = 4;

/// A cell, and how it is shown.
pub(super) struct LookedCell {
    pub(super) at: CellRef,
    pub(super) look: CellLook,
}

fn word(body: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*body.get(at..)?.first_chunk()?))
}

/// Such cells of each sheet, by its name.
pub(super) fn looks(content: &[u8]) -> HashMap<String, Vec<LookedCell>> {
    let styles = styles(content);
    let mut all = HashMap::new();
    if styles.is_empty() {
        return all;
    }
    for sheet in biff_notes::bound_sheets(content) {
        let found = sheet_looks(content, sheet.start, &styles);
        if !found.is_empty() {
            all.insert(sheet.name, found);
        }
    }
    all
}

/// The styles that show something, by number.
fn styles(content: &[u8]) -> HashMap<u16, CellLook> {
    let mut fonts: Vec<bool> = Vec::new();
    let mut formats: HashMap<u16, String> = HashMap::new();
    let (mut found, mut number) = (HashMap::new(), 0_u16);
    for record in records(content, 0).take_while(|r| r.kind != EOF) {
        let body = &content[record.body.clone()];
        match record.kind {
            FONT => fonts.push(word(body, 2).is_some_and(|marks| marks & STRUCK != 0)),
            FORMAT => {
                let letters = word(body, 2).map_or(0, usize::from);
                let code = body.get(4..).and_then(|rest| text_of(rest, letters));
                formats.extend(word(body, 0).zip(code));
            }
            STYLE => {
                let (font, format) = (word(body, 0).unwrap_or(0), word(body, 2).unwrap_or(0));
                let font = usize::from(if font > NO_FONT { font - 1 } else { font });
                let struck = fonts.get(font).copied().unwrap_or(false);
                let code = formats.get(&format).map_or("", String::as_str);
                let look = CellLook::of(&format.to_string(), code, struck);
                found.extend(look.map(|look| (number, look)));
                number = number.saturating_add(1);
            }
            _ => {}
        }
    }
    found
}

fn sheet_looks(content: &[u8], start: usize, styles: &HashMap<u16, CellLook>) -> Vec<LookedCell> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    for record in records(content, start) {
        match record.kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            _ if depth > 1 => {}
            _ => cells(content, &record, |at, style| {
                let look = styles.get(&style).cloned();
                found.extend(look.map(|look| LookedCell { at, look }));
            }),
        }
    }
    found
}

/// The cells of a record, with their styles.
fn cells(content: &[u8], record: &BiffRecord, mut each: impl FnMut(CellRef, u16)) {
    let body = &content[record.body.clone()];
    let (Some(row), Some(first)) = (word(body, 0), word(body, 2)) else {
        return;
    };
    if CELLS.contains(&record.kind) {
        if let Some(style) = word(body, 4) {
            each(CellRef::new(u32::from(row), u32::from(first)), style);
        }
    } else if record.kind == RUN {
        // A style and a number each, then the last column.
        let numbers = body.len().saturating_sub(6) / 6;
        for (rank, col) in (0..numbers).zip(u32::from(first)..) {
            if let Some(style) = word(body, 4 + 6 * rank) {
                each(CellRef::new(u32::from(row), col), style);
            }
        }
    }
}
