//! What a run of `importer` is asked, what it says of each file, and the names it keeps files under.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::file_origin::{FileOrigin, own_name};
use crate::base::day::Day;
use crate::base::diagnostics::{Diagnostic, has_errors};
use crate::intake::cell_corrections::FileCorrections;
use crate::intake::cell_ledger::SheetLedger;
use crate::intake::guard_rails::WhoConfirms;
use crate::intake::observations::RespondentKey;
use crate::intake::unit_changes::UnitChange;
use crate::privacy::{FileNames, QuoteScreen};
use crate::vocabulary::config::{Campaign, Observatory, Structure};
use crate::vocabulary::referentiel::SourceCode;

/// What the user asks for.
pub struct Request<'a> {
    /// Files and folders.
    pub paths: &'a [PathBuf],
    /// Campaign declared.
    pub campaign: &'a Campaign,
    /// Source, when files do not say.
    pub source: Option<SourceCode>,
    /// Structure, when files do not say.
    pub structure: Option<&'a Structure>,
    /// Importer forced.
    pub tool: Option<&'a str>,
    /// A correspondence to use, whatever the file's shape.
    pub mapping: Option<&'a std::path::Path>,
    /// Whether near wordings enter without being confirmed one by one.
    pub accept_near: bool,
    /// Headings of columns that do not count, from now on, for files of that shape.
    pub ignored: &'a [String],
    /// Values that a person typed in the place of what cells hold.
    pub corrections: &'a FileCorrections,
    /// Look, change nothing.
    pub simulation: bool,
    /// Whether files that are in the store already are read again, to tell what is wrong in them.
    pub reread: bool,
    /// SHA-256 of files in place that these take the place of, whatever their units.
    pub replaces: &'a [String],
    /// Who answers what is asked before writing.
    pub confirmation: WhoConfirms<'a>,
    /// Folder of the observatory as the user named it, for the commands that are proposed.
    pub folder: Option<&'a std::path::Path>,
    /// Day of the run.
    pub date: Day,
    /// Says of a table in which nothing of the référentiel is found where it comes in, when it is elsewhere.
    pub elsewhere: Option<TakenElsewhere<'a>>,
}

/// The refusal of a file, by its name and its bytes, that is for another importer.
pub type TakenElsewhere<'a> = &'a (dyn Fn(&str, &[u8]) -> Option<Diagnostic> + Sync);

/// What became of one file.
#[derive(Debug, Clone)]
pub struct FileOutcome {
    /// Name without folder; a neutral one where the file's own would name a person.
    pub name: String,
    /// The file's own name where it is not kept: for the eyes of who imports, never stored.
    pub given: Option<String>,
    /// Importer's label, empty when nobody recognised it.
    pub tool: &'static str,
    /// Structures found, by code.
    pub structures: Vec<String>,
    /// Responses, grids or lines that the file holds.
    pub lines: usize,
    /// What is kept of it: answers, and the questions that were left empty.
    pub rows: usize,
    /// Answers that somebody gave.
    pub answers: usize,
    /// Critères that some of them are about, by their positions in the référentiel.
    pub criteres: BTreeSet<usize>,
    /// What became of each cell of its sheets.
    pub cells: Vec<SheetLedger>,
    /// Its diagnostics.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether its bytes were already in the store.
    pub known: bool,
    /// What becomes of each of its units.
    pub(crate) changes: Vec<UnitChange>,
    /// Where it was read from.
    pub(crate) origin: FileOrigin,
}

impl FileOutcome {
    /// Whether it entered (or would).
    pub fn enters(&self) -> bool {
        !self.known && !has_errors(&self.diagnostics)
    }
}

/// What names of files are screened against: those of the registry are no person's.
pub(crate) fn file_names(observatory: &Observatory) -> FileNames {
    let places = observatory.registry.all().iter();
    FileNames::new(places.flat_map(|s| [s.nom.as_str(), s.commune.as_str(), s.secteur.as_str()]))
}

/// What headings are screened with before they are kept: they may hold a name.
pub(super) fn heading_screen(observatory: &Observatory, request: &Request) -> QuoteScreen {
    place_screen(observatory, request.campaign)
}

/// What words of files are screened with: those of the référentiel and of the registry are no person's.
pub(crate) fn place_screen(observatory: &Observatory, campaign: &Campaign) -> QuoteScreen {
    let places = observatory.registry.all().iter();
    let places = places.flat_map(|s| [s.nom.as_str(), s.commune.as_str(), s.secteur.as_str()]);
    let referentiel = observatory.referentiel(campaign);
    QuoteScreen::new(referentiel, places, [])
}

/// The name under which a file is kept, the same each time it comes back, be it as the workbook that was sent back.
pub(crate) fn kept_name(names: &FileNames, key: &RespondentKey, name: &str) -> String {
    let own = own_name(name);
    names.kept(&own, || key.opaque(&["fichier", &own]))
}
