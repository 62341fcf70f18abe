//! Settings: flags win over the environment, which wins over `ordersift.toml`.
//!
//! A setting is a flag that has a variable, `env` in its attribute. It has the name of the flag in the file.

mod file;
mod in_force;
mod lookup;
mod merge;

use std::env;
use std::path::Path;

use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue};
use clap::{Arg, Command as Program, CommandFactory, FromArgMatches};

use super::Failure;
use super::args::{Args, Command};
use file::SettingsFile;

/// Reads the command line, completed from the environment and `ordersift.toml`; ends the process where clap answers by
/// itself.
pub(crate) fn read() -> Result<Args, Failure> {
    let program = with_variables(|value| !value.is_empty());
    let matches = program
        .try_get_matches()
        .map_err(|error| match variable(&error) {
            Some(name) => {
                let text = error.to_string();
                let text = text.strip_prefix("error: ").unwrap_or(&text).trim_end();
                Failure::Told(format!("{name}: {text}"))
            }
            None => without_command(&error).unwrap_or_else(|| error.exit()),
        })?;
    let mut args = Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let Some((name, matches)) = matches.subcommand() else {
        return Ok(args);
    };
    let file = lookup::lookup(&mut args.command)?;
    let file = file.map(SettingsFile::read).transpose()?;
    let settings = file.as_ref().map(|file| file.settings.clone());
    merge::merge(settings.unwrap_or_default(), matches, &mut args.command);
    if args
        .command
        .inputs()
        .is_some_and(|inputs| inputs.print_config)
    {
        let program = Args::command();
        let flags = program.find_subcommand(name).into_iter();
        let flags = flags.flat_map(Program::get_arguments);
        args.command = Command::PrintConfig(in_force::text(flags, matches, file.as_ref()));
    }
    Ok(args)
}

/// The failure of a command line that names a file or folder in place of a command.
fn without_command(error: &clap::Error) -> Option<Failure> {
    let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    Path::new(name).exists().then(|| {
        Failure::usage(
            format!("`{name}` is a file or folder, not a command"),
            format!(
                "`ordersift report {name}` reports on it; `ordersift --help` lists the commands"
            ),
        )
    })
}

/// The program; of its variables, it sees those whose value passes.
fn with_variables(passes: fn(&std::ffi::OsStr) -> bool) -> Program {
    let seen = |flag: Arg| {
        let value = flag.get_env().and_then(env::var_os);
        if value.is_some_and(|value| passes(&value)) {
            flag
        } else {
            flag.env(Resettable::Reset)
        }
    };
    Args::command().mut_subcommands(|command| command.mut_args(seen))
}

/// The variable whose value the program does not take, if that is what is wrong.
fn variable(error: &clap::Error) -> Option<String> {
    let about = error.get(ContextKind::InvalidArg)?;
    let ContextValue::String(flag) = about else {
        return None;
    };
    let alone = with_variables(|_| false).try_get_matches();
    if alone.is_err_and(|error| error.get(ContextKind::InvalidArg) == Some(about)) {
        return None;
    }
    let mut program = Args::command();
    // A flag shows itself as it does in a message once it is built.
    program.build();
    let commands = program.get_subcommands();
    let mut flags = commands.flat_map(Program::get_arguments);
    let named = flags.find(|named| named.to_string() == *flag && named.get_env().is_some())?;
    Some(named.get_env()?.to_string_lossy().into_owned())
}
