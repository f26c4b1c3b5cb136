//! Texts that may speak of the notes near which they stand: legends, one line a level or all at once, numbers
//! beside words or over them.

use super::level_definitions::codes_defined;
use super::level_words::side;
use super::said_scale::{SaidScale, said_together};
use crate::base::diagnostics::CellRef;
use crate::base::sheets::{Sheet, Value};
use crate::vocabulary::referentiel::Scale;

/// The name of a file without what ends it.
pub(super) fn without_end(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// Most texts that are read of a sheet that holds no grid.
const MOST_TEXTS: usize = 2_000;

/// The texts of a sheet that may speak of notes: those of its cells, of numbers beside words, of numbers over
/// words, one line by line as legends are written.
pub(super) fn pieces(
    sheet: &Sheet,
    counts: &dyn Fn(u32, u32) -> bool,
    is_line: &dyn Fn(u32) -> bool,
    headings: Option<u32>,
) -> Vec<(CellRef, String)> {
    let mut found: Vec<(CellRef, String)> = Vec::new();
    for row in &sheet.rows {
        let below = sheet.row(row.index + 1);
        for (i, cell) in row.cells.iter().enumerate() {
            if found.len() >= MOST_TEXTS {
                return found;
            }
            if !counts(row.index, cell.col) {
                continue;
            }
            let text = cell.value.text();
            let at = CellRef::new(row.index, cell.col);
            // On a line that is rated, a number is its note.
            if is_code(&text) && is_line(row.index) {
                continue;
            }
            if is_code(&text) {
                let beside = row.cells.get(i + 1).filter(|c| c.col == cell.col + 1);
                // Headings beside each other are those of columns: « 4 », then « Pas vu ».
                let is_heading = headings == Some(row.index);
                let beside = beside.filter(|c| !is_heading && counts(row.index, c.col));
                let under = below.and_then(|r| r.cell(cell.col));
                let under =
                    under.filter(|c| counts(row.index + 1, c.col) && !is_line(row.index + 1));
                let words = beside.into_iter().chain(under);
                let words = words.filter(|c| matches!(c.value, Value::Text(_)));
                let words = words.map(|c| c.value.text());
                let worded = words.filter(|w| w.chars().any(char::is_alphabetic));
                // A number beside the words of a level and nothing more says what it is worth.
                let joined = |w: String| {
                    let is_level = w.split_whitespace().count() <= 3 && side(&w).is_some();
                    format!("{text} {} {w}", if is_level { '=' } else { ':' })
                };
                found.extend(worded.map(|w| (at, joined(w))));
            } else if text
                .chars()
                .any(|c| c.is_alphabetic() || c == '%' || c == '=' || !c.is_ascii())
            {
                found.push((at, text));
            }
        }
    }
    found
}

/// Whether a cell holds what may be the code of a level: a digit or two.
pub(super) fn is_code(text: &str) -> bool {
    (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// What texts that define one level each say together (« 1 : très bien », « 2 : bien »…, one a line), where it does
/// not fit the scale: the first of them, their words, whether they go the other way.
pub(super) fn said_by_all(texts: &[&str], scale: &Scale) -> Option<(usize, String, bool)> {
    let single = texts.iter().enumerate();
    let single: Vec<(usize, &&str)> = single
        .filter(|(_, t)| codes_defined(t).len() == 1)
        .collect();
    let words: Vec<String> = single.iter().map(|(_, t)| (**t).to_owned()).collect();
    let said = said_together(&words, scale);
    let is_other = matches!(said, SaidScale::Reversed | SaidScale::Other);
    let first = single.first().filter(|_| is_other)?.0;
    Some((first, words.join(" ; "), said == SaidScale::Reversed))
}
