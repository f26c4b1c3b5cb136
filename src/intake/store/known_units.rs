//! Units of imports already read by this run: an import asks what is in place five times, and what a table
//! held when its bytes were checked it holds for as long as the run lasts.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::store_state::Import;
use super::stored_unit::StoredUnit;
use super::table_writer::TableSum;
use crate::base::error::Result;

/// Units by what tells two tables apart: the bytes, and the folder that an error would name.
type ByTable = HashMap<(String, String), Arc<[StoredUnit]>>;

/// Units read so far. Another run reads and checks them again.
#[derive(Debug, Default)]
pub(super) struct KnownUnits(Mutex<ByTable>);

impl KnownUnits {
    /// Units of an import as `read` gives them, which is asked once for each table, known by what its bytes come to.
    ///
    /// # Errors
    ///
    /// What `read` gives; nothing is kept of it.
    pub(super) fn of(
        &self,
        import: &Import,
        table: Option<&TableSum>,
        read: impl FnOnce() -> Result<Vec<StoredUnit>>,
    ) -> Result<Vec<StoredUnit>> {
        let Some(sum) = table else {
            return read();
        };
        // Not held while a table is read: whoever reads may take up another task, which asks the same.
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (import.manifest.content.clone(), sum.sha256.clone());
        let there = known().get(&key).cloned();
        let files = import.taken_back.len();
        // Another manifest of the same bytes may count fewer files: reading says so.
        if let Some(units) = there.filter(|all| all.iter().all(|u| u.file < files)) {
            return Ok(units.to_vec());
        }
        let units = read()?;
        known().insert(key, Arc::from(units.as_slice()));
        Ok(units)
    }
}
