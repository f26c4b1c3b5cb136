//! Bytes → sheets of located cells, whatever the format of the file: what is imported and the
//! registry of structures are read the same way.
//!
//! | question | file |
//! |---|---|
//! | which format is a file, by its content; an empty one? | `open_here` |
//! | – a photo, a PDF, a document: no table at all | `other_kinds` |
//! | – read here, or by another process | `open`; that process: `apart`, what it hands over: `carried`, numbers: `number_bits` |
//! | – how large a file may be: 200 000 rows, 2 000 columns, texts | `opened` |
//! | workbooks: which sheets, hidden ones, a password | `spreadsheets` |
//! | – parts under other names than Excel’s | `part_names` |
//! | – a cell’s value, what is a date or an error | `cell_values` |
//! | CSV: encoding, delimiter | `delimited` |
//! | – a quote that is not closed | `quotes` |
//! | a table that stands whole in its first column | `one_column` |
//! | old `.xls`: encrypted, too large | `biff`, its records: `biff_records` |
//! | – web pages and SpreadsheetML named `.xls` | `tagged_tables` |
//! | ODS: tables, repeats, merged areas, errors | `ods`, one cell: `ods_cell` |
//! | – cells of an ODS that nobody sees | `covered` |
//! | comments of cells, formulas never computed | `xlsx_extras`, `xlsb_comments`, `biff_notes`, `ods_cell`; whose words: `comment_words` |
//! | – names of its XML, whatever their prefixes | `xml_names` |
//! | – what a sheet says elsewhere than in its cells: header of its page, prompts | `page_words` |
//! | – what styles show beside what cells hold: « 75 % », « 3/10 », struck out | `cell_looks`, found by `xlsx_looks` (words struck out among others: `xlsx_struck`), `xlsb_looks`, `biff_looks`, `ods_cell` |
//! | a zip refused before it is opened: sizes, parts; is it risky? | `guard` |
//! | – texts that it says it holds | `string_count` |
//! | is a file read alone (memory)? | `weight` |
//! | tables of a document of a word processor | `word_tables` |
//! | rows from cells, within bounds | `sheet_builder` |
//! | sheets, rows, cells once read; dates as ISO, numbers as text | `cells` |
//! | where things stand in our own forms | `own_form_layout` |
//! | somebody's own workbook with faulty cells lit | `annotate` |

pub(crate) mod annotate;
mod apart;
mod biff;
mod biff_looks;
mod biff_notes;
mod biff_records;
mod carried;
mod cell_looks;
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
mod other_kinds;
pub mod own_form_layout;
mod page_words;
mod part_names;
mod quotes;
mod sheet_builder;
mod spreadsheets;
mod string_count;
mod tagged_tables;
mod weight;
mod word_tables;
mod xlsb_comments;
mod xlsb_looks;
mod xlsx_extras;
mod xlsx_looks;
mod xlsx_struck;
mod xml_names;

pub(crate) use apart::{asked_to_read, read_apart, serve};
pub use cell_values::UNCOMPUTED;
pub use cells::{Cell, CellComment, Format, MergedArea, PageWords, Row, Sheet, Value, Workbook};
pub(crate) use delimited::french_text;
pub use open::open;
pub(crate) use weight::is_heavy;
pub(crate) use word_tables::open_word;
