//! `ordersift worklist`: what must ship.

use std::io::Write;

use ordersift::write::{self, FORMATS, Format, Period, Shape};

use super::args::{By, Worklist};
use super::output::{self, Style};
use super::report::{gather, layout, outcome, read, watch};
use super::screen::Screen;
use super::{Failure, Outcome};

pub(super) fn run(worklist: &Worklist, screen: &Screen) -> Result<Outcome, Failure> {
    let format = Format::named(&worklist.format).unwrap_or(&FORMATS[0]);
    output::refuse(&[format], 1)?;
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
    watch(&mut document, &worklist.fail_if);
    if format.name == "terminal" {
        let mut out = screen.stdout();
        write::worklist(&document, &layout(By::Week, screen), &mut out)?;
        out.flush()?;
    } else {
        // One table where the format has a file for each; else the buckets too.
        let one = matches!(format.shape, Shape::Table { .. });
        let kept = |name: &str| name == "worklist" || !one && name == "late";
        document.tables.retain(|table| kept(table.spec.name));
        let style = Style {
            by: Period::Week,
            raw_text: worklist.raw_text,
        };
        output::show(&document, format, style)?;
    }
    Ok(outcome(&worklist.inputs, &document))
}
