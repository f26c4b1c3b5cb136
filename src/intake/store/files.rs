//! Writing that a crash, a full disk or a kill cannot leave by half: a temporary file in the same
//! folder, flushed, then renamed. On Windows a rename over a file that someone holds open fails; it is
//! said as any refusal of the system, and nothing is lost.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use polars::prelude::DataFrame;
use polars_io::prelude::ParquetWriter;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::error::{Error, Result};

/// Rows that are read and folded at once.
pub(crate) const ROW_GROUP: usize = 1 << 20;

/// What a table holds, so that a damaged one is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableSum {
    /// Rows.
    #[serde(rename = "lignes")]
    pub(crate) rows: usize,
    /// Of its bytes.
    pub(crate) sha256: String,
}

/// Creates a folder and its parents.
pub(crate) fn create_dir(dir: &Path) -> Result<()> {
    fs::create_dir_all(dir).map_err(Error::io(dir, "création du dossier"))
}

/// Replaces a file's content at once.
pub(crate) fn write_atomic(path: &Path, bytes: &[u8]) -> Result<()> {
    let temporary = path.with_extension("tmp");
    let mut file = File::create(&temporary).map_err(Error::io(&temporary, "écriture"))?;
    file.write_all(bytes).map_err(Error::io(path, "écriture"))?;
    file.sync_all().map_err(Error::io(&temporary, "écriture"))?;
    drop(file);
    fs::rename(&temporary, path).map_err(Error::io(path, "écriture"))?;
    match path.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => sync_dir(dir),
        _ => Ok(()),
    }
}

/// Writes a table as Parquet, flushed; for a folder that nothing names yet.
pub(super) fn write_table(path: &Path, frame: &DataFrame) -> Result<TableSum> {
    let mut file = Summed {
        file: File::create(path).map_err(Error::io(path, "écriture"))?,
        sum: Sha256::new(),
    };
    let mut frame = frame.clone();
    ParquetWriter::new(&mut file)
        .with_row_group_size(Some(ROW_GROUP))
        .finish(&mut frame)?;
    file.file.sync_all().map_err(Error::io(path, "écriture"))?;
    Ok(TableSum {
        rows: frame.height(),
        sha256: crate::base::text::hex(&file.sum.finalize()),
    })
}

/// A file whose bytes are summed while they are written.
struct Summed {
    file: File,
    sum: Sha256,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// SHA-256 of a file; none when it cannot be read.
pub(super) fn sha256_of(path: &Path) -> Option<String> {
    let mut file = File::open(path).ok()?;
    let mut sum = Sha256::new();
    let mut bytes = vec![0; 1 << 16];
    loop {
        match file.read(&mut bytes).ok()? {
            0 => return Some(crate::base::text::hex(&sum.finalize())),
            read => sum.update(&bytes[..read]),
        }
    }
}

/// Makes renames in a folder last through a power cut, where the system can.
pub(super) fn sync_dir(dir: &Path) -> Result<()> {
    #[cfg(unix)]
    File::open(dir)
        .and_then(|d| d.sync_all())
        .map_err(Error::io(dir, "écriture"))?;
    #[cfg(not(unix))]
    let _ = dir;
    Ok(())
}
