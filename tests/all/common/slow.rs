//! What a tab file says, read the plain way: split at newlines, split at tabs, dates by chrono, amounts digit by digit.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use ordersift::field::{Amount, Moment, OrderIds};
use ordersift::line::{OrderLine, UnshippedLine};
use ordersift::report::{Kind, Report, columns::normalise};

/// What was heard of the line that starts at a byte.
#[derive(Debug, PartialEq, Eq)]
pub struct Heard {
    pub byte: u64,
    pub said: Said,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Said {
    /// Every cell that is read, as text.
    Line(Vec<String>),
    Stamp(String, Option<String>),
    Fault(Option<&'static str>, &'static str),
    Header,
}

fn lossy(text: &[u8]) -> String {
    text.escape_ascii().to_string()
}

fn shown(moment: Option<Moment>) -> String {
    moment.map_or_else(String::new, |moment| moment.to_string())
}

impl Said {
    pub fn of_order_line(line: &OrderLine<'_>, ids: &OrderIds) -> Self {
        let amount = |amount: Amount| amount.ten_thousandths().to_string();
        Self::Line(vec![
            ids.text(line.order_id),
            shown(Some(line.purchase_date)),
            shown(line.last_updated_date),
            lossy(line.order_status),
            line.fulfillment.name().into(),
            lossy(line.sales_channel),
            lossy(line.sku),
            lossy(line.asin),
            lossy(line.product_name),
            lossy(line.item_status),
            line.quantity.to_string(),
            line.currency
                .map_or_else(String::new, |currency| currency.as_str().into()),
            line.line_amount.map_or_else(String::new, amount),
            amount(line.tax),
            amount(line.shipping),
            amount(line.gift_wrap),
            amount(line.discounts),
        ])
    }

    pub fn of_unshipped_line(line: &UnshippedLine<'_>, ids: &OrderIds) -> Self {
        let yes_or_no = |value: Option<bool>| value.map_or_else(String::new, |yes| yes.to_string());
        Self::Line(vec![
            ids.text(line.order_id),
            lossy(line.order_item_id),
            shown(Some(line.purchase_date)),
            shown(line.payments_date),
            shown(line.reporting_date),
            shown(line.promise_date),
            line.days_past_promise
                .map_or_else(String::new, |days| days.to_string()),
            lossy(line.sku),
            lossy(line.product_name),
            line.quantity_to_ship.to_string(),
            lossy(line.ship_service_level),
            lossy(line.sales_channel),
            lossy(line.ship_city),
            lossy(line.ship_state),
            lossy(line.ship_country),
            yes_or_no(line.is_prime),
            yes_or_no(line.is_business),
            line.buyer_requested_cancellation.to_string(),
        ])
    }
}

/// The body's lines: where each starts, and its bytes with their end.
fn raw_lines<'t>(text: &'t [u8], report: &Report) -> Vec<(u64, &'t [u8])> {
    let mut byte = report.header.len();
    let mut lines = Vec::new();
    for raw in text[byte..].split_inclusive(|byte| *byte == b'\n') {
        lines.push((byte as u64, raw));
        byte += raw.len();
    }
    lines
}

fn fields(raw: &[u8]) -> Vec<&[u8]> {
    let bare = raw.strip_suffix(b"\n").unwrap_or(raw);
    bare.split(|byte| *byte == b'\t').collect()
}

fn names(report: &Report) -> Vec<String> {
    let header = report
        .header
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&report.header);
    let header = header
        .trim_ascii_start()
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap();
    header.split(|byte| *byte == b'\t').map(normalise).collect()
}

fn is_header(cell: &[u8]) -> bool {
    let name = normalise(&cell[..cell.len().min(64)]);
    name == "amazon-order-id" || name == "order-id"
}

/// Whether a line has as many fields as it should. Where lines have one more than the header, the last one must be empty.
fn fits(raw: &[u8], report: &Report) -> bool {
    let (fields, width) = (fields(raw), report.layout.width());
    let last_is_empty = fields[fields.len() - 1].trim_ascii().is_empty();
    fields.len() == width && (width <= names(report).len() || last_is_empty)
}

/// A line, or the lines in it that end in a carriage return alone, if it is of the wrong width and they are all of the right one.
fn pieces<'a>((byte, raw): (u64, &'a [u8]), report: &Report) -> Vec<(u64, &'a [u8])> {
    let width = report.layout.width();
    let body = raw.strip_suffix(b"\n").unwrap_or(raw);
    let mut body = body;
    while let Some(shorter) = body.strip_suffix(b"\r") {
        body = shorter;
    }
    let right =
        |piece: &[u8]| fields(piece).len() == width || piece.iter().all(u8::is_ascii_whitespace);
    let all: Vec<&[u8]> = body.split(|byte| *byte == b'\r').collect();
    let inside = raw.trim_ascii_end().contains(&b'\r');
    if fits(raw, report) || !inside || raw.len() > 1 << 20 || !all.iter().all(|piece| right(piece))
    {
        return vec![(byte, raw)];
    }
    let mut at = 0;
    let place = |piece: &&[u8]| {
        let start = at;
        at += piece.len() + 1;
        let end = if at > body.len() { raw.len() } else { at };
        (byte + start as u64, &raw[start..end])
    };
    all.iter().map(place).collect()
}

/// How many lines end in a newline, and whether one more does not.
pub fn count(text: &[u8], report: &Report) -> u64 {
    raw_lines(text, report).len() as u64
}

/// What every line of a tab file says, and how many lines there are.
pub fn lines(text: &[u8], report: &Report) -> (Vec<Heard>, u64) {
    let names = names(report);
    let lines: Vec<_> = raw_lines(text, report)
        .into_iter()
        .flat_map(|line| pieces(line, report))
        .collect();
    let count = lines.len() as u64;
    let mut all = Vec::new();
    for (byte, raw) in lines {
        if raw.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let fields = fields(raw);
        let cell = |name: &str| {
            let at = names.iter().position(|known| known == name);
            at.and_then(|at| fields.get(at))
                .map_or(&[][..], |field| field.trim_ascii())
        };
        let id = [cell("amazon-order-id"), cell("order-id")].concat();
        let said = if is_header(&id) {
            let bare = |text: &[u8]| lossy(text.trim_ascii()).to_ascii_lowercase();
            let own = report
                .header
                .strip_prefix(b"\xef\xbb\xbf")
                .unwrap_or(&report.header);
            let again = raw.trim_ascii();
            if bare(own) == bare(again.strip_prefix(b"\xef\xbb\xbf").unwrap_or(again)) {
                Said::Header
            } else {
                Said::Fault(None, "the header of another report")
            }
        } else if !fits(raw, report) {
            let cut = fields.len() < report.layout.width() && !raw.ends_with(b"\n");
            let reason = if cut {
                "the file ends within this line"
            } else {
                "wrong number of fields"
            };
            Said::Fault(None, reason)
        } else if report.spec.kind == Kind::AllOrders {
            order_line(&cell).unwrap_or_else(|(column, reason)| Said::Fault(Some(column), reason))
        } else {
            unshipped_line(&cell)
                .unwrap_or_else(|(column, reason)| Said::Fault(Some(column), reason))
        };
        all.push(Heard { byte, said });
    }
    (all, count)
}

/// The order and the stamp of every line whose order can be read.
pub fn stamps(text: &[u8], report: &Report) -> Vec<Heard> {
    let names = names(report);
    let place = |name: &str| names.iter().position(|known| known == name).unwrap();
    let (order, update) = (place("amazon-order-id"), place("last-updated-date"));
    let stamp = |(byte, raw): (u64, &[u8])| {
        let fields = fields(raw);
        let cell = |at: usize| fields.get(at).map_or(&[][..], |field| field.trim_ascii());
        let id = order_id(cell(order))
            .ok()
            .filter(|_| !is_header(cell(order)))?;
        let said = Said::Stamp(id, date(cell(update)));
        Some(Heard { byte, said })
    };
    raw_lines(text, report)
        .into_iter()
        .filter_map(stamp)
        .collect()
}

type Bad = (&'static str, &'static str);

fn spoilt_sku(sku: &[u8]) -> bool {
    sku.contains(&b'+') && order_id(sku) == Err("order id spoilt by a spreadsheet")
}

/// Whether a cell has the error of a formula, or the mark of a column that was too narrow.
fn is_error(cell: &str) -> bool {
    let hash = |rest: &str| {
        rest.ends_with(['?', '!'])
            || ["N/A", "NV"].contains(&rest)
            || rest.len() > 1 && rest.bytes().all(|byte| byte == b'#')
    };
    let number =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    cell.strip_prefix('#').is_some_and(hash) || cell.strip_prefix("Err:").is_some_and(number)
}

fn sku_is_whole(sku: &[u8]) -> Result<(), Bad> {
    match sku {
        _ if spoilt_sku(sku) => Err(("sku", "sku spoilt by a spreadsheet")),
        _ if is_error(&lossy(sku)) => Err(("sku", "a spreadsheet's error instead of a sku")),
        _ => Ok(()),
    }
}

/// A name that has swallowed lines: it is long, and the number of an order is in it.
fn is_one_line(name: &[u8]) -> Result<(), Bad> {
    let is_id = |id: &[u8]| {
        let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
        let first = id[..3].strip_prefix(b"S").unwrap_or(&id[..3]);
        digits(first) && id[3] == b'-' && digits(&id[4..11]) && id[11] == b'-' && digits(&id[12..])
    };
    if name.len() > 150 && name.windows(19).any(is_id) {
        return Err(("product-name", "other lines inside a cell"));
    }
    Ok(())
}

fn order_id(cell: &[u8]) -> Result<String, &'static str> {
    let spoilt = || {
        let text = std::str::from_utf8(cell).ok()?.to_ascii_lowercase();
        let (mantissa, exponent) = text.split_once('e')?;
        let digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let mut parts = mantissa.splitn(2, ['.', ',']);
        (digits(exponent) && parts.all(digits)).then_some(())
    };
    match cell {
        [] => Err("no order id"),
        _ if spoilt().is_some() => Err("order id spoilt by a spreadsheet"),
        _ if is_cut(&String::from_utf8_lossy(cell)) => Err("an order id that is not whole"),
        _ if cell.len() > 64 => Err("longer than an order id can be"),
        _ => Ok(String::from_utf8_lossy(cell).into_owned()),
    }
}

/// Whether two of the three parts of `111-2222222-3333333` or `S01-2222222-3333333` are there, and the third is not whole.
fn is_cut(id: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = id.split('-').collect();
    let outside_amazon = id.starts_with('S') && parts[0].len() == 3;
    let first = if outside_amazon {
        &parts[0][1..]
    } else {
        parts[0]
    };
    if !digits(first) || !parts[1..].iter().copied().all(digits) {
        return false;
    }
    match parts.iter().map(|part| part.len()).collect::<Vec<_>>()[..] {
        [3 | 7, 7] | [0..=2, 7, 7] => true,
        [3, 7, last] => last != 7,
        [3, middle, 7] => middle != 7,
        _ => false,
    }
}

/// A date as the program shows it: a bare day, or the moment in UTC.
fn date(cell: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(cell).ok()?;
    let plain = |text: &str, pattern: &str| {
        text.len() == pattern.len()
            && text
                .bytes()
                .zip(pattern.bytes())
                .all(|(byte, like)| match like {
                    b'0' => byte.is_ascii_digit(),
                    b'T' => byte == b'T' || byte == b' ',
                    like => byte == like,
                })
    };
    // The year in front and slashes: as spreadsheets write dates in Japan.
    if text.get(4..5) == Some("/") && plain(&text[..4], "0000") {
        let (day, time) = text.split_once(' ').unwrap_or((text, ""));
        let parts: Vec<&str> = day.split('/').collect();
        let [year, month, day] = parts[..] else {
            return None;
        };
        if plain(month, "0") || plain(month, "00") {
            let same = format!("{year}-{month:0>2}-{day:0>2}");
            let time = match time.split(':').map(str::len).collect::<Vec<_>>()[..] {
                [0] if !text.contains(' ') => String::new(),
                [1 | 2, 2] => format!("T{time:0>5}:00"),
                [1 | 2, 2, 2] => format!("T{time:0>8}"),
                _ => return None,
            };
            return date(format!("{same}{time}").as_bytes());
        }
        return None;
    }
    let day = text.get(..10).filter(|day| plain(day, "0000-00-00"))?;
    NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    if text.len() == 10 {
        return Some(day.into());
    }
    let time = text.get(10..19).filter(|time| plain(time, "T00:00:00"))?;
    if &time[7..] == "60" {
        return None;
    }
    let mut zone = &text[19..];
    if let Some(fraction) = zone.strip_prefix('.') {
        let rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.len() == fraction.len() {
            return None;
        }
        zone = rest;
    }
    let zone = match zone {
        "" | "Z" => "+00:00",
        zone if plain(zone, "+00:00") || plain(zone, "-00:00") => zone,
        _ => return None,
    };
    let (hours, minutes): (i64, i64) = (zone[1..3].parse().ok()?, zone[4..].parse().ok()?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let local =
        NaiveDateTime::parse_from_str(&format!("{day}T{}", &time[1..]), "%Y-%m-%dT%H:%M:%S");
    let ahead = (hours * 3600 + minutes * 60) * if zone.starts_with('-') { -1 } else { 1 };
    let utc = DateTime::from_timestamp(local.ok()?.and_utc().timestamp() - ahead, 0)?;
    Some(utc.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn dated(cell: &[u8], column: &'static str) -> Result<String, Bad> {
    date(cell).ok_or_else(|| {
        let text = String::from_utf8_lossy(cell);
        let number =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let day_or_month =
            |text: &str| number(text) && text.len() <= 2 && !text.trim_matches('0').is_empty();
        let rewritten = ['/', '.', '-'].into_iter().any(|mark| {
            let parts: Vec<&str> = text.splitn(3, mark).collect();
            let [first, second, rest] = parts[..] else {
                return false;
            };
            let year = rest.get(..4).is_some_and(number);
            let on = rest
                .get(4..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            day_or_month(first) && day_or_month(second) && year && !on
        });
        let short_year = ['/', '.', '-'].into_iter().any(|mark| {
            let parts: Vec<&str> = text.splitn(3, mark).collect();
            let [first, second, rest] = parts[..] else {
                return false;
            };
            let year = rest.get(..2).is_some_and(number);
            let on = rest
                .get(2..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            day_or_month(first) && day_or_month(second) && year && !on
        });
        let (days, fraction) = text.split_once(['.', ',']).unwrap_or((&text, "0"));
        let reason = match () {
            () if cell.is_empty() => "no date",
            () if rewritten => "a date that a spreadsheet rewrote",
            () if number(days) && [4, 5].contains(&days.len()) && number(fraction) => {
                "a spreadsheet's serial number instead of a date"
            }
            () if short_year => "a date that a spreadsheet rewrote with two digits of the year",
            () => "not a date of the form 2026-05-08T23:36:26+00:00",
        };
        (column, reason)
    })
}

fn optional(cell: &[u8], column: &'static str) -> Result<String, Bad> {
    if cell.is_empty() {
        Ok(String::new())
    } else {
        dated(cell, column)
    }
}

/// An amount in ten-thousandths.
fn amount(cell: &[u8], column: &'static str) -> Result<Option<i64>, Bad> {
    if cell.is_empty() {
        return Ok(None);
    }
    let read = || {
        let text = std::str::from_utf8(cell).ok()?;
        let (sign, digits) = text
            .strip_prefix('-')
            .map_or((1, text), |digits| (-1, digits));
        let (whole, decimals) = match digits.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (digits, ""),
        };
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 12 || !all_digits(whole) || !all_digits(decimals) {
            return None;
        }
        let padded = format!("{decimals:0<4}");
        let (kept, dropped) = padded.split_at(4);
        let value: i64 = format!("{whole}{kept}").parse().ok()?;
        dropped
            .bytes()
            .all(|byte| byte == b'0')
            .then_some(sign * value)
    };
    let bare = cell.strip_prefix(b"-").unwrap_or(cell);
    let comma = bare.contains(&b',') && bare.iter().all(|byte| b"0123456789,.".contains(byte));
    let reason = if comma {
        "an amount with a comma"
    } else {
        "not an amount"
    };
    read().map(Some).ok_or((column, reason))
}

fn quantity(cell: &[u8], column: &'static str) -> Result<String, Bad> {
    let whole = cell
        .strip_suffix(b".0")
        .or(cell.strip_suffix(b".00"))
        .unwrap_or(cell);
    if whole.is_empty() {
        return Err((column, "no quantity"));
    }
    let text = std::str::from_utf8(whole)
        .ok()
        .filter(|text| text.len() <= 9);
    let number = text.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let number: u32 = number
        .ok_or((column, "not a whole quantity"))?
        .parse()
        .unwrap();
    Ok(number.to_string())
}

fn order_line<'t>(cell: &impl Fn(&str) -> &'t [u8]) -> Result<Said, Bad> {
    let text = |name: &'static str| lossy(cell(name));
    let id = order_id(cell("amazon-order-id")).map_err(|reason| ("amazon-order-id", reason))?;
    let purchase = dated(cell("purchase-date"), "purchase-date")?;
    let update = optional(cell("last-updated-date"), "last-updated-date")?;
    for (name, reason) in [("order-status", "no order status"), ("sku", "no sku")] {
        if cell(name).is_empty() {
            return Err((name, reason));
        }
    }
    sku_is_whole(cell("sku"))?;
    is_one_line(cell("product-name"))?;
    let quantity = quantity(cell("quantity"), "quantity")?;
    let currency = text("currency").to_uppercase();
    let letters = currency.bytes().all(|letter| letter.is_ascii_alphabetic());
    if !(currency.is_empty() || currency.len() == 3 && letters) {
        return Err(("currency", "not a currency code of three letters"));
    }
    let price = amount(cell("item-price"), "item-price")?;
    let names = [
        "item-tax",
        "shipping-price",
        "shipping-tax",
        "gift-wrap-price",
        "gift-wrap-tax",
        "item-promotion-discount",
        "ship-promotion-discount",
    ];
    let mut others = [0; 7];
    for (name, other) in names.iter().zip(&mut others) {
        *other = amount(cell(name), name)?.unwrap_or(0);
    }
    if price.is_some_and(|price| price < 0) {
        return Err(("item-price", "a negative price"));
    }
    if currency.is_empty() {
        let amounts = std::iter::once(("item-price", price.unwrap_or(0)))
            .chain(names.into_iter().zip(others));
        if let Some((name, _)) = amounts.into_iter().find(|(_, amount)| *amount != 0) {
            return Err((name, "an amount without a currency"));
        }
    }
    let who = match text("fulfillment-channel").to_ascii_lowercase().as_str() {
        "amazon" | "afn" => "fba",
        "merchant" | "seller" | "mfn" => "merchant",
        _ => "unknown",
    };
    let [
        item_tax,
        shipping,
        shipping_tax,
        gift_wrap,
        gift_wrap_tax,
        item_discount,
        ship_discount,
    ] = others;
    Ok(Said::Line(vec![
        id,
        purchase,
        update,
        text("order-status"),
        who.into(),
        text("sales-channel"),
        text("sku"),
        text("asin"),
        text("product-name"),
        text("item-status"),
        quantity,
        currency,
        price.map_or_else(String::new, |price| price.to_string()),
        (item_tax + shipping_tax + gift_wrap_tax).to_string(),
        shipping.to_string(),
        gift_wrap.to_string(),
        (item_discount.abs() + ship_discount.abs()).to_string(),
    ]))
}

fn unshipped_line<'t>(cell: &impl Fn(&str) -> &'t [u8]) -> Result<Said, Bad> {
    let text = |name: &'static str| lossy(cell(name));
    let id = order_id(cell("order-id")).map_err(|reason| ("order-id", reason))?;
    let purchase = dated(cell("purchase-date"), "purchase-date")?;
    let payments = optional(cell("payments-date"), "payments-date")?;
    let reporting = optional(cell("reporting-date"), "reporting-date")?;
    let promise = optional(cell("promise-date"), "promise-date")?;
    if cell("sku").is_empty() {
        return Err(("sku", "no sku"));
    }
    sku_is_whole(cell("sku"))?;
    is_one_line(cell("product-name"))?;
    let quantity = quantity(cell("quantity-to-ship"), "quantity-to-ship")?;
    let days: Option<i32> = text("days-past-promise").parse().ok();
    let yes_or_no = |name: &'static str| match text(name).to_ascii_lowercase().as_str() {
        yes_or_no @ ("true" | "false") => yes_or_no.to_owned(),
        _ => String::new(),
    };
    let cancel = yes_or_no("is-buyer-requested-cancellation") == "true";
    Ok(Said::Line(vec![
        id,
        text("order-item-id"),
        purchase,
        payments,
        reporting,
        promise,
        days.map_or_else(String::new, |days| days.to_string()),
        text("sku"),
        text("product-name"),
        quantity,
        text("ship-service-level"),
        text("sales-channel"),
        text("ship-city"),
        text("ship-state"),
        text("ship-country"),
        yes_or_no("is-prime"),
        yes_or_no("is-business-order"),
        cancel.to_string(),
    ]))
}
