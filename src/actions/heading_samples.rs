//! A few values that stand under a heading that a person is asked about, so that she knows what it holds; none of
//! a column that points at a person.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::base::sheets::{Row, Sheet, Workbook};
use crate::base::text::fold;
use crate::intake::FileOutcome;
use crate::intake::sources::HAND_MADE;
use crate::intake::sources::correspondence::Correspondence;
use crate::privacy::{Motif, QuoteScreen, is_personal_content, is_personal_heading};

/// Values shown of a column.
const SHOWN: usize = 3;
/// Rows in which headings are looked for in a table.
const DEPTH: usize = 40;
/// Cells of a column that are looked at.
const SEEN: usize = 300;
/// Longest value shown, in characters.
const LONGEST: usize = 60;
/// A column of which one cell in so many names or reaches someone points at persons.
const ONE_IN: usize = 5;

/// Values under the headings of some forms: heading → up to three, in the order of the files.
pub(crate) fn heading_samples(
    files: &[&FileOutcome],
    forms: &[Correspondence],
    screen: &QuoteScreen,
) -> BTreeMap<String, Vec<String>> {
    let books: Vec<Workbook> = files
        .par_iter()
        .filter_map(|file| file.origin.workbook().ok())
        .collect();
    let mut samples: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for form in forms {
        for column in form.columns.iter().filter(|c| !c.confirmed) {
            let held = samples.entry(column.heading.clone()).or_default();
            let sheets = books.iter().flat_map(|book| &book.sheets);
            let cells: Vec<String> = sheets
                .flat_map(|sheet| beside(sheet, &column.heading, form.tool == HAND_MADE))
                .take(SEEN)
                .collect();
            if !points_at_persons(&column.heading, &cells, screen) {
                keep(held, &cells, screen);
            }
        }
    }
    samples
}

fn keep(held: &mut Vec<String>, cells: &[String], screen: &QuoteScreen) {
    for cell in cells {
        let short: String = cell.chars().take(LONGEST).collect();
        if held.len() >= SHOWN {
            return;
        }
        if !held.contains(&short) && screen.quote_title(cell).is_some() {
            held.push(short);
        }
    }
}

fn points_at_persons(heading: &str, cells: &[String], screen: &QuoteScreen) -> bool {
    let names = |cell: &&String| {
        let motifs = screen.motifs(cell);
        motifs.has(Motif::Nom) || motifs.has(Motif::Contact)
    };
    is_personal_heading(heading)
        || is_personal_content(cells)
        || cells.iter().filter(names).count() * ONE_IN > cells.len()
}

/// What stands under a heading of a table; right of one of the lines of a grid.
fn beside(sheet: &Sheet, heading: &str, is_grid: bool) -> Vec<String> {
    let wanted = fold(heading);
    let found = sheet.rows.iter().enumerate().find_map(|(rank, row)| {
        let cell = row.cells.iter().find(|c| fold(&c.value.text()) == wanted)?;
        (is_grid || rank < DEPTH).then_some((rank, row, cell.col))
    });
    let Some((rank, row, col)) = found else {
        return Vec::new();
    };
    let below = sheet.rows[rank + 1..].iter().map(|r| r.text(col));
    let text = |cells: &Row| -> Vec<String> {
        let right = cells.cells.iter().filter(|c| c.col > col);
        right.map(|c| c.value.text()).collect()
    };
    let values: Vec<String> = if is_grid && !heads(sheet, rank, col) {
        text(row)
    } else {
        below.take(SEEN).collect()
    };
    values.into_iter().filter(|v| !v.is_empty()).collect()
}

/// Whether a cell of a grid heads a column rather than a line: what is below it is short.
fn heads(sheet: &Sheet, rank: usize, col: u32) -> bool {
    let below = sheet.rows[rank + 1..].iter().take(8).map(|r| r.text(col));
    let filled: Vec<String> = below.filter(|t| !t.is_empty()).collect();
    !filled.is_empty() && filled.iter().all(|t| t.chars().count() <= 12)
}
