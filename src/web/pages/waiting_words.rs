//! A file that waits, in words: what it is, whether it may enter, what is asked of it.

use serde_json::{Value, json};

use super::choices_offered::remarks;
use crate::actions::importer::{FileFate, ImportOutcome, ImportTally};
use crate::base::diagnostics::Diagnostic;
use crate::base::text::count;
use crate::intake::FileOutcome;
use crate::web::reception::WaitingFile;

/// Remarks of a file that are shown; the rest is counted.
const SHOWN: usize = 12;

/// What a look at files that wait found: those of which a person said the same.
pub(super) struct Look {
    pub(super) files: Vec<WaitingFile>,
    pub(super) outcome: ImportOutcome,
    /// What would be asked before writing.
    pub(super) questions: Vec<Diagnostic>,
}

/// What became of a file that waits.
pub(super) fn outcome_of<'a>(
    outcome: &'a ImportOutcome,
    waiting: &WaitingFile,
) -> Option<&'a FileOutcome> {
    let own = |f: &&FileOutcome| f.given.as_deref().unwrap_or(&f.name) == waiting.name;
    outcome.intake.files.iter().find(own)
}

/// A file that waits, with what a look at it found.
pub(super) fn file(waiting: &WaitingFile, look: &Look) -> Value {
    let outcome = &look.outcome;
    let Some(found) = outcome_of(outcome, waiting) else {
        return json!({
            "rang": waiting.rank, "nom": waiting.name, "genre": "refuse", "outil": "", "accueils": "", "contenu": "",
            "source": "", "structure": "", "demandes": [],
            "etat": "Ce fichier n’a pas pu être lu", "remarques": [], "reste": "",
        });
    };
    let questions: Vec<Diagnostic> = look
        .questions
        .iter()
        .filter(|q| q.at.file.as_deref() == Some(&found.name))
        .cloned()
        .collect();
    let (state, kind) = match outcome.fate(found) {
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
    };
    let mut told: Vec<Diagnostic> = found.diagnostics.clone();
    told.sort_by_key(Diagnostic::severity);
    let rest = told.len().saturating_sub(SHOWN);
    told.truncate(SHOWN);
    json!({
        "rang": waiting.rank,
        "nom": waiting.name,
        "genre": kind,
        "etat": state,
        "outil": found.tool,
        "accueils": found.structures.join(", "),
        "contenu": count(found.rows, "réponse", "réponses"),
        "source": waiting.said.source.as_deref().unwrap_or(""),
        "structure": waiting.said.structure.as_deref().unwrap_or(""),
        "demandes": remarks(&questions),
        "remarques": remarks(&told),
        "reste": if rest == 0 { String::new() } else { format!("et {}", count(rest, "autre remarque", "autres remarques")) },
    })
}

/// « 33 fichiers peuvent entrer, 1 est à corriger. 5 points sont à vérifier. »
pub(super) fn summary(looks: &[Look]) -> String {
    let tallies: Vec<ImportTally> = looks.iter().map(|l| l.outcome.tally()).collect();
    let sum = |of: fn(&ImportTally) -> usize| tallies.iter().map(of).sum::<usize>();
    let mut parts = vec![count(
        sum(|t| t.entered),
        "fichier peut entrer",
        "fichiers peuvent entrer",
    )];
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
    format!("{}.{warned}", parts.join(", "))
}
