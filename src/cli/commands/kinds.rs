//! `ordersift kinds`: what is read, and what is only recognised.

use std::io::Write;

use ordersift::report::foreign::FOREIGN;
use ordersift::report::{KINDS, TRACKING, UNTABLED};

use crate::cli::screen::Screen;
use crate::cli::{Failure, Outcome};

pub(crate) fn run(screen: &Screen) -> Result<Outcome, Failure> {
    let mut out = screen.stdout();
    for spec in KINDS.iter().chain([&TRACKING]).chain(UNTABLED) {
        let names = |required: bool| {
            let named = spec
                .columns
                .iter()
                .filter(|column| column.required == required && !column.name.starts_with('('));
            named
                .map(|column| column.name)
                .collect::<Vec<_>>()
                .join(", ")
        };
        writeln!(
            out,
            "{}\n  from    {}\n  needs   {}\n  reads   {}\n",
            spec.name,
            spec.origin,
            names(true),
            names(false)
        )?;
    }
    let mut foreign: Vec<&str> = FOREIGN.iter().map(|foreign| foreign.name).collect();
    foreign.dedup();
    writeln!(out, "Recognised, but not read: {}.", foreign.join(", "))?;
    writeln!(
        out,
        "Columns are found by name: their order, further columns, case and blanks around names do not matter."
    )?;
    out.flush()?;
    Ok(Outcome::Done)
}
