//! `ordersift worklist`: what must ship.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args as Group;
use ordersift::gate::Gate;
use ordersift::options::{Options, TableOptions};
use ordersift::table::Document;
use ordersift::write::{self, FORMATS, Format, Period, Shape, ShipFrom};

use crate::cli::inputs::Inputs;
use crate::cli::inputs::reading::{gather, read_with};
use crate::cli::outputs::gates::{outcome, watch};
use crate::cli::outputs::remarks::remark_rejects;
use crate::cli::outputs::{self, Style, layout};
use crate::cli::parsers::format_names;
use crate::cli::screen::Screen;
use crate::cli::{Failure, Outcome};

const EXAMPLES: &str = "\
Examples:
  ordersift worklist unshipped.txt --as-of now
  ordersift worklist reports/ --format csv > pick-list.csv
  ordersift worklist reports/ --with-addresses               addresses, and orders for one parcel
  ordersift worklist reports/ --confirm-file ship.txt        the file to fill in and upload";

#[derive(Debug, Group)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Worklist {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// Exit with code 1 if this condition is true, for example `late_open > 0`; repeat it for more conditions
    #[arg(
        long,
        env = "ORDERSIFT_FAIL_IF",
        hide_env = true,
        value_delimiter = ';',
        value_name = "EXPR"
    )]
    pub(crate) fail_if: Vec<Gate>,

    /// Also write Amazon's shipping confirmation file with these lines, to be filled in and uploaded
    #[arg(long, value_name = "FILE")]
    pub(crate) confirm_file: Option<PathBuf>,

    /// The address that parcels are sent from, for --confirm-file: NAME|LINE 1|LINE 2|CITY|STATE|POSTCODE|COUNTRY
    #[arg(
        long,
        env = "ORDERSIFT_SHIP_FROM",
        hide_env = true,
        value_name = "ADDRESS"
    )]
    pub(crate) ship_from: Option<ShipFrom>,

    /// Also show the recipients' addresses, and the orders that can go in one parcel. Delete this buyers' data after 30 days
    #[arg(long)]
    pub(crate) with_addresses: bool,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = format_names())]
    pub(crate) format: String,

    /// Write text to CSV unchanged, even if a spreadsheet program would run it as a formula
    #[arg(long, env = "ORDERSIFT_RAW_TEXT", hide_env = true)]
    pub(crate) raw_text: bool,
}

pub(crate) fn run(worklist: &Worklist, screen: &Screen) -> Result<Outcome, Failure> {
    let format = Format::named(&worklist.format).unwrap_or(&FORMATS[0]);
    outputs::refuse(&[format], 1)?;
    let inputs = gather(&worklist.inputs)?;
    let given = worklist.inputs.options()?;
    let options = Options {
        tables: TableOptions {
            addresses: worklist.with_addresses,
            ..given.tables
        },
        ..given
    };
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
        numbered(&document)?;
        let mut lines = 0;
        outputs::file_of_its_own(file, "--confirm-file", |out| {
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
        if let Some((_, file)) = struck(&document, "saved_by_spreadsheet") {
            Screen::warn(&format!(
                "a spreadsheet saved {file}: leading zeros of postal codes may be gone"
            ));
        }
    }
    if format.name == "terminal" {
        let mut out = screen.stdout();
        let layout = layout(Period::Week, screen);
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
        outputs::show(&document, format, style)?;
    }
    Ok(outcome(&worklist.inputs, &document))
}

/// Refuses a shipping confirmation of items without a number: Amazon takes the whole order for shipped.
fn numbered(document: &Document) -> Result<(), Failure> {
    let Some(table) = document.table("worklist") else {
        return Ok(());
    };
    let rows = 0..table.height();
    let bare = rows.filter(|row| table.text(*row, "order_item_id").is_empty());
    let reason = match (bare.count(), struck(document, "order_item_id_spoilt")) {
        (0, _) => return Ok(()),
        (_, Some((count, first))) => format!(
            "a spreadsheet rounded {count} order item ids to the form 1.40E+14, first: {first}"
        ),
        (count, None) => format!("{count} lines of the worklist have no order item id"),
    };
    Err(Failure::usage(
        reason,
        "download the unshipped report again and give it as it came: without these numbers Amazon takes whole orders for shipped",
    ))
}

/// How often a check of `quality` struck, and where first; `None` if it did not.
fn struck(document: &Document, check: &str) -> Option<(String, String)> {
    let table = document.table("quality")?;
    let row = (0..table.height()).find(|row| table.text(*row, "check") == check)?;
    let count = table.text(row, "count");
    (count != "0").then(|| (count, table.text(row, "example_place")))
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
