//! Any table with one column per élément code, or per question as the référentiel words it.

use std::collections::BTreeSet;

use super::header_rows::DEPTH;
use crate::base::sheets::{Row, Sheet};
use crate::intake::sources::dialect::{Dialect, HeaderRows, TableFrame};
use crate::intake::sources::header::{Header, recognised_labels};
use crate::intake::sources::source::{Confidence, Context};

/// Any other table.
pub(crate) const TOOL: Dialect = Dialect {
    name: "tableau",
    label: "tableau, une colonne par élément",
    frame,
    one_sheet: false,
    ..Dialect::PLAIN
};

fn frame(sheet: &Sheet, context: &Context) -> Option<TableFrame> {
    if let Some(row) = Header::find(sheet, context.referentiel) {
        let confidence = if row.codes >= 2 {
            Confidence::Likely
        } else {
            Confidence::Possible
        };
        return Some(TableFrame::under(confidence, row.index));
    }
    if let Some(labels) = recognised_labels(sheet, context) {
        return Some(TableFrame::under(Confidence::Possible, labels));
    }
    any_table(sheet)
}

/// Cells of a row that hold words, and how many different ones; none if a cell holds something else.
fn worded(row: &Row) -> Option<(usize, usize)> {
    let texts: BTreeSet<String> = row.cells.iter().map(|c| c.value.text()).collect();
    let words = |t: &String| t.chars().any(char::is_alphabetic);
    texts
        .iter()
        .all(words)
        .then_some((row.cells.len(), texts.len()))
}

/// The first of the fullest rows at the top, when nearly all its cells (nine in ten: « Autre »
/// comes back) are different words and the rows under it follow its columns; with the row right
/// above it when that one names blocks of columns.
fn any_table(sheet: &Sheet) -> Option<TableFrame> {
    let top: Vec<&Row> = sheet.rows.iter().take(DEPTH).collect();
    let full = |row: &&Row| {
        let (cells, different) = worded(row)?;
        (different >= 3 && different * 10 >= cells * 9).then_some(cells)
    };
    let widest = top.iter().filter_map(full).max()?;
    let header = top.iter().find(|r| full(r) == Some(widest))?;
    let last = header.cells.last()?.col;
    let under = sheet.rows.iter().filter(|r| r.index > header.index);
    let aligned = under.filter(|r| r.cells.len() >= 2 && r.cells.iter().all(|c| c.col <= last));
    if aligned.take(2).count() < 2 {
        return None;
    }
    let blocks = header.index.checked_sub(1).filter(|above| {
        let names = sheet.row(*above).and_then(worded);
        names.is_some_and(|(cells, different)| cells >= 2 && cells == different)
    });
    Some(TableFrame {
        confidence: Confidence::Faint,
        header: HeaderRows {
            first: blocks.unwrap_or(header.index),
            last: header.index,
        },
        data: header.index + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(text: &str) -> Option<TableFrame> {
        let book = crate::base::sheets::open(std::path::Path::new("t.csv"), text.as_bytes());
        any_table(book.expect("a book").value.sheets.first()?)
    }

    #[test]
    fn blocks_stand_above_items_and_an_item_may_come_back() {
        let blocks = "Métier ?;;;;;;Usages ?;;;;;\n";
        let items = "Anim;Dir;Aide;Élu;Parent;Autre;Jeu;Repas;Sieste;Sortie;Devoirs;Autre\n";
        let answers = "Oui;Non;Non;Non;Non;;souvent;jamais;souvent;jamais;parfois;\n".repeat(3);
        let frame = framed(&format!("{blocks}{items}{answers}")).expect("a table");
        let HeaderRows { first, last } = frame.header;
        assert_eq!((first, last, frame.data), (0, 1, 2));
        let frame = framed(&format!("Enquête 2026;;;;;;;;;;;\n{items}{answers}"));
        let frame = frame.expect("a table under its title");
        let HeaderRows { first, last } = frame.header;
        assert_eq!((first, last, frame.data), (1, 1, 2));
        assert!(framed(&answers).is_none(), "answers alone are no headings");
    }
}
