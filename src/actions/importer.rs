//! Files and folders into the store.

use std::path::PathBuf;

use super::commune_outlines::{import_outlines, is_outlines};
use super::correction_check::correction_remarks;
use super::of_convention::taken_by_convention;
use super::returned_workbook::{ReturnOutcome, return_workbooks};
use crate::base::day::Day;
use crate::base::diagnostics::{Diagnostic, Severity};
use crate::base::error::{Error, Result};
use crate::campaign::{OpenObservatory, today};
use crate::intake::cell_corrections::FileCorrections;
use crate::intake::{CorrectionList, FileOutcome, Intake, Request, WhoConfirms, import};
use crate::vocabulary::referentiel::SourceCode;

/// What to bring in.
#[derive(Default)]
pub(crate) struct ImportRequest<'a> {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Campaign that the answers belong to.
    pub campaign: String,
    /// Source, when files do not say.
    pub source: Option<SourceCode>,
    /// Code of the structure, when files do not say.
    pub structure: Option<String>,
    /// Tool of origin, when it is not recognised.
    pub tool: Option<String>,
    /// A correspondence to use, whatever the files' shape.
    pub mapping: Option<PathBuf>,
    /// Whether near wordings enter without being confirmed one by one.
    pub accept_near: bool,
    /// Headings of columns that do not count.
    pub ignored: Vec<String>,
    /// Values that a person typed in the place of what cells hold.
    pub corrections: FileCorrections,
    /// Look, change nothing.
    pub simulation: bool,
    /// SHA-256 of files in place that these take the place of, whatever their units.
    pub replaces: Vec<String>,
    /// Who answers what is asked before writing.
    pub confirmation: WhoConfirms<'a>,
    /// Where to list what is to be corrected.
    pub list: Option<PathBuf>,
    /// Folder of the workbooks to send back, with what is wrong lit; files of the store are then read again.
    pub return_to: Option<PathBuf>,
    /// Folder of the observatory as it was named, for the commands that are proposed.
    pub folder: Option<PathBuf>,
    /// ISO day of the run; today otherwise.
    pub date: Option<Day>,
}

/// What became of it.
pub(crate) struct ImportOutcome {
    /// Campaign, as it was asked.
    pub campaign: String,
    /// Whether nothing was to be changed.
    pub simulation: bool,
    /// One outcome a file, and the import.
    pub intake: Intake,
    /// What a person can say once for all files, and causes.
    pub to_correct: CorrectionList,
    /// Questions that are answered once for all files.
    pub questions: usize,
    /// The list of what is to be corrected, where one was asked for.
    pub list: Option<WrittenList>,
    /// The workbooks to send back, where they were asked for.
    pub returned: Option<ReturnOutcome>,
}

/// A list of what is to be corrected.
pub(crate) struct WrittenList {
    /// Where it is, and what it took the place of.
    pub told: String,
    /// How many causes it holds.
    pub causes: usize,
}

/// What became of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileFate {
    /// Its bytes were in the store already.
    Known,
    /// It has errors.
    Refused {
        /// How many.
        errors: usize,
    },
    /// It would have entered.
    WouldEnter,
    /// It entered.
    Entered,
}

/// How many files there were, and what was noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ImportTally {
    /// Files read.
    pub read: usize,
    /// Files that entered, or would have.
    pub entered: usize,
    /// Files that were in the store already.
    pub known: usize,
    /// Files refused.
    pub refused: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

/// Brings files in.
///
/// # Errors
///
/// An unknown campaign, structure or tool; a store that is held or cannot be written.
pub(crate) fn import_files(
    opened: &OpenObservatory,
    request: &ImportRequest,
) -> Result<ImportOutcome> {
    let observatory = &opened.observatory;
    let structure = match &request.structure {
        Some(code) => Some(observatory.registry.get(code).ok_or_else(|| {
            Error::Usage(format!(
                "La structure « {code} » n’est pas au registre data/structures.csv."
            ))
        })?),
        None => None,
    };
    let date = request.date.unwrap_or_else(today);
    let list = request.list.as_deref().map(|path| opened.destination(path));
    let list = list.transpose()?;
    if !request.simulation {
        observatory.note_registry()?;
    }
    let campaign = observatory.campaign(Some(&request.campaign))?;
    let (maps, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        (request.paths.iter().cloned()).partition(|path| is_outlines(path));
    let mut intake = import(
        observatory,
        &opened.store,
        &Request {
            paths: &paths,
            campaign,
            source: request.source,
            structure,
            tool: request.tool.as_deref(),
            mapping: request.mapping.as_deref(),
            accept_near: request.accept_near,
            ignored: &request.ignored,
            corrections: &request.corrections,
            simulation: request.simulation,
            replaces: &request.replaces,
            reread: request.return_to.is_some(),
            confirmation: request.confirmation,
            folder: request.folder.as_deref(),
            date,
            elsewhere: Some(&|name, bytes| taken_by_convention(opened, name, bytes)),
        },
    )?;
    for map in &maps {
        let told = import_outlines(opened, map, request.simulation)?;
        intake.diagnostics.extend(told);
    }
    let found = CorrectionList::of(&intake, again(request));
    if intake.import.is_some() {
        let entered = intake.files.iter().filter(|f| f.enters());
        let touched = entered.flat_map(|f| &f.structures).map(String::as_str);
        let said = correction_remarks(opened, campaign, &touched.collect());
        intake.diagnostics.extend(said);
    }
    let referentiel = observatory.referentiel(campaign);
    if let Some(list) = &list {
        list.write(&found.workbook(&observatory.registry, referentiel)?)?;
    }
    let back = request.return_to.as_deref();
    let back = back.map(|dir| return_workbooks(opened, &intake.files, dir));
    let returned = back.transpose()?;
    Ok(ImportOutcome {
        returned,
        campaign: request.campaign.clone(),
        simulation: request.simulation,
        questions: found.questions(),
        list: list.map(|list| WrittenList {
            told: list.told(),
            causes: found.causes(),
        }),
        to_correct: found,
        intake,
    })
}

/// The words of the same import, as a person would type them.
fn again(request: &ImportRequest) -> Vec<String> {
    let paths = request.paths.iter().map(|path| path.display().to_string());
    let campaign = ["--campagne".to_owned(), request.campaign.clone()];
    let mut words: Vec<String> = std::iter::once("importer".to_owned())
        .chain(paths)
        .collect();
    words.extend(campaign);
    if let Some(source) = request.source {
        words.extend(["--source".to_owned(), source.as_str().to_owned()]);
    }
    words
}

impl ImportOutcome {
    /// What became of one of its files.
    pub(crate) fn fate(&self, file: &FileOutcome) -> FileFate {
        let errors = with_severity(&file.diagnostics, Severity::Error);
        match (file.known, errors, self.simulation) {
            (true, ..) => FileFate::Known,
            (_, 1.., _) => FileFate::Refused { errors },
            (_, 0, true) => FileFate::WouldEnter,
            (_, 0, false) => FileFate::Entered,
        }
    }

    /// What was noticed, file after file, then what concerns none of them.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let files = self.intake.files.iter();
        let mut diagnostics: Vec<Diagnostic> = files.flat_map(|f| f.diagnostics.clone()).collect();
        diagnostics.extend(self.intake.diagnostics.clone());
        diagnostics
    }

    /// The counts of the closing line.
    pub(crate) fn tally(&self) -> ImportTally {
        let files = &self.intake.files;
        let diagnostics = self.diagnostics();
        let entered = files.iter().filter(|f| f.enters()).count();
        let known = files.iter().filter(|f| f.known).count();
        ImportTally {
            read: files.len(),
            entered,
            known,
            refused: files.len() - entered - known,
            errors: with_severity(&diagnostics, Severity::Error),
            warnings: with_severity(&diagnostics, Severity::Warning),
        }
    }
}

/// How many diagnostics have a severity.
pub(super) fn with_severity(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    let same = diagnostics.iter().filter(|d| d.severity() == severity);
    same.count()
}
