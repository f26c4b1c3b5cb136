//! Writes the tables of an import, row group after row group: memory does not grow with the answers.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use polars::prelude::DataFrame;
use polars_io::parquet::write::{BatchedWriter, ParquetWriter};
use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::files::{ByteSums, KeptRefusal, Summing, ToldWriter};
use crate::base::table::TableColumn;

/// Rows that are read and folded at once.
pub(crate) const ROW_GROUP: usize = 1 << 20;
/// Bytes handed to the system at once.
const BUFFER: usize = 1 << 18;

/// What a table holds, so that a damaged one is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableSum {
    /// Rows.
    #[serde(rename = "lignes")]
    pub(crate) rows: usize,
    /// Of its bytes.
    pub(crate) sha256: String,
    /// Of each block of its bytes, when it is large.
    #[serde(rename = "blocs", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) blocks: Vec<String>,
}

impl TableSum {
    /// What its bytes come to.
    pub(super) fn bytes(&self) -> ByteSums {
        ByteSums {
            sha256: self.sha256.clone(),
            blocks: self.blocks.clone(),
        }
    }
}

/// One table being written, in a folder that nothing names yet.
pub(crate) struct TableWriter<C> {
    path: PathBuf,
    file: Arc<Mutex<SummedFile>>,
    parquet: BatchedWriter<ToldWriter<SharedFile>>,
    refusal: KeptRefusal,
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
        let file = Arc::new(Mutex::new(SummedFile {
            file: BufWriter::with_capacity(BUFFER, file),
            sum: Summing::default(),
        }));
        let refusal = KeptRefusal::default();
        Ok(Self {
            path: path.to_owned(),
            file: file.clone(),
            parquet: ParquetWriter::new(refusal.of(SharedFile(file))).batched(&C::schema())?,
            refusal,
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
            let written = self
                .parquet
                .write_batch(&rows.slice(start as i64, ROW_GROUP));
            written.map_err(|e| self.refusal.told(&self.path, e))?;
        }
        self.rows += rows.height();
        Ok(())
    }

    /// Ends the table, which a power cut then leaves as it is.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(super) fn finish(self) -> Result<TableSum> {
        let (path, file) = (self.path.clone(), self.file.clone());
        let sum = self.close()?;
        let mut file = lock(&file);
        let synced = file.file.get_mut().sync_all();
        synced.map_err(Error::io(&path, "écriture"))?;
        Ok(sum)
    }

    /// Ends a table that can be made again.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn close(self) -> Result<TableSum> {
        let ended = self.parquet.finish();
        ended.map_err(|e| self.refusal.told(&self.path, e))?;
        let mut file = lock(&self.file);
        file.flush().map_err(Error::io(&self.path, "écriture"))?;
        let sums = file.sum.clone().finish();
        Ok(TableSum {
            rows: self.rows,
            sha256: sums.sha256,
            blocks: sums.blocks,
        })
    }
}

/// A file whose bytes are summed while they are written.
struct SummedFile {
    file: BufWriter<File>,
    sum: Summing,
}

impl Write for SummedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The same file, in the hands of who writes Parquet.
struct SharedFile(Arc<Mutex<SummedFile>>);

impl Write for SharedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        lock(&self.0).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        lock(&self.0).flush()
    }
}

fn lock(file: &Mutex<SummedFile>) -> MutexGuard<'_, SummedFile> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
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
        assert_eq!(sum.sha256, crate::base::files::sha256(&bytes));

        let reader: TableReader<C> = TableReader::open(&path, &sum, "").expect("a table");
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
        let sum = writer.finish().expect("ended");
        assert_eq!(sum.rows, 0);
        let reader: TableReader<C> = TableReader::open(&path, &sum, "").expect("a table");
        assert_eq!(reader.whole(C::ALL).expect("no row").height(), 0);
        let other = TableReader::open(&path, &sum, "").expect("a table");
        assert!(
            other
                .whole(&[crate::intake::store::columns::UnitColumn::Cle])
                .is_err()
        );
        assert!(TableReader::<C>::open(&dir.path().join("rien.parquet"), &sum, "").is_err());
    }

    #[test]
    fn a_large_table_is_read_by_parts_and_a_flip_is_met_where_it_is_read() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("repondants.parquet");
        let mut writer: TableWriter<C> = TableWriter::create(&path).expect("a table");
        // Ids that do not compress: more than a whole file's worth.
        let count = 150_000;
        for from in [0, count] {
            let ids = (from..from + count)
                .map(|i| crate::base::files::sha256(&[i as u8, (i >> 8) as u8, (i >> 16) as u8]));
            let columns = vec![
                Column::new("unite".into(), vec![0_u32; count as usize]),
                Column::new(
                    "repondant".into(),
                    (from..from + count).collect::<Vec<u32>>(),
                ),
                Column::new("empreinte".into(), ids.collect::<Vec<String>>()),
                Column::new("visite".into(), vec![""; count as usize]),
            ];
            let rows = DataFrame::new(count as usize, columns).expect("a frame");
            writer.push(&rows).expect("written");
        }
        let sum = writer.finish().expect("ended");
        assert!(sum.blocks.len() > 8, "{} blocks", sum.blocks.len());
        let reader: TableReader<C> = TableReader::open(&path, &sum, "").expect("a table");
        let second = reader.groups()[1];
        let frame = reader.read(&[C::Repondant], second).expect("rows");
        let ranks = frame.columns()[0].u32().expect("ranks");
        assert!(ranks.iter().flatten().eq(count..2 * count));

        let mut bytes = std::fs::read(&path).expect("readable");
        let middle = bytes.len() / 4;
        bytes[middle] ^= 4;
        std::fs::write(&path, &bytes).expect("flipped");
        let reader: TableReader<C> =
            TableReader::open(&path, &sum, "Réparez.").expect("its end is sound");
        assert!(reader.read(&[C::Empreinte], second).is_ok());
        let refused = reader
            .read(&[C::Empreinte], reader.groups()[0])
            .expect_err("flipped");
        let said = refused.to_string();
        assert!(
            said.contains("repondants.parquet") && said.ends_with("Réparez."),
            "{said}"
        );
    }
}
