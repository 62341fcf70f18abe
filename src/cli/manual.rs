//! `ordersift completions`, `ordersift man`, and what `--print-config` prints: the command line about itself.

use std::io::Write;

use clap::{Args as Group, CommandFactory};
use clap_complete::Shell;

use super::args::Args;
use super::screen::Screen;
use super::{Failure, Outcome};

#[derive(Debug, Group)]
pub(crate) struct Completions {
    /// Which shell
    pub(crate) shell: Shell,
}

#[derive(Debug, Group)]
pub(crate) struct Man {
    /// Which command [default: the program]
    pub(crate) command: Option<String>,
}

pub(super) fn completions(shell: Shell) -> Result<Outcome, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "ordersift", &mut text);
    write(&text)
}

/// The page of the program, or of one of its commands.
pub(super) fn page(command: Option<&str>) -> Result<Outcome, Failure> {
    let mut program = Args::command();
    program.build();
    let about = match command {
        None => program,
        Some(name) => {
            let found = program.find_subcommand(name).cloned();
            let known = || program.get_subcommands().map(clap::Command::get_name);
            found.ok_or_else(|| {
                let near = known()
                    .map(|known| (strsim::damerau_levenshtein(known, name), known))
                    .min();
                let help = match near {
                    Some((distance, near)) if distance <= 3 => format!("did you mean `{near}`?"),
                    _ => format!("there are {}", known().collect::<Vec<_>>().join(", ")),
                };
                Failure::usage(format!("no command is called `{name}`"), help)
            })?
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(about).render(&mut text)?;
    write(&text)
}

pub(super) fn print(text: &str) -> Result<Outcome, Failure> {
    write(text.as_bytes())
}

fn write(text: &[u8]) -> Result<Outcome, Failure> {
    let mut out = Screen::raw_stdout();
    out.write_all(text)?;
    out.flush()?;
    Ok(Outcome::Done)
}
