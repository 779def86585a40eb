//! Rows as Parquet: the columns of a view with their sorts, for data frames and databases.
//!
//! The low-level writer of `parquet` is used without Arrow, which would be several times as much
//! code for the same file; it makes the program 1.0 MB larger. Every column may be empty; days are
//! days, all else is as in the CSV.

use std::io::Write;
use std::sync::Arc;

use jiff::civil::Date;
use parquet::basic::{Compression, GzipLevel, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};
use serde_json::Value;

use super::Export;
use super::columns::{Column, Sort, View};

/// How many rows are held before they are written.
const ROWS: usize = 8_192;

/// Writes all rows of `export` with the columns of `view`; gives how many there were.
pub(super) fn write(
    export: &Export<'_>,
    view: &View,
    out: &mut (impl Write + Send),
) -> anyhow::Result<u64> {
    let said = |key: &str, value: String| KeyValue::new(format!("tocsin.{key}"), value);
    let properties = WriterProperties::builder()
        .set_created_by(format!("tocsin version {}", env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::GZIP(GzipLevel::default()))
        .set_key_value_metadata(Some(vec![
            said("columns", view.name.to_owned()),
            said("build", engine::knowledge::BUILD.to_owned()),
            said("position", export.ledger.position()?.to_string()),
        ]))
        .build();
    let mut writer = SerializedFileWriter::new(out, schema(view)?, Arc::new(properties))?;
    let mut held: Vec<Vec<Value>> = view.columns.iter().map(|_| Vec::new()).collect();
    let mut n_held = 0;
    let n = export.each_row(view, |row| {
        for (cells, column) in held.iter_mut().zip(view.columns) {
            cells.push(column.of(row));
        }
        n_held += 1;
        if n_held == ROWS {
            n_held = 0;
            group(&mut writer, view, &mut held)?;
        }
        Ok(())
    })?;
    if n_held > 0 {
        group(&mut writer, view, &mut held)?;
    }
    writer.close()?;
    Ok(n)
}

fn schema(view: &View) -> Result<TypePtr, ParquetError> {
    let field = |column: &Column| {
        let (physical, logical) = match column.sort {
            Sort::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Sort::Day => (Physical::INT32, Some(LogicalType::Date)),
            Sort::Whole => (Physical::INT64, None),
            Sort::Real => (Physical::DOUBLE, None),
            Sort::Flag => (Physical::BOOLEAN, None),
        };
        Type::primitive_type_builder(column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()
            .map(Arc::new)
    };
    let fields = view.columns.iter().map(field).collect::<Result<_, _>>()?;
    Ok(Arc::new(Type::group_type_builder("row").with_fields(fields).build()?))
}

/// Writes the rows that are held, column by column, and holds none.
fn group<W: Write + Send>(
    writer: &mut SerializedFileWriter<W>,
    view: &View,
    held: &mut [Vec<Value>],
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for (column, cells) in view.columns.iter().zip(held) {
        match column.sort {
            Sort::Text => fill::<ByteArrayType, _>(&mut group, cells, |v| v.as_str().map(text))?,
            Sort::Day => fill::<Int32Type, _>(&mut group, cells, |v| v.as_str().and_then(day))?,
            Sort::Whole => fill::<Int64Type, _>(&mut group, cells, Value::as_i64)?,
            Sort::Real => fill::<DoubleType, _>(&mut group, cells, Value::as_f64)?,
            Sort::Flag => fill::<BoolType, _>(&mut group, cells, Value::as_bool)?,
        }
        cells.clear();
    }
    group.close()?;
    Ok(())
}

/// Writes the next column.
fn fill<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: &[Value],
    value: impl Fn(&Value) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let cells: Vec<Option<T::T>> = cells.iter().map(value).collect();
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("the schema has fewer columns".to_owned()));
    };
    column.typed::<T>().write_batch(&values, Some(&levels), None)?;
    column.close()
}

fn text(words: &str) -> ByteArray {
    ByteArray::from(words)
}

/// Days since 1970.
fn day(written: &str) -> Option<i32> {
    let day: Date = written.parse().ok()?;
    Some((day - Date::constant(1970, 1, 1)).get_days())
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::export::columns::VIEWS;
    use crate::store::samples;
    use crate::store::search::{Filter, Sort as Order};
    use crate::store::seek::Rows;

    #[test]
    fn a_file_has_the_rows_and_the_cells_of_the_csv() {
        let (folder, ledger) = samples::ledger(20);
        let (known, filter) = (engine::Knowledge::embedded(), Filter::default());
        for view in VIEWS {
            let export = Export {
                ledger: &ledger,
                known: &known,
                rows: Rows::Reports,
                filter: &filter,
                sort: Order::Day,
                limit: None,
            };
            let path = folder.path().join(view.name);
            let mut file = std::fs::File::create(&path).unwrap();
            let n = write(&export, view, &mut file).unwrap();
            let reader = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
            let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
            assert_eq!(rows.len() as u64, n);
            let mut expected = Vec::new();
            export
                .each_row(view, |row| {
                    expected.push(view.columns.iter().filter(|c| !c.of(row).is_null()).count());
                    Ok(())
                })
                .unwrap();
            let filled = rows.iter().map(|row| {
                let cells = row.get_column_iter();
                cells.filter(|(_, cell)| !matches!(cell, parquet::record::Field::Null)).count()
            });
            assert_eq!(filled.collect::<Vec<_>>(), expected, "{}", view.name);
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day("1970-01-02"), Some(1));
        assert_eq!(day("2024-03-22"), Some(19_804));
        assert_eq!(day("March"), None);
    }
}
