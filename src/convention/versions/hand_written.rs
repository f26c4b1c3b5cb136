//! Files that people write by hand, under the folder of the observatory, of which versions are kept.

/// What was signed.
pub const CONVENTION_FILE: &str = "ctg/convention.toml";
/// Series of the territory.
pub const CONTEXT_TABLE: &str = "data/contexte.csv";
/// Its communes.
pub const COMMUNES_TABLE: &str = "data/communes.csv";
/// Pupils of its schools.
pub const SCHOOLS_TABLE: &str = "data/ecoles.csv";
/// Folder of small questionnaires.
pub(crate) const SURVEYS: &str = "ctg/enquetes";
