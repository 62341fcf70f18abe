//! The table of addresses, for `worklist --with-addresses` only. It is part of no report (docs/metrics.md, Buyers' data).

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::field::label;
use crate::line::Address;
use crate::table::shared_columns;

use crate::table::ColumnKind::{Count, Text};
use crate::table::rows::Rows;
use crate::table::{LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::shipping::open_lines::open_lines;
use crate::topic::shipping::promise::Open;

pub(crate) const PARCELS: TableSpec = TableSpec {
    name: "parcels",
    title: "Parcels",
    part: Part::Shipping,
    filled_by: &["unshipped"],
    definition: "Open orders with their addresses, in working order. Orders to the same name and address have the same parcel \
                 number: they can go together. Delete it 30 days after shipping: Amazon lets a seller keep buyers' data no longer.",
    columns: &[
        column(
            "parcel",
            "Parcel",
            Count,
            "The number of the parcel: orders with the same one can go together.",
        ),
        column(
            "orders_together",
            "Orders together",
            Count,
            "Orders to the same name and address.",
        ),
        shared_columns::ORDER_ID,
        shared_columns::BUCKET,
        shared_columns::PROMISE_LOCAL,
        shared_columns::SHIP_SERVICE_LEVEL,
        shared_columns::UNITS_TO_SHIP,
        column(
            "contents",
            "Contents",
            Text,
            "What goes into the parcel: units and SKUs.",
        ),
        column("recipient_name", "Recipient", Text, "Whom it goes to."),
        column(
            "ship_address_1",
            "Address 1",
            Text,
            "Where it goes, first line.",
        ),
        column(
            "ship_address_2",
            "Address 2",
            Text,
            "Where it goes, second line.",
        ),
        column(
            "ship_address_3",
            "Address 3",
            Text,
            "Where it goes, third line.",
        ),
        shared_columns::SHIP_CITY,
        shared_columns::SHIP_STATE,
        column(
            "ship_postal_code",
            "Postal code",
            Text,
            "Where it goes, the postal code.",
        ),
        shared_columns::SHIP_COUNTRY,
        column("phone", "Phone", Text, "The buyer's phone number."),
    ],
    charts: &[],
    in_lake: LakeView::None("a lake has no addresses"),
};

/// The open lines of an order.
type OpenOrder<'o, 'c> = Vec<&'o Open<'c>>;

struct Parcel<'o, 'c> {
    number: usize,
    together: usize,
    order: OpenOrder<'o, 'c>,
}

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let mut orders: Vec<OpenOrder<'_, '_>> = Vec::new();
    for open in open_lines(context) {
        match orders.last_mut() {
            Some(order) if order[0].line.order_id == open.line.order_id => order.push(open),
            _ => orders.push(vec![open]),
        }
    }
    let mut numbers: BTreeMap<Vec<String>, (usize, usize)> = BTreeMap::new();
    let mut next = 1;
    let keys: Vec<Vec<String>> = orders.iter().map(|order| key(order)).collect();
    for key in &keys {
        let entry = numbers.entry(key.clone()).or_insert_with(|| {
            next += 1;
            (next - 1, 0)
        });
        entry.1 += 1;
    }
    let parcels = orders.into_iter().zip(keys).map(|(order, key)| {
        let (number, together) = numbers.get(&key).copied().unwrap_or_default();
        Parcel {
            number,
            together,
            order,
        }
    });
    // Those that go together stand together, where the most urgent of them does.
    let mut parcels: Vec<Parcel<'_, '_>> = parcels.collect();
    parcels.sort_by_key(|parcel| parcel.number);
    let first = |parcel: &Parcel<'_, '_>, of: fn(&Open<'_>) -> String| Some(of(parcel.order[0]));
    let part = |of: fn(&Address<Box<[u8]>>) -> &[u8]| {
        move |parcel: &Parcel<'_, '_>| {
            let address = parcel.order[0].line.address.as_ref()?;
            Some(label::shown(of(address)))
        }
    };
    let count = |count: usize| i64::try_from(count).ok();
    Rows::of(parcels)
        .count("parcel", |parcel| count(parcel.number))
        .count("orders_together", |parcel| count(parcel.together))
        .text("order_id", |parcel| {
            first(parcel, |open| open.order_id.clone())
        })
        .text("bucket", |parcel| {
            first(parcel, |open| open.bucket.name().to_owned())
        })
        .text("promise_local", |parcel| {
            parcel.order[0].promise.map(|promise| promise.local())
        })
        .text("ship_service_level", |parcel| {
            first(parcel, |open| label::shown(&open.line.ship_service_level))
        })
        .count("units_to_ship", |parcel| {
            Some(
                parcel
                    .order
                    .iter()
                    .map(|open| i64::from(open.quantity))
                    .sum(),
            )
        })
        .text("contents", |parcel| {
            let items = parcel.order.iter().map(|open| {
                let sku = label::shown(&open.line.sku);
                format!("{} x {sku}", open.quantity)
            });
            Some(items.collect::<Vec<_>>().join(", "))
        })
        .text("recipient_name", part(|address| &address.recipient_name))
        .text("ship_address_1", part(|address| &address.lines[0]))
        .text("ship_address_2", part(|address| &address.lines[1]))
        .text("ship_address_3", part(|address| &address.lines[2]))
        .text("ship_city", |parcel| {
            first(parcel, |open| label::shown(&open.line.ship_city))
        })
        .text("ship_state", |parcel| {
            first(parcel, |open| label::shown(&open.line.ship_state))
        })
        .text("ship_postal_code", part(|address| &address.postal_code))
        .text("ship_country", |parcel| {
            first(parcel, |open| label::shown(&open.line.ship_country))
        })
        .text("phone", part(|address| &address.phone))
        .frame()
}

/// What orders have in common that can go in one parcel: whom and where to, as few blanks and in small letters; an order that
/// waits, or that has no address, goes with no other.
fn key(order: &OpenOrder<'_, '_>) -> Vec<String> {
    let first = order[0];
    let plain = |bytes: &[u8]| {
        let text = label::shown(bytes).to_lowercase();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    match &first.line.address {
        Some(address) if !first.hold => {
            let place = address.lines.iter().chain([&address.postal_code]);
            let parts = std::iter::once(&address.recipient_name).chain(place);
            let parts = parts.chain([&first.line.ship_country]);
            parts.map(|part| plain(part)).collect()
        }
        _ => vec![first.order_id.clone()],
    }
}
