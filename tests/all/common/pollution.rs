//! What happens to reports between Amazon and us, one misfortune at a time, with what must come of it.
#![allow(clippy::too_many_lines, reason = "a list is as long as it is")]

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A report as cells.
#[derive(Debug, Clone)]
pub struct Grid {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// What must come of a polluted file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The tables of the clean file.
    Same,
    /// The tables of the clean file without these rows; a reject for each of the given codes, by its line.
    Rejects(Vec<usize>, Vec<(u64, &'static str)>),
    /// Nothing at all, and a message that says this.
    Refused(&'static str),
}

/// A polluted file.
pub struct Variant {
    pub name: String,
    pub file: &'static str,
    pub bytes: Vec<u8>,
    pub fate: Fate,
}

impl Grid {
    pub fn read(report: &[u8]) -> Self {
        let text = String::from_utf8(report.to_vec()).unwrap();
        let mut lines = text
            .lines()
            .map(|line| line.split('\t').map(str::to_owned).collect());
        Self {
            header: lines.next().unwrap(),
            rows: lines.collect(),
        }
    }

    fn column(&self, name: &str) -> usize {
        let found = self.header.iter().position(|column| column.trim() == name);
        found.unwrap_or_else(|| panic!("no column {name}"))
    }

    fn joined(&self, separator: &str, end: &str) -> String {
        let lines = std::iter::once(&self.header).chain(&self.rows);
        lines.map(|line| line.join(separator) + end).collect()
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.joined("\t", "\r\n").into_bytes()
    }

    pub fn without(&self, gone: &[usize]) -> Self {
        let rows = self
            .rows
            .iter()
            .enumerate()
            .filter(|(row, _)| !gone.contains(row));
        Self {
            header: self.header.clone(),
            rows: rows.map(|(_, row)| row.clone()).collect(),
        }
    }

    fn with(&self, row: usize, column: &str, cell: &str) -> Self {
        let mut changed = self.clone();
        let column = self.column(column);
        cell.clone_into(&mut changed.rows[row][column]);
        changed
    }

    fn every(&self, columns: &[&str], cell: impl Fn(&str) -> String) -> Self {
        let mut changed = self.clone();
        for column in columns {
            let column = self.column(column);
            for row in &mut changed.rows {
                row[column] = cell(&row[column]);
            }
        }
        changed
    }

    fn reordered(&self, order: &[usize]) -> Self {
        let pick = |row: &Vec<String>| order.iter().map(|column| row[*column].clone()).collect();
        Self {
            header: pick(&self.header),
            rows: self.rows.iter().map(pick).collect(),
        }
    }

    fn quoted(&self, separator: &str) -> Vec<u8> {
        let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let line =
            |row: &Vec<String>| row.iter().map(quote).collect::<Vec<_>>().join(separator) + "\r\n";
        std::iter::once(&self.header)
            .chain(&self.rows)
            .map(line)
            .collect::<String>()
            .into_bytes()
    }

    fn lines(&self) -> Vec<String> {
        self.rows.iter().map(|row| row.join("\t")).collect()
    }

    /// The report with this text in the place of a row.
    fn row_as(&self, row: usize, text: &[u8]) -> Vec<u8> {
        let mut bytes = (self.header.join("\t") + "\r\n").into_bytes();
        for (at, line) in self.lines().iter().enumerate() {
            bytes.extend_from_slice(if at == row { text } else { line.as_bytes() });
            bytes.extend_from_slice(b"\r\n");
        }
        bytes
    }
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

/// The sheet of a workbook: every cell a text, or a number where `number` says so.
pub fn workbook(grid: &Grid, number: impl Fn(&str) -> bool) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(std::iter::once(&grid.header).chain(&grid.rows)) {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            let numeric = row > 0 && number(&grid.header[usize::from(column)]);
            match cell.parse::<f64>() {
                Ok(value) if numeric => sheet.write_number(row, column, value).unwrap(),
                _ => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

/// The columns whose names differ between the two kinds.
pub struct Names {
    pub id: &'static str,
    pub quantity: &'static str,
    pub required: &'static str,
    /// What a refusal says without that column.
    pub without: &'static str,
    pub money: bool,
}

pub const ORDERS: Names = Names {
    id: "amazon-order-id",
    quantity: "quantity",
    required: "order-status",
    without: "is missing",
    money: true,
};
pub const BACKLOG: Names = Names {
    id: "order-id",
    quantity: "quantity-to-ship",
    required: "promise-date",
    without: "closest kind: unshipped",
    money: false,
};

/// Everything that can happen to a report of either kind.
pub fn variants(grid: &Grid, names: &Names) -> Vec<Variant> {
    let mut all = Vec::new();
    spelled(grid, names, &mut all);
    texts(grid, &mut all);
    wrapped(grid, &mut all);
    bad_cells(grid, names, &mut all);
    bad_lines(grid, &mut all);
    refused(grid, names, &mut all);
    if names.money {
        money(grid, &mut all);
    }
    all
}

fn push(all: &mut Vec<Variant>, name: &str, bytes: impl Into<Vec<u8>>, fate: Fate) {
    let name = name.to_owned();
    all.push(Variant {
        name,
        file: "a.txt",
        bytes: bytes.into(),
        fate,
    });
}

fn same(all: &mut Vec<Variant>, name: &str, bytes: impl Into<Vec<u8>>) {
    push(all, name, bytes, Fate::Same);
}

/// The same report, spelled otherwise.
fn spelled(grid: &Grid, names: &Names, all: &mut Vec<Variant>) {
    let width = grid.header.len();
    let order: Vec<usize> = (0..width).rev().collect();
    let rotated: Vec<usize> = (0..width).map(|column| (column + 7) % width).collect();
    for (name, end) in [
        ("lines end in LF", "\n"),
        ("lines end in CR", "\r"),
        ("lines end in CRCRLF", "\r\r\n"),
    ] {
        same(all, name, grid.joined("\t", end));
    }
    let mut mixed = String::new();
    for (at, line) in grid.joined("\t", "\n").lines().enumerate() {
        mixed.push_str(line);
        mixed.push_str(["\n", "\r\n", "\r"][if at == 0 { 0 } else { at % 3 }]);
    }
    same(all, "line ends mixed", mixed);
    let text = grid.joined("\t", "\r\n");
    same(
        all,
        "no line end at the end",
        text.trim_end_matches(['\r', '\n']),
    );
    same(
        all,
        "blank lines at the end",
        format!("{text}\r\n\r\n  \r\n"),
    );
    same(all, "blank lines between", text.replace("\r\n", "\r\n\r\n"));
    same(
        all,
        "blank lines before the header",
        format!("\r\n \r\n{text}"),
    );
    same(
        all,
        "header again in the middle",
        grid.row_as(
            4,
            format!("{}\r\n{}", grid.header.join("\t"), grid.lines()[4]).as_bytes(),
        ),
    );
    same(
        all,
        "header again, with blanks around its names",
        grid.row_as(
            4,
            format!("{} \r\n{}", grid.header.join(" \t "), grid.lines()[4]).as_bytes(),
        ),
    );
    same(
        all,
        "header again at the end",
        format!("{text}{}\r\n", grid.header.join("\t")),
    );
    same(all, "columns backwards", grid.reordered(&order).bytes());
    same(all, "columns rotated", grid.reordered(&rotated).bytes());
    let renamed = |rename: &dyn Fn(&str) -> String| {
        let mut changed = grid.clone();
        changed.header = grid.header.iter().map(|name| rename(name)).collect();
        changed.bytes()
    };
    same(all, "header in capitals", renamed(&str::to_uppercase));
    same(
        all,
        "header with blanks around",
        renamed(&|name| format!(" {name} ")),
    );
    same(
        all,
        "header with underscores",
        renamed(&|name| name.replace('-', "_")),
    );
    let mut wider = grid.clone();
    wider.header.insert(0, "remark".into());
    wider
        .rows
        .iter_mut()
        .for_each(|row| row.insert(0, "x".into()));
    same(all, "an unknown column in front", wider.bytes());
    same(
        all,
        "empty columns at the end",
        grid.joined("\t", "\t\t\r\n"),
    );
    for (name, separator) in [("tab", "\t"), ("comma", ",")] {
        let mut quoted = grid.clone();
        if separator == "," {
            let quote = |cell: &mut String| *cell = format!("\"{}\"", cell.replace('"', "\"\""));
            quoted.rows.iter_mut().flatten().for_each(quote);
        }
        let header = quoted.header.join(separator);
        let rows = |end: &str| {
            let row = |row: &Vec<String>| row.join(separator) + end;
            quoted.rows.iter().map(row).collect::<String>()
        };
        let after = rows(&format!("{separator}\r\n"));
        same(
            all,
            &format!("a {name} after every row, none after the header"),
            format!("{header}\r\n{after}"),
        );
        same(
            all,
            &format!("a {name} after the header, none after the rows"),
            format!("{header}{separator}\r\n{}", rows("\r\n")),
        );
    }
    same(
        all,
        "blanks around cells",
        grid.every(
            &[names.id, names.quantity, "purchase-date", "sku"],
            |cell| format!(" {cell} "),
        )
        .bytes(),
    );
    same(
        all,
        "quantities as 1.0",
        grid.every(&[names.quantity], |cell| format!("{cell}.0"))
            .bytes(),
    );
    same(
        all,
        "moments with Z",
        grid.every(&["purchase-date"], |cell| cell.replace("+00:00", "Z"))
            .bytes(),
    );
    same(
        all,
        "moments with fractions",
        grid.every(&["purchase-date"], |cell| {
            cell.replace("+00:00", ".123+00:00")
        })
        .bytes(),
    );
    same(
        all,
        "moments with a blank",
        grid.every(&["purchase-date"], |cell| cell.replace('T', " "))
            .bytes(),
    );
    let mut shuffled = grid.clone();
    shuffled
        .rows
        .sort_by_key(|row| row.iter().map(String::len).sum::<usize>());
    same(all, "lines in another order", shuffled.bytes());
    same(all, "quoted, tabs", grid.quoted("\t"));
    same(all, "quoted, commas", grid.quoted(","));
    same(all, "quoted, semicolons", grid.quoted(";"));
}

/// Texts that nobody expects in a product name.
fn texts(grid: &Grid, all: &mut Vec<Variant>) {
    let long = "x".repeat(40_000);
    let names: [(&str, &str); 16] = [
        ("an inch mark", "Board 12\" x 18\""),
        ("an opening quote", "\"Best\" board"),
        ("a quote and no other", "\"Board"),
        ("NUL", "Bo\0ard"),
        ("control characters", "Bo\u{1}\u{7}\u{1f}ard"),
        ("vertical tab and form feed", "Bo\u{b}ar\u{c}d"),
        ("line separator U+2028", "Bo\u{2028}ard"),
        ("next line U+0085", "Bo\u{85}ard"),
        ("a formula", "=HYPERLINK(\"http://x\",\"y\")"),
        ("a script", "</script><script>alert(1)</script>"),
        ("terminal escapes", "\u{1b}[2J\u{1b}]0;x\u{7}"),
        ("bidi overrides", "\u{202e}draob\u{202c}"),
        ("40,000 characters", &long),
        ("emoji", "Board \u{1f6d2}\u{200d}\u{1f6cd}"),
        ("commas and semicolons", "Board, big; flat, wide"),
        ("a byte-order mark", "\u{feff}Board"),
    ];
    for (name, text) in names {
        same(
            all,
            &format!("{name} in a name"),
            grid.with(3, "product-name", text).bytes(),
        );
    }
    let marked = grid.with(3, "product-name", "MARK");
    for (name, bytes) in [
        ("invalid UTF-8", &b"Bo\xff\xfeard"[..]),
        ("cp932", b"\x83\x76\x83\x8c\x83\x7e\x83\x41\x83\x80"),
        ("windows-1252", b"Gr\xf6\xdfe"),
        ("a lone surrogate", b"\xed\xa0\x80"),
    ] {
        let clean = marked.bytes();
        let at = clean
            .windows(4)
            .position(|window| window == b"MARK")
            .unwrap();
        same(
            all,
            &format!("{name} in a name"),
            [&clean[..at], bytes, &clean[at + 4..]].concat(),
        );
    }
}

fn wrapped(grid: &Grid, all: &mut Vec<Variant>) {
    let plain = grid.bytes();
    let text = String::from_utf8(plain.clone()).unwrap();
    same(all, "utf-8 mark", [b"\xef\xbb\xbf", &plain[..]].concat());
    same(
        all,
        "utf-16le",
        utf16(&format!("\u{feff}{text}"), u16::to_le_bytes),
    );
    same(
        all,
        "utf-16be",
        utf16(&format!("\u{feff}{text}"), u16::to_be_bytes),
    );
    same(
        all,
        "utf-16le without a mark",
        utf16(&text, u16::to_le_bytes),
    );
    same(all, "gzip", gzip(&plain));
    let half = plain.len() / 2 + 3;
    same(
        all,
        "gzip of two members",
        [gzip(&plain[..half]), gzip(&plain[half..])].concat(),
    );
    same(all, "zstd", zstd::encode_all(&plain[..], 1).unwrap());
    same(all, "zip", zip(&[("july.txt", &plain)]));
    same(
        all,
        "zip with odd names",
        zip(&[
            ("../../etc/july.txt", &plain),
            (".DS_Store", b"x"),
            ("__MACOSX/july.txt", b"x"),
        ]),
    );
    same(all, "workbook of texts", workbook(grid, |_| false));
    same(
        all,
        "workbook with numbers",
        workbook(grid, |column| {
            matches!(
                column,
                "quantity" | "quantity-to-ship" | "item-price" | "item-tax"
            )
        }),
    );
}

fn bad_cells(grid: &Grid, names: &Names, all: &mut Vec<Variant>) {
    let mut bad = |name: &str, column: &str, cell: &str, code: &'static str| {
        push(
            all,
            name,
            grid.with(5, column, cell).bytes(),
            Fate::Rejects(vec![5], vec![(7, code)]),
        );
    };
    bad(
        "order id as 1.40E+14",
        names.id,
        "1.40E+14",
        "order_id_spoilt",
    );
    bad("order id as 1,4E14", names.id, "1,4E14", "order_id_spoilt");
    for cut in [
        "111-3131313",
        "111-3131313-31",
        "1-3131313-3131313",
        "3131313-3131313",
    ] {
        let name = format!("an order id cut to {cut}");
        bad(&name, names.id, cut, "order_id_cut");
    }
    bad("no order id", names.id, "", "order_id_missing");
    bad(
        "a text for an order id",
        names.id,
        &"x".repeat(65),
        "order_id_too_long",
    );
    bad(
        "a serial number for a date",
        "purchase-date",
        "44681.7710",
        "date_serial",
    );
    bad(
        "a rewritten date",
        "purchase-date",
        "30/04/2022 18:30",
        "date_rewritten",
    );
    bad(
        "a date with two readings",
        "purchase-date",
        "05/04/2022",
        "date_rewritten",
    );
    bad(
        "month 13",
        "purchase-date",
        "2026-13-01T00:00:00+00:00",
        "date_invalid",
    );
    bad(
        "29 February",
        "purchase-date",
        "2026-02-29T00:00:00+00:00",
        "date_invalid",
    );
    bad("no date", "purchase-date", "", "date_missing");
    bad(
        "a date cut off",
        "purchase-date",
        "2026-07-2",
        "date_invalid",
    );
    bad(
        "a quantity in words",
        names.quantity,
        "two",
        "quantity_invalid",
    );
    bad(
        "a negative quantity",
        names.quantity,
        "-1",
        "quantity_invalid",
    );
    bad("half a quantity", names.quantity, "1.5", "quantity_invalid");
    bad("no quantity", names.quantity, "", "quantity_missing");
    bad(
        "a quantity of ten digits",
        names.quantity,
        "9999999999",
        "quantity_invalid",
    );
    bad("no sku", "sku", "", "sku_missing");
    bad("sku as 5.80293E+13", "sku", "5.80293E+13", "sku_spoilt");
}

fn bad_lines(grid: &Grid, all: &mut Vec<Variant>) {
    let width = grid.header.len();
    let line = grid.lines()[5].clone();
    let mut bad = |name: &str, text: &[u8], codes: &[(u64, &'static str)]| {
        push(
            all,
            name,
            grid.row_as(5, text),
            Fate::Rejects(vec![5], codes.to_vec()),
        );
    };
    let few = grid.rows[5][..width - 3].join("\t");
    bad("too few fields", few.as_bytes(), &[(7, "field_count")]);
    bad(
        "too many fields",
        format!("{line}\tx").as_bytes(),
        &[(7, "field_count")],
    );
    bad(
        "a tab inside a cell",
        line.replacen('\t', "\t\t", 1).as_bytes(),
        &[(7, "field_count")],
    );
    let inside = line
        .char_indices()
        .filter(|(_, letter)| *letter == '\t')
        .nth(width / 2)
        .unwrap()
        .0;
    let broken = format!("{}\n{}", &line[..=inside], &line[inside + 1..]);
    bad(
        "a line end inside a cell",
        broken.as_bytes(),
        &[(7, "field_count"), (8, "field_count")],
    );
    bad(
        "a sentence",
        b"Report generated by Seller Central",
        &[(7, "field_count")],
    );
    bad(
        "a line of JSON",
        b"{\"error\": \"throttled\"}",
        &[(7, "field_count")],
    );
    bad("a line of zeros", &[0; 300], &[(7, "field_count")]);
    bad(
        "10,000 columns",
        "x\t".repeat(10_000).as_bytes(),
        &[(7, "field_count")],
    );
    bad(
        "100,000 columns",
        "\tx".repeat(100_000).as_bytes(),
        &[(7, "field_count")],
    );
    bad(
        "2 MiB in one line",
        "x".repeat(2 << 20).as_bytes(),
        &[(7, "line_too_long")],
    );
    let trailing = |row: usize, cells: &str| {
        let mut lines = grid.lines();
        for line in &mut lines {
            line.push('\t');
        }
        cells.clone_into(&mut lines[row]);
        format!("{}\r\n{}\r\n", grid.header.join("\t"), lines.join("\r\n"))
    };
    for (name, cells) in [
        ("a value after the last tab of a row", format!("{line}\tx")),
        ("a row without the tab that ends the others", line.clone()),
    ] {
        push(
            all,
            name,
            trailing(5, &cells),
            Fate::Rejects(vec![5], vec![(7, "field_count")]),
        );
    }
    let mut commas = grid.clone();
    commas.rows[5].push("x".into());
    push(
        all,
        "too many fields, quoted commas",
        commas.quoted(","),
        Fate::Rejects(vec![5], vec![(7, "field_count")]),
    );
    let last = grid.rows.len() - 1;
    let mut cut = grid.without(&[last]).bytes();
    cut.extend_from_slice(grid.rows[last][..width / 2].join("\t").as_bytes());
    push(
        all,
        "cut off in its last line",
        cut,
        Fate::Rejects(vec![last], vec![(last as u64 + 2, "line_cut_short")]),
    );
    let mut several = grid.with(2, "sku", "");
    several.rows[9].truncate(4);
    push(
        all,
        "several bad lines",
        several.bytes(),
        Fate::Rejects(vec![2, 9], vec![(4, "sku_missing"), (11, "field_count")]),
    );
}

fn money(grid: &Grid, all: &mut Vec<Variant>) {
    let amounts = [
        "item-price",
        "item-tax",
        "shipping-price",
        "shipping-tax",
        "gift-wrap-price",
        "gift-wrap-tax",
        "item-promotion-discount",
        "ship-promotion-discount",
    ];
    let decimals = |cell: &str, mark: &str| match cell.split_once('.') {
        _ if cell.is_empty() => String::new(),
        Some((whole, decimals)) => format!("{whole}{mark}{decimals:0<2}"),
        None => format!("{cell}{mark}00"),
    };
    same(
        all,
        "amounts with two decimals",
        grid.every(&amounts, |cell| decimals(cell, ".")).bytes(),
    );
    same(
        all,
        "amounts with zeros at the end",
        grid.every(&amounts, |cell| {
            if cell.is_empty() {
                String::new()
            } else {
                format!("{}0000", decimals(cell, "."))
            }
        })
        .bytes(),
    );
    let commas = grid.every(&amounts, |cell| decimals(cell, ","));
    same(all, "decimal commas", commas.bytes());
    same(all, "decimal commas, semicolons", commas.quoted(";"));
    same(
        all,
        "currencies in small letters",
        grid.every(&["currency"], str::to_lowercase).bytes(),
    );
    let filled = |row: &Vec<String>, column: &str| !row[grid.column(column)].is_empty();
    let priced = |row: &Vec<String>| filled(row, "item-price") && filled(row, "currency");
    let priced = grid.rows.iter().position(priced).unwrap();
    let mut bad = |name: &str, column: &str, cell: &str, code: &'static str| {
        push(
            all,
            name,
            grid.with(priced, column, cell).bytes(),
            Fate::Rejects(vec![priced], vec![(priced as u64 + 2, code)]),
        );
    };
    bad(
        "a comma among points",
        "item-price",
        "12,50",
        "amount_comma",
    );
    bad("thousands marks", "item-price", "1,234.50", "amount_comma");
    bad("a currency sign", "item-price", "$12.50", "amount_invalid");
    bad("a price in words", "item-price", "twelve", "amount_invalid");
    bad("a price as 1.2E3", "item-price", "1.2E3", "amount_invalid");
    bad("a negative price", "item-price", "-1.00", "amount_negative");
    bad("a fifth decimal", "item-tax", "0.12345", "amount_invalid");
    bad(
        "a price of thirteen digits",
        "item-price",
        "1234567890123.00",
        "amount_invalid",
    );
    bad("no currency", "currency", "", "amount_without_currency");
    bad(
        "a currency sign for a currency",
        "currency",
        "US$",
        "currency_invalid",
    );
    bad("no status", "order-status", "", "status_missing");
}

fn refused(grid: &Grid, names: &Names, all: &mut Vec<Variant>) {
    let plain = grid.bytes();
    let mut refused = |name: &str, bytes: Vec<u8>, says: &'static str| {
        push(all, name, bytes, Fate::Refused(says));
    };
    refused("nothing", Vec::new(), "an empty file");
    refused(
        "blank lines",
        b"\xef\xbb\xbf\r\n \r\n".to_vec(),
        "an empty file",
    );
    refused(
        "no header",
        grid.lines().join("\r\n").into_bytes(),
        "without a header",
    );
    let without = |name: &str| {
        grid.reordered(
            &(0..grid.header.len())
                .filter(|column| *column != grid.column(name))
                .collect::<Vec<_>>(),
        )
    };
    refused(
        "a needed column is missing",
        without(names.required).bytes(),
        names.without,
    );
    let mut twice = grid.clone();
    twice.header.push("sku".into());
    twice.rows.iter_mut().for_each(|row| row.push("x".into()));
    refused("a column twice", twice.bytes(), "two columns named `sku`");
    refused(
        "another report pasted below",
        [&plain[..], &without("product-name").bytes()].concat(),
        "another report starts at line",
    );
    refused(
        "a web page",
        b"<!DOCTYPE html><html><body>Sign in</body></html>".to_vec(),
        "a web page",
    );
    refused(
        "a PDF document",
        b"%PDF-1.7\n1 0 obj".to_vec(),
        "a PDF document",
    );
    refused("JSON", b"{\"payload\": {}}".to_vec(), "JSON");
    refused(
        "binary data",
        (0..=255).cycle().take(5_000).collect(),
        "binary data",
    );
    refused(
        "a message of Amazon's",
        b"Date range exceeded. Report can be requested only upto 30 days\n".to_vec(),
        "Date range exceeded",
    );
    let gz = gzip(&plain);
    refused(
        "gzip cut short",
        gz[..gz.len() * 2 / 3].to_vec(),
        "a gzip file that ends too early",
    );
    let mut wrong = gz.clone();
    let at = wrong.len() - 6;
    wrong[at] ^= 1;
    refused(
        "gzip with a wrong sum",
        wrong,
        "a gzip file that is damaged",
    );
    let zipped = zip(&[("july.txt", &plain)]);
    refused(
        "zip cut short",
        zipped[..zipped.len() - 40].to_vec(),
        "a zip archive that is cut short",
    );
    refused(
        "zip of nothing",
        zip(&[]),
        "a zip archive with no file in it",
    );
    refused(
        "an old workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
        "an old Excel workbook",
    );
    refused(
        "most lines bad",
        grid.every(&[names.quantity], |cell| {
            if cell == "1" { "x".into() } else { cell.into() }
        })
        .bytes(),
        "lines could not be read",
    );
}
