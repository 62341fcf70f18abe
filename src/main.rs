//! The `ordersift` command.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args = match cli::args::read() {
        Ok(args) => args,
        Err(failure) => return cli::screen::Screen::fail(&failure),
    };
    let screen = cli::screen::Screen::open(&args);
    match cli::run(&args, &screen) {
        Ok(outcome) => outcome.code(),
        Err(failure) => cli::screen::Screen::fail(&failure),
    }
}
