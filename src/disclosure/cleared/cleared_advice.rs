//! What may be put forward.

/// A critère put forward, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedAdvice {
    /// Code of the critère.
    pub code: String,
    /// Why it is put forward.
    pub why: Why,
    /// Families' answers to it follow their overall satisfaction closely.
    pub important: bool,
    /// Codes of the critères that come to the same place, shown elsewhere in the report.
    pub ties: Vec<String>,
}

/// Why a critère is put forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// An impératif that is not met.
    Imperatif,
    /// Above or below its target by more than noise.
    Sure,
    /// Above or below, within noise.
    Likely,
    /// Above or below, noise unknown.
    Unmeasured,
}
