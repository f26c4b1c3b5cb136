//! Files in. A [`Source`] recognises one tool's layout in the sheets of a file and yields
//! [`Answers`]. An importer knows its tool's habits and nothing of scores.

mod activity_tables;
mod answers;
pub(crate) mod cell_fate;
mod column_proposal;
mod column_reader;
mod column_role;
pub mod correspondence;
mod dialect;
mod edit_distance;
mod element_codes;
mod grid;
mod group_paths;
mod header;
mod heading;
mod importers;
mod labels;
pub mod notes;
mod own_form;
mod own_form_columns;
mod own_form_identity;
mod personal;
mod practice_answers;
mod practice_columns;
pub mod practices;
mod questions;
mod response_cells;
mod response_dates;
mod response_table;
mod responses;
mod source;
mod titles;
mod tools;
mod usual_headings;

pub(crate) use answers::letters;
pub use answers::{Answer, AnswerArea, Answers, Located, OPEN_ANSWER, Record};
pub use importers::{SOURCES, choose, unrecognised};
pub use source::{Confidence, Context, Source};
