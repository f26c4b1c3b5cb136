//! Corrections that say no proof: a finding of law would count as met because somebody wrote a day.

use super::{Asking, RailRun, Rails};
use crate::base::diagnostics::{Code, Diagnostic};
use crate::base::text::{count, fold};
use crate::intake::observations::{PUT_RIGHT, TypedRecord, corrected_element};

/// Corrections named of one file; those beyond are counted.
const NAMED: usize = 6;

/// Words that show nothing: they say again that it was done, that it will be, or that there is nothing to show.
const NO_PROOF: &[&str] = &[
    "a faire",
    "a venir",
    "aucun",
    "aucune",
    "corrige",
    "corrigee",
    "en cours",
    "fait",
    "faite",
    "neant",
    "non",
    "ok",
    "oui",
    "prevu",
    "prevue",
    "regle",
    "reglee",
    "rien",
    "sans",
    "sans objet",
    "vu",
];

/// Fewer letters and digits than this name nothing: « x », « - », « ? ».
const LEAST: usize = 2;

fn shows_nothing(proof: &str) -> bool {
    let said = fold(proof);
    let said = said.trim_matches(|c: char| !c.is_alphanumeric());
    said.chars().filter(|c| c.is_alphanumeric()).count() < LEAST || NO_PROOF.contains(&said)
}

/// « R01 SEC-7-OBS-1 », for a correction without proof.
fn unproved(record: &TypedRecord) -> Option<String> {
    let code = corrected_element(&record.visit)?;
    let day = record.measures.iter().find(|m| &*m.code == PUT_RIGHT)?;
    shows_nothing(&day.comment).then(|| format!("{} {code}", record.unit.structure()))
}

impl Rails<'_> {
    /// Asks once a file about corrections whose proof is empty, or says nothing.
    pub(super) fn corrections(run: &RailRun, asking: &mut Asking) {
        for file in run.entering() {
            let records = run.files[file].records.iter();
            let found: Vec<(&TypedRecord, String)> =
                records.filter_map(|r| Some((r, unproved(r)?))).collect();
            let Some((first, _)) = found.first() else {
                continue;
            };
            let names = found.iter().take(NAMED).map(|(_, name)| name.as_str());
            let mut named = names.collect::<Vec<&str>>().join(", ");
            if found.len() > NAMED {
                named = format!("{named}… ({} de plus)", found.len() - NAMED);
            }
            let message = format!(
                "{} sans preuve : {named}.",
                count(found.len(), "correction datée", "corrections datées")
            );
            let said = Diagnostic::new(Code::CorrectionUnproved, first.at.clone(), message);
            asking.ask(file, said);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_names_something() {
        for none in [
            "",
            " ",
            "-",
            "?",
            "x",
            "Oui",
            "Fait.",
            "« en cours »",
            "À venir",
        ] {
            assert!(shows_nothing(none), "{none}");
        }
        for proof in [
            "affiche posée dans l’entrée",
            "n° 12",
            "attestation du 3 mai",
            "PV",
            "fait constaté par la coordination",
        ] {
            assert!(!shows_nothing(proof), "{proof}");
        }
    }
}
