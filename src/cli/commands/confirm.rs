//! `ordersift confirm`: a list of parcels, checked against what is open, as the file that Amazon takes.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args as Group;
use ordersift::field::Day;
use ordersift::input::{self, Input};
use ordersift::options::{MaxRejects, Options, ShippingOptions, Tracking};
use ordersift::table::{Document, Table};
use ordersift::write::{self, ShipFrom};

use crate::cli::enums::AsOf;
use crate::cli::inputs::Inputs;
use crate::cli::inputs::reading::{read_with, threads};
use crate::cli::parsers::day;
use crate::cli::screen::Screen;
use crate::cli::{Failure, Outcome, outputs};

const EXAMPLES: &str = "\
Examples:
  ordersift confirm reports/ --tracking parcels.csv --out ship.txt
  ordersift confirm reports/ --tracking parcels.csv --out ship.txt --carrier UPS
  ordersift worklist reports/ ship.txt                       what is left to ship

The list is CSV or tab-separated, with a header. It has the columns order-id and tracking-number, and may have order-item-id, quantity, ship-date, carrier-code, carrier-name, ship-method. Without --partial, nothing is written if a line has an order that is unknown, FBA, cancelled or not open, more units than are open, no number, a wrong date, or is repeated.";

#[derive(Debug, Group)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Confirm {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// The list of parcels, with order-id, tracking-number and any other column of Amazon's template
    #[arg(long, value_name = "FILE")]
    pub(crate) tracking: PathBuf,

    /// The file to write and upload
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,

    /// Write the valid lines, and name the others
    #[arg(long)]
    pub(crate) partial: bool,

    /// The carrier of parcels for which the list names none
    #[arg(long, value_name = "NAME")]
    pub(crate) carrier: Option<String>,

    /// The day of shipment of parcels for which the list names none [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) ship_date: Option<Day>,

    /// The address that parcels are sent from: NAME|LINE 1|LINE 2|CITY|STATE|POSTCODE|COUNTRY
    #[arg(
        long,
        env = "ORDERSIFT_SHIP_FROM",
        hide_env = true,
        value_name = "ADDRESS"
    )]
    pub(crate) ship_from: Option<ShipFrom>,
}

pub(crate) fn run(confirm: &Confirm, screen: &Screen) -> Result<Outcome, Failure> {
    threads(&confirm.inputs);
    let (inputs, list) = gather(confirm)?;
    let given = confirm.inputs.options()?;
    let tracking = Tracking {
        file: list.clone(),
        ship_date: confirm.ship_date,
        carrier: confirm.carrier.clone(),
    };
    let options = Options {
        // Parcels are confirmed at a desk: the clock on the wall is what the carrier's day is.
        as_of: given.as_of.or_else(|| Some(AsOf::Now.moment())),
        // A line of the list that cannot be read is named below, and one of a report cannot be confirmed.
        max_rejects: MaxRejects::Share(1_000_000),
        shipping: ShippingOptions {
            tracking: Some(tracking),
            ..given.shipping
        },
        ..given
    };
    let document = read_with(&options, &inputs, screen)?;
    if !document.kinds.iter().any(|(kind, _)| *kind == "unshipped") {
        return Err(Failure::usage(
            "no unshipped report among the inputs, so it is not known what is open",
            "add the newest unshipped-orders report: Seller Central, Orders, Order Reports, Unshipped",
        ));
    }
    let name = inputs
        .iter()
        .find(|input| input.path.as_deref() == Some(&list))
        .map_or("", |input| input.name.as_str());
    let Some(table) = document.table("confirmations") else {
        return Ok(Outcome::Done);
    };
    let of_list = (0..table.height()).filter(|row| table.text(*row, "file") == name);
    let (good, bad): (Vec<usize>, Vec<usize>) =
        of_list.partition(|row| table.text(*row, "problems").is_empty());
    let wrong = complaints(&document, table, &bad, name);
    if !wrong.is_empty() && !confirm.partial {
        let (count, all) = (wrong.len(), wrong.len() + good.len());
        return Err(Failure::usage(
            format!(
                "{count} of {all} lines of {name} cannot be confirmed, so nothing was written:\n{}",
                listed(&wrong)
            ),
            "put them right, or give `--partial`, which leaves them out",
        ));
    }
    outputs::file_of_its_own(&confirm.out, "--out", |out| {
        write::confirmed(table, &good, confirm.ship_from.as_ref(), out).map(|_| ())
    })?;
    if !wrong.is_empty() {
        Screen::warn(&format!("left out: {}", lines(wrong.len())));
        for line in &wrong {
            Screen::warn(line.trim());
        }
    }
    screen.remark(&format!(
        "{} in {}: upload it, and give it to `ordersift worklist` as a file more",
        lines(good.len()),
        confirm.out.display()
    ));
    Ok(Outcome::Done)
}

/// The inputs with the list among them, once; and its path.
fn gather(confirm: &Confirm) -> Result<(Vec<Input>, PathBuf), Failure> {
    let list = &confirm.tracking;
    let same = |path: &Path| {
        let known = path.canonicalize().ok();
        known.is_some() && known == list.canonicalize().ok()
    };
    let others = confirm.inputs.paths.iter().filter(|path| !same(path));
    let mut paths: Vec<PathBuf> = others.cloned().collect();
    paths.push(list.clone());
    let mut inputs = input::gather(&paths, &confirm.inputs.account)?;
    let named = |input: &Input| input.path.as_deref().is_some_and(same);
    let first = inputs.iter().find(|input| named(input) && !input.in_folder);
    let path = first.and_then(|input| input.path.clone());
    inputs.retain(|input| input.path == path || !named(input));
    match path {
        Some(path) => Ok((inputs, path)),
        None => Err(Failure::usage(
            format!("{}: no file", list.display()),
            "`--tracking` takes a file with the columns order-id and tracking-number",
        )),
    }
}

/// What is wrong with lines of the list, a line of text each, those that could not be read first.
fn complaints(document: &Document, table: &Table, bad: &[usize], name: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if let Some(rejects) = document.table("rejects") {
        let of_list = (0..rejects.height()).filter(|row| rejects.text(*row, "file") == name);
        wrong.extend(of_list.map(|row| {
            let of = |column: &str| rejects.text(row, column);
            format!("  line {}: {} {}", of("line"), of("column"), of("reason"))
        }));
    }
    wrong.extend(bad.iter().map(|row| {
        let of = |column: &str| table.text(*row, column);
        let problems = of("problems");
        let problems: Vec<&str> = problems.split(' ').map(in_words).collect();
        let (line, order) = (of("line"), of("order_id"));
        format!("  line {line}: {order} {}", problems.join("; "))
    }));
    wrong
}

/// At most a screenful.
fn listed(wrong: &[String]) -> String {
    const MOST: usize = 20;
    let mut text = wrong[..wrong.len().min(MOST)].join("\n");
    if wrong.len() > MOST {
        let _ = write!(text, "\n  and {} more", wrong.len() - MOST);
    }
    text
}

fn in_words(problem: &str) -> &str {
    match problem {
        "unknown_order" => "is in none of the reports",
        "fba_order" => "is an FBA order: Amazon ships it",
        "cancelled_order" => "is cancelled",
        "on_hold" => "is on hold: the buyer asked to cancel",
        "not_open" => "is not in the newest unshipped report: shipped already, or cancelled",
        "unknown_item" => "has no open item of that number",
        "quantity_over_open" => "has fewer units open",
        "no_tracking" => "has no tracking number",
        "no_carrier" => "has no carrier (give `--carrier NAME` for all)",
        "no_ship_date" => "has no ship date",
        "before_purchase" => "was shipped before it was bought",
        "in_future" => "has a ship date in the future",
        "confirmed_before" => "was confirmed with this number before",
        "duplicate" => "stands there twice",
        other => other,
    }
}

fn lines(count: usize) -> String {
    format!("{count} line{}", if count == 1 { "" } else { "s" })
}
