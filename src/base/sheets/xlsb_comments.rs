//! The comments of a binary workbook, which its library does not give ([MS-XLSB] 2.1.4 for records, 2.4.28,
//! 2.4.33, 2.4.304).

use super::cells::CellComment;
use super::comment_words::unsigned;
use crate::base::diagnostics::CellRef;

/// A sheet of the workbook.
const BUNDLE_SHEET: u32 = 156;
const COMMENT_AUTHOR: u32 = 632;
const BEGIN_COMMENT: u32 = 635;
const COMMENT_TEXT: u32 = 637;

/// A sheet, and the relation that leads to its part.
pub(super) struct BoundSheet {
    pub(super) name: String,
    pub(super) relation: String,
}

pub(super) struct XlsbRecord<'a> {
    pub(super) kind: u32,
    pub(super) body: &'a [u8],
}

/// The records of a part, until one that is cut.
pub(super) fn records(mut bytes: &[u8]) -> impl Iterator<Item = XlsbRecord<'_>> {
    std::iter::from_fn(move || {
        let kind = varying(&mut bytes, 2, 8)?;
        let length = varying(&mut bytes, 4, 7)? as usize;
        let (body, rest) = bytes.split_at_checked(length)?;
        bytes = rest;
        Some(XlsbRecord { kind, body })
    })
}

/// A number of one byte or more, each of which says whether another follows; the kind of a record keeps
/// that mark.
fn varying(bytes: &mut &[u8], most: u32, step: u32) -> Option<u32> {
    let mut number = 0;
    for rank in 0..most {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        let digits = if step == 8 { *byte } else { byte & 0x7f };
        number |= u32::from(digits) << (step * rank);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// A text behind its length, and what follows it.
pub(super) fn wide(bytes: &[u8]) -> Option<(String, &[u8])> {
    let letters = word(bytes, 0)?;
    let length = if letters == u32::MAX {
        0
    } else {
        (letters as usize).checked_mul(2)?
    };
    let (text, rest) = bytes.get(4..)?.split_at_checked(length)?;
    let (text, _, _) = encoding_rs::UTF_16LE.decode(text);
    Some((text.into_owned(), rest))
}

/// The sheets of the workbook's main part.
pub(super) fn sheets(workbook: &[u8]) -> Vec<BoundSheet> {
    let bundled = records(workbook).filter(|r| r.kind == code(BUNDLE_SHEET));
    let sheet = |r: XlsbRecord| {
        let (relation, rest) = wide(r.body.get(8..)?)?;
        let (name, _) = wide(rest)?;
        Some(BoundSheet { name, relation })
    };
    bundled.filter_map(sheet).collect()
}

/// The comments of a part.
pub(super) fn comments(part: &[u8]) -> Vec<CellComment> {
    let (mut found, mut authors) = (Vec::new(), Vec::new());
    let (mut at, mut author) = (None, None);
    for XlsbRecord { kind, body } in records(part) {
        if kind == code(COMMENT_AUTHOR) {
            authors.push(wide(body).map(|w| w.0).unwrap_or_default());
        } else if kind == code(BEGIN_COMMENT) {
            author = word(body, 0).and_then(|a| authors.get(a as usize).cloned());
            at = word(body, 4).zip(word(body, 12));
        } else if kind == code(COMMENT_TEXT)
            && let (Some((row, col)), Some((text, _))) = (at.take(), body.get(1..).and_then(wide))
        {
            let said = unsigned(&text, author.as_deref().unwrap_or(""));
            if !said.is_empty() {
                found.push(CellComment::new(CellRef::new(row, col), said));
            }
        }
    }
    found
}

/// How a kind of record is written: seven bits, a mark, then the others.
pub(super) fn code(kind: u32) -> u32 {
    if kind < 0x80 {
        kind
    } else {
        (kind & 0x7f) | 0x80 | (kind >> 7 << 8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u32, body: &[u8]) -> Vec<u8> {
        let code = code(kind).to_le_bytes();
        let code = if kind < 0x80 { &code[..1] } else { &code[..2] };
        [code, &[body.len() as u8], body].concat()
    }

    fn wide_text(text: &str) -> Vec<u8> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let letters = units.iter().flat_map(|u| u.to_le_bytes());
        (units.len() as u32)
            .to_le_bytes()
            .into_iter()
            .chain(letters)
            .collect()
    }

    #[test]
    fn sheets_and_comments_are_found_among_other_records() {
        let sheet = [vec![0; 8], wide_text("rId1"), wide_text("Été")].concat();
        let book = [
            record(131, &[]),
            record(BUNDLE_SHEET, &sheet),
            record(144, &[]),
        ]
        .concat();
        let found = sheets(&book);
        assert_eq!(
            (found[0].name.as_str(), found[0].relation.as_str()),
            ("Été", "rId1")
        );
        let place = [0_u32, 4, 4, 2, 2].map(u32::to_le_bytes).concat();
        let part = [
            record(628, &[]),
            record(COMMENT_AUTHOR, &wide_text("Jeanne D.")),
            record(BEGIN_COMMENT, &[place, vec![0; 16]].concat()),
            record(
                COMMENT_TEXT,
                &[vec![0], wide_text("Jeanne D.:\nvu")].concat(),
            ),
            record(636, &[]),
        ];
        let at = CellRef::new(4, 2);
        assert_eq!(
            comments(&part.concat()),
            [CellComment::new(at, "vu".to_owned())]
        );
        assert!(comments(&part.concat()[..40]).is_empty(), "cut");
    }
}
