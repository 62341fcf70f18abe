//! From a line to its cells.

use chrono_tz::Tz;

use crate::field::{Day, Moment, OrderIds, StatusGroup, status, zone};
use crate::line::{OrderLine, UnshippedLine};

use super::batch::Cell;
use super::schema::{LAKE_COLUMNS, place};
use super::{Batch, Part};

/// Where a line stood, and what is known of it beside its cells.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The name of the input.
    pub file: &'a str,
    /// The line's number in it.
    pub line: u64,
    /// The order ids of the run.
    pub ids: &'a OrderIds,
    /// The zone that its days are in.
    pub zone: Tz,
    /// The local day of purchase.
    pub day: Day,
}

/// What a line of a lake has beside the columns of `convert`.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// The account.
    pub account: &'a str,
    /// The hour of purchase in its zone; `None` of a bare day.
    pub hour: Option<u8>,
    /// Country and state as tables show them; empty of an unshipped line.
    pub place: (&'a str, &'a str),
    /// The families of its promotions, each once.
    pub families: &'a [u8],
}

/// The cells of all columns, those of a lake too; a batch takes as many as it has columns.
type Line<'a> = [Cell<'a>; LAKE_COLUMNS.len()];

/// Adds a line of an all-orders report.
pub fn order(
    batch: &mut Batch,
    from: Origin<'_>,
    line: &OrderLine<'_>,
    beside: Option<Beside<'_>>,
) {
    let id = from.ids.text(line.order_id);
    let mut cells = common(Part::Orders, from, &id, line.purchase_date, beside);
    let group = StatusGroup::read(line.order_status);
    let live = group != StatusGroup::Cancelled && !status::is_cancelled(line.item_status);
    dated(
        &mut cells,
        [
            const { place("last_updated_date") },
            const { place("last_updated_day") },
        ],
        line.last_updated_date,
    );
    cells[const { place("order_status") }] = Cell::text(line.order_status);
    cells[const { place("status_group") }] = Cell::text(group.name().as_bytes());
    cells[const { place("item_status") }] = Cell::text(line.item_status);
    cells[const { place("live") }] = Cell::flag(Some(live));
    cells[const { place("fulfillment") }] = Cell::text(line.fulfillment.name().as_bytes());
    cells[const { place("sales_channel") }] = Cell::text(line.sales_channel);
    cells[const { place("sku") }] = Cell::text(line.sku);
    cells[const { place("asin") }] = Cell::text(line.asin);
    cells[const { place("product_name") }] = Cell::text(line.product_name);
    cells[const { place("quantity") }] = Cell::Number(i64::from(line.quantity));
    if let Some(currency) = &line.currency {
        cells[const { place("currency") }] = Cell::text(currency.as_str().as_bytes());
    }
    if let Some(amount) = line.line_amount {
        cells[const { place("item_price") }] = Cell::Number(amount.ten_thousandths());
    }
    cells[const { place("tax") }] = Cell::Number(line.tax.ten_thousandths());
    cells[const { place("shipping") }] = Cell::Number(line.shipping.ten_thousandths());
    cells[const { place("gift_wrap") }] = Cell::Number(line.gift_wrap.ten_thousandths());
    cells[const { place("discounts") }] = Cell::Number(line.discounts.ten_thousandths());
    cells[const { place("ship_state") }] = Cell::text(line.ship_state);
    cells[const { place("ship_country") }] = Cell::text(line.ship_country);
    cells[const { place("ship_service_level") }] = Cell::text(line.ship_service_level);
    cells[const { place("is_business") }] = Cell::flag(line.is_business);
    cells[const { place("is_replacement") }] = Cell::flag(line.is_replacement);
    cells[const { place("promotion_ids") }] = Cell::text(line.promotion_ids);
    let columns = batch.columns.len();
    batch.push(&cells[..columns]);
}

/// Adds a line of an unshipped report.
pub fn unshipped(
    batch: &mut Batch,
    from: Origin<'_>,
    line: &UnshippedLine<'_>,
    beside: Option<Beside<'_>>,
) {
    let id = from.ids.text(line.order_id);
    let mut cells = common(Part::Backlog, from, &id, line.purchase_date, beside);
    dated(
        &mut cells,
        [
            const { place("payments_date") },
            const { place("payments_day") },
        ],
        line.payments_date,
    );
    dated(
        &mut cells,
        [
            const { place("reporting_date") },
            const { place("reporting_day") },
        ],
        line.reporting_date,
    );
    if let Some(promise) = line.promise_date {
        let (offset, _) = zone::of_promise(from.zone, promise);
        let (date, day) = (
            const { place("promise_date") },
            const { place("promise_day") },
        );
        dated(&mut cells, [date, day], Some(promise));
        cells[day] = Cell::Number(i64::from(promise.day(offset).0));
    }
    cells[const { place("order_item_id") }] = Cell::text(line.whole_item_id());
    cells[const { place("fulfillment") }] = Cell::Text(b"merchant");
    cells[const { place("sales_channel") }] = Cell::text(line.sales_channel);
    cells[const { place("sku") }] = Cell::text(line.sku);
    cells[const { place("product_name") }] = Cell::text(line.product_name);
    if let Some(days) = line.days_past_promise {
        cells[const { place("days_past_promise") }] = Cell::Number(i64::from(days));
    }
    cells[const { place("quantity_to_ship") }] = Cell::Number(i64::from(line.quantity_to_ship));
    cells[const { place("ship_city") }] = Cell::text(line.ship_city);
    cells[const { place("ship_state") }] = Cell::text(line.ship_state);
    cells[const { place("ship_country") }] = Cell::text(line.ship_country);
    cells[const { place("ship_service_level") }] = Cell::text(line.ship_service_level);
    cells[const { place("is_prime") }] = Cell::flag(line.is_prime);
    cells[const { place("is_business") }] = Cell::flag(line.is_business);
    cells[const { place("buyer_requested_cancellation") }] =
        Cell::flag(Some(line.buyer_requested_cancellation));
    cells[const { place("verge_of_cancellation") }] = Cell::flag(line.verge_of_cancellation);
    let columns = batch.columns.len();
    batch.push(&cells[..columns]);
}

fn common<'a>(
    part: Part,
    from: Origin<'a>,
    id: &'a str,
    purchase: Moment,
    beside: Option<Beside<'a>>,
) -> Line<'a> {
    let mut cells = [Cell::Null; LAKE_COLUMNS.len()];
    cells[const { place("kind") }] = Cell::Text(part.name().as_bytes());
    cells[const { place("file") }] = Cell::Text(from.file.as_bytes());
    let line = i64::try_from(from.line).expect("a file has fewer lines");
    cells[const { place("line") }] = Cell::Number(line);
    cells[const { place("order_id") }] = Cell::Text(id.as_bytes());
    if purchase.timed {
        cells[const { place("purchase_date") }] = Cell::Number(purchase.utc);
    }
    cells[const { place("purchase_day") }] = Cell::Number(i64::from(from.day.0));
    if let Some(beside) = beside {
        let (country, state) = beside.place;
        cells[const { place("account") }] = Cell::Text(beside.account.as_bytes());
        if let Some(hour) = beside.hour {
            cells[const { place("purchase_hour") }] = Cell::Number(i64::from(hour));
        }
        cells[const { place("zone") }] = Cell::Text(from.zone.name().as_bytes());
        cells[const { place("place_country") }] = Cell::text(country.as_bytes());
        cells[const { place("place_state") }] = Cell::text(state.as_bytes());
        cells[const { place("promotion_families") }] = Cell::text(beside.families);
    }
    cells
}

/// A date that may be missing, or a day only: into the column of moments or into that of days.
fn dated(cells: &mut Line<'_>, [date, day]: [usize; 2], moment: Option<Moment>) {
    match moment {
        Some(moment) if moment.timed => cells[date] = Cell::Number(moment.utc),
        Some(moment) => cells[day] = Cell::Number(i64::from(moment.day(0).0)),
        None => {}
    }
}
