//! The tables of a campaign that another territory shared, each known by what its bytes come to.

use std::collections::BTreeMap;
use std::path::PathBuf;

use polars::prelude::DataFrame;

use super::kept_fold::table_path;
use super::partial_tables::ASK;
use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;
use crate::intake::store::{TableReader, TableSum};

/// Table → what its bytes come to.
pub(crate) type TableSums = BTreeMap<String, TableSum>;

/// The tables of a campaign in a folder that others share.
#[derive(Debug, Clone)]
pub(crate) struct SharedTables {
    /// Where they are.
    pub(crate) dir: PathBuf,
    /// What the bytes of each come to.
    pub(crate) sums: TableSums,
}

impl SharedTables {
    /// Whether the territory gave a table.
    pub(super) fn has(&self, table: &str) -> bool {
        self.sums.contains_key(table)
    }

    /// A table, checked.
    ///
    /// # Errors
    ///
    /// A table that is missing or is not what was written.
    pub(super) fn reader<C: TableColumn>(&self, table: &str) -> Result<TableReader<C>> {
        let sum = self.sums.get(table).ok_or_else(|| self.damaged())?;
        TableReader::open(&table_path(&self.dir, table), sum, ASK)
    }

    /// The whole of a small table.
    ///
    /// # Errors
    ///
    /// See [`Self::reader`].
    pub(super) fn whole<C: TableColumn>(&self, table: &str) -> Result<DataFrame> {
        self.reader::<C>(table)?.whole(C::ALL)
    }

    /// What is said of tables that are not what they should be.
    pub(super) fn damaged(&self) -> Error {
        Error::Store(format!(
            "{} : ces agrégats sont abîmés. {ASK}",
            self.dir.display()
        ))
    }
}
