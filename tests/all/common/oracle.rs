//! The second opinion: polars reads the files by itself, groups them and joins them. For clean
//! files only (no line to reject); it knows the counts, units and sales of eight tables.
#![allow(
    deprecated,
    reason = "eager group-by methods are marked so in favour of lazy ones, which would cost minutes to build"
)]

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use polars::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Cursor;

/// The numbers of one row; money in ten-thousandths.
type Numbers = BTreeMap<&'static str, i64>;

/// Table, key (absent is empty), measure.
pub type Totals = BTreeMap<&'static str, BTreeMap<Vec<String>, Numbers>>;

/// Table, columns of the key, measures compared.
const TABLES: [(&str, &[&str], &[&str]); 8] = [
    (
        "fulfillment",
        &["fulfillment", "currency"],
        &[
            "orders_placed",
            "orders",
            "lines",
            "units",
            "unpriced_units",
            "sales",
        ],
    ),
    (
        "status",
        &["fulfillment", "status_group", "status", "currency"],
        &["orders_placed", "lines", "quantity", "amount"],
    ),
    (
        "channels",
        &["sales_channel", "fulfillment", "currency"],
        &[
            "orders_placed",
            "orders",
            "units",
            "unpriced_units",
            "sales",
        ],
    ),
    (
        "daily",
        &["first_day", "sales_channel", "fulfillment", "currency"],
        &[
            "orders_placed",
            "orders",
            "units",
            "unpriced_units",
            "sales",
        ],
    ),
    (
        "skus",
        &["sku", "currency"],
        &["orders", "units", "unpriced_units", "sales"],
    ),
    (
        "places",
        &["ship_country", "ship_state", "currency"],
        OF_ORDERS,
    ),
    (
        "service_levels",
        &["ship_service_level", "fulfillment", "currency"],
        OF_ORDERS,
    ),
    (
        "customers",
        &["customer", "fulfillment", "currency"],
        OF_ORDERS,
    ),
];

/// Of tables that add up whole orders.
const OF_ORDERS: &[&str] = &[
    "orders_placed",
    "orders",
    "units",
    "unpriced_units",
    "sales",
];

/// The tables of clean all-orders files, as polars counts them.
pub fn totals(files: &[(String, Vec<u8>)]) -> PolarsResult<Totals> {
    let lines = kept(&stacked(files)?)?;
    let homes = homes(&lines)?;
    let holders = holders(&lines)?;
    let [whole, sold] = whole(&lines, &homes)?;
    let mut totals = Totals::new();
    for (table, key, measures) in TABLES {
        let rows = totals.entry(table).or_default();
        let frames: &[&DataFrame] = match table {
            "skus" => &[&lines, &holders],
            "places" | "service_levels" | "customers" => &[&whole, &sold],
            _ => &[&lines, &homes],
        };
        for frame in frames {
            add(rows, frame, key, measures)?;
        }
    }
    Ok(totals)
}

/// Panics at the first row of `document["tables"]` that does not say what polars says.
pub fn assert_matches(document: &Value, totals: &Totals) {
    for (table, key, measures) in TABLES {
        let rows = document["tables"][table]["rows"].as_array();
        let rows = rows.unwrap_or_else(|| panic!("table {table}: no rows in the document"));
        let expected = &totals[table];
        assert_eq!(rows.len(), expected.len(), "table {table}: number of rows");
        for row in rows {
            let text = |name: &&str| row[*name].as_str().unwrap_or_default().to_owned();
            let key: Vec<String> = key.iter().map(text).collect();
            let numbers = expected.get(&key);
            let numbers = numbers.unwrap_or_else(|| panic!("table {table}: {key:?} is no key"));
            for measure in measures {
                let found = number(&row[*measure]);
                assert_eq!(found, numbers[measure], "table {table}, {key:?}, {measure}");
            }
        }
    }
}

/// A count, or money as ten-thousandths; unknown money holds none.
fn number(cell: &Value) -> i64 {
    match cell {
        Value::Null => 0,
        Value::String(money) => {
            let (whole, part) = money.split_once('.').unwrap_or((money, ""));
            assert!(part.len() <= 4, "more than four decimals: {money}");
            format!("{whole}{part:0<4}")
                .parse()
                .expect("money is a decimal")
        }
        count => count.as_i64().expect("a count is a whole number"),
    }
}

/// Adds the sums of a frame, as far as it has the measures, to the rows.
fn add(
    rows: &mut BTreeMap<Vec<String>, Numbers>,
    frame: &DataFrame,
    key: &[&str],
    measures: &[&'static str],
) -> PolarsResult<()> {
    let present: Vec<&str> = measures
        .iter()
        .copied()
        .filter(|name| frame.column(name).is_ok())
        .collect();
    let sums = frame.group_by(key)?.select(present.iter().copied()).sum()?;
    for at in 0..sums.height() {
        let text = |name: &&str| Ok(sums.column(name)?.str()?.get(at).unwrap_or("").to_owned());
        let row = rows
            .entry(key.iter().map(text).collect::<PolarsResult<_>>()?)
            .or_default();
        for measure in measures {
            let number = match sums.column(&format!("{measure}_sum")) {
                Ok(column) => column.i64()?.get(at).unwrap_or(0),
                Err(_) => 0,
            };
            *row.entry(measure).or_default() += number;
        }
    }
    Ok(())
}

/// All lines of all files, identical files once, with the columns of the tables.
fn stacked(files: &[(String, Vec<u8>)]) -> PolarsResult<DataFrame> {
    let mut files: Vec<_> = files.iter().collect();
    files.sort();
    let mut stack = DataFrame::empty();
    for (at, (_, bytes)) in files.iter().enumerate() {
        if files[..at].iter().all(|(_, earlier)| earlier != bytes) {
            let place = i64::try_from(at).expect("few files");
            stack.vstack_mut(&typed(&text_frame(bytes)?, place)?)?;
        }
    }
    Ok(stack)
}

/// The file as polars reads it: every cell a text.
fn text_frame(bytes: &[u8]) -> PolarsResult<DataFrame> {
    let mut clean = Vec::with_capacity(bytes.len());
    for line in bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .split(|byte| *byte == b'\n')
    {
        let repeats_header = !clean.is_empty() && line.starts_with(b"amazon-order-id\t");
        if !line.trim_ascii().is_empty() && !repeats_header {
            clean.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
            clean.push(b'\n');
        }
    }
    let mut frame = CsvReadOptions::default()
        .with_has_header(true)
        .with_infer_schema_length(Some(0))
        .map_parse_options(|options| {
            options
                .with_separator(b'\t')
                .with_quote_char(None)
                .with_encoding(CsvEncoding::LossyUtf8)
                .with_missing_is_null(false)
                .with_truncate_ragged_lines(true)
        })
        .into_reader_with_file_handle(Cursor::new(clean))
        .finish()?;
    let names = frame.get_column_names().into_iter();
    let names: Vec<String> = names
        .map(|name| {
            name.trim()
                .to_lowercase()
                .replace("fulfilment", "fulfillment")
        })
        .collect();
    frame.set_column_names(&names)?;
    Ok(frame)
}

/// One line per line, with its keys as texts and its measures as whole numbers.
fn typed(raw: &DataFrame, place: i64) -> PolarsResult<DataFrame> {
    let height = raw.height();
    let cells = |name: &str| -> PolarsResult<Vec<String>> {
        let Ok(column) = raw.column(name) else {
            return Ok(vec![String::new(); height]);
        };
        Ok(column
            .str()?
            .iter()
            .map(|cell| cell.unwrap_or("").trim().to_owned())
            .collect())
    };
    let status = cells("order-status")?;
    let item_status = cells("item-status")?;
    let dead = |text: &String| status_group(text) == "cancelled";
    let live: Vec<bool> = status
        .iter()
        .zip(&item_status)
        .map(|(order, item)| !dead(order) && !dead(item))
        .collect();
    let quantity: Vec<i64> = scaled(&cells("quantity")?)?
        .into_iter()
        .map(|quantity| quantity.expect("a clean line has a quantity") / 10_000)
        .collect();
    let price = scaled(&cells("item-price")?)?;
    let channel = cells("sales-channel")?;
    let day: Vec<String> = cells("purchase-date")?
        .iter()
        .zip(&channel)
        .map(|(text, channel)| match text.len() {
            10 => text.clone(),
            _ => instant(text)
                .with_timezone(&zone(channel))
                .format("%Y-%m-%d")
                .to_string(),
        })
        .collect();
    let stamp: Vec<i64> = cells("last-updated-date")?
        .iter()
        .map(|text| {
            if text.is_empty() {
                i64::MIN
            } else {
                instant(text).timestamp_micros()
            }
        })
        .collect();
    let fulfillment: Vec<&str> = cells("fulfillment-channel")?
        .iter()
        .map(|text| match text.to_lowercase().as_str() {
            "amazon" | "afn" => "fba",
            "merchant" | "seller" | "mfn" => "merchant",
            _ => "unknown",
        })
        .collect();
    let group: Vec<&str> = status.iter().map(|text| status_group(text)).collect();
    let currency: Vec<String> = cells("currency")?
        .iter()
        .map(|text| text.to_uppercase())
        .collect();
    let priced: Vec<bool> = price.iter().map(Option::is_some).collect();
    let each = |of: &dyn Fn(usize) -> i64| -> Vec<i64> { (0..height).map(of).collect() };
    let (country, state) = (cells("ship-country")?, cells("ship-state")?);
    let place_of = |at: usize| {
        ordersift::field::region::normalise(country[at].as_bytes(), state[at].as_bytes())
    };
    let customer: Vec<&str> = cells("is-business-order")?
        .iter()
        .map(|cell| match cell.to_lowercase().as_str() {
            "true" => "business",
            "false" => "consumer",
            _ => "unknown",
        })
        .collect();
    df!(
        "ship_country" => (0..height).map(|at| place_of(at).0).collect::<Vec<_>>(),
        "ship_state" => (0..height).map(|at| place_of(at).1).collect::<Vec<_>>(),
        "ship_service_level" => cells("ship-service-level")?,
        "customer" => customer,
        "file" => vec![place; height],
        "order" => cells("amazon-order-id")?,
        "stamp" => stamp,
        "fulfillment" => fulfillment,
        "status_group" => group,
        "status" => status,
        "sales_channel" => channel,
        "first_day" => day,
        "currency" => currency,
        "sku" => cells("sku")?,
        "live" => live.clone(),
        "priced" => priced,
        "lines" => vec![1_i64; height],
        "quantity" => quantity.clone(),
        "amount" => each(&|at| price[at].unwrap_or(0)),
        "units" => each(&|at| if live[at] { quantity[at] } else { 0 }),
        "unpriced_units" => each(&|at| match price[at] { None if live[at] => quantity[at], _ => 0 }),
        "sales" => each(&|at| if live[at] { price[at].unwrap_or(0) } else { 0 }),
    )
}

/// The numbers of texts in ten-thousandths, read by polars' own decimals; empty is none.
fn scaled(texts: &[String]) -> PolarsResult<Vec<Option<i64>>> {
    let texts = texts
        .iter()
        .map(|text| Some(text.as_str()).filter(|text| !text.is_empty()));
    let texts: StringChunked = texts.collect();
    let decimals = texts.into_series().strict_cast(&DataType::Decimal(38, 4))?;
    let numbers = decimals.to_physical_repr().strict_cast(&DataType::Int64)?;
    Ok(numbers.i64()?.iter().collect())
}

/// The lines of each order's winning snapshot.
fn kept(lines: &DataFrame) -> PolarsResult<DataFrame> {
    let by_file = lines.group_by(["file"])?.select(["stamp"]).max()?;
    let mut by_file = by_file;
    by_file.rename("stamp_max", "newest".into())?;
    let stamps = lines.group_by(["order", "file"])?.select(["stamp"]).max()?;
    let counts = lines.group_by(["order", "file"])?.select(["lines"]).sum()?;
    let ranked = stamps
        .inner_join(&counts, ["order", "file"], ["order", "file"])?
        .inner_join(&by_file, ["file"], ["file"])?
        .sort(
            ["order", "stamp_max", "newest", "lines_sum", "file"],
            SortMultipleOptions::default(),
        )?;
    let winners = ranked.group_by_stable(["order"])?.select(["file"]).last()?;
    lines.inner_join(&winners, ["order", "file"], ["order", "file_last"])
}

/// One line per order, at its home.
fn homes(lines: &DataFrame) -> PolarsResult<DataFrame> {
    let columns = ["fulfillment", "status", "sales_channel", "first_day"];
    let least = lines.group_by(["order"])?.select(columns).min()?;
    let priced = lines.filter(lines.column("priced")?.bool()?)?;
    let mut homes = with_currency(&least, &priced, &["order"])?;
    for name in columns {
        homes.rename(&format!("{name}_min"), name.into())?;
    }
    let groups: Vec<&str> = homes
        .column("status")?
        .str()?
        .iter()
        .map(|status| status_group(status.unwrap_or_default()))
        .collect();
    let orders: Vec<i64> = groups
        .iter()
        .map(|group| i64::from(*group != "cancelled"))
        .collect();
    let placed = vec![1_i64; homes.height()];
    homes.with_column(Column::new("status_group".into(), groups))?;
    homes.with_column(Column::new("orders".into(), orders))?;
    homes.with_column(Column::new("orders_placed".into(), placed))?;
    Ok(homes)
}

/// One line per order with what its lines add up to, and what it is like; and one for its sales in every currency.
fn whole(lines: &DataFrame, homes: &DataFrame) -> PolarsResult<[DataFrame; 2]> {
    let likeness = [
        "ship_country",
        "ship_state",
        "ship_service_level",
        "customer",
    ];
    let measures = ["units", "unpriced_units"];
    let mut least = lines.group_by(["order"])?.select(likeness).min()?;
    for name in likeness {
        least.rename(&format!("{name}_min"), name.into())?;
    }
    let sums = lines.group_by(["order"])?.select(measures).sum()?;
    let mut whole =
        homes
            .inner_join(&least, ["order"], ["order"])?
            .inner_join(&sums, ["order"], ["order"])?;
    for name in measures {
        whole.rename(&format!("{name}_sum"), name.into())?;
    }
    let sold: BooleanChunked = lines.column("sales")?.i64()?.not_equal(0);
    let sales = lines.filter(&sold)?;
    let mut sales = sales
        .group_by(["order", "currency"])?
        .select(["sales"])
        .sum()?;
    sales.rename("sales_sum", "sales".into())?;
    let who = homes.select(["order", "fulfillment"])?;
    let sales =
        sales
            .inner_join(&least, ["order"], ["order"])?
            .inner_join(&who, ["order"], ["order"])?;
    Ok([whole, sales])
}

/// One line per order and SKU of which it holds a live line.
fn holders(lines: &DataFrame) -> PolarsResult<DataFrame> {
    let live = lines.filter(lines.column("live")?.bool()?)?;
    let pairs = live.group_by(["order", "sku"])?.select(["stamp"]).max()?;
    let mut holders = with_currency(&pairs, &live, &["order", "sku"])?;
    let orders = vec![1_i64; holders.height()];
    holders.with_column(Column::new("orders".into(), orders))?;
    Ok(holders)
}

/// The frame with the least currency named among the lines of the same key.
fn with_currency(frame: &DataFrame, lines: &DataFrame, key: &[&str]) -> PolarsResult<DataFrame> {
    let named: BooleanChunked = lines
        .column("currency")?
        .str()?
        .iter()
        .map(|text| text != Some(""))
        .collect();
    let least = lines
        .filter(&named)?
        .group_by(key)?
        .select(["currency"])
        .min()?;
    let mut joined = frame.left_join(&least, key, key)?;
    let texts = joined.column("currency_min")?.str()?.iter();
    let texts: Vec<String> = texts.map(|text| text.unwrap_or("").to_owned()).collect();
    joined.with_column(Column::new("currency".into(), texts))?;
    Ok(joined)
}

fn status_group(status: &str) -> &'static str {
    let status = status.trim().to_lowercase();
    let after_shipping = status.strip_prefix("shipped - ");
    match after_shipping.unwrap_or(&status) {
        "delivered to buyer" if after_shipping.is_some() => "delivered",
        "picked up" | "out for delivery" if after_shipping.is_some() => "shipped",
        "returned to seller" | "returning to seller" | "rejected by buyer"
            if after_shipping.is_some() =>
        {
            "returned"
        }
        "undeliverable" | "lost in transit" | "damaged" if after_shipping.is_some() => "failed",
        _ if after_shipping.is_some() => "unknown",
        "pending" | "pendingavailability" | "planning" => "pending",
        "unshipped"
        | "shipping"
        | "invoiceunconfirmed"
        | "pending - waiting for pick up"
        | "pending - label cancelled" => "unshipped",
        "partiallyshipped" => "partially_shipped",
        "shipped" | "complete" => "shipped",
        "cancelled" | "canceled" => "cancelled",
        "unfulfillable" => "on_hold",
        _ => "unknown",
    }
}

fn zone(channel: &str) -> Tz {
    let channel = channel.to_lowercase();
    let country = match channel.strip_prefix("non-amazon ") {
        Some("gb") => "uk",
        Some(country) => country,
        None => match channel.strip_prefix("amazon.").unwrap_or("") {
            "com" => "us",
            place @ ("ca" | "ie" | "de" | "fr" | "it" | "es" | "nl" | "se" | "pl" | "in" | "sg"
            | "ae" | "sa" | "eg") => place,
            "com.mx" => "mx",
            "com.br" => "br",
            "com.be" => "be",
            "com.tr" => "tr",
            "com.au" => "au",
            "co.uk" => "uk",
            "co.jp" => "jp",
            "co.za" => "za",
            _ => "",
        },
    };
    match country {
        "us" | "ca" | "mx" => Tz::America__Los_Angeles,
        "br" => Tz::America__Sao_Paulo,
        "uk" | "ie" => Tz::Europe__London,
        "de" | "fr" | "it" | "es" | "nl" | "be" => Tz::Europe__Paris,
        "se" => Tz::Europe__Stockholm,
        "pl" => Tz::Europe__Warsaw,
        "tr" => Tz::Europe__Istanbul,
        "jp" => Tz::Asia__Tokyo,
        "in" => Tz::Asia__Kolkata,
        "au" => Tz::Australia__Sydney,
        "sg" => Tz::Asia__Singapore,
        "ae" => Tz::Asia__Dubai,
        "sa" => Tz::Asia__Riyadh,
        "eg" => Tz::Africa__Cairo,
        "za" => Tz::Africa__Johannesburg,
        _ => Tz::UTC,
    }
}

fn instant(text: &str) -> DateTime<FixedOffset> {
    let text = text.replacen('T', " ", 1).replace('Z', "+00:00");
    let zoned = DateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S%.f%:z").ok();
    let plain = || NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S%.f").ok();
    let bare = || {
        NaiveDate::parse_from_str(&text, "%Y-%m-%d")
            .ok()?
            .and_hms_opt(0, 0, 0)
    };
    let fixed = |moment: NaiveDateTime| moment.and_utc().fixed_offset();
    zoned
        .or_else(|| plain().or_else(bare).map(fixed))
        .expect("a clean line has clean moments")
}
