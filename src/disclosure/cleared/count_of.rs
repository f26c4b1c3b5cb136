//! So many out of so many.

/// A count and what it is counted among.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CountOf {
    /// How many.
    pub n: usize,
    /// Out of how many.
    pub of: usize,
}
