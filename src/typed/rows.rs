//! The lines of a row group, made of its columns: each borrows its texts from them.

use std::io;

use crate::field::{
    Amount, Currency, Day, Fulfillment, Moment, OrderId, OrderIds, RejectReason, order_id,
};
use crate::line::{Address, Fault, LineSink, OrderLine, Place, Row, UnshippedLine};

use super::Part;
use super::pages::Decoded;
use super::schema::{COLUMNS, place};
use super::unfit::{invalid, wrong};

/// How closely lines are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Of an all-orders line only the order and its `last-updated-date`.
    Stamps,
    /// All but what the tables of order profiles are made of.
    Lines,
    /// All.
    All,
}

/// The columns of an all-orders line: the stamp first, those of order profiles last.
const ORDERS: [usize; 25] = [
    place("order_id"),
    place("last_updated_date"),
    place("last_updated_day"),
    place("purchase_date"),
    place("purchase_day"),
    place("order_status"),
    place("fulfillment"),
    place("sales_channel"),
    place("sku"),
    place("asin"),
    place("product_name"),
    place("item_status"),
    place("quantity"),
    place("currency"),
    place("item_price"),
    place("tax"),
    place("shipping"),
    place("gift_wrap"),
    place("discounts"),
    place("ship_country"),
    place("is_replacement"),
    place("ship_state"),
    place("ship_service_level"),
    place("is_business"),
    place("promotion_ids"),
];

/// So many columns of [`ORDERS`] are those of the stamp, and so many those of order profiles.
const STAMP: usize = 3;
const PROFILES: usize = 4;

const BACKLOG: [usize; 23] = [
    place("order_id"),
    place("order_item_id"),
    place("purchase_date"),
    place("purchase_day"),
    place("payments_date"),
    place("payments_day"),
    place("reporting_date"),
    place("reporting_day"),
    place("promise_date"),
    place("promise_day"),
    place("days_past_promise"),
    place("sku"),
    place("product_name"),
    place("quantity_to_ship"),
    place("ship_service_level"),
    place("sales_channel"),
    place("ship_city"),
    place("ship_state"),
    place("ship_country"),
    place("is_prime"),
    place("is_business"),
    place("buyer_requested_cancellation"),
    place("verge_of_cancellation"),
];

impl Look {
    /// The columns that are read.
    pub(super) fn columns(self, part: Part) -> &'static [usize] {
        match (part, self) {
            (Part::Backlog, _) => &BACKLOG,
            (Part::Orders, Self::Stamps) => &ORDERS[..STAMP],
            (Part::Orders, Self::Lines) => &ORDERS[..ORDERS.len() - PROFILES],
            (Part::Orders, Self::All) => &ORDERS,
        }
    }
}

/// A line that cannot be read, and of which order it is where that is known.
type Unreadable = (Option<OrderId>, Fault);

/// The lines of a part in a row group.
#[derive(Debug)]
pub struct Rows {
    part: Part,
    /// Whether texts may hold line ends.
    quoted: bool,
    /// Columns that were not read are null throughout.
    pub(super) columns: Box<[Decoded; COLUMNS.len()]>,
    len: usize,
    /// The rows of the part; empty where all are.
    chosen: Vec<u32>,
    /// Whether any text is one that no line may have.
    doubtful: bool,
}

impl Rows {
    pub(super) fn new(part: Part, quoted: bool) -> Self {
        Self {
            part,
            quoted,
            columns: Box::new(std::array::from_fn(|_| Decoded::default())),
            len: 0,
            chosen: Vec::new(),
            doubtful: false,
        }
    }

    /// Chooses the rows of the part among so many, by the column `kind`; `counts` is how many lines of each part the file has.
    pub(super) fn choose(
        &mut self,
        kinds: &Decoded,
        rows: usize,
        counts: [u64; 2],
    ) -> io::Result<()> {
        for kind in kinds.texts() {
            let part = Part::ALL
                .iter()
                .position(|part| kind == part.name().as_bytes());
            if part.is_none_or(|part| counts[part] == 0) {
                return Err(wrong("it has not as many lines as it says"));
            }
        }
        let name = self.part.name().as_bytes();
        self.len = rows;
        if kinds.texts().any(|kind| kind != name) {
            let rows = u32::try_from(rows).map_err(invalid)?;
            self.chosen = (0..rows)
                .filter(|row| kinds.text(*row as usize) == name)
                .collect();
            self.len = self.chosen.len();
        }
        Ok(())
    }

    /// Looks at the texts that were read, once each.
    pub(super) fn examine(&mut self) {
        let texts = |column: usize| self.columns[column].texts();
        let spoilt =
            |sku: &[u8]| order_id::is_rounded_sku(sku) || order_id::is_spreadsheet_error(sku);
        self.doubtful = texts(const { place("sku") }).any(spoilt)
            || texts(const { place("product_name") }).any(order_id::holds_order_id);
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline]
    fn row(&self, index: usize) -> usize {
        self.chosen.get(index).map_or(index, |row| *row as usize)
    }

    #[inline]
    fn flag(&self, column: usize, row: usize) -> Option<bool> {
        self.columns[column].number(row).map(|flag| flag != 0)
    }

    /// A moment, or the day that stands for it.
    #[inline]
    fn moment(&self, [moment, day]: [usize; 2], row: usize) -> Option<Moment> {
        let moment = self.columns[moment].number(row).map(Moment::at);
        moment.or_else(|| {
            let day = self.columns[day].number(row)?;
            Some(Moment::on(Day(i32::try_from(day).ok()?)))
        })
    }

    /// When a line was bought: no row is without it.
    #[inline]
    fn purchase(&self, row: usize) -> Moment {
        let columns = const { [place("purchase_date"), place("purchase_day")] };
        self.moment(columns, row).unwrap_or(Moment::at(0))
    }

    #[inline]
    fn updated(&self, row: usize) -> Option<Moment> {
        let columns = const { [place("last_updated_date"), place("last_updated_day")] };
        self.moment(columns, row)
    }

    #[inline]
    fn order_id(&self, row: usize, ids: &OrderIds) -> Result<OrderId, Unreadable> {
        let cell = self.columns[const { place("order_id") }].text(row);
        let name = match self.part {
            Part::Orders => "amazon-order-id",
            Part::Backlog => "order-id",
        };
        ids.read(cell)
            .map_err(|reason| (None, Fault::cell(reason, name, cell)))
    }

    /// What of a line's SKU or name keeps it out of the numbers.
    fn doubt(&self, sku: &[u8], product_name: &[u8]) -> Result<(), (RejectReason, &'static str)> {
        match sku {
            [] => Err((RejectReason::SkuMissing, "sku")),
            _ if !self.doubtful => Ok(()),
            sku if order_id::is_rounded_sku(sku) => Err((RejectReason::SkuSpoilt, "sku")),
            sku if order_id::is_spreadsheet_error(sku) => Err((RejectReason::SkuError, "sku")),
            _ if order_id::holds_order_id(product_name) => {
                Err((RejectReason::LineInCell, "product-name"))
            }
            _ => Ok(()),
        }
    }

    /// A line of an all-orders report.
    ///
    /// # Errors
    /// It cannot be read.
    #[inline]
    pub fn order(&self, index: usize, ids: &OrderIds) -> Result<OrderLine<'_>, Unreadable> {
        let row = self.row(index);
        let text = |column: usize| self.columns[column].text(row);
        let amount = |column: usize| {
            let amount = self.columns[column].number(row);
            amount.map(Amount::of_ten_thousandths)
        };
        let sum = |column: usize| amount(column).unwrap_or_default();
        let order_id = self.order_id(row, ids)?;
        let currency = Currency::read(text(const { place("currency") }));
        let quantity = self.columns[const { place("quantity") }].number(row);
        let line = OrderLine {
            order_id,
            purchase_date: self.purchase(row),
            last_updated_date: self.updated(row),
            order_status: text(const { place("order_status") }),
            item_status: text(const { place("item_status") }),
            fulfillment: match text(const { place("fulfillment") }) {
                b"fba" => Fulfillment::Amazon,
                b"merchant" => Fulfillment::Merchant,
                _ => Fulfillment::Unknown,
            },
            sales_channel: text(const { place("sales_channel") }),
            sku: text(const { place("sku") }),
            asin: text(const { place("asin") }),
            product_name: text(const { place("product_name") }),
            quantity: quantity.map_or(0, units),
            currency: currency.unwrap_or_default(),
            line_amount: amount(const { place("item_price") }),
            tax: sum(const { place("tax") }),
            shipping: sum(const { place("shipping") }),
            gift_wrap: sum(const { place("gift_wrap") }),
            discounts: sum(const { place("discounts") }),
            ship_country: text(const { place("ship_country") }),
            ship_state: text(const { place("ship_state") }),
            ship_service_level: text(const { place("ship_service_level") }),
            is_business: self.flag(const { place("is_business") }, row),
            is_replacement: self.flag(const { place("is_replacement") }, row),
            promotion_ids: text(const { place("promotion_ids") }),
        };
        let nothing = || {
            let amounts = [line.tax, line.shipping, line.gift_wrap, line.discounts];
            let mut amounts = amounts.into_iter().chain(line.line_amount);
            amounts.all(|amount| amount == Amount::default())
        };
        let fault = match self.doubt(line.sku, line.product_name) {
            Err(doubt) => doubt,
            Ok(()) if line.order_status.is_empty() => (RejectReason::StatusMissing, "order-status"),
            Ok(()) if currency.is_err() => (RejectReason::CurrencyInvalid, "currency"),
            Ok(()) if quantity.is_none() => (RejectReason::QuantityMissing, "quantity"),
            Ok(()) if line.currency.is_none() && !nothing() => {
                (RejectReason::AmountWithoutCurrency, "item-price")
            }
            Ok(()) => return Ok(line),
        };
        Err(unreadable(order_id, fault))
    }

    /// A line of an unshipped report.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn unshipped(&self, index: usize, ids: &OrderIds) -> Result<UnshippedLine<'_>, Unreadable> {
        let row = self.row(index);
        let text = |column: usize| self.columns[column].text(row);
        let number = |column: usize| self.columns[column].number(row);
        let order_id = self.order_id(row, ids)?;
        let line = UnshippedLine {
            order_id,
            order_item_id: text(const { place("order_item_id") }),
            purchase_date: self.purchase(row),
            payments_date: self.moment(
                const { [place("payments_date"), place("payments_day")] },
                row,
            ),
            reporting_date: self.moment(
                const { [place("reporting_date"), place("reporting_day")] },
                row,
            ),
            promise_date: self.moment(const { [place("promise_date"), place("promise_day")] }, row),
            days_past_promise: number(const { place("days_past_promise") })
                .and_then(|days| i32::try_from(days).ok()),
            sku: text(const { place("sku") }),
            product_name: text(const { place("product_name") }),
            quantity_to_ship: number(const { place("quantity_to_ship") }).map_or(0, units),
            ship_service_level: text(const { place("ship_service_level") }),
            sales_channel: text(const { place("sales_channel") }),
            ship_city: text(const { place("ship_city") }),
            ship_state: text(const { place("ship_state") }),
            ship_country: text(const { place("ship_country") }),
            is_prime: self.flag(const { place("is_prime") }, row),
            is_business: self.flag(const { place("is_business") }, row),
            buyer_requested_cancellation: self
                .flag(const { place("buyer_requested_cancellation") }, row)
                == Some(true),
            verge_of_cancellation: self.flag(const { place("verge_of_cancellation") }, row),
            address: Address::default(),
        };
        let fault = match self.doubt(line.sku, line.product_name) {
            Err(doubt) => doubt,
            Ok(()) if number(const { place("quantity_to_ship") }).is_none() => {
                (RejectReason::QuantityMissing, "quantity-to-ship")
            }
            Ok(()) => return Ok(line),
        };
        Err(unreadable(order_id, fault))
    }

    /// Passes on all lines to be read in full, `start` being where they start; gives how many lines of text they are.
    pub fn pass_on(&self, start: Place, ids: &OrderIds, into: &mut impl LineSink) -> u64 {
        let mut place = start;
        for index in 0..self.len {
            place.line += 1;
            let row = Row { place, raw: &[] };
            let read = match self.part {
                Part::Orders => self
                    .order(index, ids)
                    .map(|line| into.order_line(row, &line)),
                Part::Backlog => self
                    .unshipped(index, ids)
                    .map(|line| into.unshipped_line(row, &line)),
            };
            match (read, self.part) {
                (Ok(()), _) => {}
                (Err((order, fault)), Part::Orders) => into.unreadable(row, order, fault),
                (Err((_, fault)), Part::Backlog) => into.reject(row, fault.masked()),
            }
            place.byte += 1;
            if self.quoted {
                place.line += self.line_ends(index);
            }
        }
        into.end_of_chunk(start, place.line);
        place.line
    }

    /// Passes on the order and the stamp of every line of an all-orders report.
    pub fn stamps(&self, start: Place, ids: &OrderIds, into: &mut impl LineSink) -> u64 {
        let mut place = start;
        for index in 0..self.len {
            place.line += 1;
            let row = self.row(index);
            if let Ok(order) = self.order_id(row, ids) {
                into.stamped(place, order, self.updated(row));
            }
            place.byte += 1;
        }
        into.end_of_chunk(start, place.line);
        place.line
    }

    /// How many line ends the texts of a line hold.
    fn line_ends(&self, index: usize) -> u64 {
        let texts = self
            .columns
            .iter()
            .map(|column| column.text(self.row(index)));
        texts
            .map(|text| memchr::memchr_iter(b'\n', text).count() as u64)
            .sum()
    }

    /// Whether two row groups hold the same lines.
    pub fn same(&self, other: &Self, ids: &OrderIds) -> bool {
        self.len == other.len
            && (0..self.len).all(|index| match self.part {
                Part::Orders => self.order(index, ids) == other.order(index, ids),
                Part::Backlog => self.unshipped(index, ids) == other.unshipped(index, ids),
            })
    }

    /// What the first lines say of their orders: the same wherever the same lines are.
    pub fn start(&self) -> Vec<u8> {
        let mut start = Vec::new();
        for index in 0..self.len.min(STARTS) {
            let row = self.row(index);
            start.extend_from_slice(self.columns[const { place("order_id") }].text(row));
            let stamp = self.updated(row).map_or(0, |moment| moment.utc);
            start.extend_from_slice(&stamp.to_le_bytes());
        }
        start
    }
}

/// So many lines tell files apart, most of the time.
const STARTS: usize = 64;

/// A number of units, which was looked at where it was decoded.
fn units(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

fn unreadable(order: OrderId, (reason, column): (RejectReason, &'static str)) -> Unreadable {
    let fault = Fault {
        reason,
        column: Some(column),
        text: String::new(),
    };
    (Some(order), fault)
}
