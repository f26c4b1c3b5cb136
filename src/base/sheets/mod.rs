//! Bytes → sheets of located cells, whatever the format of the file: what is imported and the
//! registry of structures are read the same way.
//!
//! | question | file |
//! |---|---|
//! | which format is a file, by its content; an empty one? | `open` |
//! | – how large a file may be: 200 000 rows, 2 000 columns, texts | `opened` |
//! | workbooks: which sheets, hidden ones, a password | `spreadsheets` |
//! | – a cell’s value, what is a date or an error | `cell_values` |
//! | CSV: encoding, delimiter | `delimited` |
//! | – a quote that is not closed | `quotes` |
//! | old `.xls` | `biff` |
//! | – web pages and SpreadsheetML named `.xls` | `tagged_tables` |
//! | ODS: repeats, merged areas, errors | `ods_scan` |
//! | – cells of an ODS that nobody sees, errors kept as blanks | `covered` |
//! | comments of cells, formulas never computed | `xlsx_extras` |
//! | a zip refused before it is opened: sizes, parts | `guard` |
//! | – texts that it says it holds | `string_count` |
//! | is a file read alone (memory)? | `weight` |
//! | rows from cells, within bounds | `sheet_builder` |
//! | sheets, rows, cells once read; dates as ISO, numbers as text | `cells` |
//! | where things stand in our own forms | `own_form_layout` |

mod biff;
mod cell_values;
mod cells;
mod covered;
mod delimited;
mod guard;
mod ods_scan;
mod open;
mod opened;
pub mod own_form_layout;
mod quotes;
mod sheet_builder;
mod spreadsheets;
mod string_count;
mod tagged_tables;
mod weight;
mod xlsx_extras;

pub use cell_values::UNCOMPUTED;
pub use cells::{Cell, CellComment, Format, MergedArea, Row, Sheet, Value, Workbook};
pub use open::open;
pub(crate) use weight::is_heavy;
