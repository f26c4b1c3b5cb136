//! What people write in a bilan, from a page: texts listed with what is left to write, one kept byte for byte, put back.

use std::path::PathBuf;

use super::dated_copies::DatedCopies;
use super::typed_file::{ShownFile, TypedFile, TypedFileOutcome};
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::campaign::OpenObservatory;
use crate::convention::{
    BilanTextFile, Convention, TEXTS_FOLDER, TextFolder, TextPart, TextState, convention_or_fiches,
    text_places,
};

/// Folder of what texts and the convention held before.
pub(crate) const BEFORE_FOLDER: &str = "ctg/avant";

/// A text, and how far it is.
pub(crate) struct ListedText {
    /// Section.
    pub(crate) part: TextPart,
    /// Name of its file.
    pub(crate) file: String,
    /// How far it is.
    pub(crate) state: TextState,
}

/// Every text.
pub(crate) struct TextList {
    /// In order of sections.
    pub(crate) texts: Vec<ListedText>,
    /// What was signed.
    pub(crate) convention: Convention,
    /// What was noticed.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Lists texts; writes nothing.
///
/// # Errors
///
/// A convention that does not hold together.
pub(crate) fn list_texts(opened: &OpenObservatory) -> Result<TextList> {
    let checked = convention_or_fiches(&opened.observatory)?;
    let places = text_places(&checked.value);
    let folder = TextFolder::read(&opened.observatory.root, &places);
    let texts = places.iter().filter_map(|place| {
        Some(ListedText {
            part: place.part.clone(),
            file: place.file.clone(),
            state: folder.get(&place.part)?.state.clone(),
        })
    });
    let texts = texts.collect();
    Ok(TextList {
        texts,
        convention: checked.value,
        diagnostics: folder.diagnostics,
    })
}

/// A text that a page shows.
pub(crate) struct OpenedText {
    /// Section.
    pub(crate) part: TextPart,
    /// What was signed.
    pub(crate) convention: Convention,
    /// Its text and the state that is seen.
    pub(crate) shown: ShownFile,
}

/// Where a text is, and what one starts from.
struct FoundText {
    place: BilanTextFile,
    path: PathBuf,
    before: PathBuf,
}

/// The text that a page names, among those that the bilan reads: a name that was typed is never a path.
fn found(opened: &OpenObservatory, file: &str) -> Result<(FoundText, Convention)> {
    let convention = convention_or_fiches(&opened.observatory)?.value;
    let place = text_places(&convention)
        .into_iter()
        .find(|p| p.file == file);
    let place = place.ok_or_else(|| {
        Error::Usage(format!(
            "« {file} » n’est pas un texte du bilan : choisissez-le dans la liste."
        ))
    })?;
    let root = &opened.observatory.root;
    let own = root.join(TEXTS_FOLDER);
    // Some disks do not tell capitals apart, some people do not either.
    let entries = std::fs::read_dir(&own).into_iter().flatten().flatten();
    let mut names = entries.map(|e| e.file_name().to_string_lossy().into_owned());
    let name = names.find(|n| n.eq_ignore_ascii_case(&place.file));
    let path = own.join(name.unwrap_or_else(|| place.file.clone()));
    let before = root.join(BEFORE_FOLDER);
    Ok((
        FoundText {
            place,
            path,
            before,
        },
        convention,
    ))
}

impl FoundText {
    fn file(&self) -> TypedFile<'_> {
        let stem = self.place.file.trim_end_matches(".md");
        TypedFile {
            path: self.path.clone(),
            copies: DatedCopies::of_text(&self.before, stem, ".md"),
            starter: &self.place.starter,
        }
    }
}

/// Opens a text.
///
/// # Errors
///
/// A name of no text; a convention that does not hold together; a disk that refuses.
pub(crate) fn open_text(opened: &OpenObservatory, file: &str) -> Result<OpenedText> {
    let (own, convention) = found(opened, file)?;
    Ok(OpenedText {
        shown: own.file().shown()?,
        part: own.place.part,
        convention,
    })
}

/// Keeps what was typed of a text.
///
/// # Errors
///
/// As [`open_text`]; a folder that another command holds.
pub(crate) fn keep_text(
    opened: &OpenObservatory,
    file: &str,
    typed: &str,
    seen: &str,
) -> Result<TypedFileOutcome> {
    let (own, _) = found(opened, file)?;
    let _held = opened.store.hold()?;
    own.file().keep(typed, seen, |_| Ok(()))
}

/// Puts back what a text held before.
///
/// # Errors
///
/// As [`keep_text`].
pub(crate) fn put_text_back(
    opened: &OpenObservatory,
    file: &str,
    seen: &str,
) -> Result<TypedFileOutcome> {
    let (own, _) = found(opened, file)?;
    let _held = opened.store.hold()?;
    own.file().put_back(seen, |_| Ok(()))
}
