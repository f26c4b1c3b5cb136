//! What can only be judged over all the files of one run: the same grid twice, a number against
//! an NC within one visit.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::vocabulary::referentiel::SourceCode;

use super::Observation;
use super::normalise::{FileObservations, TypedRecord};
use super::value::Statut;

/// Settles one run: identical copies are dropped with an info, different contents under one key
/// are an `erreur` for every file that bears it. `diagnostics` is parallel to `files`.
pub fn settle(files: &mut [FileObservations], diagnostics: &mut [Vec<Diagnostic>]) {
    let clashes = clashes(files);
    let mut first: HashMap<String, usize> = HashMap::new();
    for (f, file) in files.iter_mut().enumerate() {
        let mut kept = Vec::with_capacity(file.records.len());
        for record in std::mem::take(&mut file.records) {
            if let Some(places) = clashes.get(&record.key) {
                diagnostics[f].push(clash(&record, places));
                continue;
            }
            if first.insert(record.key.clone(), f).is_some() {
                let message = "cette grille figure déjà dans le même import, avec le même contenu.";
                diagnostics[f].push(Diagnostic::new(Code::DuplicateIgnored, record.at, message));
                continue;
            }
            kept.push(record);
        }
        file.records = kept;
    }
    number_against_nc(files, diagnostics);
}

/// Keys borne by several records whose contents differ, with their places.
fn clashes(files: &[FileObservations]) -> BTreeMap<String, Vec<Location>> {
    let mut seen: HashMap<&str, Vec<&TypedRecord>> = HashMap::new();
    for record in files.iter().flat_map(|f| &f.records) {
        seen.entry(&record.key).or_default().push(record);
    }
    let differ = |records: &[&TypedRecord]| {
        let Some((first, others)) = records.split_first().filter(|(_, o)| !o.is_empty()) else {
            return false;
        };
        let content = fingerprint(first);
        others.iter().any(|r| fingerprint(r) != content)
    };
    seen.into_iter()
        .filter(|(_, records)| differ(records))
        .map(|(key, records)| {
            let places = records.iter().map(|r| r.at.clone());
            (key.to_owned(), places.collect())
        })
        .collect()
}

/// What a record says, wherever it stands in its file.
fn fingerprint(record: &TypedRecord) -> String {
    let mut lines: Vec<String> = record
        .observations
        .iter()
        .filter(|o| o.statut != Statut::Vide || says_something(o))
        .map(|o| {
            format!(
                "{}|{}|{}|{}",
                o.element,
                o.statut.as_str(),
                o.valeur_brute,
                o.commentaire
            )
        })
        .collect();
    lines.sort_unstable();
    lines.join("\n")
}

/// An open answer, a practice or a consent bears no status and says something.
fn says_something(o: &Observation) -> bool {
    !o.valeur_brute.is_empty() || !o.commentaire.is_empty()
}

fn clash(record: &TypedRecord, places: &[Location]) -> Diagnostic {
    let others: Vec<String> = places
        .iter()
        .filter(|p| **p != record.at)
        .map(ToString::to_string)
        .collect();
    let parts: Vec<&str> = record.key.split('|').collect();
    let what = match parts.as_slice() {
        ["OBS", code, visit, observer] => {
            format!(
                "structure {code}, visite {visit}, observateur {}",
                observer.to_uppercase()
            )
        }
        [source, code, ..] => format!("{source}, structure {code}"),
        _ => record.key.clone(),
    };
    let message = format!(
        "deux contenus différents pour la même grille ({what}) ; l’autre : {}.",
        others.join(" ; ")
    );
    Diagnostic::new(Code::DuplicateGrid, record.at.clone(), message)
}

/// Structure, visit and élément.
type Place<'a> = (&'a str, &'a str, &'a str);

fn cell(o: &Observation) -> Place<'_> {
    (&o.structure, &o.visite, &o.element)
}

/// Within a visit, a number against an NC keeps the number and says so.
fn number_against_nc(files: &[FileObservations], diagnostics: &mut [Vec<Diagnostic>]) {
    let visits = |statut: Statut| {
        files.iter().enumerate().flat_map(move |(f, file)| {
            file.records
                .iter()
                .flat_map(|r| &r.observations)
                .filter(move |o| o.source == SourceCode::Obs && o.statut == statut)
                .map(move |o| (f, o))
        })
    };
    // An NC is rare: only what meets one is kept to compare.
    let nc: HashSet<Place> = visits(Statut::Nc).map(|(_, o)| cell(o)).collect();
    if nc.is_empty() {
        return;
    }
    let noted: HashSet<Place> = visits(Statut::Note)
        .map(|(_, o)| cell(o))
        .filter(|place| nc.contains(place))
        .collect();
    for (f, o) in visits(Statut::Nc).filter(|(_, o)| noted.contains(&cell(o))) {
        let at = Location {
            file: Some(files[f].file.as_str().into()),
            sheet: (!o.feuille.is_empty()).then(|| o.feuille.clone()),
            cell: Some(o.cellule.to_string()),
        };
        let message = format!(
            "« {} » est noté par un observateur et NC pour un autre ; la note est gardée.",
            o.element
        );
        diagnostics[f].push(Diagnostic::new(Code::NumberAgainstNc, at, message));
    }
}
