//! What a column of a list is taken for.

use super::list_fields::ListField;
use crate::vocabulary::referentiel::StructureType;

/// What a column is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListRole {
    /// A field of the registry, or what helps to fill one.
    Field(ListField),
    /// Crosses under a type: « ALSH | Périscolaire ».
    Tick(StructureType),
    /// Persons: never kept, never shown.
    Persons,
    /// The registry has no place for it.
    Nothing,
}
