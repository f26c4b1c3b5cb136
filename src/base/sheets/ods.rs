//! The tables of an `OpenDocument`, read here: libraries lay them out whole, look without end for what is not
//! closed, refuse what is indented, and leave out merged areas, errors and comments.

use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cells::{CellComment, MergedArea, Sheet, Value};
use super::covered::drop_covered;
use super::ods_cell::{OdsCell, attribute, read_cell, repeated};
use super::opened::{MAX_COL, MAX_MERGES, MAX_ROW, Opened};
use super::sheet_builder::{SheetBuilder, SheetRoom};
use crate::base::diagnostics::{CellRef, Diagnostic};

/// Most comments of a sheet.
const MAX_COMMENTS: usize = 10_000;

/// The sheets of a content whose size has been proved.
///
/// # Errors
///
/// XML that is damaged or cut; more than a collection holds.
pub(super) fn read(file: &Opened, xml: &[u8]) -> Result<Vec<Sheet>, Diagnostic> {
    let mut reader = Reader::from_reader(xml);
    let (mut sheets, mut room) = (Vec::new(), SheetRoom::default());
    let mut known = TableStyles::default();
    let (mut style, mut depth) = (String::new(), 0_usize);
    loop {
        let event = reader.read_event();
        match event.map_err(|_| damaged(file))? {
            Event::Start(tag) if tag.name().as_ref() == "table:table" => {
                let name = attribute(&tag, "table:name").unwrap_or_default();
                let styled = attribute(&tag, "table:style-name");
                let is_hidden = styled.is_some_and(|s| known.hidden.contains(&s));
                let builder = SheetBuilder::new(file, &name, is_hidden, &mut room);
                sheets.push(TableReading::new(file, builder, &known.struck).read(&mut reader)?);
            }
            Event::Empty(tag) if tag.name().as_ref() == "table:table" => {
                let name = attribute(&tag, "table:name").unwrap_or_default();
                sheets.push(SheetBuilder::new(file, &name, false, &mut room).finish());
            }
            Event::Start(tag) | Event::Empty(tag) if is_no_spreadsheet(tag.name().as_ref()) => {
                return Err(file.unreadable("c’est un document OpenDocument, pas un classeur"));
            }
            Event::Start(tag) => {
                depth += 1;
                known.note(&tag, &mut style);
            }
            Event::Empty(tag) => known.note(&tag, &mut style),
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof if depth > 0 => return Err(cut(file)),
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

fn damaged(file: &Opened) -> Diagnostic {
    file.unreadable("le contenu du classeur est abîmé")
}

fn cut(file: &Opened) -> Diagnostic {
    file.unreadable("le contenu du classeur est tronqué")
}

/// Texts and slides hold tables too.
fn is_no_spreadsheet(name: &str) -> bool {
    matches!(
        name,
        "office:text" | "office:presentation" | "office:drawing"
    )
}

/// Styles that hide a table, or strike out a cell.
#[derive(Default)]
struct TableStyles {
    hidden: HashSet<String>,
    struck: HashSet<String>,
}

impl TableStyles {
    fn note(&mut self, tag: &BytesStart, style: &mut String) {
        let says = |name: &str, value: &str| attribute(tag, name).is_some_and(|d| d == value);
        match tag.name().as_ref() {
            "style:style" => *style = attribute(tag, "style:name").unwrap_or_default(),
            "style:table-properties" if says("table:display", "false") => {
                self.hidden.insert(style.clone());
            }
            "style:text-properties" => {
                let line = attribute(tag, "style:text-line-through-style");
                if line.is_some_and(|line| line != "none") {
                    self.struck.insert(style.clone());
                }
            }
            _ => {}
        }
    }
}

/// A table being read.
struct TableReading<'a> {
    file: &'a Opened,
    builder: SheetBuilder<'a>,
    row: u64,
    /// How many rows are the same as the one being read.
    row_repeat: u64,
    col: u64,
    /// What is filled in the row being read, by column.
    filled: Vec<(u32, Value)>,
    /// Styles that strike out.
    struck: &'a HashSet<String>,
}

impl<'a> TableReading<'a> {
    fn new(file: &'a Opened, builder: SheetBuilder<'a>, struck: &'a HashSet<String>) -> Self {
        Self {
            file,
            builder,
            row: 0,
            row_repeat: 1,
            col: 0,
            filled: Vec::new(),
            struck,
        }
    }

    /// Until the end of the table; what is nested in it (drawings, tables within a cell) is no cell of it.
    fn read(mut self, reader: &mut Reader<&[u8]>) -> Result<Sheet, Diagnostic> {
        let file = self.file;
        loop {
            match reader.read_event().map_err(|_| damaged(file))? {
                Event::Start(tag) => match tag.name().as_ref() {
                    "table:table-row" => self.begin_row(&tag),
                    name if is_cell(name) => {
                        let cell = read_cell(file, reader, &tag)?;
                        self.place(cell)?;
                    }
                    "table:table" | "table:shapes" | "office:forms" => {
                        let end = tag.to_end().into_owned();
                        (reader.read_to_end(end.name())).map_err(|_| cut(file))?;
                    }
                    _ => {}
                },
                Event::Empty(tag) => match tag.name().as_ref() {
                    "table:table-row" => {
                        self.begin_row(&tag);
                        self.end_row()?;
                    }
                    name if is_cell(name) => self.place(OdsCell::of(&tag))?,
                    _ => {}
                },
                Event::End(tag) => match tag.name().as_ref() {
                    "table:table-row" => self.end_row()?,
                    "table:table" => return Ok(self.finish()),
                    _ => {}
                },
                Event::Eof => return Err(cut(file)),
                _ => {}
            }
        }
    }

    fn begin_row(&mut self, tag: &BytesStart) {
        self.row_repeat = repeated(tag, "table:number-rows-repeated");
        self.col = 0;
        self.filled.clear();
    }

    /// Content is repeated as often as its row and its cell are; blanks are not.
    fn end_row(&mut self) -> Result<(), Diagnostic> {
        if !self.filled.is_empty() {
            for row in self.row..self.row.saturating_add(self.row_repeat) {
                let row = u32::try_from(row).unwrap_or(u32::MAX);
                for (col, value) in &self.filled {
                    let at = CellRef::new(row, *col);
                    self.builder.push(at, Some(value.clone()))?;
                }
            }
        }
        self.row = self.row.saturating_add(self.row_repeat);
        self.filled.clear();
        Ok(())
    }

    fn place(&mut self, cell: OdsCell) -> Result<(), Diagnostic> {
        let cell = cell.struck_by(self.struck);
        let at = self.at();
        if let Some(at) = at.filter(|_| cell.across > 1 || cell.down > 1) {
            self.merge(at, &cell);
        }
        let sheet = &mut self.builder.sheet;
        if let (Some(at), Some(text)) = (at, cell.comment)
            && sheet.comments.len() < MAX_COMMENTS
        {
            sheet.comments.push(CellComment::new(at, text));
        }
        if let Some(value) = cell.value.filter(|_| !cell.covered) {
            for col in self.col..self.col.saturating_add(cell.repeat) {
                let col = u32::try_from(col).unwrap_or(u32::MAX);
                if self.row >= u64::from(MAX_ROW) || col >= MAX_COL {
                    let what = "une cellule remplie hors de portée (ligne 200 000, colonne 2 000)";
                    return Err(self.file.too_large(what));
                }
                self.filled.push((col, value.clone()));
            }
        }
        self.col = self.col.saturating_add(cell.repeat);
        Ok(())
    }

    /// Where the next cell goes; none beyond what a sheet may hold.
    fn at(&self) -> Option<CellRef> {
        let (row, col) = (u32::try_from(self.row).ok()?, u32::try_from(self.col).ok()?);
        (row < MAX_ROW && col < MAX_COL).then(|| CellRef::new(row, col))
    }

    fn merge(&mut self, first: CellRef, cell: &OdsCell) {
        let merges = &mut self.builder.sheet.merges;
        if merges.len() < MAX_MERGES {
            let reach =
                |from: u32, n: u64, most: u32| from + n.clamp(1, u64::from(most)) as u32 - 1;
            let last = CellRef::new(
                reach(first.row, cell.down, MAX_ROW),
                reach(first.col, cell.across, MAX_COL),
            );
            merges.push(MergedArea { first, last });
        }
    }

    fn finish(self) -> Sheet {
        let mut sheet = self.builder.finish();
        drop_covered(&mut sheet);
        sheet
    }
}

fn is_cell(name: &str) -> bool {
    matches!(name, "table:table-cell" | "table:covered-table-cell")
}
