//! `ordersift explain`: what a table, a column or a number of a gate means.

use std::io::Write;

use clap::Args as Group;
use ordersift::gate;
use ordersift::table::TableSpec;
use ordersift::table::{CONVERTED, CONVERTED_IN};
use ordersift::topic::{COMPARISON, TABLES};
use ordersift::topic::{meaning, source};

use crate::cli::screen::Screen;
use crate::cli::spelling::nearest;
use crate::cli::{Failure, Outcome};

#[derive(Debug, Group)]
pub(crate) struct Explain {
    /// A name from a report, for example `skus`, `aov` or `late_open`
    name: String,
}

pub(crate) fn run(args: &Explain, screen: &Screen) -> Result<Outcome, Failure> {
    let name = args.name.to_lowercase().replace([' ', '-'], "_");
    let name = name.as_str();
    let mut out = screen.stdout();
    let mut found = false;
    if let Some(spec) = specs().find(|spec| spec.name == name) {
        found = true;
        writeln!(out, "{}: table, {}\n", spec.name, spec.title)?;
        wrapped(&mut out, 0, spec.definition)?;
        writeln!(out)?;
        for column in spec.columns {
            let means = column.meaning;
            writeln!(out, "  {}", column.name)?;
            wrapped(&mut out, 6, means)?;
        }
        writeln!(out)?;
    }
    if let Some(means) = meaning(name) {
        found = true;
        let tables = specs().filter(|spec| spec.columns.iter().any(|column| column.name == name));
        let mut tables: Vec<&str> = tables.map(|spec| spec.name).collect();
        if CONVERTED.iter().any(|column| column.name == name) {
            tables.extend(CONVERTED_IN);
        }
        writeln!(out, "{name}: column of {}\n", tables.join(", "))?;
        wrapped(&mut out, 0, means)?;
        wrapped(&mut out, 0, &format!("Source: {}", source(name)))?;
        writeln!(out)?;
    }
    let plain = |written: &str| written.split('[').next().unwrap_or(written).to_owned();
    if let Some((written, means)) = gate::names().find(|(written, _)| plain(written) == name) {
        found = true;
        writeln!(out, "{written}: number for --fail-if\n\n{means}\n")?;
    }
    if found {
        out.flush()?;
        return Ok(Outcome::Done);
    }
    let tables = specs().map(|spec| spec.name.to_owned());
    let columns = specs()
        .flat_map(|spec| spec.columns)
        .map(|column| column.name.to_owned());
    let numbers = gate::names().map(|(written, _)| plain(&written));
    let near = nearest(name, tables.chain(columns).chain(numbers));
    let mentioned = specs().find(|spec| mentions(spec.definition, name));
    Err(Failure::usage(
        format!("no table, column or number is called `{name}`"),
        match (mentioned, near) {
            (Some(spec), _) => format!("`ordersift explain {}` mentions it", spec.name),
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) => {
                let tables: Vec<&str> = specs().map(|spec| spec.name).collect();
                format!("tables: {}", tables.join(", "))
            }
        },
    ))
}

/// Whether a text has a word: the name of a check, for example.
fn mentions(text: &str, word: &str) -> bool {
    let mut words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.any(|known| known == word)
}

/// The tables of reports, and that of comparisons.
fn specs() -> impl Iterator<Item = &'static TableSpec> {
    TABLES.into_iter().chain([COMPARISON])
}

/// The text in lines that a screen holds, none of them wider than is good to read.
fn wrapped(out: &mut impl Write, indent: usize, text: &str) -> std::io::Result<()> {
    let room = Screen::width().min(100) - indent;
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > room {
            writeln!(out, "{:indent$}{line}", "")?;
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    writeln!(out, "{:indent$}{line}", "")
}
