//! How much of an import is read: all of it, or what some structures need.

use std::collections::HashSet;

use polars::prelude::DataFrame;

use super::AnswerUnit;
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::intake::store::TableReader;

/// The structures of which everything is read. Of the others, tallies and what families said still
/// are: noise and importance are drawn from a whole territory.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FoldReach<'a> {
    /// All of them.
    Territory,
    /// Some, by code.
    Structures(&'a HashSet<&'a str>),
}

impl FoldReach<'_> {
    /// Whether everything of a structure is read.
    pub(crate) fn has(self, structure: &str) -> bool {
        match self {
            Self::Territory => true,
            Self::Structures(codes) => codes.contains(structure),
        }
    }

    /// Hands over row groups with units to be read, chunk after chunk; `unit` is the column of the
    /// units. A chunk may hold rows of other units too.
    ///
    /// # Errors
    ///
    /// A table that is damaged; the first that `each` gives.
    pub(crate) fn for_each_group<C: TableColumn>(
        self,
        units: &[AnswerUnit],
        reader: &TableReader<C>,
        unit: C,
        columns: &[C],
        mut each: impl FnMut(&DataFrame) -> Result<()>,
    ) -> Result<()> {
        for group in reader.groups() {
            if let Self::Structures(_) = self {
                let frame = reader.read(&[unit], group)?;
                let mut met = frame.column(unit.name())?.u32()?.iter().flatten();
                let is_read = |u: u32| units.get(u as usize).is_none_or(|u| self.has(&u.structure));
                if !met.any(is_read) {
                    continue;
                }
            }
            each(&reader.read(columns, group)?)?;
        }
        Ok(())
    }
}
