//! What the tests share: two engines that know nothing of the program, the way to compare, and inputs to compare on.
#![allow(unreachable_pub, reason = "`pub` is for all test modules")]

pub mod fuzzed;
pub mod gaps;
pub mod history;
pub mod layouts;
pub mod lines;
pub mod nasty;
pub mod oracle;
pub mod pollution;
pub mod reference;
pub mod reshaped;
pub mod roads;
pub mod run;
pub mod sheet;
pub mod slow;
pub mod source;
pub mod spreadsheets;

/// The first place where the tables of a document differ from those of the reference, if any.
pub fn first_difference(
    expected: &reference::Tables,
    actual: &serde_json::Value,
) -> Option<String> {
    for (table, wanted) in expected {
        let Some(found) = actual["tables"][table]["rows"].as_array() else {
            return Some(format!("table {table}: the document has no such rows"));
        };
        for at in 0..wanted.len().max(found.len()) {
            let Some(expected) = wanted.get(at) else {
                return Some(format!(
                    "table {table}, row {at}: not expected: {}",
                    found[at]
                ));
            };
            let whole = serde_json::Value::Object(expected.clone());
            let Some(actual) = found.get(at).and_then(serde_json::Value::as_object) else {
                return Some(format!("table {table}, row {at}: missing: {whole}"));
            };
            for column in expected.keys().chain(actual.keys()) {
                let cells = [expected.get(column), actual.get(column)];
                if cells[0] != cells[1] {
                    let [wanted, found] =
                        cells.map(|cell| cell.map_or("no such column".into(), ToString::to_string));
                    return Some(format!(
                        "table {table}, row {at}, column {column}: expected {wanted}, found {found}\n  \
                         in the row expected to be {whole}"
                    ));
                }
            }
        }
    }
    None
}

/// The contract as data, and how a cell is read and printed by it. Only `reference` uses this:
/// `oracle` reads and counts by its own means. Text holds one char per byte of the file, so that it
/// sorts and compares as the bytes do, whatever the encoding; empty text is absent.
pub mod contract {
    use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc, Weekday};
    use chrono_tz::Tz;
    use serde_json::{Map, Value, json};
    use std::{
        cmp::Reverse,
        collections::{BTreeMap, BTreeSet},
    };

    pub type Names = BTreeMap<&'static str, String>;
    pub type Sums = BTreeMap<&'static str, i128>;
    pub type Fact = (Names, Sums);
    pub type Row = (Vec<String>, Sums);
    type Words = [(&'static str, &'static [&'static str])];

    /// METRICS 5: name, key, all columns.
    pub const TABLES: [(&str, &str, &str); 8] = [
        (
            "fulfillment",
            "fulfillment currency",
            "fulfillment currency orders_placed orders cancelled_orders lines units unpriced_units \
             sales tax shipping gift_wrap discounts asp aov",
        ),
        (
            "status",
            "fulfillment status_group status currency",
            "fulfillment status_group status currency orders_placed lines quantity amount \
             share_of_orders",
        ),
        (
            "channels",
            "sales_channel fulfillment currency",
            "sales_channel fulfillment currency orders_placed orders cancelled_orders units \
             unpriced_units sales share_of_units asp aov",
        ),
        (
            "daily",
            "day sales_channel fulfillment currency",
            PERIOD_COLUMNS,
        ),
        (
            "weekly",
            "week sales_channel fulfillment currency",
            PERIOD_COLUMNS,
        ),
        (
            "monthly",
            "month sales_channel fulfillment currency",
            PERIOD_COLUMNS,
        ),
        (
            "hours",
            "weekday_number hour_text",
            "weekday hour orders_placed",
        ),
        (
            "skus",
            "sku currency",
            "sku currency asin product_name orders units unpriced_units sales share_of_sales abc",
        ),
    ];
    const PERIOD_COLUMNS: &str = "period first_day last_day partial sales_channel fulfillment \
        currency orders_placed orders units unpriced_units sales";
    /// METRICS 3.
    const FULFILLMENTS: &Words = &[
        ("fba", &["amazon", "afn"]),
        ("merchant", &["merchant", "seller", "mfn"]),
    ];
    const STATUS_GROUPS: &Words = &[
        ("pending", &["pending", "pendingavailability", "planning"]),
        (
            "unshipped",
            &[
                "unshipped",
                "shipping",
                "invoiceunconfirmed",
                "pending - waiting for pick up",
                "pending - label cancelled",
            ],
        ),
        ("partially_shipped", &["partiallyshipped"]),
        (
            "shipped",
            &[
                "shipped",
                "complete",
                "shipped - picked up",
                "shipped - out for delivery",
            ],
        ),
        ("delivered", &["shipped - delivered to buyer"]),
        (
            "returned",
            &[
                "shipped - returned to seller",
                "shipped - returning to seller",
                "shipped - rejected by buyer",
            ],
        ),
        (
            "failed",
            &[
                "shipped - undeliverable",
                "shipped - lost in transit",
                "shipped - damaged",
            ],
        ),
        ("cancelled", &["cancelled", "canceled"]),
        ("on_hold", &["unfulfillable"]),
    ];
    /// METRICS 1.
    const ZONES: &Words = &[
        (
            "America/Los_Angeles",
            &[
                "amazon.com",
                "amazon.ca",
                "amazon.com.mx",
                "non-amazon us",
                "non-amazon ca",
                "non-amazon mx",
            ],
        ),
        ("America/Sao_Paulo", &["amazon.com.br", "non-amazon br"]),
        (
            "Europe/London",
            &[
                "amazon.co.uk",
                "amazon.ie",
                "non-amazon uk",
                "non-amazon gb",
                "non-amazon ie",
            ],
        ),
        (
            "Europe/Paris",
            &[
                "amazon.de",
                "amazon.fr",
                "amazon.it",
                "amazon.es",
                "amazon.nl",
                "amazon.com.be",
            ],
        ),
        (
            "Europe/Paris",
            &[
                "non-amazon de",
                "non-amazon fr",
                "non-amazon it",
                "non-amazon es",
                "non-amazon nl",
                "non-amazon be",
            ],
        ),
        ("Europe/Stockholm", &["amazon.se", "non-amazon se"]),
        ("Europe/Warsaw", &["amazon.pl", "non-amazon pl"]),
        ("Europe/Istanbul", &["amazon.com.tr", "non-amazon tr"]),
        ("Asia/Tokyo", &["amazon.co.jp", "non-amazon jp"]),
        ("Asia/Kolkata", &["amazon.in", "non-amazon in"]),
        ("Australia/Sydney", &["amazon.com.au", "non-amazon au"]),
        ("Asia/Singapore", &["amazon.sg", "non-amazon sg"]),
        ("Asia/Dubai", &["amazon.ae", "non-amazon ae"]),
        ("Asia/Riyadh", &["amazon.sa", "non-amazon sa"]),
        ("Africa/Cairo", &["amazon.eg", "non-amazon eg"]),
        ("Africa/Johannesburg", &["amazon.co.za", "non-amazon za"]),
    ];
    /// The item's price first, the two discounts last.
    const AMOUNTS: [&str; 8] = [
        "item-price",
        "item-tax",
        "shipping-price",
        "shipping-tax",
        "gift-wrap-price",
        "gift-wrap-tax",
        "item-promotion-discount",
        "ship-promotion-discount",
    ];

    /// The word under which the text stands, in any case.
    fn word(list: &Words, text: &str) -> Option<&'static str> {
        let text = text.to_ascii_lowercase();
        let entry = list
            .iter()
            .find(|(_, texts)| texts.contains(&text.as_str()));
        entry.map(|(word, _)| *word)
    }

    /// The lines of a file; a rejected one is `None`.
    pub fn read(bytes: &[u8]) -> Vec<Option<Fact>> {
        let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
        let text = text.strip_prefix("\u{ef}\u{bb}\u{bf}").unwrap_or(&text);
        let mut rows = text.split('\n').filter(|row| !row.trim_ascii().is_empty());
        let header = rows.next().unwrap_or_default().to_ascii_lowercase();
        let header = header.replace("fulfilment", "fulfillment");
        let header: Vec<&str> = header.split('\t').map(str::trim_ascii).collect();
        let mut lines = Vec::new();
        for row in rows {
            let row: Vec<&str> = row.split('\t').map(str::trim_ascii).collect();
            let cells = header.iter().copied().zip(row.iter().copied()).collect();
            if !cell(&cells, "amazon-order-id").eq_ignore_ascii_case("amazon-order-id") {
                lines.push(if row.len() == header.len() {
                    line(&cells)
                } else {
                    None
                });
            }
        }
        lines
    }

    fn cell<'a>(cells: &BTreeMap<&str, &'a str>, name: &str) -> &'a str {
        cells.get(name).copied().unwrap_or_default()
    }

    fn line(cells: &BTreeMap<&str, &str>) -> Option<Fact> {
        let cell = |name: &str| cell(cells, name);
        let [order, sku, status] = ["amazon-order-id", "sku", "order-status"].map(cell);
        let spreadsheet = ["0E0", "0E+0", "0E-0", "0.0E0", "0.0E+0", "0.0E-0"];
        let id_shape = shape(order).replace(',', ".");
        let id_is_good = !order.is_empty() && !spreadsheet.contains(&id_shape.as_str());
        let currency = cell("currency").to_ascii_uppercase();
        let letters = currency.len() == 3 && currency.bytes().all(|c| c.is_ascii_uppercase());
        let mut amounts = BTreeMap::new();
        for name in AMOUNTS.into_iter().filter(|name| !cell(name).is_empty()) {
            amounts.insert(name, money(cell(name))?);
        }
        let amount = |name| amounts.get(name).copied().unwrap_or(0);
        let free = amounts.values().all(|amount| *amount == 0);
        let currency_is_good = letters || currency.is_empty() && free;
        let quantity = cell("quantity");
        let bare = quantity.strip_suffix(".00").or(quantity.strip_suffix(".0"));
        let quantity = bare.unwrap_or(quantity);
        let quantity_is_good = shape(quantity) == "0" && quantity.len() <= 9;
        let texts_are_good = !sku.is_empty() && !status.is_empty() && amount("item-price") >= 0;
        if !(id_is_good && currency_is_good && quantity_is_good && texts_are_good) {
            return None;
        }
        let bought = moment(cell("purchase-date"))?;
        let updated = match cell("last-updated-date") {
            "" => String::new(),
            text => moment(text)?.to_string(),
        };
        let zone = zone(cell("sales-channel"));
        let day = match cell("purchase-date").len() {
            10 => bought.date_naive(),
            _ => bought.with_timezone(&zone).date_naive(),
        };
        let hour = match cell("purchase-date").len() {
            10 => String::new(),
            _ => bought.with_timezone(&zone).format("%H").to_string(),
        };
        let cancelled = |text| word(STATUS_GROUPS, text) == Some("cancelled");
        let live = i128::from(!cancelled(status) && !cancelled(cell("item-status")));
        let priced = i128::from(amounts.contains_key("item-price"));
        let quantity: i128 = quantity.parse().unwrap();
        let tax = amount("item-tax") + amount("shipping-tax") + amount("gift-wrap-tax");
        let discounts =
            amount("item-promotion-discount").abs() + amount("ship-promotion-discount").abs();
        let fulfillment = word(FULFILLMENTS, cell("fulfillment-channel")).unwrap_or("unknown");
        let names = Names::from([
            ("order", order.to_owned()),
            ("bought", bought.to_string()),
            ("updated", updated),
            ("fulfillment", fulfillment.to_owned()),
            ("status", status.to_owned()),
            ("sales_channel", cell("sales-channel").to_owned()),
            ("day", day.to_string()),
            ("when", format!("{day} {hour}")),
            ("currency", currency),
            ("sku", sku.to_owned()),
            ("asin", cell("asin").to_owned()),
            ("product_name", cell("product-name").to_owned()),
        ]);
        let sums = Sums::from([
            ("lines", 1),
            ("named", i128::from(!names["currency"].is_empty())),
            ("live", live),
            ("priced", priced),
            ("sold", live * priced),
            ("quantity", quantity),
            ("units", live * quantity),
            ("unpriced_units", live * (1 - priced) * quantity),
            ("priced_units", live * priced * quantity),
            ("amount", amount("item-price")),
            ("sales", live * amount("item-price")),
            ("tax", live * tax),
            ("shipping", live * amount("shipping-price")),
            ("gift_wrap", live * amount("gift-wrap-price")),
            ("discounts", live * discounts),
        ]);
        Some((grouped(names), sums))
    }

    /// With what follows from the status and the day: status group, first day of week and month.
    pub fn grouped(mut names: Names) -> Names {
        let group = word(STATUS_GROUPS, &names["status"]).unwrap_or("unknown");
        names.insert("status_group", group.to_owned());
        for kind in ["week", "month"] {
            names.insert(kind, period(kind, &names["day"]).0.to_string());
        }
        names
    }

    /// The order at the earliest hour of its lines.
    pub fn hour(lines: &[Fact]) -> Fact {
        let when = lines.iter().map(|line| &line.0["when"]).min().unwrap();
        let (day, hour) = when.split_once(' ').unwrap();
        let weekday = day.parse::<NaiveDate>().unwrap().weekday();
        at_hour(weekday.num_days_from_monday(), hour.to_owned(), 1)
    }

    /// The hours of a week, at which there may be no order.
    pub fn hours() -> impl Iterator<Item = Fact> {
        (0..7 * 24).map(|slot| at_hour(slot / 24, format!("{:02}", slot % 24), 0))
    }

    fn at_hour(weekday: u32, hour: String, orders: i128) -> Fact {
        let names = [("weekday_number", weekday.to_string()), ("hour_text", hour)];
        (names.into(), [("orders_placed", orders)].into())
    }

    /// First day, last day and label of the period that holds the day.
    fn period(kind: &str, day: &str) -> (NaiveDate, NaiveDate, String) {
        let day: NaiveDate = day.parse().unwrap();
        let week = day.week(Weekday::Mon);
        let month = day.with_day(1).unwrap();
        match kind {
            "week" => (
                week.first_day(),
                week.last_day(),
                day.format("%G-W%V").to_string(),
            ),
            "month" => (
                month,
                month + Months::new(1) - Days::new(1),
                day.format("%Y-%m").to_string(),
            ),
            _ => (day, day, day.to_string()),
        }
    }

    /// The zone of a channel.
    pub fn zone(channel: &str) -> Tz {
        word(ZONES, channel).unwrap_or("UTC").parse().unwrap()
    }

    /// The text with every run of digits as one `0`, in upper case: `1.40E+14` is `0.0E+0`.
    fn shape(text: &str) -> String {
        let mut shape = text
            .to_ascii_uppercase()
            .replace(|c: char| c.is_ascii_digit(), "0");
        while shape.contains("00") {
            shape = shape.replace("00", "0");
        }
        shape
    }

    /// Ten-thousandths.
    fn money(text: &str) -> Option<i128> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let part = part.trim_end_matches('0');
        let plain = ["0", "-0", "0.0", "-0.0"].contains(&shape(text).as_str());
        let short = whole.trim_start_matches('-').len() <= 12 && part.len() <= 4;
        (plain && short).then(|| format!("{whole}{part:0<4}").parse().unwrap())
    }

    fn moment(text: &str) -> Option<DateTime<Utc>> {
        let rest = match text.get(19..) {
            None => "T00:00:00Z",
            Some(tail) if tail.contains(['Z', '+', '-']) => "",
            Some(_) => "Z",
        };
        // What RFC 3339 allows and the contract does not: small letters, U+2212, the second 60.
        let odd = !text.is_ascii() || text.contains(['t', 'z']) || text.get(17..19) == Some("60");
        let moment = DateTime::parse_from_rfc3339(&format!("{text}{rest}")).ok();
        moment.filter(|_| !odd).map(|moment| moment.to_utc())
    }

    /// Rows under their key, and what their cells are computed from.
    pub struct Table<'a> {
        keys: Vec<&'a str>,
        rows: &'a [Row],
        /// The newest (moment, least text) of each SKU that is not missing.
        newest: BTreeMap<(&'a str, &'a str), (&'a str, Reverse<&'a str>)>,
        days: Option<[&'a str; 2]>,
        gap_days: &'a BTreeSet<String>,
    }

    impl<'a> Table<'a> {
        pub fn new(
            keys: Vec<&'a str>,
            rows: &'a [Row],
            lines: &[&'a Fact],
            gap_days: &'a BTreeSet<String>,
        ) -> Self {
            let days = || lines.iter().map(|line| line.0["day"].as_str());
            let days = days()
                .min()
                .zip(days().max())
                .map(|(first, last)| [first, last]);
            let mut newest = BTreeMap::new();
            for (names, _) in lines {
                for (column, least) in [("asin", 1), ("product_name", 2)] {
                    let text = names[column].as_str();
                    let seen = (names["bought"].as_str(), Reverse(text));
                    if text.chars().count() >= least {
                        let best = newest
                            .entry((column, names["sku"].as_str()))
                            .or_insert(seen);
                        *best = seen.max(*best);
                    }
                }
            }
            Self {
                keys,
                rows,
                newest,
                days,
                gap_days,
            }
        }

        pub fn row(&self, at: usize, columns: &str) -> Map<String, Value> {
            let cell = |column: &str| (column.to_owned(), self.cell(at, column));
            columns.split(' ').map(cell).collect()
        }

        fn cell(&self, at: usize, column: &str) -> Value {
            let (texts, sums) = &self.rows[at];
            let currency = texts.last().unwrap().as_str();
            let sum = |name: &str| sums.get(name).copied().unwrap_or(0);
            let same_currency = |key: &[String]| key.last() == texts.last();
            let show = |text: &str| match text {
                "" => Value::Null,
                text => json!(shown(text)),
            };
            if let Some(place) = self.keys.iter().position(|key| *key == column) {
                return show(&texts[place]);
            }
            let (first, last, label) = match self.keys[0] {
                kind @ ("day" | "week" | "month") => period(kind, &texts[0]),
                _ => (NaiveDate::MIN, NaiveDate::MAX, String::new()),
            };
            let [from, to] = self.days.unwrap();
            let rows = self.rows;
            match column {
                "weekday" => json!(
                    [
                        "Monday",
                        "Tuesday",
                        "Wednesday",
                        "Thursday",
                        "Friday",
                        "Saturday",
                        "Sunday"
                    ][texts[0].parse::<usize>().unwrap()]
                ),
                "hour" => texts[1]
                    .parse::<u8>()
                    .map_or(Value::Null, |hour| json!(hour)),
                "period" => json!(label),
                "first_day" => json!(first.to_string()),
                "last_day" => json!(last.to_string()),
                "partial" => {
                    let days = first.to_string()..=last.to_string();
                    let is_gap = || self.gap_days.range(days.clone()).next().is_some();
                    json!(days.start().as_str() < from || days.end().as_str() > to || is_gap())
                }
                "asin" | "product_name" => self
                    .newest
                    .get(&(column, &texts[0]))
                    .map_or(Value::Null, |seen| show(seen.1.0)),
                "share_of_orders" => {
                    let all = total(rows, "orders_placed", &|key| key[0] == texts[0]);
                    fixed(sum("orders_placed") * 1_000_000, all, 6, 6)
                }
                "share_of_units" => fixed(
                    sum("units") * 1_000_000,
                    total(rows, "units", &|_| true),
                    6,
                    6,
                ),
                "abc" => {
                    let before = total(&rows[..at], "sales", &same_currency);
                    match (
                        sum("sales"),
                        before * 100,
                        total(rows, "sales", &same_currency),
                    ) {
                        (0, _, _) => json!("U"),
                        (_, before, all) if before < all * 80 => json!("A"),
                        (_, before, all) if before < all * 95 => json!("B"),
                        _ => json!("C"),
                    }
                }
                "sales" | "amount" | "tax" | "shipping" | "gift_wrap" | "discounts" | "asp"
                | "aov" | "share_of_sales"
                    if currency.is_empty() =>
                {
                    Value::Null
                }
                "share_of_sales" => fixed(
                    sum("sales") * 1_000_000,
                    total(rows, "sales", &same_currency),
                    6,
                    6,
                ),
                "asp" => fixed(sum("sales"), sum("priced_units"), 4, decimals(currency)),
                "aov" => fixed(sum("sales"), sum("priced_orders"), 4, decimals(currency)),
                "sales" | "amount" | "tax" | "shipping" | "gift_wrap" | "discounts" => {
                    fixed(sum(column), 1, 4, decimals(currency))
                }
                _ => json!(i64::try_from(sum(column)).unwrap()),
            }
        }
    }

    fn total(rows: &[Row], name: &str, counts: &dyn Fn(&[String]) -> bool) -> i128 {
        let rows = rows.iter().filter(|(key, _)| counts(key));
        rows.map(|(_, sums)| sums.get(name).copied().unwrap_or(0))
            .sum()
    }

    fn decimals(currency: &str) -> usize {
        if currency == "JPY" { 0 } else { 2 }
    }

    /// The quotient, rounded half away from zero, as text with `scale` decimals of which zeros
    /// beyond the first `least` are dropped; null if there is nothing to divide by.
    fn fixed(dividend: i128, divisor: i128, scale: usize, least: usize) -> Value {
        if divisor == 0 {
            return Value::Null;
        }
        let digits = (2 * dividend.abs() + divisor) / (2 * divisor);
        let sign = if dividend < 0 && digits != 0 { "-" } else { "" };
        let digits = format!("{digits:0>width$}", width = scale + 1);
        let (whole, part) = digits.split_at(digits.len() - scale);
        let part = format!("{:0<least$}", part.trim_end_matches('0'));
        let point = if part.is_empty() { "" } else { "." };
        json!(format!("{sign}{whole}{point}{part}"))
    }

    /// Text of one char per byte as it is printed.
    fn shown(text: &str) -> String {
        let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}
