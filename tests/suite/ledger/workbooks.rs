//! Workbooks as tables of text, to be read, changed and written again; and what a file holds, counted
//! by another reader than the program's.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use rust_xlsxwriter::{Format, Workbook};

/// A sheet: its name, its cells row by row, and merged cells (first row, last row, column).
#[derive(Clone, Debug, Default)]
pub struct TextSheet {
    pub name: String,
    pub rows: Vec<Vec<String>>,
    pub merges: Vec<(u32, u32, u16)>,
}

impl TextSheet {
    pub fn of(name: &str, rows: &[&[&str]]) -> Self {
        let rows = rows
            .iter()
            .map(|r| r.iter().map(|c| (*c).to_owned()).collect());
        Self {
            name: name.to_owned(),
            rows: rows.collect(),
            merges: Vec::new(),
        }
    }

    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    pub fn get(&self, row: usize, col: usize) -> &str {
        let cell = self.rows.get(row).and_then(|r| r.get(col));
        cell.map_or("", String::as_str)
    }

    pub fn set(&mut self, row: usize, col: usize, text: &str) {
        while self.rows.len() <= row {
            self.rows.push(Vec::new());
        }
        let cells = &mut self.rows[row];
        while cells.len() <= col {
            cells.push(String::new());
        }
        text.clone_into(&mut cells[col]);
    }
}

/// The bytes of a workbook; what reads as a number is one.
pub fn written(sheets: &[TextSheet]) -> Vec<u8> {
    let mut book = Workbook::new();
    for made in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(&made.name).expect("a name");
        for (r, row) in made.rows.iter().enumerate() {
            for (c, text) in row.iter().enumerate().filter(|(_, t)| !t.is_empty()) {
                let (r, c) = (r as u32, c as u16);
                match text.parse::<f64>() {
                    Ok(n) => sheet.write_number(r, c, n).map(|_| ()),
                    Err(_) => sheet.write_string(r, c, text).map(|_| ()),
                }
                .expect("a cell");
            }
        }
        for (first, last, col) in &made.merges {
            let text = made.get(*first as usize, *col as usize).to_owned();
            let format = Format::new();
            let merged = sheet.merge_range(*first, *col, *last, *col, &text, &format);
            merged.expect("merged");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn text(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::DateTime(date) => {
            let (y, m, d, ..) = date.to_ymd_hms_milli();
            format!("{d:02}/{m:02}/{y:04}")
        }
        other => other.to_string().trim().to_owned(),
    }
}

/// The sheets of a workbook as text.
pub fn read(bytes: &[u8]) -> Vec<TextSheet> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes.to_vec())).expect("a workbook");
    let names = book.sheet_names();
    let sheets = names.into_iter().map(|name| {
        let range = book.worksheet_range(&name).expect("a sheet");
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut sheet = TextSheet {
            name,
            ..TextSheet::default()
        };
        for (r, c, data) in range.used_cells() {
            sheet.set(top as usize + r, left as usize + c, &text(data));
        }
        sheet
    });
    sheets.collect()
}

/// Cells that hold something, by sheet, as calamine and csv find them.
pub fn filled(path: &Path, bytes: &[u8]) -> BTreeMap<String, u64> {
    let is_csv = path.extension().is_some_and(|e| e == "csv") && std::str::from_utf8(bytes).is_ok();
    if is_csv {
        let text = String::from_utf8_lossy(bytes);
        let head = text.lines().next().unwrap_or_default();
        let count = |c: char| head.matches(c).count();
        let most = [';', ',', '\t'].into_iter().max_by_key(|c| count(*c));
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(most.unwrap_or(';') as u8)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let records = reader.records().flatten();
        let cells = records.map(|r| r.iter().filter(|f| !f.trim().is_empty()).count() as u64);
        return BTreeMap::from([(String::new(), cells.sum())]);
    }
    let is_xlsx = path.extension().is_some_and(|e| e == "xlsx") && bytes.starts_with(b"PK");
    if !is_xlsx || open_workbook_auto_from_rs(Cursor::new(bytes.to_vec())).is_err() {
        return BTreeMap::new();
    }
    let sheets = read(bytes).into_iter().map(|sheet| {
        let cells = sheet.rows.iter().flatten().filter(|c| !c.is_empty());
        (sheet.name.clone(), cells.count() as u64)
    });
    sheets.collect()
}
