//! Reads in which words the answers of a campaign were asked, from what each import kept of its files.

use std::collections::BTreeSet;

use super::open_observatory::OpenObservatory;
use crate::base::error::Result;
use crate::intake::store::{ImportedFile, LiveImport};
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::Referentiel;
use crate::vocabulary::{AskedWording, AskedWordings};

/// In which words people of a campaign were asked; nothing of aggregates of other territories, which hold codes
/// alone.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn asked_wordings(
    opened: &OpenObservatory,
    campaign: &Campaign,
) -> Result<AskedWordings> {
    let mut all = AskedWordings::default();
    if opened.is_shared() {
        return Ok(all);
    }
    let referentiel = opened.observatory.referentiel(campaign);
    let state = opened.store.state()?;
    let files = state
        .imports
        .iter()
        .filter(|i| i.manifest.campaign == campaign.id);
    let mut files = files.flat_map(|i| &i.manifest.files);
    // Most territories ask in the référentiel's words, and have no unit to be read for that.
    if !files.any(ImportedFile::is_foreign) {
        return Ok(all);
    }
    let live = opened.store.live(&state, &campaign.id)?;
    let elsewhere = elements_elsewhere(&live, referentiel);
    for import in &live {
        for code in &elsewhere {
            add_import(import, code, referentiel, &mut all);
        }
    }
    Ok(all)
}

/// Codes of the éléments that were asked in other words somewhere.
fn elements_elsewhere(live: &[LiveImport], r: &Referentiel) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for file in live.iter().flat_map(|l| &l.import.manifest.files) {
        match &file.wordings {
            Some(wordings) => {
                let own = wordings.iter().filter(|(_, words)| !words.is_empty());
                codes.extend(own.map(|(code, _)| code.clone()));
            }
            // Read before words were kept: any of its columns may have been worded otherwise.
            None if file.is_foreign() => {
                codes.extend(r.elements.iter().map(|e| e.code.clone()));
            }
            None => {}
        }
    }
    codes
}

/// What an import says of an élément, structure by structure.
fn add_import(import: &LiveImport, code: &str, r: &Referentiel, all: &mut AskedWordings) {
    let Some(element) = r.element(code).map(|e| &r.elements[e]) else {
        return;
    };
    let purged = import.import.purged.as_ref();
    let is_purged = purged.is_some_and(|p| p.sources.contains(&element.source));
    for (rank, file) in import.import.manifest.files.iter().enumerate() {
        let Some(asked) = asked_in(file, code) else {
            continue;
        };
        if is_purged {
            all.add(code, "", &asked);
            continue;
        }
        let units = import.units.iter();
        let own = units.filter(|u| !u.hidden && u.file == rank && u.source == element.source);
        let structures: BTreeSet<&str> = own.map(|u| &*u.structure).collect();
        for structure in structures {
            all.add(code, structure, &asked);
        }
    }
}

/// In which words a file asked an élément; none where it is known not to have asked it.
fn asked_in(file: &ImportedFile, code: &str) -> Option<AskedWording> {
    let mut asked = AskedWording::default();
    match &file.wordings {
        Some(wordings) if wordings.is_empty() => asked.reference = true,
        Some(wordings) => {
            let words = wordings.get(code)?;
            asked.reference = words.is_empty();
            asked.lost = words.iter().any(String::is_empty);
            asked.own = words.iter().filter(|w| !w.is_empty()).cloned().collect();
        }
        None if file.is_foreign() => asked.lost = true,
        None => asked.reference = true,
    }
    Some(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(json: &str) -> ImportedFile {
        let text = format!(
            r#"{{"nom":"avis.csv","sha256":"","outil":"","lignes":1,"diagnostics":{{}},{json}}}"#
        );
        serde_json::from_str(&text).expect("a file of a manifest")
    }

    /// A store of before: what a correspondence was used for may have been worded in any way.
    #[test]
    fn what_was_read_before_words_were_kept_is_not_known() {
        let then = file(r#""correspondance":"texte-0123""#);
        assert!(then.is_foreign());
        let asked = asked_in(&then, "REL-1-FAM-1").expect("asked");
        assert!(asked.lost && !asked.reference && asked.only().is_none());
        let own = file(r#""correspondance":"""#);
        assert!(!own.is_foreign());
        let asked = asked_in(&own, "REL-1-FAM-1").expect("asked");
        assert!(asked.is_reference());
    }

    #[test]
    fn a_file_says_what_it_asked_and_what_it_did_not() {
        let now = file(
            r#""correspondance":"texte-0123","formulations":{"REL-1-FAM-1":["Il aime y aller"],"REL-1-FAM-2":[],"REL-2-FAM-1":[""]}"#,
        );
        let asked = |code| asked_in(&now, code);
        let words = asked("REL-1-FAM-1").expect("asked");
        assert_eq!(words.only(), Some("Il aime y aller"));
        assert!(asked("REL-1-FAM-2").expect("asked").is_reference());
        assert!(asked("REL-2-FAM-1").expect("asked").lost);
        assert_eq!(asked("SEC-1-FAM-1"), None);
    }
}
