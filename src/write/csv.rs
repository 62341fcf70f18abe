//! One table as CSV: RFC 4180, UTF-8, CRLF, with text that a spreadsheet would run as a formula made harmless.

use std::io::{self, Write};

use crate::table::{ColumnKind, Table};

use super::{Format, Shape};

pub(super) const FORMAT: Format = Format {
    name: "csv",
    about: "a file for each table, for spreadsheets",
    binary: false,
    shape: Shape::Table {
        extension: "csv",
        write: csv,
    },
};

/// Writes a table as CSV and returns how many cells were guarded.
///
/// Absent is an empty cell. Text cells that a spreadsheet would take for a formula get a leading `'`, unless `raw_text`;
/// numbers, dates and moments are never altered.
pub fn csv(table: &Table, raw_text: bool, out: &mut dyn Write) -> io::Result<u64> {
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    let mut guarded = 0;
    for (index, column) in table.columns().iter().enumerate() {
        separate(&mut out, index)?;
        field(&mut out, column.name, false)?;
    }
    out.write_all(b"\r\n")?;
    for row in 0..table.height() {
        for (index, (column, cell)) in table.row(row).enumerate() {
            separate(&mut out, index)?;
            let Some(text) = cell.text() else { continue };
            let guard =
                column.kind == ColumnKind::Text && !raw_text && runs_in_a_spreadsheet(&text);
            guarded += u64::from(guard);
            field(&mut out, &text, guard)?;
        }
        out.write_all(b"\r\n")?;
    }
    out.flush()?;
    Ok(guarded)
}

fn separate(out: &mut impl Write, index: usize) -> io::Result<()> {
    if index > 0 {
        out.write_all(b",")
    } else {
        Ok(())
    }
}

/// Writes a field, in quotation marks where it needs them; a guarded one behind a `'`.
pub(crate) fn field(out: &mut impl Write, text: &str, guard: bool) -> io::Result<()> {
    if !guard && !text.contains([',', '"', '\r', '\n']) {
        return out.write_all(text.as_bytes());
    }
    out.write_all(if guard { b"\"'" } else { b"\"" })?;
    out.write_all(text.replace('"', "\"\"").as_bytes())?;
    out.write_all(b"\"")
}

/// Whether a spreadsheet would take the text for a formula, or lets a program behind it do so (docs/reliability.md,
/// Outputs).
pub(crate) fn runs_in_a_spreadsheet(text: &str) -> bool {
    for c in text.chars() {
        match c {
            '\t' | '\r' | '\n' | '\0' => return true,
            '=' | '+' | '-' | '@' | '|' | '%' => return !is_plain_number(text),
            // The same signs in full width and small form, which East Asian spreadsheets read alike.
            '＝' | '＋' | '－' | '＠' | '｜' | '％' | '﹦' | '﹢' | '﹣' | '﹫' | '﹪' =>
            {
                return true;
            }
            _ if c.is_whitespace() || c.is_control() || is_invisible(c) => {}
            _ => return false,
        }
    }
    false
}

/// Zero-width characters, marks of direction, and the byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

/// `-5`, `+1.5`: a sign, digits, and at most one point between digits.
fn is_plain_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned.split_once('.') {
        Some((whole, decimals)) => digits(whole) && digits(decimals),
        None => digits(unsigned),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures;
    use super::*;

    fn text(table: &Table, raw_text: bool) -> (String, u64) {
        let mut out = Vec::new();
        let guarded = csv(table, raw_text, &mut out).unwrap();
        (String::from_utf8(out).unwrap(), guarded)
    }

    #[test]
    fn has_a_header_of_column_names_and_crlf() {
        let document = fixtures::first_week();
        let (text, guarded) = text(document.table("late").unwrap(), false);
        assert!(
            text.starts_with("bucket,orders,lines,units_to_ship,oldest_promise\r\n"),
            "{text}"
        );
        assert!(
            text.contains("\r\noverdue_2_3,1,1,1,2026-07-28T23:59:59-07:00\r\n"),
            "{text}"
        );
        assert_eq!(guarded, 0);
    }

    #[test]
    fn text_that_would_run_gets_a_quote_and_is_counted() {
        let document = fixtures::hostile();
        let table = document.table("worklist").unwrap();
        let (guarded_text, guarded) = text(table, false);
        let (raw, none) = text(table, true);
        assert!(
            guarded_text.contains("\"'=HYPERLINK(\"\"http://x\"\")\""),
            "{guarded_text}"
        );
        assert!(raw.contains(",\"=HYPERLINK(\"\"http://x\"\")\","), "{raw}");
        assert!(guarded > 0 && none == 0);
        let mut reader = ::csv::Reader::from_reader(guarded_text.as_bytes());
        assert!(
            reader
                .records()
                .all(|record| record.unwrap().len() == table.columns().len())
        );
    }

    #[test]
    fn a_formula_is_seen_behind_blanks_and_in_full_width() {
        for text in [
            "=1",
            "+1+1",
            "-cmd",
            "@x",
            "|x",
            "%x",
            "\t1",
            "\r1",
            "\n1",
            "\0=",
            "  =1",
            "\u{feff}=1",
            "\u{200b}@",
            "＝1",
            "-5-5",
        ] {
            assert!(runs_in_a_spreadsheet(text), "{text:?}");
        }
        for text in [
            "",
            " ",
            "-5",
            "+1.5",
            "5",
            "a=b",
            "SKU-1",
            "'=",
            "1,5",
            "ビルド",
            "#1",
        ] {
            assert!(!runs_in_a_spreadsheet(text), "{text:?}");
        }
    }
}
