//! A column of an exported table, described for who reads the file without us.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ColumnWords {
    /// Name in the file.
    pub(super) name: &'static str,
    /// What a person calls it.
    pub title: &'static str,
    /// One sentence.
    pub description: &'static str,
    /// Unit of its numbers; empty without one.
    pub unit: &'static str,
}

pub(super) const fn column(
    name: &'static str,
    title: &'static str,
    description: &'static str,
    unit: &'static str,
) -> ColumnWords {
    ColumnWords {
        name,
        title,
        description,
        unit,
    }
}
