//! What every stage may lean on: text and dates, located diagnostics, errors and panics, files written
//! at once, typed columns, tables of typed cells and their files, looks of workbooks, pages set by typst.
//!
//! | question | file |
//! |---|---|
//! | what stops a command, in one sentence; its exit code (2, 3) | `error` |
//! | – a panic | `panics` |
//! | errors of a TOML file in French | `toml_error` |
//! | days as whole numbers | `day` |
//! | – Sundays and public holidays | `holidays` |
//! | tables with typed columns | `table` |
//! | one table of exact cells | `tabular` |
//! | – as CSV, XLSX, Parquet, JSON | `table_files` |
//! | – – as Parquet, with true dates | `parquet_file` |
//! | – as a sheet that people read and print | `people_sheet` |
//! | formats of cells of every workbook; lines that a text takes | `looks` |
//! | colours | `palette` |
//! | files that each name those that they had seen; their order | `lineage` |
//! | what several people fill in workbooks, cell by cell, with its history | `journal` |
//! | a whole folder as one archive, and back | `backup` |
//! | the name of a machine, of a session | `machine` |
//! | what people write by hand in a text file, kept as typed | `written` |
//! | work on several threads, in order | `parallel` |

pub(crate) mod backup;
pub mod day;
pub mod diagnostics;
pub mod error;
pub(crate) mod files;
mod holidays;
pub mod journal;
pub(crate) mod lineage;
pub(crate) mod looks;
pub(crate) mod machine;
pub(crate) mod palette;
pub(crate) mod panics;
pub(crate) mod parallel;
mod parquet_file;
pub(crate) mod people_sheet;
pub mod sheets;
pub mod table;
pub mod table_files;
pub mod tabular;
pub mod text;
pub mod toml_error;
pub mod typeset;
pub mod written;
