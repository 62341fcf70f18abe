//! `ordersift worklist`: what must ship.

use std::io::Write;

use ordersift::write;

use super::args::{By, Format, Worklist};
use super::report::{gather, layout, outcome, read};
use super::screen::Screen;
use super::{Failure, Outcome};

pub(super) fn run(worklist: &Worklist, screen: &Screen) -> Result<Outcome, Failure> {
    let inputs = gather(&worklist.inputs)?;
    let mut document = read(&worklist.inputs, &inputs, screen)?;
    if !document.kinds.iter().any(|(kind, _)| *kind == "unshipped") {
        let help =
            "add the unshipped-orders report: Seller Central, Orders, Order Reports, Unshipped";
        return Err(Failure::usage(
            "no unshipped report among the inputs, so it is not known what must ship",
            help,
        ));
    }
    match worklist.format {
        Format::Terminal => {
            let mut out = screen.stdout();
            write::worklist(&document, &layout(By::Week, screen), &mut out)?;
            out.flush()?;
        }
        Format::Json => {
            document
                .tables
                .retain(|table| matches!(table.spec.name, "worklist" | "late"));
            let mut out = Screen::raw_stdout();
            write::json(&document, &mut out)?;
            out.flush()?;
        }
        Format::Csv => {
            let mut out = Screen::raw_stdout();
            if let Some(table) = document.table("worklist") {
                write::csv(table, worklist.raw_text, &mut out)?;
            }
            out.flush()?;
        }
    }
    Ok(outcome(&worklist.inputs, &document))
}
