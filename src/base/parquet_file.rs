//! A table as Parquet, days as true dates: polars writes dates only with a feature that its other crates
//! would all be built again for, so that its writer is called directly.

use polars_arrow::array::{Array, Float64Array, Int32Array, Int64Array, Utf8ViewArray};
use polars_arrow::datatypes::{ArrowDataType, ArrowSchema, Field as ArrowField};
use polars_arrow::record_batch::RecordBatchT;
use polars_parquet::write::{
    CompressionOptions, FileWriter, RowGroupIterator, StatisticsOptions, Version, WriteOptions,
    get_dtype_encoding,
};

use super::error::Result;
use super::tabular::{Field, Heading, Kind, Table};

/// Rows of a row group, as polars has them.
const GROUP: usize = 512 * 512;

impl Table {
    /// The table as Parquet.
    ///
    /// # Errors
    ///
    /// A table that cannot be encoded.
    pub(super) fn parquet(&self) -> Result<Vec<u8>> {
        let schema: ArrowSchema = self.columns.iter().map(arrow_field).collect();
        let options = WriteOptions {
            statistics: StatisticsOptions::default(),
            compression: CompressionOptions::Zstd(None),
            version: Version::V1,
            data_page_size: None,
        };
        let encodings = schema.iter_values().map(|f| get_dtype_encoding(&f.dtype));
        let chunks = self.rows.chunks(GROUP);
        let sizes: Vec<usize> = chunks.clone().map(<[_]>::len).collect();
        let batches = chunks.map(|rows| {
            let arrays = self.columns.iter().enumerate();
            let arrays = arrays.map(|(c, column)| array(column.kind, rows, c));
            RecordBatchT::try_new(
                rows.len(),
                std::sync::Arc::new(schema.clone()),
                arrays.collect(),
            )
        });
        let groups = RowGroupIterator::try_new(batches, &schema, options, encodings.collect())?;
        let mut bytes = Vec::new();
        let mut writer = FileWriter::try_new(&mut bytes, schema.clone(), options)?;
        for (group, rows) in groups.zip(sizes) {
            writer.write(rows as u64, group?)?;
        }
        writer.end(None)?;
        Ok(bytes)
    }
}

fn arrow_field(column: &Heading) -> ArrowField {
    let dtype = match column.kind {
        Kind::Text => ArrowDataType::Utf8View,
        Kind::Whole => ArrowDataType::Int64,
        Kind::Decimal => ArrowDataType::Float64,
        Kind::Day => ArrowDataType::Date32,
    };
    ArrowField::new(column.name.as_str().into(), dtype, true)
}

/// A column of some rows.
fn array(kind: Kind, rows: &[Vec<Field>], column: usize) -> Box<dyn Array> {
    let fields = rows.iter().map(|row| &row[column]);
    match kind {
        Kind::Text => {
            let texts: Vec<Option<&str>> = fields.map(Field::as_text).collect();
            Utf8ViewArray::from_slice(texts).boxed()
        }
        Kind::Whole => fields.map(Field::as_whole).collect::<Int64Array>().boxed(),
        Kind::Decimal => {
            let numbers = fields.map(Field::as_decimal);
            numbers.collect::<Float64Array>().boxed()
        }
        Kind::Day => {
            let days = fields.map(|field| match field {
                Field::Day(day) => Some(day.number()),
                _ => None,
            });
            let days = days.collect::<Int32Array>();
            days.to(ArrowDataType::Date32).boxed()
        }
    }
}

#[cfg(test)]
mod tests {
    use polars_parquet::read::{infer_schema, read_metadata};

    use super::*;
    use crate::base::day::on;

    #[test]
    fn a_day_is_a_date_of_the_format() {
        let columns = vec![
            Heading::text("mot"),
            Heading::day("jour"),
            Heading::whole("n"),
        ];
        let day = |iso| Field::Day(on(iso));
        let rows = vec![
            vec![Field::Text("a".into()), day("2026-05-12"), Field::Whole(1)],
            vec![Field::Empty, Field::Empty, Field::Empty],
        ];
        let bytes = Table::new("t", columns, rows).parquet().expect("written");
        let about = read_metadata(&mut std::io::Cursor::new(&bytes)).expect("a footer");
        assert_eq!(about.num_rows, 2);
        let schema = infer_schema(&about).expect("a schema");
        let types: Vec<&ArrowDataType> = schema.iter_values().map(|f| &f.dtype).collect();
        assert_eq!(types[1], &ArrowDataType::Date32);
        assert_eq!(types[2], &ArrowDataType::Int64);
    }

    #[test]
    fn a_table_without_rows_is_a_file_all_the_same() {
        let bytes = Table::<Field>::new("t", vec![Heading::day("jour")], Vec::new()).parquet();
        let bytes = bytes.expect("written");
        let about = read_metadata(&mut std::io::Cursor::new(&bytes)).expect("a footer");
        assert_eq!(about.num_rows, 0);
    }
}
