//! The pages of a column, decoded: plain values, or places in a dictionary. Only what our own writer makes is known here, and
//! nothing that a page says of itself is believed.

use std::io;

use parquet::basic::Encoding;
use parquet::column::page::{Page, PageReader};

use super::encode::MICROS;
use super::schema::{Column, Content};
use super::stored::MOST_GROUP;
use super::unfit::{invalid, wrong};

/// The cells of a column of a row group: for every line the place of its value, so that a text of many lines is kept once.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    /// [`NULL`] where there is none; empty in a column that was not read.
    places: Vec<u32>,
    numbers: Vec<i64>,
    /// First byte of every text, and the one after its last.
    texts: Vec<(u32, u32)>,
    bytes: Vec<u8>,
}

/// The place of no value: a row group has fewer.
const NULL: u32 = u32::MAX;

impl Decoded {
    /// The text of a line; empty where it is null.
    #[inline]
    pub(super) fn text(&self, row: usize) -> &[u8] {
        let place = self.places.get(row).copied().unwrap_or(NULL);
        match self.texts.get(place as usize) {
            Some(&(from, until)) => &self.bytes[from as usize..until as usize],
            None => &[],
        }
    }

    /// The number of a line.
    #[inline]
    pub(super) fn number(&self, row: usize) -> Option<i64> {
        let place = self.places.get(row).copied().unwrap_or(NULL);
        self.numbers.get(place as usize).copied()
    }

    /// All texts, each once or more often.
    pub(super) fn texts(&self) -> impl Iterator<Item = &[u8]> {
        let texts = self.texts.iter();
        texts.map(|&(from, until)| &self.bytes[from as usize..until as usize])
    }

    fn values(&self) -> usize {
        self.numbers.len().max(self.texts.len())
    }

    /// Adds values that stand one after the other.
    fn add(&mut self, column: &Column, count: usize, page: &[u8]) -> io::Result<()> {
        let before = self.bytes.len();
        if (before + page.len()) as u64 > MOST_GROUP {
            return Err(wrong("more text than any row group has"));
        }
        let mut plain = Plain::new(column.content, page);
        for _ in 0..count {
            match plain.entry().ok_or_else(early)? {
                Entry::Number(number) => {
                    sound(column, number)?;
                    self.numbers.push(number);
                }
                Entry::Text(from, until) => {
                    let [from, until] = [before + from, before + until].map(u32::try_from);
                    self.texts
                        .push((from.map_err(invalid)?, until.map_err(invalid)?));
                }
            }
        }
        if !plain.is_read() {
            return Err(early());
        }
        if column.content == Content::Text {
            self.bytes.extend_from_slice(page);
            let added = if page.is_ascii() { 0 } else { count };
            for &(from, until) in &self.texts[self.texts.len() - added..] {
                let text = simdutf8::basic::from_utf8(&self.bytes[from as usize..until as usize]);
                text.map_err(invalid)?;
            }
        }
        Ok(())
    }
}

fn early() -> io::Error {
    wrong("a page that ends early")
}

/// The cells of a column of so many lines.
pub(super) fn decoded(
    column: &Column,
    rows: usize,
    pages: &mut dyn PageReader,
) -> io::Result<Decoded> {
    let mut cells = Decoded::default();
    let mut dictionary = None;
    while let Some(page) = pages.get_next_page().map_err(invalid)? {
        match page {
            Page::DictionaryPage {
                buf,
                num_values,
                encoding: Encoding::PLAIN,
                ..
            } if dictionary.is_none() && cells.places.is_empty() => {
                let count = num_values as usize;
                if count > rows {
                    return Err(wrong("a dictionary of more texts than lines"));
                }
                cells.add(column, count, &buf)?;
                dictionary = Some(count);
            }
            Page::DataPage {
                buf,
                num_values,
                encoding,
                def_level_encoding: Encoding::RLE,
                ..
            } => {
                let count = num_values as usize;
                if count == 0 || count > rows - cells.places.len() {
                    return Err(wrong("more values than lines"));
                }
                data(column, count, encoding, dictionary, &buf, &mut cells)?;
            }
            _ => return Err(wrong("a page of another form")),
        }
    }
    if cells.places.len() == rows {
        Ok(cells)
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

/// The cells of a page; `dictionary` is how many values stand in it.
fn data(
    column: &Column,
    count: usize,
    encoding: Encoding,
    dictionary: Option<usize>,
    page: &[u8],
    cells: &mut Decoded,
) -> io::Result<()> {
    let mut body = page;
    let mut levels = Vec::new();
    let mut filled = count;
    if !column.required() {
        let (len, rest) = body.split_first_chunk().ok_or_else(early)?;
        let len = u32::from_le_bytes(*len) as usize;
        let (packed, rest) = rest.split_at_checked(len).ok_or_else(early)?;
        body = rest;
        hybrid(packed, 1, count, &mut levels).ok_or_else(early)?;
        filled = levels.iter().filter(|level| **level > 0).count();
    }
    let first = cells.places.len();
    match (encoding, dictionary) {
        (Encoding::PLAIN, _) => {
            let before = u32::try_from(cells.values()).map_err(invalid)?;
            cells.add(column, filled, body)?;
            let after = u32::try_from(cells.values()).map_err(invalid)?;
            cells.places.extend(before..after);
        }
        (Encoding::RLE_DICTIONARY, Some(entries)) => {
            let (width, packed) = match body {
                [width, packed @ ..] => (u32::from(*width), packed),
                [] if filled == 0 => (0, &[][..]),
                [] => return Err(early()),
            };
            hybrid(packed, width, filled, &mut cells.places).ok_or_else(early)?;
            let last = cells.places[first..].iter().max();
            if last.is_some_and(|last| *last as usize >= entries) {
                return Err(wrong("a place beyond its dictionary"));
            }
        }
        _ => return Err(wrong("values of another form")),
    }
    if filled < count {
        // From the back to the front, so that each place moves once.
        cells.places.resize(first + count, NULL);
        let (places, mut left) = (&mut cells.places[first..], filled);
        for row in (0..count).rev() {
            let is_filled = levels[row] > 0;
            left -= usize::from(is_filled);
            places[row] = if is_filled { places[left] } else { NULL };
        }
    }
    Ok(())
}

/// The seconds of years that a report can name, and of the days around them.
const YEARS: std::ops::Range<i64> = -62_200_000_000..253_500_000_000;

/// The largest amount of one cell, in ten-thousandths; a column adds up three of them at most.
const MOST_AMOUNT: i64 = 9_999_999_999_999_999;
/// The largest number of units, which has nine digits.
const MOST_UNITS: i64 = 999_999_999;

/// Whether a number is one that its column can hold.
#[inline]
fn sound(column: &Column, number: i64) -> io::Result<()> {
    let (fits, what) = match (column.content, column.name) {
        (Content::Day, _) => (YEARS.contains(&(number * 86_400)), "a day of no year"),
        (Content::Moment, _) => (YEARS.contains(&number), "a moment of no year"),
        (Content::Money, "item_price") => {
            let fits = (0..=MOST_AMOUNT).contains(&number);
            (fits, "an amount of no line")
        }
        (Content::Money, _) => {
            let fits = number.unsigned_abs() <= 3 * MOST_AMOUNT.unsigned_abs();
            (fits, "an amount of no line")
        }
        (_, "quantity" | "quantity_to_ship") => {
            let fits = (0..=MOST_UNITS).contains(&number);
            (fits, "a number of units that no line has")
        }
        _ => return Ok(()),
    };
    if fits { Ok(()) } else { Err(wrong(what)) }
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

/// Adds so many small numbers of so many bits, in runs of the same one and in packed stretches; `None` if they end early.
fn hybrid(mut bytes: &[u8], width: u32, count: usize, numbers: &mut Vec<u32>) -> Option<()> {
    if width > 31 {
        return None;
    }
    let until = numbers.len() + count;
    numbers.reserve(count);
    while numbers.len() < until {
        let header = varint(&mut bytes)?;
        let left = until - numbers.len();
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
            unpack(packed, width, left.min(run.saturating_mul(8)), numbers);
        }
    }
    Some(())
}

/// Adds numbers of so many bits, packed from the lowest bit of the first byte on. There are enough bytes.
fn unpack(packed: &[u8], width: u32, count: usize, numbers: &mut Vec<u32>) {
    let mask = (1_u64 << width) - 1;
    let width = width as usize;
    let word = |at: usize| {
        if let Some(word) = packed.get(at..).and_then(<[u8]>::first_chunk) {
            return u64::from_le_bytes(*word);
        }
        let rest = packed.get(at..).unwrap_or_default().iter().rev();
        rest.fold(0, |all, byte| all << 8 | u64::from(*byte))
    };
    // A number of 31 bits and the seven before it are within eight bytes.
    let number = |index: usize| word(index * width / 8) >> (index * width % 8) & mask;
    numbers.extend((0..count).map(|index| u32::try_from(number(index)).unwrap_or_default()));
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
