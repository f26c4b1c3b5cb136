//! Reads one Parquet table of an import, chosen columns only, row group after row group. The file is
//! held open while a part is read and no longer: on Windows an open file can be neither renamed nor
//! replaced.

use std::fs::File;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use polars::prelude::DataFrame;
use polars_io::SerReader as _;
use polars_io::parquet::metadata::FileMetadataRef;
use polars_io::prelude::ParquetReader;

use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;

/// One table of an import.
pub(crate) struct TableReader<C> {
    path: PathBuf,
    metadata: FileMetadataRef,
    columns: PhantomData<C>,
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
    /// Reads the table's description.
    ///
    /// # Errors
    ///
    /// A file that is missing or damaged.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|e| damaged(path, &e))?;
        let metadata = ParquetReader::new(file)
            .get_metadata()
            .map_err(|e| damaged(path, &e))?
            .clone();
        Ok(Self {
            path: path.to_owned(),
            metadata,
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
        let names: Vec<String> = columns.iter().map(|c| c.name().to_owned()).collect();
        let file = File::open(&self.path).map_err(|e| damaged(&self.path, &e))?;
        let mut reader = ParquetReader::new(file)
            .with_columns(Some(names.clone()))
            .with_slice(Some((range.start, range.rows)));
        reader.set_metadata(self.metadata.clone());
        let frame = reader.finish().map_err(|e| damaged(&self.path, &e))?;
        let frame = frame.select(&names)?;
        for (column, values) in columns.iter().zip(frame.columns()) {
            if *values.dtype() != column.dtype() {
                let found = format!("{} : {}", column.name(), values.dtype());
                return Err(damaged(&self.path, &found));
            }
        }
        Ok(frame)
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

fn damaged(path: &Path, reason: &dyn std::fmt::Display) -> Error {
    Error::Store(format!(
        "{} : le fichier d’un import manque ou est abîmé ({reason}). Reprenez cet import avec « annuler », puis réimportez les fichiers.",
        path.display()
    ))
}
