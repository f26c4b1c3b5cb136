//! Correspondences on disk: those that people confirmed are used, new ones are proposed. Each is a file of
//! text and a workbook of the same name; a person fills in the one that she prefers.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::correspondence_answers::{self, Accepted, may_hold_answers};
use super::correspondence_workbook;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::base::sheets;
use crate::base::text::plain_words;
use crate::base::toml_error::toml_message;
use crate::intake::sources::correspondence::{
    ANY_SHAPE, Correspondence, IGNORED, MappedColumn, MappedWord,
};
use crate::vocabulary::config::Observatory;
use crate::vocabulary::referentiel::Referentiel;

pub(super) const FOLDER: &str = "grids/correspondances";

/// Every correspondence of the observatory; one given outright comes first and fits every file.
///
/// # Errors
///
/// A file that cannot be read or is not a correspondence, with its place; a workbook that contradicts
/// itself or the text beside it.
pub(super) fn load(observatory: &Observatory, given: Option<&Path>) -> Result<Vec<Correspondence>> {
    let folder = observatory.root.join(FOLDER);
    let mut paths = Vec::new();
    if folder.is_dir() {
        let entries = std::fs::read_dir(&folder).map_err(Error::io(&folder, "lecture"))?;
        for entry in entries {
            let path = entry.map_err(Error::io(&folder, "lecture"))?.path();
            if path.extension().is_some_and(|e| e == "toml") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let mut all = Vec::new();
    if let Some(path) = given {
        // The one that a person points at is meant for these files, whatever their shape.
        all.push(Correspondence {
            shape: ANY_SHAPE.to_owned(),
            ..read(path)?
        });
    }
    for path in paths {
        all.push(with_workbook(&path, read(&path)?)?);
    }
    Ok(all)
}

fn read(path: &Path) -> Result<Correspondence> {
    let text = std::fs::read_to_string(path).map_err(Error::io(path, "lecture"))?;
    let name = path.display().to_string();
    Correspondence::parse(&text).map_err(|e| Error::Config(toml_message(&name, &text, &e)))
}

/// A correspondence with what its workbook says, where there is one.
fn with_workbook(path: &Path, mapping: Correspondence) -> Result<Correspondence> {
    match accepted_before(path)? {
        Some(accepted) => accepted.over(mapping),
        None => Ok(mapping),
    }
}

/// Keeps what a person said of columns: added at the end of the file of their shape, whose own lines and
/// remarks stay as they are.
///
/// # Errors
///
/// A folder that cannot be read or written.
pub(super) fn remember(
    observatory: &Observatory,
    learnt: impl Iterator<Item = Correspondence>,
) -> Result<()> {
    let folder = observatory.root.join(FOLDER);
    for said in learnt {
        let path = folder.join(said.file_name());
        let known = on_disk(&path)?;
        let text = match known {
            None => said.write(),
            Some(StoredText { text, mapping }) => {
                let is_known = |heading: &str| mapping.target(heading) == Some(IGNORED);
                let new = said.columns.iter().filter(|c| !is_known(&c.heading));
                let added: String = new.map(MappedColumn::written).collect();
                format!("{}\n{added}", text.trim_end())
            }
        };
        write_file(&path, text.as_bytes())?;
    }
    Ok(())
}

/// A file of correspondences and what it says.
pub(super) struct StoredText {
    pub(super) text: String,
    mapping: Correspondence,
}

pub(super) fn on_disk(path: &Path) -> Result<Option<StoredText>> {
    match std::fs::read_to_string(path) {
        Ok(text) => {
            let name = path.display().to_string();
            let mapping = Correspondence::parse(&text)
                .map_err(|e| Error::Config(toml_message(&name, &text, &e)))?;
            Ok(Some(StoredText { text, mapping }))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io(path, "lecture")(error)),
    }
}

/// Writes a proposal, or adds to the one there is what it lacks; says where it is, or would be.
///
/// # Errors
///
/// A folder that cannot be written.
pub(super) fn propose(
    observatory: &Observatory,
    referentiel: &Referentiel,
    proposal: &Correspondence,
    simulation: bool,
) -> Result<String> {
    let stem = proposal.stem();
    if simulation {
        return Ok(format!(
            "une correspondance à relire serait écrite dans {FOLDER}/{stem}.xlsx."
        ));
    }
    let path = observatory.root.join(FOLDER).join(proposal.file_name());
    let mapping = match on_disk(&path)? {
        None => {
            write_file(&path, proposal.write().as_bytes())?;
            proposal.clone()
        }
        Some(StoredText { text, mut mapping }) => {
            let new = mapping.missing(proposal);
            if !new.is_empty() {
                let columns = new.columns.iter().map(MappedColumn::written);
                let added: String = columns
                    .chain(new.words.iter().map(MappedWord::written))
                    .collect();
                let text = format!("{}\n{added}", text.trim_end());
                write_file(&path, text.as_bytes())?;
            }
            mapping.columns.extend(new.columns);
            mapping.words.extend(new.words);
            mapping
        }
    };
    let mapping = with_workbook(&path, mapping)?;
    let workbook = correspondence_workbook::write(&mapping, referentiel)?;
    write_file(&path.with_extension("xlsx"), &workbook)?;
    Ok(format!(
        "correspondance à remplir dans Excel : {FOLDER}/{stem}.xlsx (ou, en texte, {stem}.toml)."
    ))
}

/// Adds a proposal to those of other forms, with what is known of its own already, where something in it
/// waits for a person.
///
/// # Errors
///
/// A file that cannot be read, or contradicts the workbook beside it.
pub(super) fn gather(
    observatory: &Observatory,
    awaited: &mut Vec<Correspondence>,
    proposal: &Correspondence,
) -> Result<()> {
    let path = observatory.root.join(FOLDER).join(proposal.file_name());
    let known = awaited
        .iter()
        .position(|form| form.stem() == proposal.stem());
    let mut mapping = match (known, on_disk(&path)?) {
        (Some(known), _) => awaited.swap_remove(known),
        (None, Some(stored)) => with_workbook(&path, stored.mapping)?,
        (None, None) => Correspondence {
            columns: Vec::new(),
            words: Vec::new(),
            ..proposal.clone()
        },
    };
    mapping.reads = proposal.reads.or(mapping.reads);
    known_better(&mut mapping, proposal);
    let mut new = mapping.missing(proposal);
    new.columns
        .retain(|column| !is_asked(awaited, proposal, column));
    mapping.columns.extend(new.columns);
    mapping.words.extend(new.words);
    if mapping.is_awaited() {
        awaited.push(mapping);
    }
    Ok(())
}

/// What a reading knows of the words that wait, and files do not say: the éléments they were met under; of which scale
/// a word is asked, where it was asked of all before its line was known.
fn known_better(mapping: &mut Correspondence, proposal: &Correspondence) {
    let split = |w: &MappedWord| {
        let mut now = proposal.words.iter().filter(|p| !p.scale.is_empty());
        w.scale.is_empty() && now.any(|p| p.written == w.written && p.question == w.question)
    };
    mapping.words.retain(|w| w.confirmed || !split(w));
    for word in &mut mapping.words {
        if let Some(now) = proposal.words.iter().find(|p| p.is_same(word)) {
            let more = now.elements.iter().filter(|e| !word.elements.contains(e));
            let more: Vec<String> = more.cloned().collect();
            word.elements.extend(more);
        }
    }
}

/// Whether the form of another grid asks the same wording already: an answer is known in every grid.
fn is_asked(awaited: &[Correspondence], own: &Correspondence, column: &MappedColumn) -> bool {
    let wanted = plain_words(&column.heading);
    let same = |c: &MappedColumn| !c.confirmed && plain_words(&c.heading) == wanted;
    let alike = |form: &&Correspondence| {
        form.tool == own.tool && !own.referentiel.is_empty() && form.referentiel == own.referentiel
    };
    !column.confirmed
        && awaited
            .iter()
            .filter(alike)
            .any(|form| form.columns.iter().any(same))
}

/// A correspondence with what a person accepted of it, ready to be written.
pub(crate) struct AcceptedForm {
    /// File of text.
    path: PathBuf,
    mapping: Correspondence,
    /// The file of text where there is none yet: what is accepted is said in the workbook alone, where it
    /// may be changed.
    new_text: Option<Correspondence>,
}

/// What a person accepted of a form, over what is known of it.
///
/// # Errors
///
/// The file of text says otherwise.
pub(crate) fn accepted_form(observatory: &Observatory, accepted: Accepted) -> Result<AcceptedForm> {
    let stem = accepted.stem.clone();
    // It is read in a cell, and names a file.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    if stem.is_empty() || !stem.chars().all(is_plain) {
        return Err(Error::Config(format!(
            "« {stem} » ne nomme aucune forme de fichier : reprenez le classeur tel que le programme l’a écrit."
        )));
    }
    let all = observatory.referentiels.values();
    let all: Vec<&Referentiel> = all.map(std::sync::Arc::as_ref).collect();
    if let Some((written, worth)) = accepted.worthless(&all) {
        return Err(Error::Config(format!(
            "« {written} » ne peut pas valoir « {worth} » : choisissez dans la liste de la colonne « Vaut » (un niveau de l’échelle, NC, NO, NSP, ou vide pour une absence de réponse), enregistrez, puis relancez."
        )));
    }
    let (tool, shape) = stem.rsplit_once('-').unwrap_or((&stem, ""));
    let path = observatory.root.join(FOLDER).join(format!("{stem}.toml"));
    let known = on_disk(&path)?;
    let is_new = known.is_none();
    let text = known.map_or_else(
        || Correspondence {
            tool: tool.to_owned(),
            shape: shape.to_owned(),
            ..accepted.awaited()
        },
        |stored| stored.mapping,
    );
    let accepted = match accepted_before(&path)? {
        Some(before) => before.replaced_by(accepted),
        None => accepted,
    };
    Ok(AcceptedForm {
        mapping: accepted.over(text.clone())?,
        path,
        new_text: is_new.then_some(text),
    })
}

/// What was accepted in the workbook beside a file of text.
pub(super) fn accepted_before(path: &Path) -> Result<Option<Accepted>> {
    let workbook = path.with_extension("xlsx");
    match std::fs::read(&workbook) {
        Ok(bytes) => correspondence_answers::read(&workbook, &bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io(&workbook, "lecture")(error)),
    }
}

impl AcceptedForm {
    /// Keeps it, in the workbook of the correspondence; gives its place.
    ///
    /// # Errors
    ///
    /// A folder that cannot be written.
    pub(crate) fn keep(&self, referentiel: &Referentiel) -> Result<String> {
        if let Some(text) = &self.new_text {
            write_file(&self.path, text.write().as_bytes())?;
        }
        let workbook = correspondence_workbook::write(&self.mapping, referentiel)?;
        write_file(&self.path.with_extension("xlsx"), &workbook)?;
        Ok(format!("{FOLDER}/{}.xlsx", self.mapping.stem()))
    }
}

/// What is to be said where a word of a file is not in the scale, once it may be translated.
pub(super) fn translation_remedy(proposal: &Correspondence) -> String {
    format!(
        "Si ce mot est une réponse, dites une fois ce qu’il vaut dans la liste à corriger (« importer » avec --liste), ou dans {FOLDER}/{}.xlsx, puis relancez ; sinon, corrigez la cellule.",
        proposal.stem()
    )
}

/// Takes out of the files given the workbooks of correspondences, and puts each in its place.
///
/// # Errors
///
/// A workbook that contradicts itself; a folder that cannot be written.
pub(super) fn adopt(
    observatory: &Observatory,
    paths: &mut Vec<PathBuf>,
    simulation: bool,
) -> Result<Vec<Diagnostic>> {
    let mut said = Vec::new();
    let mut kept = Vec::new();
    for path in paths.drain(..) {
        match workbook_given(&path)? {
            None => kept.push(path),
            Some(GivenWorkbook { accepted, bytes }) => {
                let folder = observatory.root.join(FOLDER);
                let place = folder.join(format!("{}.xlsx", accepted.stem));
                if !folder.join(format!("{}.toml", accepted.stem)).exists() {
                    return Err(Error::Config(format!(
                        "{} : ce classeur parle d’une forme de fichier ({}) que cet observatoire ne connaît pas. Importez d’abord un fichier de cette forme.",
                        path.display(),
                        accepted.stem
                    )));
                }
                if !simulation && !same_file(&path, &place) {
                    write_file(&place, &bytes)?;
                }
                let at = Location::file(&path.display().to_string());
                let message = format!(
                    "elle sert à tous les fichiers de la forme {}. Relancez l’import de ceux qui l’attendaient.",
                    accepted.stem
                );
                said.push(Diagnostic::new(Code::MappingAdopted, at, message));
            }
        }
    }
    *paths = kept;
    Ok(said)
}

struct GivenWorkbook {
    accepted: Accepted,
    bytes: Vec<u8>,
}

/// The workbook of a correspondence, known by what it holds, whatever its name became.
fn workbook_given(path: &Path) -> Result<Option<GivenWorkbook>> {
    let is_workbook = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("xlsx"));
    // A pipe or a device would be waited for without end.
    if !is_workbook || !path.is_file() {
        return Ok(None);
    }
    // One that cannot be read is told like any other file.
    let Ok(bytes) = std::fs::read(path) else {
        return Ok(None);
    };
    if !may_hold_answers(&bytes) {
        return Ok(None);
    }
    // One that cannot be opened is told like any other file, and keeps no other out.
    let Ok(opened) = sheets::open(path, &bytes) else {
        return Ok(None);
    };
    let accepted = correspondence_answers::of_book(path, &opened.value)?;
    Ok(accepted.map(|accepted| GivenWorkbook { accepted, bytes }))
}

fn same_file(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    real(a).is_some_and(|a| Some(a) == real(b))
}
