//! The places of the columns that are read, found by the names in a header.

use crate::chunk::Line;

/// A column that a kind reads.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Amazon's name, normalised.
    pub name: &'static str,
    /// Another name for it, empty if there is none.
    pub also: &'static str,
    /// Whether a file without it is not of this kind.
    pub required: bool,
}

impl Column {
    /// The same column, which some files call by another name.
    #[must_use]
    pub const fn or(self, also: &'static str) -> Self {
        Self { also, ..self }
    }

    /// Where it is among the names of a header: once, twice or nowhere.
    fn places(self, names: &[String]) -> impl Iterator<Item = u32> {
        let by = |wanted: &'static str| {
            let named = (0..).zip(names).filter(move |(_, name)| *name == wanted);
            named.map(|(place, _)| place)
        };
        let also = by(self.name).next().is_none() && !self.also.is_empty();
        by(if also { self.also } else { self.name })
    }
}

/// A column without which a file is not of the kind.
pub const fn required(name: &'static str) -> Column {
    Column {
        name,
        also: "",
        required: true,
    }
}

/// A column that some layouts lack.
pub const fn optional(name: &'static str) -> Column {
    Column {
        name,
        also: "",
        required: false,
    }
}

/// A column that a related report has and this one lacks. No header has this name.
pub const fn absent() -> Column {
    optional("(absent)")
}

/// The most columns that any kind reads.
pub const MAX_COLUMNS: usize = 28;

/// The cells of a line by their place in the kind's column list, blanks around them and all; empty where the layout lacks the
/// column.
pub trait Cells<'a>: Copy {
    /// One of them.
    fn cell(self, column: usize) -> &'a [u8];
}

/// The cells of a quoted line, or any that were picked beforehand.
pub type Picked<'a> = [&'a [u8]; MAX_COLUMNS];

impl<'a> Cells<'a> for &Picked<'a> {
    fn cell(self, column: usize) -> &'a [u8] {
        self[column]
    }
}

/// The cells of a line that has as many fields as the layout: each is looked up when it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Cut<'l, 'b> {
    /// The line.
    pub line: &'l Line<'b, 'l>,
    /// Where its columns are.
    pub layout: &'l Layout,
}

impl<'b> Cells<'b> for Cut<'_, 'b> {
    #[expect(
        clippy::inline_always,
        reason = "a call for every cell of every line: a tenth of a run"
    )]
    #[inline(always)]
    fn cell(self, column: usize) -> &'b [u8] {
        match self.layout.places[column] {
            ABSENT => &[],
            place => self.line.field(place as usize),
        }
    }
}

const ABSENT: u32 = u32::MAX;

/// Where a file keeps the columns that are read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Layout {
    /// How many fields every line has.
    width: usize,
    /// Whether the last field of every line is empty, and of no column: a delimiter ends the lines.
    trailing: bool,
    /// For every column of the kind's list, its index in the file, or `ABSENT`.
    places: [u32; MAX_COLUMNS],
}

/// Why a header is not a kind's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// Columns that the kind needs are not there.
    Missing(Vec<&'static str>),
    /// A column that is read is there twice: which one counts would be a guess.
    Twice(&'static str),
}

impl Layout {
    /// Finds the columns of a kind among the normalised names of a header.
    ///
    /// # Errors
    /// A required column is missing, or a column that is read is there twice.
    pub fn resolve(columns: &'static [Column], names: &[String]) -> Result<Self, Mismatch> {
        let missing: Vec<_> = columns
            .iter()
            .filter(|column| column.required && column.places(names).next().is_none())
            .collect();
        if !missing.is_empty() {
            return Err(Mismatch::Missing(
                missing.into_iter().map(|column| column.name).collect(),
            ));
        }
        let mut places = [ABSENT; MAX_COLUMNS];
        for (slot, column) in places.iter_mut().zip(columns) {
            let mut found = column.places(names);
            if let Some(place) = found.next() {
                *slot = place;
            }
            if found.next().is_some() {
                return Err(Mismatch::Twice(column.name));
            }
        }
        Ok(Self {
            width: names.len(),
            trailing: false,
            places,
        })
    }

    /// Every column of the list, in its order: of files whose cells are found by other means.
    pub fn listed(columns: &'static [Column]) -> Self {
        let mut places = [ABSENT; MAX_COLUMNS];
        for (slot, place) in places.iter_mut().zip(0..).take(columns.len()) {
            *slot = place;
        }
        Self {
            width: columns.len(),
            trailing: false,
            places,
        }
    }

    /// Leaves columns of the kind's list unread, as if the layout lacked them.
    pub fn forget(&mut self, columns: &[usize]) {
        for column in columns {
            self.places[*column] = ABSENT;
        }
    }

    /// Takes lines of one empty field more than the header; or of one less, if what the header has more is `unnamed`.
    pub(super) fn widen(&mut self, width: usize, unnamed: bool) {
        if width > self.width {
            self.trailing = true;
            self.width = width;
        } else if unnamed {
            self.width = width;
        }
    }

    /// Whether a line has as many fields as it should, by their number and the last one of them.
    #[inline]
    pub fn fits<'a>(&self, fields: usize, last: impl FnOnce() -> &'a [u8]) -> bool {
        fields == self.width && (!self.trailing || last().trim_ascii().is_empty())
    }

    /// What is wrong with the number of fields of a line that does not [fit](Self::fits).
    pub(super) fn misfit(&self, fields: usize) -> String {
        let plural = if fields == 1 { "" } else { "s" };
        match self.trailing {
            false => format!("{fields} field{plural}, the header has {}", self.width),
            true if fields == self.width => {
                format!("{fields} field{plural}, the last is empty in the other lines")
            }
            true => format!(
                "{fields} field{plural}, the other lines have {}",
                self.width
            ),
        }
    }

    /// How many fields every line has.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Where in a line a column of the kind's list is, `None` if the layout lacks it.
    pub fn place(&self, column: usize) -> Option<usize> {
        Some(self.places[column])
            .filter(|place| *place != ABSENT)
            .map(|place| place as usize)
    }

    /// The cells of a line that ends before its empty cells do, by what its fields are.
    pub fn picked<'a>(&self, field: impl Fn(usize) -> Option<&'a [u8]>) -> Picked<'a> {
        self.places.map(|place| match place {
            ABSENT => &[][..],
            place => field(place as usize).unwrap_or_default(),
        })
    }

    /// The cells of a quoted line.
    ///
    /// # Errors
    /// The number of fields found, if it is not the header's: such a line is never shifted or padded.
    pub fn pick<'a>(&self, record: &'a csv::ByteRecord) -> Result<Picked<'a>, usize> {
        let last = || record.get(record.len() - 1).unwrap_or_default();
        if !self.fits(record.len(), last) {
            return Err(record.len());
        }
        let cell = |place: u32| match place {
            ABSENT => &[],
            place => record.get(place as usize).unwrap_or_default(),
        };
        Ok(self.places.map(cell))
    }
}

/// A field without the blanks around it; most have none.
#[inline]
pub fn trimmed(field: &[u8]) -> &[u8] {
    match field {
        [] => field,
        [only] if *only > b' ' => field,
        [first, .., last] if *first > b' ' && *last > b' ' => field,
        _ => field.trim_ascii(),
    }
}

/// A header name as kinds list it: no blanks or quotes around it, lower case, hyphens, one spelling of fulfilment.
///
/// ```
/// assert_eq!(ordersift::report::columns::normalise(b"Fulfilment Channel "), "fulfillment-channel");
/// ```
pub fn normalise(name: &[u8]) -> String {
    let text = String::from_utf8_lossy(name);
    let bare =
        text.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\u{feff}' || c == '\0');
    bare.to_lowercase()
        .replace([' ', '_'], "-")
        .replace("fulfilment", "fulfillment")
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[required("sku"), optional("asin"), required("quantity")];

    fn names(text: &str) -> Vec<String> {
        text.split(',')
            .map(|name| normalise(name.as_bytes()))
            .collect()
    }

    #[test]
    fn finds_columns_by_name_wherever_they_stand() {
        let layout = Layout::resolve(COLUMNS, &names("x,Quantity , SKU")).unwrap();
        let record = csv::ByteRecord::from(vec!["1", " 2 ", "A-1"]);
        assert_eq!(
            layout.pick(&record).unwrap()[..3],
            [b"A-1".as_slice(), b"", b" 2 "]
        );
        assert_eq!((layout.place(0), layout.place(1)), (Some(2), None));
        let long = csv::ByteRecord::from(vec!["1", "2", "A-1", "one more"]);
        assert_eq!(layout.pick(&long), Err(4));
    }

    #[test]
    fn names_what_is_missing_or_there_twice() {
        assert_eq!(
            Layout::resolve(COLUMNS, &names("asin,sku")),
            Err(Mismatch::Missing(vec!["quantity"]))
        );
        assert_eq!(
            Layout::resolve(COLUMNS, &names("sku,quantity,sku")),
            Err(Mismatch::Twice("sku"))
        );
    }
}
