//! What every stage may lean on: text and dates, located diagnostics, errors and panics, files written
//! at once, typed columns, tables of typed cells and their files, looks of workbooks, pages set by typst.

pub mod day;
pub mod diagnostics;
pub mod error;
pub(crate) mod files;
mod holidays;
pub(crate) mod lineage;
pub(crate) mod looks;
pub(crate) mod machine;
pub(crate) mod palette;
pub(crate) mod panics;
pub(crate) mod parallel;
pub mod sheets;
pub mod table;
pub mod table_files;
pub mod tabular;
pub mod text;
pub mod toml_error;
pub mod typeset;
