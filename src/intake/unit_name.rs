//! What a later import replaces, in words.

use crate::base::text::date_short;
use crate::intake::observations::{MeasureKind, UnitKey, corrected_element};

/// What a later import replaces, as a person would say it: « R01, observation externe, visite 1, O1 ».
pub(super) fn unit_name(unit: &UnitKey) -> String {
    let detail = match unit {
        UnitKey::Visit {
            visit, observer, ..
        } => format!(", visite {visit}, {}", observer.to_uppercase()),
        UnitKey::Grid {
            second_coder: Some(coder),
            ..
        } => format!(", second codeur {}", coder.to_uppercase()),
        UnitKey::Grid { .. } | UnitKey::Questionnaire { file: None, .. } => String::new(),
        UnitKey::Questionnaire {
            file: Some(file), ..
        } => format!(", {file}"),
        UnitKey::Sessions { day, .. } => {
            let day = day.map(|d| d.to_string()).unwrap_or_default();
            format!(", séances du {}", date_short(&day))
        }
        UnitKey::Table { table, .. } => match MeasureKind::of(table) {
            MeasureKind::Poste => ", équipe".to_owned(),
            MeasureKind::Denominateurs => ", dénominateurs".to_owned(),
            _ => String::new(),
        },
        UnitKey::Note { structure, note } if corrected_element(note).is_some() => {
            return format!("{structure}, {note}");
        }
        // The rest of the id is a fingerprint, which tells nobody anything.
        UnitKey::Note { structure, note } => {
            return format!("{structure}, {}", note.split(' ').next().unwrap_or(note));
        }
    };
    format!("{}, {}{detail}", unit.structure(), unit.source().label())
}
