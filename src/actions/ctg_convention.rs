//! `ctg/convention.toml` changed from a page: shown whole, read by the loader before anything is written, what it held
//! kept beside.

use std::path::PathBuf;

use super::dated_copies::DatedCopies;
use super::typed_file::{ShownFile, TypedFile, TypedFileOutcome};
use crate::base::error::{Error, Result};
use crate::campaign::OpenObservatory;
use crate::convention::{CONVENTION_FILE, parse_convention};

/// Folder of what the file held before.
const BEFORE_FOLDER: &str = super::ctg_textes::BEFORE_FOLDER;

/// The file as a page shows it.
pub(crate) struct OpenedConvention {
    /// Whether there is one.
    pub(crate) is_there: bool,
    /// Its text and the state that is seen.
    pub(crate) shown: ShownFile,
    /// What does not hold together in it, a fault a line.
    pub(crate) faults: Option<String>,
}

/// Where it is.
struct ConventionPlace {
    path: PathBuf,
    before: PathBuf,
}

impl ConventionPlace {
    fn of(opened: &OpenObservatory) -> Self {
        let root = &opened.observatory.root;
        Self {
            path: root.join(CONVENTION_FILE),
            before: root.join(BEFORE_FOLDER),
        }
    }

    fn file(&self) -> TypedFile<'_> {
        TypedFile {
            path: self.path.clone(),
            copies: DatedCopies::of_text(&self.before, "convention", ".toml"),
            starter: "",
        }
    }
}

fn holds_together(opened: &OpenObservatory, text: &str) -> Result<()> {
    parse_convention(CONVENTION_FILE, text, &opened.observatory).map(|_| ())
}

/// Opens the file, sound or not.
///
/// # Errors
///
/// A disk that refuses.
pub(crate) fn open_convention(opened: &OpenObservatory) -> Result<OpenedConvention> {
    let place = ConventionPlace::of(opened);
    let shown = place.file().shown()?;
    let is_there = place.path.is_file();
    let faults = match holds_together(opened, &shown.text) {
        Err(refused) if is_there => Some(refused.to_string()),
        _ => None,
    };
    Ok(OpenedConvention {
        is_there,
        shown,
        faults,
    })
}

/// Keeps what was typed, if it holds together.
///
/// # Errors
///
/// No file yet; a disk that refuses, a folder that another command holds.
pub(crate) fn keep_convention(
    opened: &OpenObservatory,
    typed: &str,
    seen: &str,
) -> Result<TypedFileOutcome> {
    let place = ConventionPlace::of(opened);
    if !place.path.is_file() {
        return Err(Error::Usage(format!(
            "{CONVENTION_FILE} n’est pas là : écrivez d’abord le modèle."
        )));
    }
    let _held = opened.store.hold()?;
    let file = place.file();
    file.keep(typed, seen, |text| holds_together(opened, text))
}

/// Puts back what the file held before.
///
/// # Errors
///
/// As [`keep_convention`].
pub(crate) fn put_convention_back(
    opened: &OpenObservatory,
    seen: &str,
) -> Result<TypedFileOutcome> {
    let _held = opened.store.hold()?;
    let place = ConventionPlace::of(opened);
    let file = place.file();
    file.put_back(seen, |text| holds_together(opened, text))
}
