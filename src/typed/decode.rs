//! A converted file read back, row group by row group. Nothing of it is believed: what does not fit ends the reading.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use bytes::{Buf, Bytes};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData};
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::serialized_reader::SerializedPageReader;
use zstd::zstd_safe;

use super::batch::{Batch, Values};
use super::encode::MICROS;
use super::schema::{self, COLUMNS, Content};
use super::{GROUP, KEY_COUNTS, KEY_QUOTED, KEY_SUMS, KEY_VERSION, Part, VERSION};

/// Why a file is not read.
#[derive(Debug)]
pub enum Unfit {
    /// It is a Parquet file of something else, or of another version: what was found.
    Foreign(String),
    /// It is cut short or damaged: what does not fit.
    Damaged(String),
}

impl From<Unfit> for io::Error {
    fn from(unfit: Unfit) -> Self {
        let (Unfit::Foreign(what) | Unfit::Damaged(what)) = unfit;
        Self::new(io::ErrorKind::InvalidData, what)
    }
}

/// A converted file.
#[derive(Debug)]
pub struct Lines<R> {
    source: R,
    about: ParquetMetaData,
    /// Lines of each part.
    counts: [u64; 2],
    /// Whether its fields must be quoted where they are shown.
    pub(super) quoted: bool,
    sums: Vec<u32>,
}

const MAGIC: &[u8; 4] = b"PAR1";
/// No footer of ours is larger: a group takes some kilobytes of it.
const MOST_FOOTER: u64 = 256 << 20;
/// No row group of ours is larger, as it lies in the file, and no column of one unpacked.
const MOST_GROUP: u64 = 256 << 20;

impl<R: Read + Seek> Lines<R> {
    /// Reads the footer.
    ///
    /// # Errors
    /// The file cannot be read; within, why it is none of ours.
    pub fn open(mut source: R) -> io::Result<Result<Self, Unfit>> {
        let len = source.seek(SeekFrom::End(0))?;
        let damaged = |what: &str| Ok(Err(Unfit::Damaged(what.to_owned())));
        if len < 12 {
            return damaged("it ends within its first bytes");
        }
        let mut tail = [0; 8];
        source.seek(SeekFrom::Start(len - 8))?;
        source.read_exact(&mut tail)?;
        let [a, b, c, d, magic @ ..] = tail;
        let footer = u64::from(u32::from_le_bytes([a, b, c, d]));
        if magic != *MAGIC || footer > len - 12 || footer > MOST_FOOTER {
            return damaged("its end is missing");
        }
        let mut bytes = Vec::new();
        source.seek(SeekFrom::Start(len - 8 - footer))?;
        source.by_ref().take(footer).read_to_end(&mut bytes)?;
        let about = match ParquetMetaDataReader::decode_metadata(&bytes) {
            Ok(about) => about,
            Err(error) => return damaged(&error.to_string()),
        };
        Ok(Self::checked(source, about, len - 8 - footer))
    }

    /// What a footer says, if all of it fits together and the row groups fill the file up to `end`.
    fn checked(source: R, about: ParquetMetaData, end: u64) -> Result<Self, Unfit> {
        let said = |key: &str| {
            let entries = about.file_metadata().key_value_metadata()?.iter();
            let mut entries = entries.filter(|entry| entry.key == key);
            entries.next().and_then(|entry| entry.value.as_deref())
        };
        match said(KEY_VERSION) {
            None => {
                return Err(Unfit::Foreign(
                    "its metadata names no `ordersift.lines`".into(),
                ));
            }
            Some(VERSION) => {}
            Some(other) => {
                let shown: String = other.chars().take(8).collect();
                return Err(Unfit::Foreign(format!(
                    "its `ordersift.lines` is {shown}; this program reads {VERSION}"
                )));
            }
        }
        let damaged = |what: &str| Unfit::Damaged(what.to_owned());
        let ours = schema::parquet().map_err(|error| damaged(&error.to_string()))?;
        if about.file_metadata().schema_descr().root_schema() != &*ours {
            return Err(damaged("its columns are not those of its version"));
        }
        let count = |key| said(key).and_then(|count| count.parse().ok());
        let [Some(orders), Some(backlog)] = KEY_COUNTS.map(count) else {
            return Err(damaged("it does not say how many lines it has"));
        };
        let quoted = match said(KEY_QUOTED) {
            Some("true") => true,
            Some("false") => false,
            _ => return Err(damaged("it does not say whether its texts hold line ends")),
        };
        let sums = said(KEY_SUMS).unwrap_or_default().split_ascii_whitespace();
        let sums: Option<Vec<u32>> = sums.map(|sum| u32::from_str_radix(sum, 16).ok()).collect();
        let Some(sums) = sums.filter(|sums| sums.len() == about.num_row_groups()) else {
            return Err(damaged("its checksums are missing"));
        };
        let mut at = MAGIC.len() as u64;
        for group in about.row_groups() {
            at =
                extent(group, at).ok_or_else(|| damaged("its row groups are not where it says"))?;
        }
        if at != end {
            return Err(damaged("its row groups do not fill it"));
        }
        let counts = [orders, backlog];
        Ok(Self {
            source,
            about,
            counts,
            quoted,
            sums,
        })
    }

    /// How many lines of a part there are.
    pub fn count(&self, part: Part) -> u64 {
        self.counts[usize::from(part == Part::Backlog)]
    }

    /// How many row groups there are.
    pub(super) fn groups(&self) -> usize {
        self.about.num_row_groups()
    }

    /// The lines of a row group, those of its columns that are `wanted`; none at all if it has no line of the part.
    pub(super) fn group(
        &mut self,
        index: usize,
        part: Part,
        wanted: impl Fn(&str) -> bool,
    ) -> io::Result<Batch> {
        let group = self.about.row_group(index);
        let start = range(group, 0).map(|(start, _)| start);
        let len: u64 = (0..COLUMNS.len())
            .filter_map(|at| range(group, at))
            .map(|(_, len)| len)
            .sum();
        let start = start.ok_or_else(|| wrong("a row group of no place"))?;
        self.source.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        self.source.by_ref().take(len).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != len || crc32fast::hash(&bytes) != self.sums[index] {
            return Err(wrong("its checksum is another one"));
        }
        decoded(group, start, bytes.into(), part, wanted)
    }
}

/// Decodes the bytes of a row group that starts at `start` of its file.
fn decoded(
    group: &RowGroupMetaData,
    start: u64,
    bytes: Bytes,
    part: Part,
    wanted: impl Fn(&str) -> bool,
) -> io::Result<Batch> {
    let bytes = Arc::new(Stored { start, bytes });
    let rows = usize::try_from(group.num_rows()).map_err(invalid)?;
    let mut batch = Batch::default();
    for (index, column) in COLUMNS.iter().enumerate() {
        if index > 0 && !wanted(column.name) {
            continue;
        }
        batch.columns[index] = values(group, index, &bytes, rows)
            .map_err(|error| wrong(&format!("its column `{}`: {error}", column.name)))?;
        let nothing = index == 0 && batch.counts()[usize::from(part == Part::Backlog)] == 0;
        if nothing {
            return Ok(Batch::default());
        }
    }
    Ok(batch)
}

/// The values of a column of a row group.
fn values(
    group: &RowGroupMetaData,
    index: usize,
    bytes: &Arc<Stored>,
    rows: usize,
) -> io::Result<Values> {
    let column = &COLUMNS[index];
    let about = group.column(index);
    let pages = SerializedPageReader::new(Arc::clone(bytes), about, rows, None).map_err(invalid)?;
    let mut values = Values::default();
    let optional = !column.required();
    match get_column_reader(about.column_descr_ptr(), Box::new(pages)) {
        ColumnReader::ByteArrayColumnReader(reader) => {
            read(
                reader,
                rows,
                optional,
                &mut values,
                |values, text: &ByteArray| {
                    let text = text.data();
                    if values.bytes.len() as u64 + text.len() as u64 > MOST_GROUP {
                        return Err(wrong("more text than any row group has"));
                    }
                    simdutf8::basic::from_utf8(text).map_err(invalid)?;
                    values.text(text);
                    Ok(())
                },
            )?;
        }
        ColumnReader::BoolColumnReader(reader) => {
            read(reader, rows, optional, &mut values, |values, flag| {
                values.numbers.push(i64::from(*flag));
                Ok(())
            })?;
        }
        ColumnReader::Int32ColumnReader(reader) => {
            let day = column.content == Content::Day;
            read(reader, rows, optional, &mut values, |values, number| {
                let number = i64::from(*number);
                if day && !YEARS.contains(&(number * 86_400)) {
                    return Err(wrong("a day of no year"));
                }
                values.numbers.push(number);
                Ok(())
            })?;
        }
        ColumnReader::Int64ColumnReader(reader) => {
            let moment = column.content == Content::Moment;
            read(reader, rows, optional, &mut values, |values, number| {
                let number = match *number {
                    micros if !moment => micros,
                    micros if micros % MICROS == 0 && YEARS.contains(&(micros / MICROS)) => {
                        micros / MICROS
                    }
                    _ => return Err(wrong("a moment of no year, or of less than a second")),
                };
                values.numbers.push(number);
                Ok(())
            })?;
        }
        _ => return Err(wrong("a type of no column")),
    }
    Ok(values)
}

/// The seconds of years that a report can name, and of the days around them.
const YEARS: std::ops::Range<i64> = -62_200_000_000..253_500_000_000;

/// Values that are decoded at a time.
const STEP: usize = 4096;

fn read<T: DataType>(
    mut reader: ColumnReaderImpl<T>,
    rows: usize,
    optional: bool,
    values: &mut Values,
    mut keep: impl FnMut(&mut Values, &T::T) -> io::Result<()>,
) -> io::Result<()> {
    let mut buffer = Vec::new();
    while values.levels.len() < rows {
        buffer.clear();
        let before = values.levels.len();
        let levels = optional.then_some(&mut values.levels);
        let most = STEP.min(rows - before);
        let (read, ..) = reader
            .read_records(most, levels, None, &mut buffer)
            .map_err(invalid)?;
        if !optional {
            values.levels.resize(before + read, 1);
        }
        let filled = values.levels[before..].iter();
        let filled = filled.filter(|level| **level > 0).count();
        if read == 0 || values.levels.len() != before + read || filled != buffer.len() {
            return Err(wrong("fewer values than lines"));
        }
        for value in &buffer {
            keep(values, value)?;
        }
    }
    Ok(())
}

/// Where a column of a row group starts, and its length.
fn range(group: &RowGroupMetaData, column: usize) -> Option<(u64, u64)> {
    let about = group.columns().get(column)?;
    let start = about
        .dictionary_page_offset()
        .unwrap_or(about.data_page_offset());
    Some((
        u64::try_from(start).ok()?,
        u64::try_from(about.compressed_size()).ok()?,
    ))
}

/// Where a row group ends, if it starts at `at`, its columns follow each other, and it has no more lines than one of ours.
fn extent(group: &RowGroupMetaData, at: u64) -> Option<u64> {
    let most = i64::try_from(GROUP).ok()?;
    if group.num_columns() != COLUMNS.len() || !(1..=most).contains(&group.num_rows()) {
        return None;
    }
    let mut end = at;
    for column in 0..COLUMNS.len() {
        let (start, len) = range(group, column)?;
        end = (start == end).then(|| end.checked_add(len))??;
    }
    (end - at <= MOST_GROUP).then_some(end)
}

/// The bytes of a row group, by their places in the file.
struct Stored {
    start: u64,
    bytes: Bytes,
}

impl Stored {
    fn from(&self, start: u64) -> parquet::errors::Result<Bytes> {
        let at = start
            .checked_sub(self.start)
            .and_then(|at| usize::try_from(at).ok());
        match at.filter(|at| *at <= self.bytes.len()) {
            Some(at) => Ok(self.bytes.slice(at..)),
            None => Err(ParquetError::General(
                "a place outside of its row group".into(),
            )),
        }
    }
}

impl Length for Stored {
    fn len(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }
}

impl ChunkReader for Stored {
    type T = bytes::buf::Reader<Bytes>;

    fn get_read(&self, start: u64) -> parquet::errors::Result<Self::T> {
        Ok(self.from(start)?.reader())
    }

    /// The bytes of a page. A page says how large it is before it is unpacked: one that would fill memory is refused here.
    fn get_bytes(&self, start: u64, length: usize) -> parquet::errors::Result<Bytes> {
        let bytes = self.from(start)?;
        if length > bytes.len() {
            return Err(ParquetError::EOF("a page beyond its row group".into()));
        }
        let page = bytes.slice(..length);
        let size = zstd_safe::get_frame_content_size(&page).ok().flatten();
        let alone = zstd_safe::find_frame_compressed_size(&page).ok() == Some(length);
        match size {
            Some(size) if alone && size <= MOST_GROUP => Ok(page),
            _ => Err(ParquetError::General(
                "a page that is not packed as it should be".into(),
            )),
        }
    }
}

fn wrong(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

fn invalid(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}
