//! Files → store, in one run: read in parallel, recognised, typed, settled against each other,
//! then written as one import. A file with an `erreur` stays out, the others enter.

pub(crate) mod cell_ledger;
mod correspondence_files;
mod files_given;
pub mod observations;
#[cfg(test)]
mod run_tests;
pub mod sources;
pub mod store;
mod unread_cells;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::base::diagnostics::{Code, Diagnostic, Location, has_errors};
use crate::base::error::{Error, Result};
use crate::base::sheets::{self, Workbook};
use crate::base::text::{count, date_short};
use crate::intake::cell_ledger::SheetLedger;
use crate::intake::observations::{
    Campaigned, FileObservations, MeasureKind, RespondentKey, TypedRecord, UnitKey, normalise,
    settle,
};
use crate::intake::sources::Context;
use crate::intake::sources::correspondence::Correspondence;
use crate::intake::store::{ImportedFile, Incoming, NewImport, PurgedBefore, Store};
use crate::intake::unread_cells::name_unread;
use crate::privacy::FileNames;
use crate::vocabulary::config::{Campaign, Observatory, Structure};
use crate::vocabulary::referentiel::SourceCode;

pub use files_given::expand;
pub(crate) use files_given::file_bytes;

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
    /// Look, change nothing.
    pub simulation: bool,
    /// ISO date of the run.
    pub date: &'a str,
}

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
    /// Answers kept.
    pub rows: usize,
    /// What became of each cell of its sheets.
    pub cells: Vec<SheetLedger>,
    /// Its diagnostics.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether its bytes were already in the store.
    pub known: bool,
}

impl FileOutcome {
    /// Whether it entered (or would).
    pub fn enters(&self) -> bool {
        !self.known && !has_errors(&self.diagnostics)
    }
}

/// What became of a run.
#[derive(Debug, Clone, Default)]
pub struct Intake {
    /// One per file, by path.
    pub files: Vec<FileOutcome>,
    /// What concerns no file in particular.
    pub diagnostics: Vec<Diagnostic>,
    /// Import id, none when nothing entered.
    pub import: Option<String>,
}

/// A file being read.
struct FileReading {
    outcome: FileOutcome,
    sha256: String,
    typed: FileObservations,
    tool_name: &'static str,
    proposals: Vec<Correspondence>,
    /// What a person said of its columns this time.
    learnt: Vec<Correspondence>,
    mapping: String,
}

/// Imports files and folders.
pub fn import(observatory: &Observatory, store: &Store, request: &Request) -> Result<Intake> {
    let campaign = &request.campaign.id;
    // A simulation leaves no trace, not even the key: its respondents are thrown away. Nor does a
    // campaign whose answers were purged get a new one for what it refuses.
    let is_purged = !store.purged_before(campaign)?.sources.is_empty();
    if (request.simulation || (is_purged && !store.has_key(campaign)?))
        && let Some(intake) = import_with(observatory, store, request, None, MAX_ANSWERS)?
    {
        return Ok(intake);
    }
    let key = store.respondent_key(campaign)?;
    let imported = import_with(observatory, store, request, Some(key), MAX_ANSWERS)?;
    Ok(imported.unwrap_or_default())
}

/// Imports so many answers at most, under a key; none when what enters needs one and there is none.
fn import_with(
    observatory: &Observatory,
    store: &Store,
    request: &Request,
    key: Option<RespondentKey>,
    most: usize,
) -> Result<Option<Intake>> {
    let (paths, mut diagnostics) = expand(request.paths)?;
    if let Some(name) = request.tool {
        check_tool(name)?;
    }
    let has_key = key.is_some();
    let key = key.unwrap_or_else(|| RespondentKey::new([0; 32]));
    let mappings = correspondence_files::load(observatory, request.mapping)?;
    let in_place = store.files_in_place(&request.campaign.id)?;
    let purged = store.purged_before(&request.campaign.id)?;
    let reader = FileReader {
        answers: AtomicUsize::new(0),
        most,
        names: &file_names(observatory),
        purged: &purged,
        observatory,
        request,
        key: &key,
        mappings: &mappings,
        in_place: &in_place,
    };
    let mut readings = reader.read_all(&paths)?;
    let mut typed: Vec<FileObservations> = readings
        .iter_mut()
        .map(|r| std::mem::take(&mut r.typed))
        .collect();
    let mut per_file: Vec<Vec<Diagnostic>> = readings
        .iter_mut()
        .map(|r| std::mem::take(&mut r.outcome.diagnostics))
        .collect();
    let referentiel = observatory.referentiel(request.campaign);
    settle(&mut typed, &mut per_file, referentiel);
    for ((reading, typed), found) in readings.iter_mut().zip(typed).zip(per_file) {
        reading.outcome.diagnostics = found;
        reading.finish(typed);
    }
    let enters = |r: &FileReading| r.outcome.enters() && r.outcome.rows > 0;
    if !has_key && !request.simulation && readings.iter().any(enters) {
        return Ok(None);
    }
    for reading in &mut readings {
        for proposal in std::mem::take(&mut reading.proposals) {
            let said = correspondence_files::propose(observatory, &proposal, request.simulation)?;
            let at = Location::file(&reading.outcome.name);
            let note = Diagnostic::new(Code::MappingProposed, at, said);
            reading.outcome.diagnostics.push(note);
        }
    }
    let import = if request.simulation {
        None
    } else {
        let learnt = readings
            .iter_mut()
            .flat_map(|r| std::mem::take(&mut r.learnt));
        correspondence_files::remember(observatory, learnt)?;
        write(observatory, store, request, &mut readings, &mut diagnostics)?
    };
    let files = readings.into_iter().map(|r| r.outcome).collect();
    Ok(Some(Intake {
        files,
        diagnostics,
        import,
    }))
}

fn check_tool(name: &str) -> Result<()> {
    let names: Vec<&str> = sources::SOURCES.iter().map(|s| s.name()).collect();
    if names.contains(&name) {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "L’outil « {name} » n’existe pas ; outils connus : {}.",
        names.join(", ")
    )))
}

/// Answers that one run may bring; they are held until all files are read, since files correct each
/// other (some 250 bytes each). As many as the largest file may hold cells.
const MAX_ANSWERS: usize = 5_000_000;

/// What names of files are screened against: those of the registry are no person's.
pub(crate) fn file_names(observatory: &Observatory) -> FileNames {
    let places = observatory.registry.all().iter();
    FileNames::new(places.flat_map(|s| [s.nom.as_str(), s.commune.as_str(), s.secteur.as_str()]))
}

/// The name under which a file is kept, the same each time it comes back.
pub(crate) fn kept_name(names: &FileNames, key: &RespondentKey, name: &str) -> String {
    names.kept(name, || key.opaque(&["fichier", name]))
}

/// What reading any file of a run needs.
struct FileReader<'a> {
    /// Answers read so far, all files together.
    answers: AtomicUsize,
    /// How many a run may bring.
    most: usize,
    names: &'a FileNames,
    observatory: &'a Observatory,
    request: &'a Request<'a>,
    key: &'a RespondentKey,
    mappings: &'a [Correspondence],
    /// SHA-256 of files in place → the import that holds them.
    in_place: &'a HashMap<String, String>,
    purged: &'a PurgedBefore,
}

impl PurgedBefore {
    /// Why answers may not enter: the same bytes, or more answers of a source whose time is over.
    fn refusal(&self, name: &str, records: &[TypedRecord]) -> Option<Diagnostic> {
        let met: BTreeSet<SourceCode> = records.iter().map(|r| r.unit.source()).collect();
        let purged = self.sources.iter().find(|p| met.contains(&p.source))?;
        let message = format!(
            "les réponses {} de la campagne {} ont été purgées le {} : d’autres ne s’y ajoutent plus.",
            purged.source,
            purged.campaign,
            date_short(&purged.date)
        );
        let at = Location::file(name);
        Some(Diagnostic::new(Code::PurgedContent, at, message))
    }
}

impl FileReader<'_> {
    /// Reads every file, several at a time; those that may fill the memory one after the other.
    ///
    /// # Errors
    ///
    /// More answers than a run may bring, all files together.
    fn read_all(&self, paths: &[PathBuf]) -> Result<Vec<FileReading>> {
        let heavy: Vec<bool> = paths.par_iter().map(|p| sheets::is_heavy(p)).collect();
        let files = paths.par_iter().zip(&heavy);
        let read: Vec<Option<FileReading>> = files
            .map(|(path, heavy)| (!heavy).then(|| self.read(path)))
            .collect();
        let files = read.into_iter().zip(paths);
        let readings = files.map(|(read, path)| read.unwrap_or_else(|| self.read(path)));
        let readings: Vec<FileReading> = readings.collect();
        if self.is_full() {
            return Err(Error::Usage(format!(
                "Ces fichiers dépassent ensemble ce qu’un import peut contenir ({} millions de réponses). Importez-les en plusieurs fois.",
                self.most / 1_000_000
            )));
        }
        Ok(readings)
    }

    fn is_full(&self) -> bool {
        self.answers.load(Ordering::Relaxed) > self.most
    }

    /// Reads, recognises and types one file; never fails, always says.
    fn read(&self, path: &std::path::Path) -> FileReading {
        let given = path
            .file_name()
            .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let name = kept_name(self.names, self.key, &given);
        let mut reading = FileReading::new(&name);
        if self.is_full() {
            return reading;
        }
        if name != given {
            reading.outcome.diagnostics.push(renamed(&name));
            reading.outcome.given = Some(given);
        }
        let bytes = match file_bytes(path, &name) {
            Ok(bytes) => bytes,
            Err(diagnostic) => return reading.refuse(diagnostic),
        };
        reading.sha256 = crate::base::text::hex(Sha256::digest(&bytes));
        if let Some(date) = self.purged.files.get(&reading.sha256) {
            let message = format!(
                "ce fichier a déjà été importé, et ses réponses ont été purgées le {} : elles ne reviennent pas.",
                date_short(date)
            );
            let at = Location::file(&name);
            return reading.refuse(Diagnostic::new(Code::PurgedContent, at, message));
        }
        if let Some(import) = self.in_place.get(&reading.sha256) {
            let message = format!("mêmes octets que dans l’import {import} : rien à faire.");
            reading.outcome.known = true;
            return reading.refuse(Diagnostic::new(
                Code::AlreadyImported,
                Location::file(&name),
                message,
            ));
        }
        let mut opened = match sheets::open(std::path::Path::new(&name), &bytes) {
            Ok(opened) => opened,
            Err(diagnostic) => return reading.refuse(diagnostic),
        };
        for (rank, sheet) in opened.value.sheets.iter_mut().enumerate() {
            if self.names.name_someone(&sheet.name) {
                sheet.name = std::sync::Arc::from(format!("feuille {}", rank + 1));
            }
        }
        reading.outcome.diagnostics.extend(opened.diagnostics);
        self.typed(reading, &name, opened.value)
    }

    /// Recognises the tool that wrote a workbook, then types what it holds.
    fn typed(&self, mut reading: FileReading, name: &str, workbook: Workbook) -> FileReading {
        let (observatory, request) = (self.observatory, self.request);
        let referentiel = observatory.referentiel(request.campaign);
        let context = Context {
            referentiel,
            source: request.source,
            mappings: self.mappings,
            accept_near: request.accept_near,
            place_given: request.structure.is_some(),
            ignored: request.ignored,
        };
        let Some(source) = sources::choose(&workbook, &context, request.tool) else {
            return reading.refuse(sources::unrecognised(&workbook));
        };
        (reading.outcome.tool, reading.tool_name) = (source.label(), source.name());
        let mut answers = source.read(&workbook, &context);
        let unread = name_unread(&workbook, &answers.value, &context, source.name());
        reading.outcome.cells = workbook.sheets.iter().map(SheetLedger::of).collect();
        // Answers hold all that is needed of the cells.
        drop(workbook);
        reading.outcome.diagnostics.extend(answers.diagnostics);
        reading.outcome.diagnostics.extend(unread.diagnostics);
        reading.propose(answers.value.proposal.take(), unread.proposed);
        reading.learnt = unread.learnt;
        reading.outcome.lines = answers.value.lines.max(answers.value.records.len());
        reading.mapping = std::mem::take(&mut answers.value.mapping);
        let campaigned = Campaigned {
            campaign: request.campaign,
            referentiel,
            registry: &observatory.registry,
            structure: request.structure,
            key: self.key,
            tool: source.name(),
        };
        let typed = normalise(name, &answers.value, &campaigned);
        reading.outcome.diagnostics.extend(typed.diagnostics);
        reading.typed = typed.value;
        for record in &reading.typed.records {
            self.answers.fetch_add(record.rows(), Ordering::Relaxed);
        }
        let refusal = self.purged.refusal(name, &reading.typed.records);
        reading.outcome.diagnostics.extend(refusal);
        let silent = !has_errors(&reading.outcome.diagnostics) && reading.typed.records.is_empty();
        if silent {
            let said = reading.without_answer();
            reading.outcome.diagnostics.push(said);
        }
        reading
    }
}

/// Said where a file's own name is not kept.
fn renamed(name: &str) -> Diagnostic {
    let message = format!(
        "le nom de ce fichier semble désigner une personne : il n’est pas conservé, le fichier est rangé sous « {name} »."
    );
    Diagnostic::new(Code::FileRenamed, Location::file(name), message)
}

impl FileReading {
    fn new(name: &str) -> Self {
        let outcome = FileOutcome {
            name: name.to_owned(),
            given: None,
            tool: "",
            structures: Vec::new(),
            lines: 0,
            rows: 0,
            cells: Vec::new(),
            diagnostics: Vec::new(),
            known: false,
        };
        Self {
            outcome,
            sha256: String::new(),
            typed: FileObservations::default(),
            tool_name: "",
            proposals: Vec::new(),
            learnt: Vec::new(),
            mapping: String::new(),
        }
    }

    /// What a person may correct: the reader's own proposal, which holds the columns that nobody
    /// understands, then those of the tables that it proposes nothing for.
    fn propose(&mut self, read: Option<Correspondence>, unread: Vec<Correspondence>) {
        self.proposals.extend(read);
        for other in unread {
            if self.proposals.iter().all(|p| p.shape != other.shape) {
                self.proposals.push(other);
            }
        }
    }

    /// Nothing to keep: because nothing was answered, or because nobody said what columns ask.
    fn without_answer(&self) -> Diagnostic {
        let at = Location::file(&self.outcome.name);
        if self.proposals.is_empty() || self.outcome.lines == 0 {
            let message = "aucune réponse dans ce fichier.";
            return Diagnostic::new(Code::FileWithoutAnswer, at, message);
        }
        let message = format!(
            "{}, mais rien ne dit à quels éléments du référentiel.",
            count(
                self.outcome.lines,
                "ligne de réponses lue",
                "lignes de réponses lues"
            )
        );
        Diagnostic::new(Code::FileWithoutAnswer, at, message).with_remedy(
            "Complétez la correspondance proposée dans grids/correspondances, puis relancez l’import.",
        )
    }

    fn refuse(mut self, diagnostic: Diagnostic) -> Self {
        self.outcome.diagnostics.push(diagnostic);
        self
    }

    /// After the run was settled: what the file brings.
    fn finish(&mut self, typed: FileObservations) {
        let written = typed.records.iter().filter(|r| r.rows() > 0);
        let structures: BTreeSet<&str> = written.map(|r| &**r.unit.structure()).collect();
        self.outcome.structures = structures.into_iter().map(str::to_owned).collect();
        self.outcome.rows = if self.outcome.enters() {
            typed
                .records
                .iter()
                .map(observations::TypedRecord::rows)
                .sum()
        } else {
            0
        };
        self.typed = typed;
    }
}

/// Writes what enters as one import, and says what it replaces.
fn write(
    observatory: &Observatory,
    store: &Store,
    request: &Request,
    readings: &mut [FileReading],
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<String>> {
    let referentiel = observatory.referentiel(request.campaign);
    let incoming: Vec<Incoming> = readings
        .iter()
        .filter(|r| r.outcome.enters() && r.outcome.rows > 0)
        .map(|r| Incoming {
            file: ImportedFile {
                name: r.outcome.name.clone(),
                sha256: r.sha256.clone(),
                tool: r.tool_name.to_owned(),
                mapping: r.mapping.clone(),
                rows: 0,
                cells: r.outcome.cells.clone(),
                diagnostics: counts(&r.outcome.diagnostics),
            },
            records: r.typed.records.iter().collect(),
        })
        .collect();
    if incoming.is_empty() {
        return Ok(None);
    }
    let entered = store.add(NewImport {
        date: request.date,
        campaign: &request.campaign.id,
        referentiel,
        files: incoming,
    })?;
    for replaced in entered.replaced {
        let message = format!(
            "{} : remplace ce que l’import {} contenait.",
            unit_name(&replaced.unit),
            replaced.import
        );
        diagnostics.push(Diagnostic::new(Code::Correction, Location::none(), message));
    }
    Ok(Some(entered.import))
}

/// What a later import replaces, as a person would say it: « R01, observation externe, visite 1, O1 ».
fn unit_name(unit: &UnitKey) -> String {
    let detail = match unit {
        UnitKey::Visit {
            visit, observer, ..
        } => format!(", visite {visit}, {}", observer.to_uppercase()),
        UnitKey::Grid { .. } | UnitKey::Questionnaire { file: None, .. } => String::new(),
        UnitKey::Questionnaire {
            file: Some(file), ..
        } => format!(", {file}"),
        UnitKey::Sessions { day, .. } => {
            let day = day.map(|d| d.to_string()).unwrap_or_default();
            format!(", séances du {}", crate::base::text::date_short(&day))
        }
        UnitKey::Table { table, .. } => match MeasureKind::of(table) {
            MeasureKind::Poste => ", équipe".to_owned(),
            MeasureKind::Denominateurs => ", dénominateurs".to_owned(),
            _ => String::new(),
        },
        // The rest of the id is a fingerprint, which tells nobody anything.
        UnitKey::Note { structure, note } => {
            return format!("{structure}, {}", note.split(' ').next().unwrap_or(note));
        }
    };
    format!("{}, {}{detail}", unit.structure(), unit.source().label())
}

fn counts(diagnostics: &[Diagnostic]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(diagnostic.code.to_string()).or_default() += 1;
    }
    counts
}
