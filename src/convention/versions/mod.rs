//! What people write by hand, as it was known on a day: `ctg/convention.toml`, questionnaires, series, communes and contributions;
//! settings, list of accueils, référentiel and its layer, exchanges of data. The journal of registers says what was typed when; these files are edited in place, so a copy of each is kept by every
//! command of the convention that writes, as soon as it is not the one that was kept before.
//!
//! | question | file |
//! |---|---|
//! | which files they are | `hand_written` |
//! | copies that are kept, by day; a new one | `version_folder` |
//! | which file counts on a day | `known_files` |

mod hand_written;
mod known_files;
mod version_folder;

pub(crate) use hand_written::SURVEYS;
pub use hand_written::{
    COMMUNES_TABLE, CONTEXT_TABLE, CONTRIBUTIONS_FILE, CONVENTION_FILE, EXCHANGES_FILE,
    SCHOOLS_TABLE,
};
pub(crate) use known_files::KnownFiles;
pub(crate) use version_folder::{check_versions, keep_versions};
