//! A file that waits, in words: what it is, whether it may enter, what is asked of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use super::choices_offered::remarks;
use crate::actions::importer::{FileFate, ImportOutcome, ImportRequest, ImportTally, import_files};
use crate::base::diagnostics::{Diagnostic, Severity};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::OpenObservatory;
use crate::intake::{ChangeFate, DifferenceDetails, FileOutcome, UnitChange, WhoConfirms};
use crate::pages::reception::{SaidOfFile, WaitingFile};

/// Units of a file that are told one by one.
const CHANGES: usize = 40;

/// What a look at files that wait found: those of which a person said the same.
pub(super) struct Look {
    pub(super) files: Vec<WaitingFile>,
    pub(super) outcome: ImportOutcome,
    /// What would be asked before writing.
    pub(super) questions: Vec<Diagnostic>,
}

pub(super) fn request<'a>(
    campaign: &str,
    said: &SaidOfFile,
    files: &[WaitingFile],
) -> ImportRequest<'a> {
    ImportRequest {
        paths: files.iter().map(|f| f.path.clone()).collect(),
        campaign: campaign.to_owned(),
        source: said.source.as_deref().and_then(|s| s.parse().ok()),
        structure: said.structure.clone(),
        tool: said.tool.clone(),
        corrections: files.iter().flat_map(|f| f.corrections.clone()).collect(),
        ..ImportRequest::default()
    }
}

/// Files of which a person said the same: one import each, since an import is told one source.
pub(super) fn groups(waiting: &[WaitingFile]) -> BTreeMap<SaidOfFile, Vec<WaitingFile>> {
    let mut groups: BTreeMap<SaidOfFile, Vec<WaitingFile>> = BTreeMap::new();
    for file in waiting {
        groups
            .entry(file.said.clone())
            .or_default()
            .push(file.clone());
    }
    groups
}

/// Looks at files without writing anything; what would be asked is answered yes, and kept to be shown.
pub(super) fn looks(
    opened: &OpenObservatory,
    campaign: &str,
    waiting: &[WaitingFile],
) -> Result<Vec<Look>> {
    let mut looks = Vec::new();
    for (said, files) in groups(waiting) {
        let questions = Mutex::new(Vec::new());
        let hear = |asked: &[Diagnostic]| {
            let mut questions = questions.lock().unwrap_or_else(PoisonError::into_inner);
            questions.extend(asked.iter().cloned());
            true
        };
        let look = ImportRequest {
            simulation: true,
            confirmation: WhoConfirms::Asked(&hear),
            ..request(campaign, &said, &files)
        };
        let outcome = import_files(opened, &look)?;
        let questions = questions
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        looks.push(Look {
            files,
            outcome,
            questions,
        });
    }
    Ok(looks)
}

/// What became of a file that waits: of each of its own when it is an archive, nothing when it could not be read.
pub(super) fn outcomes_of<'a>(
    outcome: &'a ImportOutcome,
    waiting: &'a WaitingFile,
) -> impl Iterator<Item = &'a FileOutcome> {
    let files = outcome.intake.files.iter();
    files.filter(|f| f.origin.path() == waiting.path)
}

/// « Grilles.zip › R01.xlsx » of a file in an archive.
pub(super) fn shown_name(waiting: &WaitingFile, found: &FileOutcome) -> String {
    let own = found.given.as_deref().unwrap_or(&found.name);
    if own == waiting.name || found.origin.name() == waiting.name {
        waiting.name.clone()
    } else {
        format!("{} › {own}", waiting.name)
    }
}

/// A file that waits, with what a look at it found; those of an archive one by one.
pub(super) fn file(waiting: &WaitingFile, look: &Look) -> Vec<Value> {
    let found = outcomes_of(&look.outcome, waiting);
    let mut all: Vec<Value> = found.map(|f| one(waiting, look, f)).collect();
    if all.is_empty() {
        all.push(json!({
            "rang": waiting.rank, "nom": waiting.name, "genre": "refuse", "outil": "", "accueils": "", "contenu": "",
            "source": "", "structure": "", "outil_dit": "", "demandes": [], "changements": [], "renvoi": false, "corriger": "",
            "etat": "Ce fichier n’a pas pu être lu", "remarques": [], "corriges": "", "pli": "",
        }));
    }
    all
}

fn one(waiting: &WaitingFile, look: &Look, found: &FileOutcome) -> Value {
    let questions: Vec<Diagnostic> = look
        .questions
        .iter()
        .filter(|q| q.at.file.as_deref() == Some(&found.name))
        .cloned()
        .collect();
    let (state, kind) = state(&look.outcome, found, &questions);
    let mut told: Vec<Diagnostic> = found.diagnostics.clone();
    told.sort_by_key(Diagnostic::severity);
    // What stands in no cell has nothing to be seen in a sheet.
    let seen = told
        .iter()
        .filter(|d| d.severity() != Severity::Info && d.at.cell.is_some());
    let to_see = seen.count();
    let own = waiting.corrections.get(found.origin.sha256());
    let corrected = own.map_or(0, Vec::len);
    json!({
        "rang": waiting.rank,
        "nom": shown_name(waiting, found),
        "genre": kind,
        "etat": state,
        "outil": found.tool,
        "accueils": found.structures.join(", "),
        "contenu": content(found),
        "source": waiting.said.source.as_deref().unwrap_or(""),
        "structure": waiting.said.structure.as_deref().unwrap_or(""),
        "outil_dit": waiting.said.tool.as_deref().unwrap_or(""),
        "demandes": remarks(&questions),
        "changements": found.changes.iter().filter_map(change).take(CHANGES).collect::<Vec<_>>(),
        "renvoi": waiting.name.to_lowercase().ends_with(".xlsx") && !found.diagnostics.is_empty(),
        "corriger": if found.known || to_see + corrected == 0 { String::new() } else { format!("f{}", &found.origin.sha256().get(..12).unwrap_or_default()) },
        "corriges": match corrected { 0 => String::new(), n => count(n, "cellule corrigée ici", "cellules corrigées ici") },
        "pli": match told.len() { 0 => String::new(), n => count(n, "remarque", "remarques") },
        "remarques": remarks(&told),
    })
}

/// « 12 réponses sur 9 critères, 2 questions laissées vides ».
fn content(found: &FileOutcome) -> String {
    let given = match found.criteres.len() {
        0 => count(found.answers, "réponse", "réponses"),
        n => format!(
            "{} sur {}",
            count(found.answers, "réponse", "réponses"),
            count(n, "critère", "critères")
        ),
    };
    match found.rows - found.answers {
        0 => given,
        n => format!(
            "{given}, {}",
            count(n, "question laissée vide", "questions laissées vides")
        ),
    }
}

/// Whether it may enter, in words and as a kind.
fn state(
    outcome: &ImportOutcome,
    found: &FileOutcome,
    questions: &[Diagnostic],
) -> (String, &'static str) {
    match outcome.fate(found) {
        FileFate::Known => (
            "Déjà entré, le même à l’octet près : il ne changera rien".to_owned(),
            "connu",
        ),
        FileFate::Refused { errors } => (
            format!(
                "N’entrera pas : {} à corriger",
                count(errors, "erreur", "erreurs")
            ),
            "refuse",
        ),
        FileFate::WouldEnter | FileFate::Entered if found.rows == 0 => {
            ("Ne contient aucune réponse".to_owned(), "refuse")
        }
        FileFate::WouldEnter | FileFate::Entered if !questions.is_empty() => (
            "Peut entrer, si vous confirmez ce qui est demandé".to_owned(),
            "question",
        ),
        FileFate::WouldEnter | FileFate::Entered => ("Peut entrer".to_owned(), "entre"),
    }
}

/// « 33 fichiers peuvent entrer, 1 est à corriger. 5 points sont à vérifier. Ils répondent sur 9 critères des 49 du
/// référentiel. »
pub(super) fn summary(looks: &[Look], criteres: usize) -> String {
    let tallies: Vec<ImportTally> = looks.iter().map(|l| l.outcome.tally()).collect();
    let sum = |of: fn(&ImportTally) -> usize| tallies.iter().map(of).sum::<usize>();
    let mut parts = vec![match sum(|t| t.entered) {
        0 => "Aucun fichier ne peut encore entrer".to_owned(),
        n => count(n, "fichier peut entrer", "fichiers peuvent entrer"),
    }];
    let (known, refused, warnings) = (sum(|t| t.known), sum(|t| t.refused), sum(|t| t.warnings));
    if known > 0 {
        parts.push(count(known, "est déjà entré", "sont déjà entrés"));
    }
    if refused > 0 {
        parts.push(count(refused, "est à corriger", "sont à corriger"));
    }
    let warned = match warnings {
        0 => String::new(),
        n => format!(" {} à vérifier.", count(n, "point est", "points sont")),
    };
    format!("{}.{warned}{}", parts.join(", "), reach(looks, criteres))
}

/// On how many critères all that may enter has answers; nothing where it is on none, as activity data are.
fn reach(looks: &[Look], criteres: usize) -> String {
    let files: Vec<&FileOutcome> = looks
        .iter()
        .flat_map(|l| &l.outcome.intake.files)
        .filter(|f| f.enters())
        .collect();
    let reached: BTreeSet<usize> = files.iter().flat_map(|f| &f.criteres).copied().collect();
    match (reached.len(), files.len()) {
        (0, _) => String::new(),
        (n, 1) => format!(
            " Il contient des réponses sur {} des {criteres} du référentiel.",
            count(n, "critère", "critères")
        ),
        (n, _) => format!(
            " Ensemble, ils contiennent des réponses sur {} des {criteres} du référentiel.",
            count(n, "critère", "critères")
        ),
    }
}

/// A unit that would not simply be added: what would give way, one by one where no person is behind an answer.
pub(super) fn change(change: &UnitChange) -> Option<Value> {
    if matches!(change.fate, ChangeFate::New { .. }) {
        return None;
    }
    let details = change.fate.difference().map(|d| &d.details);
    let details = match details {
        Some(DifferenceDetails::OneByOne(all)) => all.iter().map(ToString::to_string).collect(),
        Some(DifferenceDetails::Counted { .. }) => change
            .fate
            .difference()
            .map(|d| vec![d.summed_up()])
            .unwrap_or_default(),
        None => Vec::new(),
    };
    Some(json!({ "quoi": change.unit, "dit": change.told(true), "details": details }))
}
