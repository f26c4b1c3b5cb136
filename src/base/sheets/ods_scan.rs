//! The tables of an ODS before any library expands them: what they span, their merged areas and
//! their cells in error, which the workbook library does not give.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cells::MergedArea;
use super::opened::{MAX_ALL_TEXT, MAX_AREA, MAX_CELLS, MAX_COL, MAX_MERGES, MAX_ROW, Opened};
use crate::base::diagnostics::{CellRef, Diagnostic};

/// Cells in error that are followed.
const MAX_ERRORS: usize = 10_000;

/// A merged area of an ODS.
pub(super) struct OdsMerge {
    /// Name of its table.
    pub table: String,
    pub area: MergedArea,
}

/// A cell in error of an ODS.
pub(super) struct OdsError {
    /// Name of its table.
    pub table: String,
    pub cell: CellRef,
}

/// Position while walking the tables of an ODS.
#[derive(Default)]
pub(super) struct OdsScan {
    table: String,
    row: u64,
    col: u64,
    row_repeat: u64,
    cells: u64,
    /// Tags that no end has closed.
    depth: usize,
    /// How many cells hold the text that is being read; none between cells.
    holders: u64,
    /// Bytes of text, as often as cells hold them.
    text: u64,
    /// Right and bottom of what is filled in the table.
    reach: (u64, u64),
    /// Rectangles of the tables before this one.
    area: u64,
    pub(super) merges: Vec<OdsMerge>,
    pub(super) errors: Vec<OdsError>,
}

/// Repeats of rows and columns with content are bounded before anything expands them.
pub(super) fn scan_ods(file: &Opened, xml: &[u8]) -> Result<OdsScan, Diagnostic> {
    let mut reader = Reader::from_reader(xml);
    let mut walk = OdsScan::default();
    loop {
        let event = reader.read_event();
        match &event {
            Ok(Event::Start(_)) => walk.depth += 1,
            // What has no end is looked for by the library without end.
            Ok(Event::End(_)) => walk.depth = walk.depth.saturating_sub(1),
            Ok(Event::Eof) if walk.depth > 0 => {
                return Err(file.unreadable("le contenu du classeur est tronqué"));
            }
            _ => {}
        }
        match event {
            Ok(Event::Start(tag)) => walk.open(file, &tag, false)?,
            Ok(Event::Empty(tag)) => walk.open(file, &tag, true)?,
            Ok(Event::End(tag)) if tag.name().as_ref() == "table:table-row" => {
                walk.row = walk.row.saturating_add(walk.row_repeat);
            }
            Ok(Event::End(tag)) if is_cell(tag.name().as_ref()) => walk.holders = 0,
            Ok(Event::Text(text)) => walk.hold(file, text.len())?,
            Ok(Event::CData(text)) => walk.hold(file, text.len())?,
            Ok(Event::Eof) => return Ok(walk),
            Ok(_) => {}
            Err(_) => return Err(file.unreadable("le contenu du classeur est abîmé")),
        }
    }
}

impl OdsScan {
    fn open(&mut self, file: &Opened, tag: &BytesStart, empty: bool) -> Result<(), Diagnostic> {
        let number = |name: &str| -> u64 {
            let text = attribute(tag, name);
            text.and_then(|t| t.parse().ok()).unwrap_or(1)
        };
        match tag.name().as_ref() {
            "table:table" => {
                self.table = attribute(tag, "table:name").unwrap_or_default();
                self.area = self.area.saturating_add(self.reach.0 * self.reach.1);
                (self.row, self.col, self.reach) = (0, 0, (0, 0));
            }
            "table:table-row" => {
                self.row_repeat = number("table:number-rows-repeated");
                self.col = 0;
                if empty {
                    self.row = self.row.saturating_add(self.row_repeat);
                }
            }
            name if is_cell(name) => {
                let repeat = number("table:number-columns-repeated");
                self.holders = repeat.saturating_mul(self.row_repeat.max(1));
                let said = attribute(tag, "office:string-value");
                self.hold(file, said.map_or(0, |text| text.len()))?;
                if empty {
                    self.holders = 0;
                }
                let filled = attribute(tag, "office:value-type").is_some() || !empty;
                if filled {
                    self.fill(file, repeat)?;
                }
                if attribute(tag, "calcext:value-type").is_some_and(|t| t == "error") {
                    self.error();
                }
                let (across, down) = (
                    number("table:number-columns-spanned"),
                    number("table:number-rows-spanned"),
                );
                if (across > 1 || down > 1)
                    && self.merges.len() < MAX_MERGES
                    && self.row < u64::from(MAX_ROW)
                    && self.col < u64::from(MAX_COL)
                {
                    let first = CellRef::new(self.row as u32, self.col as u32);
                    let last = CellRef::new(
                        (self.row + down.min(u64::from(MAX_ROW)) - 1) as u32,
                        (self.col + across.min(u64::from(MAX_COL)) - 1) as u32,
                    );
                    self.merges.push(OdsMerge {
                        table: self.table.clone(),
                        area: MergedArea { first, last },
                    });
                }
                self.col = self.col.saturating_add(repeat);
            }
            _ => {}
        }
        Ok(())
    }

    /// Text of a cell, which the library repeats as often as the cell is.
    fn hold(&mut self, file: &Opened, bytes: usize) -> Result<(), Diagnostic> {
        let held = self.holders.saturating_mul(bytes as u64);
        self.text = self.text.saturating_add(held);
        if self.text > MAX_ALL_TEXT as u64 {
            return Err(file.too_large("plus de 256 Mio de texte, cellule par cellule"));
        }
        Ok(())
    }

    fn error(&mut self) {
        let inside = self.row < u64::from(MAX_ROW) && self.col < u64::from(MAX_COL);
        if inside && self.errors.len() < MAX_ERRORS {
            self.errors.push(OdsError {
                table: self.table.clone(),
                cell: CellRef::new(self.row as u32, self.col as u32),
            });
        }
    }

    fn fill(&mut self, file: &Opened, repeat: u64) -> Result<(), Diagnostic> {
        self.cells = self
            .cells
            .saturating_add(repeat.saturating_mul(self.row_repeat.max(1)));
        let (row, col) = (
            self.row.saturating_add(self.row_repeat.max(1)) - 1,
            self.col.saturating_add(repeat) - 1,
        );
        if self.cells > MAX_CELLS as u64 {
            return Err(file.too_large("plus de 5 millions de cellules"));
        }
        if row > u64::from(MAX_ROW) || col > u64::from(MAX_COL) {
            return Err(
                file.too_large("une cellule remplie hors de portée (ligne 200 000, colonne 2 000)")
            );
        }
        self.reach = (self.reach.0.max(col + 1), self.reach.1.max(row + 1));
        if self.area + self.reach.0 * self.reach.1 > MAX_AREA {
            return Err(file.too_large("des cellules remplies trop loin les unes des autres"));
        }
        Ok(())
    }
}

fn is_cell(name: &str) -> bool {
    matches!(name, "table:table-cell" | "table:covered-table-cell")
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag
        .attributes()
        .flatten()
        .find(|a| a.key.as_ref() == name)?;
    Some(found.value.into_owned())
}
