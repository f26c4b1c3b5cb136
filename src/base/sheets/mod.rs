//! Bytes → sheets of located cells, whatever the format of the file: what is imported and the
//! registry of structures are read the same way.
//!
//! | question | file |
//! |---|---|
//! | what kind of file is it? | `open_here`; parts under odd names: `part_names` |
//! | is it safe to read here? | `open` asks `guard`, `string_count`, `weight`; else by another process: `apart`, `carried`, `number_bits` |
//! | cells of xlsx and xlsb? of xls? of ods? of text? | `spreadsheets`; `biff`, `biff_records`; `ods`, `ods_cell`; `delimited`, `quotes`, `tagged_tables` |
//! | comments of cells, formulas that nobody computed? | `xlsx_extras`, `xlsb_comments`, `biff_notes`, `ods_cell`; whose words: `comment_words` |
//! | all in the first column? | `one_column` |
//! | what a cell is, how many there may be? | `cells`, `cell_values`, `covered`; `sheet_builder`, `opened` |
//! | the program's own forms? | `own_form_layout` |

mod apart;
mod biff;
mod biff_notes;
mod biff_records;
mod carried;
mod cell_values;
mod cells;
mod comment_words;
mod covered;
mod delimited;
mod guard;
mod number_bits;
mod ods;
mod ods_cell;
mod one_column;
mod open;
mod open_here;
mod opened;
pub mod own_form_layout;
mod part_names;
mod quotes;
mod sheet_builder;
mod spreadsheets;
mod string_count;
mod tagged_tables;
mod weight;
mod xlsb_comments;
mod xlsx_extras;

pub(crate) use apart::{asked_to_read, read_apart, serve};
pub use cell_values::UNCOMPUTED;
pub use cells::{Cell, CellComment, Format, MergedArea, Row, Sheet, Value, Workbook};
pub use open::open;
pub(crate) use weight::is_heavy;
