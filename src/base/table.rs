//! Frames with typed columns: one enum per table gives every column its name and type, so that a
//! misspelt column cannot compile.

use polars::prelude::{
    BooleanChunked, ChunkCompareEq as _, DataFrame, DataType, Field, Schema, SchemaExtPl, SchemaRef,
};
use std::sync::Arc;

use crate::base::error::{Error, Result};

/// The columns of one table.
pub trait TableColumn: Copy + 'static {
    /// Every column, in order.
    const ALL: &'static [Self];

    /// Name in the frame and in files.
    fn name(self) -> &'static str;

    /// Type in the frame.
    fn dtype(self) -> DataType;

    /// Rows of a frame whose text in this column is a word.
    fn is(self, frame: &DataFrame, word: &str) -> Result<BooleanChunked> {
        Ok(frame.column(self.name())?.str()?.equal(word))
    }

    /// Some columns of some rows of a frame.
    fn select(frame: &DataFrame, rows: &BooleanChunked, columns: &[Self]) -> Result<DataFrame> {
        let chosen = frame.select(columns.iter().map(|c| c.name()))?;
        Ok(chosen.filter(rows)?)
    }

    /// Schema of the table.
    fn schema() -> SchemaRef {
        let fields = Self::ALL
            .iter()
            .map(|c| Field::new(c.name().into(), c.dtype()));
        Arc::new(fields.collect::<Schema>())
    }

    /// Selects the table's columns in order and refuses any other type than declared.
    fn check(frame: &DataFrame) -> Result<DataFrame> {
        let frame = frame.select(Self::ALL.iter().map(|c| c.name()))?;
        frame.schema().ensure_is_exact_match(&Self::schema()).map_err(|e| {
            Error::Store(format!(
                "La base importée ne vient pas de cette version du programme ({e}). Réimportez les fichiers d’origine."
            ))
        })?;
        Ok(frame)
    }
}
