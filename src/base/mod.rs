//! What every stage may lean on: text and dates, located diagnostics, errors, typed columns,
//! tables of typed cells and their files, looks of workbooks, pages set by typst.

pub(crate) mod day;
pub mod diagnostics;
pub mod error;
pub(crate) mod looks;
pub(crate) mod palette;
pub mod table;
pub mod table_files;
pub mod tabular;
pub mod text;
pub mod typeset;
