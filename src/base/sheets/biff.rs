//! Old workbooks, before their library sees them: their compound file is read by a crate that proves it
//! sound, and made anew with the stream of the workbook alone, since the library follows a chain of
//! sectors that bites its tail until the memory is full; every sheet is laid out as a rectangle: how
//! large, before it is allocated; and room is made for what a sheet says that it holds: it says nothing
//! any more.

use std::collections::HashMap;
use std::io::{Cursor, Read, Write};
use std::ops::Range;

use super::biff_looks::{self, LookedCell};
use super::biff_notes;
use super::biff_records::{BOF, BOUND_SHEET, BiffRecord, EOF, records};
use super::cells::CellComment;
use super::opened::{MAX_AREA, MAX_CELLS, Opened, protected};
use crate::base::diagnostics::Diagnostic;

/// Records of one cell; its row and column come first ([MS-XLS] 2.5.13). The text that a formula gives
/// (STRING, 0x0207) is none of them: it begins with its length. Nor are blanks (0x0201, 0x00BE): a whole
/// sheet may have been coloured, and the library leaves them out.
const CELLS: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6, 0x00FD];
/// Numbers of several cells of a row; the last column comes last.
const RUN: u16 = 0x00BD;
/// The workbook is encrypted, in one way or another.
const FILE_PASS: u16 = 0x002F;
/// What an old workbook without a compound file begins with, by version of Excel: 5 and 95, then before.
const BARE: [u8; 2] = [0x09, 0x08];
const ANCIENT: [[u8; 2]; 3] = [[0x09, 0x00], [0x09, 0x02], [0x09, 0x04]];

/// What a sheet says of its size: room is made for all of it before anything is read.
const DIMENSIONS: u16 = 0x0200;
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
pub(super) fn sound(file: &Opened, bytes: &[u8]) -> Result<SoundBook, Diagnostic> {
    let damaged = || file.unreadable("son contenu n’est pas celui d’un classeur valide");
    let mut stream = workbook(bytes).ok_or_else(damaged)?;
    if stream.content.len() as u64 > MAX_BOOK {
        return Err(file.too_large("plus de 64 Mio dans un classeur .xls"));
    }
    if is_encrypted(&stream.content) {
        return Err(protected(file));
    }
    let notes = biff_notes::notes(&stream.content);
    let looks = biff_looks::looks(&stream.content);
    for claim in claims(file, &stream.content)? {
        if let Some(body) = stream.content.get_mut(claim) {
            body.fill(0);
        }
    }
    let bytes = stream.alone().map_err(|_| damaged())?;
    Ok(SoundBook {
        bytes,
        notes,
        looks,
    })
}

/// A workbook that its library may read.
pub(super) struct SoundBook {
    pub(super) bytes: Vec<u8>,
    /// The comments of each sheet, by name, which the library does not give.
    pub(super) notes: HashMap<String, Vec<CellComment>>,
    /// Cells that show something else than what they hold, by sheet.
    pub(super) looks: HashMap<String, Vec<LookedCell>>,
}

/// Whether bytes that are no compound file are those of an old workbook; what is older than Excel 5 cannot
/// be read by anyone here.
pub(super) fn is_bare(bytes: &[u8]) -> bool {
    let length = bytes.get(2..4).map(|l| u16::from_le_bytes([l[0], l[1]]));
    let begins = |mark: &[u8; 2]| bytes.starts_with(mark);
    let starts = begins(&BARE) || ANCIENT.iter().any(begins);
    starts && length.is_some_and(|n| (4..=16).contains(&n))
}

/// Whether it is older than what is read.
pub(super) fn is_ancient(bytes: &[u8]) -> bool {
    is_bare(bytes) && !bytes.starts_with(&BARE)
}

/// A part of the workbook says that the rest is encrypted; the kinds and lengths of records never are.
fn is_encrypted(content: &[u8]) -> bool {
    let globals = records(content, 0).take_while(|r| r.kind != EOF);
    globals.into_iter().any(|r| r.kind == FILE_PASS)
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
            BOF => {
                self.depth += 1;
                None
            }
            // What a chart holds is not laid out.
            _ if self.depth > 1 => None,
            RUN => word(body.len().saturating_sub(2)),
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

/// The stream of the workbook in its compound file, or alone; none when there is none to read.
fn workbook(bytes: &[u8]) -> Option<BookStream> {
    if is_bare(bytes) {
        let content = bytes.to_vec();
        return Some(BookStream {
            name: "/Book",
            content,
        });
    }
    let mut compound = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let names = ["/Workbook", "/Book", "/WORKBOOK", "/BOOK"];
    let name = names.into_iter().find(|n| compound.is_stream(n))?;
    let stream = compound.open_stream(name).ok()?;
    let mut content = Vec::new();
    stream.take(MAX_BOOK + 1).read_to_end(&mut content).ok()?;
    Some(BookStream { name, content })
}
