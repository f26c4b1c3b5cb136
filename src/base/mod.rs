//! What every stage may lean on: text and dates, located diagnostics, errors, typed columns,
//! tables of typed cells, pages set by typst.

pub(crate) mod day;
pub mod diagnostics;
pub mod error;
pub mod sheets;
pub mod table;
pub mod tabular;
pub mod text;
pub mod toml_error;
pub mod typeset;
