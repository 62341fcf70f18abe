//! The reports beside orders and backlog: however they are cut, shuffled or widened, they say the same; and parcels that were
//! confirmed leave the worklist.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::common::run::{Files, in_pieces, json, named, of_paths, tolerant, value, written};
use rayon::ThreadPoolBuilder;
use serde_json::Value;

const CASES: [&str; 3] = ["other-reports", "confirmed", "xml"];

/// The reports of a fixture.
fn files(case: &str) -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(case);
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let reports = entries.filter(|path| path.is_file() && !path.ends_with("case.md"));
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read(path).unwrap())
    };
    let mut files: Files = reports.map(read).collect();
    files.sort();
    files
}

fn is_table(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|kind| kind == "txt")
}

/// The document without where in its file a line stands.
fn placeless(files: &[(String, Vec<u8>)], chunk: u64, threads: usize) -> Value {
    let (_folder, paths) = written(files);
    let options = in_pieces(chunk, tolerant());
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    let document = pool.install(|| of_paths(&paths, &options)).unwrap();
    let mut document: Value = serde_json::from_str(&json(&document)).unwrap();
    document["tables"]["rejects"] = Value::Null;
    for row in document["tables"]["quality"]["rows"]
        .as_array_mut()
        .unwrap()
    {
        row["example_place"] = Value::Null;
    }
    let confirmations = document["tables"]["confirmations"]["rows"]
        .as_array_mut()
        .unwrap();
    for row in confirmations.iter_mut() {
        row["line"] = Value::Null;
    }
    confirmations.sort_by_key(ToString::to_string);
    document
}

#[test]
fn chunks_threads_and_the_order_of_lines_change_nothing() {
    for case in CASES {
        let files = files(case);
        let whole = placeless(&files, 1 << 20, 1);
        for (chunk, threads) in [(1, 2), (100, 1), (333, 7)] {
            assert_eq!(
                placeless(&files, chunk, threads),
                whole,
                "{case}, {chunk} bytes"
            );
        }
        let mut backwards = files.clone();
        for (name, bytes) in backwards.iter_mut().filter(|(name, _)| is_table(name)) {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
            let body = if name.starts_with("ship-") { 3 } else { 1 };
            lines[body..].reverse();
            *bytes = lines.concat().into_bytes();
        }
        assert_eq!(
            placeless(&backwards, 1 << 20, 2),
            whole,
            "{case}, backwards"
        );
    }
}

#[test]
fn a_column_that_nobody_knows_changes_nothing() {
    for case in ["other-reports", "confirmed"] {
        let files = files(case);
        let mut wider = files.clone();
        for (name, bytes) in wider.iter_mut().filter(|(name, _)| is_table(name)) {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let lines = text.lines().enumerate().map(|(number, line)| {
                // A line that ends early would get its new cell in the wrong place.
                let short =
                    name.starts_with("merchant-returns.") && line.matches('\t').count() < 32;
                match number {
                    _ if short => format!("{line}\n"),
                    0 => format!("buyer-mood\t{line}\n"),
                    _ if name.starts_with("ship-") && number == 2 => {
                        format!("{line}\tbuyer-mood\n")
                    }
                    _ if name.starts_with("ship-") => format!("{line}\tmerry\n"),
                    _ => format!("merry\t{line}\n"),
                }
            });
            if name.starts_with("merchant-returns.") {
                continue;
            }
            *bytes = lines.collect::<String>().into_bytes();
        }
        assert_ne!(files, wider);
        assert_eq!(
            placeless(&wider, 1 << 20, 2),
            placeless(&files, 1 << 20, 2),
            "{case}"
        );
    }
}

#[test]
fn no_report_tells_of_a_buyer() {
    for case in CASES {
        let document = value(&files(case)).to_string();
        for private in [
            "Bea Buyer",
            "Ann Other",
            "1 Any Street",
            "74103",
            "89501",
            "b@example.com",
            "private words",
        ] {
            assert!(!document.contains(private), "{case}: {private}");
        }
    }
}

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ordersift"));
    let command = command
        .current_dir(folder)
        .env_remove("COLUMNS")
        .env("NO_COLOR", "1");
    command.args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8(both).unwrap()
}

const BACKLOG: &str = "\
order-id\torder-item-id\tpurchase-date\treporting-date\tpromise-date\tsku\tproduct-name\tquantity-to-ship\trecipient-name\tship-address-1\tship-city\tship-state\tship-postal-code\tship-country\n\
113-0000000-0000001\t1\t2026-07-26T08:00:00+00:00\t2026-07-26T09:00:00+00:00\t2026-07-28T06:59:59+00:00\tMUG\tMug\t1\tBea Buyer\t1 Any Street\tTulsa\tOK\t74103\tUS\n\
113-0000000-0000001\t2\t2026-07-26T08:00:00+00:00\t2026-07-26T09:00:00+00:00\t2026-07-28T06:59:59+00:00\tTEA\tTeapot\t3\tBea Buyer\t1 Any Street\tTulsa\tOK\t74103\tUS\n\
113-0000000-0000002\t3\t2026-07-26T10:00:00+00:00\t2026-07-27T09:00:00+00:00\t2026-07-29T06:59:59+00:00\tMUG\tMug\t1\tbea buyer\t1  Any street\tTulsa\tOK\t74103\tUS\n\
113-0000000-0000003\t4\t2026-07-27T10:00:00+00:00\t2026-07-27T11:00:00+00:00\t2026-07-30T06:59:59+00:00\tMUG\tMug\t2\tCy Card\t2 Any Street\tReno\tNV\t89501\tUS\n";

const ORDERS: &str = "\
amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\n\
113-0000000-0000009\t2026-07-27T08:00:00+00:00\t2026-07-27T09:00:00+00:00\tPending\tAmazon\tAmazon.com\tMUG\tUnshipped\t1\tUSD\t9.99\n";

fn shop() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("unshipped.txt"), BACKLOG).unwrap();
    fs::write(folder.path().join("orders.txt"), ORDERS).unwrap();
    folder
}

const NOW: [&str; 2] = ["--as-of", "2026-07-27T20:00:00-07:00"];
const REPORTS: [&str; 2] = ["unshipped.txt", "orders.txt"];

fn confirm(folder: &Path, list: &str, more: &[&str]) -> Output {
    fs::write(folder.join("parcels.csv"), list).unwrap();
    let fixed = ["confirm", "--tracking", "parcels.csv", "--out", "ship.txt"];
    run(folder, &[&fixed, &REPORTS[..], &NOW[..], more].concat())
}

fn open(folder: &Path, files: &[&str]) -> String {
    let fixed = ["worklist", "--format", "csv", "-q"];
    let output = run(folder, &[&fixed, files, &NOW[..]].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    let cells = |line: &str| {
        line.split(',')
            .take(5)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let lines = text.lines().skip(1).map(|line| {
        let cells = cells(line);
        format!("{} x {}/{}\n", cells[4], &cells[0][18..], cells[1])
    });
    lines.collect()
}

#[test]
fn confirmed_parcels_leave_the_worklist() {
    let folder = shop();
    let folder = folder.path();
    assert_eq!(
        open(folder, &REPORTS),
        "1 x 1/1\n3 x 1/2\n1 x 2/3\n2 x 3/4\n"
    );
    let list = "Order ID,Order Item ID,Quantity,Tracking Number,Carrier\n\
                113-0000000-0000001,1,1,1Z1,UPS\n113-0000000-0000001,2,2,1Z2,UPS\n113-0000000-0000003,,,1Z3,UPS\n";
    let output = confirm(folder, list, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let file = fs::read_to_string(folder.join("ship.txt")).unwrap();
    let expected = "order-id\torder-item-id\tquantity\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method\n\
                    113-0000000-0000001\t1\t1\t2026-07-27\tUPS\t\t1Z1\t\n\
                    113-0000000-0000001\t2\t2\t2026-07-27\tUPS\t\t1Z2\t\n\
                    113-0000000-0000003\t\t\t2026-07-27\tUPS\t\t1Z3\t\n";
    assert_eq!(file, expected);
    let told = [&REPORTS[..], &["ship.txt"]].concat();
    assert_eq!(open(folder, &told), "1 x 1/2\n1 x 2/3\n");
    // The same parcels again are no news, and the file that is there is somebody's work.
    let output = run(
        folder,
        &[
            &["confirm", "--tracking", "parcels.csv", "--out", "again.txt"],
            &told[..],
            &NOW[..],
        ]
        .concat(),
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("was confirmed with this number before"),
        "{}",
        said(&output)
    );
    assert!(!folder.join("again.txt").exists());
    let output = confirm(folder, list, &[]);
    assert!(said(&output).contains("takes the name of a file that is not there yet"));
}

#[test]
fn nothing_is_written_if_a_line_is_wrong_unless_the_others_are_asked_for() {
    let list = "order-id,order-item-id,quantity,tracking-number,ship-date\n\
                113-0000000-0000002,3,1,1Z1,2026-07-27\n\
                113-0000000-0000001,2,2,1Z2,2026-07-27\n\
                113-0000000-0000001,2,2,1Z3,2026-07-27\n\
                113-0000000-0000003,4,1,,2026-07-27\n\
                113-0000000-0000003,5,1,1Z5,2026-07-27\n\
                113-0000000-0000003,4,1,1Z6,2026-07-28\n\
                113-0000000-0000003,4,1,1Z7,2026-07-26\n\
                113-0000000-0000009,,1,1Z8,2026-07-27\n\
                113-0000000-0000008,,1,1Z9,2026-07-27\n\
                113-0000000-0000002,3,1,1Z1,2026-07-27\n\
                113-0000000-0000002,3,one,1Z1,2026-07-27\n";
    let folder = shop();
    let folder = folder.path();
    let output = confirm(folder, list, &["--carrier", "UPS"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.join("ship.txt").exists());
    let text = said(&output);
    for expected in [
        "9 of 11 lines of parcels.csv cannot be confirmed, so nothing was written",
        "line 12: quantity not a whole quantity",
        "line 4: 113-0000000-0000001 has fewer units open",
        "line 5: 113-0000000-0000003 has no tracking number",
        "line 6: 113-0000000-0000003 has no open item of that number",
        "line 7: 113-0000000-0000003 has a ship date in the future",
        "line 8: 113-0000000-0000003 has fewer units open; was shipped before it was bought",
        "line 9: 113-0000000-0000009 is an FBA order: Amazon ships it",
        "line 10: 113-0000000-0000008 is in none of the reports",
        "line 11: 113-0000000-0000002 has fewer units open; stands there twice",
        "`--partial`",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    let output = confirm(folder, list, &["--carrier", "UPS", "--partial"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("left out: 9 lines"));
    let file = fs::read_to_string(folder.join("ship.txt")).unwrap();
    let parcels: Vec<&str> = file
        .lines()
        .skip(1)
        .map(|line| line.split('\t').nth(6).unwrap())
        .collect();
    assert_eq!(parcels, ["1Z1", "1Z2"]);
    // Without `--carrier` no line names one.
    fs::remove_file(folder.join("ship.txt")).unwrap();
    assert!(
        said(&confirm(folder, list, &[]))
            .contains("has no carrier (give `--carrier NAME` for all)")
    );
}

#[test]
fn addresses_are_read_only_for_the_shipper_who_asks() {
    let folder = shop();
    let folder = folder.path();
    let fixed = ["worklist", "unshipped.txt", "--format", "json"];
    let plain = run(folder, &fixed);
    assert!(!said(&plain).contains("Any Street"));
    let output = run(folder, &[&fixed[..], &["--with-addresses"]].concat());
    assert!(said(&output).contains("delete them 30 days after shipping"));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let parcels = document["tables"]["parcels"]["rows"].as_array().unwrap();
    let summary: Vec<String> = parcels
        .iter()
        .map(|row| {
            format!(
                "{} {} {} {}",
                row["parcel"], row["orders_together"], row["contents"], row["recipient_name"]
            )
        })
        .collect();
    assert_eq!(
        summary,
        [
            "1 2 \"1 x MUG, 3 x TEA\" \"Bea Buyer\"",
            "1 2 \"1 x MUG\" \"bea buyer\"",
            "2 1 \"2 x MUG\" \"Cy Card\""
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_file_of_addresses_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = shop();
    let path = folder.path().join("parcels.csv");
    let out = fs::File::create(&path).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ordersift"));
    let args = [
        "worklist",
        "unshipped.txt",
        "--with-addresses",
        "--format",
        "csv",
    ];
    let status = command
        .current_dir(folder.path())
        .args(args)
        .stdout(out)
        .status();
    assert!(status.unwrap().success());
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert!(fs::read_to_string(&path).unwrap().contains("1 Any Street"));
}

#[test]
fn an_upload_whose_moment_is_known_proves_an_order_in_time() {
    let folder = shop();
    let folder = folder.path();
    let header = "order-id\torder-item-id\tquantity\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method\n";
    fs::write(
        folder.join("ship.txt"),
        format!("{header}113-0000000-0000001\t\t\t2026-07-27\tUPS\t\t1Z\t\n"),
    )
    .unwrap();
    let proof = |more: &[&str]| {
        let fixed = [
            "report",
            "unshipped.txt",
            "ship.txt",
            "--table",
            "late_orders",
            "--format",
            "csv",
            "-q",
        ];
        let output = run(folder, &[&fixed[..], &NOW[..], more].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines()
            .nth(1)
            .unwrap()
            .split(',')
            .nth(1)
            .unwrap()
            .to_owned()
    };
    assert_eq!(proof(&[]), "not_due");
    assert_eq!(
        proof(&["--confirmed-at", "2026-07-27T18:00:00-07:00"]),
        "on_time"
    );
    assert_eq!(
        proof(&["--confirmed-at", "ship.txt=2026-07-28T18:00:00-07:00"]),
        "late"
    );
    assert_eq!(
        proof(&["--confirmed-at", "other.txt=2026-07-28T18:00:00-07:00"]),
        "not_due"
    );
}

#[test]
fn an_orders_report_alone_tells_what_is_due_and_a_stamp_that_it_shipped_in_time() {
    let bought = "order-id\torder-item-id\tpurchase-date\tpayments-date\tsku\tquantity-purchased\tsales-channel\tlatest-ship-date\n\
        113-0000000-0000001\t1\t2026-07-20T08:00:00-07:00\t2026-07-20T08:00:00-07:00\tMUG\t1\tAmazon.com\t2026-07-23T06:59:59+00:00\n\
        113-0000000-0000002\t2\t2026-07-20T08:00:00-07:00\t2026-07-20T08:00:00-07:00\tMUG\t1\tAmazon.com\t2026-07-23T06:59:59+00:00\n";
    let orders = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\n\
        113-0000000-0000001\t2026-07-20T15:00:00Z\t2026-07-22T09:00:00Z\tShipped\tMerchant\tAmazon.com\tMUG\tShipped\t1\tUSD\t9.99\n\
        113-0000000-0000002\t2026-07-20T15:00:00Z\t2026-07-24T09:00:00Z\tShipped\tMerchant\tAmazon.com\tMUG\tShipped\t1\tUSD\t9.99\n";
    let document = value(&named([bought, orders]));
    let rows = document["tables"]["late_orders"]["rows"]
        .as_array()
        .unwrap();
    let proofs: Vec<&str> = rows
        .iter()
        .map(|row| row["proof"].as_str().unwrap())
        .collect();
    assert_eq!(proofs, ["on_time", "unknown"]);
    assert_eq!(
        document["tables"]["late_rate"]["rows"][0]["coverage"],
        "1.000000"
    );
    // From all-orders files alone there is no rate.
    let alone = value(&named([orders]));
    assert_eq!(
        alone["tables"]["late_rate"]["rows"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
}

#[test]
fn xml_that_ends_early_or_goes_too_deep_is_refused_by_name() {
    let whole = String::from_utf8(files("xml")[0].1.clone()).unwrap();
    let (_folder, paths) = written(&[("cut.xml".into(), whole[..2000].into())]);
    let error = of_paths(&paths, &tolerant()).unwrap_err().to_string();
    assert!(error.contains("XML that breaks at byte"), "{error}");
    let deep = whole.replace("</AmazonEnvelope>", &"<a>".repeat(100));
    let (_folder, paths) = written(&[("deep.xml".into(), deep.into_bytes())]);
    let error = of_paths(&paths, &tolerant()).unwrap_err().to_string();
    assert!(error.contains("more than 64 deep"), "{error}");
    let long = whole.replace("Mug &amp;", &"long ".repeat(4 << 20));
    let (_folder, paths) = written(&[("long.xml".into(), long.into_bytes())]);
    let error = of_paths(&paths, &tolerant()).unwrap_err().to_string();
    assert!(error.contains("longer than 16 MiB"), "{error}");
    let broken = "{\"performanceMetrics\": [}";
    let (_folder, paths) = written(&[("health.json".into(), broken.into())]);
    let error = of_paths(&paths, &tolerant()).unwrap_err().to_string();
    assert!(
        error.contains("an account-health report that is damaged"),
        "{error}"
    );
}

#[test]
fn dates_of_claims_are_those_that_were_given() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (_, returns) = files("other-reports")
        .into_iter()
        .find(|(name, _)| name == "merchant-returns.txt")
        .unwrap();
    fs::write(folder.join("returns.txt"), returns).unwrap();
    fs::write(
        folder.join("claims"),
        "114-2000000-0000013 2026-07-20 2026-07-25 # Cy\n\n",
    )
    .unwrap();
    let fixed = [
        "report",
        "returns.txt",
        "--table",
        "returns",
        "--format",
        "json",
        "-q",
        "--max-rejects",
        "50%",
    ];
    let output = run(folder, &[&fixed[..], &["--claims", "claims"]].concat());
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rows = document["tables"]["returns"]["rows"].as_array().unwrap();
    let dates: Vec<_> = rows
        .iter()
        .map(|row| (row["claim_answer_by"].as_str(), row["appeal_by"].as_str()))
        .collect();
    assert_eq!(dates[0], (Some("2026-07-22"), Some("2026-08-24")));
    assert_eq!(dates[1], (None, None));
    fs::write(folder.join("claims"), "114-2000000-0000013 soon\n").unwrap();
    let output = run(folder, &[&fixed[..], &["--claims", "claims"]].concat());
    assert!(
        said(&output).contains("claims:1: `soon` is not a day"),
        "{}",
        said(&output)
    );
}
