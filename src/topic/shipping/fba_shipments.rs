//! The table `fba_shipments`: Amazon's parcels and their delivery times. They do not count for lateness.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::field::{LabelId, OrderId};
use crate::state::supplementary::StoredFbaShipment;
use crate::table::shared_columns;

use crate::table::ColumnKind::{Count, Text};
use crate::table::rows::Rows;
use crate::table::{LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;

pub(crate) const FBA_SHIPMENTS: TableSpec = TableSpec {
    name: "fba_shipments",
    title: "FBA shipments",
    part: Part::Shipping,
    filled_by: &["fba-shipments"],
    definition: "What FBA fulfilled shipments reports say, by channel and carrier; an item that several of them list counts once. \
                 split_orders: orders that went in more than one shipment, whichever carriers took them. days_to_ship and \
                 days_in_transit are medians over shipments, in local days: from purchase to shipment, and on to the arrival that \
                 Amazon estimates, which is no delivery. arriving: shipments of these reports whose estimated arrival is on the day of the report or later; what Amazon \
                 shipped after last_day is in none of them. FBA is in \
                 no number of lateness.",
    columns: &[
        shared_columns::SALES_CHANNEL,
        column(
            "carrier",
            "Carrier",
            Text,
            "Who carries the shipment, as Amazon wrote it.",
        ),
        shared_columns::ORDERS,
        column(
            "split_orders",
            "Split orders",
            Count,
            "Orders that went in more than one shipment.",
        ),
        column(
            "shipments",
            "Shipments",
            Count,
            "Shipments, each counted once.",
        ),
        shared_columns::UNITS,
        column(
            "days_to_ship",
            "Days to ship",
            Count,
            "Median days from purchase to shipment.",
        ),
        column(
            "days_in_transit",
            "Days in transit",
            Count,
            "Median days from shipment to the arrival that Amazon estimates.",
        ),
        column(
            "arriving",
            "Arriving",
            Count,
            "Shipments whose estimated arrival is on the day of the report or later.",
        ),
        shared_columns::LAST_DAY.labelled("Last shipped"),
    ],
    charts: &[],
    in_lake: LakeView::None(LakeView::OTHER_REPORTS),
};

/// The items of one shipment.
type Shipment<'c> = Vec<&'c StoredFbaShipment>;

struct ShipmentGroup<'c> {
    channel: String,
    carrier: String,
    shipments: Vec<Shipment<'c>>,
}

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let mut shipments: BTreeMap<(OrderId, LabelId), Shipment<'_>> = BTreeMap::new();
    for item in &context.state.supplementary.lines.fba_shipments {
        shipments
            .entry((item.order_id, item.shipment_id))
            .or_default()
            .push(item);
    }
    let mut of_order: BTreeMap<OrderId, u32> = BTreeMap::new();
    for (order, _) in shipments.keys() {
        *of_order.entry(*order).or_default() += 1;
    }
    let mut groups: BTreeMap<(String, String), Vec<Shipment<'_>>> = BTreeMap::new();
    for shipment in shipments.into_values() {
        // All items of a shipment go with one carrier; where a file says otherwise, the least name counts.
        let least = |of: fn(&StoredFbaShipment) -> LabelId| {
            let texts = shipment.iter().map(|item| context.text(of(item)));
            texts.min().unwrap_or_default()
        };
        let key = (least(|item| item.sales_channel), least(|item| item.carrier));
        groups.entry(key).or_default().push(shipment);
    }
    let groups = groups
        .into_iter()
        .map(|((channel, carrier), shipments)| ShipmentGroup {
            channel,
            carrier,
            shipments,
        });
    let orders = |group: &ShipmentGroup<'_>, is: &dyn Fn(OrderId) -> bool| {
        let orders = group.shipments.iter().map(|shipment| shipment[0].order_id);
        let mut orders: Vec<OrderId> = orders.filter(|order| is(*order)).collect();
        orders.sort_unstable();
        orders.dedup();
        i64::try_from(orders.len()).ok()
    };
    let split = |order: OrderId| of_order.get(&order).is_some_and(|shipments| *shipments > 1);
    Rows::of(groups)
        .text("sales_channel", |group| Some(group.channel.clone()))
        .text("carrier", |group| Some(group.carrier.clone()))
        .count("orders", |group| orders(group, &|_| true))
        .count("split_orders", |group| orders(group, &split))
        .count("shipments", |group| {
            i64::try_from(group.shipments.len()).ok()
        })
        .count("units", |group| {
            let items = group.shipments.iter().flatten();
            Some(items.map(|item| i64::from(item.quantity)).sum())
        })
        .count("days_to_ship", |group| {
            median(group, |item| {
                Some(item.extra.shipment_day.0 - item.extra.purchase_day.0)
            })
        })
        .count("days_in_transit", |group| {
            median(group, |item| {
                Some(item.extra.arrival_day?.0 - item.extra.shipment_day.0)
            })
        })
        .count("arriving", |group| {
            let zone = context.time.zones.of_channel(group.channel.as_bytes());
            let today = context.time.today(zone)?;
            let coming = |shipment: &&Shipment<'_>| shipment[0].extra.arrival_day >= Some(today);
            i64::try_from(group.shipments.iter().filter(coming).count()).ok()
        })
        .text("last_day", |group| {
            let items = group.shipments.iter().flatten();
            items
                .map(|item| item.extra.shipment_day)
                .max()
                .map(|day| day.to_string())
        })
        .frame()
}

/// The median over shipments; of an even number, the lesser of the two in the middle.
fn median(
    group: &ShipmentGroup<'_>,
    days: impl Fn(&StoredFbaShipment) -> Option<i32>,
) -> Option<i64> {
    let of = |shipment: &Shipment<'_>| shipment.iter().filter_map(|item| days(item)).max();
    let mut days: Vec<i32> = group.shipments.iter().filter_map(of).collect();
    days.sort_unstable();
    let middle = days.len().checked_sub(1)? / 2;
    days.get(middle).map(|days| i64::from(*days))
}
