//! `ordersift worklist`: what must ship.

use std::io::{self, Write};

use ordersift::write::{self, FORMATS, Format, Period, Shape};

use super::args::Worklist;
use super::choices::By;
use super::output::{self, Style};
use super::report::{gather, layout, outcome, read_with, remark_rejects, watch};
use super::screen::Screen;
use super::{Failure, Outcome};

pub(super) fn run(worklist: &Worklist, screen: &Screen) -> Result<Outcome, Failure> {
    let format = Format::named(&worklist.format).unwrap_or(&FORMATS[0]);
    output::refuse(&[format], 1)?;
    let inputs = gather(&worklist.inputs)?;
    let mut options = worklist.inputs.options()?;
    options.addresses = worklist.with_addresses;
    let mut document = read_with(&options, &inputs, screen)?;
    if !document.kinds.iter().any(|(kind, _)| *kind == "unshipped") {
        let help =
            "add the unshipped-orders report: Seller Central, Orders, Order Reports, Unshipped";
        return Err(Failure::usage(
            "no unshipped report among the inputs, so it is not known what must ship",
            help,
        ));
    }
    watch(&mut document, &worklist.fail_if);
    remark_rejects(&document, screen);
    if let Some(file) = &worklist.confirm_file {
        let mut lines = 0;
        output::file_of_its_own(file, "--confirm-file", |out| {
            if let Some(table) = document.table("worklist") {
                lines = write::confirmation(table, worklist.ship_from.as_ref(), out)?;
            }
            Ok(())
        })?;
        let named = file.display();
        screen.remark(&format!(
            "{lines} lines in {named}: fill in carrier and tracking number, take out what did not ship, upload it"
        ));
    }
    if worklist.with_addresses {
        private()?;
        screen
            .remark("addresses are buyers' data: delete them 30 days after shipping at the latest");
    }
    if format.name == "terminal" {
        let mut out = screen.stdout();
        let layout = layout(By::Week, screen);
        write::worklist(&document, &layout, &mut out)?;
        if worklist.with_addresses {
            write::parcels(&document, &layout, &mut out)?;
        }
        out.flush()?;
    } else {
        // One table where the format has a file for each; else the buckets too.
        let one = matches!(format.shape, Shape::Table { .. });
        let list = if worklist.with_addresses && one {
            "parcels"
        } else {
            "worklist"
        };
        let kept = |name: &str| name == list || !one && matches!(name, "late" | "parcels");
        document.tables.retain(|table| kept(table.spec.name));
        let style = Style {
            by: Period::Week,
            raw_text: worklist.raw_text,
        };
        output::show(&document, format, style)?;
    }
    Ok(outcome(&worklist.inputs, &document))
}

/// If standard output is a file, nobody but its owner is to read it from now on.
#[cfg(unix)]
fn private() -> io::Result<()> {
    use std::fs::{File, Permissions};
    use std::os::fd::AsFd;
    use std::os::unix::fs::PermissionsExt;
    let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    if out.metadata()?.is_file() {
        out.set_permissions(Permissions::from_mode(0o600))?;
    }
    Ok(())
}

/// Elsewhere the rights of a folder decide.
#[cfg(not(unix))]
fn private() -> io::Result<()> {
    Ok(())
}
