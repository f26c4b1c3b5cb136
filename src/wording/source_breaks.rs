//! A figure whose source changed from one campaign to the next: two series, and no evolution between them.

use crate::figures::ActivityOrigin;

/// « déclaré en C1, tiré des plans en C2 ».
pub(crate) fn both_origins(
    earlier: (&str, ActivityOrigin),
    later: (&str, ActivityOrigin),
) -> String {
    format!(
        "{} en {}, {} en {}",
        earlier.1.as_str(),
        earlier.0,
        later.1.as_str(),
        later.0
    )
}

/// What is said of one figure.
pub(crate) fn source_break(origins: &str) -> String {
    format!(
        "rupture de série : la source a changé ({origins}) ; les deux valeurs ne se comparent pas"
    )
}
