//! Where a note stands on its sheet: beside its cell, wide enough to be read, as high as its words ask.

use super::sheet_outline::SheetOutline;
use crate::base::diagnostics::CellRef;

/// Of a note, in pixels.
const WIDTH: u32 = 330;
/// Between the cell and its note.
const GAP: u32 = 15;
/// Characters of a line of a note, and its height in pixels.
const CHARACTERS: usize = 48;
const LINE: u32 = 16;
/// A note is never higher than this.
const HIGHEST: u32 = 420;
/// Last row and column of a sheet.
const LAST_ROW: u32 = 1_048_575;
const LAST_COL: u32 = 16_383;

/// « 3, 15, 9, 0, 7, 40, 14, 6 »: column, pixels, row, pixels of two corners.
pub(super) fn anchor(at: CellRef, text: &str, outline: &SheetOutline) -> String {
    let lines = text.lines().map(|line| {
        let characters = line.chars().count();
        u32::try_from(characters.div_ceil(CHARACTERS).max(1)).unwrap_or(1)
    });
    let lines: u32 = lines.sum::<u32>() + 2;
    let height = (lines * LINE).min(HIGHEST);
    let left = (at.col + 1).min(LAST_COL);
    let top = at.row.saturating_sub(1);
    let (right, across) = walked(left, GAP + WIDTH, LAST_COL, |col| outline.width(col));
    let (bottom, down) = walked(top, height, LAST_ROW, |row| outline.height(row));
    format!("{left}, {GAP}, {top}, 2, {right}, {across}, {bottom}, {down}")
}

/// The row or column that lies so many pixels further, and how many pixels of it.
fn walked(from: u32, pixels: u32, last: u32, size: impl Fn(u32) -> u32) -> (u32, u32) {
    let (mut at, mut left) = (from, pixels);
    while at < last {
        let own = size(at);
        if left < own {
            break;
        }
        left -= own;
        at += 1;
    }
    (at, left.min(size(at)))
}
