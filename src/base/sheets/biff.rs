//! Old workbooks, before their library sees them: their compound file is read by a crate that proves it
//! sound, and made anew with the stream of the workbook alone, since the library follows a chain of
//! sectors that bites its tail until the memory is full; and every sheet is laid out as a rectangle: how
//! large, before it is allocated.

use std::io::{Cursor, Read, Write};

use super::opened::{MAX_AREA, MAX_PART, Opened};
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

/// The workbook in a sound compound file.
///
/// # Errors
///
/// No workbook that can be read there; sheets that span too much together.
pub(super) fn sound(file: &Opened, bytes: &[u8]) -> Result<Vec<u8>, Diagnostic> {
    let damaged = || file.unreadable("son contenu n’est pas celui d’un classeur valide");
    let stream = workbook(bytes).ok_or_else(damaged)?;
    check(file, &stream.content)?;
    stream.alone().map_err(|_| damaged())
}

/// Refuses a workbook whose sheets span too much together.
fn check(file: &Opened, content: &[u8]) -> Result<(), Diagnostic> {
    let (mut area, mut reach) = (0_u64, (0_u64, 0_u64));
    let mut rest = content;
    while let [a, b, c, d, tail @ ..] = rest {
        let (kind, length) = (u16::from_le_bytes([*a, *b]), u16::from_le_bytes([*c, *d]));
        let Some((body, next)) = tail.split_at_checked(usize::from(length)) else {
            break;
        };
        let word = |at: usize| {
            let pair = body.get(at..at + 2)?;
            Some(u64::from(u16::from_le_bytes([pair[0], pair[1]])))
        };
        let last = if RUNS.contains(&kind) {
            word(body.len().saturating_sub(2))
        } else if CELLS.contains(&kind) {
            word(2)
        } else {
            None
        };
        if let (Some(row), Some(col)) = (word(0), last) {
            reach = (reach.0.max(row + 1), reach.1.max(col + 1));
        }
        if BOF.contains(&kind) {
            area += reach.0 * reach.1;
            reach = (0, 0);
        }
        if area + reach.0 * reach.1 > MAX_AREA {
            return Err(file.too_large("des cellules remplies trop loin les unes des autres"));
        }
        rest = next;
    }
    Ok(())
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
    stream.take(MAX_PART).read_to_end(&mut content).ok()?;
    Some(BookStream { name, content })
}
