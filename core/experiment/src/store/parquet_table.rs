//! Flat Parquet tables: Snappy, no nesting, the same bytes for the same rows.
//!
//! Flat and Snappy is what the barest readers (nanoparquet in R) open.

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};
use std::io::{self, Write};
use std::sync::Arc;

/// Rows in a row group, about.
pub(super) const GROUP_ROWS: usize = 100_000;

/// The values of one column; an option is a column that may be empty.
pub(super) enum Column<'a> {
    Text(Vec<&'a str>),
    /// Texts of which there are few, and for each row the place of its own.
    Named(Vec<&'a str>, Vec<u32>),
    TextOrNone(Vec<Option<&'a str>>),
    Whole(Vec<i32>),
    WholeOrNone(Vec<Option<i32>>),
    Seed(Vec<u64>),
    NumberOrNone(Vec<Option<f64>>),
}

/// Name and values of a column.
pub(super) type Named<'a> = (String, Column<'a>);

/// A table file being written, row group by row group, all with the same columns.
pub(super) struct Table<W: Write + Send> {
    file: W,
    title: String,
    writer: Option<SerializedFileWriter<Vec<u8>>>,
    rows: u64,
}

impl<W: Write + Send> Table<W> {
    /// A table about the scenario with this title.
    pub(super) fn new(file: W, title: &str) -> Self {
        Self {
            file,
            title: title.to_owned(),
            writer: None,
            rows: 0,
        }
    }

    /// Appends rows; the first call decides the columns, also when it has no rows.
    pub(super) fn append(&mut self, columns: Vec<Named>) -> io::Result<()> {
        let rows = columns.first().map_or(0, |(_, column)| column.len());
        if self.writer.is_none() {
            self.writer = Some(file_writer(&columns, &self.title).map_err(io::Error::other)?);
        }
        let Some(writer) = self.writer.as_mut().filter(|_| rows > 0) else {
            return Ok(());
        };
        row_group(writer, columns).map_err(io::Error::other)?;
        self.rows += rows as u64;
        // Hand on what is done, so that memory stays flat; offsets are counted by the writer.
        writer.flush()?;
        let done = std::mem::take(writer.inner_mut());
        self.file.write_all(&done)
    }

    /// Ends the file; returns the number of rows.
    pub(super) fn finish(mut self) -> io::Result<u64> {
        if let Some(writer) = self.writer {
            self.file
                .write_all(&writer.into_inner().map_err(io::Error::other)?)?;
        }
        Ok(self.rows)
    }
}

fn file_writer(
    columns: &[Named],
    title: &str,
) -> Result<SerializedFileWriter<Vec<u8>>, ParquetError> {
    let entry = |key: &str, value: &str| KeyValue::new(key.to_owned(), value.to_owned());
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("zalm".to_owned())
        .set_key_value_metadata(Some(vec![
            entry("zalm.schema", super::SCHEMA),
            entry("zalm.title", title),
        ]))
        .build();
    SerializedFileWriter::new(Vec::new(), schema(columns)?, Arc::new(properties))
}

fn schema(columns: &[Named]) -> Result<TypePtr, ParquetError> {
    let fields = columns
        .iter()
        .map(|(name, column)| column.field(name).map(Arc::new))
        .collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder("zalm")
        .with_fields(fields)
        .build()
        .map(Arc::new)
}

fn row_group(
    writer: &mut SerializedFileWriter<Vec<u8>>,
    columns: Vec<Named>,
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for (_, column) in columns {
        let mut target = group
            .next_column()?
            .ok_or_else(|| missing("another column"))?;
        column.write(target.untyped())?;
        target.close()?;
    }
    group.close().map(drop)
}

fn missing(what: &str) -> ParquetError {
    ParquetError::General(format!("the table has no {what}"))
}

impl Column<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Text(values) => values.len(),
            Self::Named(_, places) => places.len(),
            Self::TextOrNone(values) => values.len(),
            Self::Whole(values) => values.len(),
            Self::WholeOrNone(values) => values.len(),
            Self::Seed(values) => values.len(),
            Self::NumberOrNone(values) => values.len(),
        }
    }

    fn field(&self, name: &str) -> Result<Type, ParquetError> {
        let unsigned = LogicalType::integer(64, false);
        let (physical, logical, repetition) = match self {
            Self::Text(_) | Self::Named(..) => (
                Physical::BYTE_ARRAY,
                Some(LogicalType::String),
                Repetition::REQUIRED,
            ),
            Self::TextOrNone(_) => (
                Physical::BYTE_ARRAY,
                Some(LogicalType::String),
                Repetition::OPTIONAL,
            ),
            Self::Whole(_) => (Physical::INT32, None, Repetition::REQUIRED),
            Self::WholeOrNone(_) => (Physical::INT32, None, Repetition::OPTIONAL),
            Self::Seed(_) => (Physical::INT64, Some(unsigned), Repetition::REQUIRED),
            Self::NumberOrNone(_) => (Physical::DOUBLE, None, Repetition::OPTIONAL),
        };
        Type::primitive_type_builder(name, physical)
            .with_logical_type(logical)
            .with_repetition(repetition)
            .build()
    }

    fn write(self, target: &mut ColumnWriter) -> Result<(), ParquetError> {
        match (self, target) {
            (Self::Text(values), ColumnWriter::ByteArrayColumnWriter(target)) => {
                let values: Vec<ByteArray> = values.into_iter().map(ByteArray::from).collect();
                target.write_batch(&values, None, None)
            }
            (Self::Named(names, places), ColumnWriter::ByteArrayColumnWriter(target)) => {
                // A clone of a text shares its bytes, so that a row costs no memory of its own.
                let names: Vec<ByteArray> = names.into_iter().map(ByteArray::from).collect();
                let name = |place: &u32| names[*place as usize].clone();
                let values: Vec<ByteArray> = places.iter().map(name).collect();
                target.write_batch(&values, None, None)
            }
            (Self::TextOrNone(values), ColumnWriter::ByteArrayColumnWriter(target)) => {
                let (values, levels) = present(values.into_iter().map(|v| v.map(ByteArray::from)));
                target.write_batch(&values, Some(&levels), None)
            }
            (Self::Whole(values), ColumnWriter::Int32ColumnWriter(target)) => {
                target.write_batch(&values, None, None)
            }
            (Self::WholeOrNone(values), ColumnWriter::Int32ColumnWriter(target)) => {
                let (values, levels) = present(values.into_iter());
                target.write_batch(&values, Some(&levels), None)
            }
            (Self::Seed(values), ColumnWriter::Int64ColumnWriter(target)) => {
                let values: Vec<i64> = values.into_iter().map(u64::cast_signed).collect();
                target.write_batch(&values, None, None)
            }
            (Self::NumberOrNone(values), ColumnWriter::DoubleColumnWriter(target)) => {
                let (values, levels) = present(values.into_iter());
                target.write_batch(&values, Some(&levels), None)
            }
            _ => return Err(missing("column of that type")),
        }
        .map(drop)
    }
}

/// The values that are there, and for each row whether it has one.
fn present<T>(values: impl Iterator<Item = Option<T>>) -> (Vec<T>, Vec<i16>) {
    let (mut there, mut levels) = (Vec::new(), Vec::new());
    for value in values {
        levels.push(i16::from(value.is_some()));
        there.extend(value);
    }
    (there, levels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use std::fs::File;

    #[test]
    fn row_groups_handed_on_one_by_one_make_one_file() {
        let mut file = tempfile::tempfile().unwrap();
        let mut table = Table::new(&mut file, "A title");
        for group in 0..3 {
            let numbers: Vec<i32> = (0..1000).map(|i| 1000 * group + i).collect();
            let names = numbers.iter().map(|_| Some("name")).collect();
            let columns = [
                ("number", Column::Whole(numbers)),
                ("name", Column::TextOrNone(names)),
            ];
            table
                .append(
                    columns
                        .map(|(name, column)| (name.to_owned(), column))
                        .into(),
                )
                .unwrap();
        }
        assert_eq!(table.finish().unwrap(), 3000);
        let reader = SerializedFileReader::new(file).unwrap();
        assert_eq!(reader.num_row_groups(), 3);
        let rows: Vec<_> = reader
            .get_row_iter(None)
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let last = rows[2999].get_column_iter().next().unwrap().1.to_string();
        assert_eq!((rows.len(), last.as_str()), (3000, "2999"));
    }

    #[test]
    fn a_full_disk_is_an_error() {
        let Ok(full) = File::options().write(true).open("/dev/full") else {
            return;
        };
        let mut table = Table::new(full, "A title");
        let columns = vec![("number".to_owned(), Column::Whole(vec![1; 10_000]))];
        let outcome = table.append(columns).and_then(|()| table.finish());
        assert!(outcome.is_err());
    }
}
