//! Files → store, in one run: read in parallel, recognised, typed, settled against each other,
//! then written as one import. A file with an `erreur` stays out, the others enter.
//!
//! | question | file |
//! |---|---|
//! | a run: files settled together, written once; what corrects an earlier import; five million answers at most | this file |
//! | what a run is asked, what it says of each file | `request` |
//! | what is asked before writing: dates, visits, closed days, two registries | `guard_rails` |
//! | what a run changes of what is in place, unit by unit | `unit_changes` |
//! | a unit in words: « R01, observation externe, visite 1, O1 » | `unit_name` |
//! | which files of a folder are read (13 extensions, 256 MB at most, `~$` aside); one that cannot be had | `files_given` |
//! | an archive of grids: its files read one by one, as if given alone | `archive_files` |
//! | where a file was read from, how it is called once sent back | `file_origin` |
//! | one file: opened, read, typed; already imported, renamed, without answer, purged before | `file_reader` |
//! | closed questions outside the référentiel: under which code, refused where an answer points at someone | `asked_questions` |
//! | files of `grids/correspondances/`: used, completed, proposed | `correspondence_files`; their format: `sources::correspondence` |
//! | a correspondence as a workbook: headings beside the éléments that resemble them, what to accept | `correspondence_workbook` |
//! | – what may be chosen in it, and on the local page | `correspondence_choices` |
//! | – what a person accepted in it, read back | `correspondence_answers` |
//! | – what was said of forms before, changed or taken back | `said_forms` |
//! | – what a column may be besides an answer, and what each word of it means | `correspondence_roles` |
//! | all that is to be corrected, as one workbook, read back | `correction_list` |
//! | a list of accueils beside the registry: unchanged, changed, new, asked; codes proposed | `registry_proposal`, `registry_twins`; read by `sources::accueil_list` |
//! | cells that nobody claimed: which keep a file out, which are told (ten lines, five cells listed) | `unread_cells` |
//! | values typed in the place of what cells hold: laid, told, kept | `cell_corrections` |
//! | how many cells were read, set aside or named, column by column | `cell_ledger` |

mod archive_files;
mod asked_questions;
pub(crate) mod cell_corrections;
pub(crate) mod cell_ledger;
mod correction_list;
mod correspondence_answers;
mod correspondence_choices;
mod correspondence_files;
mod correspondence_roles;
mod correspondence_workbook;
mod file_origin;
mod file_reader;
mod files_given;
mod guard_rails;
pub mod observations;
pub(crate) mod registry_proposal;
mod registry_twins;
mod request;
#[cfg(test)]
mod run_tests;
mod said_forms;
pub mod sources;
pub mod store;
mod unit_changes;
mod unit_name;
mod unread_cells;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicUsize;

use self::file_reader::{FileReader, FileReading};
use self::guard_rails::{PlaceWords, RailFile, Rails};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::intake::observations::{ElementCodes, FileObservations, RespondentKey, UnitKey, settle};
use crate::intake::sources::correspondence::Correspondence;
use crate::intake::store::{ImportedFile, Incoming, LiveImport, NewImport, Store, StoreState};
use crate::vocabulary::config::Observatory;

pub use cell_corrections::FileCorrections;
pub(crate) use correction_list::{
    AnsweredName, CorrectionList, ListAnswers, read_answers, read_list,
};
pub(crate) use correspondence_answers::Accepted;
pub(crate) use correspondence_choices::{FormChoices, WordWorth, proposals};
pub(crate) use correspondence_files::{AcceptedForm, accepted_form};
pub(crate) use correspondence_roles::activity_meaning;
pub(crate) use file_origin::{own_name, returned_name};
pub(crate) use files_given::file_bytes;
pub use files_given::{expand, expand_with};
pub use guard_rails::WhoConfirms;
use request::heading_screen;
pub use request::{FileOutcome, Request, TakenElsewhere};
pub(crate) use request::{file_names, kept_name, place_screen};
pub(crate) use said_forms::{SaidAgain, said_forms, say_again};
pub(crate) use unit_changes::{ChangeFate, DifferenceDetails, UnitChange, UnitDifference};
use unit_changes::{ChangeSetting, ask_replacements, named_units};

/// What became of a run.
#[derive(Debug, Clone, Default)]
pub struct Intake {
    /// One per file, by path.
    pub files: Vec<FileOutcome>,
    /// What concerns no file in particular.
    pub diagnostics: Vec<Diagnostic>,
    /// Import id, none when nothing entered.
    pub import: Option<String>,
    /// Correspondences in which something waits for a person, one per form.
    pub(crate) awaited: Vec<Correspondence>,
}

/// Imports files and folders.
pub fn import(observatory: &Observatory, store: &Store, request: &Request) -> Result<Intake> {
    let campaign = &request.campaign.id;
    // A simulation leaves no trace, not even the key: its respondents are thrown away. Nor does a
    // campaign whose answers were purged get a new one for what it refuses.
    let is_purged = !store.purged_before(campaign)?.sources.is_empty();
    let has_key = store.has_key(campaign)?;
    if request.simulation || (is_purged && !has_key) {
        // One that is there tells which files and notes come back.
        let there = has_key.then(|| store.respondent_key(campaign).ok());
        let key = there.flatten();
        if let Some(intake) = import_with(observatory, store, request, key, MAX_ANSWERS)? {
            return Ok(intake);
        }
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
    let (mut paths, mut diagnostics) = expand(request.paths)?;
    let adopted = correspondence_files::adopt(observatory, &mut paths, request.simulation)?;
    diagnostics.extend(adopted);
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
        screen: &heading_screen(observatory, request),
        purged: &purged,
        observatory,
        request,
        key: &key,
        mappings: &mappings,
        in_place: &in_place,
    };
    let (files, left) = archive_files::opened(paths, |name| kept_name(reader.names, &key, name));
    diagnostics.extend(left);
    let mut readings = reader.read_all(&files)?;
    let mut typed: Vec<FileObservations> = readings
        .iter_mut()
        .map(|r| std::mem::take(&mut r.typed))
        .collect();
    let mut per_file: Vec<Vec<Diagnostic>> = readings
        .iter_mut()
        .map(|r| std::mem::take(&mut r.outcome.diagnostics))
        .collect();
    settle_run(
        observatory,
        store,
        request,
        &mut readings,
        &mut typed,
        &mut per_file,
    )?;
    let referentiel = observatory.referentiel(request.campaign);
    for ((reading, typed), found) in readings.iter_mut().zip(typed).zip(per_file) {
        reading.outcome.diagnostics = found;
        reading.finish(typed, referentiel);
    }
    diagnostics.extend(left_out_nowhere(&readings));
    let enters = |r: &FileReading| r.outcome.enters() && r.outcome.rows > 0;
    if !has_key && !request.simulation && readings.iter().any(enters) {
        return Ok(None);
    }
    let mut awaited: Vec<Correspondence> = Vec::new();
    for reading in &mut readings {
        for proposal in std::mem::take(&mut reading.proposals) {
            let simulation = request.simulation;
            let said =
                correspondence_files::propose(observatory, referentiel, &proposal, simulation)?;
            let at = Location::file(&reading.outcome.name);
            let note = Diagnostic::new(Code::MappingProposed, at, said);
            reading.outcome.diagnostics.push(note);
            correspondence_files::gather(observatory, &mut awaited, &proposal)?;
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
        awaited,
    }))
}

/// What a person named to be left out (`--ignorer`), and that no file of the run holds.
fn left_out_nowhere(readings: &[FileReading]) -> Vec<Diagnostic> {
    let mut opened = readings.iter().filter_map(|r| r.named_nowhere.as_ref());
    let Some(first) = opened.next() else {
        return Vec::new();
    };
    let everywhere = opened.fold(first.clone(), |all, one| &all & one);
    let said = everywhere.into_iter().map(|title| {
        let message = format!("--ignorer « {title} » : aucune colonne ni ligne de ce titre dans ces fichiers, rien n’est ignoré.");
        Diagnostic::new(Code::ColumnIgnored, Location::none(), message)
    });
    said.collect()
}

/// What was probably not meant is asked before anything is written; then files are settled against each other, and
/// what they change is said.
fn settle_run(
    observatory: &Observatory,
    store: &Store,
    request: &Request,
    readings: &mut [FileReading],
    typed: &mut [FileObservations],
    diagnostics: &mut [Vec<Diagnostic>],
) -> Result<()> {
    let state = store.state()?;
    let rails = Rails {
        observatory,
        campaign: request.campaign,
        live: live_but(store, &state, request)?,
        state: &state,
        store,
        source_given: request.source.is_some(),
        today: request.date,
        places: PlaceWords::of(&observatory.registry),
    };
    let about: Vec<RailFile> = (readings.iter())
        .map(|r| RailFile {
            name: &r.outcome.name,
            sha256: &r.sha256,
            folders: r.folders.clone(),
        })
        .collect();
    guard_rails::hold(&rails, request.confirmation, &about, typed, diagnostics)?;
    let named = named_units(typed);
    let referentiel = observatory.referentiel(request.campaign);
    let clashes = settle(typed, diagnostics, referentiel);
    let setting = ChangeSetting {
        store,
        live: &store.live(&state, &request.campaign.id)?,
        codes: &ElementCodes::of(referentiel),
    };
    let mut changes = setting.changes(typed, &named, diagnostics, &clashes)?;
    let names: Vec<&str> = about.iter().map(|file| file.name).collect();
    ask_replacements(
        request.confirmation,
        &names,
        &mut changes,
        typed,
        diagnostics,
    );
    let known: Vec<Vec<UnitChange>> = (readings.iter())
        .map(|r| r.outcome.known.then(|| setting.known(&r.sha256)))
        .map(Option::unwrap_or_default)
        .collect();
    for ((reading, changes), known) in readings.iter_mut().zip(changes).zip(known) {
        reading.outcome.changes = if reading.outcome.known {
            known
        } else {
            changes
        };
    }
    Ok(())
}

/// What is in place and stays so: what the files of the run take the place of is no neighbour of theirs.
fn live_but<'a>(
    store: &Store,
    state: &'a StoreState,
    request: &Request,
) -> Result<Vec<LiveImport<'a>>> {
    let mut live = store.live(state, &request.campaign.id)?;
    for import in &mut live {
        let files = &import.import.manifest.files;
        (import.units).retain(|unit| !request.replaces.contains(&files[unit.file].sha256));
    }
    live.retain(|import| !import.units.is_empty());
    Ok(live)
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
                wordings: Some(r.wordings.clone())
                    .filter(|w| !w.is_empty() || !r.mapping.is_empty()),
                questions: r.questions.clone(),
                rows: 0,
                cells: r.outcome.cells.clone(),
                corrected: r.corrected.clone(),
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
        replaces: request.replaces,
    })?;
    // Grids, sessions and responses were told before, with old and new.
    let untold = |unit: &UnitKey| matches!(unit, UnitKey::Table { .. } | UnitKey::Note { .. });
    for replaced in entered.replaced.into_iter().filter(|r| untold(&r.unit)) {
        let message = format!(
            "{} : remplace ce que l’import {} contenait.",
            unit_name::unit_name(&replaced.unit),
            replaced.import
        );
        diagnostics.push(Diagnostic::new(Code::Correction, Location::none(), message));
    }
    Ok(Some(entered.import))
}

fn counts(diagnostics: &[Diagnostic]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(diagnostic.code.to_string()).or_default() += 1;
    }
    counts
}
