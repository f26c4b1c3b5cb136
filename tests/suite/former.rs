//! A référentiel of before, for tests that need one whose every note goes from 1 to 4, and whose words and figures they
//! know by heart. No program ships it.

/// Its text.
pub fn embedded_v1() -> &'static str {
    include_str!("fixtures/referentiel-v1.toml")
}
