//! Lines as CSV, in the columns of the schema.

use std::io::{self, BufWriter, Write};
use std::ops::Range;

use rayon::prelude::*;

use crate::field::{Currency, Day};
use crate::typed::digits::{self, Digits};
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

    /// Adds lines, written side by side a few thousand at a time.
    pub(super) fn add(&mut self, batch: &Batch) -> io::Result<()> {
        const STEP: usize = 4096;
        let raw_text = self.raw_text;
        let pieces = (0..batch.len().div_ceil(STEP)).into_par_iter();
        let pieces = pieces.map(|piece| written(batch, piece * STEP..(piece + 1) * STEP, raw_text));
        let pieces: Vec<(Vec<u8>, u64)> = pieces.collect::<io::Result<_>>()?;
        for (text, guarded) in pieces {
            self.out.write_all(&text)?;
            self.guarded += guarded;
        }
        Ok(())
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

/// Some lines as text, and how many of their cells were guarded.
fn written(batch: &Batch, rows: Range<usize>, raw_text: bool) -> io::Result<(Vec<u8>, u64)> {
    let (mut cells, mut line) = (batch.cells_of(rows), [Cell::Null; COLUMNS.len()]);
    let (mut out, mut digits, mut guarded) = (Vec::new(), Digits::default(), 0);
    while cells.next_into(&mut line) {
        let decimals = match line[const { place("currency") }] {
            Cell::Text(currency) => std::str::from_utf8(currency).map_or(2, Currency::decimals),
            _ => 2,
        };
        for (index, (cell, column)) in line.iter().zip(COLUMNS).enumerate() {
            if index > 0 {
                out.push(b',');
            }
            match (*cell, column.content) {
                (Cell::Null, _) => {}
                (Cell::Text(text), _) => {
                    let text = std::str::from_utf8(text).map_err(io::Error::other)?;
                    let guard = !raw_text && runs_in_a_spreadsheet(text);
                    guarded += u64::from(guard);
                    field(&mut out, text, guard)?;
                }
                (Cell::Number(amount), Content::Money) => {
                    digits::amount(amount, decimals, &mut out);
                }
                (Cell::Number(day), Content::Day) => {
                    let day = i32::try_from(day).map_err(io::Error::other)?;
                    digits.day(Day(day), &mut out);
                }
                (Cell::Number(utc), Content::Moment) => {
                    digits.moment(utc, &mut out);
                    out.push(b'Z');
                }
                (Cell::Number(0), Content::Flag) => out.extend_from_slice(b"false"),
                (Cell::Number(_), Content::Flag) => out.extend_from_slice(b"true"),
                (Cell::Number(number), _) => digits::number(number, &mut out),
            }
        }
        out.extend_from_slice(b"\r\n");
    }
    Ok((out, guarded))
}
