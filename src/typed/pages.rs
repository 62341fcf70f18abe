//! The pages of a column, decoded: plain values, or places in a dictionary. Only what our own writer makes is known here, and
//! nothing that a page says of itself is believed.

use std::io;

use bytes::Bytes;
use parquet::basic::Encoding;
use parquet::column::page::{Page, PageReader};

use super::batch::Values;
use super::decode::{invalid, wrong};
use super::encode::MICROS;
use super::schema::{Column, Content};
use super::stored::MOST_GROUP;

/// The cells of a column of so many lines.
pub(super) fn values(
    column: &Column,
    rows: usize,
    pages: &mut dyn PageReader,
) -> io::Result<Values> {
    let mut values = Values::default();
    let mut dictionary = None;
    while let Some(page) = pages.get_next_page().map_err(invalid)? {
        match page {
            Page::DictionaryPage {
                buf,
                num_values,
                encoding: Encoding::PLAIN,
                ..
            } if dictionary.is_none() && values.levels.is_empty() => {
                let count = num_values as usize;
                if count > rows {
                    return Err(wrong("a dictionary of more texts than lines"));
                }
                let mut plain = Plain::new(column.content, &buf);
                let entries: Option<Vec<Entry>> = (0..count).map(|_| plain.entry()).collect();
                let entries = entries.filter(|_| plain.is_read());
                let entries = entries.ok_or_else(|| wrong("a dictionary that ends early"))?;
                entries
                    .iter()
                    .try_for_each(|entry| sound(column, entry, &buf))?;
                dictionary = Some(Dictionary { buf, entries });
            }
            Page::DataPage {
                buf,
                num_values,
                encoding,
                def_level_encoding: Encoding::RLE,
                ..
            } => {
                let count = num_values as usize;
                if count == 0 || count > rows - values.levels.len() {
                    return Err(wrong("more values than lines"));
                }
                data(
                    column,
                    count,
                    encoding,
                    dictionary.as_ref(),
                    &buf,
                    &mut values,
                )?;
            }
            _ => return Err(wrong("a page of another form")),
        }
    }
    if values.levels.len() == rows {
        Ok(values)
    } else {
        Err(wrong("fewer values than lines"))
    }
}

/// A value as it stands in a page.
#[derive(Debug, Clone, Copy)]
enum Entry {
    Number(i64),
    /// First byte, and the one after the last.
    Text(usize, usize),
}

struct Dictionary {
    buf: Bytes,
    entries: Vec<Entry>,
}

/// The cells of a page.
fn data(
    column: &Column,
    count: usize,
    encoding: Encoding,
    dictionary: Option<&Dictionary>,
    page: &Bytes,
    values: &mut Values,
) -> io::Result<()> {
    let early = || wrong("a page that ends early");
    let mut body = &page[..];
    let filled = if column.required() {
        values.levels.resize(values.levels.len() + count, 1);
        count
    } else {
        let (len, rest) = body.split_first_chunk().ok_or_else(early)?;
        let len = u32::from_le_bytes(*len) as usize;
        let (levels, rest) = rest.split_at_checked(len).ok_or_else(early)?;
        body = rest;
        let levels = hybrid(levels, 1, count).ok_or_else(early)?;
        let levels = levels.iter().map(|level| i16::from(*level > 0));
        let before = values.levels.len();
        values.levels.extend(levels);
        let filled = values.levels[before..].iter();
        filled.filter(|level| **level > 0).count()
    };
    match (encoding, dictionary) {
        (Encoding::PLAIN, _) => {
            let mut plain = Plain::new(column.content, body);
            for _ in 0..filled {
                let entry = plain.entry().ok_or_else(early)?;
                sound(column, &entry, body)?;
                keep(entry, body, values)?;
            }
            if plain.is_read() {
                Ok(())
            } else {
                Err(early())
            }
        }
        (Encoding::RLE_DICTIONARY, Some(dictionary)) => {
            let (width, places) = match body {
                [width, places @ ..] => (u32::from(*width), places),
                [] if filled == 0 => (0, &[][..]),
                [] => return Err(early()),
            };
            for place in hybrid(places, width, filled).ok_or_else(early)? {
                let entry = dictionary.entries.get(place as usize);
                let entry = entry.ok_or_else(|| wrong("a place beyond its dictionary"))?;
                keep(*entry, &dictionary.buf, values)?;
            }
            Ok(())
        }
        _ => Err(wrong("values of another form")),
    }
}

fn keep(entry: Entry, bytes: &[u8], values: &mut Values) -> io::Result<()> {
    match entry {
        Entry::Number(number) => values.numbers.push(number),
        Entry::Text(from, until) => {
            if (values.bytes.len() + until - from) as u64 > MOST_GROUP {
                return Err(wrong("more text than any row group has"));
            }
            values.text(&bytes[from..until]);
        }
    }
    Ok(())
}

/// The seconds of years that a report can name, and of the days around them.
const YEARS: std::ops::Range<i64> = -62_200_000_000..253_500_000_000;

/// Whether a value is one that its column can hold.
fn sound(column: &Column, entry: &Entry, bytes: &[u8]) -> io::Result<()> {
    match *entry {
        Entry::Text(from, until) => {
            let text = simdutf8::basic::from_utf8(&bytes[from..until]);
            text.map(|_| ()).map_err(invalid)
        }
        Entry::Number(day) if column.content == Content::Day => {
            let fits = YEARS.contains(&(day * 86_400));
            fits.then_some(()).ok_or_else(|| wrong("a day of no year"))
        }
        Entry::Number(utc) if column.content == Content::Moment => {
            let fits = YEARS.contains(&utc);
            fits.then_some(())
                .ok_or_else(|| wrong("a moment of no year"))
        }
        Entry::Number(_) => Ok(()),
    }
}

/// Values one after the other, as they are.
struct Plain<'p> {
    content: Content,
    bytes: &'p [u8],
    at: usize,
    /// Flags of the byte at hand that were read.
    bits: u32,
}

impl<'p> Plain<'p> {
    fn new(content: Content, bytes: &'p [u8]) -> Self {
        Self {
            content,
            bytes,
            at: 0,
            bits: 0,
        }
    }

    /// Whether nothing is left.
    fn is_read(&self) -> bool {
        self.at + usize::from(self.bits > 0) == self.bytes.len()
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let taken = self.bytes.get(self.at..)?.first_chunk::<N>()?;
        self.at += N;
        Some(*taken)
    }

    fn entry(&mut self) -> Option<Entry> {
        Some(match self.content {
            Content::Text => {
                let len = u32::from_le_bytes(self.take()?) as usize;
                let from = self.at;
                let until = from
                    .checked_add(len)
                    .filter(|end| *end <= self.bytes.len())?;
                self.at = until;
                Entry::Text(from, until)
            }
            Content::Count | Content::Day => {
                Entry::Number(i64::from(i32::from_le_bytes(self.take()?)))
            }
            Content::Number | Content::Money => Entry::Number(i64::from_le_bytes(self.take()?)),
            Content::Moment => {
                let micros = i64::from_le_bytes(self.take()?);
                (micros % MICROS == 0).then_some(Entry::Number(micros / MICROS))?
            }
            Content::Flag => {
                let flag = self.bytes.get(self.at)? >> self.bits & 1;
                self.bits = (self.bits + 1) % 8;
                self.at += usize::from(self.bits == 0);
                Entry::Number(i64::from(flag))
            }
        })
    }
}

/// So many small numbers of so many bits, in runs of the same one and in packed stretches; `None` if they end early.
fn hybrid(mut bytes: &[u8], width: u32, count: usize) -> Option<Vec<u32>> {
    let mut numbers: Vec<u32> = Vec::with_capacity(count);
    if width > 31 {
        return None;
    }
    while numbers.len() < count {
        let header = varint(&mut bytes)?;
        let left = count - numbers.len();
        let run = (header >> 1) as usize;
        if header & 1 == 0 {
            let (value, rest) = bytes.split_at_checked((width as usize).div_ceil(8))?;
            bytes = rest;
            let value = value
                .iter()
                .rev()
                .fold(0, |all, byte| all << 8 | u32::from(*byte));
            numbers.resize(numbers.len() + run.min(left), value);
        } else {
            let (packed, rest) = bytes.split_at_checked(run.checked_mul(width as usize)?)?;
            bytes = rest;
            unpack(packed, width, left.min(run.saturating_mul(8)), &mut numbers);
        }
    }
    Some(numbers)
}

/// Numbers of so many bits, packed from the lowest bit of the first byte on. There are enough bytes.
fn unpack(packed: &[u8], width: u32, count: usize, numbers: &mut Vec<u32>) {
    let mask = (1_u64 << width) - 1;
    let (mut bits, mut held) = (0_u64, 0);
    let mut packed = packed.iter();
    for _ in 0..count {
        while held < width {
            bits |= u64::from(packed.next().copied().unwrap_or_default()) << held;
            held += 8;
        }
        numbers.push(u32::try_from(bits & mask).unwrap_or_default());
        bits >>= width;
        held -= width;
    }
}

/// A number in groups of seven bits, the lowest first.
fn varint(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u64;
    for shift in (0..35).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return u32::try_from(number).ok();
        }
    }
    None
}
