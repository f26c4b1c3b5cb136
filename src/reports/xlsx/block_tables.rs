//! Blocks that are tables in a workbook, and lists or cards elsewhere; how a cell of a table is typed.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use crate::base::looks::{fitting, printed_day};
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, nbsp, visible};
use crate::reports::document::{CritereView, Must};

/// Impératifs as a table.
pub(super) fn musts_table(items: &[Must]) -> Table<Datum> {
    let rows = items
        .iter()
        .map(|i| {
            vec![
                Datum::words(format!("{} {}", i.code, i.label)),
                Datum::words(format!("{} {}", i.mark, i.word))
                    .styled(&i.class)
                    .keyed(&i.key),
                Datum::words(i.details.join("\n")),
            ]
        })
        .collect();
    Table::new(
        String::new(),
        vec![
            Heading::words("Critère impératif").wide(4.5),
            Heading::words("État").wide(1.6),
            Heading::words("À reprendre ou à évaluer").wide(5.0),
        ],
        rows,
    )
}

/// Critères put forward as a table.
pub(super) fn cards_table(cards: &[CritereView]) -> Table<Datum> {
    let rows = cards
        .iter()
        .map(|c| {
            let state = [c.value.as_str(), &c.target, &c.evolution];
            let state: Vec<&str> = state.into_iter().filter(|s| !s.is_empty()).collect();
            vec![
                Datum::words(format!("{} {}", c.code, c.label)),
                Datum::words(state.join(" · ")).keyed(&c.key),
                Datum::words(&c.reason),
                Datum::words(if c.rated.is_empty() {
                    c.descriptor.clone()
                } else {
                    c.rated.join(" ; ")
                }),
                Datum::words(&c.next_step),
            ]
        })
        .collect();
    Table::new(
        String::new(),
        [
            "Critère",
            "Niveau",
            "Pourquoi ce critère",
            "Ce qui a été noté (sinon, le repère le plus proche)",
            "La marche suivante",
        ]
        .map(|h| Heading::words(h).wide(2.8))
        .to_vec(),
        rows,
    )
}

/// Writes a cell: its number, its day, else its text.
pub(super) fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Datum,
    format: &Format,
) -> Result<(), XlsxError> {
    match (cell.number, printed_day(&cell.text)) {
        // A text that says more than its number (« 72 % (18 sur 25) ») stays a text.
        (Some(number), _) if !cell.text.contains('(') => {
            sheet.write_number_with_format(row, column, number, format)?
        }
        (_, Some(day)) => {
            let format = format.clone().set_num_format("dd/mm/yyyy");
            sheet.write_datetime_with_format(row, column, &day, &format)?
        }
        _ => sheet.write_string_with_format(row, column, cut(&cell.text), format)?,
    };
    Ok(())
}

/// French typography, and no longer than Excel accepts.
pub(super) fn cut(text: &str) -> String {
    fitting(&nbsp(&visible(text)))
}
