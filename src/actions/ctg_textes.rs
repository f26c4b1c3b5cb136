//! What people write in a bilan, from a page: texts listed with what is left to write, one kept byte for byte, put back.

use std::path::PathBuf;

use super::dated_copies::DatedCopies;
use super::typed_file::{ShownFile, TypedFile, TypedFileOutcome};
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::campaign::OpenObservatory;
use crate::convention::territory::{CONTRIBUTIONS_FILE, Contribution, read_contributions};
use crate::convention::{
    Convention, KnownFiles, TEXTS_FOLDER, TextFolder, TextPart, TextState, convention_or_fiches,
    text_places,
};

/// Folder of what texts and the convention held before.
pub(crate) const BEFORE_FOLDER: &str = "ctg/avant";

/// What the table of contributions starts from.
const CONTRIBUTIONS_STARTER: &str = "Une ligne par changement ; la dernière case est décidée en comité : établi, probable, possible ou non établi.\n\n| Changement | Combien | Fiches | Preuves | Autres explications | Confiance |\n|---|---|---|---|---|---|\n| | | | | | |\n";

/// A text, and how far it is.
pub(crate) struct ListedText {
    /// Section; none of the table of contributions, which the document of the territory prints.
    pub(crate) part: Option<TextPart>,
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
            part: Some(place.part.clone()),
            file: place.file.clone(),
            state: folder.get(&place.part)?.state.clone(),
        })
    });
    let mut texts: Vec<ListedText> = texts.collect();
    let (contributions, unread) = contributions(opened)?;
    texts.push(contributions);
    let mut diagnostics = folder.diagnostics;
    diagnostics.extend(unread);
    Ok(TextList {
        texts,
        convention: checked.value,
        diagnostics,
    })
}

/// The table of contributions: what is left of it is a change to write, cells that nobody filled, lines that are not read.
fn contributions(opened: &OpenObservatory) -> Result<(ListedText, Vec<Diagnostic>)> {
    let (found, unread) = read_contributions(&KnownFiles::of_today(&opened.observatory.root))?;
    let blank = |c: &Contribution| {
        let cells = [&c.change, &c.amount, &c.fiches, &c.evidence, &c.otherwise];
        let cells = cells.into_iter().chain([&c.confidence]);
        cells.filter(|cell| cell.is_empty()).count()
    };
    let missing = usize::from(found.is_empty());
    let left = missing + unread.len() + found.iter().map(blank).sum::<usize>();
    let state = match left {
        0 => TextState::Complete,
        left => TextState::ToComplete(left),
    };
    let listed = ListedText {
        part: None,
        file: file_of_contributions().to_owned(),
        state,
    };
    Ok((listed, unread))
}

fn file_of_contributions() -> &'static str {
    CONTRIBUTIONS_FILE.rsplit('/').next().unwrap_or_default()
}

/// A text that a page shows.
pub(crate) struct OpenedText {
    /// Section; none of the table of contributions.
    pub(crate) part: Option<TextPart>,
    /// What was signed.
    pub(crate) convention: Convention,
    /// Its text and the state that is seen.
    pub(crate) shown: ShownFile,
    /// Lines of it that are not read.
    pub(crate) unread: Vec<Diagnostic>,
}

/// Where a text is, and what one starts from.
struct FoundText {
    part: Option<TextPart>,
    file: String,
    starter: String,
    path: PathBuf,
    before: PathBuf,
}

/// The text that a page names, among those that the bilan reads: a name that was typed is never a path.
fn found(opened: &OpenObservatory, file: &str) -> Result<(FoundText, Convention)> {
    let convention = convention_or_fiches(&opened.observatory)?.value;
    let places = text_places(&convention).into_iter();
    let mut known = places.map(|p| (Some(p.part), p.file, p.starter)).chain([(
        None,
        file_of_contributions().to_owned(),
        CONTRIBUTIONS_STARTER.to_owned(),
    )]);
    let place = known.find(|(_, known, _)| known == file);
    let (part, file, starter) = place.ok_or_else(|| {
        Error::Usage(format!(
            "« {file} » n’est pas un texte du bilan : choisissez-le dans la liste."
        ))
    })?;
    let root = &opened.observatory.root;
    let own = root.join(TEXTS_FOLDER);
    // Some disks do not tell capitals apart, some people do not either.
    let entries = std::fs::read_dir(&own).into_iter().flatten().flatten();
    let mut names = entries.map(|e| e.file_name().to_string_lossy().into_owned());
    let name = names.find(|n| n.eq_ignore_ascii_case(&file));
    let path = own.join(name.unwrap_or_else(|| file.clone()));
    let before = root.join(BEFORE_FOLDER);
    Ok((
        FoundText {
            part,
            file,
            starter,
            path,
            before,
        },
        convention,
    ))
}

impl FoundText {
    fn file(&self) -> TypedFile<'_> {
        let stem = self.file.trim_end_matches(".md");
        TypedFile {
            path: self.path.clone(),
            copies: DatedCopies::of_text(&self.before, stem, ".md"),
            starter: &self.starter,
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
        unread: match own.part {
            Some(_) => Vec::new(),
            None => read_contributions(&KnownFiles::of_today(&opened.observatory.root))?.1,
        },
        part: own.part,
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
