//! Blank forms, derived from the référentiel: workbooks that observers, teams and directors fill
//! in, sheets to type paper answers into, forms for tablets (XLSForm) and for LimeSurvey, paper.
//! `base::sheets::own_form_layout` is shared with what reads the workbooks back.
//!
//! | question | file |
//! |---|---|
//! | what a form asks: which éléments, which answers | `asked` |
//! | OBS, AUT, DIR as workbooks | `grid_workbook` |
//! | a sheet to type paper answers into (500 lines) | `entry` |
//! | KoboToolbox, ODK | `xlsform` |
//! | LimeSurvey | `limesurvey_form` |
//! | a small questionnaire of the convention, in all of these | `survey_form` |
//! | what a team answers to its report: corrections, remarks | `returns` |
//! | rows of workbooks as high as their texts | `row_heights` |
//! | what a questionnaire says before its questions: purpose, return date, RGPD | `welcome` |
//! | paper, as PDF: levels beside each élément, one sheet for families, one page for each age of children | `paper` |

mod asked;
mod entry;
mod grid_workbook;
mod limesurvey_form;
mod paper;
mod returns;
mod row_heights;
mod survey_form;
mod welcome;
mod xlsform;

pub use asked::{AskedForm, COUNTED_OCCASIONS, Choice, FormPlace, short};
pub use entry::{TypedRow, write as entry_sheet};
pub use grid_workbook::{FilledRating, FormIdentity, write};
pub use limesurvey_form::write as limesurvey;
pub use paper::{Paper, PaperAnswer, answers, instructions, paper, survey_paper};
pub use returns::write as returns;
pub use survey_form::{survey_limesurvey, survey_sheet, survey_xlsform};
pub use welcome::welcome;
pub use xlsform::write as xlsform;
