//! The walls of DESIGN, read off the source: which module may know which, and what no module may do.

use crate::common::source::{bare, modules, named, says, sources, without_tests};

/// What each top-level module may name. A new edge is a decision: it is written here, or it is not made.
const EDGES: &[(&str, &str)] = &[
    ("field", ""),
    ("sample", ""),
    ("line", "field"),
    ("scanner", ""),
    ("chunk", "line scanner"),
    ("report", "chunk field line"),
    ("error", "report"),
    ("options", "chunk field report"),
    // The columns of converted lines: written by `convert`, and read again as an input.
    ("typed", "field line"),
    ("input", "chunk error field report typed"),
    ("merge", ""),
    ("partitioned", "field"),
    ("ownership", "field line merge partitioned"),
    ("cube", "field merge"),
    // The state of a topic, and the whole of them.
    ("topic state", "cube field line merge ownership partitioned"),
    ("state", "cube field line merge ownership topic_state"),
    ("table", "field"),
    // The tables of a topic.
    (
        "topic",
        "cube field line merge ownership state table topic_state",
    ),
    ("overview", "table"),
    ("gate", "overview table"),
    ("write", "overview table"),
    (
        "pipeline",
        "chunk cube error field input line merge options ownership partitioned report state table topic topic_state typed",
    ),
    (
        // `write` for the one rule of what is harmless in a CSV.
        "convert",
        "error field input line options ownership pipeline report table typed write",
    ),
    (
        // `write` for files that appear whole or not at all.
        "lake",
        "error field input line options pipeline report typed write",
    ),
    ("sql", "typed"),
    (
        "split",
        "error field input line options ownership pipeline report table",
    ),
];

/// A wall: its name, the modules behind it, and the words that may not be said there.
struct Wall {
    name: &'static str,
    behind: fn(&str) -> bool,
    words: &'static [&'static str],
}

const WALLS: &[Wall] = &[
    Wall {
        name: "no bytes above `line`",
        behind: |room| above_lines(room) || room == "write",
        words: &["crate::chunk", "crate::report", "crate::input"],
    },
    Wall {
        name: "polars in tables only",
        // `pipeline` turns what polars refuses into an error.
        behind: |room| !["table", "topic", "pipeline"].contains(&room),
        words: &["polars"],
    },
    Wall {
        name: "no I/O between `chunk` and `write`",
        behind: |room| above_lines(room) || ["field", "line", "ownership"].contains(&room),
        words: &["File", "fs", "io", "stdin", "stdout", "stderr"],
    },
    Wall {
        name: "no printing in the library",
        behind: in_library,
        words: &["println!", "eprintln!", "print!", "eprint!", "dbg!"],
    },
    Wall {
        name: "no clock in the library",
        behind: in_library,
        words: &["SystemTime", "Instant", "Utc::now", "Local::now"],
    },
    Wall {
        name: "no exit in the library",
        behind: in_library,
        words: &["process::exit", "process::abort"],
    },
    Wall {
        name: "nothing imports `cli`",
        behind: in_library,
        words: &["crate::cli"],
    },
    Wall {
        name: "no `unwrap` outside tests",
        behind: |_| true,
        words: &["unwrap()", "unwrap_err()"],
    },
    Wall {
        name: "no floating point",
        behind: |_| true,
        words: &["f32", "f64"],
    },
];

/// The one file that may do what a wall forbids: the wall, the file.
const DOORS: &[(&str, &str)] = &[
    // A cell of a workbook is a double: a decimal text becomes one there, and only if it comes back unchanged.
    ("no floating point", "write/xlsx/number.rs"),
];

/// The part of the house that a module is in: its first folder. The state of a topic and its tables are two.
fn room(path: &[&str]) -> &'static str {
    let first = path.first().copied().unwrap_or_default();
    let room = match path {
        ["topic", _, "state", ..] => "topic state",
        _ => first,
    };
    let known = EDGES
        .iter()
        .map(|(name, _)| *name)
        .chain(["main", "cli", "lib"]);
    known.into_iter().find(|name| *name == room).unwrap_or("")
}

fn above_lines(room: &str) -> bool {
    ["cube", "state", "topic state", "topic", "table"].contains(&room)
}

fn in_library(module: &str) -> bool {
    !["main", "cli"].contains(&module)
}

/// What is wrong with a file, a sentence each.
fn broken(file: &str, source: &str) -> Vec<String> {
    let code = without_tests(&bare(source));
    let modules = modules(file);
    let module = room(&modules);
    let mut broken = Vec::new();
    let mut report = |wall: &str, line: usize, what: &str| {
        broken.push(format!("{wall}: src/{file}:{line}: {what}"));
    };
    for (number, line) in (1..).zip(code.lines()) {
        let open = |wall: &&Wall| !DOORS.contains(&(wall.name, file));
        for wall in WALLS
            .iter()
            .filter(|wall| (wall.behind)(module))
            .filter(open)
        {
            for word in wall.words.iter().filter(|word| says(line, word)) {
                report(wall.name, number, word);
            }
        }
    }
    let allowed = EDGES.iter().find(|(name, _)| *name == module);
    if allowed.is_none() && in_library(module) && module != "lib" {
        report("every module has its edges listed", 1, modules[0]);
    }
    for (number, path) in named(&code, &modules) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let other = match path[0] {
            "Error" => "error",
            _ => room(&path),
        };
        let Some((_, edges)) = allowed.filter(|_| other != module) else {
            continue;
        };
        let mut edges = edges.split(' ').map(|edge| edge.replace('_', " "));
        if !edges.any(|edge| edge == other) {
            let what = format!("{module} names {other}");
            report("no new edge between modules", number, &what);
        }
    }
    broken
}

#[test]
fn every_wall_stands() {
    let sources = sources();
    assert!(
        sources.len() > 50 && sources.contains_key("lib.rs"),
        "{} files",
        sources.len()
    );
    let broken: Vec<String> = sources
        .iter()
        .flat_map(|(file, source)| broken(file, source))
        .collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_listed_module_is_there() {
    let sources = sources();
    for (module, _) in EDGES {
        assert!(
            sources.keys().any(|file| room(&modules(file)) == *module),
            "{module} is listed and gone"
        );
    }
}

#[test]
fn a_broken_wall_is_named_with_its_file_and_line() {
    let cases = [
        (
            "write/evil.rs",
            "\nuse crate::report::detect;",
            "no bytes above `line`: src/write/evil.rs:2: crate::report",
        ),
        (
            "write/evil.rs",
            "use crate::cube::Cube;",
            "no new edge between modules: src/write/evil.rs:1: write names cube",
        ),
        (
            "line.rs",
            "use crate::{field, table::{Cell, Row}};",
            "no new edge between modules: src/line.rs:1: line names table",
        ),
        (
            "table/a/b.rs",
            "use super::super::super::pipeline;",
            "no new edge between modules: src/table/a/b.rs:1: table names pipeline",
        ),
        (
            "topic/orders/state/log.rs",
            "use crate::topic::{context::Facts, orders::state::Log};",
            "no new edge between modules: src/topic/orders/state/log.rs:1: topic state names topic",
        ),
        (
            "topic/products/state/sku.rs",
            "fn f(c: polars::Column) {}",
            "polars in tables only: src/topic/products/state/sku.rs:1: polars",
        ),
        (
            "field/day.rs",
            "use std::{fs, str};",
            "no I/O between `chunk` and `write`: src/field/day.rs:1: fs",
        ),
        (
            "pipeline.rs",
            "eprintln!(\"read\");",
            "no printing in the library: src/pipeline.rs:1: eprintln!",
        ),
        (
            "sample/plan.rs",
            "let t = Utc::now();",
            "no clock in the library: src/sample/plan.rs:1: Utc::now",
        ),
        (
            "input.rs",
            "std::process::exit(2)",
            "no exit in the library: src/input.rs:1: process::exit",
        ),
        (
            "cli/mod.rs",
            "let x: f64 = 0.0;",
            "no floating point: src/cli/mod.rs:1: f64",
        ),
        (
            "chunk.rs",
            "let x = y\n.unwrap();",
            "no `unwrap` outside tests: src/chunk.rs:2: unwrap()",
        ),
        (
            "newcomer.rs",
            "use crate::field::Day;",
            "every module has its edges listed: src/newcomer.rs:1: newcomer",
        ),
    ];
    for (file, source, expected) in cases {
        let broken = broken(file, source);
        assert!(
            broken.iter().any(|found| found == expected),
            "{expected}\nfound {broken:?}"
        );
    }
}

#[test]
fn what_comments_texts_and_tests_say_breaks_no_wall() {
    let source = "// polars\nlet a = \"f64 \\\" println!\"; let b = '\"'; let c = r#\"File \"fs\"\"#;\nlet d = b'\\'';\n\
                  let reprint = print::it; fn g<'a>(x: &'a str) {}\n\
                  #[cfg(test)]\nmod tests {\n    use crate::write::csv;\n    fn f() { x.unwrap(); }\n}\n";
    assert_eq!(broken("field/day.rs", source), Vec::<String>::new());
    let after = format!("{source}\nuse crate::write::csv;");
    assert_eq!(
        broken("field/day.rs", &after),
        ["no new edge between modules: src/field/day.rs:11: field names write"]
    );
}
