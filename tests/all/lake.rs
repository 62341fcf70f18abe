//! `convert --each`: every input by itself in a lake, once, whole or not at all, and the same tables from it as from the reports.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::common::history::Dice;
use crate::common::layouts::layouts;
use crate::common::roads::difference;
use crate::common::run::{Files, all_orders, of_paths, sample, tolerant, written};
use ordersift::sample::SampleKind;
use ordersift::typed::lake::{FILE_COLUMNS, LAKE_LINES, REJECT_COLUMNS, ZONE_COLUMNS};
use ordersift::typed::{Batch, Cell, Content, Schema, Writer};

fn program(folder: &Path, line: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ordersift"));
    program.args(line).args(["--no-config"]).current_dir(folder);
    program
}

/// Converts what is in `in` into `lake`.
fn convert(folder: &Path, more: &[&str]) -> Output {
    let line = ["convert", "in", "--each", "--out", "lake"];
    program(folder, &[&line, more].concat()).output().unwrap()
}

#[track_caller]
fn done(output: &Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[track_caller]
fn failed(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The files below a folder by their paths in it.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(inside).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).unwrap();
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), bytes);
            }
        }
    }
    found
}

fn in_lake(folder: &Path, part: &str) -> Vec<PathBuf> {
    let files = tree(&folder.join("lake")).into_keys();
    files.filter(|path| path.starts_with(part)).collect()
}

/// Two downloads that overlap, a damaged one and a backlog, in the folder `in`.
fn reports() -> Files {
    let named = |name: &str, bytes| (format!("in/{name}"), bytes);
    vec![
        named("july.txt", all_orders(900, 7, false, false)),
        named("late-july.txt", all_orders(900, 7, true, false)),
        named("damaged.txt", all_orders(400, 9, false, true)),
        named(
            "open.txt",
            sample(SampleKind::Unshipped, 900, 7, false, false),
        ),
    ]
}

fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file(name, zip::write::SimpleFileOptions::default())
        .unwrap();
    archive.write_all(bytes).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_lake_that_is_written_twice_is_the_same_and_nothing_is_written_again() {
    let (folder, _) = written(&reports());
    let folder = folder.path();
    let first = done(&convert(folder, &["--max-rejects", "10%"]));
    assert!(
        first.starts_with(
            "lake: 4 inputs = 4 written + 0 there already + 0 repeated + 0 skipped + 0 failed; "
        ),
        "{first}"
    );
    let before = tree(&folder.join("lake"));
    let again = done(&convert(
        folder,
        &["--max-rejects", "10%", "--threads", "1"],
    ));
    assert!(again.contains("= 0 written + 4 there already +"), "{again}");
    assert_eq!(tree(&folder.join("lake")), before);
    // By force, by other threads, in another place: the same bytes.
    done(&convert(
        folder,
        &["--max-rejects", "10%", "--force", "--threads", "2"],
    ));
    assert_eq!(tree(&folder.join("lake")), before);
}

#[test]
fn a_content_under_three_names_and_in_a_zip_is_one_file_of_lines_and_four_rows() {
    let july = all_orders(300, 7, false, false);
    let (folder, _) = written(&[
        ("in/july.txt".to_owned(), july.clone()),
        ("in/july (1).txt".to_owned(), july.clone()),
        ("in/b/july.txt".to_owned(), july.clone()),
        ("in/packed.zip".to_owned(), zip("july.txt", &july)),
    ]);
    let folder = folder.path();
    let said = done(&convert(folder, &[]));
    assert!(
        said.contains("4 inputs = 1 written + 0 there already + 3 repeated"),
        "{said}"
    );
    assert_eq!(in_lake(folder, "lines").len(), 1);
    assert_eq!(in_lake(folder, "files").len(), 4);
    // Whichever name comes first, the lines are the same.
    let lines = tree(&folder.join("lake/lines"));
    fs::remove_dir_all(folder.join("lake")).unwrap();
    let line = ["convert", "in/packed.zip", "--each", "--out", "lake"];
    done(&program(folder, &line).output().unwrap());
    assert_eq!(tree(&folder.join("lake/lines")), lines);
}

#[test]
fn a_lake_gives_the_same_tables_as_the_reports() {
    let (folder, _) = written(&reports());
    let folder = folder.path();
    done(&convert(folder, &["--max-rejects", "10%"]));
    let reports = of_paths(&[folder.join("in")], &tolerant()).unwrap();
    let lake = of_paths(&[folder.join("lake")], &tolerant()).unwrap();
    // Unreadable lines are no lines of a lake; sources, rejects and quality tell of them.
    let but = ["sources", "rejects", "quality"];
    assert_eq!(difference(&reports, &lake, &but), None);
    assert_eq!(lake.control.rejected, 0);
    assert_eq!(
        lake.control.kept + lake.control.superseded,
        reports.control.kept + reports.control.superseded
    );
}

#[test]
fn every_fixture_gives_the_same_tables_from_its_lake() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut compared = 0;
    for entry in fs::read_dir(fixtures).unwrap() {
        let fixture = entry.unwrap().path();
        let (folder, _) = written(&[]);
        let folder = folder.path();
        let inside = folder.join("in");
        fs::create_dir(&inside).unwrap();
        for file in fs::read_dir(&fixture).unwrap() {
            let file = file.unwrap().path();
            let kinds = [
                "returns",
                "shipments",
                "confirmation",
                "health",
                "orders-report",
                "pending",
            ];
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            if file.is_file() && !kinds.iter().any(|kind| name.contains(kind)) {
                fs::copy(&file, inside.join(&name)).unwrap();
            }
        }
        if fs::read_dir(&inside).unwrap().count() < 2 {
            continue;
        }
        done(&convert(folder, &["--max-rejects", "100%"]));
        let reports = of_paths(&[inside], &tolerant()).unwrap();
        let lake = of_paths(&[folder.join("lake")], &tolerant()).unwrap();
        let but = ["sources", "rejects", "quality"];
        let name = fixture.display();
        assert_eq!(difference(&reports, &lake, &but), None, "{name}");
        compared += 1;
    }
    assert!(compared > 12, "{compared}");
}

#[test]
fn accounts_are_apart_and_a_name_that_is_no_path_stays_below_its_folder() {
    let (folder, _) = written(&[
        ("a/july.txt".to_owned(), all_orders(200, 7, false, false)),
        ("b/july.txt".to_owned(), all_orders(200, 8, false, false)),
    ]);
    let folder = folder.path();
    let line = [
        "convert",
        "--each",
        "--out",
        "lake",
        "--account",
        "../Bücher=a",
        "--account",
        "b=b",
    ];
    done(&program(folder, &line).output().unwrap());
    let accounts: Vec<String> = in_lake(folder, "lines")
        .iter()
        .map(|path| path.iter().nth(1).unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(accounts, ["account=%2E.%2FB%C3%BCcher", "account=b"]);
    let reports = [folder.join("a"), folder.join("b")];
    let reports = of_paths(&reports, &tolerant()).unwrap();
    let lake = of_paths(&[folder.join("lake")], &tolerant()).unwrap();
    assert_eq!(
        difference(&reports, &lake, &["sources", "quality", "coverage"]),
        None
    );
    let sources = lake.table("sources").unwrap();
    assert_eq!(sources.text(0, "file"), "../Bücher/july.txt");
}

#[cfg(unix)]
#[test]
fn a_conversion_that_is_killed_and_run_again_gives_the_same_lake() {
    let files: Files = (0..12)
        .map(|number| {
            (
                format!("in/{number}.txt"),
                all_orders(400, number, false, false),
            )
        })
        .collect();
    let (folder, _) = written(&files);
    let folder = folder.path();
    let begun = Instant::now();
    done(&convert(folder, &[]));
    let took = u64::try_from(begun.elapsed().as_micros()).unwrap();
    let whole = tree(&folder.join("lake"));
    assert_eq!(whole.len(), 12 + 12 + 1);
    let (mut dice, mut partly) = (Dice(3), 0);
    for _ in 0..20 {
        fs::remove_dir_all(folder.join("lake")).unwrap();
        let line = ["convert", "in", "--each", "--out", "lake", "--quiet"];
        let mut child = program(folder, &line).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(dice.below(took)));
        child.kill().unwrap();
        child.wait().unwrap();
        // What is there is whole: every file of lines is one of those that a run that was not killed writes.
        if folder.join("lake/lines").exists() {
            let lines = in_lake(folder, "lines");
            partly += usize::from((1..12).contains(&lines.len()));
            for path in lines {
                let bytes = fs::read(folder.join("lake").join(&path)).unwrap();
                assert_eq!(Some(&bytes), whole.get(&path), "{}", path.display());
            }
        }
        done(&convert(folder, &[]));
        assert_eq!(tree(&folder.join("lake")), whole);
    }
    assert!(partly > 0, "no run was killed midway");
}

/// A line of a layout: sound cells in the columns that are read, a mark in every other one.
fn marked(header: &str, sound: &[(&str, &str)]) -> String {
    let cells = header.split('\t').map(|column| {
        let column = column.trim();
        let known = sound.iter().find(|(name, _)| *name == column);
        known.map_or_else(
            || format!("canary {column}"),
            |(_, cell)| (*cell).to_owned(),
        )
    });
    format!("{header}\n{}\n", cells.collect::<Vec<_>>().join("\t"))
}

#[test]
fn no_other_column_of_any_layout_reaches_a_lake() {
    let orders = [
        ("amazon-order-id", "111-0000001-0000031"),
        ("order-item-id", "01234567890123"),
        ("purchase-date", "2026-07-20T10:00:00+00:00"),
        ("last-updated-date", "2026-07-20T10:00:00+00:00"),
        ("order-status", "Shipped"),
        ("fulfillment-channel", "Merchant"),
        ("sales-channel", "Amazon.com"),
        ("ship-service-level", "Standard"),
        ("product-name", "Mug"),
        ("sku", "MUG"),
        ("asin", "B000000001"),
        ("item-status", "Shipped"),
        ("quantity", "1"),
        ("currency", "USD"),
        ("item-price", "9.99"),
        ("item-tax", ""),
        ("shipping-price", ""),
        ("shipping-tax", ""),
        ("gift-wrap-price", ""),
        ("gift-wrap-tax", ""),
        ("item-promotion-discount", ""),
        ("ship-promotion-discount", ""),
        ("ship-state", "OR"),
        ("ship-country", "US"),
        ("promotion-ids", ""),
        ("is-business-order", "false"),
    ];
    let open = [
        ("order-id", "111-0000001-0000031"),
        ("order-item-id", "01234567890123"),
        ("purchase-date", "2026-07-20T10:00:00+00:00"),
        ("payments-date", "2026-07-20T10:30:00+00:00"),
        ("reporting-date", "2026-07-20T11:00:00+00:00"),
        ("promise-date", "2026-07-22T06:59:59+00:00"),
        ("days-past-promise", "-1"),
        ("sku", "MUG"),
        ("product-name", "Mug"),
        ("quantity-to-ship", "1"),
        ("ship-service-level", "Standard"),
        ("sales-channel", "Amazon.com"),
        ("ship-city", "Springfield"),
        ("ship-state", "OR"),
        ("ship-country", "US"),
        ("is-prime", "false"),
        ("is-business-order", "false"),
        ("is-buyer-requested-cancellation", "false"),
        ("verge-of-cancellation", "false"),
    ];
    let mut files = Files::new();
    for (kind, sound) in [("all-orders", &orders[..]), ("unshipped", &open)] {
        for (name, header) in layouts(kind) {
            let name = format!("in/{kind} {name}.txt");
            files.push((name, marked(&header, sound).into_bytes()));
        }
    }
    let converted = files.len();
    assert!(converted > 20, "{converted}");
    // Reports of other kinds have buyers too. None of them is converted.
    for kind in [
        "orders-report",
        "fba-shipments",
        "merchant-returns",
        "fba-returns",
        "pending",
        "ship-confirmation",
    ] {
        for (name, header) in layouts(kind) {
            let name = format!("in/{kind} {name}.txt");
            files.push((name, marked(&header, &[]).into_bytes()));
        }
    }
    let (folder, _) = written(&files);
    let folder = folder.path();
    done(&convert(folder, &["--max-rejects", "100%"]));
    assert_eq!(in_lake(folder, "lines").len(), converted);
    assert!(in_lake(folder, "rejects").is_empty());
    for path in in_lake(folder, "") {
        let path = folder.join("lake").join(path);
        let text = read(&path).join("\n").to_lowercase();
        assert!(!text.contains("canary"), "{}: {text}", path.display());
        let raw = String::from_utf8_lossy(&fs::read(&path).unwrap()).to_lowercase();
        assert!(!raw.contains("canary"), "{}", path.display());
    }
}

#[test]
fn no_column_of_a_buyer_reaches_a_lake() {
    let header = "order-id\torder-item-id\tpurchase-date\tpayments-date\treporting-date\tpromise-date\tdays-past-promise\tbuyer-email\t\
                  buyer-name\tbuyer-phone-number\tsku\tproduct-name\tquantity-purchased\tquantity-shipped\tquantity-to-ship\t\
                  ship-service-level\trecipient-name\tship-address-1\tship-address-2\tship-address-3\tship-city\tship-state\t\
                  ship-postal-code\tship-country";
    let line = |units: &str| {
        format!(
            "111-0000001-0000031\t1\t2026-07-20T10:00:00+00:00\t2026-07-20T10:30:00+00:00\t2026-07-20T11:00:00+00:00\t\
             2026-07-22T06:59:59+00:00\t-1\tcanary-1@example.com\tCanary-2\tcanary-3\tMUG\tMug\t1\t0\t{units}\tStandard\tCanary-4\t\
             canary-5\tcanary-6\tcanary-7\tSpringfield\tOR\tcanary-8\tUS"
        )
    };
    let open = format!(
        "{header}\n{}\n{}\n",
        line("1"),
        line("Canary-9 stands in a damaged line\tcanary")
    );
    let orders = "amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\t\
                  order-channel\turl\tship-service-level\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\titem-tax\t\
                  shipping-price\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\titem-promotion-discount\tship-promotion-discount\tship-city\t\
                  ship-state\tship-postal-code\tship-country\tpromotion-ids\tbuyer-name\tbuyer-email\tbuyer-tax-registration-id\t\
                  buyer-citizen-id\tcustomized-url\tpurchase-order-number";
    let order = "111-0000001-0000031\t111\t2026-07-20T10:00:00+00:00\t2026-07-20T10:00:00+00:00\tShipped\tMerchant\tAmazon.com\t\t\tStandard\t\
                 Mug\tMUG\tB000000001\tShipped\t1\tUSD\t9.99\t\t\t\t\t\t\t\tcanary-city\tOR\tcanary-10\tUS\t\tcanary-11\tcanary-12\tcanary-13\t\
                 canary-14\tcanary-15\tcanary-16";
    let (folder, _) = written(&[
        ("in/open.txt".to_owned(), open.into_bytes()),
        (
            "in/orders.txt".to_owned(),
            format!("{orders}\n{order}\n").into_bytes(),
        ),
    ]);
    let folder = folder.path();
    done(&convert(folder, &["--max-rejects", "100%"]));
    assert_eq!(in_lake(folder, "lines").len(), 2);
    // The pages are packed: they are read as text by two other readers, ours and that of polars.
    for part in ["lines", "files", "rejects"] {
        for path in in_lake(folder, part) {
            let path = folder.join("lake").join(path);
            let frame = read(&path);
            let text = format!("{frame:?}").to_lowercase();
            assert!(!text.contains("canary"), "{}: {text}", path.display());
            let raw = String::from_utf8_lossy(&fs::read(&path).unwrap()).to_lowercase();
            assert!(!raw.contains("canary"), "{}", path.display());
        }
    }
    let rejects = in_lake(folder, "rejects");
    assert_eq!(rejects.len(), 1);
    let columns = LAKE_LINES
        .columns
        .iter()
        .chain(FILE_COLUMNS)
        .chain(REJECT_COLUMNS)
        .chain(ZONE_COLUMNS);
    for column in columns {
        let personal = [
            "buyer_name",
            "email",
            "phone",
            "address",
            "recipient",
            "postal",
            "tax_id",
            "citizen",
            "url",
        ];
        assert!(
            !personal.iter().any(|word| column.name.contains(word)),
            "{}",
            column.name
        );
    }
}

/// All texts of a Parquet file, as polars reads them.
fn read(path: &Path) -> Vec<String> {
    use polars::prelude::*;
    let file = fs::File::open(path).unwrap();
    let frame = ParquetReader::new(file).finish().unwrap();
    let texts = frame
        .columns()
        .iter()
        .filter_map(|column| column.str().ok());
    let texts = texts.flat_map(|texts| {
        texts
            .iter()
            .flatten()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    let texts: Vec<String> = texts.collect();
    assert!(!texts.is_empty());
    texts
}

#[test]
fn a_damaged_file_of_lines_is_refused_by_report_and_written_again_by_convert() {
    let (folder, _) = written(&reports()[..2]);
    let folder = folder.path();
    done(&convert(folder, &[]));
    let whole = tree(&folder.join("lake"));
    let path = folder.join("lake").join(&in_lake(folder, "lines")[0]);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let error = failed(&program(folder, &["report", "lake"]).output().unwrap());
    assert!(
        error.contains(
            "a lake that is not whole\n  its end is missing\n  help: run `ordersift convert --each`"
        ),
        "{error}"
    );
    let output = convert(folder, &[]);
    assert!(done(&output).contains("1 written + 1 there already"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("1 damaged files were written again"));
    assert_eq!(tree(&folder.join("lake")), whole);
}

#[test]
fn a_lake_with_a_file_too_many_or_too_few_is_refused() {
    let (folder, _) = written(&reports()[..2]);
    let folder = folder.path();
    done(&convert(folder, &[]));
    let path = folder.join("lake").join(&in_lake(folder, "lines")[0]);
    // Lines without a row: a run that was killed before it wrote the row.
    let row = in_lake(folder, "files")
        .into_iter()
        .find(|row| {
            row.to_string_lossy()
                .contains(path.file_stem().unwrap().to_str().unwrap())
        })
        .unwrap();
    let row = folder.join("lake").join(row);
    let kept = fs::read(&row).unwrap();
    fs::remove_file(&row).unwrap();
    let error = failed(&program(folder, &["report", "lake"]).output().unwrap());
    assert!(error.contains("no row in `files` names it"), "{error}");
    fs::write(&row, kept).unwrap();
    // A row without lines.
    fs::remove_file(&path).unwrap();
    let error = failed(&program(folder, &["report", "lake"]).output().unwrap());
    assert!(error.contains("are not in the lake"), "{error}");
    done(&convert(folder, &[]));
    done(&program(folder, &["report", "lake"]).output().unwrap());
    // A Parquet file of something else, under its own name or that of lines or of a row.
    let kept = [&path, &row].map(|path| (path.clone(), fs::read(path).unwrap()));
    let foreign = [
        path.with_file_name("foreign.parquet"),
        row.with_file_name("foreign.parquet"),
        path,
        row,
    ];
    for foreign in foreign {
        fs::copy(folder.join("lake/zones/zones.parquet"), &foreign).unwrap();
        let error = failed(&program(folder, &["report", "lake"]).output().unwrap());
        let name = foreign.file_name().unwrap().to_str().unwrap();
        assert!(error.contains(name), "{error}");
        fs::remove_file(&foreign).unwrap();
        for (path, bytes) in &kept {
            fs::write(path, bytes).unwrap();
        }
    }
    done(&program(folder, &["report", "lake"]).output().unwrap());
}

/// The bytes of a Parquet file whose footer says that it is of this version.
fn of_version(bytes: &[u8], key: &str, version: u8) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    let key = key.as_bytes();
    // A key and a value, each after its length.
    let at = bytes.windows(key.len()).rposition(|found| found == key);
    let at = at.unwrap() + key.len();
    let place = (at..bytes.len()).find(|at| bytes[*at] == b'1').unwrap();
    changed[place] = version;
    changed
}

#[test]
fn a_lake_of_another_version_is_refused_by_both() {
    let (folder, _) = written(&reports()[..2]);
    let folder = folder.path();
    done(&convert(folder, &[]));
    let whole = tree(&folder.join("lake"));
    // Of two files, one is older or newer: both versions are side by side.
    for (part, key) in [
        ("lines", "ordersift.lake"),
        ("files", "ordersift.lake.files"),
    ] {
        let path = folder.join("lake").join(&in_lake(folder, part)[0]);
        let bytes = fs::read(&path).unwrap();
        for other in [b'0', b'2'] {
            let changed = of_version(&bytes, key, other);
            fs::write(&path, &changed).unwrap();
            let expected = format!("its `{key}` is {}; this program reads 1", char::from(other));
            let error = failed(&program(folder, &["report", "lake"]).output().unwrap());
            assert!(error.contains("another version"), "{error}");
            assert!(error.contains(&expected), "{error}");
            let error = failed(&convert(folder, &[]));
            assert!(error.contains(&expected), "{error}");
            // Nothing of it was touched.
            assert_eq!(fs::read(&path).unwrap(), changed);
        }
        // Only if it is asked for.
        done(&convert(folder, &["--force"]));
        assert_eq!(tree(&folder.join("lake")), whole);
    }
}

#[test]
fn a_lake_that_another_version_made_is_refused_before_a_file_is_written_to_it() {
    let (folder, _) = written(&reports()[..1]);
    let folder = folder.path();
    done(&convert(folder, &[]));
    let whole = tree(&folder.join("lake"));
    let path = folder.join("lake/zones/zones.parquet");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, of_version(&bytes, "ordersift.lake.zones", b'2')).unwrap();
    fs::remove_dir_all(folder.join("lake/files")).unwrap();
    fs::remove_dir_all(folder.join("lake/lines")).unwrap();
    let error = failed(&convert(folder, &[]));
    assert!(
        error.contains(
            "its `ordersift.lake.zones` is 2; this program reads 1\n  help: name a new folder"
        ),
        "{error}"
    );
    assert_eq!(tree(&folder.join("lake")).len(), 1);
    done(&convert(folder, &["--force"]));
    assert_eq!(tree(&folder.join("lake")), whole);
}

/// Writes a file of lines again with a column that version 1 does not have, and says that it is of `version`.
fn with_a_column_more(path: &Path, version: &'static str) {
    let columns = [LAKE_LINES.columns, &REJECT_COLUMNS[4..5]].concat();
    let schema: &'static Schema = Box::leak(Box::new(Schema {
        columns: columns.leak(),
        version,
        ..LAKE_LINES
    }));
    let mut writer = Writer::of(fs::File::create(path).unwrap(), schema).unwrap();
    let mut batch = Batch::of(schema.columns);
    let cells = schema.columns.iter().map(|column| match column.content {
        Content::Text => Cell::Text(b"all-orders"),
        _ => Cell::Number(1),
    });
    batch.push(&cells.collect::<Vec<_>>());
    writer.add(&batch).unwrap();
    writer.finish().unwrap();
}

#[test]
fn a_file_of_lines_with_a_column_more_is_refused_whatever_version_it_says() {
    let (folder, _) = written(&reports()[..2]);
    let folder = folder.path();
    done(&convert(folder, &[]));
    let whole = tree(&folder.join("lake"));
    let path = folder.join("lake").join(&in_lake(folder, "lines")[0]);
    with_a_column_more(&path, "2");
    let error = failed(&program(folder, &["report", "lake"]).output().unwrap());
    let expected = "its `ordersift.lake` is 2; this program reads 1";
    assert!(error.contains(expected), "{error}");
    with_a_column_more(&path, "1");
    let error = failed(&program(folder, &["report", "lake"]).output().unwrap());
    let expected = "its columns are not those of its version";
    assert!(error.contains(expected), "{error}");
    // A file that says it is of this version and is not is damaged.
    done(&convert(folder, &[]));
    assert_eq!(tree(&folder.join("lake")), whole);
}

#[test]
fn a_damaged_row_is_refused_by_report_and_written_again_by_convert() {
    let (folder, _) = written(&reports()[..2]);
    let folder = folder.path();
    done(&convert(folder, &[]));
    let whole = tree(&folder.join("lake"));
    let path = folder.join("lake").join(&in_lake(folder, "files")[0]);
    let bytes = fs::read(&path).unwrap();
    for len in [0, 4, bytes.len() / 2, bytes.len() - 1] {
        fs::write(&path, &bytes[..len]).unwrap();
        let error = failed(&program(folder, &["report", "lake"]).output().unwrap());
        assert!(error.contains("a lake that is not whole"), "{error}");
        let output = convert(folder, &[]);
        assert!(done(&output).contains("0 written + 2 there already"));
        assert!(
            String::from_utf8_lossy(&output.stderr).contains("1 damaged files were written again")
        );
        assert_eq!(tree(&folder.join("lake")), whole);
    }
}

#[test]
fn a_changed_bit_among_lines_is_refused_by_report_and_mended_by_force() {
    let (folder, _) = written(&reports()[..2]);
    let folder = folder.path();
    done(&convert(folder, &[]));
    let whole = tree(&folder.join("lake"));
    let path = folder.join("lake").join(&in_lake(folder, "lines")[0]);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 3;
    bytes[middle] ^= 4;
    fs::write(&path, bytes).unwrap();
    let error = failed(&program(folder, &["report", "lake"]).output().unwrap());
    assert!(
        error.contains(
            "its checksum is another one\n  help: convert the reports again, with `--force`"
        ),
        "{error}"
    );
    done(&convert(folder, &["--force"]));
    assert_eq!(tree(&folder.join("lake")), whole);
}

#[test]
fn a_part_of_a_lake_is_no_folder_of_reports() {
    let (folder, _) = written(&reports()[..2]);
    let folder = folder.path();
    let json = ["report", "lake", "--format", "json"];
    let report = || program(folder, &json).output().unwrap();
    done(&convert(folder, &[]));
    let whole = done(&report());
    // No rule of a merge is in the zones: they are for engines.
    fs::remove_dir_all(folder.join("lake/zones")).unwrap();
    assert_eq!(done(&report()), whole);
    for (part, expected) in [
        ("files", "no row in `files` names it"),
        ("lines", "are not in the lake"),
    ] {
        fs::rename(folder.join("lake").join(part), folder.join("away")).unwrap();
        let error = failed(&report());
        assert!(error.contains(expected), "{error}");
        fs::rename(folder.join("away"), folder.join("lake").join(part)).unwrap();
    }
    done(&convert(folder, &[]));
    assert_eq!(done(&report()), whole);
}

#[test]
fn a_file_that_fails_keeps_no_other_from_the_lake() {
    let mut files = reports();
    files.push(("in/notes.txt".to_owned(), b"no report at all\n".to_vec()));
    let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3];
    files.push(("in/broken.txt.gz".to_owned(), gzip.to_vec()));
    let (folder, _) = written(&files);
    let folder = folder.path();
    let output = convert(folder, &["--max-rejects", "0"]);
    let error = failed(&output);
    assert!(
        error.contains("reports are not in the lake; the others are"),
        "{error}"
    );
    assert!(
        error.contains("damaged.txt: ") && error.contains("broken.txt.gz"),
        "{error}"
    );
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("3 written") && said.contains("1 skipped + 2 failed"),
        "{said}"
    );
    assert_eq!(in_lake(folder, "lines").len(), 3);
    // Nothing half is left, and the lake that is there is one.
    assert_eq!(tree(&folder.join("lake")).len(), 3 + 3 + 1);
    done(&program(folder, &["report", "lake"]).output().unwrap());
}

#[test]
fn what_leaves_lines_out_does_not_go_with_a_lake() {
    let (folder, _) = written(&reports()[..1]);
    let folder = folder.path();
    for more in [
        ["--from", "2026-07-01"],
        ["--channel", "Amazon.de"],
        ["--time-zone", "UTC"],
        ["--format", "csv"],
    ] {
        let error = failed(&convert(folder, &more));
        assert!(
            error.contains(&format!("`{}` does not go with `--each`", more[0])),
            "{error}"
        );
    }
    fs::write(folder.join("lake"), "a file").unwrap();
    let error = failed(&convert(folder, &[]));
    assert!(error.contains("lake: is no folder"), "{error}");
}

#[test]
fn a_lake_inside_the_folder_of_reports_is_no_input() {
    let (folder, _) = written(&reports()[..2]);
    let folder = folder.path();
    let line = ["convert", "in", "--each", "--out", "in/lake"];
    for said in ["= 2 written + 0 there", "= 0 written + 2 there"] {
        let output = done(&program(folder, &line).output().unwrap());
        assert!(output.contains(said), "{output}");
    }
    let reports = of_paths(&[folder.join("in")], &tolerant()).unwrap();
    assert_eq!(reports.table("sources").unwrap().height(), 2);
}
