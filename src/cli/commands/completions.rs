//! `ordersift completions`: the completions of a shell.

use clap::{Args as Group, Command};
use clap_complete::Shell;

use crate::cli::screen::Screen;
use crate::cli::{Failure, Outcome};

const EXAMPLES: &str = "\
Examples:
  ordersift completions bash > ~/.local/share/bash-completion/completions/ordersift
  ordersift completions zsh > ~/.zfunc/_ordersift
  ordersift completions fish > ~/.config/fish/completions/ordersift.fish";

#[derive(Debug, Group)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(args: &Completions, mut program: Command) -> Result<Outcome, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut program, "ordersift", &mut text);
    Screen::print(&text)
}
