//! Reads one Parquet table whose sums are known, chosen columns only, row group after row group: bytes
//! that are not those that were written are never parsed. The file is held open while a part is read
//! and no longer: on Windows an open file can be neither renamed nor replaced.

use std::io::Cursor;
use std::marker::PhantomData;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use polars::prelude::DataFrame;
use polars_io::SerReader as _;
use polars_io::parquet::metadata::FileMetadataRef;
use polars_io::prelude::ParquetReader;

use super::table_writer::TableSum;
use crate::base::error::{Error, Result};
use crate::base::files::{CheckedFile, read_checked};
use crate::base::table::TableColumn;

/// One table of an import.
pub(crate) struct TableReader<C> {
    path: PathBuf,
    /// What to do when it is damaged.
    remedy: String,
    metadata: FileMetadataRef,
    bytes: TableBytes,
    columns: PhantomData<C>,
}

/// The bytes of a table, none of them unchecked.
enum TableBytes {
    /// All of them.
    Whole(Arc<Vec<u8>>),
    /// Read when they are asked for.
    Parts(CheckedFile),
}

/// Rows that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowRange {
    /// The first.
    pub(crate) start: usize,
    /// How many.
    pub(crate) rows: usize,
}

impl<C: TableColumn> TableReader<C> {
    /// Reads the table's description; `remedy` is what a person is told to do about a damaged one.
    ///
    /// # Errors
    ///
    /// A file that is missing, or is not what was written.
    pub(crate) fn open(path: &Path, sum: &TableSum, remedy: &str) -> Result<Self> {
        let refused = |damage| damaged(path, &damage, remedy);
        let bytes = if sum.blocks.is_empty() {
            TableBytes::Whole(Arc::new(read_checked(path, &sum.sha256).map_err(refused)?))
        } else {
            TableBytes::Parts(CheckedFile::open(path, &sum.bytes()).map_err(refused)?)
        };
        Self::of(path, bytes, remedy)
    }

    /// The same for bytes that were read and checked already.
    ///
    /// # Errors
    ///
    /// Bytes that are no table.
    pub(crate) fn checked(path: &Path, bytes: Arc<Vec<u8>>, remedy: &str) -> Result<Self> {
        Self::of(path, TableBytes::Whole(bytes), remedy)
    }

    fn of(path: &Path, bytes: TableBytes, remedy: &str) -> Result<Self> {
        let metadata = match &bytes {
            TableBytes::Whole(bytes) => {
                description(bytes).map_err(|e| damaged(path, &e, remedy))?
            }
            TableBytes::Parts(file) => {
                let refused = |damage| damaged(path, &damage, remedy);
                let length = file.length();
                let tail = length.saturating_sub(FOOTER)..length;
                let end = file
                    .bytes_of(std::slice::from_ref(&tail))
                    .map_err(refused)?;
                let footer = length.saturating_sub(FOOTER + footer_length(&end))..length;
                let end = file.bytes_of(&[footer]).map_err(refused)?;
                description(&end).map_err(|e| damaged(path, &e, remedy))?
            }
        };
        Ok(Self {
            path: path.to_owned(),
            remedy: remedy.to_owned(),
            metadata,
            bytes,
            columns: PhantomData,
        })
    }

    /// Rows in all.
    pub(crate) fn rows(&self) -> usize {
        self.metadata.num_rows
    }

    /// The row groups, in order: what is best read at once.
    pub(crate) fn groups(&self) -> Vec<RowRange> {
        let mut start = 0;
        let groups = self.metadata.row_groups.iter().map(|group| {
            let rows = group.num_rows();
            start += rows;
            RowRange {
                start: start - rows,
                rows,
            }
        });
        groups.collect()
    }

    /// Some rows of some columns, in the order asked.
    ///
    /// # Errors
    ///
    /// A file that is damaged, or is not the table of this version.
    pub(crate) fn read(&self, columns: &[C], range: RowRange) -> Result<DataFrame> {
        let frame = match &self.bytes {
            TableBytes::Whole(bytes) => self.parse(bytes, columns, range)?,
            TableBytes::Parts(file) => {
                let parts = file.bytes_of(&self.places(columns, range));
                let bytes = parts.map_err(|e| damaged(&self.path, &e, &self.remedy))?;
                self.parse(&bytes, columns, range)?
            }
        };
        for (column, values) in columns.iter().zip(frame.columns()) {
            if *values.dtype() != column.dtype() {
                let found = format!("{} : {}", column.name(), values.dtype());
                return Err(damaged(&self.path, &found, &self.remedy));
            }
        }
        Ok(frame)
    }

    fn parse(&self, bytes: &[u8], columns: &[C], range: RowRange) -> Result<DataFrame> {
        let names: Vec<String> = columns.iter().map(|c| c.name().to_owned()).collect();
        let mut reader = ParquetReader::new(Cursor::new(bytes))
            .with_columns(Some(names.clone()))
            .with_slice(Some((range.start, range.rows)));
        reader.set_metadata(self.metadata.clone());
        let frame = reader.finish();
        let frame = frame.map_err(|e| damaged(&self.path, &e, &self.remedy))?;
        Ok(frame.select(&names)?)
    }

    /// Where the bytes of some rows of some columns stand.
    fn places(&self, columns: &[C], range: RowRange) -> Vec<Range<usize>> {
        let groups = self.groups().into_iter().zip(&self.metadata.row_groups);
        let met = groups.filter(|(rows, _)| {
            rows.start < range.start + range.rows && range.start < rows.start + rows.rows
        });
        let chunks = met.flat_map(|(_, group)| {
            let of = columns
                .iter()
                .filter_map(|c| group.columns_under_root_iter(c.name()));
            of.flatten()
        });
        chunks
            .map(|chunk| {
                let place = chunk.byte_range();
                place.start as usize..place.end as usize
            })
            .collect()
    }

    /// All rows of some columns: for small tables.
    ///
    /// # Errors
    ///
    /// See [`TableReader::read`].
    pub(crate) fn whole(&self, columns: &[C]) -> Result<DataFrame> {
        let rows = self.rows();
        self.read(columns, RowRange { start: 0, rows })
    }

    /// Some columns, row group after row group: memory does not grow with the table.
    ///
    /// # Errors
    ///
    /// See [`TableReader::read`]; the first that `each` gives.
    pub(crate) fn for_each_group(
        &self,
        columns: &[C],
        mut each: impl FnMut(RowRange, DataFrame) -> Result<()>,
    ) -> Result<()> {
        for group in self.groups() {
            each(group, self.read(columns, group)?)?;
        }
        Ok(())
    }
}

/// Bytes at the end of a table: the length of its description, and the mark of the format.
const FOOTER: usize = 8;

fn footer_length(bytes: &[u8]) -> usize {
    let end = bytes.len().saturating_sub(FOOTER);
    let length = bytes.get(end..end + 4).and_then(|b| b.try_into().ok());
    length.map_or(0, |length| u32::from_le_bytes(length) as usize)
}

fn description(bytes: &[u8]) -> polars::prelude::PolarsResult<FileMetadataRef> {
    ParquetReader::new(Cursor::new(bytes))
        .get_metadata()
        .cloned()
}

fn damaged(path: &Path, reason: &dyn std::fmt::Display, remedy: &str) -> Error {
    let said = format!("{} : {reason}. {remedy}", path.display());
    Error::Store(said.trim_end().to_owned())
}
