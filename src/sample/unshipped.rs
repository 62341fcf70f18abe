//! The unshipped report: what the seller himself still has to ship. Every buyer field carries
//! [`CANARY`], so that a leak is easy to find.

use super::all_orders::{put_business, put_item_id, put_order_id};
use super::catalog::Fulfillment;
use super::cells::Cells;
use super::line::Line;
use super::order::{Order, Stage};
use super::plan::Plan;
use super::purchase_times::DAY;

pub(super) const HEADER: &str = "\
order-id\torder-item-id\tpurchase-date\tpayments-date\treporting-date\tpromise-date\t\
days-past-promise\tbuyer-email\tbuyer-name\tbuyer-phone-number\tsku\tproduct-name\t\
quantity-purchased\tquantity-shipped\tquantity-to-ship\tship-service-level\trecipient-name\t\
ship-address-1\tship-address-2\tship-address-3\tship-city\tship-state\tship-postal-code\t\
ship-country\tsales-channel\tis-business-order\tpurchase-order-number\tprice-designation\t\
is-prime\tis-buyer-requested-cancellation\tverge-of-cancellation\tverge-of-lateShipment";
pub(super) const LINE_END: &str = "\n";

/// Stands in every field that would name a buyer.
pub(super) const CANARY: &str = "BUYER-CANARY";

/// Whether the seller has this order to ship at the snapshot.
pub(super) fn is_listed(plan: &Plan, order: &Order<'_>) -> bool {
    let (stage, _) = order.lifecycle.at(plan.snapshot, order.purchased);
    order.fulfillment == Fulfillment::Merchant && stage == Stage::Waiting
}

/// Appends one line without its end.
pub(super) fn put_line(out: &mut Vec<u8>, plan: &Plan, order: &Order<'_>, line: &Line<'_>) {
    let buyer = u64::from(order.buyer);
    let promised = order.lifecycle.promised;
    let left = promised.0.saturating_sub(plan.snapshot.0);
    let late = plan.snapshot.0.saturating_sub(promised.0);
    // Whole days since the promise, rounded down: -1 is due within a day, 0 is late by less than a day. Real files count so.
    let days = (i64::from(plan.snapshot.0) - i64::from(promised.0)).div_euclid(i64::from(DAY));
    let mut cells = Cells::new(out);
    put_order_id(&mut cells, plan, order);
    put_item_id(&mut cells, plan.seed, order.index, line.number);
    // Paid when purchased; listed when payment has cleared.
    cells.moment(order.purchased).moment(order.purchased);
    cells.moment(order.lifecycle.released).moment(promised);
    cells
        .text(if days < 0 { "-" } else { "" })
        .add_number(days.unsigned_abs());
    put_marked(&mut cells, "", buyer);
    cells.add(b"@").add(order.market.mail.as_bytes());
    put_marked(&mut cells, "", buyer);
    put_marked(&mut cells, "+1 555-0100 ext. ", buyer % 10_000);
    cells.bytes(&line.article.sku).text(&line.article.name);
    cells.number(line.quantity).number(0).number(line.quantity);
    cells.text(order.service_level);
    put_marked(&mut cells, "", buyer);
    put_marked(&mut cells, "1 Sample Street ", buyer % 900);
    if buyer.is_multiple_of(4) {
        put_marked(&mut cells, "Apt ", buyer % 90);
    } else {
        cells.empty(1);
    }
    cells
        .empty(1)
        .address(&order.address)
        .text(order.market.sales_channel);
    put_business(&mut cells, order);
    cells
        .flag(order.buyer.is_multiple_of(40))
        .flag(order.lifecycle.asked_to_cancel);
    cells.flag(late > 5 * DAY).flag(left < DAY);
}

fn put_marked(cells: &mut Cells<'_>, before: &str, number: u64) {
    cells
        .text(before)
        .add(CANARY.as_bytes())
        .add(b"-")
        .add_seven(number);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::CANARY;
    use crate::sample::tests::{options, rows};
    use crate::sample::{SampleKind, SampleOptions};
    use chrono::DateTime;
    use std::collections::BTreeSet;

    #[test]
    fn the_unshipped_report_is_the_backlog_of_the_all_orders_report() {
        for overlap in [false, true] {
            let all = rows(SampleOptions {
                overlap,
                ..options(SampleKind::AllOrders, 9_000, 8)
            });
            let unshipped = rows(SampleOptions {
                overlap,
                ..options(SampleKind::Unshipped, 9_000, 8)
            });
            let expected: Vec<_> = all
                .iter()
                .filter(|row| row["order-status"] == "Unshipped")
                .map(|row| {
                    [
                        "amazon-order-id",
                        "order-item-id",
                        "purchase-date",
                        "sku",
                        "quantity",
                        "sales-channel",
                        "ship-city",
                    ]
                    .map(|name| &row[name])
                })
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect();
            let found: BTreeSet<_> = unshipped
                .iter()
                .map(|row| {
                    [
                        "order-id",
                        "order-item-id",
                        "purchase-date",
                        "sku",
                        "quantity-to-ship",
                        "sales-channel",
                        "ship-city",
                    ]
                    .map(|name| &row[name])
                })
                .collect();
            assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn a_small_backlog_has_every_urgency() {
        for seed in 0..30 {
            for overlap in [false, true] {
                let rows = rows(SampleOptions {
                    overlap,
                    ..options(SampleKind::Unshipped, 200, seed)
                });
                assert!(rows.len() >= 10, "{} lines", rows.len());
                let days: BTreeSet<i32> = rows
                    .iter()
                    .map(|row| row["days-past-promise"].parse().unwrap())
                    .collect();
                assert!(
                    [-1, -2, -3].iter().all(|day| days.contains(day))
                        && days.iter().any(|&day| day >= 0),
                    "{days:?}"
                );
                assert!(
                    rows.iter()
                        .any(|row| row["is-buyer-requested-cancellation"] == "true")
                );
            }
        }
    }

    #[test]
    fn buyers_can_be_found_and_promises_are_ends_of_days() {
        for row in rows(options(SampleKind::Unshipped, 20_000, 1)) {
            for name in [
                "buyer-email",
                "buyer-name",
                "buyer-phone-number",
                "recipient-name",
                "ship-address-1",
            ] {
                assert!(row[name].contains(CANARY));
            }
            let promise = DateTime::parse_from_rfc3339(&row["promise-date"]).unwrap();
            let hour = match row["sales-channel"].as_str() {
                "Amazon.com" | "Amazon.ca" => "06",
                "Amazon.co.uk" => "22",
                "Amazon.de" => "21",
                _ => "14",
            };
            assert_eq!(
                promise.format("%H:%M:%S").to_string(),
                format!("{hour}:59:59")
            );
            let listed = DateTime::parse_from_rfc3339(&row["reporting-date"]).unwrap();
            assert!(listed >= DateTime::parse_from_rfc3339(&row["purchase-date"]).unwrap());
        }
    }
}
