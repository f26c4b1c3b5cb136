//! What points at a person, and nowhere else: columns of files that are dropped before anything is
//! kept (`personal_columns`), texts of a plan that are refused (`titled_names`), words that are
//! hidden before anything is quoted (`name_screen`). Rather one word too many than one too few.

mod addresses;
mod announcing_words;
mod common_words;
mod given_names;
mod name_screen;
mod personal_columns;
mod plain_text;
mod telephones;
mod titled_names;

pub(crate) use name_screen::NameScreen;
pub(crate) use personal_columns::{is_personal_content, is_personal_heading};
pub(crate) use titled_names::names_someone;

/// Printed in place of what could name or reach someone.
pub(crate) const HIDDEN: &str = "[…]";
