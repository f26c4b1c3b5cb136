//! `ctg/convention.toml`, or the one that could come next, changed from a page: shown whole, read by the loader before anything is written, what it held
//! kept beside.

use std::path::PathBuf;

use super::dated_copies::DatedCopies;
use super::typed_file::{ShownFile, TypedFile, TypedFileOutcome};
use crate::base::error::{Error, Result};
use crate::campaign::OpenObservatory;
use crate::convention::{CONVENTION_FILE, parse_convention};

/// Folder of what the file held before.
const BEFORE_FOLDER: &str = super::ctg_textes::BEFORE_FOLDER;

/// Where the convention that could come next is prepared.
const NEXT_CONVENTION_FILE: &str = "ctg/prochaine-convention.toml";

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WrittenConvention {
    /// What was signed.
    Signed,
    /// What could come next: nothing is computed from it until it takes the place of the other.
    Next,
}

impl WrittenConvention {
    /// Its file, from the folder of the observatory.
    pub(crate) fn file(self) -> &'static str {
        match self {
            Self::Signed => CONVENTION_FILE,
            Self::Next => NEXT_CONVENTION_FILE,
        }
    }

    /// Whether it is written yet.
    pub(crate) fn is_there(self, opened: &OpenObservatory) -> bool {
        opened.observatory.root.join(self.file()).is_file()
    }
}

/// Where a bilan may write the convention that could come next.
///
/// # Errors
///
/// One is there: somebody may have changed it.
pub(crate) fn place_of_next(opened: &OpenObservatory) -> Result<PathBuf> {
    if WrittenConvention::Next.is_there(opened) {
        return Err(Error::Usage(format!(
            "La convention qui pourrait suivre est déjà là : changez-la sur sa page, ou retirez {NEXT_CONVENTION_FILE} du dossier pour repartir du bilan. Rien n’a été écrit."
        )));
    }
    Ok(opened.observatory.root.join(NEXT_CONVENTION_FILE))
}

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
    which: WrittenConvention,
    path: PathBuf,
    before: PathBuf,
}

impl ConventionPlace {
    fn of(opened: &OpenObservatory, which: WrittenConvention) -> Self {
        let root = &opened.observatory.root;
        Self {
            which,
            path: root.join(which.file()),
            before: root.join(BEFORE_FOLDER),
        }
    }

    fn file(&self) -> TypedFile<'_> {
        let stem = match self.which {
            WrittenConvention::Signed => "convention",
            WrittenConvention::Next => "prochaine-convention",
        };
        TypedFile {
            path: self.path.clone(),
            copies: DatedCopies::of_text(&self.before, stem, ".toml"),
            starter: "",
        }
    }

    fn holds_together(&self, opened: &OpenObservatory, text: &str) -> Result<()> {
        parse_convention(self.which.file(), text, &opened.observatory).map(|_| ())
    }
}

/// Opens the file, sound or not.
///
/// # Errors
///
/// A disk that refuses.
pub(crate) fn open_convention(
    opened: &OpenObservatory,
    which: WrittenConvention,
) -> Result<OpenedConvention> {
    let place = ConventionPlace::of(opened, which);
    let shown = place.file().shown()?;
    let is_there = place.path.is_file();
    let faults = match place.holds_together(opened, &shown.text) {
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
    which: WrittenConvention,
    typed: &str,
    seen: &str,
) -> Result<TypedFileOutcome> {
    let place = ConventionPlace::of(opened, which);
    if !place.path.is_file() {
        return Err(Error::Usage(format!(
            "{} n’est pas là : écrivez-le d’abord.",
            which.file()
        )));
    }
    let _held = opened.store.hold()?;
    let file = place.file();
    file.keep(typed, seen, |text| place.holds_together(opened, text))
}

/// Puts back what the file held before.
///
/// # Errors
///
/// As [`keep_convention`].
pub(crate) fn put_convention_back(
    opened: &OpenObservatory,
    which: WrittenConvention,
    seen: &str,
) -> Result<TypedFileOutcome> {
    let _held = opened.store.hold()?;
    let place = ConventionPlace::of(opened, which);
    let file = place.file();
    file.put_back(seen, |text| place.holds_together(opened, text))
}
