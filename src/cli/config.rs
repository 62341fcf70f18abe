//! Settings from `ordersift.toml` and from the environment: flags win over the environment, which wins over the file.
//!
//! A setting is the flag of the same name, so it is read, checked and explained as the flag is. What is not on the command
//! line is put there, from where it is set, and the command line is read again.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory};

use super::Failure;
use super::args::Args;

/// The file's name, beside the inputs.
const FILE: &str = "ordersift.toml";
/// What names of variables start with.
const PREFIX: &str = "ORDERSIFT_";

/// What can be set, in the order of `--print-config`, and what it is for.
const SETTINGS: &[(&str, &str)] = &[
    ("time-zone", "one zone for all days, as Europe/Berlin"),
    ("week-start", "monday or sunday"),
    (
        "by",
        "the period that the summary compares: day, week or month",
    ),
    ("format", "what --out publishes, as [\"json\", \"xlsx\"]"),
    ("table", "only these tables, as [\"skus\"]"),
    (
        "estimate-pending",
        "whether units without a price are valued at the median price of their SKU",
    ),
    (
        "fail-if",
        "gates, as [\"late_open > 0\", \"rejected_share >= 0.1%\"]",
    ),
    ("strict", "whether an unreadable line makes the exit code 1"),
    (
        "ship-from",
        "NAME|LINE 1|LINE 2|CITY|STATE|POSTCODE|COUNTRY, for the confirmation file",
    ),
    ("holidays", "a file with a date on each line"),
    ("claims", "a file with an order and its dates on each line"),
    (
        "max-rejects",
        "unreadable lines allowed: a number, or as 1%",
    ),
    ("encoding", "of files without a byte-order mark, as cp932"),
    ("raw-text", "whether text in CSV is left as it is"),
    ("threads", "a number"),
];

/// Whether all that is asked for is what is in force.
pub(super) fn is_to_print(matches: &ArgMatches) -> bool {
    let flag = |within: &ArgMatches| {
        let flag = within.try_get_one::<bool>("print_config");
        flag.ok().flatten().copied().unwrap_or_default()
    };
    matches.subcommand().is_some_and(|(_, within)| flag(within))
}

/// A setting that is not on the command line.
#[derive(Debug, Clone)]
struct Set {
    key: &'static str,
    values: Vec<String>,
    from: String,
}

/// The command line with what is set elsewhere.
#[derive(Debug)]
pub(super) struct Settled {
    pub(super) line: Vec<OsString>,
    sets: Vec<Set>,
}

/// Completes a command line.
pub(super) fn settle(line: Vec<OsString>, matches: &ArgMatches) -> Result<Settled, Failure> {
    let Some((command, within)) = matches.subcommand() else {
        return Ok(Settled {
            line,
            sets: Vec::new(),
        });
    };
    let flags = flags(command);
    if !flags.iter().any(|flag| flag == "config") {
        return Ok(Settled {
            line,
            sets: Vec::new(),
        });
    }
    let mut sets = match file(within)? {
        Some(file) => read(&file)?,
        None => Vec::new(),
    };
    for (key, _) in SETTINGS {
        let name = format!("{PREFIX}{}", key.replace('-', "_").to_uppercase());
        if let Ok(value) = env::var(&name)
            && !value.is_empty()
        {
            sets.retain(|set| set.key != *key);
            let values = match *key {
                "fail-if" => value.split(';').map(str::to_owned).collect(),
                _ => vec![value],
            };
            sets.push(Set {
                key,
                values,
                from: name,
            });
        }
    }
    let given = |key: &str| {
        let id = key.replace('-', "_");
        let there = within.try_contains_id(&id).unwrap_or(false);
        there && within.value_source(&id) == Some(ValueSource::CommandLine)
    };
    // What is to be published is set; what a screen or a pipe gets is asked for.
    let applies =
        |key: &str| key != "format" || matches!(command, "report" | "compare") && given("out");
    sets.retain(|set| {
        flags.iter().any(|flag| flag == set.key) && applies(set.key) && !given(set.key)
    });
    let place = line
        .iter()
        .position(|word| word == command)
        .map_or(line.len(), |place| place + 1);
    let mut settled = line[..place].to_vec();
    for set in &sets {
        settled.extend(words(set)?);
    }
    settled.extend_from_slice(&line[place..]);
    Ok(Settled {
        line: settled,
        sets,
    })
}

/// The flags that a command has.
fn flags(command: &str) -> Vec<String> {
    let program = Args::command();
    let flags = program
        .find_subcommand(command)
        .into_iter()
        .flat_map(clap::Command::get_arguments)
        .filter_map(|argument| argument.get_long().map(str::to_owned));
    flags.collect()
}

/// A setting as words of a command line.
fn words(set: &Set) -> Result<Vec<OsString>, Failure> {
    let flag = format!("--{}", set.key);
    match (set.key, &set.values[..]) {
        ("strict" | "raw-text" | "estimate-pending", [value]) => match value.as_str() {
            "true" => Ok(vec![flag.into()]),
            "false" => Ok(Vec::new()),
            _ => Err(Failure::usage(
                format!("{}: `{value}` is neither true nor false", set.from),
                format!("`{}` is one or the other", set.key),
            )),
        },
        (_, values) => {
            let word = |value: &String| format!("{flag}={value}").into();
            Ok(values.iter().map(word).collect())
        }
    }
}

/// The file that is named, or lies beside the inputs.
fn file(matches: &ArgMatches) -> Result<Option<PathBuf>, Failure> {
    if matches.get_flag("no_config") {
        return Ok(None);
    }
    let named = matches.get_one::<PathBuf>("config").cloned();
    if let Some(named) = named.or_else(|| env::var_os("ORDERSIFT_CONFIG").map(PathBuf::from)) {
        return Ok(Some(named));
    }
    let named = |id: &str| matches.try_get_one::<PathBuf>(id).ok().flatten();
    // What `compare` compares is a range, or a path.
    let sides = ["then", "now"].into_iter().filter_map(named);
    let sides = sides.filter(|side| side.exists());
    let paths = matches.get_many::<PathBuf>("paths").into_iter().flatten();
    let paths = paths.chain(sides);
    let mut found: Vec<PathBuf> = paths
        .filter_map(|path| {
            let folder = if path.is_dir() {
                Some(path.as_path())
            } else {
                path.parent()
            };
            let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
            let file = folder.unwrap_or(Path::new(".")).join(FILE);
            file.is_file().then_some(file)
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    match &found[..] {
        [] => Ok(None),
        [file] => Ok(Some(file.clone())),
        [first, second, ..] => Err(Failure::usage(
            format!(
                "two configurations: {} and {}",
                first.display(),
                second.display()
            ),
            "name one with `--config FILE`, or none with `--no-config`",
        )),
    }
}

fn read(file: &Path) -> Result<Vec<Set>, Failure> {
    let named = file.display();
    let help = "`ordersift report --print-config PATH` shows all settings";
    let text = fs::read_to_string(file)
        .map_err(|error| Failure::usage(format!("{named}: cannot be read: {error}"), help))?;
    let table: toml::Table = text
        .parse()
        .map_err(|error| Failure::usage(format!("{named}: {error}"), help))?;
    let mut sets = Vec::new();
    for (name, value) in table {
        let Some((key, _)) = SETTINGS.iter().find(|(key, _)| *key == name) else {
            let near = SETTINGS
                .iter()
                .map(|(key, _)| (strsim::damerau_levenshtein(key, &name), *key))
                .min();
            let hint = near
                .filter(|(distance, _)| *distance <= 3)
                .map_or_else(String::new, |(_, near)| format!("; did you mean `{near}`?"));
            return Err(Failure::usage(
                format!("{named}: no setting is called `{name}`{hint}"),
                help,
            ));
        };
        let values = plain(&value).ok_or_else(|| {
            Failure::usage(
                format!("{named}: `{name}` is no text, number or list of texts"),
                help,
            )
        })?;
        let values = match *key {
            "format" | "table" => vec![values.join(",")],
            // A file that the settings name lies beside them.
            "holidays" | "claims" => {
                let beside = file.parent().unwrap_or(Path::new("."));
                let beside = values.iter().map(|value| beside.join(value));
                beside.map(|path| path.display().to_string()).collect()
            }
            _ => values,
        };
        sets.push(Set {
            key,
            values,
            from: file.display().to_string(),
        });
    }
    Ok(sets)
}

fn plain(value: &toml::Value) -> Option<Vec<String>> {
    let one = |value: &toml::Value| match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(flag) => Some(flag.to_string()),
        _ => None,
    };
    match value {
        toml::Value::Array(values) => values.iter().map(one).collect(),
        value => Some(vec![one(value)?]),
    }
}

impl Settled {
    /// Where a setting came from that the command line was found wrong for.
    pub(super) fn blame(&self, error: &str) -> Option<&str> {
        let set = self.sets.iter().find(|set| {
            error.contains(&format!("--{} ", set.key)) || error.contains(&format!("--{}'", set.key))
        })?;
        Some(&set.from)
    }

    /// All settings that are in force, as TOML, each with where it came from.
    pub(super) fn print(&self, matches: &ArgMatches) -> String {
        let mut text = String::from(
            "# What is in force. Flags win over the environment, which wins over the file.\n\n",
        );
        let Some((command, within)) = matches.subcommand() else {
            return text;
        };
        let flags = flags(command);
        let taken = |key: &str| flags.iter().any(|flag| flag == key);
        for (key, about) in SETTINGS.iter().filter(|(key, _)| taken(key)) {
            let id = key.replace('-', "_");
            let raw: Vec<String> = within
                .try_get_raw(&id)
                .ok()
                .flatten()
                .into_iter()
                .flatten()
                .map(|value| value.to_string_lossy().into_owned())
                .collect();
            let set = self.sets.iter().find(|set| set.key == *key);
            let from = match (set, within.value_source(&id)) {
                (Some(set), _) => set.from.clone(),
                (None, Some(ValueSource::CommandLine)) => format!("--{key}"),
                _ => "default".to_owned(),
            };
            let value = match *key {
                "strict" | "raw-text" | "estimate-pending" => {
                    Some(toml::Value::Boolean(within.get_flag(&id)))
                }
                "format" | "table" | "fail-if" if raw.is_empty() => None,
                "format" | "table" | "fail-if" => Some(toml::Value::Array(
                    raw.into_iter().map(toml::Value::String).collect(),
                )),
                _ => raw.into_iter().next().map(toml::Value::String),
            };
            let line = value.map_or_else(
                || format!("# {key} =   # not set: {about}\n"),
                |value| format!("{key} = {value}   # {from}: {about}\n"),
            );
            text.push_str(&line);
        }
        text
    }
}
