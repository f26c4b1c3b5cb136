//! Parquet files of the store, written at once or not at all.

use std::path::Path;

use polars::prelude::DataFrame;
use polars_io::prelude::ParquetWriter;

use crate::base::error::Result;
use crate::base::files::write_through;

/// Writes a frame as Parquet at once.
pub(super) fn write_parquet(path: &Path, frame: &DataFrame) -> Result<()> {
    write_through(path, |file| {
        let mut frame = frame.clone();
        ParquetWriter::new(file).finish(&mut frame)?;
        Ok(())
    })
}
