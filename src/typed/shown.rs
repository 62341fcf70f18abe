//! The lines of a converted file as the text of a report: Amazon's names, tabs, UTF-8 with its mark. So they are read as any other
//! report, by the same rules.

use std::io::{self, Read, Seek};

use crate::field::Day;

use super::batch::{Batch, Cell};
use super::digits::{self, Digits};
use super::schema::{COLUMNS, place};
use super::{Lines, Part};

/// A column of a report, and the column or columns that it is made of.
struct Shown {
    name: &'static str,
    from: From,
}

#[derive(Clone, Copy)]
enum From {
    Text(&'static str),
    Fulfillment,
    Number(&'static str),
    Flag(&'static str),
    Money(&'static str),
    /// A share of a sum, the first or a later one of so many: several amounts were added up, and one cell may not hold so much.
    Part(&'static str, i64),
    /// A moment, or the day that stands for it.
    Date(&'static str, &'static str),
}

const fn shown(name: &'static str, from: From) -> Shown {
    Shown { name, from }
}

const ORDERS: &[Shown] = &[
    shown("amazon-order-id", From::Text("order_id")),
    shown("purchase-date", From::Date("purchase_date", "purchase_day")),
    shown(
        "last-updated-date",
        From::Date("last_updated_date", "last_updated_day"),
    ),
    shown("order-status", From::Text("order_status")),
    shown("fulfillment-channel", From::Fulfillment),
    shown("sales-channel", From::Text("sales_channel")),
    shown("sku", From::Text("sku")),
    shown("asin", From::Text("asin")),
    shown("product-name", From::Text("product_name")),
    shown("item-status", From::Text("item_status")),
    shown("quantity", From::Number("quantity")),
    shown("currency", From::Text("currency")),
    shown("item-price", From::Money("item_price")),
    shown("item-tax", From::Part("tax", 0)),
    shown("shipping-price", From::Money("shipping")),
    shown("shipping-tax", From::Part("tax", 1)),
    shown("gift-wrap-price", From::Money("gift_wrap")),
    shown("gift-wrap-tax", From::Part("tax", 2)),
    shown("item-promotion-discount", From::Part("discounts", 0)),
    shown("ship-promotion-discount", From::Part("discounts", 1)),
    shown("ship-state", From::Text("ship_state")),
    shown("ship-country", From::Text("ship_country")),
    shown("ship-service-level", From::Text("ship_service_level")),
    shown("is-business-order", From::Flag("is_business")),
    shown("is-replacement-order", From::Flag("is_replacement")),
    shown("promotion-ids", From::Text("promotion_ids")),
];

const BACKLOG: &[Shown] = &[
    shown("order-id", From::Text("order_id")),
    shown("order-item-id", From::Text("order_item_id")),
    shown("purchase-date", From::Date("purchase_date", "purchase_day")),
    shown("payments-date", From::Date("payments_date", "payments_day")),
    shown(
        "reporting-date",
        From::Date("reporting_date", "reporting_day"),
    ),
    shown("promise-date", From::Date("promise_date", "promise_day")),
    shown("days-past-promise", From::Number("days_past_promise")),
    shown("sku", From::Text("sku")),
    shown("product-name", From::Text("product_name")),
    shown("quantity-to-ship", From::Number("quantity_to_ship")),
    shown("ship-service-level", From::Text("ship_service_level")),
    shown("sales-channel", From::Text("sales_channel")),
    shown("ship-city", From::Text("ship_city")),
    shown("ship-state", From::Text("ship_state")),
    shown("ship-country", From::Text("ship_country")),
    shown("is-prime", From::Flag("is_prime")),
    shown("is-business-order", From::Flag("is_business")),
    shown(
        "is-buyer-requested-cancellation",
        From::Flag("buyer_requested_cancellation"),
    ),
    shown("verge-of-cancellation", From::Flag("verge_of_cancellation")),
];

impl From {
    /// The places of the columns it is made of; the same twice if it is one.
    fn places(self) -> [usize; 2] {
        match self {
            Self::Text(name)
            | Self::Number(name)
            | Self::Flag(name)
            | Self::Money(name)
            | Self::Part(name, _) => [place(name); 2],
            Self::Fulfillment => [place("fulfillment"); 2],
            Self::Date(moment, day) => [place(moment), place(day)],
        }
    }
}

/// The lines of a part of a converted file, as a stream of text.
#[derive(Debug)]
pub struct Rows<R> {
    lines: Lines<R>,
    part: Part,
    group: usize,
    shown: u64,
    text: Vec<u8>,
    at: usize,
    digits: Digits,
}

impl<R: Read + Seek> Rows<R> {
    /// The lines of a part, under a header.
    pub fn new(lines: Lines<R>, part: Part) -> Self {
        let mut text = b"\xef\xbb\xbf".to_vec();
        for (index, column) in columns(part).iter().enumerate() {
            separate(&mut text, index);
            cell(&mut text, column.name.as_bytes(), lines.quoted);
        }
        text.push(b'\n');
        Self {
            lines,
            part,
            group: 0,
            shown: 0,
            text,
            at: 0,
            digits: Digits::default(),
        }
    }

    /// Shows the next row group.
    fn advance(&mut self) -> io::Result<()> {
        let columns = columns(self.part);
        let from: Vec<(From, [usize; 2])> = columns
            .iter()
            .map(|column| (column.from, column.from.places()))
            .collect();
        let wanted = |name: &str| from.iter().any(|(_, places)| places.contains(&place(name)));
        let batch = self.lines.group(self.group, self.part, wanted)?;
        self.group += 1;
        self.text.clear();
        self.at = 0;
        self.show(&batch, &from)
    }

    fn show(&mut self, batch: &Batch, from: &[(From, [usize; 2])]) -> io::Result<()> {
        let kind = Cell::Text(self.part.name().as_bytes());
        let (mut cells, mut line) = (batch.cells(), [Cell::Null; COLUMNS.len()]);
        let Self { text, digits, .. } = self;
        let quoted = self.lines.quoted;
        let mut plain = Vec::new();
        while cells.next_into(&mut line) {
            if line[const { place("kind") }] != kind {
                continue;
            }
            self.shown += 1;
            for (index, (from, [first, second])) in from.iter().enumerate() {
                separate(text, index);
                match (from, line[*first]) {
                    (From::Text(_), Cell::Text(found)) if !quoted => text.extend_from_slice(found),
                    (From::Text(_), Cell::Text(found)) => cell(text, found, true),
                    (from, first) => {
                        plain.clear();
                        write(*from, [first, line[*second]], digits, &mut plain);
                        cell(text, &plain, quoted);
                    }
                }
            }
            text.push(b'\n');
        }
        if quoted || unbroken(batch, from) {
            return Ok(());
        }
        Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "a line end in a text, where it says that there is none",
        ))
    }
}

/// Whether no text that is shown holds a tab or a line end.
fn unbroken(batch: &Batch, from: &[(From, [usize; 2])]) -> bool {
    let mut texts = from
        .iter()
        .map(|(_, [first, _])| &batch.columns[*first].bytes);
    texts.all(|bytes| memchr::memchr3(b'\t', b'\n', b'\r', bytes).is_none())
}

impl<R: Read + Seek> Read for Rows<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() && self.group < self.lines.groups() {
            self.advance()?;
        }
        if self.at == self.text.len() && self.shown != self.lines.count(self.part) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "it has not as many lines as it says",
            ));
        }
        let read = (&self.text[self.at..]).read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

fn columns(part: Part) -> &'static [Shown] {
    match part {
        Part::Orders => ORDERS,
        Part::Backlog => BACKLOG,
    }
}

fn separate(text: &mut Vec<u8>, index: usize) {
    if index > 0 {
        text.push(b'\t');
    }
}

/// A cell, in quotation marks where tabs, line ends and quotation marks in it are to be its own.
fn cell(text: &mut Vec<u8>, plain: &[u8], quoted: bool) {
    if !quoted || plain.is_empty() {
        return text.extend_from_slice(plain);
    }
    text.push(b'"');
    for part in plain.split_inclusive(|byte| *byte == b'"') {
        text.extend_from_slice(part);
        if part.ends_with(b"\"") {
            text.push(b'"');
        }
    }
    text.push(b'"');
}

/// The largest amount of one cell, in ten-thousandths.
const MOST: i64 = 9_999_999_999_999_999;

fn write(from: From, [first, second]: [Cell<'_>; 2], digits: &mut Digits, text: &mut Vec<u8>) {
    match (from, first) {
        (From::Fulfillment, Cell::Text(b"fba")) => text.extend_from_slice(b"Amazon"),
        (From::Fulfillment, Cell::Text(b"merchant")) => text.extend_from_slice(b"Merchant"),
        (From::Number(_), Cell::Number(number)) => digits::number(number, text),
        (From::Flag(_), Cell::Number(0)) => text.extend_from_slice(b"false"),
        (From::Flag(_), Cell::Number(_)) => text.extend_from_slice(b"true"),
        (From::Money(_), Cell::Number(amount)) => digits::amount(amount, 2, text),
        (From::Part(_, part), Cell::Number(sum)) => {
            let before = sum.clamp(-MOST * part, MOST * part);
            let amount = (sum - before).clamp(-MOST, MOST);
            if amount != 0 {
                digits::amount(amount, 2, text);
            }
        }
        (From::Date(..), Cell::Number(utc)) => moment(utc, digits, text),
        (From::Date(..), _) => {
            if let Cell::Number(day) = second
                && let Ok(day) = i32::try_from(day)
            {
                digits.day(Day(day), text);
            }
        }
        _ => {}
    }
}

/// A moment in UTC; one that is of another year there than in its own place is written with an offset.
fn moment(utc: i64, digits: &mut Digits, text: &mut Vec<u8>) {
    /// From 0000-01-01 to the end of 9999-12-31.
    const FIRST: i64 = -62_167_219_200;
    const LAST: i64 = 253_402_300_799;
    /// 23:59, the most that an offset can say.
    const FAR: i64 = 86_340;
    let (shift, offset) = match utc {
        ..FIRST => (FAR, b"+23:59"),
        FIRST..=LAST => (0, b"+00:00"),
        _ => (-FAR, b"-23:59"),
    };
    digits.moment(utc + shift, text);
    text.extend_from_slice(offset);
}
