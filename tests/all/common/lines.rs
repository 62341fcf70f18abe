//! Lines for whatever absorbs lines, without a file.

use std::collections::BTreeMap;
use std::fmt::Debug;

use ordersift::field::{Amount, Currency, Fulfillment, Moment, OrderIds, RejectReason};
use ordersift::line::{Fault, FileId, LineSink, OrderLine, Place, Row, UnshippedLine};
use ordersift::pipeline;
use ordersift::state::State;
use ordersift::state::finished::FinishedState;
use ordersift::topic::demand::state::sales::SalesMeasures;
use ordersift::topic::orders::state::order_stats::{OrderMeasures, PlaceKey};
use ordersift::topic::products::state::promotion::PromotionMeasures;
use ordersift::topic::products::state::sku::{SkuMeasures, SkuNames};
use proptest::collection::vec;
use proptest::prelude::*;

/// What is read of a file, line by line.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    Order(Ordered),
    Open(Ordered),
    Bad(usize),
    Header,
    /// A chunk ends, and with it a run of lines of one order.
    Cut,
}

/// The cells of a line, as numbers into short lists.
pub(crate) type Ordered = [usize; 9];

pub(crate) const ORDERS: [&[u8]; 4] = [
    b"111-0000000-0000001",
    b"111-0000000-0000002",
    b"S01-0000000-0000001",
    b"odd",
];
pub(crate) const DATES: [&[u8]; 5] = [
    b"2026-07-20T06:59:59Z",
    b"2026-07-20T07:00:00Z",
    b"2026-07-20",
    b"2026-07-20T00:00:00Z",
    b"2026-08-02T12:00:00Z",
];
pub(crate) const STATUSES: [&[u8]; 4] = [
    b"Shipped",
    b"Cancelled",
    b"Pending",
    b"Shipped - Returned to Seller",
];
pub(crate) const CHANNELS: [&[u8]; 3] = [b"Amazon.com", b"Amazon.de", b""];
pub(crate) const SKUS: [&[u8]; 3] = [b"A", b"B", b"C"];
pub(crate) const TEXTS: [&[u8]; 4] = [b"", b"x", b"Name", b"Other name"];
pub(crate) const REASONS: [(RejectReason, Option<&str>); 3] = [
    (RejectReason::AmountInvalid, Some("item-price")),
    (RejectReason::FieldCount, None),
    (RejectReason::OtherHeader, None),
];

pub(crate) fn moment(date: usize) -> Moment {
    Moment::read(DATES[date % 5]).unwrap()
}

pub(crate) fn order_line(ids: &OrderIds, cells: &Ordered) -> OrderLine<'static> {
    let [
        order,
        date,
        status,
        who,
        channel,
        sku,
        quantity,
        money,
        text,
    ] = *cells;
    let currency = [b"USD" as &[u8], b"JPY", b"USD"][money % 3];
    let price = (money < 6)
        .then(|| Amount::read([b"9.99" as &[u8], b"0", b"0.0001"][money % 3]).unwrap())
        .flatten();
    let other = Amount::read(b"1.5").unwrap().unwrap();
    OrderLine {
        order_id: ids.read(ORDERS[order % 4]).unwrap(),
        purchase_date: moment(date),
        last_updated_date: (date != text).then(|| moment(date + text)),
        order_status: STATUSES[status % 4],
        item_status: STATUSES[text % 2],
        fulfillment: Fulfillment::ALL[who % 3],
        sales_channel: CHANNELS[channel % 3],
        sku: SKUS[sku % 3],
        asin: TEXTS[quantity % 4],
        product_name: TEXTS[text % 4],
        quantity: u32::try_from(quantity).unwrap(),
        currency: Currency::read(if money == 8 { b"" } else { currency }).unwrap(),
        line_amount: price,
        tax: other,
        shipping: other,
        gift_wrap: other,
        discounts: other,
        ship_country: [b"US" as &[u8], b"DE", b""][channel % 3],
        ship_state: TEXTS[who % 4],
        ship_service_level: b"Standard",
        is_business: [None, Some(true), Some(false)][sku % 3],
        is_replacement: [None, Some(true), Some(false)][date % 3],
        promotion_ids: TEXTS[date % 4],
    }
}

pub(crate) fn open_line(ids: &OrderIds, cells: &Ordered) -> UnshippedLine<'static> {
    let [order, date, item, due, channel, sku, quantity, flag, text] = *cells;
    UnshippedLine {
        order_id: ids.read(ORDERS[order % 4]).unwrap(),
        order_item_id: TEXTS[item % 4],
        purchase_date: moment(date),
        payments_date: (due > 2).then(|| moment(due)),
        reporting_date: (due > 4).then(|| moment(text)),
        promise_date: (flag > 3).then(|| moment(due)),
        days_past_promise: Some(3),
        sku: SKUS[sku % 3],
        product_name: TEXTS[text % 4],
        quantity_to_ship: u32::try_from(quantity).unwrap(),
        ship_service_level: b"Standard",
        sales_channel: CHANNELS[channel % 3],
        ship_city: b"",
        ship_state: b"",
        ship_country: b"US",
        is_prime: Some(true),
        is_business: None,
        buyer_requested_cancellation: flag == 0,
        verge_of_cancellation: None,
        address: ordersift::line::Address::default(),
    }
}

pub(crate) fn fault(which: usize) -> Fault {
    let (reason, column) = REASONS[which % 3];
    Fault {
        reason,
        column,
        text: format!("cell {which}"),
    }
}

/// Feeds a part to whatever takes lines: files 0 to 2 hold orders, 3 and 4 backlogs, and no part shares a chunk.
pub(crate) fn feed(into: &mut impl LineSink, ids: &OrderIds, part: usize, events: &[(u32, Event)]) {
    for file in 0..5 {
        let start = 1000 * (part as u64 + 1);
        let mut place = Place {
            file: FileId(file),
            byte: start,
            chunk: start,
            line: 0,
        };
        for (_, event) in events.iter().filter(|(of, _)| *of == file) {
            (place.byte, place.line) = (place.byte + 1, place.line + 1);
            let row = Row { place, raw: b"" };
            match event {
                Event::Order(cells) if file < 3 => into.order_line(row, &order_line(ids, cells)),
                Event::Order(cells) | Event::Open(cells) if file >= 3 => {
                    into.unshipped_line(row, &open_line(ids, cells));
                }
                Event::Bad(which) => into.reject(row, fault(*which)),
                Event::Header => into.repeated_header(row),
                _ => {
                    into.end_of_chunk(
                        Place {
                            byte: place.chunk,
                            ..place
                        },
                        place.line,
                    );
                    (place.chunk, place.line) = (place.byte, 0);
                }
            }
        }
        into.end_of_chunk(
            Place {
                byte: place.chunk,
                ..place
            },
            place.line,
        );
    }
}

pub(crate) fn parts() -> impl Strategy<Value = [Vec<(u32, Event)>; 3]> {
    let cells = || prop::array::uniform9(0..9_usize);
    let event = prop_oneof![
        12 => cells().prop_map(Event::Order),
        3 => cells().prop_map(Event::Open),
        1 => (0..3_usize).prop_map(Event::Bad),
        1 => Just(Event::Header),
        2 => Just(Event::Cut),
    ];
    prop::array::uniform3(vec((0..5_u32, event), 0..12))
}

/// What whole orders are like, by texts instead of numbers.
fn shape(counted: &FinishedState) -> impl PartialEq + Debug + use<> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let pair = |(first, second): (&[u8], &[u8])| (text(first), text(second));
    let order_stats = &counted.orders.stats;
    let place = |key: &PlaceKey| {
        (
            pair(counted.orders.profiles.places.get(key.place)),
            key.currency,
        )
    };
    let places: BTreeMap<_, OrderMeasures> = (order_stats.places.iter())
        .map(|(key, cell)| (place(key), *cell))
        .collect();
    let terms: BTreeMap<_, OrderMeasures> = (order_stats.terms.iter())
        .map(|(key, cell)| {
            let terms = pair(counted.orders.profiles.terms.get(key.terms));
            ((terms, key.fulfillment, key.currency), *cell)
        })
        .collect();
    let promoted: BTreeMap<_, PromotionMeasures> = (counted.products.promotions.sales.iter())
        .map(|(key, cell)| {
            let family = text(counted.products.promotions.families.get(key.family));
            ((family, key.currency), *cell)
        })
        .collect();
    let pairs: Vec<_> = (order_stats.pairs.iter())
        .map(|pair| {
            (
                pair.skus.map(|sku| text(counted.labels.skus.get(sku))),
                pair.orders,
                pair.holders,
            )
        })
        .collect();
    (
        places,
        terms,
        promoted,
        order_stats.sizes,
        order_stats.values.clone(),
        pairs,
    )
}

/// Everything that tables are rolled up from, by texts instead of numbers.
pub(crate) fn tables(summary: State, ids: &OrderIds) -> impl PartialEq + Debug + use<> {
    let order_stats = pipeline::order_stats(&summary, true);
    let counted = FinishedState::new(summary, order_stats, ids);
    let (statuses, channels, skus) = (
        &counted.labels.statuses,
        &counted.labels.channels,
        &counted.labels.skus,
    );
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let sales = counted
        .demand
        .sales
        .iter()
        .filter(|(_, cell)| cell.lines + cell.orders_placed > 0);
    let sales: BTreeMap<_, SalesMeasures> = sales
        .map(|(key, cell)| {
            let texts = [
                text(statuses.get(key.status)),
                text(channels.get(key.channel)),
            ];
            ((key.fulfillment, texts, key.day, key.currency), *cell)
        })
        .collect();
    let sku_sales = counted
        .products
        .sales
        .iter()
        .filter(|(_, cell)| cell.lines + cell.orders > 0);
    let sku_sales: BTreeMap<_, SkuMeasures> = sku_sales
        .map(|(key, cell)| ((text(skus.get(key.sku)), key.currency), *cell))
        .collect();
    let shape = shape(&counted);
    let names: BTreeMap<String, SkuNames> = skus
        .ids()
        .map(|id| {
            (
                text(skus.get(id)),
                counted.products.names[id.0 as usize].clone(),
            )
        })
        .collect();
    let told = counted.demand.adjustments.told;
    let adjustments = counted.demand.adjustments.cells.iter();
    let adjustments: BTreeMap<_, _> = adjustments
        .map(|(key, cell)| {
            (
                (key.reason as u8, key.day, key.market_day, key.currency),
                *cell,
            )
        })
        .collect();
    let (priced, unpriced) = (
        counted.demand.prices.priced.iter(),
        counted.demand.prices.unpriced.iter(),
    );
    let priced: BTreeMap<_, u64> = priced
        .map(|(key, units)| {
            let texts = [text(skus.get(key.sku)), text(channels.get(key.channel))];
            ((texts, key.currency, key.unit_price), units.0)
        })
        .collect();
    let unpriced: BTreeMap<_, u64> = unpriced
        .map(|(key, units)| {
            let texts = [text(skus.get(key.sku)), text(channels.get(key.channel))];
            ((texts, key.fulfillment, key.currency, key.day), units.0)
        })
        .collect();
    let returned = counted.returns.lines.iter().map(|line| {
        let texts = [text(skus.get(line.sku)), text(channels.get(line.channel))];
        (line.order, texts, line.fulfillment, line.units)
    });
    let mut returned: Vec<_> = returned.collect();
    returned.sort_unstable();
    (
        (told, adjustments, priced, unpriced, returned),
        (
            sales,
            sku_sales,
            names,
            counted.shipping.backlog,
            counted.data_quality.sources,
            shape,
        ),
        (
            counted.data_quality.rejects,
            counted.data_quality.quality,
            counted.data_quality.newest,
            (
                counted.data_quality.outside,
                counted.data_quality.outside_days,
            ),
        ),
        (counted.orders.conflicts, counted.orders.conflict_example),
    )
}
