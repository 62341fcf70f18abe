//! The open lines as the file that Amazon takes for confirming shipments, ready to be filled in.
//!
//! Its columns are those of Amazon's template `Flat.File.ShippingConfirm` (docs/formats.md, Other reports). No buyer's
//! field is in it.

use std::io::{self, Write};

use chrono::{DateTime, Days, NaiveDate};

use crate::table::{Cell, Table};

/// The columns of the template.
const COLUMNS: [&str; 8] = [
    "order-id",
    "order-item-id",
    "quantity",
    "ship-date",
    "carrier-code",
    "carrier-name",
    "tracking-number",
    "ship-method",
];

/// Where parcels are sent from, in the order of the template's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShipFrom([String; 7]);

/// The template's columns for it.
const SHIP_FROM: [&str; 7] = [
    "ship_from_address_name",
    "ship_from_address_line1",
    "ship_from_address_line2",
    "ship_from_address_city",
    "ship_from_address_state_or_region",
    "ship_from_address_postalcode",
    "ship_from_address_countrycode",
];

impl std::str::FromStr for ShipFrom {
    type Err = String;

    /// Reads `NAME|LINE 1|LINE 2|CITY|STATE|POSTCODE|COUNTRY`; what does not apply is empty.
    ///
    /// ```
    /// use ordersift::write::ShipFrom;
    /// assert!("Shop|1 Main St||Tulsa|OK|74103|US".parse::<ShipFrom>().is_ok());
    /// assert!("Shop, Tulsa".parse::<ShipFrom>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, String> {
        let form = "of the form NAME|LINE 1|LINE 2|CITY|STATE|POSTCODE|COUNTRY, empty where it does not apply";
        let parts: Vec<String> = text.split('|').map(|part| part.trim().to_owned()).collect();
        let parts: [String; 7] = parts
            .try_into()
            .map_err(|parts: Vec<String>| format!("{} parts; it is {form}", parts.len()))?;
        let country = &parts[6];
        if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(format!("the country is a code as US or DE; it is {form}"));
        }
        if text.contains(char::is_control) {
            return Err("it holds a tab or another control character".to_owned());
        }
        Ok(Self(parts))
    }
}

/// Writes the lines of the table `worklist` that are not on hold, in working order, and returns how many there are.
///
/// `ship-date` is the local day of the report where the order is due; carrier and tracking number are left empty, for the
/// packer to fill in; `from` adds the columns of where it is sent from. A line without a promise has no such day, and its `ship-date` is empty too.
pub fn confirmation(
    worklist: &Table,
    from: Option<&ShipFrom>,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let rows = (0..worklist.height()).filter(|row| cell(worklist, *row, "hold").is_empty());
    let cells = |row: usize| {
        let text = |name: &str| cell(worklist, row, name);
        let overdue = text("days_overdue").parse().ok();
        let ship_date = today(&text("promise_local"), overdue);
        let ship_date = ship_date.map_or_else(String::new, |day| day.to_string());
        let [order, item, units] = ["order_id", "order_item_id", "quantity_to_ship"].map(text);
        let none = String::new;
        [
            order,
            item,
            units,
            ship_date,
            none(),
            none(),
            none(),
            none(),
        ]
    };
    template(rows.map(cells), from, out)
}

/// Writes these rows of the table `confirmations`, and returns how many there are.
pub fn confirmed(
    confirmations: &Table,
    rows: &[usize],
    from: Option<&ShipFrom>,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let cells = |row: &usize| {
        [
            "order_id",
            "order_item_id",
            "units_confirmed",
            "ship_date",
            "carrier_code",
            "carrier_name",
            "tracking_number",
            "ship_method",
        ]
        .map(|name| cell(confirmations, *row, name))
    };
    template(rows.iter().map(cells), from, out)
}

/// A cell as the template has it: no tab, no line end.
fn cell(table: &Table, row: usize, name: &str) -> String {
    let column = table.index(name).unwrap_or(usize::MAX);
    match table.cell(row, column) {
        Cell::Text(text) => text.replace(['\t', '\r', '\n'], " "),
        Cell::Count(count) => count.to_string(),
        _ => String::new(),
    }
}

fn template(
    lines: impl Iterator<Item = [String; 8]>,
    from: Option<&ShipFrom>,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let (columns, from) = match from {
        None => (String::new(), String::new()),
        Some(ShipFrom(parts)) => (
            format!("\t{}", SHIP_FROM.join("\t")),
            format!("\t{}", parts.join("\t")),
        ),
    };
    writeln!(out, "{}{columns}", COLUMNS.join("\t"))?;
    let mut count = 0;
    for cells in lines {
        writeln!(out, "{}{from}", cells.join("\t"))?;
        count += 1;
    }
    Ok(count)
}

/// The local day of the report: that of the promise, and as many days later as the order is overdue.
fn today(promise: &str, overdue: Option<i64>) -> Option<NaiveDate> {
    let promise = match promise.parse::<NaiveDate>() {
        Ok(day) => day,
        Err(_) => DateTime::parse_from_rfc3339(promise).ok()?.date_naive(),
    };
    let days = Days::new(overdue?.unsigned_abs());
    if overdue? < 0 {
        promise.checked_sub_days(days)
    } else {
        promise.checked_add_days(days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_the_report_is_counted_from_the_promise() {
        let day = |promise, overdue| today(promise, Some(overdue)).map(|day| day.to_string());
        assert_eq!(
            day("2026-07-28T23:59:59-07:00", 2).as_deref(),
            Some("2026-07-30")
        );
        assert_eq!(day("2026-08-02", -3).as_deref(), Some("2026-07-30"));
        assert_eq!(today("", Some(1)), None);
        assert_eq!(today("2026-08-02", None), None);
    }
}
