//! From the names in a header to the places of the columns that are read.

/// A column that a kind reads.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Amazon's name, normalised.
    pub name: &'static str,
    /// Whether a file without it is not of this kind.
    pub required: bool,
}

/// A column without which a file is not of the kind.
pub const fn required(name: &'static str) -> Column {
    Column {
        name,
        required: true,
    }
}

/// A column that some layouts lack.
pub const fn optional(name: &'static str) -> Column {
    Column {
        name,
        required: false,
    }
}

/// The most columns that any kind reads.
pub const MAX_COLUMNS: usize = 24;

/// The cells that a kind reads, in the order of its column list; empty where the layout lacks the column.
pub type Cells<'a> = [&'a [u8]; MAX_COLUMNS];

const SKIP: u8 = u8::MAX;

/// Where a file keeps the columns that are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// For every column of the file, its index in the kind's list, or `SKIP`.
    slots: Vec<u8>,
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
            .filter(|column| column.required && !names.iter().any(|name| name == column.name))
            .collect();
        if !missing.is_empty() {
            return Err(Mismatch::Missing(
                missing.into_iter().map(|column| column.name).collect(),
            ));
        }
        let mut slots = vec![SKIP; names.len()];
        for (index, column) in (0..).zip(columns) {
            let mut places = names
                .iter()
                .enumerate()
                .filter(|(_, name)| *name == column.name);
            if let Some((place, _)) = places.next() {
                slots[place] = index;
            }
            if places.next().is_some() {
                return Err(Mismatch::Twice(column.name));
            }
        }
        Ok(Self { slots })
    }

    /// How many fields every line has.
    pub fn width(&self) -> usize {
        self.slots.len()
    }

    /// How many fields of a line must be looked at to have the first `columns` columns of the kind's list.
    pub fn wanted(&self, columns: usize) -> usize {
        let last = self
            .slots
            .iter()
            .rposition(|slot| usize::from(*slot) < columns);
        last.map_or(0, |last| last + 1)
    }

    /// Keeps a field of a line if its column is read, trimmed.
    #[inline]
    pub fn keep<'a>(&self, index: usize, field: &'a [u8], cells: &mut Cells<'a>) {
        if let Some(&slot) = self.slots.get(index)
            && slot != SKIP
        {
            cells[usize::from(slot)] = trimmed(field);
        }
    }

    /// Takes the fields of a quoted line, keeping the cells that are read, trimmed.
    ///
    /// # Errors
    /// The number of fields found, if it is not the header's: such a line is never shifted or padded.
    pub fn pick<'a>(
        &self,
        record: &'a csv::ByteRecord,
        cells: &mut Cells<'a>,
    ) -> Result<(), usize> {
        for (field, &slot) in record.iter().zip(&self.slots) {
            if slot != SKIP {
                cells[usize::from(slot)] = field.trim_ascii();
            }
        }
        if record.len() == self.slots.len() {
            Ok(())
        } else {
            Err(record.len())
        }
    }
}

/// A field without the blanks around it; most have none.
#[inline]
fn trimmed(field: &[u8]) -> &[u8] {
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
        let mut cells = Cells::default();
        for (index, field) in [b"1".as_slice(), b" 2 ", b"A-1", b"one more"]
            .into_iter()
            .enumerate()
        {
            layout.keep(index, field, &mut cells);
        }
        assert_eq!(cells[..3], [b"A-1".as_slice(), b"", b"2"]);
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
