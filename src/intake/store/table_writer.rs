//! Writes the tables of an import, row group after row group: memory does not grow with the answers.

use std::fs::File;
use std::io::{self, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use polars::prelude::DataFrame;
use polars_io::parquet::write::{BatchedWriter, ParquetWriter};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;

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

/// One table being written, in a folder that nothing names yet.
pub(crate) struct TableWriter<C> {
    path: PathBuf,
    file: File,
    sum: Arc<Mutex<Sha256>>,
    parquet: BatchedWriter<SummedFile>,
    rows: usize,
    columns: PhantomData<C>,
}

impl<C: TableColumn> TableWriter<C> {
    /// Begins a table.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let file = File::create(path).map_err(Error::io(path, "écriture"))?;
        let sum = Arc::new(Mutex::new(Sha256::new()));
        let summed = SummedFile {
            file: file.try_clone().map_err(Error::io(path, "écriture"))?,
            sum: sum.clone(),
        };
        Ok(Self {
            path: path.to_owned(),
            file,
            sum,
            parquet: ParquetWriter::new(summed).batched(&C::schema())?,
            rows: 0,
            columns: PhantomData,
        })
    }

    /// Adds rows, which have exactly the table's columns; each call ends a row group.
    ///
    /// # Errors
    ///
    /// Other columns, a disk that refuses.
    pub(crate) fn push(&mut self, rows: &DataFrame) -> Result<()> {
        let mut rows = C::check(rows)?;
        rows.rechunk_mut_par();
        for start in (0..rows.height()).step_by(ROW_GROUP) {
            self.parquet
                .write_batch(&rows.slice(start as i64, ROW_GROUP))?;
        }
        self.rows += rows.height();
        Ok(())
    }

    /// Ends the table, flushed.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(super) fn finish(self) -> Result<TableSum> {
        self.parquet.finish()?;
        self.file
            .sync_all()
            .map_err(Error::io(&self.path, "écriture"))?;
        let sum = self.sum.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(TableSum {
            rows: self.rows,
            sha256: crate::base::text::hex(sum.clone().finalize()),
        })
    }
}

/// A file whose bytes are summed while they are written.
struct SummedFile {
    file: File,
    sum: Arc<Mutex<Sha256>>,
}

impl Write for SummedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        let mut sum = self.sum.lock().unwrap_or_else(PoisonError::into_inner);
        sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::{Column, DataFrame};

    use super::*;
    use crate::intake::store::columns::RespondentColumn as C;
    use crate::intake::store::table_reader::{RowRange, TableReader};

    fn rows(from: u32, count: u32) -> DataFrame {
        let ranks: Vec<u32> = (from..from + count).collect();
        let ids: Vec<String> = ranks.iter().map(|r| format!("r{r}")).collect();
        let columns = vec![
            Column::new("unite".into(), vec![0_u32; count as usize]),
            Column::new("repondant".into(), ranks),
            Column::new("empreinte".into(), ids),
            Column::new("visite".into(), vec![""; count as usize]),
        ];
        DataFrame::new(count as usize, columns).expect("a frame")
    }

    #[test]
    fn groups_are_read_as_they_were_written_and_ranges_across_them() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("repondants.parquet");
        let mut writer: TableWriter<C> = TableWriter::create(&path).expect("a table");
        for (from, count) in [(0, 5), (5, 3), (8, 1)] {
            writer.push(&rows(from, count)).expect("written");
        }
        let sum = writer.finish().expect("ended");
        let bytes = std::fs::read(&path).expect("readable");
        assert_eq!(sum.rows, 9);
        assert_eq!(sum.sha256, crate::base::text::hex(Sha256::digest(&bytes)));

        let reader: TableReader<C> = TableReader::open(&path).expect("a table");
        let groups: Vec<usize> = reader.groups().iter().map(|g| g.rows).collect();
        assert_eq!((reader.rows(), groups), (9, vec![5, 3, 1]));
        let read = |start, rows| {
            let frame = reader
                .read(&[C::Empreinte, C::Repondant], RowRange { start, rows })
                .expect("rows");
            assert_eq!(frame.get_column_names(), ["empreinte", "repondant"]);
            let ranks = frame.columns()[1].u32().expect("ranks").iter().flatten();
            ranks.collect::<Vec<u32>>()
        };
        assert_eq!(read(4, 3), [4, 5, 6]);
        assert_eq!(read(0, 9), (0..9).collect::<Vec<_>>());
        assert_eq!(read(9, 1), Vec::<u32>::new());
        let mut met = Vec::new();
        let each = |group: RowRange, frame: DataFrame| {
            assert_eq!(frame.height(), group.rows);
            met.push(group.start);
            Ok(())
        };
        reader.for_each_group(&[C::Unite], each).expect("read");
        assert_eq!(met, [0, 5, 8]);
    }

    #[test]
    fn an_empty_table_reads_back_and_another_table_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("repondants.parquet");
        let writer: TableWriter<C> = TableWriter::create(&path).expect("a table");
        assert_eq!(writer.finish().expect("ended").rows, 0);
        let reader: TableReader<C> = TableReader::open(&path).expect("a table");
        assert_eq!(reader.whole(C::ALL).expect("no row").height(), 0);
        let other = TableReader::open(&path).expect("a table");
        assert!(
            other
                .whole(&[crate::intake::store::columns::UnitColumn::Cle])
                .is_err()
        );
        assert!(TableReader::<C>::open(&dir.path().join("rien.parquet")).is_err());
    }
}
