//! Who sits at the keyboard is asked before answers that differ take the place of those that are there; what nobody
//! asked about (a run without anybody) is told, before and after.

use super::unit_change::{ChangeFate, DifferenceDetails, ToldChange, UnitChange, UnitDifference};
use crate::base::diagnostics::{Code, Diagnostic, Location, has_errors};
use crate::base::text::count;
use crate::intake::guard_rails::WhoConfirms;
use crate::intake::observations::FileObservations;

/// What differs, named one by one in a question.
const NAMED: usize = 4;

/// Asks; files whose replacements are refused stay out. What was confirmed of a file before is not asked again.
pub(crate) fn ask_replacements(
    confirmation: WhoConfirms,
    names: &[&str],
    changes: &mut [Vec<UnitChange>],
    files: &mut [FileObservations],
    said: &mut [Vec<Diagnostic>],
) {
    let WhoConfirms::Asked(ask) = confirmation else {
        return;
    };
    let mut questions: Vec<(usize, Diagnostic)> = Vec::new();
    for (file, own) in changes.iter().enumerate() {
        let is_settled = said[file].iter().any(|d| d.code == Code::Confirmed);
        if is_settled || has_errors(&said[file]) {
            continue;
        }
        let replaced = own.iter().filter_map(|change| {
            let difference = change.fate.replaced()?;
            Some(question(names[file], change, difference))
        });
        questions.extend(replaced.map(|question| (file, question)));
    }
    if questions.is_empty() {
        return;
    }
    let shown: Vec<Diagnostic> = questions.iter().map(|(_, q)| q.clone()).collect();
    if ask(&shown) {
        return;
    }
    for (file, question) in questions {
        let held = std::mem::take(&mut files[file].records);
        files[file].held.extend(held);
        // What was told as done is not.
        said[file].retain(|d| d.code != Code::Correction);
        said[file].push(question);
        for change in &mut changes[file] {
            let differs = change.fate.replaced().cloned();
            change.fate = ChangeFate::Refused(differs);
        }
    }
}

impl ChangeFate {
    /// What is replaced by something else.
    pub(crate) fn replaced(&self) -> Option<&UnitDifference> {
        match self {
            Self::Changed(difference) => Some(difference),
            Self::Conflict { difference, .. } => difference.as_ref(),
            _ => None,
        }
    }
}

fn question(name: &str, change: &UnitChange, difference: &UnitDifference) -> Diagnostic {
    let message = format!(
        "{} : remplacerait ce que l’import {} contenait ({}) : {}.",
        change.unit,
        difference.import,
        difference.file,
        difference.summed_up()
    );
    let remedy =
        "Relancez l’import et répondez oui pour que ce fichier prenne la place de l’autre.";
    Diagnostic::new(Code::NotesLost, Location::file(name), message).with_remedy(remedy)
}

impl UnitDifference {
    /// « ENV-4-OBS-1 : 2 → 3 et 2 autres », « 2 nouvelles, 40 inchangées, 0 disparue ».
    pub(crate) fn summed_up(&self) -> String {
        match &self.details {
            DifferenceDetails::OneByOne(all) => {
                let named = all.iter().take(NAMED).map(ToString::to_string);
                let named = named.collect::<Vec<String>>().join(" ; ");
                match all.len().saturating_sub(NAMED) {
                    0 => named,
                    more => format!(
                        "{named} et {}",
                        count(more, "autre changement", "autres changements")
                    ),
                }
            }
            DifferenceDetails::Counted { new, same, gone } => format!(
                "{}, {}, {}",
                count(*new, "nouvelle", "nouvelles"),
                count(*same, "inchangée", "inchangées"),
                count(*gone, "disparue", "disparues")
            ),
        }
    }
}

impl std::fmt::Display for ToldChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let said = |value: &Option<String>| value.clone().unwrap_or_else(|| "rien".to_owned());
        let (before, after) = (said(&self.before), said(&self.after));
        write!(f, "{}\u{a0}: {before} → {after}", self.what)
    }
}
