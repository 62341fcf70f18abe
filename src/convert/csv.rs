//! Lines as CSV, in the columns of the schema.

use std::io::{self, BufWriter, Write};

use crate::field::{Currency, Day, Moment, money};
use crate::typed::{Batch, COLUMNS, Cell, Content, place};
use crate::write::csv::{field, runs_in_a_spreadsheet};

/// A CSV file under way.
pub(super) struct Lines<W: Write> {
    out: BufWriter<W>,
    raw_text: bool,
    guarded: u64,
}

impl<W: Write> Lines<W> {
    /// Begins a file with the names of the columns.
    pub(super) fn new(out: W, raw_text: bool) -> io::Result<Self> {
        let mut out = BufWriter::with_capacity(1 << 18, out);
        let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
        write!(out, "{}\r\n", names.join(","))?;
        Ok(Self {
            out,
            raw_text,
            guarded: 0,
        })
    }

    pub(super) fn add(&mut self, batch: &Batch) -> io::Result<()> {
        let (mut cells, mut line) = (batch.cells(), [Cell::Null; COLUMNS.len()]);
        while cells.next_into(&mut line) {
            let decimals = match line[const { place("currency") }] {
                Cell::Text(currency) => std::str::from_utf8(currency).map_or(2, Currency::decimals),
                _ => 2,
            };
            for (index, (cell, column)) in line.iter().zip(COLUMNS).enumerate() {
                if index > 0 {
                    self.out.write_all(b",")?;
                }
                match (*cell, column.content) {
                    (Cell::Null, _) => {}
                    (Cell::Text(text), _) => self.text(text)?,
                    (Cell::Number(amount), Content::Money) => {
                        let text = money::text(i128::from(amount), decimals);
                        self.out.write_all(text.as_bytes())?;
                    }
                    (Cell::Number(day), Content::Day) => {
                        let day = Day(i32::try_from(day).map_err(io::Error::other)?);
                        write!(self.out, "{}", Moment::on(day))?;
                    }
                    (Cell::Number(utc), Content::Moment) => {
                        write!(self.out, "{}", Moment::at(utc))?;
                    }
                    (Cell::Number(flag), Content::Flag) => {
                        self.out
                            .write_all(if flag == 0 { b"false" } else { b"true" })?;
                    }
                    (Cell::Number(number), _) => write!(self.out, "{number}")?,
                }
            }
            self.out.write_all(b"\r\n")?;
        }
        Ok(())
    }

    fn text(&mut self, text: &[u8]) -> io::Result<()> {
        let text = std::str::from_utf8(text).map_err(io::Error::other)?;
        let guard = !self.raw_text && runs_in_a_spreadsheet(text);
        self.guarded += u64::from(guard);
        field(&mut self.out, text, guard)
    }

    /// Brings all to what was written to; gives it back, and how many cells were guarded.
    pub(super) fn finish(self) -> io::Result<(W, u64)> {
        let out = self
            .out
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        Ok((out, self.guarded))
    }
}
