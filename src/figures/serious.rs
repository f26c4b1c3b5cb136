//! Findings that are not the observatory's to treat: they go to the organiser and the State at once
//! (`design.md` section 5).

/// Printed in place of any figure or finding on such a critère.
pub const OUTSIDE: &str = "à traiter hors de l’observatoire : organisateur, SDJES, 119";

/// Critères on which a low level leaves the tool (violence, reporting).
const SERIOUS: [&str; 2] = ["REL-5", "SEC-7"];
/// Under this level they do.
pub const SERIOUS_UNDER: f64 = 2.0;

/// Whether a critère is one whose low level leaves the tool.
pub fn may_leave_the_tool(code: &str) -> bool {
    SERIOUS.contains(&code)
}

/// Whether a critère's finding leaves the tool.
pub fn leaves_the_tool(code: &str, value: Option<f64>) -> bool {
    may_leave_the_tool(code) && value.is_some_and(|v| v < SERIOUS_UNDER - 1e-9)
}
