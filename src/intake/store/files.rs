//! Tables of the store as Parquet, with what tells a damaged one. Other files go through `base::files`.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use polars::prelude::DataFrame;
use polars_io::prelude::ParquetWriter;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::error::{Error, Result};
pub(super) use crate::base::files::{create_dir, sync_dir, write_atomic};

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
