//! Writing that a crash, a full disk or a kill cannot leave by half: a temporary file in the same
//! folder, flushed, then renamed.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use polars::prelude::DataFrame;
use polars_io::prelude::ParquetWriter;

use crate::base::error::{Error, Result};

/// Creates a folder and its parents.
pub(crate) fn create_dir(dir: &Path) -> Result<()> {
    fs::create_dir_all(dir).map_err(Error::io(dir, "création du dossier"))
}

/// Replaces a file's content at once.
pub(crate) fn write_atomic(path: &Path, bytes: &[u8]) -> Result<()> {
    through_temporary(path, |file| {
        file.write_all(bytes).map_err(Error::io(path, "écriture"))
    })
}

/// Writes a frame as Parquet at once.
pub(super) fn write_parquet(path: &Path, frame: &DataFrame) -> Result<()> {
    through_temporary(path, |file| {
        let mut frame = frame.clone();
        ParquetWriter::new(file).finish(&mut frame)?;
        Ok(())
    })
}

fn through_temporary(path: &Path, write: impl FnOnce(&mut File) -> Result<()>) -> Result<()> {
    let temporary = path.with_extension("tmp");
    let mut file = File::create(&temporary).map_err(Error::io(&temporary, "écriture"))?;
    write(&mut file)?;
    file.sync_all().map_err(Error::io(&temporary, "écriture"))?;
    drop(file);
    fs::rename(&temporary, path).map_err(Error::io(path, "écriture"))
}
