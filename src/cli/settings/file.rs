//! The values in `ordersift.toml`, each read as that of its flag is.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use chrono_tz::Tz;
use clap::{Command as Program, CommandFactory, ValueEnum};
use ordersift::gate::{Gate, Misread};
use ordersift::options::MaxRejects;
use ordersift::report::encoding::Charset;
use ordersift::topic::TABLES;
use ordersift::write::{FORMATS, ShipFrom};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::cli::Failure;
use crate::cli::args::Args;
use crate::cli::enums::{By, StartDay};
use crate::cli::parsers;
use crate::cli::spelling::nearest;

const HELP: &str = "`ordersift report --print-config PATH` shows all settings";

/// A file of settings.
#[derive(Debug)]
pub(super) struct SettingsFile {
    pub(super) path: PathBuf,
    /// The values as they stand in it.
    pub(super) table: toml::Table,
    pub(super) settings: Settings,
}

/// All settings; what the file does not have is `None`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Settings {
    #[serde(deserialize_with = "time_zone")]
    pub(super) time_zone: Option<Tz>,
    #[serde(deserialize_with = "choice")]
    pub(super) week_start: Option<StartDay>,
    #[serde(deserialize_with = "choice")]
    pub(super) by: Option<By>,
    #[serde(deserialize_with = "formats")]
    pub(super) format: Option<Vec<String>>,
    #[serde(deserialize_with = "tables")]
    pub(super) table: Option<Vec<String>>,
    #[serde(deserialize_with = "parsed")]
    pub(super) estimate_pending: Option<bool>,
    #[serde(deserialize_with = "gates")]
    pub(super) fail_if: Option<Vec<Gate>>,
    #[serde(deserialize_with = "parsed")]
    pub(super) strict: Option<bool>,
    #[serde(deserialize_with = "parsed")]
    pub(super) ship_from: Option<ShipFrom>,
    pub(super) holidays: Option<PathBuf>,
    pub(super) claims: Option<PathBuf>,
    #[serde(deserialize_with = "parsed")]
    pub(super) max_rejects: Option<MaxRejects>,
    #[serde(deserialize_with = "encoding")]
    pub(super) encoding: Option<Charset>,
    #[serde(deserialize_with = "parsed")]
    pub(super) raw_text: Option<bool>,
    #[serde(deserialize_with = "threads")]
    pub(super) threads: Option<u16>,
}

impl SettingsFile {
    /// Reads a file.
    ///
    /// # Errors
    /// It cannot be read, is no TOML, or has a setting that is unknown or has no such value.
    pub(super) fn read(path: PathBuf) -> Result<Self, Failure> {
        let wrong = |what: &dyn Display| {
            let what = what.to_string();
            Failure::usage(format!("{}: {}", path.display(), what.trim_end()), HELP)
        };
        let text =
            fs::read_to_string(&path).map_err(|error| Failure::unreadable(&path, &error, HELP))?;
        let table: toml::Table = text.parse().map_err(|error| wrong(&error))?;
        let known = names();
        if let Some(name) = table.keys().find(|name| !known.contains(name)) {
            let hint = nearest(name, &known)
                .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return Err(wrong(&format_args!("no setting is called `{name}`{hint}")));
        }
        let mut settings: Settings = toml::from_str(&text).map_err(|error| wrong(&error))?;
        // A file that the settings name lies beside them.
        let beside = path.parent().unwrap_or(Path::new("."));
        for named in [&mut settings.holidays, &mut settings.claims] {
            *named = named.take().map(|named| beside.join(named));
        }
        Ok(Self {
            path,
            table,
            settings,
        })
    }
}

/// The names of all settings.
fn names() -> Vec<String> {
    let program = Args::command();
    let flags = program.get_subcommands().flat_map(Program::get_arguments);
    let flags = flags.filter(|flag| flag.get_env().is_some());
    let mut names: Vec<String> = flags
        .filter_map(|flag| flag.get_long().map(str::to_owned))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// A value for which the command line has a text.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a text or a number")]
enum Scalar {
    Text(String),
    Number(i64),
    Flag(bool),
}

/// Values of a flag that can be repeated.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a text or a list of texts")]
enum List {
    One(Scalar),
    Several(Vec<Scalar>),
}

impl Scalar {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
        }
    }
}

/// Reads a value from its text.
fn one<'de, D: Deserializer<'de>, T>(
    from: D,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>, D::Error> {
    let text = Scalar::deserialize(from)?.text();
    let wrong = |what| D::Error::custom(format_args!("`{text}`: {what}"));
    read(&text).map(Some).map_err(wrong)
}

/// Reads a value, or several, each from its text.
fn several<'de, D: Deserializer<'de>, T>(
    from: D,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<Vec<T>>, D::Error> {
    let texts = match List::deserialize(from)? {
        List::One(text) => vec![text],
        List::Several(texts) => texts,
    };
    let values = texts.into_iter().map(|text| {
        let text = text.text();
        read(&text).map_err(|what| D::Error::custom(format_args!("`{text}`: {what}")))
    });
    values.collect::<Result<_, _>>().map(Some)
}

/// Reads names of a list; a text may have several, with commas between them.
fn listed<'de, D: Deserializer<'de>>(
    from: D,
    known: &[&str],
) -> Result<Option<Vec<String>>, D::Error> {
    let read = |text: &str| {
        let names = text.split(',').map(|name| match nearest(name, known) {
            _ if known.contains(&name) => Ok(name.to_owned()),
            Some(near) => Err(format!("not known; did you mean `{near}`?")),
            None => Err(format!("not known; there are {}", known.join(", "))),
        });
        names.collect::<Result<Vec<String>, String>>()
    };
    Ok(several(from, read)?.map(|names| names.concat()))
}

fn parsed<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    one(from, |text| {
        text.parse().map_err(|what: T::Err| what.to_string())
    })
}

/// One of the names that a flag takes.
fn choice<'de, D: Deserializer<'de>, T: ValueEnum>(from: D) -> Result<Option<T>, D::Error> {
    one(from, |text| {
        T::from_str(text, false).map_err(|_| {
            let known = T::value_variants().iter();
            let known = known.filter_map(T::to_possible_value);
            let known: Vec<String> = known.map(|name| name.get_name().to_owned()).collect();
            format!("not one of {}", known.join(", "))
        })
    })
}

fn time_zone<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Tz>, D::Error> {
    one(from, parsers::zone)
}

fn encoding<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Charset>, D::Error> {
    one(from, parsers::encoding)
}

fn threads<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u16>, D::Error> {
    one(from, parsers::threads)
}

fn gates<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<Gate>>, D::Error> {
    several(from, |text| {
        text.parse().map_err(|what: Misread| what.to_string())
    })
}

fn formats<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<String>>, D::Error> {
    let known: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    listed(from, &known)
}

fn tables<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<String>>, D::Error> {
    let known: Vec<&str> = TABLES.iter().map(|spec| spec.name).collect();
    listed(from, &known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_with_a_variable_is_a_setting_of_the_file() {
        for name in names() {
            let wrong = toml::from_str::<Settings>(&format!("{name} = 1979-05-27"));
            let text = wrong.unwrap_err().to_string();
            assert!(!text.contains("unknown field"), "{text}");
        }
    }
}
