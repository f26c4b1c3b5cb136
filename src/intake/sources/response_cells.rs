//! What a table of responses holds besides answers: where its block stands, lines of totals, columns of
//! the tool and of persons.

use super::answers::AnswerArea;
use super::cell_fate::{Fate, ReadCells, announces_total};
use super::column_role::ColumnRole;
use super::header::HeaderColumn;
use super::response_table::ResponseTable;
use crate::base::diagnostics::CellRef;
use crate::base::sheets::Row;
use crate::base::text::fold;
use crate::intake::sources::answers::Located;

/// Where the answers stand; what the tool writes above them is read as headings. Nothing is said of the
/// columns of a table that asks nothing known: it waits for its correspondence.
pub(super) fn block(table: &ResponseTable) -> Option<AnswerArea> {
    let above = table.sheet.rows.iter();
    for row in above.take_while(|r| r.index < table.frame.data) {
        let heading = row.index >= table.frame.header.first;
        // A title stands alone above the headings.
        if heading || row.cells.len() == 1 {
            row.claim_rest(Fate::Identity);
        }
    }
    let cols = || table.header.columns.iter().map(|c| c.col);
    let (first, last) = (cols().min()?, cols().max()?);
    let asks = !table.questions.is_empty() || table.speaks.is_some();
    asks.then(|| AnswerArea {
        answer_columns: Vec::new(),
        sheet: table.sheet.name.clone(),
        headings: Some(table.frame.header.last),
        names: table.header.titles.clone(),
        first_row: table.frame.data,
        first_col: first,
        last_col: last,
        shape: table.header.form.clone(),
        expected: &[],
    })
}

/// A line of totals under the responses, which no respondent wrote: set aside, and what is to be said.
pub(super) fn total(table: &ResponseTable, row: &Row) -> Option<Total> {
    const FIRST: usize = 6;
    const WHOLES: [&str; 7] = [
        "ensemble",
        "moy",
        "mediane",
        "objectif",
        "exemple",
        "ecart type",
        "cumul",
    ];
    let place = table.header.position(&ColumnRole::Structure);
    let first = row.cells.first().map(|c| c.col);
    let col = place.or(first)?;
    // In place of the accueil, or of whatever says who answered.
    let says_who = |col: u32| {
        let roles = table
            .header
            .columns
            .iter()
            .find(|c| c.col == col)
            .map(|c| &c.role);
        matches!(
            roles,
            Some(
                ColumnRole::Respondent
                    | ColumnRole::Personal
                    | ColumnRole::Date
                    | ColumnRole::Stamp
            )
        )
    };
    let mut whoever = row.cells.iter().take(FIRST).filter(|c| says_who(c.col));
    let sums = |text: &str| announces_total(text) || WHOLES.contains(&fold(text).as_str());
    if !announces_total(&row.text(col)) && !whoever.any(|c| sums(&c.value.text())) {
        return None;
    }
    row.claim_rest(Fate::Total);
    let words = row
        .cells
        .first()
        .map(|c| c.value.text())
        .unwrap_or_default();
    Some(Total {
        at: CellRef::new(row.index, first.unwrap_or(0)),
        message: format!("ligne « {words} » ignorée : elle résume les autres."),
    })
}

/// A line of totals that was set aside.
pub(super) struct Total {
    pub(super) at: CellRef,
    pub(super) message: String,
}

/// The structure of the merged cell that covers several lines.
pub(super) fn shared_place(table: &ResponseTable, row: &Row) -> Option<Located> {
    let col = table.header.position(&ColumnRole::Structure)?;
    let text = table.sheet.column_text(row.index, col);
    let cell = CellRef::new(row.index, col);
    (!text.is_empty()).then_some(Located { text, cell })
}

/// What the columns of a response hold besides its answers.
pub(super) fn claim_columns(table: &ResponseTable, row: &Row) {
    let header = &table.header;
    let first = |column: &HeaderColumn| header.position(&column.role) == Some(column.col);
    // Where a response asks nothing itself, the lines of its groups take from it who speaks, and when.
    let aside = if table.questions.is_empty() {
        Fate::Identity
    } else {
        Fate::BlankResponse
    };
    table
        .dates
        .columns()
        .for_each(|c| row.claim(c, Fate::Identity));
    for column in &header.columns {
        let fate = match &column.role {
            _ if header.named.contains(&column.col) => Fate::Named,
            ColumnRole::Personal => Fate::Personal,
            ColumnRole::Profile => Fate::Profile,
            ColumnRole::Circumstance => Fate::Identity,
            ColumnRole::Silent | ColumnRole::Respondent | ColumnRole::Stamp => Fate::ToolColumn,
            // Nothing was made of the response: it answers nothing.
            ColumnRole::Structure
            | ColumnRole::Visit
            | ColumnRole::Observer
            | ColumnRole::SecondCoder
            | ColumnRole::Date
                if first(column) =>
            {
                aside
            }
            _ => continue,
        };
        row.claim(column.col, fate);
    }
    header.named.iter().for_each(|c| row.claim(*c, Fate::Named));
}
