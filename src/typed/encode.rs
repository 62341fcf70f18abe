//! Batches as a Parquet file: row groups of a fixed number of lines, their columns encoded side by side.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::{ColumnCloseResult, ColumnWriter, get_column_writer};
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::{SerializedFileWriter, SerializedPageWriter, TrackedWrite};
use parquet::schema::types::{ColumnDescPtr, SchemaDescriptor};
use rayon::prelude::*;

use super::batch::{Batch, Values};
use super::schema::{self, Column, Content, LINES, Schema};
use super::{GROUP, GROUP_BYTES, KEY_COUNTS, KEY_QUOTED, KEY_SUMS};

/// A Parquet file under way. Its bytes depend on the lines alone, not on how they were batched.
pub struct Writer<W: Write + Send> {
    file: SerializedFileWriter<W>,
    of: &'static Schema,
    schema: SchemaDescriptor,
    properties: WriterPropertiesPtr,
    /// Lines of a group that is not full yet.
    pending: Batch,
    bytes: usize,
    counts: [u64; 2],
    quoted: bool,
    sums: Vec<String>,
    notes: Vec<KeyValue>,
}

impl<W: Write + Send> std::fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Writer {{ counts: {:?} }}", self.counts)
    }
}

impl<W: Write + Send> Writer<W> {
    /// Begins a file of converted lines.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn new(out: W) -> io::Result<Self> {
        Self::of(out, &LINES)
    }

    /// Begins a file of a schema.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn of(out: W, of: &'static Schema) -> io::Result<Self> {
        Self::begun(out, of).map_err(plain)
    }

    fn begun(out: W, of: &'static Schema) -> Result<Self> {
        let schema = schema::parquet(of)?;
        let properties = WriterProperties::builder()
            .set_created_by(format!("ordersift {}", env!("CARGO_PKG_VERSION")))
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .build();
        let properties = Arc::new(properties);
        Ok(Self {
            file: SerializedFileWriter::new(out, Arc::clone(&schema), Arc::clone(&properties))?,
            of,
            schema: SchemaDescriptor::new(schema),
            properties,
            pending: Batch::of(of.columns),
            bytes: 0,
            counts: [0; 2],
            quoted: false,
            sums: Vec::new(),
            notes: Vec::new(),
        })
    }

    /// Adds an entry to the metadata.
    pub fn note(&mut self, key: &str, value: String) {
        self.notes.push(KeyValue::new(key.to_owned(), value));
    }

    /// Adds lines.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&mut self, batch: &Batch) -> io::Result<()> {
        self.quoted |= batch.breaks;
        let mut from = 0;
        while from < batch.len() {
            let mut until = from;
            while until < batch.len()
                && self.pending.len() + until - from < GROUP
                && self.bytes < GROUP_BYTES
            {
                self.bytes += batch.weight(until);
                until += 1;
            }
            self.pending.append(batch, from, until);
            from = until;
            if self.pending.len() >= GROUP || self.bytes >= GROUP_BYTES {
                self.group().map_err(plain)?;
            }
        }
        Ok(())
    }

    /// Writes what is left and the footer; gives back what was written to.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.finished().map_err(plain)?;
        self.file.into_inner().map_err(plain)
    }

    fn finished(&mut self) -> Result<()> {
        if !self.pending.is_empty() {
            self.group()?;
        }
        let quoted = if self.quoted { "true" } else { "false" };
        let counts = self.counts.map(|count| count.to_string());
        let [orders, backlog] = KEY_COUNTS;
        let sums = self.sums.join(" ");
        let of_lines = [
            (orders, counts[0].as_str()),
            (backlog, &counts[1]),
            (KEY_QUOTED, quoted),
        ];
        let entries = std::iter::once((self.of.key, self.of.version))
            .chain(of_lines.into_iter().filter(|_| self.of.lines))
            .chain([(KEY_SUMS, sums.as_str())]);
        for (key, value) in entries {
            let entry = KeyValue::new(key.to_owned(), value.to_owned());
            self.file.append_key_value_metadata(entry);
        }
        for entry in std::mem::take(&mut self.notes) {
            self.file.append_key_value_metadata(entry);
        }
        Ok(())
    }

    /// Writes the lines that are pending as a row group.
    fn group(&mut self) -> Result<()> {
        let all = self.of.columns;
        let columns = (0..all.len()).into_par_iter().map(|index| {
            let values = &self.pending.columns[index];
            let column = self.schema.column(index);
            encoded(&all[index], values, column, &self.properties)
        });
        let columns: Vec<_> = columns.collect::<Result<_>>()?;
        if self.of.lines {
            let counts = self.pending.counts();
            for (count, more) in self.counts.iter_mut().zip(counts) {
                *count += more;
            }
        }
        let mut group = self.file.next_row_group()?;
        let mut sum = crc32fast::Hasher::new();
        for (bytes, closed) in columns {
            sum.update(&bytes);
            group.append_column(&bytes::Bytes::from(bytes), closed)?;
        }
        group.close()?;
        self.sums.push(format!("{:08x}", sum.finalize()));
        self.pending.clear();
        self.bytes = 0;
        Ok(())
    }
}

/// Moments are in microseconds there, since that is what most engines keep.
pub(super) const MICROS: i64 = 1_000_000;

/// A column of a row group: its bytes and what the footer says of it.
fn encoded(
    about: &Column,
    values: &Values,
    column: ColumnDescPtr,
    properties: &WriterPropertiesPtr,
) -> Result<(Vec<u8>, ColumnCloseResult)> {
    let content = about.content;
    let levels = (!about.required()).then_some(&values.levels[..]);
    let mut sink = TrackedWrite::new(Vec::new());
    let pages = Box::new(SerializedPageWriter::new(&mut sink));
    let mut writer = get_column_writer(column, Arc::clone(properties), pages);
    match &mut writer {
        ColumnWriter::ByteArrayColumnWriter(writer) => {
            let bytes = bytes::Bytes::copy_from_slice(&values.bytes);
            let mut start = 0;
            let texts = values.ends.iter().map(|end| {
                let text = bytes.slice(start..*end);
                start = *end;
                ByteArray::from(text)
            });
            writer.write_batch(&texts.collect::<Vec<_>>(), levels, None)?;
        }
        ColumnWriter::BoolColumnWriter(writer) => {
            let flags: Vec<bool> = values.numbers.iter().map(|flag| *flag != 0).collect();
            writer.write_batch(&flags, levels, None)?;
        }
        ColumnWriter::Int32ColumnWriter(writer) => {
            let numbers = values.numbers.iter().map(|number| i32::try_from(*number));
            let numbers = numbers.collect::<std::result::Result<Vec<_>, _>>();
            let numbers = numbers.map_err(|error| ParquetError::External(error.into()))?;
            writer.write_batch(&numbers, levels, None)?;
        }
        ColumnWriter::Int64ColumnWriter(writer) if content == Content::Moment => {
            let micros: Vec<i64> = values.numbers.iter().map(|utc| utc * MICROS).collect();
            writer.write_batch(&micros, levels, None)?;
        }
        ColumnWriter::Int64ColumnWriter(writer) => {
            writer.write_batch(&values.numbers, levels, None)?;
        }
        _ => return Err(ParquetError::General("a type of no column".to_owned())),
    }
    let closed = writer.close()?;
    Ok((sink.into_inner()?, closed))
}

/// An error of a file as it was before Parquet wrapped it: who tells it looks at its kind.
fn plain(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(inner) => io::Error::other(inner),
        },
        error => io::Error::other(error),
    }
}
