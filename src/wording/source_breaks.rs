//! A figure whose source changed from one campaign to the next: two series, and no evolution between them.

use crate::figures::SourceBreak;

/// « rupture de série : la source a changé (déclaré en C1, tiré des plans en C2) ; … ».
pub(crate) fn source_break(found: &SourceBreak) -> String {
    format!(
        "rupture de série : la source a changé ({} en {}, {} en {}) ; les deux valeurs ne se comparent pas",
        found.was.as_str(),
        found.earlier,
        found.is.as_str(),
        found.later
    )
}
