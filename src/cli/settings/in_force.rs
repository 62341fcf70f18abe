//! The settings that are in force, as TOML, each with where it is from.

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches};
use toml::Value;

use super::file::SettingsFile;

/// The text of `--print-config`: the settings among the flags of a command, of which these are the matches.
pub(super) fn text<'f>(
    flags: impl Iterator<Item = &'f Arg>,
    matches: &ArgMatches,
    file: Option<&SettingsFile>,
) -> String {
    let mut text = String::from(
        "# What is in force. Flags win over the environment, which wins over the file.\n\n",
    );
    for flag in flags {
        let (Some(name), Some(variable)) = (flag.get_long(), flag.get_env()) else {
            continue;
        };
        let about = flag.get_help().map(ToString::to_string).unwrap_or_default();
        // `format` is what is published.
        let applies = name != "format" || matches.value_source("out").is_some();
        let set = file.and_then(|file| Some((file, file.table.get(name)?)));
        let (value, from) = match (matches.value_source(flag.get_id().as_str()), set) {
            (Some(ValueSource::CommandLine), _) => (given(flag, matches), format!("--{name}")),
            (Some(ValueSource::EnvVariable), _) if applies => (
                given(flag, matches),
                variable.to_string_lossy().into_owned(),
            ),
            (_, Some((file, value))) if applies => {
                (Some(value.clone()), file.path.display().to_string())
            }
            (Some(ValueSource::DefaultValue), _) => (given(flag, matches), "default".to_owned()),
            _ => (None, String::new()),
        };
        let line = match value {
            Some(value) => format!("{name} = {value}   # {from}: {about}\n"),
            None if is_list(flag) => format!("# {name} = []   # not set: {about}\n"),
            None => format!("# {name} =   # not set: {about}\n"),
        };
        text.push_str(&line);
    }
    text
}

/// The value of a flag, as it was typed.
fn given(flag: &Arg, matches: &ArgMatches) -> Option<Value> {
    let id = flag.get_id().as_str();
    if matches!(flag.get_action(), ArgAction::SetTrue) {
        return Some(Value::Boolean(matches.get_flag(id)));
    }
    let mut values = matches
        .get_raw(id)?
        .map(|value| Value::String(value.to_string_lossy().into_owned()));
    if is_list(flag) {
        return Some(Value::Array(values.collect()));
    }
    values.next()
}

fn is_list(flag: &Arg) -> bool {
    matches!(flag.get_action(), ArgAction::Append)
}
