//! What can only be judged over all the files of one run: the same grid twice, a number against
//! an NC within one visit.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

use super::corrected_element;
use super::kinds::WordKind;
use super::typed::{FileObservations, RecordKey, TypedRecord};
use super::unit_key::UnitKey;
use super::value::Statut;

/// Settles one run: identical copies are dropped with an info, different contents under one key
/// are an `erreur` for every file that bears it: these units, and the files that bear them. `diagnostics` is
/// parallel to `files`.
pub(crate) fn settle(
    files: &mut [FileObservations],
    diagnostics: &mut [Vec<Diagnostic>],
    referentiel: &Referentiel,
) -> BTreeMap<UnitKey, BTreeSet<Arc<str>>> {
    let mut between: BTreeMap<UnitKey, BTreeSet<Arc<str>>> = BTreeMap::new();
    let clashes = clashes(files);
    let parts = parts(files);
    let mut kept_keys: HashSet<RecordKey> = HashSet::new();
    for (f, file) in files.iter_mut().enumerate() {
        let mut kept = Vec::with_capacity(file.records.len());
        for record in std::mem::take(&mut file.records) {
            let key = record.key();
            if let Some(all) = parts.get(&key).filter(|_| kept_keys.contains(&key)) {
                diagnostics[f].push(joined(&record, *all));
                kept.push(record);
                continue;
            }
            if let Some(places) = clashes.get(&key).filter(|_| !parts.contains_key(&key)) {
                let bearers = between.entry(record.unit.clone()).or_default();
                bearers.extend(places.iter().filter_map(|at| at.file.clone()));
                diagnostics[f].push(clash(&record, places));
                continue;
            }
            if !kept_keys.insert(key) {
                let message =
                    "cette collecte figure déjà dans le même import, avec le même contenu.";
                diagnostics[f].push(Diagnostic::new(Code::DuplicateIgnored, record.at, message));
                continue;
            }
            kept.push(record);
        }
        file.records = kept;
    }
    number_against_nc(files, diagnostics, referentiel);
    between
}

/// Keys borne by several records whose contents differ, with their places.
fn clashes(files: &[FileObservations]) -> BTreeMap<RecordKey, Vec<Location>> {
    let mut bearers: HashMap<RecordKey, Vec<&TypedRecord>> = HashMap::new();
    for record in files.iter().flat_map(|f| &f.records) {
        bearers.entry(record.key()).or_default().push(record);
    }
    bearers
        .into_iter()
        .filter(|(_, records)| differ(records))
        .map(|(key, records)| (key, records.iter().map(|r| r.at.clone()).collect()))
        .collect()
}

/// Grids that stand on several sheets of one file, an axis a sheet: the same visit and day, no élément twice.
/// They are one; how many sheets each.
fn parts(files: &[FileObservations]) -> BTreeMap<RecordKey, usize> {
    let mut bearers: BTreeMap<RecordKey, Vec<(usize, &TypedRecord)>> = BTreeMap::new();
    for (f, file) in files.iter().enumerate() {
        for record in &file.records {
            if let key @ RecordKey::Grid(_) = record.key() {
                bearers.entry(key).or_default().push((f, record));
            }
        }
    }
    bearers.retain(|_, records| {
        let (file, first) = records[0];
        let mut seen: HashSet<u32> = HashSet::new();
        let mut elements = records.iter().flat_map(|(_, r)| &r.answers);
        records.len() > 1
            && records.iter().all(|(f, r)| {
                *f == file && r.day == first.day && !r.answers.is_empty() && r.words.is_empty()
            })
            && elements.all(|a| seen.insert(a.element))
    });
    bearers
        .into_iter()
        .map(|(key, all)| (key, all.len()))
        .collect()
}

fn joined(record: &TypedRecord, sheets: usize) -> Diagnostic {
    let message = format!(
        "la visite tient sur {sheets} feuilles, sans élément en commun : elles sont lues comme une seule grille."
    );
    Diagnostic::new(Code::SheetsJoined, record.at.clone(), message)
}

fn differ(records: &[&TypedRecord]) -> bool {
    let Some((first, others)) = records.split_first().filter(|(_, o)| !o.is_empty()) else {
        return false;
    };
    let content = content(first);
    others.iter().any(|r| self::content(r) != content)
}

/// Something that a record says, wherever it stands in its file.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum SaidContent<'a> {
    Answer {
        element: u32,
        statut: Statut,
        raw: &'a str,
        comment: &'a str,
    },
    Measure {
        code: &'a str,
        raw: &'a str,
        comment: &'a str,
    },
    Words {
        kind: WordKind,
        field: &'a str,
        text: &'a str,
    },
}

/// What a record says, in an order that does not depend on its file; blanks say nothing.
fn content(record: &TypedRecord) -> Vec<SaidContent<'_>> {
    let answers = record.answers.iter().map(|a| SaidContent::Answer {
        element: a.element,
        statut: a.statut,
        raw: &a.raw,
        comment: &a.comment,
    });
    let measures = record.measures.iter().map(|m| SaidContent::Measure {
        code: &m.code,
        raw: &m.raw,
        comment: &m.comment,
    });
    let words = record.words.iter().map(|w| SaidContent::Words {
        kind: w.kind,
        field: &w.field,
        text: &w.text,
    });
    let mut content: Vec<SaidContent> = answers
        .chain(measures)
        .chain(words)
        .filter(|said| !is_blank(said))
        .collect();
    content.sort_unstable();
    content
}

fn is_blank(said: &SaidContent) -> bool {
    match said {
        SaidContent::Answer {
            statut,
            raw,
            comment,
            ..
        } => *statut == Statut::Vide && raw.is_empty() && comment.is_empty(),
        SaidContent::Measure { raw, comment, .. } => raw.is_empty() && comment.is_empty(),
        SaidContent::Words { field, text, .. } => field.is_empty() && text.is_empty(),
    }
}

fn clash(record: &TypedRecord, places: &[Location]) -> Diagnostic {
    let others: Vec<String> = places
        .iter()
        .filter(|p| **p != record.at)
        .map(ToString::to_string)
        .collect();
    let structure = record.unit.structure();
    let what = match &record.unit {
        UnitKey::Visit {
            visit, observer, ..
        } => format!(
            "structure {structure}, visite {visit}, observateur {}",
            observer.to_uppercase()
        ),
        UnitKey::Note { note, .. } if corrected_element(note).is_some() => {
            format!("structure {structure}, {note}")
        }
        unit => format!("{}, structure {structure}", unit.source()),
    };
    let message = format!(
        "deux contenus différents pour la même collecte ({what}) ; ailleurs : {}.",
        others.join(" ; ")
    );
    let said = Diagnostic::new(Code::DuplicateGrid, record.at.clone(), message);
    match record.unit {
        UnitKey::Visit { .. } => said.with_remedy(
            "Gardez le bon fichier et retirez l’autre ; si ce sont deux visites, écrivez « Visite : 2 » en tête de la seconde grille.",
        ),
        UnitKey::Grid { source: SourceCode::Dir, .. } => said.with_remedy(
            "Gardez la bonne grille et retirez l’autre ; si deux personnes ont codé le même entretien, écrivez le code de l’une dans la case « Second codeur » de sa grille.",
        ),
        UnitKey::Note { ref note, .. } if corrected_element(note).is_some() => {
            said.with_remedy("Gardez une seule ligne par élément : celle du jour où tout a été mis en règle.")
        }
        _ => said,
    }
}

/// What observers of a visit rate together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Rated<'a> {
    structure: &'a str,
    visit: &'a str,
    element: u32,
}

/// The answers of observers that bear a status, with their record.
fn observed(
    file: &FileObservations,
    statut: Statut,
) -> impl Iterator<Item = (&TypedRecord, &super::typed::TypedAnswer)> {
    let of_observers = |r: &&TypedRecord| matches!(r.unit, UnitKey::Visit { .. });
    let records = file.records.iter().filter(of_observers);
    records.flat_map(move |record| {
        let answers = record.answers.iter();
        answers
            .filter(move |a| a.statut == statut)
            .map(move |a| (record, a))
    })
}

fn rated(record: &TypedRecord, element: u32) -> Rated<'_> {
    Rated {
        structure: record.unit.structure(),
        visit: &record.visit,
        element,
    }
}

/// Within a visit, a number against an NC keeps the number and says so.
fn number_against_nc(
    files: &[FileObservations],
    diagnostics: &mut [Vec<Diagnostic>],
    referentiel: &Referentiel,
) {
    // An NC is rare: only what meets one is kept to compare.
    let nc: HashSet<Rated> = files
        .iter()
        .flat_map(|file| observed(file, Statut::Nc))
        .map(|(record, answer)| rated(record, answer.element))
        .collect();
    if nc.is_empty() {
        return;
    }
    let noted: HashSet<Rated> = files
        .iter()
        .flat_map(|file| observed(file, Statut::Note))
        .map(|(record, answer)| rated(record, answer.element))
        .filter(|place| nc.contains(place))
        .collect();
    for (file, diagnostics) in files.iter().zip(diagnostics) {
        for (record, answer) in observed(file, Statut::Nc) {
            if !noted.contains(&rated(record, answer.element)) {
                continue;
            }
            let message = format!(
                "« {} » est noté par un observateur et NC pour un autre ; la note est gardée.",
                referentiel.elements[answer.element as usize].code
            );
            let at = Location::cell(&file.file, &record.sheet, answer.cell);
            diagnostics.push(Diagnostic::new(Code::NumberAgainstNc, at, message));
        }
    }
}
