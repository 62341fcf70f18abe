//! Typed lines of reports, each with its place.
//!
//! Lines borrow from the chunk they were read from and are never stored. Nothing above this module sees bytes of a file.

pub mod labels;
pub mod supplementary;

use crate::field::{Amount, Currency, Fulfillment, Moment, OrderId, RejectReason, order_id};

pub use labels::{LabelMap, LineLabels};
pub use supplementary::SupplementaryLine;

/// An input file of a run: its place in the byte order of the input names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// Where a line starts. Sorted by file, then byte, so that the least of several places is the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Bytes before the line.
    pub byte: u64,
    /// First byte of the chunk that the line was read with.
    pub chunk: u64,
    /// Lines of that chunk up to and with this one: the line's number once the chunks before it are counted.
    pub line: u64,
}

/// One row of a report as it stood in the file.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Where it starts.
    pub place: Place,
    /// Its bytes, line end included where it has one; none of a converted line, which is no text.
    pub raw: &'a [u8],
}

/// A line of an all-orders report: one item of an order, of any status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderLine<'a> {
    /// `amazon-order-id`.
    pub order_id: OrderId,
    /// `purchase-date`.
    pub purchase_date: Moment,
    /// `last-updated-date`; `None` where the layout has none or the cell is empty.
    pub last_updated_date: Option<Moment>,
    /// `order-status`, as Amazon wrote it.
    pub order_status: &'a [u8],
    /// `item-status`, as Amazon wrote it; empty where the layout has none.
    pub item_status: &'a [u8],
    /// `fulfillment-channel`.
    pub fulfillment: Fulfillment,
    /// `sales-channel`, as Amazon wrote it.
    pub sales_channel: &'a [u8],
    /// `sku`.
    pub sku: &'a [u8],
    /// `asin`.
    pub asin: &'a [u8],
    /// `product-name`.
    pub product_name: &'a [u8],
    /// `quantity`, in units.
    pub quantity: u32,
    /// `currency`; `None` where the cell is empty. A line without a currency has no amount but zero.
    pub currency: Option<Currency>,
    /// `item-price`, which is the total of the line. `None` is unknown, not zero.
    pub line_amount: Option<Amount>,
    /// Item, shipping and gift-wrap tax; empty cells add nothing.
    pub tax: Amount,
    /// `shipping-price`; an empty cell adds nothing.
    pub shipping: Amount,
    /// `gift-wrap-price`; an empty cell adds nothing.
    pub gift_wrap: Amount,
    /// Item and ship promotion discounts without their signs, which vary between reports.
    pub discounts: Amount,
    /// `ship-country`; empty where the layout has none.
    pub ship_country: &'a [u8],
    /// `ship-state`, as the buyer wrote it; empty where the layout has none.
    pub ship_state: &'a [u8],
    /// `ship-service-level`; empty where the layout has none.
    pub ship_service_level: &'a [u8],
    /// `is-business-order`; `None` where the layout does not say.
    pub is_business: Option<bool>,
    /// `is-replacement-order`; `None` where the layout does not say.
    pub is_replacement: Option<bool>,
    /// `promotion-ids`, a list with commas; empty where there was no promotion.
    pub promotion_ids: &'a [u8],
}

impl<'a> OrderLine<'a> {
    /// The part that decides which file's lines of the order count.
    pub fn head(&self) -> OrderLineHead<'a> {
        OrderLineHead {
            order_id: self.order_id,
            purchase_date: self.purchase_date,
            last_updated_date: self.last_updated_date,
            sales_channel: self.sales_channel,
        }
    }

    /// What it says in words.
    pub fn texts_mut(&mut self) -> [&mut &'a [u8]; 10] {
        [
            &mut self.order_status,
            &mut self.item_status,
            &mut self.sales_channel,
            &mut self.sku,
            &mut self.asin,
            &mut self.product_name,
            &mut self.ship_country,
            &mut self.ship_state,
            &mut self.ship_service_level,
            &mut self.promotion_ids,
        ]
    }
}

/// The part of an all-orders line that decides which file's lines of an order count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderLineHead<'a> {
    /// `amazon-order-id`.
    pub order_id: OrderId,
    /// `purchase-date`.
    pub purchase_date: Moment,
    /// `last-updated-date`; `None` where the layout has none or the cell is empty.
    pub last_updated_date: Option<Moment>,
    /// `sales-channel`, as it stands in the file.
    pub sales_channel: &'a [u8],
}

/// A line of an unshipped-orders report: one item that the seller has yet to confirm as shipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnshippedLine<'a> {
    /// `order-id`.
    pub order_id: OrderId,
    /// `order-item-id`.
    pub order_item_id: &'a [u8],
    /// `purchase-date`.
    pub purchase_date: Moment,
    /// `payments-date`.
    pub payments_date: Option<Moment>,
    /// `reporting-date`: when the order left Pending.
    pub reporting_date: Option<Moment>,
    /// `promise-date`: the end of the local day by which to ship. `None` where the report promises none.
    pub promise_date: Option<Moment>,
    /// `days-past-promise`, by Amazon's own count; positive is late. `None` where it says nothing readable.
    pub days_past_promise: Option<i32>,
    /// `sku`.
    pub sku: &'a [u8],
    /// `product-name`.
    pub product_name: &'a [u8],
    /// `quantity-to-ship`, in units.
    pub quantity_to_ship: u32,
    /// `ship-service-level`.
    pub ship_service_level: &'a [u8],
    /// `sales-channel`; empty in most files.
    pub sales_channel: &'a [u8],
    /// `ship-city`.
    pub ship_city: &'a [u8],
    /// `ship-state`.
    pub ship_state: &'a [u8],
    /// `ship-country`.
    pub ship_country: &'a [u8],
    /// `is-prime`; `None` where the layout does not say.
    pub is_prime: Option<bool>,
    /// `is-business-order`; `None` where the layout does not say.
    pub is_business: Option<bool>,
    /// `is-buyer-requested-cancellation`; no column, no request.
    pub buyer_requested_cancellation: bool,
    /// `verge-of-cancellation`: Amazon is about to cancel. `None` where the layout does not say.
    pub verge_of_cancellation: Option<bool>,
    /// Whom and where it goes to: empty unless that was asked for.
    pub address: Address<&'a [u8]>,
}

/// The parts of an address beside city, state and country. `T` is a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Address<T> {
    /// `recipient-name`.
    pub recipient_name: T,
    /// `ship-address-1` to `-3`.
    pub lines: [T; 3],
    /// `ship-postal-code`.
    pub postal_code: T,
    /// `ship-phone-number`.
    pub phone: T,
}

impl<T> Address<T> {
    /// The address of its parts, in the order of the columns.
    pub fn of([recipient_name, line_1, line_2, line_3, postal_code, phone]: [T; 6]) -> Self {
        Self {
            recipient_name,
            lines: [line_1, line_2, line_3],
            postal_code,
            phone,
        }
    }

    /// Its parts, in the order of the columns.
    pub fn parts(self) -> [T; 6] {
        let [line_1, line_2, line_3] = self.lines;
        let Self {
            recipient_name,
            postal_code,
            phone,
            ..
        } = self;
        [recipient_name, line_1, line_2, line_3, postal_code, phone]
    }
}

impl<'a> UnshippedLine<'a> {
    /// `order-item-id`; empty where a spreadsheet rounded it to `1.40E+14`, which is the number of no item.
    pub fn whole_item_id(&self) -> &'a [u8] {
        if order_id::is_rounded(self.order_item_id) {
            &[]
        } else {
            self.order_item_id
        }
    }

    /// What it says in words.
    pub fn texts(&self) -> [&'a [u8]; 14] {
        let [name, line_1, line_2, line_3, postal_code, phone] = self.address.parts();
        [
            self.order_item_id,
            self.sku,
            self.product_name,
            self.ship_service_level,
            self.sales_channel,
            self.ship_city,
            self.ship_state,
            self.ship_country,
            name,
            line_1,
            line_2,
            line_3,
            postal_code,
            phone,
        ]
    }
}

/// A cell that keeps its line out of the numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub reason: RejectReason,
    /// Amazon's name of the column, `None` if the line as a whole is at fault.
    pub column: Option<&'static str>,
    /// What was found, and expected if that is not the same for every line. Never a buyer's field.
    pub text: String,
}

impl Fault {
    /// The same with every letter an `x` and every digit a `9`: of a line whose cells may have moved, so that a buyer's name
    /// could stand where a quantity should.
    #[must_use]
    pub fn masked(mut self) -> Self {
        let mask = |letter: char| match letter {
            _ if letter.is_numeric() => '9',
            _ if letter.is_alphabetic() => 'x',
            _ => letter,
        };
        self.text = self.text.chars().map(mask).collect();
        self
    }

    /// A cell at fault. Keeps its first forty characters, control characters made visible.
    pub fn cell(reason: RejectReason, column: &'static str, cell: &[u8]) -> Self {
        Self {
            reason,
            column: Some(column),
            text: sample(cell),
        }
    }
}

/// At most forty characters of a cell, each a printable one.
fn sample(cell: &[u8]) -> String {
    let head = &cell[..cell.len().min(160)];
    let text = String::from_utf8_lossy(head);
    let mut shown: String = text
        .chars()
        .take(40)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if text.chars().count() > 40 || head.len() < cell.len() {
        shown.push('\u{2026}');
    }
    shown
}

/// A line that could not be read: data about data, not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Where it stands.
    pub place: Place,
    /// Why.
    pub fault: Fault,
}

/// What takes the lines of a report, whatever its kind: the stages after `parse` implement this.
pub trait LineSink {
    /// A line of an all-orders report.
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>);
    /// A line of an unshipped-orders report.
    fn unshipped_line(&mut self, row: Row<'_>, line: &UnshippedLine<'_>);
    /// A line of a report beside these.
    fn supplementary_line(&mut self, row: Row<'_>, line: &SupplementaryLine<'_>);
    /// A line that could not be read.
    fn reject(&mut self, row: Row<'_>, fault: Fault);
    /// The same, with the order it is of where at least that can be read.
    fn unreadable(&mut self, row: Row<'_>, order: Option<OrderId>, fault: Fault) {
        let _ = order;
        self.reject(row, fault);
    }
    /// A line of an all-orders report of which only the order and its `last-updated-date` were looked at.
    fn stamped(&mut self, place: Place, order: OrderId, last_updated_date: Option<Moment>) {
        let _ = (place, order, last_updated_date);
    }
    /// A line of an all-orders report that can be read, of which no more than this was looked at.
    fn known_line(&mut self, place: Place, head: &OrderLineHead<'_>) {
        let _ = (place, head);
    }
    /// Whether texts must be decoded. Without that, all but ASCII is as it stands in the file.
    fn reads_texts(&self) -> bool {
        true
    }
    /// A line turned out to be several, which a look at two columns of it could not see.
    fn split_at_returns(&mut self) {}
    /// The report's own header line, met once more between the lines.
    fn repeated_header(&mut self, row: Row<'_>);
    /// The chunk that starts at `start.byte` ends here; it had this many lines, blank ones and headers included.
    fn end_of_chunk(&mut self, start: Place, lines: u64);
}

/// Whoever borrows it passes on every line.
impl<S: LineSink> LineSink for &mut S {
    #[inline]
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        S::order_line(self, row, line);
    }

    fn unshipped_line(&mut self, row: Row<'_>, line: &UnshippedLine<'_>) {
        S::unshipped_line(self, row, line);
    }

    fn supplementary_line(&mut self, row: Row<'_>, line: &SupplementaryLine<'_>) {
        S::supplementary_line(self, row, line);
    }

    fn reject(&mut self, row: Row<'_>, fault: Fault) {
        S::reject(self, row, fault);
    }

    fn unreadable(&mut self, row: Row<'_>, order: Option<OrderId>, fault: Fault) {
        S::unreadable(self, row, order, fault);
    }

    fn stamped(&mut self, place: Place, order: OrderId, last_updated_date: Option<Moment>) {
        S::stamped(self, place, order, last_updated_date);
    }

    fn known_line(&mut self, place: Place, head: &OrderLineHead<'_>) {
        S::known_line(self, place, head);
    }

    fn reads_texts(&self) -> bool {
        S::reads_texts(self)
    }

    fn split_at_returns(&mut self) {
        S::split_at_returns(self);
    }

    fn repeated_header(&mut self, row: Row<'_>) {
        S::repeated_header(self, row);
    }

    fn end_of_chunk(&mut self, start: Place, lines: u64) {
        S::end_of_chunk(self, start, lines);
    }
}

/// Both take every line.
impl<A: LineSink, B: LineSink> LineSink for (A, B) {
    #[inline]
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        self.0.order_line(row, line);
        self.1.order_line(row, line);
    }

    fn unshipped_line(&mut self, row: Row<'_>, line: &UnshippedLine<'_>) {
        self.0.unshipped_line(row, line);
        self.1.unshipped_line(row, line);
    }

    fn supplementary_line(&mut self, row: Row<'_>, line: &SupplementaryLine<'_>) {
        self.0.supplementary_line(row, line);
        self.1.supplementary_line(row, line);
    }

    fn reject(&mut self, row: Row<'_>, fault: Fault) {
        self.0.reject(row, fault.clone());
        self.1.reject(row, fault);
    }

    fn unreadable(&mut self, row: Row<'_>, order: Option<OrderId>, fault: Fault) {
        self.0.unreadable(row, order, fault.clone());
        self.1.unreadable(row, order, fault);
    }

    #[inline]
    fn stamped(&mut self, place: Place, order: OrderId, last_updated_date: Option<Moment>) {
        self.0.stamped(place, order, last_updated_date);
        self.1.stamped(place, order, last_updated_date);
    }

    #[inline]
    fn known_line(&mut self, place: Place, head: &OrderLineHead<'_>) {
        self.0.known_line(place, head);
        self.1.known_line(place, head);
    }

    fn reads_texts(&self) -> bool {
        self.0.reads_texts() || self.1.reads_texts()
    }

    fn split_at_returns(&mut self) {
        self.0.split_at_returns();
        self.1.split_at_returns();
    }

    fn repeated_header(&mut self, row: Row<'_>) {
        self.0.repeated_header(row);
        self.1.repeated_header(row);
    }

    fn end_of_chunk(&mut self, start: Place, lines: u64) {
        self.0.end_of_chunk(start, lines);
        self.1.end_of_chunk(start, lines);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_short_and_printable() {
        assert_eq!(sample(b"12,50"), "12,50");
        assert_eq!(sample(b"a\x1b[31mb"), "a\u{fffd}[31mb");
        assert_eq!(
            sample("x".repeat(41).as_bytes()),
            format!("{}\u{2026}", "x".repeat(40))
        );
        assert_eq!(sample("\u{e9}".repeat(1000).as_bytes()).chars().count(), 41);
    }
}
