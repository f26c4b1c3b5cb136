//! The records of an old workbook: a kind, a length, then what it says.

use std::ops::Range;

/// Start of a sheet, or of what is nested in it.
pub(super) const BOF: u16 = 0x0809;
/// A sheet announced by the workbook: where its records begin comes first.
pub(super) const BOUND_SHEET: u16 = 0x0085;
/// End of a sheet, or of what is nested in it.
pub(super) const EOF: u16 = 0x000A;

/// A record of the stream.
pub(super) struct BiffRecord {
    pub(super) kind: u16,
    pub(super) body: Range<usize>,
}

/// The records from a place on, until one that is cut.
pub(super) fn records(content: &[u8], start: usize) -> impl Iterator<Item = BiffRecord> {
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
