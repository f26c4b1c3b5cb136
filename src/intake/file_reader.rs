//! One file of a run: read, recognised, typed; never fails, always says.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::archive_files::GivenFile;
use super::asked_questions::{asked_questions, screened};
use super::file_origin::{FileOrigin, own_name, renamed};
use super::request::{FileOutcome, Request, kept_name};
use crate::base::diagnostics::{Code, Diagnostic, Location, has_errors};
use crate::base::error::{Error, Result};
use crate::base::sheets::{self, Workbook};
use crate::base::text::count;
use crate::intake::cell_corrections::{AnswerWords, CellCorrection, lay_corrections};
use crate::intake::cell_ledger::SheetLedger;
use crate::intake::correction_list::is_list;
use crate::intake::correspondence_files::translation_remedy;
use crate::intake::observations::{
    self, Campaigned, FileObservations, RespondentKey, TypedRecord, normalise,
};
use crate::intake::sources::correspondence::Correspondence;
use crate::intake::sources::{self, CampaignDays, Context};
use crate::intake::store::PurgedBefore;
use crate::intake::unread_cells::name_unread;
use crate::privacy::{FileNames, QuoteScreen};
use crate::vocabulary::config::Observatory;
use crate::vocabulary::own_question::OwnQuestionWords;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Refusals of a table in which nothing of the référentiel is found.
const NOTHING_FOUND: [Code; 3] = [
    Code::ToolUnknown,
    Code::FileWithoutAnswer,
    Code::GridOrTable,
];

/// A file being read.
pub(super) struct FileReading {
    pub(super) outcome: FileOutcome,
    pub(super) sha256: String,
    /// Names of the folders that hold it, the nearest last.
    pub(super) folders: Vec<String>,
    pub(super) typed: FileObservations,
    pub(super) tool_name: &'static str,
    pub(super) proposals: Vec<Correspondence>,
    /// Whether it is known to be no collection, and which command takes it is told.
    is_no_collection: bool,
    /// What a person said of its columns this time.
    pub(super) learnt: Vec<Correspondence>,
    /// What a person named to be left out and that no cell of it says; none where it was not opened.
    pub(super) named_nowhere: Option<BTreeSet<String>>,
    pub(super) mapping: String,
    /// Values that a person typed in the place of what its cells hold, as they are kept.
    pub(super) corrected: Vec<CellCorrection>,
    /// Questions outside the référentiel that it asked, by their codes.
    pub(super) questions: BTreeMap<String, OwnQuestionWords>,
    /// In which words it asked éléments, by their codes; empty where in the référentiel's.
    pub(super) wordings: BTreeMap<String, Vec<String>>,
}

/// What reading any file of a run needs.
pub(super) struct FileReader<'a> {
    /// Answers read so far, all files together.
    pub(super) answers: AtomicUsize,
    /// How many a run may bring.
    pub(super) most: usize,
    pub(super) names: &'a FileNames,
    /// Says which headings may be kept.
    pub(super) screen: &'a QuoteScreen,
    pub(super) observatory: &'a Observatory,
    pub(super) request: &'a Request<'a>,
    pub(super) key: &'a RespondentKey,
    pub(super) mappings: &'a [Correspondence],
    /// SHA-256 of files in place → the import that holds them.
    pub(super) in_place: &'a HashMap<String, String>,
    pub(super) purged: &'a PurgedBefore,
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
            purged.date.short()
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
    pub(super) fn read_all(&self, files: &[GivenFile]) -> Result<Vec<FileReading>> {
        let heavy = files.par_iter().map(|f| sheets::is_heavy(&f.path));
        let heavy: Vec<bool> = heavy.collect();
        let light = files.par_iter().zip(&heavy);
        let read: Vec<Option<FileReading>> = light
            .map(|(file, heavy)| (!heavy).then(|| self.read(file)))
            .collect();
        let all = read.into_iter().zip(files);
        let readings = all.map(|(read, file)| read.unwrap_or_else(|| self.read(file)));
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
    fn read(&self, file: &GivenFile) -> FileReading {
        let given = file.name();
        let name = kept_name(self.names, self.key, &given);
        let mut reading = FileReading::new(&name, FileOrigin::of(file));
        reading.folders = file.folders(&self.observatory.root, self.request.paths);
        if self.is_full() {
            return reading;
        }
        if name != given {
            if name != own_name(&given) {
                reading.outcome.diagnostics.push(renamed(&name));
            }
            reading.outcome.given = Some(given);
        }
        let bytes = match file.bytes(&name) {
            Ok(bytes) => bytes,
            Err(diagnostic) => return reading.refuse(diagnostic),
        };
        reading.sha256 = crate::base::text::hex(Sha256::digest(&bytes));
        reading.outcome.origin.sha256.clone_from(&reading.sha256);
        if let Some(date) = self.purged.files.get(&reading.sha256) {
            let message = format!(
                "ce fichier a déjà été importé, et ses réponses ont été purgées le {} : elles ne reviennent pas.",
                date.short()
            );
            let at = Location::file(&name);
            return reading.refuse(Diagnostic::new(Code::PurgedContent, at, message));
        }
        if let Some(import) = self.in_place.get(&reading.sha256) {
            let message = format!(
                "ce fichier est exactement celui de l’import {import} : rien à faire. Pour le relire autrement (une correspondance ou un alias corrigés depuis), annulez d’abord cet import."
            );
            reading.outcome.known = true;
            if self.request.reread {
                let read = FileReading::new(&name, FileOrigin::of(file));
                let again = self.opened(read, &name, &bytes);
                reading.outcome.origin.sheets = again.outcome.origin.sheets;
                reading.outcome.origin.again = again.outcome.diagnostics;
            }
            return reading.refuse(Diagnostic::new(
                Code::AlreadyImported,
                Location::file(&name),
                message,
            ));
        }
        self.opened(reading, &name, &bytes)
    }

    /// Opens a file, then types what it holds.
    fn opened(&self, mut reading: FileReading, name: &str, bytes: &[u8]) -> FileReading {
        let mut opened = match sheets::open(std::path::Path::new(name), bytes) {
            Ok(opened) => opened,
            Err(diagnostic) => return reading.refuse(diagnostic),
        };
        for (rank, sheet) in opened.value.sheets.iter_mut().enumerate() {
            if self.names.name_someone(&sheet.name) {
                let kept = std::sync::Arc::from(format!("feuille {}", rank + 1));
                let own = std::mem::replace(&mut sheet.name, kept);
                let renamed = &mut reading.outcome.origin.sheets;
                renamed.insert(sheet.name.clone(), own);
            }
        }
        reading.outcome.diagnostics.extend(opened.diagnostics);
        if let Some(typed) = self.request.corrections.get(&reading.sha256) {
            let referentiel = self.observatory.referentiel(self.request.campaign);
            let answers = AnswerWords::of(referentiel, &self.observatory.registry);
            let (kept, said) = lay_corrections(&mut opened.value, typed, &answers);
            reading.corrected = kept;
            reading.outcome.diagnostics.extend(said);
        }
        let origin = reading.outcome.origin.clone();
        let read = self.typed(reading, name, opened.value);
        let taken = self.request.elsewhere.filter(|_| read.is_of_nobody());
        match taken.and_then(|elsewhere| elsewhere(name, bytes)) {
            // Nothing of it is proposed: its columns are no question of the référentiel.
            Some(refused) => FileReading {
                sha256: read.sha256,
                ..FileReading::new(name, origin)
            }
            .refuse(refused),
            None => read,
        }
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
            forced: request.tool.is_some(),
            days: Some(CampaignDays {
                first: request.campaign.debut,
                last: request.campaign.fin,
            }),
            ignored: request.ignored,
        };
        if is_list(&workbook) {
            let at = Location::file(name);
            let message = "ce classeur est une liste à corriger, et ne porte aucune réponse.";
            return reading.refuse(Diagnostic::new(Code::ListGiven, at, message));
        }
        let Some(source) = sources::choose(&workbook, &context, request.tool) else {
            reading.is_no_collection = sources::no_collection(&workbook).is_some();
            return reading.refuse(sources::unrecognised(&workbook));
        };
        (reading.outcome.tool, reading.tool_name) = (source.label(), source.name());
        let nowhere = context.named_nowhere(&workbook).into_iter().cloned();
        reading.named_nowhere = Some(nowhere.collect());
        let mut answers = source.read(&workbook, &context);
        let unread = name_unread(&workbook, &answers.value, &context, source.name());
        reading.outcome.cells = workbook.sheets.iter().map(SheetLedger::of).collect();
        // Answers hold all that is needed of the cells.
        drop(workbook);
        reading.outcome.diagnostics.extend(answers.diagnostics);
        reading.outcome.diagnostics.extend(unread.diagnostics);
        let own = answers.value.proposal.take().into_iter();
        let own = own.chain(std::mem::take(&mut answers.value.more_proposals));
        reading.propose(own.collect(), unread.proposed);
        screened(&mut reading.proposals, self.screen);
        reading.learnt = unread.learnt;
        reading.outcome.lines = answers.value.lines.max(answers.value.records.len());
        reading.mapping = std::mem::take(&mut answers.value.mapping);
        reading.wordings = answers
            .value
            .wordings
            .kept(|words| self.screen.quote_title(words).is_some());
        let campaigned = Campaigned {
            campaign: request.campaign,
            referentiel,
            registry: &observatory.registry,
            regulation: &observatory.regulation,
            observers: &observatory.observers,
            folder: request.folder,
            structure: request.structure,
            key: self.key,
            tool: source.name(),
        };
        let typed = normalise(name, &answers.value, &campaigned);
        let told = typed.diagnostics.into_iter();
        let told = told
            .map(|said| reading.with_translation(said))
            .collect::<Vec<_>>();
        reading.outcome.diagnostics.extend(told);
        reading.typed = typed.value;
        let own = &answers.value.own;
        let asked = asked_questions(name, own, &reading.typed.records, self.screen);
        reading.questions = asked.kept;
        reading.outcome.diagnostics.extend(asked.diagnostics);
        reading.typed.doubts.append(&mut answers.value.doubts);
        let otherwise = self.said_otherwise(name, &reading.typed.records);
        reading.typed.doubts.extend(otherwise);
        reading.typed.doubts.extend(unread.asked);
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

impl FileReader<'_> {
    /// An option that says who speaks, or of which accueil, against what the file says itself.
    fn said_otherwise(&self, name: &str, records: &[TypedRecord]) -> Vec<Diagnostic> {
        let doubt = |option: String, own: String| {
            let message = format!(
                "la commande dit {option}, et le fichier dit {own} : c’est lui qui est cru."
            );
            Diagnostic::new(Code::TitleContradicts, Location::file(name), message)
                .with_remedy("Retirez l’option ou corrigez le fichier ; si le fichier a raison, ajoutez --confirmer.")
        };
        let named = |all: BTreeSet<&str>| all.into_iter().take(4).collect::<Vec<_>>().join(", ");
        let mut found = Vec::new();
        if let Some(structure) = self.request.structure {
            let own: BTreeSet<&str> = records.iter().map(|r| &**r.unit.structure()).collect();
            if !own.is_empty() && !own.contains(structure.code.as_str()) {
                found.push(doubt(format!("--structure {}", structure.code), named(own)));
            }
        }
        if let Some(source) = self.request.source {
            let own: BTreeSet<&str> = records.iter().map(|r| r.unit.source().into()).collect();
            if !own.is_empty() && !own.contains(<&str>::from(source)) {
                found.push(doubt(format!("--source {source}"), named(own)));
            }
        }
        found
    }
}

impl FileReading {
    fn new(name: &str, origin: FileOrigin) -> Self {
        let outcome = FileOutcome {
            name: name.to_owned(),
            given: None,
            tool: "",
            structures: Vec::new(),
            lines: 0,
            rows: 0,
            answers: 0,
            criteres: BTreeSet::new(),
            cells: Vec::new(),
            diagnostics: Vec::new(),
            known: false,
            changes: Vec::new(),
            origin,
        };
        Self {
            outcome,
            sha256: String::new(),
            folders: Vec::new(),
            typed: FileObservations::default(),
            tool_name: "",
            is_no_collection: false,
            proposals: Vec::new(),
            learnt: Vec::new(),
            named_nowhere: None,
            mapping: String::new(),
            corrected: Vec::new(),
            questions: BTreeMap::new(),
            wordings: BTreeMap::new(),
        }
    }

    /// What a person may correct: what the reader proposes, and the columns that nobody claimed.
    fn propose(&mut self, read: Vec<Correspondence>, unread: Vec<Correspondence>) {
        for one in read.into_iter().chain(unread) {
            match self.proposals.iter_mut().find(|p| p.shape == one.shape) {
                Some(known) => {
                    let more = known.missing(&one);
                    known.columns.extend(more.columns);
                    known.words.extend(more.words);
                    known.reads = known.reads.or(one.reads);
                }
                None => self.proposals.push(one),
            }
        }
    }

    /// A word that the scale does not know is no slip where a person may say what it is worth.
    fn with_translation(&self, said: Diagnostic) -> Diagnostic {
        let awaits = |p: &&Correspondence| p.words.iter().any(|w| !w.confirmed);
        match self.proposals.iter().find(awaits) {
            // « #N/A » is no word to translate.
            Some(proposal)
                if said.code == Code::ValueOutOfScale && !said.message.starts_with("« #") =>
            {
                said.with_remedy(translation_remedy(proposal))
            }
            _ => said,
        }
    }

    /// Nothing to keep: because nothing was answered, or because nobody said what columns ask.
    fn without_answer(&self) -> Diagnostic {
        let at = Location::file(&self.outcome.name);
        if self.proposals.is_empty() || self.outcome.lines == 0 {
            let message = "aucune réponse dans ce fichier.";
            return Diagnostic::new(Code::FileWithoutAnswer, at, message).with_remedy(
                "Vérifiez que c’est le bon fichier : remplissez-le, ou retirez-le de l’import.",
            );
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
            "Répondez dans la liste à corriger (« importer » avec --liste), ou complétez la correspondance proposée dans grids/correspondances ; puis relancez l’import.",
        )
    }

    /// Whether nothing of the référentiel was found in it.
    fn is_of_nobody(&self) -> bool {
        let mut told = self.outcome.diagnostics.iter();
        !self.is_no_collection
            && self.typed.records.is_empty()
            && told.any(|d| NOTHING_FOUND.contains(&d.code))
    }

    fn refuse(mut self, diagnostic: Diagnostic) -> Self {
        self.outcome.diagnostics.push(diagnostic);
        self
    }

    /// After the run was settled: what the file brings.
    pub(super) fn finish(&mut self, typed: FileObservations, referentiel: &Referentiel) {
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
        self.outcome.answers = if self.outcome.enters() {
            typed.records.iter().map(TypedRecord::given).sum()
        } else {
            0
        };
        let given = typed.records.iter().flat_map(TypedRecord::elements_given);
        let reached = given.map(|element| referentiel.elements[element].critere);
        self.outcome.criteres = reached.filter(|_| self.outcome.enters()).collect();
        self.typed = typed;
    }
}
