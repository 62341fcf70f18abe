//! A converted file read back, row group by row group. Nothing of it is believed: what does not fit ends the reading.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData};
use parquet::file::serialized_reader::SerializedPageReader;

use super::lake::{KEY_FACTS, LAKE_FILES, LAKE_LINES, Named};
use super::rows::{Look, Rows};
use super::schema::{self, COLUMNS, LINES, Schema, place};
use super::stored::{MOST_GROUP, Stored};
use super::unfit::{Unfit, invalid, wrong};
use super::{GROUP, KEY_COUNTS, KEY_QUOTED, KEY_SUMS, Part, pages};

/// The footer of a converted file: where its lines are.
#[derive(Debug)]
pub struct Lines {
    of: &'static Schema,
    about: ParquetMetaData,
    /// Lines of each part.
    counts: [u64; 2],
    /// Whether its fields must be quoted where they are shown as text.
    quoted: bool,
    sums: Vec<u32>,
}

const MAGIC: &[u8; 4] = b"PAR1";
/// No footer of ours is larger: a group takes some kilobytes of it.
const MOST_FOOTER: u64 = 256 << 20;

impl Lines {
    /// Reads the footer.
    ///
    /// # Errors
    /// The file cannot be read; within, why it is none of ours.
    pub fn open(mut source: impl Read + Seek) -> io::Result<Result<Self, Unfit>> {
        Ok(match footer(&mut source)? {
            Ok((about, end)) => Self::checked(about, end),
            Err(unfit) => Err(unfit),
        })
    }

    /// What a footer says, if all of it fits together and the row groups fill the file up to `end`.
    fn checked(about: ParquetMetaData, end: u64) -> Result<Self, Unfit> {
        let said = |key: &str| {
            let entries = about.file_metadata().key_value_metadata()?.iter();
            let mut entries = entries.filter(|entry| entry.key == key);
            entries.next().and_then(|entry| entry.value.as_deref())
        };
        let known = [&LINES, &LAKE_LINES];
        let found = known
            .into_iter()
            .find_map(|schema| said(schema.key).map(|version| (schema, version)));
        let of = match found {
            None => {
                return Err(Unfit::Foreign(
                    "its metadata names no `ordersift.lines`".into(),
                ));
            }
            Some((schema, version)) if version == schema.version => schema,
            Some((schema, other)) => {
                let shown: String = other.chars().take(8).collect();
                return Err(Unfit::Foreign(format!(
                    "its `{}` is {shown}; this program reads {}",
                    schema.key, schema.version
                )));
            }
        };
        let damaged = |what: &str| Unfit::Damaged(what.to_owned());
        let ours = schema::parquet(of).map_err(|error| damaged(&error.to_string()))?;
        if about.file_metadata().schema_descr().root_schema() != &*ours {
            return Err(damaged("its columns are not those of its version"));
        }
        let count = |key| said(key).and_then(|count| count.parse::<u64>().ok());
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
            at = extent(of, group, at)
                .ok_or_else(|| damaged("its row groups are not where it says"))?;
        }
        if at != end {
            return Err(damaged("its row groups do not fill it"));
        }
        let counts = [orders, backlog];
        let rows = about.row_groups().iter().map(RowGroupMetaData::num_rows);
        let rows: i64 = rows.sum();
        if orders.checked_add(backlog) != u64::try_from(rows).ok() {
            return Err(damaged("it has not as many lines as it says"));
        }
        Ok(Self {
            of,
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

    /// Whether it is a file of a lake.
    pub fn of_lake(&self) -> bool {
        self.of.key == LAKE_LINES.key
    }

    /// An entry of the metadata.
    pub fn note(&self, key: &str) -> Option<&str> {
        let entries = self.about.file_metadata().key_value_metadata()?.iter();
        let mut entries = entries.filter(|entry| entry.key == key);
        entries.next().and_then(|entry| entry.value.as_deref())
    }

    /// Whether a text holds a tab or a line end, so that fields must be quoted where they are shown as text.
    pub fn quoted(&self) -> bool {
        self.quoted
    }

    /// How many row groups there are.
    pub fn groups(&self) -> usize {
        self.about.num_row_groups()
    }

    /// How many bytes a row group has.
    pub fn bytes(&self, group: usize) -> u64 {
        let group = self.about.row_group(group);
        let columns = (0..self.of.columns.len()).filter_map(|column| range(group, column));
        columns.map(|(_, len)| len).sum()
    }

    /// How many lines stand before a row group.
    pub fn lines_before(&self, group: usize) -> u64 {
        let before = self.about.row_groups().iter().take(group);
        let lines: i64 = before.map(RowGroupMetaData::num_rows).sum();
        lines.unsigned_abs()
    }

    /// Reads the lines of a part in a row group.
    ///
    /// # Errors
    /// The file cannot be read, or is damaged.
    pub fn group(
        &self,
        mut source: impl Read + Seek,
        index: usize,
        part: Part,
        look: Look,
    ) -> io::Result<Rows> {
        let group = self.about.row_group(index);
        let start = range(group, 0).map(|(start, _)| start);
        let start = start.ok_or_else(|| wrong("a row group of no place"))?;
        let len = self.bytes(index);
        source.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        source.take(len).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != len || crc32fast::hash(&bytes) != self.sums[index] {
            return Err(wrong("its checksum is another one"));
        }
        let bytes = Arc::new(Stored {
            start,
            bytes: bytes.into(),
        });
        let count = usize::try_from(group.num_rows()).map_err(invalid)?;
        // Line ends are counted in all texts.
        let look = match look {
            Look::Lines if self.quoted => Look::All,
            look => look,
        };
        let mut rows = Rows::new(part, self.quoted);
        let kind = const { place("kind") };
        for at in std::iter::once(kind).chain(look.columns(part).iter().copied()) {
            let column = &COLUMNS[at];
            let pages =
                SerializedPageReader::new(Arc::clone(&bytes), group.column(at), count, None);
            let cells = pages
                .map_err(invalid)
                .and_then(|mut pages| pages::decoded(column, count, &mut pages));
            let cells =
                cells.map_err(|error| wrong(&format!("its column `{}`: {error}", column.name)))?;
            if at == kind {
                rows.choose(&cells, count, self.counts)?;
                if rows.is_empty() {
                    break;
                }
            } else {
                rows.columns[at] = cells;
            }
        }
        rows.examine();
        Ok(rows)
    }
}

/// What the end of a Parquet file says, and where that starts; within, what is wrong with it.
fn footer(source: &mut (impl Read + Seek)) -> io::Result<Result<(ParquetMetaData, u64), Unfit>> {
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
    match ParquetMetaDataReader::decode_metadata(&bytes) {
        Ok(about) => Ok(Ok((about, len - 8 - footer))),
        Err(error) => damaged(&error.to_string()),
    }
}

/// An entry of the metadata of a file of a schema, `None` if it has none of that name; within, why the file is of no such schema.
///
/// # Errors
/// The file cannot be read.
pub fn note_of(
    source: &mut (impl Read + Seek),
    schema: &Schema,
    key: &str,
) -> io::Result<Result<Option<String>, Unfit>> {
    let about = match footer(source)? {
        Ok((about, _)) => about,
        Err(unfit) => return Ok(Err(unfit)),
    };
    let said = |key: &str| {
        let entries = about.file_metadata().key_value_metadata()?.iter();
        let mut entries = entries.filter(|entry| entry.key == key);
        entries.next().and_then(|entry| entry.value.clone())
    };
    Ok(match said(schema.key) {
        Some(version) if version == schema.version => Ok(said(key)),
        Some(version) => Err(Unfit::Foreign(format!(
            "its `{}` is {}; this program reads {}",
            schema.key,
            version.chars().take(8).collect::<String>(),
            schema.version
        ))),
        None => Err(Unfit::Foreign(format!(
            "its metadata names no `{}`",
            schema.key
        ))),
    })
}

/// What the metadata of the row of an input says; within, why it is none.
///
/// # Errors
/// The file cannot be read.
pub fn named_of(source: &mut (impl Read + Seek)) -> io::Result<Result<Named, Unfit>> {
    let note = note_of(source, &LAKE_FILES, KEY_FACTS)?;
    Ok(note.and_then(|note| {
        let missing = || Unfit::Damaged(format!("its metadata names no `{KEY_FACTS}`"));
        serde_json::from_str(&note.ok_or_else(missing)?)
            .map_err(|error| Unfit::Damaged(error.to_string()))
    }))
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
fn extent(of: &Schema, group: &RowGroupMetaData, at: u64) -> Option<u64> {
    let most = i64::try_from(GROUP).ok()?;
    if group.num_columns() != of.columns.len() || !(1..=most).contains(&group.num_rows()) {
        return None;
    }
    let mut end = at;
    for column in 0..of.columns.len() {
        let (start, len) = range(group, column)?;
        end = (start == end).then(|| end.checked_add(len))??;
    }
    (end - at <= MOST_GROUP).then_some(end)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use crate::field::OrderIds;

    use super::super::{Batch, Cell, Content, Writer};
    use super::*;

    /// A converted file of some lines, every column of which holds something now and then.
    fn file(lines: i64) -> Vec<u8> {
        let mut batch = Batch::default();
        for line in 0..lines {
            let text = format!("text {}", line % 7);
            let mut cells = [Cell::Null; COLUMNS.len()];
            for (at, column) in COLUMNS.iter().enumerate() {
                if column.required() || (line + i64::try_from(at).unwrap()) % 3 > 0 {
                    cells[at] = match column.content {
                        Content::Text => Cell::Text(text.as_bytes()),
                        Content::Flag => Cell::Number(line % 2),
                        _ => Cell::Number(line * 1_000),
                    };
                }
            }
            cells[place("kind")] = Cell::Text(Part::Orders.name().as_bytes());
            cells[place("currency")] = Cell::Text(b"USD");
            cells[place("quantity")] = Cell::Number(line);
            cells[place("order_status")] = Cell::Text(b"Shipped");
            batch.push(&cells);
        }
        let mut writer = Writer::new(Vec::new()).unwrap();
        writer.add(&batch).unwrap();
        writer.finish().unwrap()
    }

    /// The first group of a file whose checksum is made to fit, as whoever means harm would.
    fn group(bytes: &[u8], end: usize) -> io::Result<Vec<String>> {
        let mut lines = Lines::open(Cursor::new(bytes))??;
        lines.sums[0] = crc32fast::hash(&bytes[4..end]);
        let ids = OrderIds::default();
        let rows = lines.group(Cursor::new(bytes), 0, Part::Orders, Look::All)?;
        Ok((0..rows.len())
            .map(|row| format!("{:?}", rows.order(row, &ids)))
            .collect())
    }

    #[test]
    fn what_was_written_is_read() {
        let bytes = file(300);
        let lines = Lines::open(Cursor::new(&bytes)).unwrap().unwrap();
        assert_eq!(Part::ALL.map(|part| lines.count(part)), [300, 0]);
        let rows = |part| lines.group(Cursor::new(&bytes), 0, part, Look::All);
        let orders = rows(Part::Orders).unwrap();
        assert_eq!(orders.len(), 300);
        assert!(rows(Part::Backlog).unwrap().is_empty());
        let ids = OrderIds::default();
        for row in 0..300 {
            let line = orders.order(row, &ids).unwrap();
            assert_eq!(line.sku, format!("text {}", row % 7).as_bytes());
        }
    }

    #[test]
    fn a_group_made_to_harm_is_refused_or_read_and_ends_nothing() {
        let bytes = file(40);
        let lines = Lines::open(Cursor::new(&bytes)).unwrap().unwrap();
        let end = extent(&LINES, lines.about.row_group(0), 4).unwrap();
        let end = usize::try_from(end).unwrap();
        let mut refused = 0;
        let mut seed = 9_u64;
        for at in 4..end {
            let mut changed = bytes.clone();
            changed[at] ^= [1, 2, 0x7f, 0x80, 0xff][at % 5];
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let [a, b, c, ..] = seed.to_be_bytes();
            if a % 2 == 0 {
                let other = (at + usize::from(b) % 8).min(end - 1);
                changed[other] = c;
            }
            refused += usize::from(group(&changed, end).is_err());
        }
        assert!(refused * 3 > end, "{refused} of {end}");
    }
}
