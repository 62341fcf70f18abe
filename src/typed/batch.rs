//! Lines column by column.

use std::borrow::Cow;
use std::ops::Range;

use super::schema::COLUMNS;
use super::{Column, Content, Part, place};

/// A cell of a converted line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cell<'a> {
    /// Null.
    #[default]
    Null,
    /// A text.
    Text(&'a [u8]),
    /// Anything else, as its [`Content`] keeps it.
    Number(i64),
}

impl<'a> Cell<'a> {
    /// A text; an empty one is null.
    pub fn text(text: &'a [u8]) -> Self {
        if text.is_empty() {
            Self::Null
        } else {
            Self::Text(text)
        }
    }

    /// A yes or no that may be unknown.
    pub fn flag(flag: Option<bool>) -> Self {
        flag.map_or(Self::Null, |flag| Self::Number(i64::from(flag)))
    }
}

/// The cells of a column: a level for every line, one where it is not null, and the values that are not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Values {
    pub(super) levels: Vec<i16>,
    pub(super) numbers: Vec<i64>,
    pub(super) bytes: Vec<u8>,
    /// Where every text ends.
    pub(super) ends: Vec<usize>,
}

impl Values {
    fn push(&mut self, cell: Cell<'_>) {
        self.levels.push(i16::from(cell != Cell::Null));
        match cell {
            Cell::Null => {}
            Cell::Text(text) => self.text(text),
            Cell::Number(number) => self.numbers.push(number),
        }
    }

    pub(super) fn text(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
    }

    /// Adds the cells of lines `from` to `until` of another column of the same content.
    fn append(&mut self, other: &Self, from: usize, until: usize) {
        let count = |levels: &[i16]| levels.iter().filter(|level| **level > 0).count();
        let first = count(&other.levels[..from]);
        let last = first + count(&other.levels[from..until]);
        self.levels.extend_from_slice(&other.levels[from..until]);
        if other.ends.is_empty() {
            self.numbers.extend_from_slice(&other.numbers[first..last]);
            return;
        }
        let start = first.checked_sub(1).map_or(0, |before| other.ends[before]);
        let end = last.checked_sub(1).map_or(0, |before| other.ends[before]);
        let shift = self.bytes.len();
        let ends = other.ends[first..last].iter();
        self.ends.extend(ends.map(|end| end - start + shift));
        self.bytes
            .extend_from_slice(&other.bytes[start..end.max(start)]);
    }

    fn clear(&mut self) {
        self.levels.clear();
        self.numbers.clear();
        self.bytes.clear();
        self.ends.clear();
    }
}

/// Lines column by column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    pub(super) columns: Vec<Values>,
    /// Bytes of text of every line.
    weights: Vec<usize>,
    /// Texts that were not UTF-8, and hold replacement marks now.
    pub(super) replaced: u64,
    /// Whether a text holds a tab or a line end, or a line is too long to be shown without quotation marks.
    pub(super) breaks: bool,
}

/// A line with more text than this is shown in quotation marks: unquoted lines have a limit, which it may be near to.
const LONG: usize = 1 << 19;

impl Default for Batch {
    fn default() -> Self {
        Self::of(COLUMNS)
    }
}

impl Batch {
    /// No lines yet, of these columns.
    pub fn of(columns: &[Column]) -> Self {
        Self {
            columns: vec![Values::default(); columns.len()],
            weights: Vec::new(),
            replaced: 0,
            breaks: false,
        }
    }

    /// Adds a line by its cells: those of the columns that the batch has, in their order.
    pub fn push(&mut self, cells: &[Cell<'_>]) {
        let mut weight = 0;
        for (values, cell) in self.columns.iter_mut().zip(cells) {
            let Cell::Text(text) = cell else {
                values.push(*cell);
                continue;
            };
            weight += text.len();
            self.breaks |= memchr::memchr3(b'\t', b'\n', b'\r', text).is_some();
            if simdutf8::basic::from_utf8(text).is_ok() {
                values.push(*cell);
            } else {
                self.replaced += 1;
                let shown: Cow<'_, str> = String::from_utf8_lossy(text);
                values.push(Cell::Text(shown.as_bytes()));
            }
        }
        self.breaks |= weight > LONG;
        self.weights.push(weight);
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Counts the lines from after `before` on: they were numbered from the beginning of a piece of their file.
    pub fn number_after(&mut self, before: u64) {
        let before = i64::try_from(before).expect("a file has fewer lines");
        for number in &mut self.columns[const { place("line") }].numbers {
            *number += before;
        }
    }

    /// Texts that were not UTF-8, and hold replacement marks now.
    pub fn replaced(&self) -> u64 {
        self.replaced
    }

    /// How many lines there are of each part.
    pub(super) fn counts(&self) -> [u64; 2] {
        let kinds = &self.columns[const { place("kind") }];
        let mut counts = [0; 2];
        let mut start = 0;
        for end in &kinds.ends {
            let kind = &kinds.bytes[start..*end];
            start = *end;
            for (count, part) in counts.iter_mut().zip(Part::ALL) {
                *count += u64::from(kind == part.name().as_bytes());
            }
        }
        counts
    }

    /// The lines one by one.
    pub fn cells(&self) -> Cells<'_> {
        self.cells_of(0..usize::MAX)
    }

    /// Some of the lines one by one.
    pub fn cells_of(&self, rows: Range<usize>) -> Cells<'_> {
        let before = |values: &Values| {
            let levels = values.levels.iter().take(rows.start);
            levels.filter(|level| **level > 0).count()
        };
        Cells {
            batch: self,
            at: self.columns.iter().map(before).collect(),
            rows,
        }
    }

    /// Bytes of text of a line.
    pub(super) fn weight(&self, row: usize) -> usize {
        self.weights[row]
    }

    /// Adds lines `from` to `until` of another batch.
    pub(super) fn append(&mut self, other: &Self, from: usize, until: usize) {
        for (values, others) in self.columns.iter_mut().zip(&other.columns) {
            values.append(others, from, until);
        }
        self.weights.extend_from_slice(&other.weights[from..until]);
    }

    pub(super) fn clear(&mut self) {
        self.columns.iter_mut().for_each(Values::clear);
        self.weights.clear();
    }
}

/// The lines of a batch, one by one.
#[derive(Debug, Clone)]
pub struct Cells<'b> {
    batch: &'b Batch,
    rows: Range<usize>,
    /// Values met so far, by column.
    at: Vec<usize>,
}

impl<'b> Cells<'b> {
    /// The next line into `cells`; whether there is one. A column without any level, which was not read, is null throughout.
    pub fn next_into(&mut self, cells: &mut [Cell<'b>; COLUMNS.len()]) -> bool {
        let batch = self.batch;
        // The first column is never null and always read.
        let row = self.rows.start;
        if self.rows.is_empty() || row >= batch.columns[const { place("kind") }].levels.len() {
            return false;
        }
        for (index, values) in batch.columns.iter().enumerate() {
            let level = values.levels.get(row);
            if level.is_none_or(|level| *level == 0) {
                cells[index] = Cell::Null;
                continue;
            }
            let at = self.at[index];
            self.at[index] += 1;
            cells[index] = if COLUMNS[index].content == Content::Text {
                let start = at.checked_sub(1).map_or(0, |before| values.ends[before]);
                Cell::Text(&values.bytes[start..values.ends[at]])
            } else {
                Cell::Number(values.numbers[at])
            };
        }
        self.rows.start += 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line whose texts are `text` and whose numbers are `number`.
    fn line(text: &str, number: i64) -> [Cell<'_>; COLUMNS.len()] {
        std::array::from_fn(|index| match COLUMNS[index].content {
            Content::Text => Cell::text(text.as_bytes()),
            _ if number == 0 => Cell::Null,
            _ => Cell::Number(number),
        })
    }

    #[test]
    fn lines_come_back_however_batches_are_cut_and_joined() {
        let texts = ["a", "\u{e9}\u{e9}", "b", "", "ccc", "a"];
        let mut whole = Batch::default();
        for (text, number) in texts.iter().zip(0..) {
            whole.push(&line(text, number % 3));
        }
        for cut in 0..=texts.len() {
            let mut joined = Batch::default();
            joined.append(&whole, 0, cut);
            joined.append(&whole, cut, texts.len());
            assert_eq!(joined, whole, "{cut}");
        }
        let (mut cells, mut met) = (whole.cells(), [Cell::Null; COLUMNS.len()]);
        for (text, number) in texts.iter().zip(0..) {
            assert!(cells.next_into(&mut met));
            assert_eq!(met, line(text, number % 3));
        }
        assert!(!cells.next_into(&mut met));
    }

    #[test]
    fn text_that_is_not_utf_8_is_shown_and_a_tab_is_noticed() {
        let mut batch = Batch::default();
        let mut cells = line("x", 1);
        cells[place("sku")] = Cell::Text(b"a\x90b");
        batch.push(&cells);
        assert_eq!((batch.replaced(), batch.breaks), (1, false));
        let mut met = [Cell::Null; COLUMNS.len()];
        batch.cells().next_into(&mut met);
        assert_eq!(met[place("sku")], Cell::Text("a\u{fffd}b".as_bytes()));
        cells[place("asin")] = Cell::Text(b"a\tb");
        batch.push(&cells);
        assert!(batch.breaks);
    }
}
