//! A person’s own list of accueils, whatever its headings, as changes of the registry: shown first, written once
//! it was agreed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::registry_edit::{RegistryFault, faults_of, in_registry};
use crate::base::error::{Error, Result};
use crate::base::sheets::{Workbook, open};
use crate::campaign::OpenObservatory;
use crate::intake::registry_proposal::{ProposedLine, SaidOfLines, edits_of, proposed_lines};
use crate::intake::sources::accueil_list::{
    AccueilList, ListColumn, ListRemark, columns_to_say, read_list,
};
use crate::intake::{file_bytes, file_names, place_screen};
use crate::privacy::Motif;
use crate::vocabulary::config::{EditedRegistry, edited_registry};
use crate::vocabulary::referentiel::StructureType;

/// A list to look at, or to let in.
#[derive(Default)]
pub(crate) struct RegistryListRequest {
    /// Its file: XLSX, ODS, XLS, CSV.
    pub file: PathBuf,
    /// What a person said of its columns: « Site=nom », « Remarques=ignorer ».
    pub columns: Vec<String>,
    /// The type of accueils of which nothing says it.
    pub kind: Option<StructureType>,
    /// Name in the list → code of the accueil that it is.
    pub same: BTreeMap<String, String>,
    /// Names of accueils that are new, whatever they resemble.
    pub new: Vec<String>,
    /// Whether what is proposed is agreed.
    pub agreed: bool,
}

/// What a list would do, or did.
pub(crate) struct RegistryListOutcome {
    /// The sheet that holds it; empty for a text.
    pub sheet: String,
    /// Its columns.
    pub columns: Vec<ListColumn>,
    /// Its accueils, each with what becomes of it.
    pub lines: Vec<ProposedLine>,
    /// Lines that stay out.
    pub left: Vec<ListRemark>,
    /// Cells that say something that the registry cannot take.
    pub doubts: Vec<ListRemark>,
    /// Whether the registry held nothing but the example that `init` lays, which goes.
    pub fresh: bool,
    /// What of the list the registry would refuse, cell by cell of the registry.
    pub faults: Vec<RegistryFault>,
    /// Where it was written; none when it was not.
    pub written: Option<PathBuf>,
    /// SHA-256 of the registry with the list in it; none where nothing of it would be written.
    pub after: Option<String>,
}

/// Looks at a list, and lets it in when it is agreed.
///
/// # Errors
///
/// A file that cannot be read, or that is no list; a column or a code that does not exist; a registry that is a
/// workbook; a disk that refuses.
pub(crate) fn list_into_registry(
    opened: &OpenObservatory,
    request: &RegistryListRequest,
) -> Result<RegistryListOutcome> {
    let observatory = &opened.observatory;
    let known = |code: &String| observatory.registry.get(code).is_some();
    if let Some(code) = request.same.values().find(|code| !known(code)) {
        return Err(Error::Usage(format!(
            "La structure « {code} » n’est pas au registre."
        )));
    }
    let list = the_list(request)?;
    let said = SaidOfLines {
        kind: request.kind,
        same: request.same.clone(),
        new: request.new.clone(),
    };
    // Another command that writes the registry waits.
    let _hold = request.agreed.then(|| opened.store.hold()).transpose()?;
    let fresh = in_registry(&observatory.root)?.is_example;
    let lines = proposed_lines(&list.accueils, observatory, fresh, &said)?;
    let edits = edits_of(&lines);
    let mut outcome = RegistryListOutcome {
        sheet: list.sheet,
        columns: list.columns,
        lines,
        left: list.left,
        doubts: list.doubts,
        fresh,
        faults: Vec::new(),
        written: None,
        after: None,
    };
    if edits.is_empty() {
        return Ok(outcome);
    }
    match edited_registry(&observatory.root, &edits, !fresh)? {
        EditedRegistry::Refused(problems) => outcome.faults = faults_of(problems),
        EditedRegistry::Sound(bytes) if request.agreed => {
            outcome.after = Some(bytes.sum());
            observatory.note_registry()?;
            bytes.write()?;
            outcome.written = Some(bytes.path.clone());
            super::registry_edit::note_now(&observatory.root)?;
        }
        EditedRegistry::Sound(bytes) => outcome.after = Some(bytes.sum()),
    }
    Ok(outcome)
}

/// The columns of a list that is not recognised, for a person to say what they are; none where it has no table, no
/// value of those that may point at persons.
///
/// # Errors
///
/// A file that cannot be read.
pub(crate) fn list_columns(opened: &OpenObservatory, file: &Path) -> Result<Vec<ListColumn>> {
    let observatory = &opened.observatory;
    let screen = place_screen(observatory, observatory.campaign(None)?);
    // A screen of quotations would hide every name of a place: here the names of persons alone are looked for.
    let names = file_names(observatory);
    let points = |s: &str| names.name_someone(s) || screen.motifs(s).has(Motif::Contact);
    let mut columns = columns_to_say(&book_of(file)?.1);
    for column in &mut columns {
        let all = column.samples.len();
        column.samples.retain(|s| !points(s));
        if column.samples.len() * 2 <= all {
            column.samples.clear();
        }
    }
    Ok(columns)
}

fn book_of(file: &Path) -> Result<(String, Workbook)> {
    let name = file.file_name().unwrap_or_default();
    let name = name.to_string_lossy().into_owned();
    let bytes = file_bytes(file, &name).map_err(|d| Error::Usage(d.to_string()))?;
    let book = open(file, &bytes).map_err(|d| Error::Usage(d.to_string()))?;
    Ok((name, book.value))
}

fn the_list(request: &RegistryListRequest) -> Result<AccueilList> {
    let (name, book) = book_of(&request.file)?;
    let list = read_list(&book, &request.columns)?;
    list.ok_or_else(|| {
        Error::Usage(format!(
            "{name} : aucune feuille n’est une liste d’accueils. Il faut une ligne de titres, avec au moins le nom de l’accueil et une autre colonne (commune, type, capacité…) ; si un titre n’est pas compris, dites-le : --colonne \"Votre titre=nom\"."
        ))
    })
}
