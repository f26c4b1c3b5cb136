//! The program's own forms, derived from the référentiel: what observers, teams and directors
//! fill in. `sources::own_layout` is shared with what reads them back.

mod workbook;

pub use workbook::{FormIdentity, Rating, write};
