//! The unshipped report: what the seller himself still has to ship. Every buyer field carries
//! [`CANARY`], so that a leak is easy to find.

use super::all_orders::{put, put_business, put_item_id, put_order_id};
use super::catalog::Fulfillment;
use super::clock::{DAY, Moment};
use super::line::Line;
use super::order::{Order, Stage};
use super::plan::Plan;
use super::text::{put_flag, put_moment, put_number, put_seven};

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
pub(super) fn is_listed(plan: &Plan, order: &Order) -> bool {
    let (stage, _) = order.life.at(plan.snapshot, order.purchased);
    order.fulfillment == Fulfillment::Merchant && stage == Stage::Waiting
}

/// Appends one line without its end.
pub(super) fn put_line(out: &mut Vec<u8>, plan: &Plan, order: &Order, line: &Line<'_>) {
    put_order_id(out, plan, order);
    out.push(b'\t');
    put_item_id(out, plan.seed, order.index, line.number);
    // Paid when purchased; listed when payment has cleared.
    for moment in [
        order.purchased,
        order.purchased,
        order.life.released,
        order.life.promised,
    ] {
        out.push(b'\t');
        put_moment(out, moment);
    }
    out.push(b'\t');
    put_days_past(out, plan.snapshot, order.life.promised);
    put_buyer(out, order);
    out.push(b'\t');
    out.extend_from_slice(&line.article.sku);
    out.push(b'\t');
    put(out, &line.article.name);
    out.push(b'\t');
    put_number(out, u64::from(line.quantity));
    put(out, "\t0\t");
    put_number(out, u64::from(line.quantity));
    out.push(b'\t');
    put(out, order.service_level);
    put_recipient(out, order);
    out.push(b'\t');
    order.address.put(out);
    out.push(b'\t');
    put(out, order.market.sales_channel);
    out.push(b'\t');
    put_business(out, order);
    let left = order.life.promised.0.saturating_sub(plan.snapshot.0);
    let late = plan.snapshot.0.saturating_sub(order.life.promised.0);
    for flag in [
        order.buyer.is_multiple_of(40),
        order.life.asked_to_cancel,
        late > 5 * DAY,
        left < DAY,
    ] {
        out.push(b'\t');
        put_flag(out, flag);
    }
}

/// Whole days since the promise, rounded down: -1 is due within a day, 0 is late by less than a
/// day. Real files count like this.
fn put_days_past(out: &mut Vec<u8>, snapshot: Moment, promised: Moment) {
    let days = (i64::from(snapshot.0) - i64::from(promised.0)).div_euclid(i64::from(DAY));
    if days < 0 {
        out.push(b'-');
    }
    put_number(out, days.unsigned_abs());
}

fn put_buyer(out: &mut Vec<u8>, order: &Order) {
    let buyer = u64::from(order.buyer);
    put(out, "\t");
    put_marked(out, "", buyer);
    put(out, "@");
    put(out, order.market.mail);
    put_marked(out, "\t", buyer);
    put_marked(out, "\t+1 555-0100 ext. ", buyer % 10_000);
}

fn put_recipient(out: &mut Vec<u8>, order: &Order) {
    let buyer = u64::from(order.buyer);
    put_marked(out, "\t", buyer);
    put_marked(out, "\t1 Sample Street ", buyer % 900);
    out.push(b'\t');
    if buyer.is_multiple_of(4) {
        put_marked(out, "Apt ", buyer % 90);
    }
    out.push(b'\t');
}

fn put_marked(out: &mut Vec<u8>, before: &str, number: u64) {
    put(out, before);
    put(out, CANARY);
    out.push(b'-');
    put_seven(out, number);
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
