//! Findings that are not the observatory's to treat: they go to the organiser and the State at once,
//! and no report prints them. Which critères can hold such a finding is said by the référentiel
//! (`regles.hors_observatoire`).

use crate::vocabulary::referentiel::Referentiel;

/// Printed in place of any figure or finding on such a critère.
pub const OUTSIDE: &str = "à traiter hors de l’observatoire : organisateur, SDJES, 119";

/// Under this level a finding leaves the tool.
pub const SERIOUS_UNDER: f64 = 2.0;

/// Whether a critère is one whose low level leaves the tool.
fn may_leave_the_tool(referentiel: &Referentiel, code: &str) -> bool {
    referentiel
        .critere(code)
        .is_some_and(|c| referentiel.criteres[c].hors_observatoire)
}

/// Whether a critère's finding leaves the tool.
pub fn leaves_the_tool(referentiel: &Referentiel, code: &str, value: Option<f64>) -> bool {
    value.is_some_and(|v| v < SERIOUS_UNDER - 1e-9) && may_leave_the_tool(referentiel, code)
}
