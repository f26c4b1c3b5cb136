//! What becomes of a unit, as a sentence: for the command line and for the local page.

use super::unit_change::{ChangeFate, UnitChange, UnitDifference};
use crate::base::text::count;

impl UnitChange {
    /// « changé, remplacerait l’import I003 (a.xlsx), 70 → 71 réponses ».
    pub(crate) fn told(&self, simulation: bool) -> String {
        match &self.fate {
            ChangeFate::New { answers } => {
                format!("nouveau ({})", of_source(*answers, self.source))
            }
            ChangeFate::Unchanged => "inchangé".to_owned(),
            ChangeFate::Changed(difference) => {
                format!("changé, {}", replaced(difference, self.source, simulation))
            }
            ChangeFate::Conflict {
                between,
                difference: None,
            } => format!("conflit entre {} : rien n’entre", between.join(" et ")),
            ChangeFate::Conflict {
                between,
                difference: Some(difference),
            } => format!(
                "conflit entre {} ; {}",
                between.join(" et "),
                replaced(difference, self.source, simulation)
            ),
            ChangeFate::Refused(None) => "refusé".to_owned(),
            ChangeFate::Refused(Some(difference)) => {
                format!("refusé, et {}", replaced(difference, self.source, true))
            }
        }
    }
}

impl ChangeFate {
    /// What is in place and would give way.
    pub(crate) fn difference(&self) -> Option<&UnitDifference> {
        match self {
            Self::Refused(difference) => difference.as_ref(),
            fate => fate.replaced(),
        }
    }
}

/// « remplace l’import I003 (a.xlsx), 70 → 71 réponses ».
fn replaced(difference: &UnitDifference, source: &str, conditional: bool) -> String {
    let verb = if conditional {
        "remplacerait"
    } else {
        "remplace"
    };
    format!(
        "{verb} l’import {} ({}), {} → {}",
        difference.import,
        difference.file,
        difference.before,
        of_source(difference.after, source)
    )
}

/// What a source is counted in.
fn of_source(n: usize, source: &str) -> String {
    match source {
        "FAM" | "ENF" | "EQP" | "ENS" => count(n, "répondant", "répondants"),
        "DON" => count(n, "ligne", "lignes"),
        _ => count(n, "réponse", "réponses"),
    }
}
