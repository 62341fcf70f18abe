//! `ordersift man`: the manual page of the program, or of one of its commands.

use clap::{Args as Group, Command};

use crate::cli::screen::Screen;
use crate::cli::spelling::nearest;
use crate::cli::{Failure, Outcome};

const EXAMPLES: &str = "\
Examples:
  ordersift man | man -l -
  ordersift man report > ordersift-report.1";

#[derive(Debug, Group)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Man {
    /// The command [default: the whole program]
    command: Option<String>,
}

pub(crate) fn run(args: &Man, mut program: Command) -> Result<Outcome, Failure> {
    program.build();
    let about = match &args.command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => return Err(unknown(name, &program)),
        },
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(about).render(&mut text)?;
    Screen::print(&text)
}

fn unknown(name: &str, program: &Command) -> Failure {
    let known = || program.get_subcommands().map(Command::get_name);
    let help = match nearest(name, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", known().collect::<Vec<_>>().join(", ")),
    };
    Failure::usage(format!("no command is called `{name}`"), help)
}
