//! The registers as a page edits them: over the same journal as workbooks, read and checked by the same rules.
//!
//! | question | file |
//! |---|---|
//! | a line typed on a page, kept as one of a workbook; cells that others changed meanwhile | `typed_row` |
//! | lines as they are shown, what each was before, lines that were removed, cells to settle | `register_desk` |

mod register_desk;
mod typed_row;

pub(crate) use register_desk::{
    ContestedRowCell, RegisterDesk, ShownRow, keep_standing_cell, put_row_back,
};
pub(crate) use typed_row::{RowRemark, TypedRegisterRow, TypedRowOutcome, type_row};
