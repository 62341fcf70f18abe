//! Cells of a tab file that a spreadsheet put quotation marks around, without them.

use crate::report::columns::{Picked, trimmed};

/// Whether quotation marks stand around a cell, and those inside in pairs.
pub(super) fn is_quoted(cell: &[u8]) -> bool {
    let [b'"', inner @ .., b'"'] = cell else {
        return false;
    };
    let mut quotes = 0;
    for byte in inner {
        match byte {
            b'"' => quotes += 1,
            _ if quotes % 2 == 1 => return false,
            _ => quotes = 0,
        }
    }
    quotes % 2 == 0
}

/// The cells as they were before a spreadsheet quoted them; `buffer` holds those that change.
///
/// `"Pomina ""One Day"""` is `Pomina "One Day"`.
pub(in crate::report) fn unquoted<'s>(cells: &Picked<'s>, buffer: &'s mut Vec<u8>) -> Picked<'s> {
    buffer.clear();
    let ends = cells.map(|cell| {
        let cell = trimmed(cell);
        if !is_quoted(cell) {
            return None;
        }
        let start = buffer.len();
        let mut inner = cell[1..cell.len() - 1].iter();
        while let Some(byte) = inner.next() {
            buffer.push(*byte);
            if *byte == b'"' {
                inner.next();
            }
        }
        Some((start, buffer.len()))
    });
    let buffer = &*buffer;
    std::array::from_fn(|column| match ends[column] {
        Some((start, end)) => &buffer[start..end],
        None => cells[column],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_stood_there() {
        let mut cells = Picked::default();
        let before = [
            "\"Pomina \"\"One Day\"\"\"",
            "\"a, b\"",
            "plain",
            "\"",
            "\"\"",
            "\"\"\"\"",
            " \"x\"\r",
            "\"a\" b",
            "\"a\"b\"",
        ];
        let after = [
            "Pomina \"One Day\"",
            "a, b",
            "plain",
            "\"",
            "",
            "\"",
            "x",
            "\"a\" b",
            "\"a\"b\"",
        ];
        for (cell, text) in cells.iter_mut().zip(before) {
            *cell = text.as_bytes();
        }
        let mut buffer = Vec::new();
        let cells = unquoted(&cells, &mut buffer);
        let found: Vec<_> = cells
            .iter()
            .map(|cell| str::from_utf8(cell).unwrap())
            .collect();
        assert_eq!(found[..after.len()], after);
    }
}
