//! Blank forms, derived from the référentiel: workbooks that observers, teams and directors fill
//! in, sheets to type paper answers into, forms for tablets (XLSForm) and for LimeSurvey, paper.
//! `base::sheets::own_form_layout` is shared with what reads the workbooks back.

mod asked;
mod entry;
mod limesurvey;
mod paper;
mod workbook;
mod xlsform;

pub use asked::{Asked, Choice, Place, short};
pub use entry::write as entry_sheet;
pub use limesurvey::write as limesurvey;
pub use paper::{Paper, paper};
pub use workbook::{FormIdentity, Rating, write};
pub use xlsform::write as xlsform;
