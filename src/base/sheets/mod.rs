//! Bytes → sheets of located cells, whatever the format of the file: what is imported and the
//! registry of structures are read the same way.

mod apart;
mod biff;
mod biff_notes;
mod carried;
mod cell_values;
mod cells;
mod comment_words;
mod covered;
mod delimited;
mod guard;
mod ods;
mod ods_cell;
mod one_column;
mod open;
mod opened;
pub mod own_form_layout;
mod part_names;
mod quotes;
mod sheet_builder;
mod spreadsheets;
mod string_count;
mod tagged_tables;
mod weight;
mod xlsx_extras;

pub(crate) use apart::{asked_to_read, read_apart, serve};
pub use cell_values::UNCOMPUTED;
pub use cells::{Cell, CellComment, Format, MergedArea, Row, Sheet, Value, Workbook};
pub use open::open;
pub(crate) use weight::is_heavy;
