//! Old workbooks, before their library sees them: their compound file is read by a crate that proves it
//! sound, and made anew with the stream of the workbook alone, since the library follows a chain of
//! sectors that bites its tail until the memory is full; every sheet is laid out as a rectangle: how
//! large, before it is allocated; and room is made for what a sheet says that it holds: it says nothing
//! any more.

use std::io::{Cursor, Read, Write};
use std::ops::Range;

use super::opened::{MAX_AREA, MAX_CELLS, Opened};
use crate::base::diagnostics::Diagnostic;

/// Records of one cell; its row and column come first ([MS-XLS] 2.5.13). The text that a formula gives
/// (STRING, 0x0207) is none of them: it begins with its length.
const CELLS: [u16; 8] = [
    0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6, 0x00FD,
];
/// Records of several cells of a row; the last column comes last.
const RUNS: [u16; 2] = [0x00BD, 0x00BE];
/// Start of a sheet.
const BOF: [u16; 2] = [0x0809, 0x0409];

/// A sheet announced by the workbook: where its records begin comes first.
const BOUND_SHEET: u16 = 0x0085;
/// What a sheet says of its size: room is made for all of it before anything is read.
const DIMENSIONS: u16 = 0x0200;
/// End of a sheet, or of what is nested in it.
const EOF: u16 = 0x000A;
/// No workbook of a collection has as many; each may point at the same records.
const MAX_SHEETS: usize = 1_000;
/// Records that all sheets may hold together.
const MAX_RECORDS: usize = 2 * MAX_CELLS;
/// What the stream of a workbook may hold: 65 536 rows of 256 columns are never filled.
const MAX_BOOK: u64 = 64 << 20;

/// The workbook in a sound compound file, its sheets no larger than what they hold.
///
/// # Errors
///
/// No workbook that can be read there; sheets that span too much together.
pub(super) fn sound(file: &Opened, bytes: &[u8]) -> Result<Vec<u8>, Diagnostic> {
    let damaged = || file.unreadable("son contenu n’est pas celui d’un classeur valide");
    let mut stream = workbook(bytes).ok_or_else(damaged)?;
    if stream.content.len() as u64 > MAX_BOOK {
        return Err(file.too_large("plus de 64 Mio dans un classeur .xls"));
    }
    for claim in claims(file, &stream.content)? {
        if let Some(body) = stream.content.get_mut(claim) {
            body.fill(0);
        }
    }
    stream.alone().map_err(|_| damaged())
}

/// A record of the stream.
struct BiffRecord {
    kind: u16,
    body: Range<usize>,
}

/// The records from a place on, until one that is cut.
fn records(content: &[u8], start: usize) -> impl Iterator<Item = BiffRecord> {
    let mut at = start;
    std::iter::from_fn(move || {
        let [a, b, c, d] = *content.get(at..at.checked_add(4)?)?.first_chunk()?;
        let length = usize::from(u16::from_le_bytes([c, d]));
        let body = at + 4..at + 4 + length;
        at = body.end;
        content.get(body.clone())?;
        Some(BiffRecord {
            kind: u16::from_le_bytes([a, b]),
            body,
        })
    })
}

/// Refuses sheets that span too much together, as the library will read them; gives where each says how
/// large it is, which nothing obliges it to be.
fn claims(file: &Opened, content: &[u8]) -> Result<Vec<Range<usize>>, Diagnostic> {
    let announced = records(content, 0).filter(|r| r.kind == BOUND_SHEET);
    let place = |r: BiffRecord| content.get(r.body)?.first_chunk().copied();
    let starts: Vec<usize> = announced
        .filter_map(place)
        .map(|place| u32::from_le_bytes(place) as usize)
        .take(MAX_SHEETS + 1)
        .collect();
    if starts.len() > MAX_SHEETS {
        return Err(file.too_large("plus de 1 000 feuilles"));
    }
    let mut claims = Vec::new();
    let (mut area, mut walked) = (0, 0);
    for start in starts {
        let mut span = SheetSpan::default();
        for record in records(content, start) {
            walked += 1;
            if record.kind == DIMENSIONS {
                claims.push(record.body.clone());
            }
            if span.is_over(&record, content) {
                break;
            }
            if area + span.area() > MAX_AREA {
                return Err(file.too_large("des cellules remplies trop loin les unes des autres"));
            }
            if walked > MAX_RECORDS {
                return Err(file.too_large("plus de 5 millions de cellules"));
            }
        }
        area += span.area();
    }
    Ok(claims)
}

/// What a sheet spans.
#[derive(Default)]
struct SheetSpan {
    rows: u64,
    columns: u64,
    /// Starts that no end has closed.
    depth: usize,
}

impl SheetSpan {
    fn area(&self) -> u64 {
        self.rows * self.columns
    }

    /// Whether a record ends the sheet; what is nested in it (a chart) has ends of its own.
    fn is_over(&mut self, record: &BiffRecord, content: &[u8]) -> bool {
        let body = &content[record.body.clone()];
        let word = |at: usize| {
            let pair = body.get(at..)?.first_chunk()?;
            Some(u64::from(u16::from_le_bytes(*pair)))
        };
        let last = match record.kind {
            EOF => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            kind if BOF.contains(&kind) => {
                self.depth += 1;
                None
            }
            kind if RUNS.contains(&kind) => word(body.len().saturating_sub(2)),
            kind if CELLS.contains(&kind) => word(2),
            _ => None,
        };
        if let (Some(row), Some(col)) = (word(0), last) {
            self.rows = self.rows.max(row + 1);
            self.columns = self.columns.max(col + 1);
        }
        false
    }
}

/// The stream of a workbook.
struct BookStream {
    name: &'static str,
    content: Vec<u8>,
}

impl BookStream {
    /// In a compound file of its own.
    fn alone(&self) -> std::io::Result<Vec<u8>> {
        // The library does not read the root of version 4.
        let mut compound =
            cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
        compound
            .create_stream(self.name)?
            .write_all(&self.content)?;
        compound.flush()?;
        Ok(compound.into_inner().into_inner())
    }
}

/// The stream of the workbook in its compound file; none when there is none to read.
fn workbook(bytes: &[u8]) -> Option<BookStream> {
    let mut compound = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let names = ["/Workbook", "/Book", "/WORKBOOK", "/BOOK"];
    let name = names.into_iter().find(|n| compound.is_stream(n))?;
    let stream = compound.open_stream(name).ok()?;
    let mut content = Vec::new();
    stream.take(MAX_BOOK + 1).read_to_end(&mut content).ok()?;
    Some(BookStream { name, content })
}
