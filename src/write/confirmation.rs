//! The open lines as the file that Amazon takes for confirming shipments, ready to be filled in.
//!
//! Its columns are those of Amazon's template `Flat.File.ShippingConfirm` (FORMATS 4). No buyer's field is in it.

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

/// Writes the lines of the table `worklist` that are not on hold, in working order, and returns how many there are.
///
/// `ship-date` is the local day of the report where the order is due; carrier and tracking number are left empty, for the
/// packer to fill in. A line without a promise has no such day, and its `ship-date` is empty too.
pub fn confirmation(worklist: &Table, out: &mut dyn Write) -> io::Result<usize> {
    let column = |name: &str| worklist.index(name).unwrap_or(usize::MAX);
    let text = |row: usize, name: &str| match worklist.cell(row, column(name)) {
        Cell::Text(text) => text.replace(['\t', '\r', '\n'], " "),
        Cell::Count(count) => count.to_string(),
        _ => String::new(),
    };
    writeln!(out, "{}", COLUMNS.join("\t"))?;
    let mut lines = 0;
    for row in 0..worklist.height() {
        if worklist.cell(row, column("hold")) != Cell::Absent {
            continue;
        }
        let overdue = match worklist.cell(row, column("days_overdue")) {
            Cell::Count(days) => Some(days),
            _ => None,
        };
        let ship_date = today(&text(row, "promise_local"), overdue);
        let cells = [
            text(row, "order_id"),
            text(row, "order_item_id"),
            text(row, "quantity_to_ship"),
            ship_date.map_or_else(String::new, |day| day.to_string()),
        ];
        writeln!(out, "{}\t\t\t\t", cells.join("\t"))?;
        lines += 1;
    }
    Ok(lines)
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
