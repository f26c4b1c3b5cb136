//! Workbooks through calamine. Cells are streamed where the format
//! allows it, and every call is guarded: a foreign file must not bring the program down.

use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{DataRef, HeaderRow, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx};

use super::biff::{self, SoundBook};
use super::cell_looks::CellLook;
use super::cell_values::{UNCOMPUTED, is_filled, value, value_ref};
use super::cells::{Format, MergedArea, Row, Sheet, Value, Workbook};
use super::covered::put_error;
use super::guard::{Parts, ZipKind};
use super::ods;
use super::opened::{MAX_COL, MAX_MERGES, MAX_ROW, Opened, protected};
use super::own_form_layout::{
    COL_CODE, COL_RATING, HEADINGS_ROW, MARK, SHEET_DESCRIPTORS, SHEET_README, UNREAD_WORDINGS,
    untouched,
};
use super::page_words::with_lists;
use super::sheet_builder::{SheetBuilder, SheetRoom};
use super::xlsx_extras::SheetParts;
use crate::base::diagnostics::{CellRef, Checked, Diagnostic};
use crate::base::panics;

type Bytes<'a> = Cursor<&'a [u8]>;

/// Reads a zipped workbook whose size has been proved.
pub(super) fn read_zip(
    file: &Opened,
    bytes: &[u8],
    parts: &Parts,
) -> Result<Checked<Workbook>, Diagnostic> {
    let sheets = guarded(file, || match parts.kind {
        ZipKind::Xlsx => read_xlsx(file, bytes, parts.comments),
        ZipKind::Xlsb => read_xlsb(file, bytes, parts.comments),
        ZipKind::Ods => ods::read(file, &parts.content),
        ZipKind::Sealed => Err(protected(file)),
        ZipKind::Texts | ZipKind::Unknown => {
            Err(file.unreadable("c’est une archive zip, pas un classeur"))
        }
    })?;
    Ok(finish(file, sheets))
}

/// Reads an old workbook, or says that it is encrypted: an encrypted xlsx is a compound file.
pub(super) fn read_compound(file: &Opened, bytes: &[u8]) -> Result<Checked<Workbook>, Diagnostic> {
    if contains_utf16(bytes, "EncryptedPackage") {
        return Err(protected(file));
    }
    let sheets = guarded(file, || read_xls(file, biff::sound(file, bytes)?))?;
    Ok(finish(file, sheets))
}

fn finish(file: &Opened, sheets: Vec<Sheet>) -> Checked<Workbook> {
    let value = Workbook {
        file: file.name.clone(),
        format: Format::Workbook,
        sheets,
    };
    Checked {
        value,
        diagnostics: Vec::new(),
    }
}

fn contains_utf16(bytes: &[u8], word: &str) -> bool {
    let needle: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(needle.len()).any(|w| w == needle)
}

/// A panic of the library becomes a refusal of the file.
fn guarded(
    file: &Opened,
    read: impl FnOnce() -> Result<Vec<Sheet>, Diagnostic>,
) -> Result<Vec<Sheet>, Diagnostic> {
    panics::guarded(read).unwrap_or_else(|_| Err(file.unreadable("son contenu est incohérent")))
}

/// Sorts the library's reasons: protected, or unreadable.
fn failed(file: &Opened, error: &dyn std::fmt::Display) -> Diagnostic {
    let reason = error.to_string();
    let lower = reason.to_lowercase();
    if lower.contains("password") || lower.contains("encrypt") {
        protected(file)
    } else {
        file.unreadable("son contenu n’est pas celui d’un classeur valide")
    }
}

/// Names of the worksheets that a person can see, with whether they are hidden.
fn worksheets<R: Reader<RS>, RS: std::io::Read + std::io::Seek>(book: &R) -> Vec<(String, bool)> {
    book.sheets_metadata()
        .iter()
        .filter(|s| s.typ == SheetType::WorkSheet && s.visible != SheetVisible::VeryHidden)
        .map(|s| (s.name.clone(), s.visible == SheetVisible::Hidden))
        .collect()
}

fn read_xlsx(file: &Opened, bytes: &[u8], commented: bool) -> Result<Vec<Sheet>, Diagnostic> {
    let mut book: Xlsx<Bytes> = Xlsx::new(Cursor::new(bytes)).map_err(|e| failed(file, &e))?;
    let (mut sheets, mut room) = (Vec::new(), SheetRoom::default());
    let mut names = worksheets(&book);
    // The program's own forms say so on their first page, where people write too; the page of descriptors holds
    // no answer, and their merged areas mean nothing.
    names.sort_by_key(|(name, _)| name != SHEET_README);
    let (mut own, mut doubtful) = (false, Vec::new());
    for (name, hidden) in &names {
        if own && name == SHEET_DESCRIPTORS {
            sheets.push(Sheet {
                name: Arc::from(name.as_str()),
                unopened: true,
                ..Sheet::default()
            });
            continue;
        }
        let mut builder = SheetBuilder::new(file, name, *hidden, &mut room);
        let mut cells = book
            .worksheet_cells_reader(name)
            .map_err(|e| failed(file, &e))?;
        let (mut known, mut blank) = (None, false);
        while let Some(cell) = cells.next_cell().map_err(|e| failed(file, &e))? {
            let at = position(cell.get_position());
            blank |= matches!(cell.get_value(), DataRef::Empty);
            // Under the headings as the form wrote them, its own wordings need not be copied.
            let below = own && at.row > HEADINGS_ROW;
            if below
                && UNREAD_WORDINGS.contains(&at.col)
                && *known.get_or_insert_with(|| untouched(&builder.sheet))
            {
                if is_filled(cell.get_value()) {
                    builder.pass(at.col);
                }
                continue;
            }
            builder.push(at, value_ref(cell.get_value()))?;
            if name == SHEET_README && at == CellRef::new(0, 0) && builder.sheet.text(0, 0) == MARK
            {
                own = true;
            }
        }
        let mut sheet = builder.finish();
        drop(cells);
        let lacks_a_note = own && name != SHEET_README && lacks_a_note(&sheet);
        if !own || lacks_a_note {
            let merges = book.merge_cells_by_sheet_name(name).unwrap_or_default();
            sheet.merges = areas(&merges);
        }
        // Our own forms are full of cells that wait for a comment.
        let may_be_uncomputed = if own { lacks_a_note } else { blank };
        if may_be_uncomputed {
            doubtful.push(sheet.name.clone());
        }
        sheets.push(sheet);
    }
    // Our own forms show what they hold, unless someone struck cells out.
    if !own || commented || !doubtful.is_empty() || SheetParts::strikes_cells(bytes) {
        add_extras(bytes, &mut sheets, &doubtful, commented, own);
    }
    let place = |sheet: &Sheet| {
        worksheets(&book)
            .iter()
            .position(|(n, _)| **n == *sheet.name)
    };
    sheets.sort_by_cached_key(place);
    Ok(sheets)
}

fn read_xlsb(file: &Opened, bytes: &[u8], commented: bool) -> Result<Vec<Sheet>, Diagnostic> {
    let mut book: Xlsb<Bytes> = Xlsb::new(Cursor::new(bytes)).map_err(|e| failed(file, &e))?;
    let (mut sheets, mut room) = (Vec::new(), SheetRoom::default());
    for (name, hidden) in worksheets(&book) {
        let mut builder = SheetBuilder::new(file, &name, hidden, &mut room);
        let mut cells = book
            .worksheet_cells_reader(&name)
            .map_err(|e| failed(file, &e))?;
        while let Some(cell) = cells.next_cell().map_err(|e| failed(file, &e))? {
            builder.push(position(cell.get_position()), value_ref(cell.get_value()))?;
        }
        sheets.push(builder.finish());
    }
    if let Some(mut parts) = SheetParts::of_binary(bytes) {
        let looks = parts.looks();
        for sheet in &mut sheets {
            show(&mut parts, sheet, &looks);
            if commented {
                sheet.comments = parts.comments(&sheet.name);
            }
        }
    }
    Ok(sheets)
}

/// Its sheets have been measured.
fn read_xls(file: &Opened, mut sound: SoundBook) -> Result<Vec<Sheet>, Diagnostic> {
    let bytes = Cursor::new(sound.bytes.as_slice());
    let mut book: Xls<Bytes> = Xls::new(bytes).map_err(|e| failed(file, &e))?;
    let mut sheets = dense(file, &mut book)?;
    for sheet in &mut sheets {
        let merges = book
            .merge_cells_by_sheet_name(&sheet.name)
            .unwrap_or_default();
        sheet.merges = areas(&merges);
        sheet.comments = sound.notes.remove(&*sheet.name).unwrap_or_default();
        for cell in sound.looks.remove(&*sheet.name).unwrap_or_default() {
            sheet.show(cell.at, |value| cell.look.shown(value));
        }
    }
    Ok(sheets)
}

/// Formats that only give a rectangle; its start makes the coordinates absolute.
fn dense<'a, R: Reader<Bytes<'a>>>(file: &Opened, book: &mut R) -> Result<Vec<Sheet>, Diagnostic>
where
    R::Error: std::fmt::Display,
{
    book.with_header_row(HeaderRow::FirstNonEmptyRow);
    let (mut sheets, mut room) = (Vec::new(), SheetRoom::default());
    for (name, hidden) in worksheets(book) {
        let range = book.worksheet_range(&name).map_err(|e| failed(file, &e))?;
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut builder = SheetBuilder::new(file, &name, hidden, &mut room);
        for (row, col, data) in range.used_cells() {
            let at = CellRef::new(top + row as u32, left + col as u32);
            builder.push(at, value(data))?;
        }
        sheets.push(builder.finish());
    }
    Ok(sheets)
}

/// Gives cells what their styles show, where that is not what they hold.
fn show(parts: &mut SheetParts, sheet: &mut Sheet, looks: &HashMap<usize, CellLook>) {
    if looks.is_empty() {
        return;
    }
    for (at, style) in parts.styled(&sheet.name, looks) {
        sheet.show(at, |value| looks[&style].shown(value));
    }
}

/// Formulas that nobody computed, of the sheets that have blank cells; comments; what styles show beside
/// what cells hold.
fn add_extras(
    bytes: &[u8],
    sheets: &mut [Sheet],
    doubtful: &[Arc<str>],
    commented: bool,
    own: bool,
) {
    let Some(mut parts) = SheetParts::of(bytes) else {
        return;
    };
    let (looks, struck) = (parts.looks(), parts.struck_texts());
    let is_page = |s: &Sheet| s.unopened || (own && *s.name == *SHEET_README);
    for sheet in sheets.iter_mut().filter(|s| !is_page(s)) {
        show(&mut parts, sheet, &looks);
        for cell in parts.struck(&sheet.name, &struck) {
            sheet.show(cell.at, |_| Some(Value::Text(cell.shown.clone())));
        }
        // Our own forms prompt for what they ask.
        if !own {
            sheet.page_words = parts.page_words(&sheet.name);
        }
        if doubtful.contains(&sheet.name) {
            let cells = parts.uncomputed(&sheet.name);
            let kept = cells
                .into_iter()
                .filter(|at| at.row < MAX_ROW && at.col < MAX_COL);
            kept.for_each(|at| put_error(sheet, at, UNCOMPUTED));
        }
        if commented {
            sheet.comments = parts.comments(&sheet.name);
        }
    }
    for at in 0..sheets.len() {
        let words = std::mem::take(&mut sheets[at].page_words);
        let known = with_lists(words, &sheets[at], sheets);
        sheets[at].page_words = known;
    }
}

/// Whether a line of the program's own form has no note of its own: a merged area may hold it. Elsewhere
/// the merged areas of our forms mean nothing, and are not looked for.
fn lacks_a_note(sheet: &Sheet) -> bool {
    let lines = sheet.rows.iter().filter(|r| r.index > HEADINGS_ROW);
    let without = |row: &Row| row.cell(COL_CODE).is_some() && row.cell(COL_RATING).is_none();
    !untouched(sheet) || lines.into_iter().any(without)
}

/// Merged areas, as many as a collection can need.
fn areas(merges: &[calamine::Dimensions]) -> Vec<MergedArea> {
    let kept = merges.iter().take(MAX_MERGES);
    kept.map(|m| MergedArea {
        first: CellRef::new(m.start.0, m.start.1),
        last: CellRef::new(m.end.0, m.end.1),
    })
    .collect()
}

fn position(row_and_col: (u32, u32)) -> CellRef {
    CellRef::new(row_and_col.0, row_and_col.1)
}
