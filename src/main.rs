//! The `ordersift` command.

mod cli;

use std::process::ExitCode;

use cli::screen::Screen;

fn main() -> ExitCode {
    let args = match cli::settings::read() {
        Ok(args) => args,
        Err(failure) => return Screen::fail(&failure),
    };
    let screen = Screen::open(&args.streams);
    match cli::run(&args, &screen) {
        Ok(outcome) => outcome.code(),
        Err(failure) => Screen::fail(&failure),
    }
}
