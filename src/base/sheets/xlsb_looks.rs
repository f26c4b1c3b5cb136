//! The cells of a binary workbook whose format or font shows something else than what they hold ([MS-XLSB]
//! 2.4.697 for fonts, 2.4.696 for formats, 2.4.856 for how both are joined, 2.5.9 for cells).

use std::collections::HashMap;

use super::cell_looks::CellLook;
use super::xlsb_comments::{XlsbRecord, code, records, wide, word};
use crate::base::diagnostics::CellRef;

const ROW: u32 = 0;
/// Kinds of the records of cells: numbers, errors, booleans, texts, what formulas give.
const CELLS: std::ops::RangeInclusive<u32> = 1..=11;
const FONT: u32 = 43;
const FORMAT: u32 = 44;
const STYLE: u32 = 47;
const BEGIN_STYLES: u32 = 617;
const END_STYLES: u32 = 618;
/// Mark of a font that strikes out.
const STRUCK: u16 = 0x0008;

fn half(body: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*body.get(at..)?.first_chunk()?))
}

/// The styles of a part that show something, by number.
pub(super) fn looks(part: &[u8]) -> HashMap<usize, CellLook> {
    let mut fonts: Vec<bool> = Vec::new();
    let mut formats: HashMap<u16, String> = HashMap::new();
    let (mut found, mut number, mut inside) = (HashMap::new(), 0, false);
    for XlsbRecord { kind, body } in records(part) {
        if kind == code(FONT) {
            fonts.push(half(body, 2).is_some_and(|marks| marks & STRUCK != 0));
        } else if kind == code(FORMAT) {
            let format = body.get(2..).and_then(wide).map(|w| w.0);
            formats.extend(half(body, 0).zip(format));
        } else if kind == code(BEGIN_STYLES) {
            inside = true;
        } else if kind == code(END_STYLES) {
            break;
        } else if kind == code(STYLE) && inside {
            let (format, font) = (half(body, 2).unwrap_or(0), half(body, 4).unwrap_or(0));
            let struck = fonts.get(usize::from(font)).copied().unwrap_or(false);
            let code = formats.get(&format).map_or("", String::as_str);
            let look = CellLook::of(&format.to_string(), code, struck);
            found.extend(look.map(|look| (number, look)));
            number += 1;
        }
    }
    found
}

/// Cells of a sheet that bear one of some styles, with its number.
pub(super) fn styled(part: &[u8], looks: &HashMap<usize, CellLook>) -> Vec<(CellRef, usize)> {
    let mut found = Vec::new();
    let mut row = 0;
    for XlsbRecord { kind, body } in records(part) {
        if kind == ROW {
            row = word(body, 0).unwrap_or(row);
        } else if CELLS.contains(&kind)
            && let (Some(col), Some(style)) = (word(body, 0), word(body, 4))
        {
            // The style takes three bytes.
            let style = (style & 0x00ff_ffff) as usize;
            if looks.contains_key(&style) {
                found.push((CellRef::new(row, col), style));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::sheets::cells::Value;

    fn record(kind: u32, body: &[u8]) -> Vec<u8> {
        let code = code(kind).to_le_bytes();
        let code = if kind < 0x80 { &code[..1] } else { &code[..2] };
        [code, &[body.len() as u8], body].concat()
    }

    #[test]
    fn styles_and_the_cells_that_bear_them_are_found() {
        let style = |format: u16, font: u16| {
            let all = [0, format, font].map(u16::to_le_bytes).concat();
            record(STYLE, &[all, vec![0; 10]].concat())
        };
        let font = |marks: u16| record(FONT, &[220, marks].map(u16::to_le_bytes).concat());
        let styles = [
            font(0),
            font(STRUCK),
            style(9, 0),
            record(BEGIN_STYLES, &[]),
            style(0, 0),
            style(9, 0),
            style(0, 1),
            record(END_STYLES, &[]),
        ]
        .concat();
        let looks = looks(&styles);
        let shown = |style: usize| looks.get(&style).and_then(|l| l.shown(&Value::Number(1.0)));
        assert_eq!(shown(0), None);
        assert_eq!(shown(1).map(|v| v.text()).as_deref(), Some("100 %"));
        assert_eq!(shown(2).map(|v| v.text()).as_deref(), Some("1 (barré)"));
        let cell = |col: u32, style: u32| {
            let place = [col, style].map(u32::to_le_bytes).concat();
            record(2, &[place, vec![0; 4]].concat())
        };
        let sheet = [record(ROW, &7_u32.to_le_bytes()), cell(0, 0), cell(1, 1)].concat();
        assert_eq!(styled(&sheet, &looks), [(CellRef::new(7, 1), 1)]);
    }
}
