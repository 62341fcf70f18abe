//! What a file is wrapped in and how its text is encoded changes no number and no name.

use std::io::{Cursor, Write};

use crate::common::run::{
    all_orders, encoded, in_pieces, json, named, of_files, of_paths, sample, tolerant, written,
};
use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, UTF_8, WINDOWS_1252};
use flate2::Compression;
use flate2::write::GzEncoder;
use ordersift::options::Options;
use ordersift::sample::SampleKind;
use ordersift::table::{Cell, Document};
use proptest::prelude::*;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A report whose names are `name` and a number each, and plain otherwise.
fn report_with(name: &str) -> String {
    report_changed(3_000, &["product-name"], |cell| format!("{cell} {name}"))
}

/// A report of ASCII text with other cells in some columns.
fn report_changed(lines: u64, columns: &[&str], change: impl Fn(&str) -> String) -> String {
    let plain = all_orders(lines, 7, false, true);
    let text = String::from_utf8_lossy(&plain).replace(|letter: char| !letter.is_ascii(), "");
    let mut lines = text.split_inclusive('\n');
    let header = lines.next().unwrap();
    let changed: Vec<bool> = header
        .split('\t')
        .map(|name| columns.contains(&name.trim()))
        .collect();
    let mut report = header.to_owned();
    // The header again, between the lines, stays as it is.
    for line in lines.filter(|line| !line.starts_with("amazon-order-id")) {
        let cells = line.split('\t').zip(&changed);
        let cells = cells.map(|(cell, changed)| {
            if *changed {
                change(cell)
            } else {
                cell.to_owned()
            }
        });
        report.push_str(&cells.collect::<Vec<_>>().join("\t"));
    }
    report
}

const JAPANESE: &str = "\u{30d7}\u{30ec}\u{30df}\u{30a2}\u{30e0} \u{30b7}\u{30e3}\u{30f3}\u{30d7}\u{30fc} \u{8868}\u{793a}\u{80fd}\u{529b}";
const GERMAN: &str = "Gr\u{f6}\u{df}e 40 f\u{fc}r M\u{e4}nner";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn utf16(text: &str, mark: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("{mark}{text}")
        .encode_utf16()
        .flat_map(bytes)
        .collect()
}

/// The document without the names of files and what they are wrapped in.
fn nameless(document: &Document) -> Vec<String> {
    let tables = document
        .tables
        .iter()
        .filter(|table| table.spec.name != "sources");
    tables
        .map(|table| {
            let mut csv = Vec::new();
            ordersift::write::csv(table, true, &mut csv).unwrap();
            let csv = String::from_utf8(csv).unwrap();
            // The file is the first column of a reject, and part of a place.
            csv.replace("a.txt/inside.txt", "a.txt")
        })
        .collect()
}

fn tables(bytes: &[u8], options: &Options) -> Vec<String> {
    nameless(&of_files(&named([bytes]), options).unwrap())
}

fn cell(document: &Document, table: &str, column: &str) -> String {
    let table = document.table(table).unwrap();
    table
        .cell(0, table.index(column).unwrap())
        .text()
        .unwrap_or_default()
        .into_owned()
}

#[test]
fn every_wrapping_and_encoding_gives_the_same_tables() {
    for (name, charset) in [
        (JAPANESE, SHIFT_JIS),
        (JAPANESE, EUC_JP),
        (GERMAN, WINDOWS_1252),
    ] {
        let text = report_with(name);
        let utf8 = text.as_bytes();
        let plain = tables(utf8, &tolerant());
        assert!(
            plain.iter().any(|table| table.contains(name)),
            "{}",
            charset.name()
        );
        let bare = text.replace("\r\n", "\n");
        let half = utf8.len() / 2 + 7;
        let copies: [(&str, Vec<u8>); 11] = [
            ("its own encoding", charset.encode(&text).0.into_owned()),
            ("utf-8 with a mark", [b"\xef\xbb\xbf", utf8].concat()),
            ("utf-16le", utf16(&text, "\u{feff}", u16::to_le_bytes)),
            ("utf-16be", utf16(&text, "\u{feff}", u16::to_be_bytes)),
            (
                "utf-16le without a mark",
                utf16(&text, "", u16::to_le_bytes),
            ),
            ("gzip", gzip(utf8)),
            (
                "gzip of two members",
                [gzip(&utf8[..half]), gzip(&utf8[half..])].concat(),
            ),
            ("gzip of its own encoding", gzip(&charset.encode(&text).0)),
            ("zstd", zstd::encode_all(utf8, 1).unwrap()),
            ("zip", zip(&[("inside.txt", utf8)])),
            (
                "zip of utf-16",
                zip(&[("inside.txt", &utf16(&text, "\u{feff}", u16::to_le_bytes))]),
            ),
        ];
        for (what, copy) in &copies {
            let same = tables(copy, &tolerant());
            for (table, other) in plain.iter().zip(&same) {
                let (table, other) = (byteless(table), byteless(other));
                assert_eq!(table, other, "{} as {what}", charset.name());
            }
        }
        for ends in ["\n", "\r", "\r\r\n"] {
            let copy = bare.replace('\n', ends);
            let same = tables(copy.as_bytes(), &tolerant());
            for (table, other) in plain.iter().zip(&same) {
                assert_eq!(byteless(table), byteless(other), "lines end in {ends:?}");
            }
        }
    }
}

/// A table without the column that says at which byte a line starts: a byte-order mark moves it.
fn byteless(table: &str) -> String {
    let Some(byte) = table
        .lines()
        .next()
        .unwrap()
        .split(',')
        .position(|column| column == "byte")
    else {
        return table.to_owned();
    };
    let mut reader = csv::ReaderBuilder::new().from_reader(table.as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let cells = row.iter().enumerate().filter(|(at, _)| *at != byte);
        cells
            .map(|(_, cell)| cell.to_owned())
            .collect::<Vec<_>>()
            .join(",")
    });
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_wrong_guess_would_change_names_and_nothing_else() {
    let text = report_with(JAPANESE);
    let (cp932, _, _) = SHIFT_JIS.encode(&text);
    let right = of_files(&named([&cp932]), &tolerant()).unwrap();
    for charset in [UTF_8, WINDOWS_1252, EUC_JP] {
        let options = encoded(Some(charset));
        let wrong = of_files(&named([&cp932]), &options).unwrap();
        for table in ["fulfillment", "status", "channels", "daily"] {
            let rows = |document: &Document| {
                let mut csv = Vec::new();
                ordersift::write::csv(document.table(table).unwrap(), true, &mut csv).unwrap();
                csv
            };
            assert_eq!(rows(&right), rows(&wrong), "{table} in {}", charset.name());
        }
        assert_eq!(right.control, wrong.control);
        assert_ne!(
            cell(&right, "skus", "product_name"),
            cell(&wrong, "skus", "product_name")
        );
        assert!(cell(&wrong, "sources", "encoding").ends_with(" (--encoding)"));
    }
}

#[test]
fn a_guess_from_the_first_mebibyte_is_corrected_by_the_rest() {
    let plain = all_orders(8_000, 3, false, false);
    let plain = String::from_utf8_lossy(&plain).replace(|letter: char| !letter.is_ascii(), "");
    assert!(
        plain.len() > 2 << 20,
        "longer than what is looked at beforehand"
    );
    let body = report_with(GERMAN);
    let umlauts: String = body.split_inclusive('\n').skip(1).collect();
    let late = format!("{plain}{umlauts}");
    let utf8 = of_files(&named([&late]), &tolerant()).unwrap();
    let (legacy, _, _) = WINDOWS_1252.encode(&late);
    let legacy = of_files(&named([&legacy]), &tolerant()).unwrap();
    assert_eq!(
        cell(&legacy, "sources", "encoding"),
        "windows-1252 (by its text)"
    );
    assert_eq!(cell(&utf8, "sources", "encoding"), "utf-8");
    let [utf8, legacy] = [&utf8, &legacy].map(|document| document.table("skus").unwrap());
    for row in 0..utf8.height() {
        for column in 0..utf8.spec.columns.len() {
            assert_eq!(utf8.cell(row, column), legacy.cell(row, column));
        }
    }
}

#[test]
fn japanese_at_the_head_of_a_file_is_believed_until_the_rest_contradicts() {
    let (japanese, _, _) = SHIFT_JIS.encode(JAPANESE);
    let (german, _, _) = WINDOWS_1252.encode(GERMAN);
    let report = |count: usize, name: &[u8]| -> Vec<u8> {
        let report = report_with("@NAME@");
        let lines = report.split_inclusive('\n').skip(1).cycle().take(count);
        let named = lines.flat_map(|line| {
            let at = line.find("@NAME@").unwrap_or(line.len());
            let after = line[at..].trim_start_matches("@NAME@");
            let name = if at < line.len() { name } else { b"" };
            [&line.as_bytes()[..at], name, after.as_bytes()].concat()
        });
        named.collect()
    };
    let header = report_with("").lines().next().unwrap().to_owned() + "\n";
    let encoding = |head: usize, rest: &[u8], count: usize| {
        let text = [
            header.as_bytes(),
            &report(head, &japanese),
            &report(count, rest),
        ]
        .concat();
        assert!(text.len() > 1 << 20);
        let of = |bytes: &[u8]| {
            let document = of_files(&named([bytes]), &tolerant()).unwrap();
            cell(&document, "sources", "encoding")
        };
        let (plain, packed) = (of(&text), of(&gzip(&text)));
        assert_eq!(plain, packed, "compressed or not");
        plain
    };
    assert_eq!(encoding(5_000, &japanese, 3_000), "cp932 (by its text)");
    assert_eq!(encoding(5_000, b"plain", 9_000), "cp932 (by its text)");
    assert_eq!(
        encoding(5_000, &german, 50_000),
        "windows-1252 (by its text)"
    );
    assert_eq!(encoding(5_000, JAPANESE.as_bytes(), 50_000), "utf-8");
    // More than is looked at of a compressed file.
    assert_eq!(
        encoding(48_000, &german, 48_000),
        "windows-1252 (by its text)"
    );
}

#[test]
fn a_damaged_line_is_named_and_turns_no_encoding() {
    let text = report_with(JAPANESE);
    let mut lines: Vec<Vec<u8>> = text
        .split_inclusive('\n')
        .map(|line| line.as_bytes().to_vec())
        .collect();
    let broken = lines[40]
        .windows(3)
        .position(|bytes| bytes == "\u{8868}".as_bytes())
        .unwrap();
    lines[40].remove(broken);
    let document = of_files(&named([lines.concat()]), &tolerant()).unwrap();
    assert_eq!(cell(&document, "sources", "encoding"), "utf-8");
    let quality = document.table("quality").unwrap();
    let row = (0..quality.height())
        .find(|row| quality.cell(*row, 0) == Cell::Text("text_not_in_encoding"));
    assert_eq!(quality.cell(row.unwrap(), 1), Cell::Count(1));
    assert_eq!(quality.cell(row.unwrap(), 2), Cell::Text("a.txt:41"));
}

#[test]
fn lines_that_end_in_old_ways_between_new_ones_are_lines() {
    let report = String::from_utf8(all_orders(400, 5, false, false))
        .unwrap()
        .replace("\r\n", "\n");
    let later = String::from_utf8(all_orders(400, 5, true, false)).unwrap();
    let mut mixed = String::new();
    for (number, line) in report.lines().enumerate() {
        mixed.push_str(line);
        mixed.push_str(
            ["\n", "\r", "\r\n", "\r", "\r\r\n"][if number == 0 { 0 } else { number % 5 }],
        );
    }
    for other in [None, Some(&later)] {
        let both = |first: &String| named([Some(first), other].into_iter().flatten());
        let plain = of_files(&both(&report), &tolerant()).unwrap();
        let read = of_files(&both(&mixed), &tolerant()).unwrap();
        assert_eq!(plain.control, read.control);
        assert_eq!(nameless(&plain), nameless(&read));
    }
}

#[test]
fn the_same_content_counts_once_whatever_it_is_wrapped_in() {
    let report = all_orders(500, 9, false, false);
    let other = all_orders(500, 9, true, false);
    let files = vec![
        ("a.txt".to_owned(), report.clone()),
        ("b.gz".to_owned(), gzip(&report)),
        (
            "c.zip".to_owned(),
            zip(&[
                ("x/one.txt", &report),
                ("../two.txt", &other),
                ("__MACOSX/one.txt", b"x"),
            ]),
        ),
        (
            "d/e.zst".to_owned(),
            zstd::encode_all(&other[..], 1).unwrap(),
        ),
    ];
    let document = of_files(&files, &tolerant()).unwrap();
    let sources = document.table("sources").unwrap();
    let seen: Vec<_> = (0..sources.height())
        .map(|row| {
            let text = |column: &str| {
                sources
                    .cell(row, sources.index(column).unwrap())
                    .text()
                    .unwrap_or_default()
                    .into_owned()
            };
            (text("file"), text("role"), text("compression"))
        })
        .collect();
    let expected = [
        ("a.txt", "orders", "none"),
        ("b.gz", "repeated", "gzip"),
        ("c.zip/two.txt", "orders", "zip"),
        ("c.zip/x/one.txt", "repeated", "zip"),
        ("e.zst", "repeated", "zstd"),
    ];
    assert_eq!(
        seen,
        expected.map(|(file, role, packed)| (file.to_owned(), role.to_owned(), packed.to_owned()))
    );
    let plain = of_files(&named([report, other]), &tolerant()).unwrap();
    assert_eq!(plain.control.kept, document.control.kept);
}

#[test]
fn what_is_damaged_is_refused_whole() {
    let report = all_orders(2_000, 9, false, false);
    let (gz, zst, zipped) = (
        gzip(&report),
        zstd::encode_all(&report[..], 1).unwrap(),
        zip(&[("a.txt", &report)]),
    );
    let refusal = |bytes: &[u8]| {
        of_files(&named([bytes]), &Options::default())
            .unwrap_err()
            .to_string()
    };
    for (what, bytes) in [("gzip", &gz), ("zstd", &zst)] {
        for cut in [bytes.len() / 3, bytes.len() - 9, bytes.len() - 1] {
            let text = refusal(&bytes[..cut]);
            assert!(
                text.starts_with(&format!("a.txt: a {what} file that ends too early\n")),
                "{cut}: {text}"
            );
        }
    }
    let flipped = |bytes: &[u8], at: usize| {
        let mut bytes = bytes.to_vec();
        bytes[at] ^= 0x55;
        bytes
    };
    // In its checksum, and within.
    for at in [gz.len() - 6, gz.len() / 2] {
        let text = refusal(&flipped(&gz, at));
        assert!(
            text.contains("a gzip file that is damaged") || text.contains("ends too early"),
            "{text}"
        );
    }
    let text = refusal(&flipped(&zipped, zipped.len() / 2));
    assert!(text.contains("an entry of a zip archive that"), "{text}");
    assert!(
        refusal(&zipped[..zipped.len() - 30])
            .contains("a zip archive that is cut short or damaged")
    );
    let trailing = [&gz[..], b"garbage"].concat();
    assert!(refusal(&trailing).contains("a gzip file that "));
}

/// A tab file as a spreadsheet saves it: it quotes the cells that hold a quotation mark, and others that it chooses.
fn saved_as_tabs(report: &str, quotes: impl Fn(&str) -> bool) -> String {
    let quoted = |cell: &str| {
        if cell.contains('"') || quotes(cell) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    };
    let line = |line: &str| line.split('\t').map(quoted).collect::<Vec<_>>().join("\t") + "\n";
    report.lines().map(line).collect()
}

#[test]
fn quotes_that_a_spreadsheet_put_around_cells_of_a_tab_file_are_no_part_of_them() {
    let report = report_changed(3_000, &["product-name", "sku"], |cell| {
        format!("{cell} \"One Day\", 12\" \u{d7} 18\"")
    });
    let options = tolerant();
    let document = |text: &str| of_files(&named([text]), &options).unwrap();
    let tables = |document: &Document| {
        let tables = document.tables.iter();
        let tables =
            tables.filter(|table| !["sources", "rejects", "quality"].contains(&table.spec.name));
        let written = tables.map(|table| {
            let mut csv = Vec::new();
            ordersift::write::csv(table, true, &mut csv).unwrap();
            String::from_utf8(csv).unwrap()
        });
        written.collect::<Vec<_>>()
    };
    let raw = document(&report);
    assert!(cell(&raw, "skus", "product_name").ends_with(" 18\""));
    // LibreOffice quotes what holds a quotation mark, Excel what holds a comma too.
    for quotes in [|_: &str| false, |cell: &str| cell.contains(',')] {
        let saved = saved_as_tabs(&report, quotes);
        assert_ne!(saved, report);
        assert_eq!(tables(&document(&saved)), tables(&raw));
        // The same whatever the text is encoded in, and in pieces of any size.
        let wide = utf16(&saved, "\u{feff}", u16::to_le_bytes);
        let wide = of_files(&named([wide]), &in_pieces(1000, tolerant())).unwrap();
        assert_eq!(tables(&wide), tables(&raw));
    }
    // One cell, anywhere, that a spreadsheet would not have left so: the quotation marks are Amazon's own.
    let saved = saved_as_tabs(&report, |_| false);
    let at = saved.rfind("One Day").unwrap();
    let start = saved[..at].rfind('\t').unwrap() + 1;
    let own = format!("{}{}", &saved[..start], &saved[start + 1..]);
    let own = document(&own);
    assert!(cell(&own, "skus", "product_name").contains("\"\"One Day\"\""));
}

#[test]
fn names_with_quotation_marks_of_their_own_keep_them() {
    for name in [
        "\"Best\" board",
        "12\" board",
        "board \"B\"",
        "\"Board\"",
        "\"\"",
    ] {
        let report = report_changed(300, &["product-name"], |_| name.to_owned());
        let document = of_files(&named([&report]), &tolerant()).unwrap();
        assert_eq!(cell(&document, "skus", "product_name"), name);
    }
}

#[test]
fn a_bomb_meets_a_cap() {
    let mut bomb = zstd::Encoder::new(Vec::new(), 1).unwrap();
    bomb.write_all(b"amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\n").unwrap();
    let block = [vec![b'x'; (1 << 20) - 1], vec![b'\n']].concat();
    for _ in 0..260 {
        bomb.write_all(&block).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    let text = of_files(&named([&bomb]), &Options::default())
        .unwrap_err()
        .to_string();
    assert!(
        text.contains("unpacks to more than 500 times its size"),
        "{text}"
    );
    assert!(text.contains("a.txt: a zstd file of"), "{text}");
}

#[test]
fn archives_hold_only_files() {
    let report = all_orders(50, 1, false, false);
    let nested = zip(&[
        ("inner.zip", &zip(&[("a.txt", &report)])),
        ("b.txt", &report),
        ("notes.pdf", b"%PDF-1.7\n"),
    ]);
    let (_folder, paths) = written(&named([nested]));
    let text = of_paths(&paths, &tolerant()).map(|document| json(&document));
    // What is certainly no report may lie in an archive as it may in a folder.
    let document: serde_json::Value = serde_json::from_str(&text.unwrap()).unwrap();
    assert_eq!(document["control"]["kept"], 50);
    let kinds: Vec<_> = document["tables"]["sources"]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "all-orders",
            "an archive inside an archive",
            "a PDF document"
        ]
    );
}

proptest! {
    /// However a stream is cut into blocks, and by however many threads it is read.
    #[test]
    fn streams_read_as_files_do(chunk in 1_u64..3_000, threads in 1_usize..5, seed in 0_u64..100) {
        let reports = [
            sample(SampleKind::AllOrders, 60, seed, false, true),
            sample(SampleKind::AllOrders, 60, seed, true, true),
        ];
        let packed = [gzip(&reports[0]), zstd::encode_all(&reports[1][..], 1).unwrap()];
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let options = in_pieces(chunk, tolerant());
        let plain = nameless(&of_files(&named(&reports), &tolerant()).unwrap());
        let streamed = pool.install(|| nameless(&of_files(&named(&packed), &options).unwrap()));
        prop_assert_eq!(plain, streamed);
    }
}

#[test]
fn every_encoding_of_the_web_can_be_asked_for() {
    let report = all_orders(20, 1, false, false);
    for label in [
        "utf-8",
        "cp932",
        "windows-1252",
        "euc-jp",
        "gb18030",
        "big5",
        "windows-1250",
    ] {
        let charset: &'static Encoding = ordersift::report::encoding::by_name(label).unwrap();
        let options = encoded(Some(charset));
        assert_eq!(
            of_files(&named([&report]), &options).unwrap().control.kept,
            20,
            "{label}"
        );
    }
}
