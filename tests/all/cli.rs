//! The program as a person or a job runs it: exit codes, streams, files.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn fixture(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(case)
}

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ordersift"));
    command.env_remove("COLUMNS").env("NO_COLOR", "1");
    command
}

fn run(args: &[&str]) -> Output {
    command().args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

#[test]
fn data_is_on_stdout_and_everything_else_on_stderr() {
    let week = fixture("first-week");
    let output = run(&["report", week.to_str().unwrap(), "--format", "json"]);
    assert_eq!(code(&output), Some(0));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["schema_version"], 1);
    assert!(
        text(&output.stderr).contains("2 lines rejected"),
        "{}",
        text(&output.stderr)
    );
    let quiet = run(&[
        "report",
        week.to_str().unwrap(),
        "--format",
        "json",
        "--quiet",
    ]);
    assert_eq!(
        (quiet.stderr.len(), quiet.stdout == output.stdout),
        (0, true)
    );
}

#[test]
fn what_is_no_report_is_named_and_notes_beside_the_reports_are_not() {
    let week = run(&["report", fixture("first-week").to_str().unwrap()]);
    assert!(
        !text(&week.stderr).contains("case.md"),
        "{}",
        text(&week.stderr)
    );
    let folder = tempfile::tempdir().unwrap();
    let report = "orders-2026-07-27.txt";
    fs::copy(
        fixture("first-week").join(report),
        folder.path().join(report),
    )
    .unwrap();
    for name in ["NOTES.md", "readme.md", "letter.txt"] {
        fs::write(folder.path().join(name), "Dear seller,\n").unwrap();
    }
    let output = run(&["report", folder.path().to_str().unwrap()]);
    let told = text(&output.stderr);
    assert!(
        told.contains("skipped: letter.txt (not an Amazon report"),
        "{told}"
    );
    assert!(!told.contains(".md"), "{told}");
    // A file that was named is never left out in silence.
    let named = folder.path().join("NOTES.md");
    assert_eq!(code(&run(&["report", named.to_str().unwrap()])), Some(2));
}

#[test]
fn check_counts_every_line_that_a_spreadsheet_damaged_and_says_why_truly() {
    let folder = tempfile::tempdir().unwrap();
    let header = "amazon-order-id,purchase-date,last-updated-date,order-status,fulfillment-channel,\
                  sales-channel,sku,item-status,quantity,currency,item-price\r\n";
    let line = |order: u32, date: &str| {
        format!("111-0000000-{order:07},{date},,Shipped,Amazon,Amazon.com,A,,1,USD,9.99\r\n")
    };
    let path = folder.path().join("saved.csv");
    let lines = |dates: [&str; 2]| {
        (0..12_345_u32)
            .map(|order| line(order, dates[(order % 2) as usize]))
            .collect::<String>()
    };
    for dates in [["05/04/2022", "06/04/2022"], ["30/04/2022", "04/30/2022"]] {
        fs::write(&path, format!("{header}{}", lines(dates))).unwrap();
        let told = text(&run(&["check", path.to_str().unwrap()]).stdout);
        let expected = "rejected, 12345 lines: dates are rewritten, and the file does not prove whether the day or the month stands first";
        assert!(told.contains(expected), "{told}");
    }
}

#[test]
fn the_first_screen_answers_what_sold_what_is_late_and_whether_the_data_is_sound() {
    let output = run(&["report", fixture("first-week").to_str().unwrap()]);
    let screen = text(&output.stdout);
    assert!(screen.lines().count() <= 24, "{screen}");
    assert!(!screen.contains('\u{1b}'), "no colors where no terminal is");
    let lines: Vec<&str> = screen.lines().collect();
    let at = |start: &str| {
        lines
            .iter()
            .position(|line| line.starts_with(start))
            .unwrap_or_else(|| panic!("no {start}\n{screen}"))
    };
    assert!(
        at("Week 2026-W30") < at("To ship")
            && at("To ship") < at("Data")
            && at("Data") < at("Check ")
    );
    assert!(
        lines[at("Data")]
            .contains("1,874 lines read = 1,210 kept + 662 superseded + 0 repeated + 2 rejected")
    );
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = command()
        .args(["sample", "--lines", "200000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (code(&output), text(&output.stderr)),
        (Some(0), String::new())
    );
}

#[test]
fn standard_input_is_a_file_like_others() {
    let path = fixture("twin-lines").join("orders.txt");
    let mut child = command()
        .args(["report", "-", "--table", "fulfillment", "--format", "csv"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(&fs::read(path).unwrap())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let expected = fs::read(fixture("twin-lines").join("expected/tables/fulfillment.csv")).unwrap();
    assert_eq!(output.stdout, expected);
}

#[test]
fn strict_runs_end_with_one_if_a_line_was_unreadable() {
    let week = fixture("first-week");
    assert_eq!(
        code(&run(&["report", week.to_str().unwrap(), "--strict"])),
        Some(1)
    );
    assert_eq!(
        code(&run(&[
            "report",
            fixture("overlap").to_str().unwrap(),
            "--strict"
        ])),
        Some(0)
    );
}

#[test]
fn too_many_rejects_fail_and_leave_the_old_report_alone() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("monday");
    let good = fixture("overlap");
    assert_eq!(
        code(&run(&[
            "report",
            good.to_str().unwrap(),
            "--out",
            out.to_str().unwrap()
        ])),
        Some(0)
    );
    let before = fs::read(out.join("report.json")).unwrap();
    let bad = fixture("bad-lines");
    let output = run(&[
        "report",
        bad.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(code(&output), Some(2));
    let told = text(&output.stderr);
    assert!(
        told.contains("19 of 23 lines could not be read; at most 1 % may be"),
        "{told}"
    );
    assert!(
        told.contains("help: `ordersift check` lists the lines"),
        "{told}"
    );
    assert_eq!(fs::read(out.join("report.json")).unwrap(), before);
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["monday"]);
}

#[test]
fn what_is_published_is_what_stdout_would_show() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("monday");
    let week = fixture("first-week");
    assert_eq!(
        code(&run(&[
            "report",
            week.to_str().unwrap(),
            "--out",
            out.to_str().unwrap()
        ])),
        Some(0)
    );
    let json = run(&["report", week.to_str().unwrap(), "--format", "json"]).stdout;
    assert_eq!(fs::read(out.join("report.json")).unwrap(), json);
    let skus = run(&[
        "report",
        week.to_str().unwrap(),
        "--format",
        "csv",
        "--table",
        "skus",
    ])
    .stdout;
    assert_eq!(fs::read(out.join("tables/skus.csv")).unwrap(), skus);
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(
        manifest["outputs"].as_array().unwrap().len(),
        1 + ordersift::topic::TABLES.len()
    );
    assert_eq!(manifest["control"]["lines_read"], 1874);
    let again = run(&[
        "report",
        week.to_str().unwrap(),
        "--out",
        week.join("unshipped-2026-07-30.txt").to_str().unwrap(),
    ]);
    assert_eq!(
        code(&again),
        Some(2),
        "a target that is an input is refused"
    );
}

#[test]
fn split_gives_back_the_bytes_of_every_line_that_counts() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("split");
    let path = fixture("currencies").join("orders.txt");
    assert_eq!(
        code(&run(&[
            "split",
            path.to_str().unwrap(),
            "--out",
            out.to_str().unwrap()
        ])),
        Some(0)
    );
    assert_eq!(
        fs::read(out.join("fba/orders.txt")).unwrap(),
        fs::read(&path).unwrap()
    );
    assert!(!out.join("merchant").exists());

    let out = folder.path().join("week");
    let week = fixture("first-week");
    assert_eq!(
        code(&run(&[
            "split",
            week.to_str().unwrap(),
            "--out",
            out.to_str().unwrap()
        ])),
        Some(0)
    );
    let original = fs::read_to_string(week.join("orders-2026-07-27.txt")).unwrap();
    let split =
        |part: &str| fs::read_to_string(out.join(part).join("orders-2026-07-27.txt")).unwrap();
    let (fba, merchant) = (split("fba"), split("merchant"));
    for (part, word) in [(&fba, "\tAmazon\t"), (&merchant, "\tMerchant\t")] {
        assert_eq!(part.lines().next(), original.lines().next());
        assert!(
            part.lines()
                .skip(1)
                .all(|line| line.contains(word) && original.contains(line))
        );
    }
    assert_eq!(fba.lines().count() + merchant.lines().count(), 270 + 2);
}

#[test]
fn check_names_every_file_and_what_to_do_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(fixture("currencies").join("orders.txt")).unwrap();
    let files: [(&str, &[u8]); 6] = [
        ("cut.txt", &whole[..whole.len() - 100]),
        ("empty.txt", b""),
        ("good.txt", &whole),
        ("page.html", b"<!DOCTYPE html><title>Sign in</title>"),
        (
            "range.txt",
            b"Date range exceeded. Report can be requested only upto 30 days",
        ),
        (
            "settlement.txt",
            b"settlement-id\ttransaction-type\tamount\n1\tOrder\t2\n",
        ),
    ];
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let output = run(&["check", folder.path().to_str().unwrap()]);
    assert_eq!(code(&output), Some(1));
    let told = text(&output.stdout);
    assert!(
        told.starts_with("6 files: 2 to read, 2 no order report, 2 to be replaced\n"),
        "{told}"
    );
    for expected in [
        "cut.txt: all-orders, 32 columns, tabs",
        "its last line is cut off, so lines after it may be missing: download the report again",
        "empty.txt: an empty file",
        "page.html: a web page",
        "range.txt: no report but Amazon's message",
        "settlement.txt: a settlement report, which is not read",
        "(byte ",
    ] {
        assert!(told.contains(expected), "no {expected:?} in\n{told}");
    }
}

#[cfg(unix)]
#[test]
fn a_limit_on_files_is_an_error_and_the_old_report_stands() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let (out, week) = (out.to_str().unwrap(), fixture("first-week"));
    let week = week.to_str().unwrap();
    let first = run(&["report", week, "--out", out, "--format", "csv", "-q"]);
    assert_eq!(code(&first), Some(0));
    let before = fs::read(folder.path().join("out/manifest.json")).unwrap();
    let limited = Command::new("sh")
        .arg("-c")
        .arg("ulimit -f 8; exec \"$0\" \"$@\"")
        .arg(env!("CARGO_BIN_EXE_ordersift"))
        .args(["report", week, "--out", out, "--format", "json,xlsx", "-q"])
        .output()
        .unwrap();
    assert_eq!(code(&limited), Some(2), "{}", text(&limited.stderr));
    assert!(text(&limited.stderr).contains("output failed"));
    assert_eq!(
        fs::read(folder.path().join("out/manifest.json")).unwrap(),
        before
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn wrong_uses_say_what_to_do() {
    let week = fixture("first-week");
    let week = week.to_str().unwrap();
    let told = |args: &[&str]| {
        let output = run(args);
        assert_eq!(
            (code(&output), output.stdout.len()),
            (Some(2), 0),
            "{args:?}"
        );
        text(&output.stderr)
    };
    assert!(
        told(&["report", week, "--format", "csv"]).contains("name the table, as `--table skus`")
    );
    assert!(told(&["report", week, "--format", "json,csv"]).contains("`--out DIR` for several"));
    assert!(told(&["report", week, "--table", "sku"]).contains("skus"));
    assert!(
        told(&["report", "no/such/file.txt"]).contains("cannot be read: no such file or directory")
    );
    assert!(
        told(&["worklist", fixture("overlap").to_str().unwrap()])
            .contains("add the unshipped-orders report")
    );
    assert!(told(&["repot"]).contains("'report'"));
}

/// A stray tab moves a buyer's fields to where others should be; what is shown of a bad cell must not give them away.
#[test]
fn a_buyer_field_that_moved_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let report =
        fs::read_to_string(fixture("first-week").join("unshipped-2026-07-30.txt")).unwrap();
    let mut lines = report.lines();
    let mut moved = vec![lines.next().unwrap().to_owned()];
    for (number, line) in lines.enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        let (front, back) = cells.split_at(number % cells.len());
        moved.push([back, front].concat().join("\t"));
    }
    let path = folder.path().join("moved.txt");
    fs::write(&path, moved.join("\n")).unwrap();
    let path = path.to_str().unwrap();
    for args in [
        vec!["check", path],
        vec!["report", path],
        vec![
            "report",
            path,
            "--max-rejects",
            "100%",
            "--format",
            "json",
            "--table",
            "rejects,quality,sources",
        ],
    ] {
        let output = run(&args);
        let shown = text(&output.stdout) + &text(&output.stderr);
        assert!(
            !shown.contains("CANARY") && !shown.contains("555-0100"),
            "{shown}"
        );
    }
}

/// Fixtures carry marks in all buyer fields; no output of any command may show one.
#[test]
fn no_buyer_field_is_ever_shown() {
    let folder = tempfile::tempdir().unwrap();
    for case in [
        "backlogs",
        "first-week",
        "bad-lines",
        "damaged-snapshot",
        "semicolons",
    ] {
        let case = fixture(case);
        let case = case.to_str().unwrap();
        let out = folder.path().join("out");
        let mut shown = Vec::new();
        for args in [
            vec!["report", case, "--max-rejects", "100%"],
            vec!["report", case, "--max-rejects", "100%", "--format", "json"],
            vec![
                "report",
                case,
                "--max-rejects",
                "100%",
                "--out",
                out.to_str().unwrap(),
            ],
            vec!["report", case],
            vec!["check", case],
            vec![
                "report",
                case,
                "--strict",
                "--max-rejects",
                "0",
                "--verbose",
            ],
            vec!["report", case, "--encoding", "utf-16"],
            vec!["kinds"],
            vec!["worklist", case, "--max-rejects", "100%"],
            vec!["worklist", case, "--format", "csv"],
            vec!["worklist", case, "--format", "json"],
        ] {
            let output = run(&args);
            shown.extend(output.stdout);
            shown.extend(output.stderr);
        }
        for file in fs::read_dir(out.join("tables")).unwrap() {
            shown.extend(fs::read(file.unwrap().path()).unwrap());
        }
        assert!(
            !String::from_utf8_lossy(&shown).contains("BUYER-CANARY"),
            "{case}"
        );
    }
}

/// Ctrl-C takes back the file that a run was writing: it may hold addresses.
#[cfg(unix)]
#[test]
fn a_sample_that_is_stopped_leaves_no_file_behind() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("orders.txt");
    let mut running = command()
        .args([
            "sample",
            "--lines",
            "100000000",
            "--out",
            out.to_str().unwrap(),
        ])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let files = || fs::read_dir(folder.path()).unwrap().count();
    for _ in 0..500 {
        if files() > 0 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert_eq!(files(), 1, "it has begun to write");
    // The signal may come before it is watched for, a moment after the file is made.
    std::thread::sleep(std::time::Duration::from_millis(200));
    let pid = running.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(running.wait().unwrap().code(), Some(130));
    assert_eq!(files(), 0);
}

#[test]
fn a_folder_of_sample_downloads_is_one_seller_whose_newest_files_count() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("reports");
    let out = out.to_str().unwrap();
    let made = run(&[
        "sample",
        "--market",
        "jp",
        "--encoding",
        "cp932",
        "--lines",
        "600",
        "--downloads",
        "4",
        "--days",
        "20",
        "--out",
        out,
    ]);
    assert_eq!(code(&made), Some(0), "{}", text(&made.stderr));
    let mut names: Vec<_> = fs::read_dir(out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["2026-07-06", "2026-07-13", "2026-07-20", "2026-07-27"]
            .map(|day| format!("all-orders-{day}.txt"))
    );
    let report = run(&["report", out, "--format", "json"]);
    assert_eq!(code(&report), Some(0), "{}", text(&report.stderr));
    let document: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
    let lines = |name: &str| document["control"][name].as_u64().unwrap();
    assert_eq!(lines("rejected"), 0);
    assert!(lines("superseded") * 100 > lines("lines_read") * 40);
    assert!(
        text(&report.stdout).contains("予備表示プレート"),
        "names are read as cp932"
    );
    for wrong in [
        &["--downloads", "4"][..],
        &["--downloads", "61", "--out", out],
        &["--days", "4", "--out", out],
        &["--downloads", "4", "--overlap", "--out", out],
    ] {
        assert_eq!(
            code(&run(&[&["sample"], wrong].concat())),
            Some(2),
            "{wrong:?}"
        );
    }
}
